"""Lists as people type them → lists as the Markdown package reads them.

That package takes every number at the start of a line for a list's and numbers anew from 1, and it runs items together
that stand right below a sentence. Here a list is one where the intent is certain; a number that begins a paragraph
stays as it was typed; and what may be a list or not is said, with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from printables.pages.compose.near_lists import spaced
from printables.pages.compose.source_lines import JOIN, TypedText
from printables.problems import Severity

MAX_LEVELS = 3
SIGNS = "•◦▪▫‣●○■□·∙⁃◾◽\uf0a7\uf0b7"
"""Bullets as word processors and web pages leave them; the last two are Word's own."""

_ITEM = re.compile(
    rf"(?P<indent> *)(?:(?P<bullet>[-*+]) +|(?P<sign>[{SIGNS}]) *|(?P<number>[1-9]\d{{0,8}})(?P<close>[.)]) +)"
    r"(?P<words>\S.*)"
)
_RULE = re.compile(r" *([-*_])( *\1){2,} *")
_HEADING = re.compile(r"#{1,6} +\S")
_INNER = re.compile(r"(?:(?:[-*+]|\d+\.) +)*")
_INNER_NUMBER = re.compile(r"((?:[-*+] +)*)(0|[2-9]|\d{2,})\.(?= )")
_NO_END = re.compile(r"[\w,(–—-]\Z")
"""A line that ends so goes on in the next one."""
_LEAD = re.compile(r"[^\w]*(\w)")

DEEP = f"The list is nested deeper than {MAX_LEVELS} levels.", "Make it flatter."
DASH = (
    "A hyphen begins this line below a sentence: it may be a list, or a dash.",
    "Put an empty line above a list, and a dash at the end of the line before.",
)
MIXED = (
    "A list inside of another one changes between bullets and numbers here.",
    "Keep to one of them, or put words between the two lists.",
)
AFTER = (
    "These words stand right below a list and would run into its last item.",
    "Put an empty line above them; indent them by four spaces where they belong to the item.",
)


class Fault(NamedTuple):
    """What is wrong with a list, how to mend it, how bad it is; `line` counts from 0 within the text."""

    line: int
    what: str
    mend: str
    severity: Severity = "error"


@dataclass
class _Level:
    """One list that is open: where its items stand, and its last number (0 where they have bullets)."""

    indent: int
    number: int


def read_lists(source: TypedText) -> tuple[TypedText, list[Fault]]:
    """`source` with its lists in the package's own form, and what is wrong with them."""
    reader = _Reader(source)
    return reader.read(), reader.faults


