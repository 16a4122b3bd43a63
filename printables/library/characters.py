"""Refused and doubtful characters: invisible ones, direction overrides, look-alike letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from printables import limits
from printables.problems import Severity

# With U+0085, U+2028 and U+2029: YAML ends a line there and an editor does not, so that line numbers would drift.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = r"\u034f\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff"
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]{{{limits.INVISIBLE + 1},}}")
_BIDI = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")
_LONG_WORD = re.compile(rf"\S{{{limits.WORD + 1},}}")
_SOFT_HYPHEN = "\u00ad"

Fault = tuple[str, str, Severity]
"""A fault of a text: what is wrong, how to mend it, severity."""


def refusal(control: str) -> tuple[str, str]:
    """Return what is wrong with a character matched by `CONTROL`, and how to mend it."""
    if "\ud800" <= control <= "\udfff":
        return f"Half a character (U+{ord(control):04X}) stands here.", "Type the character itself."
    return f"A control character (U+{ord(control):04X}) stands here.", "Delete it."


def clean(text: str) -> tuple[str, list[Fault]]:
    """Return `text` in Unicode's composed form, without soft hyphens and direction overrides, and its faults."""
    if text.isascii():
        return text, list(_lengths(text))
    text = unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "")
    faults = [*_lengths(text), *_unseen(text)]
    text = _BIDI.sub("", text)
    return text, [*faults, *_mixed(text)]


def _lengths(text: str) -> Iterator[Fault]:
    if len(text) > limits.FIELD:
        what = f"The text has {len(text):,} characters; {limits.FIELD:,} is the most."
        yield what, "Shorten it, or split it.", "error"
    elif _LONG_WORD.search(text):
        yield f"A word is longer than {limits.WORD} characters.", "Put spaces in, or shorten it.", "error"


def _unseen(text: str) -> Iterator[Fault]:
    if _INVISIBLE_RUN.search(text):
        yield f"More than {limits.INVISIBLE} invisible characters stand in a row.", "Delete them.", "error"
    elif _BIDI.search(text):
        what = "The text holds characters that reverse the reading direction; they were left out."
        yield what, "Type the words in their reading order.", "warning"


def _mixed(text: str) -> Iterator[Fault]:
    """Yield words that mix Latin with Cyrillic or Greek letters, which look alike."""
    for word in re.findall(r"\w+", text):
        if not word.isascii() and len(_scripts(word)) > 1:
            what = f'The word "{word}" mixes letters of two alphabets that look alike.'
            yield what, "Type it again on one keyboard.", "warning"


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha())
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK")}


def is_blank(text: str) -> bool:
    """Return True if the text has only white space and invisible characters."""
    return all(character.isspace() or unicodedata.category(character) == "Cf" for character in text)
