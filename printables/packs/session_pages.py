"""Divide a session into the pages of a learner's book, each as full as the others, and fill them with lines to write on.

The facilitator's book shows the same pages small. Heights are estimates in points; a page that is longer than
estimated continues overleaf, and nothing is lost.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from printables.library.packs import PackSession
from printables.packs.book import BookActivity, SessionPage
from printables.packs.geometry import PageGeometry
from printables.pages.formats.reading_order import TextBlock, read_in_order

PARAGRAPH, ITEM = 6, 3
"""Height above a paragraph and a list item."""
HEAD, TALK = 51, 48
"""Height of the title of an activity, and of an empty list of questions, beside their lines of text."""
RUN = 24
"""Height of the line at the top of a page."""
SPARE = 12
"""Height left free on a page, because heights are estimates."""
MOST_LINES = 12
"""The most ruled lines under one activity."""
MOST_ANSWERS = 9
"""The most ruled lines under the questions."""
MOST_ACTIVITIES = 12
"""With more activities in a session, its pages are filled one after the other: all divisions would be too many."""


@dataclass(frozen=True)
class _Part:
    """An activity, or the questions to talk about (without one), with its estimated height."""

    height: float
    activity: BookActivity | None = None


def session_pages(
    activities: Sequence[BookActivity], session: PackSession, sheet: PageGeometry
) -> Iterator[SessionPage]:
    """Yield the pages of a session after its opener."""
    room = sheet.room - RUN - SPARE
    parts = [_Part(height_of(one, sheet), one) for one in activities]
    if session.questions:
        parts.append(_Part(TALK + _list(session.questions, sheet)))
    pages = _divided(parts, room)
    for number, page in enumerate(pages, 1):
        yield _filled(page, number, room, sheet)


def _divided(parts: Sequence[_Part], room: float) -> list[list[_Part]]:
    """Divide the parts into as few pages as they need; the fullest is as empty as can be."""
    count = len(_one_after_the_other(parts, room))
    if count == 1 or len(parts) > MOST_ACTIVITIES:
        return _one_after_the_other(parts, room)
    cuts = ((0, *inner, len(parts)) for inner in combinations(range(1, len(parts)), count - 1))
    ways = [[list(parts[a:b]) for a, b in zip(cut, cut[1:], strict=False)] for cut in cuts]
    return min(ways, key=lambda way: [max(map(_height_of_page, way)), -_height_of_page(way[0])])


def _one_after_the_other(parts: Sequence[_Part], room: float) -> list[list[_Part]]:
    pages: list[list[_Part]] = [[]]
    for part in parts:
        if pages[-1] and _height_of_page([*pages[-1], part]) > room:
            pages.append([])
        pages[-1].append(part)
    return pages


def _height_of_page(parts: Sequence[_Part]) -> float:
    return sum(part.height for part in parts)


def _filled(parts: Sequence[_Part], number: int, room: float, sheet: PageGeometry) -> SessionPage:
    """Return the page. What is free goes to the activities with lines to write on, and to the questions."""
    free = int((room - _height_of_page(parts)) // sheet.ruled)
    activities = [part.activity for part in parts if part.activity]
    lines = [one.lines for one in activities]
    if free < 0 and len(activities) == 1:  # leave out ruled lines that would be alone overleaf
        lines = [max(lines[0] + free, 0)]
    answers = 0
    talk = len(activities) < len(parts)
    while free > 0:
        least = min((count for count in lines if 0 < count < MOST_LINES), default=MOST_LINES)
        if talk and answers < min(least, MOST_ANSWERS):
            answers += 1
        elif least < MOST_LINES:
            lines[lines.index(least)] += 1
        else:
            break
        free -= 1
    filled = tuple(
        dataclasses.replace(one, lines=count) for one, count in zip(activities, lines, strict=True)
    )
    return SessionPage(number=number, activities=filled, talk=talk, answers=answers)


def height_of(activity: BookActivity, sheet: PageGeometry) -> float:
    """Return the estimated height of an activity in a learner's book, in points."""
    blocks = read_in_order(f"<html><body>{activity.html}</body></html>").blocks if activity.html else []
    head = HEAD + (_lines(activity.title, sheet) - 1) * sheet.line + (18 if sheet.large else 0)
    return head + sum(_height(block, sheet) for block in blocks) + sheet.ruled * activity.lines


def _height(block: TextBlock, sheet: PageGeometry) -> float:
    text = "".join(run.text for run in block.runs)
    return _lines(text, sheet) * sheet.line + (ITEM if block.kind == "item" else PARAGRAPH)


def _list(items: Sequence[str], sheet: PageGeometry) -> float:
    return sum(_lines(item, sheet) * sheet.line + ITEM for item in items)


def _lines(text: str, sheet: PageGeometry) -> int:
    return max(1, -(-len(text) // sheet.across))
