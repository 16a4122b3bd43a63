"""Words that YAML drops in silence where an author meant them: behind " #", and lines that it joins.

The door cannot tell whether they matter: behind a date, `# read on paper` is an honest comment; behind a telephone
number, `#2 for bookings` is half of what a patient needs. So a value keeps its doubt, and the kinds of value that are
words refuse it (see fields.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from printables import limits

LOST = 'The words after "#" are lost here: YAML takes " #" as the start of a comment.'
QUOTE = "Put the text in quotation marks, or write the comment on a line of its own."
BELOW = "Put the text in quotation marks, or begin the comment no deeper than its key."
JOINED = "The lines of this list run together here: YAML joins the lines of such a text."
AS_BLOCK = 'Write "|" and nothing else behind the key, and the text on the lines below it.'

_COMMENT = re.compile(r"[ \t]+#")
_BEFORE = re.compile(r"[:-][ \t]+\Z")
_COMMENT_LINE = re.compile(r"([ \t]*)#")
_KEY = re.compile(r"""[ \t]*(?:- +)*(?:[\w-]+|"[^"]*"|'[^']*'):(?:[ \t]|\Z)""")
_ITEM = re.compile(r"(?:[-*+•◦▪‣●○■–]|\d{1,3}[.)])[ \t]+\S")


_WORD = re.compile(r"\S+")
_HEX = "[0-9a-fA-F]"
_ESCAPED = re.compile(rf"\\(?:x({_HEX}{{2}})|u({_HEX}{{4}})|U({_HEX}{{8}})|(.?))")
_ESCAPED_SPACE = frozenset("nrtvfNLP_ \t")
"""The letters of those of YAML's escaped signs that are white space."""


class At(NamedTuple):
    """A place in a file; lines and columns count from 0."""

    line: int
    column: int


class Scalar(NamedTuple):
    """One value as the parser found it; `style` is its quotation mark, "|" or ">", or "" where it stands plain."""

    value: str
    style: str
    start: At
    end: At


@dataclass(frozen=True)
class Doubt:
    """What is lost where the value is a text: on which line, and how to mend it."""

    line: int
    what: str
    mend: str
    of_lines: bool = False
    """True where that is the lines alone, which a field of one line never had."""


class Doubted(str):
    """A value as YAML gives it, and what of it is lost where it is a text."""

    __slots__ = ("doubt",)
    doubt: Doubt

    def __new__(cls, text: str, doubt: Doubt) -> Self:
        """`text` with its doubt."""
        made = super().__new__(cls, text)
        made.doubt = doubt
        return made


def doubt_of(scalar: Scalar, lines: list[str], before: At, column: int | None) -> Doubt | None:
    """What may be lost of a value that stands in the file of these `lines`.

    `before` is where what stands before it ends; `column` where its key begins (or, of an item of a list, its hyphen).
    Inside of brackets, where the depth of a line means nothing, it is None.
    """
    if scalar.style == "|":
        return None
    cut = None if scalar.style else _cut_before(scalar, lines, before) or _cut_behind(scalar, lines, column)
    return cut or _joined(scalar, lines)


def explains(stopped: int, lines: list[str], *, in_brackets: bool) -> bool:
    """Whether YAML stopped on line `stopped` since it took a bracket, or the middle of a text, for a comment."""
    here = lines[stopped - 1] if 0 < stopped <= len(lines) else ""
    return in_brackets or not (_KEY.match(here) or here.lstrip().startswith("- "))


def _cut_before(scalar: Scalar, lines: list[str], before: At) -> Doubt | None:
    """A comment between the key, or the hyphen, and words that begin on a later line."""
    for number in range(before.line, scalar.start.line):
        gap = lines[number][before.column if number == before.line else 0 :]
        if "#" in gap and _BEFORE.search(gap.partition("#")[0]):
            return Doubt(number + 1, LOST, QUOTE)
    return None


def _cut_behind(scalar: Scalar, lines: list[str], column: int | None) -> Doubt | None:
    """A comment behind the words on their last line, or on the next line as deep as they would go on."""
    end = scalar.end
    if _COMMENT.match(_at(lines, end.line), end.column):
        return Doubt(end.line + 1, LOST, QUOTE)
    comment = _COMMENT_LINE.match(_at(lines, end.line + 1))
    if scalar.value and comment and column is not None and len(comment[1]) > column:
        return Doubt(end.line + 2, LOST, BELOW)
    return None


def _at(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def rows_of(scalar: Scalar, lines: list[str]) -> tuple[tuple[int, int], ...]:
    """Where in a text whose lines YAML joins each of them begins, without empty lines at its start, and its number.

    White space and escaped signs may be others in the value than in the file, but the words are the same: they are
    counted.
    """
    if scalar.style == "|" or len(scalar.value) > limits.FIELD:
        return ()
    if scalar.start.line == scalar.end.line:
        return ((0, scalar.start.line + 1),) if "\n" in scalar.value else ()
    value = scalar.value.lstrip("\n")
    words = [word.start() for word in _WORD.finditer(value)]
    found, count, goes_on = [], 0, False
    for number, row in _rows(scalar, lines):
        if row.strip() and count < len(words):
            found.append((words[count], number))
        escaped = row.endswith("\\")
        own = row.removesuffix("\\").split()
        count += len(own) - (goes_on and bool(own))
        goes_on = escaped and bool(own) and not row[-2].isspace()  # a word that ends on the next line
    return tuple(found)


def _rows(scalar: Scalar, lines: list[str]) -> Iterator[tuple[int, str]]:
    """The number and the words of each line of a text that YAML joins, without its quotation marks."""
    start, end = scalar.start, scalar.end
    for number in range(start.line + (scalar.style == ">"), min(end.line + 1, len(lines))):
        row = lines[number][: end.column - (scalar.style in ("'", '"'))] if number == end.line else lines[number]
        row = row[start.column + (scalar.style in ("'", '"')) :] if number == start.line else row.lstrip(" \t")
        yield number + 1, _ESCAPED.sub(_unescaped, row) if scalar.style == '"' and "\\" in row else row


def _unescaped(found: re.Match[str]) -> str:
    """An escaped sign as white space, or as any other sign; what joins two lines stays."""
    code, sign = found[1] or found[2] or found[3], found[4]
    if code:
        return " " if chr(int(code, 16)).isspace() else "x"
    return (" " if sign in _ESCAPED_SPACE else "x") if sign else found[0]


def _joined(scalar: Scalar, lines: list[str]) -> Doubt | None:
    """The items of a list that stand behind each other in the value: two or more, or what follows a colon."""
    value = scalar.value.lstrip("\n")
    items = [
        (offset, line)
        for offset, line in rows_of(scalar, lines)
        if offset and value[offset - 1] == " " and _ITEM.match(value, offset)
    ]
    if len(items) > 1 or any(value[max(offset - 2, 0)] == ":" for offset, _ in items):
        return Doubt(items[0][1], JOINED, AS_BLOCK, of_lines=True)
    return None
