"""Whether words are of the language that a record says. A measure for one language finds any other easy.

Arabic had SMOG 3.7. A record says in which language it is, and only languages with a profile are read; this looks at
the words: at their letters, and at how many of them are frequent in that language.
"""

from __future__ import annotations

from printables.checks.language import reading
from printables.checks.language.profile import LanguageProfile

ENOUGH = 40
"""Fewer words say nothing of their language."""


def is_foreign(text: str, language: LanguageProfile, *, of_all: bool = False) -> bool:
    """Whether so few of the words are frequent ones of the language that the text is in another.

    `of_all`: the text is all that a record holds for a leaflet, of which some may be of the language.
    """
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= ENOUGH and 2 * sum(letter > language.last_letter for letter in letters) > len(letters):
        return True  # some scripts have no spaces between words
    words = [word.lower() for word in reading.words(text, language) if word.isalpha()]
    least = language.least_frequent_of_all if of_all else language.least_frequent
    return len(words) >= ENOUGH and sum(word in language.frequent for word in words) < least * len(words)
