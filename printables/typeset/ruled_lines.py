"""Lines to write on that grow: what is left of their page becomes room to write, without a second layout.

An element of the class `grows` is as high as one line. Those that stand on one page share what is left of it; what
follows them moves down. Their background, the ruled lines, is drawn afterwards, so that it is enough to make their
boxes higher.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from printables.typeset import weasyprint_internals as engine

GROWS = "grows"
"""The class of what grows."""


def grow(document: Any) -> None:
    """Make the lines to write on more, as many as each page has room for."""
    for page in document.pages:
        flow = engine.flow_of(page)
        trails = list(_growing(flow, ()))
        if trails and _fill(trails, _room(flow, engine.foot_of(page))):
            engine.paint_again(page)


def _growing(box: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Each box that grows, behind all those that hold it."""
    box = engine.in_place(box)
    trail = (*above, box)
    if engine.stands_for_element(box) and GROWS in engine.element_of(box).get("class", "").split():
        yield trail
        return
    for child in engine.children(box):
        yield from _growing(child, trail)


def _room(flow: Any, foot: float) -> float:
    """How much is left below the lowest line, picture or rule of a page, in CSS pixels."""
    return foot - max(engine.lower_edge(box) for box in engine.boxes_in(flow) if not engine.children(box))


def _fill(trails: list[tuple[Any, ...]], room: float) -> bool:
    """Make the box at the end of each trail higher, by whole lines that share `room`, the last ones first."""
    line = trails[-1][-1].height
    lines = int(room // line) if line else 0
    for left, trail in zip(range(len(trails), 0, -1), trails, strict=True):
        _lengthen(trail, lines // left * line)
        lines -= lines // left
    return bool(room >= line > 0)


def _lengthen(trail: tuple[Any, ...], by: float) -> None:
    if not by:
        return
    trail[-1].height += by
    for holder, held in pairwise(trail):
        holder.height += by
        children = engine.children(holder)
        for below in children[children.index(held) + 1 :]:
            engine.move_down(below, by)