class _Reader:
    """Goes through the lines once."""

    def __init__(self, source: TypedText) -> None:
        self.lines, near = spaced(source.text.split("\n"))
        self.faults = [Fault(*found) for found in near]
        self._numbers, self._at = source.lines, 0
        self._made: list[str] = []
        self._made_from: list[list[int]] = []
        self._levels: list[_Level] = []
        self._above: Literal["", "words", "item", "heading"] = ""
        """What the line above is: nothing, words of a paragraph, of an item, or a heading."""
        self._last = 0
        """The last number of the list before."""
        self._further = False
        """Whether the line above belongs to a further paragraph of an item, behind which no item is found."""
        self._depth = 0
        """How deep the first line below the last empty one stands: an item less deep would be taken for one as deep."""

    def read(self) -> TypedText:
        for at, line in enumerate(self.lines):
            self._at = at
            item = None if _RULE.fullmatch(line) and not _is_deep(line, 1) else _ITEM.fullmatch(line)
            if not line.strip():
                self._put(line, "")
            elif line.lstrip().startswith("{@") and self._above != "heading" and any(self._made):
                self._cite(line)
            elif _HEADING.match(line):
                self._close()
                self._put(line, "heading")
            elif item:
                self._item(at, item)
            else:
                self._words(at, _shown(line))
        return TypedText("\n".join(self._made), self._made_from)

    def _put(self, line: str, kind: Literal["", "words", "item", "heading"]) -> None:
        if not self._made or not self._made[-1]:
            self._depth = (len(line) - len(line.lstrip())) // 4
        self._made.append(line)
        self._made_from.append(self._numbers[self._at])
        self._above = kind
        self._further = self._further and kind == "item"

    def _cite(self, line: str) -> None:
        """A source may stand on a line of its own, behind the words that it is for."""
        while not self._made[-1].strip():
            self._made.pop()
            self._made_from.pop()
        self._made[-1] += JOIN + line.strip()
        self._made_from[-1] = self._made_from[-1] + self._numbers[self._at]
        self._above = "item" if self._levels else "words"

    def _close(self) -> None:
        self._last = self._levels[0].number if self._levels else self._last
        self._levels = []

    def _item(self, at: int, item: re.Match[str]) -> None:
        indent, number = len(item["indent"]), int(item["number"] or 0)
        while len(self._levels) > 1 and indent < self._levels[-2].indent + 2:
            self._levels.pop()
        same = self._levels[-1] if self._levels and indent < self._levels[-1].indent + 2 else None
        is_item = self._goes_on(at, item, same) if same else self._begins(at, item)
        if not is_item:
            self._words(at, _as_typed(item.string))
            return
        new = same is None or bool(same.number) != bool(number)
        apart = new and not (self._levels and same is None) and self._above in ("words", "item")
        if same:
            self._levels.pop()
        self._levels.append(_Level(indent, number))
        if apart or self._further or len(self._levels) - 1 < self._depth:
            self._put("", "")
        if _is_deep(item["words"], len(self._levels)) and not any(fault.what == DEEP[0] for fault in self.faults):
            self.faults.append(Fault(at, *DEEP))
        self._put(_written(item, len(self._levels) - 1), "item")
        self._further = False

    def _begins(self, at: int, item: re.Match[str]) -> bool:
        """Whether a list begins with this line."""
        number, below = int(item["number"] or 0), self._above == "words"
        goes_on = self._has_next(at, item)
        ends = not below or not _NO_END.search(self.lines[at - 1].rstrip())
        if item["sign"]:
            return True
        if not number:
            if not ends and not goes_on:
                self.faults.append(Fault(at, *DASH))
            return ends or goes_on
        if number > 1:
            self._about_number(at, number, goes_on=goes_on, below=below)
            return False
        if item["close"] == ")":
            return goes_on or (below and self.lines[at - 1].rstrip().endswith(":"))
        return ends or goes_on

    def _about_number(self, at: int, number: int, *, goes_on: bool, below: bool) -> None:
        """A line that begins with another number than 1, where no list stands that it goes on with."""
        if goes_on:
            what = f"This list begins with {number}, and lists are numbered from 1."
            mend = "Number it from 1; where it is no list, put an empty line between its lines."
            self.faults.append(Fault(at, what, mend))
        elif number == self._last + 1 and self._last and not below and not self._levels:
            what = f'"{number}." goes on with the numbers of the list above it, and words come between.'
            mend = "Indent those words by four spaces, so that they belong to the item above them."
            self.faults.append(Fault(at, what, mend, "warning"))

    def _goes_on(self, at: int, item: re.Match[str], level: _Level) -> bool:
        """Whether this line is an item of the list that is open, or the first of another one right below it."""
        number = int(item["number"] or 0)
        if not number or number == level.number + 1:
            if bool(number) != bool(level.number) and len(self._levels) > 1:
                self.faults.append(Fault(at, *MIXED))
            return True
        if number > 1 and not self._above and not self._has_next(at, item):
            return False  # a paragraph below the list, such as "1984. That was when it began."
        if level.number:
            what = f'The numbers of this list do not run on: "{number}." follows "{level.number}.".'
            mend = "Number them 1, 2, 3, with words between two lists, and an empty line above what is no list."
            self.faults.append(Fault(at, what, mend))
        elif not self._above:
            self._about_number(at, number, goes_on=True, below=False)
        return level.number > 0

    def _has_next(self, at: int, item: re.Match[str]) -> bool:
        """Whether another item like this one stands below it before the next empty line."""
        return any(
            (int(other["number"]) == int(item["number"]) + 1 if item["number"] and other["number"] else False)
            or (not item["number"] and not other["number"])
            for other in self._items_below(at)
            if abs(len(other["indent"]) - len(item["indent"])) < 2
        )

    def _items_below(self, at: int) -> Iterator[re.Match[str]]:
        for line in self.lines[at + 1 :]:
            if not line.strip():
                return
            if found := _ITEM.fullmatch(line):
                yield found

    def _words(self, at: int, line: str) -> None:
        indent = len(line) - len(line.lstrip())
        inside = [level for level in self._levels if indent >= level.indent + 2]
        if self._levels and not self._above and inside:
            self._levels = inside
            self._put("    " * len(inside) + line.lstrip(), "item")
            self._further = True
        elif self._levels and self._above:
            lead = _LEAD.match(line)
            if not inside and lead and (lead[1].isupper() or _ITEM.fullmatch(self.lines[at])):
                self.faults.append(Fault(at, *AFTER))
            self._put(line, "item")
        else:
            self._close()
            self._put(line, "words")


def _written(item: re.Match[str], depth: int) -> str:
    """The line as the package reads it: four spaces a level, and one of its own marks."""
    mark = f"{item['number']}. " if item["number"] else f"{item['bullet'] or '-'} "
    if len(item["indent"]) == 4 * depth and not item["sign"] and item["close"] != ")":
        mark = item.string[len(item["indent"]) : item.start("words")]
    return "    " * depth + mark + _INNER_NUMBER.sub(r"\1\2\\.", item["words"], count=1)


def _as_typed(line: str) -> str:
    """A line whose number begins no list."""
    return re.sub(r"\A( *\d+)\.(?= )", r"\1\\.", line)


def _shown(line: str) -> str:
    """A line across the page is not drawn, and no list either."""
    return re.sub(r"\A( *)(?=[-*+])", r"\1\\", line) if _RULE.fullmatch(line) else _as_typed(line)


def _is_deep(words: str, level: int) -> bool:
    """Whether marks at the start of these words open more lists than there may be."""
    return level + len((_INNER.match(words) or words)[0].split()) > MAX_LEVELS
