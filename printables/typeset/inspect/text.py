"""What is drawn in a finished PDF: lines of text with their place, size and font, and the shapes between them.

Read with PDFium, text object by text object (about 100 a page) rather than letter by letter (about 2,500).
All lengths are in points, with the origin at the page's lower left.
"""

from __future__ import annotations

import ctypes
import dataclasses
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from printables.typeset.inspect.crossings import crossed
from printables.typeset.inspect.objects import Drawn, Rect, drawn
from printables.typeset.inspect.source import runs_left, tidy, words_in

TOUCHING = 0.3
"""Points: letters of one word from right to left touch, also where a vowel sign parts them into two pieces."""


@dataclass(frozen=True)
class GlyphRun:
    """A piece of text drawn in one go. `margin`: it stands in a header or footer (it is marked as an artifact).

    `crossed`: a rule, the edge of a box or a line of a picture is drawn across it.
    """

    text: str
    rect: Rect
    baseline: float
    size: float
    font: str
    margin: bool
    crossed: bool = False


@dataclass(frozen=True)
class TextLine:
    """Runs that stand next to each other on one baseline."""

    runs: tuple[GlyphRun, ...]
    page: int

    @cached_property
    def text(self) -> str:
        if self.runs_left:
            return _joined(self._read())
        parts = [self.runs[0].text]
        for before, after in zip(self.runs, self.runs[1:], strict=False):
            parts.append(" " * _apart(before, after) + after.text)
        return " ".join("".join(parts).split())

    @cached_property
    def words(self) -> list[str]:
        return words_in(self.text)

    @cached_property
    def runs_left(self) -> bool:
        """Whether it holds letters from right to left."""
        return any(runs_left(letter) for run in self.runs for letter in run.text)

    @property
    def across(self) -> list[GlyphRun]:
        """The runs from the left to the right. Those that are read so are drawn so."""
        return sorted(self.runs, key=lambda run: run.rect[0]) if self.runs_left else list(self.runs)

    def _read(self) -> list[GlyphRun]:
        """The runs as they are read: from right to left, but for Latin words and figures among them."""
        read: list[GlyphRun] = []
        forward = 0  # how many runs at the end are read from left to right
        for run in sorted(self.runs, key=lambda run: run.rect[2], reverse=True):
            forward = forward + 1 if _runs_right(run.text) else 0
            read.insert(len(read) - max(forward - 1, 0), run)
        return read

    @cached_property
    def rect(self) -> Rect:
        lefts, bottoms, rights, tops = zip(*(run.rect for run in self.runs), strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    @property
    def margin(self) -> bool:
        return self.runs[0].margin


@dataclass
class PdfPage:
    """One page of the PDF. `lines` are in the order in which they were drawn; `number` counts from 1."""

    number: int
    width: float
    height: float
    lines: list[TextLine] = field(default_factory=list)
    shapes: list[Rect] = field(default_factory=list)

    @property
    def body(self) -> list[TextLine]:
        return [line for line in self.lines if not line.margin]

    @property
    def margins(self) -> list[TextLine]:
        return [line for line in self.lines if line.margin]


def pdf_text(pdf: bytes) -> list[str]:
    """The text of each page, headers and footers included, a line a line."""
    return ["\n".join(line.text for line in sheet.lines) for sheet in read_pdf(pdf)]


def read_pdf(pdf: bytes) -> list[PdfPage]:
    """Every page of a PDF."""
    with pdfium.PdfDocument(pdf) as document:
        return read_sheets(document)


def read_sheets(pages: Iterable[Any]) -> list[PdfPage]:
    """Every page of an open PDF; they stay open."""
    return [_read_sheet(page, number) for number, page in enumerate(pages, start=1)]


def _read_sheet(page: Any, number: int) -> PdfPage:
    width, height = page.get_size()
    sheet = PdfPage(number, width, height)
    letters = page.get_textpage()
    objects = list(drawn(page))
    texts = {at: text for at, each in enumerate(objects) if each.is_text and tidy(text := _seen(each, letters)).strip()}
    if any(map(runs_left, "".join(texts.values()))):
        placed = _placed(letters)
        texts = {at: _across(objects[at], text, placed) for at, text in texts.items()}
    over = crossed(objects, list(texts))
    runs = [_run(objects[at], text, crossed=at in over) for at, text in texts.items()]
    sheet.shapes = [each.rect for each in objects if not each.is_text]
    sheet.lines = list(_lines(runs, number))
    letters.close()
    return sheet


def _seen(each: Drawn, letters: Any) -> str:
    """The words of a text; none where it is clipped away, or part of a picture."""
    return "" if _is_clipped(each) or _is_picture(each.item) else _text(each.item, letters)


def _run(each: Drawn, text: str, *, crossed: bool) -> GlyphRun:
    matrix, size = each.matrix, ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(each.item, size)
    return GlyphRun(
        text=text,
        rect=each.rect,
        baseline=matrix[5],
        size=size.value * math.hypot(matrix[2], matrix[3]),
        font=_font(each.item),
        margin=_is_artifact(each.item),
        crossed=crossed,
    )


def _text(item: Any, letters: Any) -> str:
    length = raw.FPDFTextObj_GetText(item, letters, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(item, letters, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _placed(letters: Any) -> dict[int | None, list[tuple[float, str]]]:
    """The letters of each text on a page, with how far from the left they stand."""
    placed = defaultdict(list)
    for at in range(letters.count_chars()):
        across, up = ctypes.c_double(), ctypes.c_double()
        if raw.FPDFText_GetCharOrigin(letters, at, across, up):
            owner = raw.FPDFText_GetTextObject(letters, at)
            placed[_address(owner)].append((across.value, chr(raw.FPDFText_GetUnicode(letters, at))))
    return placed


def _across(each: Drawn, text: str, placed: Mapping[int | None, list[tuple[float, str]]]) -> str:
    """A Latin text as it is seen: beside letters from right to left PDFium turns its words round, and AR-1.2 too."""
    if any(map(runs_left, text)):
        return text
    return "".join(letter for _, letter in sorted(placed[_address(each.item)], key=itemgetter(0))) or text


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def _font(item: Any) -> str:
    """The font's name without the six letters that mark a subset."""
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(item), buffer, 128)
    return buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode("utf-8", "replace")


def _is_artifact(item: Any) -> bool:
    return any(_mark(item, index) == "Artifact" for index in range(raw.FPDFPageObj_CountMarks(item)))


def _is_picture(item: Any) -> bool:
    """Whether the text belongs to a picture made of HTML, whose content is marked with its place (see finisher.py)."""
    marks = (raw.FPDFPageObj_GetMark(item, index) for index in range(raw.FPDFPageObj_CountMarks(item)))
    return any(raw.FPDFPageObjMark_GetParamValueType(mark, b"BBox") == raw.FPDF_OBJECT_ARRAY for mark in marks)


def _mark(item: Any, index: int) -> str:
    buffer, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(item, index), buffer, 64, length)
    return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _is_clipped(each: Drawn) -> bool:
    """True where a box with `overflow: hidden` leaves less than half of the text's height or nothing of its width."""
    left, bottom, right, top = each.rect
    return any(
        min(top, clip[3]) - max(bottom, clip[1]) < (top - bottom) / 2 or min(right, clip[2]) <= max(left, clip[0])
        for clip in each.clips()
    )


def _lines(runs: list[GlyphRun], page: int) -> Iterator[TextLine]:
    """Runs drawn one after the other on one baseline, less than 0.6 of a letter's height apart, are one line.

    Cells of a table stand further apart (twice 2 mm is 0.8 of a 14 pt letter), so they stay lines of their own.
    """
    group: list[GlyphRun] = []
    for run in runs:
        if group and not (_continues(group[-1], run) or _continues_left(group, run)):
            yield TextLine(tuple(group), page)
            group = []
        group.append(run)
    if group:
        yield TextLine(tuple(group), page)


def _continues(before: GlyphRun, after: GlyphRun) -> bool:
    height = max(before.size, after.size)
    near = -0.3 * height < after.rect[0] - before.rect[2] < 0.6 * height
    return near and before.margin == after.margin and abs(before.baseline - after.baseline) < 0.5 * height


def _continues_left(group: list[GlyphRun], after: GlyphRun) -> bool:
    """Whether a run goes on to the left of a line that has letters from right to left."""
    if not any(runs_left(letter) for run in (*group, after) for letter in run.text):
        return False
    first = min(group, key=lambda run: run.rect[0])
    mirrored = GlyphRun(after.text, first.rect, after.baseline, after.size, after.font, after.margin)
    return _continues(dataclasses.replace(first, rect=after.rect), mirrored)


def _joined(runs: list[GlyphRun]) -> str:
    """The words of runs from right to left. A blank at an end of theirs is one only where the next does not touch."""
    parts = [tidy(runs[0].text).strip()]
    for before, after in pairwise(runs):
        beside = not (_runs_right(before.text) and _runs_right(after.text))  # figures of two typefaces are one number
        blank = beside and _gap(before, after) > TOUCHING and " " in (before.text[-1:], after.text[:1])
        parts.append(" " * (blank or _apart(before, after)) + tidy(after.text).strip())
    return " ".join("".join(parts).split())


def _runs_right(text: str) -> bool:
    """Whether these are Latin words or figures, and no letters from right to left."""
    return any(letter.isalnum() for letter in text) and not any(map(runs_left, text))


def _apart(before: GlyphRun, after: GlyphRun) -> bool:
    """Whether a space shows between two runs; the space itself is often not drawn."""
    return _gap(before, after) > 0.16 * max(before.size, after.size)


def _gap(before: GlyphRun, after: GlyphRun) -> float:
    return max(after.rect[0] - before.rect[2], before.rect[0] - after.rect[2])


def short(text: str) -> str:
    """A text as a message quotes it."""
    return text if len(text) <= 60 else text[:57].rstrip() + "..."


def more(texts: list[str]) -> str:
    """How many there are besides the first, which a message quotes."""
    return f" (and {len(texts) - 1} more)" if len(texts) > 1 else ""
