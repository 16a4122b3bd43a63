"""What is wrong with a translation beside its English: marks, places to fill in, figures, lists, forbidden words.

A translation with a fault is not printed. Each fault says what is wrong and how to mend it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printables.library import characters
from printables.library.languages import RIGHT_TO_LEFT, refused_letter
from printables.translations.marks import PLACEHOLDER, marks_in, spoken

STRICT = ("region", "clinic")
"""Kinds with numbers to ring: there every figure stays, also those that another text may say in a word."""
PLACEHOLDERS = ("locale", "site-words")
"""Kinds whose words have {places} to fill in; others have marks."""
_FIGURE = re.compile(r"\d+(?:[.,:\u066b\u066c]\d+)*")
_LIST_LINE = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IN_A_WORD = frozenset("12")
"""Figures that some languages say by the form of the noun: a dual, or one without a number."""
_ENGLISH = frozenset(["the", "and", "you", "your", "with", "that", "are", "of", "they", "this"])
"""Frequent English words that are rare in other languages."""
ENGLISH_SHARE, ENGLISH_WORDS = 0.15, 2

Fault = tuple[str, str]
"""What is wrong, and how to mend it."""


@dataclass(frozen=True)
class ForbiddenTerm:
    """A row of terms.csv: an English term, its translation, and words that it is not to be translated by."""

    english: str
    translation: str
    forbidden: Sequence[str] = ()


def faults(
    kind: str, english: str, translation: str, terms: Sequence[ForbiddenTerm] = (), *, runs_left: bool = False
) -> Iterator[Fault]:
    """Yield what is wrong with a translation of a text in a record of this kind.

    `runs_left`: its language is written from right to left.
    """
    if not runs_left and (sign := RIGHT_TO_LEFT.search(translation)):
        yield refused_letter(sign.group())
    yield from _places(english, translation) if kind in PLACEHOLDERS else _marks(english, translation)
    yield from _figures(english, translation, strict=kind in STRICT)
    yield from _lists(english, translation)
    yield from _forbidden(english, translation, terms)
    yield from _still_english(translation)
    for found in characters.clean(translation)[1]:
        if found.severity == "error":
            yield found.what, found.mend


def _places(english: str, translation: str) -> Iterator[Fault]:
    """Compare the places to fill in. Each may stand more than once, and all of them must stand."""
    wanted, given = ({*PLACEHOLDER.findall(text)} for text in (english, translation))
    yield from _differences(Counter(wanted), Counter(given))
    if translation.count("{") != len(PLACEHOLDER.findall(translation)) or translation.count("}") != translation.count(
        "{"
    ):
        yield "A brace stands alone.", "Write each {place} as the English has it."


def _marks(english: str, translation: str) -> Iterator[Fault]:
    wanted, given = list(marks_in(english)), list(marks_in(translation))
    kept = [Counter(mark.shown for mark in marks if mark.kind == "kept") for marks in (wanted, given)]
    yield from _differences(*kept)
    terms = [sum(mark.kind != "kept" for mark in marks) for marks in (wanted, given)]
    if terms[0] != terms[1]:
        shown = " ".join(mark.shown for mark in wanted if mark.kind != "kept") or "none"
        yield f"The English explains {terms[0]} terms, and this {terms[1]}.", f"Translate: {shown}."
    if translation.count("{") != len(given) or translation.count("}") != len(given):
        yield "A brace stands alone, or a mark cannot be read.", "Write {words|plain words}, with nothing else in it."


def _differences(wanted: Counter[str], given: Counter[str]) -> Iterator[Fault]:
    for mark in wanted - given:
        yield f"{mark} is missing.", "Put it where it belongs in the sentence."
    for mark in given - wanted:
        yield f"{mark} stands here, and not in the English.", "Take it out."


def figures_in(text: str) -> Counter[str]:
    """Return the figures of a text, in the digits 0 to 9 and without points."""
    return Counter("".join(str(unicodedata.digit(c)) for c in found if c.isdigit()) for found in _FIGURE.findall(text))


def _figures(english: str, translation: str, *, strict: bool) -> Iterator[Fault]:
    wanted, given = (figures_in(_LIST_LINE.sub("", spoken(text, english))) for text in (english, translation))
    said = {str(number) for number, word in enumerate(_SMALL, 1) if re.search(rf"\b{word}\b", english, re.IGNORECASE)}
    missing = [figure for figure in wanted - given if strict or figure not in _IN_A_WORD]
    extra = [figure for figure in given - wanted if strict or figure not in said]
    if missing:
        yield f"The English has {_listed(missing)}, and this has not.", "Write every figure as it stands there."
    if extra:
        yield f"{_listed(extra)} stands here, and not in the English.", "Write the figures that stand there."


def _listed(figures: Sequence[str]) -> str:
    return ", ".join(figures)


def _lists(english: str, translation: str) -> Iterator[Fault]:
    wanted, given = (len(_LIST_LINE.findall(text)) for text in (english, translation))
    if wanted != given:
        yield f"The English has {wanted} lines of a list, and this {given}.", "Keep each line, and how it begins."


def _forbidden(english: str, translation: str, terms: Sequence[ForbiddenTerm]) -> Iterator[Fault]:
    for term in terms:
        if not term.forbidden or not re.search(rf"(?<!\w){re.escape(term.english)}", english, re.IGNORECASE):
            continue
        for word in term.forbidden:
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", translation, re.IGNORECASE):
                yield (
                    f"\u201c{word}\u201d is not to be used for \u201c{term.english}\u201d.",
                    f"Write \u201c{term.translation}\u201d.",
                )


def _still_english(translation: str) -> Iterator[Fault]:
    words = [word.lower() for word in _WORD.findall(translation)]
    frequent = sum(word in _ENGLISH for word in words)
    if frequent >= ENGLISH_WORDS and frequent >= ENGLISH_SHARE * len(words):
        yield "This is English still.", "Translate it, or leave it empty."
