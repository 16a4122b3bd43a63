"""How what is typed into a field stays on the paper: its letters shrink, and then it takes no more.

A field that scrolls hides what does not fit, and paper does not scroll. So no field scrolls: a viewer that heeds it
refuses the next letter. Letters are as large as the room allows (size 0 of the format, "auto"), in several lines where
there is room for two. And a field takes no more letters than it holds at 8 points, which viewers heed that know no
better.

No field has letters of a fixed size, not even in large print, where viewers begin with 12 points in fields of several
lines: Chrome takes one letter more than has room at a fixed size, and any number that are pasted.
"""

from __future__ import annotations

from dataclasses import dataclass

Rect = tuple[float, float, float, float]
LEADING = 1.24
"""The height of a line in the leaflet's font, in letters' sizes: a lower box cuts what is typed."""
LETTER = 0.5
"""The width of a letter on average, in letters' sizes; so it is in English with this font."""
AUTO = 0
"""The size of letters that are as large as fits."""
SMALLEST = 8.0
"""Points: letters that are typed until a field is full are about as large."""
LINES = 1 << 12
"""Bit 13 of a text field's /Ff: more than one line."""
STAYS = 1 << 23
"""Bit 24: it does not scroll."""


@dataclass(frozen=True)
class Room:
    """A text field: where it is, its flags, and how many letters it takes."""

    rect: Rect
    flags: int
    most: int


def room(rect: Rect, size: float, *, several: bool, middle: bool = False) -> Room:
    """The field for a box whose letters have that size; `several` asks for more than one line.

    One line stands at the foot of its box, on the line that is drawn there; with `middle`, at half its height.
    """
    left, bottom, right, top = rect
    if several or top - bottom >= 2 * size * LEADING:
        return Room(rect, LINES | STAYS, _holds(right - left, top - bottom))
    line = min(size * LEADING + 1, top - bottom)  # no higher, or its letters would grow
    foot = bottom + (top - bottom - line) / 2 if middle else bottom
    return Room((left, foot, right, foot + line), STAYS, _holds(right - left, 0))


def _holds(width: float, height: float) -> int:
    """How many of the smallest letters have room, in one line at least."""
    return max(1, int(height / (SMALLEST * LEADING))) * max(1, int(width / (SMALLEST * LETTER)))
