"""The objects that a PDF's page is drawn with, one after the other, and where each lies. Read with PDFium.

All lengths are in points, with the origin at the page's lower left.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from pypdfium2 import raw

Point = tuple[float, float]
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


class Drawn(NamedTuple):
    """One object. `outer` is the matrix of the groups around it; `rect` is its ink."""

    item: Any
    kind: int
    outer: Matrix
    rect: Rect

    @property
    def is_text(self) -> bool:
        return bool(self.kind == raw.FPDF_PAGEOBJ_TEXT)

    @property
    def is_path(self) -> bool:
        return bool(self.kind == raw.FPDF_PAGEOBJ_PATH)

    @property
    def matrix(self) -> Matrix:
        """From its own lengths to those of the page."""
        return times(_matrix(self.item), self.outer)

    def clips(self) -> Iterator[Rect]:
        """The boxes around what it is clipped to (`overflow: hidden`, a border's side)."""
        clip = raw.FPDFPageObj_GetClipPath(self.item)
        for index in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
            count = raw.FPDFClipPath_CountPathSegments(clip, index)
            points = [
                moved(_point(raw.FPDFClipPath_GetPathSegment(clip, index, place)), self.outer) for place in range(count)
            ]
            if points:
                yield around(points)

    def segments(self) -> Iterator[tuple[int, bool, Point]]:
        """A path's kinds of segment, whether each closes its shape, and where it ends."""
        matrix = self.matrix
        for place in range(raw.FPDFPath_CountSegments(self.item)):
            segment = raw.FPDFPath_GetPathSegment(self.item, place)
            kind, closes = raw.FPDFPathSegment_GetType(segment), raw.FPDFPathSegment_GetClose(segment)
            yield kind, bool(closes), moved(_point(segment), matrix)


def drawn(page: Any) -> Iterator[Drawn]:
    """Every object in the order in which they are drawn; groups (pictures, opacity) are walked into."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _unfold(raw.FPDFPage_GetObject(page, index), UNMOVED)


def _unfold(item: Any, outer: Matrix) -> Iterator[Drawn]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_FORM:
        yield Drawn(item, kind, outer, _rect(item, outer))
        return
    inner = times(_matrix(item), outer)
    for index in range(raw.FPDFFormObj_CountObjects(item)):
        yield from _unfold(raw.FPDFFormObj_GetObject(item, index), inner)


def around(points: Iterable[Point]) -> Rect:
    """The box around points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def moved(point: Point, matrix: Matrix) -> Point:
    """A point where the matrix puts it."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    return x * a + y * c + e, x * b + y * d + f


def times(first: Matrix, then: Matrix) -> Matrix:
    """Both matrices in one."""
    if then == UNMOVED:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _point(segment: Any) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _rect(item: Any, outer: Matrix) -> Rect:
    """The tight box around the ink."""
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    left, bottom, right, top = (side.value for side in sides)
    if outer == UNMOVED:
        return left, bottom, right, top
    return around(moved((x, y), outer) for x in (left, right) for y in (bottom, top))
