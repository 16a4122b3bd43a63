"""Refused and doubtful characters: invisible ones, direction overrides, look-alike letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from printables import limits
from printables.problems import Severity

# With U+0085, U+2028 and U+2029: YAML ends a line there and an editor does not, so that line numbers would drift.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = r"\u034f\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\ufeff"
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]{{{limits.INVISIBLE + 1},}}")
_BIDI = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")
COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u0670\u06d6-\u06ed"
    "\u0900-\u0dff\u0e31-\u0e4e\u200c\u200d"
)
"""Signs that are parts of words, and no letters to Python: accents and points, vowels of Indian scripts, joiners."""
_LONG_WORD = re.compile(rf"\S{{{limits.WORD + 1},}}")
_SOFT_HYPHEN = "\u00ad"

_STANDS_FOR = {
    "\u2010": "-",
    "\u2011": "-",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\uf0a7": "\u25aa",
    "\uf0b7": "\u2022",
    "\uf0d8": "\u27a2",
    "\uf0fc": "\u2713",
}
"""What word processors and PDFs leave in words that are copied from them, and what it stands for."""
_LEFT_BEHIND = re.compile(f"[{''.join(_STANDS_FOR)}]")
_AT_LINE_START = re.compile(r"[ \t]*\Z")
_SPACES = str.maketrans(
    {
        **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000", " "),
        "\u2007": "\u00a0",
        "\u202f": "\u00a0",
    }
)
"""Spaces of other widths, which no typeface here has, as the usual one; those at which no line ends stay so."""


class Fault(NamedTuple):
    """A fault of a text: what is wrong, how to mend it, severity; `sign` stands on its line, if that is known."""

    what: str
    mend: str
    severity: Severity
    sign: str = ""


def refusal(control: str) -> tuple[str, str]:
    """Return what is wrong with a character matched by `CONTROL`, and how to mend it."""
    if "\ud800" <= control <= "\udfff":
        return f"Half a character (U+{ord(control):04X}) stands here.", "Type the character itself."
    return f"A control character (U+{ord(control):04X}) stands here.", "Delete it."


def clean(text: str) -> tuple[str, list[Fault]]:
    """Return `text` in Unicode's composed form, without soft hyphens and direction overrides, and its faults."""
    if text.isascii():
        return text, list(_lengths(text))
    text = unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "").translate(_SPACES)
    faults = [*_lengths(text), *_unseen(text), *_left_behind(text)]
    text = _LEFT_BEHIND.sub(lambda found: _STANDS_FOR[found.group()], _BIDI.sub("", text))
    return text, [*faults, *_mixed(text)]


def _left_behind(text: str) -> Iterator[Fault]:
    """Yield a note for each kind of sign that is replaced. Bullets at the start of a line make a list without words."""
    said = set()
    for found in _LEFT_BEHIND.finditer(text):
        sign, stands_for = found.group(), _STANDS_FOR[found.group()]
        line_start = text.rfind("\n", 0, found.start()) + 1
        is_bullet = sign in "\uf0a7\uf0b7" and _AT_LINE_START.match(text[line_start : found.start()])
        if sign not in said and not is_bullet:
            said.add(sign)
            named = unicodedata.name(sign, "a sign of Word's own")
            what = f'The sign U+{ord(sign):04X} ({named}), as word processors leave it, is printed as "{stands_for}".'
            yield Fault(what, "", "note", sign)


def _lengths(text: str) -> Iterator[Fault]:
    if len(text) > limits.FIELD:
        what = f"The text has {len(text):,} characters; {limits.FIELD:,} is the most."
        yield Fault(what, "Shorten it, or split it.", "error")
    elif _LONG_WORD.search(text):
        yield Fault(f"A word is longer than {limits.WORD} characters.", "Put spaces in, or shorten it.", "error")


def _unseen(text: str) -> Iterator[Fault]:
    if _INVISIBLE_RUN.search(text):
        yield Fault(f"More than {limits.INVISIBLE} invisible characters stand in a row.", "Delete them.", "error")
    elif _BIDI.search(text):
        what = "The text holds characters that reverse the reading direction; they were left out."
        yield Fault(what, "Type the words in their reading order.", "warning")


def _mixed(text: str) -> Iterator[Fault]:
    """Yield words that mix Latin with Cyrillic or Greek letters, which look alike."""
    for word in re.findall(r"\w+", text):
        if not word.isascii() and len(_scripts(word)) > 1:
            what = f'The word "{word}" mixes letters of two alphabets that look alike.'
            yield Fault(what, "Type it again on one keyboard.", "warning")


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha())
    return {name for name in names if name in ("LATIN", "CYRILLIC", "GREEK")}


def is_blank(text: str) -> bool:
    """Return True if the text has only white space and invisible characters."""
    return all(character.isspace() or unicodedata.category(character) == "Cf" for character in text)
