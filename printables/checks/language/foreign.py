"""Whether words are English. The measures are for English, and would find any other language easy: Arabic had SMOG 3.7.

A record says in which language it is, and only English is read; this looks at the words. Of 100 words of running
English, 5 at least are among those below, in lists of figures for professionals too, and 23 at least of all texts of a
leaflet (measured on what we ship). Of French, Welsh, Polish, German, Spanish, Somali, Romanian and Ukrainian it was
none, of Dutch 4.
"""

from __future__ import annotations

from printables.checks.language import reading

_FREQUENT = """
    the and of you your with that this for are or can may not have what how they it be we our who when from if but at by
    as their there which about more some any into them these those than were did does has had have been being would
    should could must only after before between through over then now most other very each both less few because while
    where why without within such often
"""
FREQUENT = frozenset(_FREQUENT.split())
"""Frequent words of English that are rare in other languages."""
ENOUGH = 40
"""Fewer words say nothing of their language."""
LAST_LATIN = "\u024f"
LEAST = 0.02
"""The share of frequent words below which a text is not English."""
LEAST_OF_ALL = 0.1
"""The same of all texts that a leaflet has from its record, of which some may be English."""


def is_foreign(text: str, least: float = LEAST) -> bool:
    """Whether so few of the words are frequent English ones that the text is in another language."""
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= ENOUGH and 2 * sum(letter > LAST_LATIN for letter in letters) > len(letters):
        return True  # some scripts have no spaces between words
    words = [word.lower() for word in reading.words(text) if word.isalpha()]
    return len(words) >= ENOUGH and sum(word in FREQUENT for word in words) < least * len(words)
