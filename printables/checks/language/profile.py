"""What a language must offer, so that its leaflets can be measured and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Pattern = re.Pattern[str]
Skill = Literal["grade", "passive", "prose", "verbs", "numbers", "evidence", "acronyms", "groups", "safety"]
"""What checks can look for only where somebody has written rules for the language."""
SKILLS: Mapping[Skill, str] = {
    "grade": "reading grade",
    "passive": "passive verbs",
    "prose": "running prose that is too short",
    "verbs": "tiles without a verb",
    "numbers": "numbers in words, decimals and ranges",
    "evidence": "figures of people without a source",
    "acronyms": "acronyms that are not explained",
    "groups": "a weekly group that the facts leave out",
    "safety": "safety texts in the wrong place",
}
"""What they are called where it is said that they are not checked."""


@dataclass(frozen=True)
class Abbreviations:
    """After which words a point does not end a sentence. All are in small letters and without that point."""

    never_last: frozenset[str]
    """Never does: Dr, e.g."""
    before_figure: frozenset[str]
    """Not where a figure follows: No. 5, p. 3."""
    may_be_last: Pattern
    """Only where a capital follows: a.m., etc."""
    initial: Pattern
    """Never does, as one letter of a name: J. Smith."""


def sentence_end(signs: str) -> Pattern:
    """Return where a sentence may end, by the signs that end one."""
    closed, opened = "\"'\u2019\u201d)\\]»", "\"'\u2018\u201c(\\[«"
    return re.compile(rf"(?P<mark>[{re.escape(signs)}]+)(?P<closed>[{closed}]*)\s+(?=[{opened}]*(?P<after>.))")


@dataclass(frozen=True, eq=False)  # one object a language: results are cached by it
class LanguageProfile:
    """All that the checks know of one language. Patterns are searched in plain text."""

    # Sentences and words
    sentence_end: Pattern
    """A mark that may end a sentence, with what stands before and after it: the groups mark, closed, after."""
    abbreviations: Abbreviations
    word: Pattern
    """One word as a reader counts it; also a contraction, a figure, an abbreviation and an address."""
    base_form: Callable[[str], str]
    """A word in small letters, without the endings of a plural or a possessive."""
    plural: str
    """The ending of a regular plural, as an expression."""
    plain_word: Pattern
    """A word of a text in small letters, where only sameness counts (six words in a row)."""

    # Whether words are of this language
    last_letter: str
    """A letter beyond this one, by its number in Unicode, is of another script."""
    frequent: frozenset[str]
    """Frequent words, in small letters, that are rare in other languages."""
    least_frequent: float
    """The share of frequent words below which a text is of another language."""
    least_frequent_of_all: float
    """The same of all texts that a leaflet has from its record."""

    # Reading level
    syllables: Callable[[str], int]
    polysyllabic: int
    """A word of so many syllables, or more, is a hard one."""
    grade: Callable[[int, int], float] | None
    """Hard words and sentences of a text → years of schooling that it asks for; None where there is no measure."""
    readers: Callable[[float], str]
    """A grade → how many adults can read that, in words."""
    is_passive: Callable[[str], bool]
    has_verb: Callable[[str], bool]
    """Whether a few words say something, or only name it: a guess that takes them to say something in doubt."""
    you: Pattern
    """Speaks to the reader."""

    # Wording
    number_words: Pattern
    """Numbers that are better written as figures."""
    decimal: Pattern
    frequency: Pattern
    """So many of so many people: a sentence with it speaks of evidence."""
    weekly_group: Pattern
    """Says of each week that it holds a group beside the therapist."""
    quotation: Pattern
    """A quotation with its marks; the first group is what they hold."""
    before_called: Pattern
    """Words that say that the number behind them is called."""
    behind_count: Pattern
    """Words that say that the number before them counts something."""
    safety_texts: Mapping[str, Pattern]
    """What only a region's file says, by its key there: emergency, ask_about_suicide, privacy."""
    range_example: str
    """How a range is written, for a message."""
    active_example: str
    """A sentence that says who does it, for a message."""

    lacks: frozenset[Skill] = frozenset()
    """What cannot be looked for in this language; checks that need it are not made, and that is said."""
