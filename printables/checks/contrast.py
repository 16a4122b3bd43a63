"""Contrast of the colours that meet on paper (standards A14; formula: WCAG 2.2, relative luminance)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from printables.checklist import Rule
from printables.checks.registry import LibraryCheck
from printables.checks.subject import Fault, WholeLibrary
from printables.library.colour import SHAPES, TEXT, contrast, luminance, shown_ratio
from printables.library.library import Place
from printables.pages.compose.leaflet import LeafletStyle

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
    ("clinic", "paper", TEXT),
    ("clinic", "band", TEXT),
    ("clinic", "clinic-tint", TEXT),
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


def colours(whole: WholeLibrary) -> Iterator[Fault]:
    """Two colours of an audience's theme that meet on paper with too little contrast (the pairs in this module)."""
    for audience in whole.library.audiences.values():
        path = whole.library.documents[f"audience:{audience.id}"].path.replace("audience.yaml", "theme.css")
        for what, mend in check(whole.pages.tokens(LeafletStyle(audience.id))):
            yield Fault(Place(path, 0), what, mend, audience=audience.id)


LIBRARY_CHECKS = (LibraryCheck((Rule.A14,), colours),)
