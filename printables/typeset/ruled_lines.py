"""Lines to write on, down to the foot of a page, without a second layout and without a page of their own.

An element of the class `own-notes` takes no room in the flow: its label and its ruled lines, in a box or without one,
lie over what is left of the page below it. How many lines that is, is known once the page is laid out; the lines are a
background, which is drawn afterwards, so that it is enough to make their box higher. Where not even one line has room,
label and lines go.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from printables.typeset import weasyprint_internals as engine

NOTES = "own-notes"
LINES = "own-lines"
MOST = 5
"""Lines. More of them would make the page look like a form."""
FILLED = 0.6
"""Of the height of the page, from its top: where next to nothing stands above, lines go on to here."""


def rule_notes(document: Any) -> None:
    """Give all notes as many lines as their page has room for, up to 5, or none at all.

    Where next to nothing stands above them, more of them go on until the page is no longer half empty.
    """
    for page in document.pages:
        for notes in _of_class(engine.flow_of(page), NOTES):
            _rule(page, notes, _end_of_room(page, notes))
            engine.paint_again(page)


def _of_class(box: Any, name: str) -> Iterator[Any]:
    """Every box in `box` of an element of this class."""
    for each in engine.boxes_in(box):
        if engine.stands_for_element(each) and name in engine.element_of(each).get("class", "").split():
            yield each


def _end_of_room(page: Any, notes: Any) -> float:
    """Where what is left of the page ends: at what stands below the notes and has a height, or at the foot."""
    boxes = list(engine.boxes_in(engine.flow_of(page)))
    behind = boxes[boxes.index(notes) + sum(1 for _ in engine.boxes_in(notes)) :]
    below = (engine.upper_edge(box) for box in behind if not engine.children(box) and box.height)
    return min([engine.foot_of(page), *below])


def _rule(page: Any, notes: Any, foot: float) -> None:
    (ruled,) = _of_class(notes, LINES)
    line, top, whole = ruled.height, engine.upper_edge(ruled) + engine.frame_height(ruled), engine.foot_of(page)
    lines = min(int((foot - top) // line), max(MOST, ceil((FILLED * whole - top) / line)))
    if lines < 1:
        engine.empty(notes)
    else:
        ruled.height = lines * line
