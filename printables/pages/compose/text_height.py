"""How much room words take, estimated without the typesetter: for what must be chosen before a page is laid out."""

from __future__ import annotations

import re

BOLD = {
    "ijl'.,:;|! ": 0.32,
    "frt-()[]": 0.38,
    "I1": 0.46,
    "csvxyz": 0.53,
    "aehnou": 0.57,
    "ABCDEGHKNOPQRSTUVXYZ0": 0.69,
    "mwMW%@&": 0.90,
}
"""Widths of the bold letters, in parts of their size; most others are MOST wide at most."""
MOST = 0.6
REGULAR = 0.95
"""What running text takes of the width of bold letters."""

_WIDTHS = {letter: width for letters, width in BOLD.items() for letter in letters}
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br>")
_TAG = re.compile(r"<[^>]*>")


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines of `width` points the text takes in letters of `size` points; rather one too many."""
    unit = size * (1.0 if bold else REGULAR)
    space, used, lines = _WIDTHS[" "] * unit, 0.0, 1
    for word in text.split():
        length = sum(_WIDTHS.get(letter, MOST) for letter in word) * unit
        if used and used + space + length > width:
            lines, used = lines + 1, 0.0
        lines, length = lines + int(length // width), length % width  # a word longer than a line is broken
        used += length + (space if used else 0.0)
    return lines


def height_of(markup: str, width: float, size: float, leading: float, gap: float) -> float:
    """Return the height in points of running text: that of its lines, and a gap behind each block."""
    parts = [_TAG.sub("", part).strip() for part in _BLOCK_END.split(markup)]
    return sum(lines_of(part, width, size) * leading + gap for part in parts if part)
