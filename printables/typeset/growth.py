"""Lines to write on that grow: what is left of their page becomes room to write, without a second layout.

An element of the class `grows` is as high as one line, and takes what is left of its page; what follows it there moves
down. Its background, the ruled lines, is drawn afterwards, so that it is enough to make its box higher.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from printables.typeset import weasyprint_internals as engine

CLASS = "grows"

def grow(document: Any) -> None:
    """Make the lines to write on more, as many as the page has room for; one box grows on a page, the last."""
    for page in document.pages:
        flow = engine.flow_of(page)
        trails = list(_growing(flow, ()))
        if trails and _fill(trails[-1], _room(flow, engine.foot_of(page))):
            engine.paint_again(page)


def _growing(box: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Each box that grows, behind all those that hold it."""
    box = engine.in_place(box)
    trail = (*above, box)
    if engine.stands_for_element(box) and CLASS in engine.element_of(box).get("class", "").split():
        yield trail
        return
    for child in engine.children(box):
        yield from _growing(child, trail)


def _room(flow: Any, foot: float) -> float:
    """How much is left below the lowest line, picture or rule of a page, in CSS pixels."""
    return foot - max(engine.lower_edge(box) for box in engine.boxes_in(flow) if not engine.children(box))


def _fill(trail: tuple[Any, ...], room: float) -> bool:
    """Make the box at the end of `trail` higher by as many lines as fit into `room`; whether any did."""
    line = trail[-1].height
    more = int(room // line) * line if line else 0
    if more <= 0:
        return False
    trail[-1].height += more
    for holder, held in pairwise(trail):
        holder.height += more
        children = engine.children(holder)
        for below in children[children.index(held) + 1 :]:
            engine.move_down(below, more)
    return True
