"""What is drawn in a finished PDF: lines of text with their place, size and font, and the shapes between them.

Read with PDFium, text object by text object (about 100 a page) rather than letter by letter (about 2,500).
All lengths are in points, with the origin at the page's lower left.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from printables.typeset.inspect.crossings import crossed
from printables.typeset.inspect.glyph_run import GlyphRun, apart
from printables.typeset.inspect.objects import Drawn, Rect, drawn
from printables.typeset.inspect.right_to_left import as_seen, continues_left, joined, placed_letters, read_order
from printables.typeset.inspect.source import runs_left, tidy, words_in


@dataclass(frozen=True)
class TextLine:
    """Runs that stand next to each other on one baseline."""

    runs: tuple[GlyphRun, ...]
    page: int

    @cached_property
    def text(self) -> str:
        if self.runs_left:
            return joined(read_order(self.runs))
        parts = [self.runs[0].text]
        for before, after in zip(self.runs, self.runs[1:], strict=False):
            parts.append(" " * apart(before, after) + after.text)
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
        placed = placed_letters(letters)
        texts = {at: as_seen(objects[at], text, placed) for at, text in texts.items()}
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
        if group and not (_continues(group[-1], run) or continues_left(group, run, _continues)):
            yield TextLine(tuple(group), page)
            group = []
        group.append(run)
    if group:
        yield TextLine(tuple(group), page)


def _continues(before: GlyphRun, after: GlyphRun) -> bool:
    height = max(before.size, after.size)
    near = -0.3 * height < after.rect[0] - before.rect[2] < 0.6 * height
    return near and before.margin == after.margin and abs(before.baseline - after.baseline) < 0.5 * height


def short(text: str) -> str:
    """A text as a message quotes it."""
    return text if len(text) <= 60 else text[:57].rstrip() + "..."


def more(texts: list[str]) -> str:
    """How many there are besides the first, which a message quotes."""
    return f" (and {len(texts) - 1} more)" if len(texts) > 1 else ""
