"""The typeface's own zero without its slash, as fonts of one letter, for numbers.

The slash tells 0 from O in a code. In a number there is no O: 10 looks like a code, and on a photocopy like 18. The
typeface has no other zero, so one is made of its outline when the first page is typeset: the same bytes each time.
"""

from __future__ import annotations

import io
import math
from functools import lru_cache
from typing import Any

from printables.typeset.fonts import FACES, OPEN_ZERO, font_assets, open_zero_name

ZERO = 0x30
SPACES = (0x20, 0xA0)
"""The engine takes a space from the font of the letter before it, whatever range the style sheet names."""
ARCS = 8
"""So many curves make the inner ellipse."""
_UNUSED = ("GSUB", "GPOS", "GDEF", "kern", "DSIG", "fpgm", "prep", "cvt ", "hdmx", "VDMX", "LTSH")
"""Tables for more letters than one, and for screens."""
_NAMES = (1, 3, 4, 6, 16)
"""Entries of a font's table of names that hold its own."""


@lru_cache(maxsize=1)
def open_zero_assets() -> dict[str, bytes]:
    """The fonts of each weight by the name under which style sheets ask for them; a PDF takes one letter of each."""
    assets = font_assets()
    upright = ((file, weight) for file, weight, style in FACES if style == "normal")
    return {open_zero_name(weight): _made(assets[f"fonts/{file}"]) for file, weight in upright}


def _made(file: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(file), recalcTimestamp=False)
    font["glyf"]["zero"] = _without_slash(font["glyf"])
    for record in font["name"].names:
        if record.nameID in _NAMES:
            record.string = OPEN_ZERO if record.nameID != 6 else OPEN_ZERO.replace(" ", "")
    for table in _UNUSED:
        if table in font:
            del font[table]
    for letters in font["cmap"].tables:
        letters.cmap = {number: name for number, name in letters.cmap.items() if number in (ZERO, *SPACES)}
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _without_slash(glyphs: Any) -> Any:
    """The outer contour as it stands, and one ellipse in place of the two halves beside the slash."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    points, ends, flags = glyphs["zero"].getCoordinates(glyphs)
    outer, inner = ends[0] + 1, points[ends[0] + 1 :]
    left, right = min(x for x, _ in inner), max(x for x, _ in inner)
    bottom, top = min(y for _, y in inner), max(y for _, y in inner)
    pen = TTGlyphPen(None)
    _contour(pen, points[:outer], flags[:outer])
    _ellipse(pen, ((left + right) / 2, (bottom + top) / 2), ((right - left) / 2, (top - bottom) / 2))
    return pen.glyph()


def _contour(pen: Any, points: Any, flags: Any) -> None:
    """The same contour; it begins at the first of its points that lies on it."""
    first = next(at for at, flag in enumerate(flags) if flag & 1)
    turned = [*range(first + 1, len(points)), *range(first + 1)]
    pen.moveTo(points[first])
    pulls: list[Any] = []
    for at in turned:
        if not flags[at] & 1:
            pulls.append(points[at])
            continue
        pen.qCurveTo(*pulls, points[at]) if pulls else pen.lineTo(points[at])
        pulls = []
    pen.closePath()


def _ellipse(pen: Any, middle: tuple[float, float], radii: tuple[float, float]) -> None:
    """Quadratic curves, drawn the other way round than the outer contour, so that it is a hole."""
    step = math.pi / ARCS

    def at(angle: float, reach: float = 1.0) -> tuple[int, int]:
        x, y = middle[0] + radii[0] * reach * math.cos(angle), middle[1] + radii[1] * reach * math.sin(angle)
        return round(x), round(y)

    pen.moveTo(at(0))
    for arc in range(ARCS):
        angle = 2 * step * arc
        pen.qCurveTo(at(angle + step, 1 / math.cos(step)), at(angle + 2 * step))
    pen.closePath()
