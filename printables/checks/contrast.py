"""Contrast of the colours that meet on paper (standards A14; formula: WCAG 2.2, relative luminance)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from printables.library.colour import SHAPES, TEXT, contrast, luminance, shown_ratio

__all__ = ["PAIRS", "check", "contrast", "luminance"]

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


def check(tokens: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of tokens whose contrast is too low, or whose value is not a colour that can be measured."""
    for front, back, least in PAIRS:
        try:
            ratio = contrast(tokens[front], tokens[back])
        except (KeyError, ValueError):
            yield f"The colour --{front} or --{back} is missing or not of the form #rrggbb.", "Write it as #rrggbb."
            continue
        if ratio < least:
            what = f"--{front} on --{back} has contrast {shown_ratio(ratio)}; {least:.0f}:1 is needed."
            yield what, f"Make --{front} darker."
