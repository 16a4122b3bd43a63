"""The phases of a course drawn to scale: how wide each is, and the sessions or weeks that stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

MOST_NUMBERED = 16
"""So many sessions have a number each; more of them are a ruler."""
STEPS = (4, 8, 13, 26)
"""After how many sessions a ruler has a mark, from the shortest course to the longest."""
MOST_MARKS = 12
"""More marks than these stand too close on a narrow page."""
NARROWEST = {1: 100, 2: 33, 3: 28, 4: 21}
"""The least share of the line that a phase gets, by the number of phases: in less, its words break after each word."""


def shares(lengths: Sequence[int]) -> list[int]:
    """The share of the line for each phase, in whole hundredths: in proportion, but none too narrow for words."""
    least = NARROWEST.get(len(lengths), 100 // max(len(lengths), 1))
    narrow: set[int] = set()
    while True:
        wide = [at for at in range(len(lengths)) if at not in narrow]
        room, total = 100 - least * len(narrow), sum(lengths[at] for at in wide)
        too_narrow = {at for at in wide if lengths[at] * room < least * total}
        if not too_narrow:
            break
        narrow |= too_narrow
    found = [least if at in narrow else lengths[at] * room // total for at in range(len(lengths))]
    spare = 100 - sum(found)
    widest = max(range(len(found)), key=lambda at: lengths[at], default=0)
    return [share + (spare if at == widest else 0) for at, share in enumerate(found)]


def numbered(total: int) -> bool:
    """Whether each session has its own number."""
    return total <= MOST_NUMBERED


def cells(first: int, last: int, total: int) -> list[dict[str, Any]]:
    """The parts of one phase from its first to its last session: `number` of each, and its `share` of the phase.

    The shares come to 100 at most: a hair more, and the last part would not fit into the line.
    A mark of a ruler that falls into a phase divides it, and a part that ends between two marks has no number.
    """
    step = 1 if numbered(total) else next((step for step in STEPS if total / step <= MOST_MARKS), STEPS[-1])
    length = last - first + 1
    return [
        {"number": str(end) if end % step == 0 else "", "share": 10_000 * (end - start + 1) // length / 100}
        for start, end in _parts(first, last, step)
    ]


def _parts(first: int, last: int, step: int) -> Iterator[tuple[int, int]]:
    while first <= last:
        end = min(last, (first + step - 1) // step * step)
        yield first, end
        first = end + 1
