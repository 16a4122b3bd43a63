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

from printables.typeset.source import words_in

Rect = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Run:
    """A piece of text drawn in one go. `margin`: it stands in a header or footer (it is marked as an artifact)."""

    text: str
    rect: Rect
    baseline: float
    size: float
    font: str
    margin: bool


@dataclass(frozen=True)
class Line:
    """Runs that stand next to each other on one baseline."""

    runs: tuple[Run, ...]
    page: int

    @cached_property
    def text(self) -> str:
        parts = [self.runs[0].text]
        for before, after in zip(self.runs, self.runs[1:], strict=False):
            parts.append(" " * _apart(before, after) + after.text)
        return " ".join("".join(parts).split())

    @cached_property
    def words(self) -> list[str]:
        return words_in(self.text)

    @cached_property
    def rect(self) -> Rect:
        lefts, bottoms, rights, tops = zip(*(run.rect for run in self.runs), strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    @property
    def margin(self) -> bool:
        return self.runs[0].margin


@dataclass
class Sheet:
    """One page of the PDF. `lines` are in the order in which they were drawn; `number` counts from 1."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    shapes: list[Rect] = field(default_factory=list)

    @property
    def body(self) -> list[Line]:
        return [line for line in self.lines if not line.margin]

    @property
    def margins(self) -> list[Line]:
        return [line for line in self.lines if line.margin]


def pdf_text(pdf: bytes) -> list[str]:
    """The text of each page, headers and footers included, a line a line."""
    return ["\n".join(line.text for line in sheet.lines) for sheet in read_pdf(pdf)]


def read_pdf(pdf: bytes) -> list[Sheet]:
    """Every page of a PDF."""
    with pdfium.PdfDocument(pdf) as document:
        return read_sheets(document)


def read_sheets(pages: Iterable[Any]) -> list[Sheet]:
    """Every page of an open PDF; they stay open."""
    return [_read_sheet(page, number) for number, page in enumerate(pages, start=1)]


def _read_sheet(page: Any, number: int) -> Sheet:
    width, height = page.get_size()
    sheet = Sheet(number, width, height)
    letters = page.get_textpage()
    runs: list[Run] = []
    for item, matrix in _objects(page):
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            runs.append(_run(item, letters, matrix))
        else:
            sheet.shapes.append(_rect(item, matrix))
    sheet.lines = list(_lines([run for run in runs if run.text.strip()], number))
    letters.close()
    return sheet


def _objects(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Every drawn object with the matrix of the groups around it; groups (pictures, opacity) are walked into."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _unfold(raw.FPDFPage_GetObject(page, index), UNMOVED)


def _unfold(item: Any, outer: Matrix) -> Iterator[tuple[Any, Matrix]]:
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
        yield item, outer
        return
    inner = _times(_matrix(item), outer)
    for index in range(raw.FPDFFormObj_CountObjects(item)):
        yield from _unfold(raw.FPDFFormObj_GetObject(item, index), inner)


def _run(item: Any, letters: Any, outer: Matrix) -> Run:
    matrix = _times(_matrix(item), outer)
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, size)
    return Run(
        text="" if _is_clipped(item) else _text(item, letters),
        rect=_rect(item, outer),
        baseline=matrix[5],
        size=size.value * math.hypot(matrix[2], matrix[3]),
        font=_font(item),
        margin=_is_artifact(item),
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


def _mark(item: Any, index: int) -> str:
    buffer, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(item, index), buffer, 64, length)
    return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _is_clipped(item: Any) -> bool:
    """True where a box with `overflow: hidden` leaves less than half of the text's height or nothing of its width."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    left, bottom, right, top = _rect(item, UNMOVED)
    for index in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        points = list(_points(clip, index))
        if not points:
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if min(top, max(ys)) - max(bottom, min(ys)) < (top - bottom) / 2 or min(right, max(xs)) <= max(left, min(xs)):
            return True
    return False


def _points(clip: Any, index: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(raw.FPDFClipPath_CountPathSegments(clip, index)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, index, place), x, y)
        yield x.value, y.value


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then == UNMOVED:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _rect(item: Any, outer: Matrix) -> Rect:
    """The tight box around the ink."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    if outer == UNMOVED:
        return left, bottom, right, top
    a, b, c, d, e, f = outer
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _lines(runs: list[Run], page: int) -> Iterator[Line]:
    """Runs drawn one after the other on one baseline, less than 0.6 of a letter's height apart, are one line.

    Cells of a table stand further apart (twice 2 mm is 0.8 of a 14 pt letter), so they stay lines of their own.
    """
    group: list[Run] = []
    for run in runs:
        if group and not _continues(group[-1], run):
            yield Line(tuple(group), page)
            group = []
        group.append(run)
    if group:
        yield Line(tuple(group), page)


def _continues(before: Run, after: Run) -> bool:
    height = max(before.size, after.size)
    near = -0.3 * height < after.rect[0] - before.rect[2] < 0.6 * height
    return near and before.margin == after.margin and abs(before.baseline - after.baseline) < 0.5 * height


def _apart(before: Run, after: Run) -> bool:
    """Whether a space shows between two runs; the space itself is often not drawn."""
    return after.rect[0] - before.rect[2] > 0.16 * max(before.size, after.size)
