"""How panels and cards lie on sheets of paper."""

from __future__ import annotations

from printables.typeset.page import Placed, Sheet

MM = 72 / 25.4
"""Points in a millimetre."""
A4 = 210 * MM, 297 * MM
FLAP, PANEL = 97 * MM, 100 * MM
"""The flap folds in between the other two, so that it is narrower; so is the panel behind it."""
EDGE, MARK = 24.0, 9.0
"""Points from the paper's edge, nearer to which office printers print nothing; and the length of a mark there."""
OUTSIDE, INSIDE = (1, 5, 0), (2, 3, 4)
"""The panels of a tri-fold from left to right, in the order of reading counted from 0: cover, flap, inside, back.

The sheet is flipped on its short edge, so that the last panel inside lies behind the flap.
"""


def trifold_sheet(*, marks: bool, from_the_right: bool = False) -> Sheet:
    """Return how the six panels of a tri-fold lie on A4; with `marks`, short lines show where to fold.

    Words from right to left begin at the right inside, and their cover opens to the right.
    """
    height, width = A4
    wide = (PANEL, FLAP, PANEL, PANEL, FLAP, PANEL)
    sides, lines = [], []
    for in_order in (OUTSIDE, INSIDE):
        panels = in_order[::-1] if from_the_right else in_order
        across = [sum(wide[panel] for panel in panels[:at]) for at in range(len(panels))]
        sides.append(tuple(Placed(panel, at, 0.0) for panel, at in zip(panels, across, strict=True)))
        ends = ((EDGE, EDGE + MARK), (height - EDGE - MARK, height - EDGE))
        lines.append(tuple((at, low, at, high) for at in across[1:] for low, high in ends))
    return Sheet(width, height, tuple((one, height) for one in wide), tuple(sides), tuple(lines) if marks else ())


def card_sheet(across: int, down: int) -> Sheet:
    """Return how a card of two pages lies on both sides of A4, that many times, with lines to cut at.

    Both sides are the same, so that front and back meet, whichever edge the sheet is flipped on.
    """
    width, height = A4
    size = width / across, height / down
    places = [(column * size[0], height - (row + 1) * size[1]) for row in range(down) for column in range(across)]
    sides = tuple(tuple(Placed(page, *place) for place in places) for page in (0, 1))
    upright = ((column * size[0], EDGE, column * size[0], height - EDGE) for column in range(1, across))
    level = ((EDGE, row * size[1], width - EDGE, row * size[1]) for row in range(1, down))
    lines = (*upright, *level)
    return Sheet(width, height, (size, size), sides, (lines, lines))
