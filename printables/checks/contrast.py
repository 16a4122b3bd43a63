"""Contrast of the colours that meet on paper (standards A14; formula: WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

TEXT = 7.0
SHAPES = 3.0
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink-soft", "paper", TEXT),
    ("accent", "paper", TEXT),
    ("alert", "paper", TEXT),
    ("ink", "band", TEXT),
    ("accent", "band", TEXT),
    ("alert", "band", TEXT),
    ("ink", "accent-tint", TEXT),
    ("accent", "accent-tint", TEXT),
    ("ink", "alert-tint", TEXT),
    ("alert", "alert-tint", TEXT),
    ("rule", "paper", SHAPES),
    ("hair", "paper", SHAPES),
)
"""What stands on what, and the ratio that it needs. A new pair in a style sheet is added here."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white. Raises ValueError for other forms."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(colour)
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def check(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of tokens whose contrast is too low, or whose value is not a colour that can be measured."""
    for front, back, least in PAIRS:
        try:
            ratio = contrast(tokens[front], tokens[back])
        except (KeyError, ValueError):
            yield f"The colour --{front} or --{back} is missing or not of the form #rrggbb.", "Write it as #rrggbb."
            continue
        if ratio < least:
            what = f"--{front} on --{back} has contrast {int(ratio * 10) / 10}:1; {least:.0f}:1 is needed."
            yield what, f"Make --{front} darker."
