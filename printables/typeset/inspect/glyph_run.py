"""A piece of text that is drawn in one go, and how near two of them stand."""

from __future__ import annotations

from dataclasses import dataclass

from printables.typeset.inspect.objects import Rect


@dataclass(frozen=True)
class GlyphRun:
    """A piece of text drawn in one go. `margin`: it stands in a header or footer (it is marked as an artifact).

    `crossed`: a rule, the edge of a box or a line of a picture is drawn across it.
    """

    text: str
    rect: Rect
    baseline: float
    size: float
    font: str
    margin: bool
    crossed: bool = False


def apart(before: GlyphRun, after: GlyphRun) -> bool:
    """Whether a space shows between two runs; the space itself is often not drawn."""
    return gap(before, after) > 0.16 * max(before.size, after.size)


def gap(before: GlyphRun, after: GlyphRun) -> float:
    return max(after.rect[0] - before.rect[2], before.rect[0] - after.rect[2])
