"""The lines of a file on which the words of a text stand, carried through Markdown to the blocks that it makes.

Markdown keeps the line breaks of a paragraph, and drops those around it. So each block is told which lines it was made
from before its marks are read, and afterwards the breaks that are left in it say where each of those lines begins.
Two signs that no author can type (characters.py) stand for breaks that are not printed as such, and are taken out last.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markdown.treeprocessors import Treeprocessor

from printables.library.library import Place

JOIN = "\x1f"
"""A line break that is printed as a space: where YAML joined two lines, or a source stands on a line of its own. It is
white space for Python and for expressions, so nothing that splits or trims words sees a difference."""
GONE = "\x1e"
"""A line break of which nothing is printed, such as one inside of a mark."""

_BREAK = re.compile(f"([\n{JOIN}{GONE}])")
_ESCAPED = re.compile("\x02([0-9]+)\x03")
"""How the Markdown package keeps a character that stood after a backslash."""
_BLOCKS = frozenset(["p", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"])
_MARKS = re.compile(r"(?:(?:[^\w\s]{1,6}|\(?(?:\d{1,9}|[ivxIVX]{1,4}|[A-Za-z])[.)]|o)(?:\s+|\Z))+")
"""What may begin a heading or an item of a list."""


class SourceBlock(NamedTuple):
    """A paragraph, heading or list item as plain text. `lines` is where in it a line of the file begins, and which."""

    text: str
    lines: tuple[tuple[int, int], ...]

    def line_at(self, offset: int) -> int:
        """The line of the file on which what stands at `offset` was typed."""
        return next((line for start, line in reversed(self.lines) if start <= offset), self.lines[0][1])


class TypedText(NamedTuple):
    """A text as typed, with `JOIN` wherever YAML joined two lines, and for each of its lines those of the file."""

    text: str
    lines: list[list[int]]

    def line_at(self, offset: int) -> int:
        """The line of the file on which what stands at `offset` was typed."""
        row = self.text.rfind("\n", 0, offset) + 1
        return self.lines[self.text.count("\n", 0, offset)][self.text.count(JOIN, row, offset)]


def typed(text: str, place: Place) -> TypedText:
    """The text at `place` with the lines that it was typed on."""
    if not place.rows:
        return TypedText(text, [[place.line + at] for at in range(text.count("\n") + 1)])
    made, lines, start, rows = [], [], 0, deque(place.rows)
    for line in text.split("\n"):
        shown, numbers = list(line), [place.at(text, start).line]
        while rows and rows[0][0] < start + len(line):
            offset, number = rows.popleft()
            before = line[: max(offset - start - 1, 0)]
            if not before.strip() or _MARKS.fullmatch(before.lstrip()):
                numbers = [number]  # the mark of an item may stand on a line of its own: what counts are the words
            elif line[offset - start - 1] == " ":
                shown[offset - start - 1] = JOIN
                numbers.append(number)
        made.append("".join(shown))
        lines.append(numbers)
        start += len(line) + 1
    return TypedText("\n".join(made), lines)


def as_block(text: str, place: Place) -> SourceBlock:
    """A text without Markdown as one block."""
    source = typed(text, place)
    return _block(source.text, [number for numbers in source.lines for number in numbers])


def unmarked(made: str) -> str:
    """What is printed: without our signs."""
    return made.replace(JOIN, " ").replace(GONE, "")


def breaks(text: str) -> int:
    """How many line breaks are in a piece of text."""
    return text.count("\n") + text.count(JOIN) + text.count(GONE)


class NoteLines(Treeprocessor):
    """Before marks are read: from which lines every text of the tree was made."""

    def __init__(self, found: SourceReader) -> None:
        super().__init__()
        self._found = found

    def run(self, root: ET.Element) -> None:
        self._found.note(root)


class ReadBlocks(Treeprocessor):
    """After marks are read: the text of every block, with the lines that begin in it."""

    def __init__(self, found: SourceReader) -> None:
        super().__init__()
        self._found = found

    def run(self, root: ET.Element) -> None:
        self._found.read(root)


class SourceReader:
    """What is known of the lines of one text while the Markdown package reads it."""

    def __init__(self) -> None:
        self.source = TypedText("", [])
        self.blocks: list[SourceBlock] = []
        self._texts: dict[ET.Element, list[int]] = {}
        self._tails: dict[ET.Element, list[int]] = {}

    def start(self, source: TypedText) -> None:
        """The next text, in the form in which Markdown reads it."""
        self.source, self.blocks, self._texts, self._tails = source, [], {}, {}

    def note(self, root: ET.Element) -> None:
        """The blocks are made from the lines in order, so each line of a block is the next one that holds its words."""
        if len(self.source.lines) == 1:
            return  # most texts have one line, and then there is nothing to tell apart
        rows = zip(self.source.text.split("\n"), self.source.lines, strict=True)
        self._note(root, deque([(row, numbers) for row, numbers in rows if row and not row.isspace()]))

    def _note(self, element: ET.Element, left: deque[tuple[str, list[int]]]) -> None:
        for child in element:
            if child.text:
                self._texts[child] = _taken(child.text, left)
            self._note(child, left)
            if child.tail:
                self._tails[child] = _taken(child.tail, left)

    def read(self, root: ET.Element) -> None:
        """Take up the text of all blocks."""
        self._pieces: list[str] = []
        self._numbers: list[int] = []
        self._read(root)
        self._end()

    def _read(self, element: ET.Element) -> None:
        self._numbers += self._texts.get(element, ())  # the text itself is empty where it begins with a mark
        if element.text:
            self._pieces.append(element.text)
        for child in element:
            if child.tag in _BLOCKS:
                if self._pieces:
                    self._end()
                self._read(child)
                self._end()
            elif child.get("class") == "cite":  # the number of a source is no word of the text
                self._pieces.append(GONE * breaks("".join(child.itertext())))
            else:
                self._read(child)
            self._numbers += self._tails.get(child, ())
            if child.tail:
                self._pieces.append(child.tail)

    def _end(self) -> None:
        """A block ends here."""
        if self._pieces:
            block = _block("".join(self._pieces), self._numbers or self.source.lines[0])
            if block.text:
                self.blocks.append(block)
        self._pieces, self._numbers = [], []


def _taken(text: str, left: deque[tuple[str, list[int]]]) -> list[int]:
    """The lines that a piece of the tree was made from, one for each of its own; they are then no longer left."""
    found: list[int] = []
    for words in text.split("\n"):
        bare = words.strip()
        if bare:
            while left and bare not in left[0][0]:
                left.popleft()
        found += left.popleft()[1] if bare and left else found[-1:] or [0]
    return found


def _block(raw: str, numbers: Sequence[int]) -> SourceBlock:
    """The block of a text with line breaks; `numbers` are the lines of the file before and behind each of them."""
    if "\x02" in raw:
        raw = _ESCAPED.sub(lambda found: chr(int(found[1])), raw)
    if "\n" not in raw and JOIN not in raw and GONE not in raw:
        return SourceBlock(" ".join(raw.split()), ((0, numbers[0]),))
    pieces = _BREAK.split(raw)
    text, spaced, lines = "", False, []
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        spaced = spaced or piece[:1].isspace()
        if words := " ".join(piece.split()):
            text += " " if spaced and text else ""
            lines.append((len(text), numbers[min(at // 2, len(numbers) - 1)]))
            text, spaced = text + words, piece[-1].isspace()
        spaced = spaced or pieces[at + 1 : at + 2] not in ([], [GONE])
    return SourceBlock(text, tuple(lines))
