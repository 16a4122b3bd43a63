"""The sizes of a book's page in points, by edition: the paper, the room on it, and how it is drawn small.

The style sheet of the books (templates/_pack/pack.css, large-print.css) has the same margins and letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0), "a5": (419.53, 595.28)}
"""Width and height by the part of an edition's name."""
TOP, SIDE = 42, 57
MEASURE = 435
"""The longest line."""


@dataclass(frozen=True)
class PageGeometry:
    """A page of a book, and what stands on it."""

    width: float
    height: float
    large: bool

    @property
    def foot(self) -> int:
        """The lower margin; the footer has two lines in large print."""
        return 75 if self.large else 48

    @property
    def room(self) -> float:
        """The height between the margins."""
        return self.height - TOP - self.foot

    @property
    def inside(self) -> float:
        """The width between the margins."""
        return self.width - 2 * SIDE

    @property
    def line(self) -> int:
        """The height of a line of text."""
        return 24 if self.large else 17

    @property
    def across(self) -> int:
        """The number of characters in a line of text, without what wrapping leaves free."""
        return int(min(self.inside, MEASURE) / (8.6 if self.large else 6.2)) - 3

    @property
    def ruled(self) -> float:
        """The height of a line to write on: 9 mm, more in large print."""
        return 30 if self.large else 25.5

    @property
    def small(self) -> float:
        """The scale at which the facilitator's book shows a page of the learner's."""
        return 0.28


def geometry_of(styles: Sequence[str]) -> PageGeometry:
    """Return the geometry of an edition by the parts of its name, such as a4 and large-print."""
    width, height = next((size for part, size in PAPERS.items() if part in styles), PAPERS["a4"])
    return PageGeometry(width, height, "large-print" in styles)
