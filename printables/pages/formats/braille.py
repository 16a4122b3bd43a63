"""A finished page as a Braille-ready file (BRF) in contracted Unified English Braille.

The layout follows the Braille Authority of North America's "Braille Formats" (2016); docs/decisions/0011 says where it
differs and why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from printables.pages.formats.liblouis import tables, translated
from printables.pages.formats.reading_order import TextBlock, read_in_order
from printables.pages.formats.registry import Format

CELLS = 40
LINES = 25
_TEXT_LINES = LINES - 2
"""One line holds the page number. The last stays empty: where all 25 are used, some embossers feed a blank page."""
_SHORT_LIST = 16
"""A list or table of so many lines stands on one page, so that nobody has to look for a help line overleaf."""
_HEADING_CELLS = CELLS - 6
"""A centred heading has at least three empty cells on either side."""
_SUBHEADING = {3: 4, 4: 6}
"""Empty cells before a heading of that level."""


@dataclass(frozen=True)
class _Line:
    """One line in Braille. `keeps` says that it stands on the same page as the next."""

    cells: str
    keeps: bool = False
    anchor: str = ""


def braille(html: str) -> bytes:
    """The pages of a finished document, 40 cells by 25 lines. Raises FormatMissing."""
    reading = read_in_order(html)
    table = tables(reading.language, reading.braille)
    pages = _pages(_lines(reading.blocks, table, {}))
    for _ in range(2):  # once to tell on which page the help lines are, and again, since that may have moved them
        page_of = {line.anchor: number for number, page in enumerate(pages, 1) for line in page}
        pages = _pages(_lines(reading.blocks, table, page_of))
    return b"".join(_printed(page, translated(str(number), table)) for number, page in enumerate(pages, 1))


def _printed(page: Sequence[_Line], number: str) -> bytes:
    lines = [number.rjust(CELLS), *(line.cells for line in page)]
    return ("\r\n".join(lines).rstrip() + "\r\n\f").encode("ascii")


def _pages(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Lines that keep together go to the same page, unless they are more than a page; none begins with a blank one."""
    pages: list[list[_Line]] = [[]]
    for group in _kept(lines):
        if len(pages[-1]) + len(group) > _TEXT_LINES:
            pages.append([])
        for line in group:
            if len(pages[-1]) == _TEXT_LINES:
                pages.append([])
            if line.cells or pages[-1]:
                pages[-1].append(line)
    return [page for page in pages if page]


def _kept(lines: Iterable[_Line]) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    for line in lines:
        group.append(line)
        if not line.keeps:
            yield group
            group = []
    yield group


def _lines(blocks: Iterable[TextBlock], table: str, page_of: Mapping[str, int]) -> Iterator[_Line]:
    """All lines of a document. Headings, lists and tables have a blank line before them, all but low headings after."""
    groups = [list(group) for _, group in groupby(blocks, lambda block: block.kind)]
    for group, after in zip(groups, [*groups[1:], []], strict=True):
        lines = list(_group_lines(group, table, page_of))
        kind = group[0].kind
        whole = kind != "paragraph" and len(lines) <= _SHORT_LIST
        yield from (dataclasses.replace(line, keeps=line.keeps or whole) for line in lines[:-1])
        leads_in = kind == "heading" or (bool(after) and after[0].kind in ("item", "cell"))
        yield dataclasses.replace(lines[-1], keeps=leads_in)
        if after and not (kind == "heading" and group[-1].level in _SUBHEADING):
            yield _Line("", keeps=leads_in)


def _group_lines(group: Sequence[TextBlock], table: str, page_of: Mapping[str, int]) -> Iterator[_Line]:
    """The lines of blocks of one kind that follow each other."""
    deepest = max(block.level for block in group)
    for number, block in enumerate(group):
        if number and block.kind == "heading":
            yield _Line("", keeps=True)
        yield from _block_lines(block, _words(block, page_of, table), deepest)


def _block_lines(block: TextBlock, parts: Sequence[str], deepest: int) -> Iterator[_Line]:
    """The lines of one block: an item in one piece, a paragraph never with one line alone on a page."""
    lines = _set(block, parts, deepest)
    last = len(lines) - 1
    for number, line in enumerate(lines):
        keeps = block.kind != "paragraph" or number in (0, last - 1)
        anchor = block.anchor if number == 0 else ""
        yield _Line(line, keeps if number < last else block.kind == "heading", anchor)


def _set(block: TextBlock, parts: Sequence[str], deepest: int) -> list[str]:
    """One block in lines; each of its parts begins a new one."""
    if block.kind == "heading" and block.level not in _SUBHEADING:
        lines = _filled(" ".join(parts), 0, 0, _HEADING_CELLS)
        return [" " * ((CELLS - len(line)) // 2) + line for line in lines]
    first, others = _margins(block, deepest)
    lines = _filled(parts[0], first, others)
    return [*lines, *(line for part in parts[1:] for line in _filled(part, others, others))]


def _margins(block: TextBlock, deepest: int) -> tuple[int, int]:
    """The empty cells before a block's first line, and before the others. Those of a list clear its deepest item."""
    if block.kind == "heading":
        return _SUBHEADING[block.level], _SUBHEADING[block.level]
    if block.kind == "paragraph":
        return 2, 0
    return (2 * block.level, 4) if block.kind == "cell" else (2 * block.level - 2, 2 * deepest)


def _filled(cells: str, first: int, others: int, width: int = CELLS) -> list[str]:
    """Lines of whole words. `first` and `others` are the empty cells before the first line and the lines below it."""
    lines, line = [], " " * first
    for word in cells.split():
        space = " " if line.strip() else ""
        if len(line) + len(space) + len(word) <= width:
            line += space + word
            continue
        if space:
            lines.append(line)
            line = " " * others
        *pieces, rest = _divided(word, width - max(first, others))
        for piece in pieces:
            lines.append(line + piece)
            line = " " * others
        line += rest
    return [*lines, line]


def _divided(word: str, width: int) -> Iterator[str]:
    """A word that is longer than a line, as an address may be: divided after a slash, a hyphen, or with a hyphen."""
    while len(word) > width:
        slash, hyphen = word.rfind("_/", 1, width), word.rfind("-", 1, width)
        end = slash + 2 if slash > 0 else hyphen + 1 if hyphen > 0 else 0
        yield word[:end] if end else f"{word[: width - 1]}-"
        word = word[end or width - 1 :]
    yield word


def _words(block: TextBlock, page_of: Mapping[str, int], table: str) -> list[str]:
    """The parts of a block in Braille. A list without numbers has no marks: what begins to the left is an item."""
    mark = f"{block.mark} " if block.mark not in ("", "-") else ""
    text = mark + "".join(run.text for run in block.runs)
    pointer = block.runs[-1]
    if pointer.on_page:
        number = page_of.get(pointer.target)
        text += f" {pointer.on_page} {number}." if number else "."
    return [translated(" ".join(part.split()), table) for part in text.split("\n")]


FORMAT = Format(
    name="braille",
    suffix=".brf",
    title="Braille",
    media_type="text/plain; charset=us-ascii",
    make=lambda page: braille(page.html),
    option="A Braille file (.brf) beside each PDF; needs liblouis.",
    needs="liblouis",
)
