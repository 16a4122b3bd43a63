"""Texts that something is drawn across: the rule of a table, the edge of a box, a line of a picture.

What lies behind a text is hidden by a ground that was filled in between, such as the white behind a label on a ring.
What is drawn later lies over it, also where it is filled. A picture of dots, such as a logo, is no ground for text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pypdfium2 import raw

from printables.typeset.inspect.objects import Drawn, Point, Rect

TRIM = 0.12
"""A share of the letters' height, above and below: a rule may touch an accent or a descender."""
SIDE = 1.5
"""Points on the left and right: the hook of a j reaches out of its box."""
ROUNDING = 0.1
"""Points: the side of a border is clipped to itself."""
WEIGHTS = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3) for t in (n / 8 for n in range(9))]
"""Of a curve's four points: eight straight pieces stand for it."""
WHITE = (255, 255, 255)
PICTURE = (-1, -1, -1)
"""A colour that nothing else has."""

Colour = tuple[int, int, int]
Edge = tuple[Point, Point]


@dataclass(frozen=True)
class Shape:
    """What is drawn besides text, at that place among all. `fill` is None where only its outline is drawn."""

    place: int
    each: Drawn

    @cached_property
    def fill(self) -> Colour | None:
        """A picture counts as filled."""
        return self._paint[0]

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The outline as straight pieces, where it can be seen."""
        return tuple(_outline(self.each)) if any(self._paint) else ()

    @cached_property
    def clips(self) -> tuple[Rect, ...]:
        return tuple(self.each.clips())

    @property
    def stroked(self) -> bool:
        return self._paint[1]

    @cached_property
    def _paint(self) -> tuple[Colour | None, bool]:
        if not self.each.is_path:
            return PICTURE, False
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(self.each.item, mode, stroke)
        parts = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(self.each.item, *parts)
        red, green, blue, alpha = (part.value for part in parts)
        return ((red, green, blue) if mode.value and alpha else None), bool(stroke.value)

    def cuts(self, core: Rect) -> bool:
        """Whether its outline runs through the core, where its clips let it be seen."""
        if not any(_cuts(edge, core) for edge in self.edges):
            return False
        left, bottom, right, top = core
        for x, y, to_x, to_y in self.clips:
            left, right = max(left, x - ROUNDING), min(right, to_x + ROUNDING)
            bottom, top = max(bottom, y - ROUNDING), min(top, to_y + ROUNDING)
        return left < right and bottom < top and any(_cuts(edge, (left, bottom, right, top)) for edge in self.edges)

    def covers(self, core: Rect) -> bool:
        """Whether the core, which its outline does not cut, lies on its fill: the fill of a border is at its sides."""
        if self.fill is None or not _holds(self.each.rect, core):
            return False
        middle = (core[0] + core[2]) / 2, (core[1] + core[3]) / 2
        return _is_inside(middle, self.edges) and all(_holds(clip, core) for clip in self.clips)


def crossed(drawn: Sequence[Drawn], texts: Sequence[int]) -> set[int]:
    """Which of the `texts`, given as places among all that is `drawn` on a page, have something drawn across them."""
    shapes = [Shape(place, each) for place, each in enumerate(drawn) if not each.is_text]
    boxes = [(*shape.each.rect, shape) for shape in shapes]
    found = set()
    for text in texts:
        core = left, bottom, right, top = _core(drawn[text].rect)
        near = [shape for x, y, to_x, to_y, shape in boxes if y < top and to_y > bottom and x < right and to_x > left]
        if near and _is_crossed(text, core, near, shapes):
            found.add(text)
    return found


def _core(rect: Rect) -> Rect:
    """Where the letters surely are."""
    left, bottom, right, top = rect
    side, trim = min(SIDE, (right - left) / 4), (top - bottom) * TRIM
    return left + side, bottom + trim, right - side, top - trim


def _is_crossed(text: int, core: Rect, near: list[Shape], shapes: list[Shape]) -> bool:
    """From the last drawn to the first: what a ground hides, nobody sees."""
    for shape in reversed(near):
        over = shape.place > text
        if shape.cuts(core) and (over or not _is_faint(shape, shapes)):
            return True
        if shape.covers(core):
            return over or shape.fill == PICTURE
    return False


def _is_faint(shape: Shape, shapes: list[Shape]) -> bool:
    """Whether nobody sees its edge: white on white, without an outline."""
    return not shape.stroked and shape.fill == _ground(shape, shapes)


def _ground(shape: Shape, shapes: list[Shape]) -> Colour | None:
    """The colour on which it is drawn: of the last one filled before it that is larger, or the paper's."""
    under = (one for one in reversed(shapes) if one.place < shape.place and _holds(one.each.rect, shape.each.rect))
    return next((one.fill for one in under if one.fill is not None), WHITE)


def _outline(shape: Drawn) -> Iterator[Edge]:
    if not shape.is_path:
        left, bottom, right, top = shape.rect
        yield from pairwise([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)])
        return
    start = at = (0.0, 0.0)
    pulls: list[Point] = []
    for kind, closes, point in shape.segments():
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            pulls.append(point)
            if len(pulls) < 3:
                continue
            yield from pairwise(_curve(at, *pulls))
            pulls = []
        else:
            yield at, point
        at = point
        if closes:
            yield at, start


def _curve(start: Point, pull: Point, other: Point, end: Point) -> Iterator[Point]:
    for a, b, c, d in WEIGHTS:
        yield (
            a * start[0] + b * pull[0] + c * other[0] + d * end[0],
            a * start[1] + b * pull[1] + c * other[1] + d * end[1],
        )


def _is_inside(point: Point, edges: Sequence[Edge]) -> bool:
    """Whether a line from the point to the right meets the outline an odd number of times."""
    x, y = point
    level = [(start, end) for start, end in edges if (start[1] > y) != (end[1] > y)]
    meets = (a + (y - b) / (d - b) * (c - a) for (a, b), (c, d) in level)
    return sum(at > x for at in meets) % 2 == 1


def _cuts(edge: Edge, rect: Rect) -> bool:
    """Whether a straight piece runs through a box (Liang and Barsky)."""
    (x, y), (to_x, to_y) = edge
    enter, leave = 0.0, 1.0
    for step, low, high in ((to_x - x, rect[0] - x, rect[2] - x), (to_y - y, rect[1] - y, rect[3] - y)):
        if step == 0:
            if not low < 0 < high:
                return False
            continue
        first, second = sorted((low / step, high / step))
        enter, leave = max(enter, first), min(leave, second)
    return enter < leave


def _holds(outer: Rect, inner: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]
