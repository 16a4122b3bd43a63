"""Relative luminance and contrast of colours (WCAG 2.2)."""

from __future__ import annotations

import re

TEXT = 7.0
"""The least contrast of text with its background (standards A14)."""
SHAPES = 3.0
"""The least contrast of lines and shapes."""
VISIBLE = 1.5
"""With less contrast, nobody sees on paper that there is anything."""


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of `#rrggbb`, each 0 to 255. Raises ValueError for other forms."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`: 0 is black, 1 is white. Raises ValueError for other forms."""
    red, green, blue = (_linear(channel / 255) for channel in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def shown_ratio(ratio: float) -> str:
    """Return a ratio for display, truncated and not rounded, so that 6.96 is not shown as 7.0."""
    return f"{int(ratio * 10) / 10}:1"


def mixed(one: str, other: str, share: float) -> str:
    """Return a mix of two colours, with `share` (0 to 1) of `other`."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
