"""Boxes to write in that grow into the free height of their page.

A worksheet is laid out with its boxes as low as they may be. What is left at the foot of a page is then shared out
among the rows of boxes on it, in proportion to the lines that each asks for, and the sheet is laid out again.

A row is an element with `data-grow`, the lines that each box in it asks for: one of three lines becomes half as high
again as one of two. `data-most` is the greatest height of a line in it, in points. What each box grows by reaches the
style sheet as `--grow`, of which the heights in it are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from printables.typeset import weasyprint_internals as engine

MOST = 84.0
"""Points: the greatest height of a line, unless a row says otherwise. Three lines fill a third of a page then."""
SPARE = 1.5
"""Points that stay free, since lengths are rounded."""
STEP = 0.75
"""Points: growth is a multiple of this, a pixel less than could be seen."""
LAST_TWO = 2
"""Pages of which the last may be filled at the cost of the one before."""
FULL = 0.6
"""The share of a page that is enough."""
FRAMES = ("html", "body", "main", "section")
"""Elements that may be higher than what is in them."""

Growth = Mapping[int, float]
"""By how many points each row grows, by its place among the rows of the document."""


@dataclass(frozen=True)
class Row:
    """A row of boxes on a page: its place in the document, and the lines that it asks for.

    `height` is that of its boxes, without labels; `most` the greatest of a line. `levels`: so many boxes stand one
    below the other in it.
    """

    place: int
    lines: float
    height: float
    most: float
    levels: int = 1


class Growing:
    """What the boxes of a document grow by, found out from one layout to the next.

    `breaks`: whether a section may be moved to the last page, where else nothing would stand that can grow.
    """

    def __init__(self, tree: Any, *, breaks: bool) -> None:
        self._growth: Growth | None = None if _holds_rows(tree) else {}
        self._breaks, self._section, self._pages = breaks, "", 0

    def is_done(self, tree: Any, document: Any) -> bool:
        """Learn from a layout of `tree`; whether another would be the same.

        Boxes grow once, and not at all where they would take a page more.
        """
        pages, before = len(document.pages), self._pages
        self._pages = pages
        if self._growth is None:
            if self._breaks and (section := early_break(tree, document)):
                self._breaks, self._section = False, section
                return False
            self._growth = measured_growth(tree, document)
            return not self._growth
        if self._growth and pages > before:
            self._growth = {}
            return False
        return True

    def apply(self, tree: Any) -> None:
        """Write what was learnt into a document that was parsed anew."""
        break_before(tree, self._section)
        grow(tree, self._growth or {})


def measured_growth(tree: Any, document: Any) -> Growth:
    """What every row of a laid-out document can grow by on its page."""
    places = {id(element): place for place, element in enumerate(_rows_of(tree))}
    grown: dict[int, float] = {}
    for page in document.pages:
        grown |= shared_out(_free(page), list(_rows_on(page, places)))
    return grown


def grow(tree: Any, growth: Growth) -> None:
    """Write the growth of each row into a parsed document, for its next layout."""
    for place, element in enumerate(_rows_of(tree)):
        if growth.get(place):
            _add_style(element, f"--grow: {growth[place]:g}pt")


def early_break(tree: Any, document: Any) -> str:
    """The id of the section that should begin the last page, where that page could not be filled otherwise.

    Of the sections on the page before, it is the one after which the emptier of both pages is fullest. Empty where the
    pages are good as they are.
    """
    if len(document.pages) < LAST_TWO or not _holds_rows(tree):
        return ""
    before, last = (PageRoom(page, tree) for page in document.pages[-LAST_TWO:])
    best, chosen = last.filled(0, last.used), ""
    for section, begins in before.sections if best < FULL else ():
        moved = before.used - begins
        if begins > 0 and moved + last.used <= last.height:
            below = before.filled(begins, before.used) * before.height
            least = min(before.filled(0, begins), below / last.height + last.filled(0, last.used))
            if least > best:
                best, chosen = least, section
    return chosen


class PageRoom:
    """How high a page and what is on it are, and by how much that could grow. Lengths are points from its top."""

    def __init__(self, page: Any, tree: Any) -> None:
        places = {id(element): place for place, element in enumerate(_rows_of(tree))}
        _, top, _, bottom = engine.page_area(page)
        self.height = bottom - top
        self.used = self.height - _free(page)
        self.sections: list[tuple[str, float]] = []
        self._rows: list[tuple[float, Row]] = []
        for box in engine.in_page_area(page):
            element = engine.element_of(box)
            if element is None or not engine.stands_for_element(box):
                continue
            begins = engine.border_rect(box)[1] - top
            if element.tag == "section" and _holds_rows(element):
                self.sections.append((element.get("id", ""), begins))
            if row := _row(box, places):
                self._rows.append((begins, row))

    def filled(self, start: float, end: float) -> float:
        """The share of the page that what is between two heights would take, once it has grown as far as it may."""
        gains = sum(_gain(row, row.most) for at, row in self._rows if start <= at < end)
        return min(1.0, (end - start + gains) / self.height)


def break_before(tree: Any, section: str) -> None:
    """Have the section with that id begin a page, in the next layout of a parsed document."""
    for element in tree.iter("section"):
        if section and element.get("id") == section:
            _add_style(element, "break-before: page")


def _holds_rows(element: Any) -> bool:
    return next(_rows_of(element), None) is not None


def _add_style(element: Any, more: str) -> None:
    style = element.get("style", "").rstrip("; ")
    element.set("style", f"{style}; {more}".lstrip("; "))


def shared_out(free: float, rows: Sequence[Row]) -> Growth:
    """How much of `free` points each box of a row gets, so that all come as near as possible to one height of a line.

    The lowest lines are served first. What the rows cannot take, because each has its greatest height, stays free.
    """
    low, high = 0.0, max((row.most for row in rows), default=0.0)
    for _ in range(40):
        middle = (low + high) / 2
        if sum(_gain(row, middle) for row in rows) > free - SPARE:
            high = middle
        else:
            low = middle
    gains = ((row.place, _gain(row, low) / row.levels // STEP * STEP) for row in rows)
    return {place: gain for place, gain in gains if gain}


def _gain(row: Row, line: float) -> float:
    """By how much a row grows if its lines are to be `line` points high."""
    return max(0.0, row.lines * min(line, row.most) - row.height)


def _rows_of(tree: Any) -> Iterator[Any]:
    return (element for element in tree.iter() if element.get("data-grow"))


def _rows_on(page: Any, places: Mapping[int, int]) -> Iterator[Row]:
    """The rows that stand on a page. A row is never divided, so that it stands on one only."""
    return (row for box in engine.in_page_area(page) if (row := _row(box, places)))


def _row(box: Any, places: Mapping[int, int]) -> Row | None:
    """The row that a layout box is, if it is one."""
    element = engine.element_of(box)
    if element is None or id(element) not in places or not engine.stands_for_element(box):
        return None
    levels = _levels(box)
    lines, most = float(element.get("data-grow")) * len(levels), float(element.get("data-most") or MOST)
    return Row(places[id(element)], lines, sum(levels), most, len(levels)) if levels else None


def _levels(row: Any) -> list[float]:
    """The heights of the boxes that stand one below the other in a row; of those side by side, the lowest one's."""
    spans = []
    for box in engine.boxes_in(row):
        element = engine.element_of(box)
        if element is not None and element.get("data-field") and engine.stands_for_element(box):
            _, top, _, bottom = engine.border_rect(box)
            spans.append((bottom, top))
    levels: list[float] = []
    end = float("-inf")
    for bottom, top in sorted(spans):
        if top > end - 1:
            levels.append(bottom - top)
            end = bottom
    return levels


def _free(page: Any) -> float:
    """The height in points below the last thing on a page."""
    end = engine.page_area(page)[3]
    return end - max((engine.border_rect(box)[3] for box in _shown(page)), default=end)


def _shown(page: Any) -> Iterator[Any]:
    for box in engine.in_page_area(page):
        element = engine.element_of(box)
        if element is not None and element.tag not in FRAMES:
            yield box
