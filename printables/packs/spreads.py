"""Which activities share a page, so that the notes on them fit on the page that faces it.

The same pages stand in both books, so both are cut by the same rule: what learners read and write, and what
facilitators read, must each fit on one page. Heights are estimates in points; a page that is longer than was thought
goes on overleaf, and nothing is lost.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printables.library.packs import PackSession
from printables.packs.book import BookActivity, Spread
from printables.pages.formats.reading_order import TextBlock, read_in_order


@dataclass(frozen=True)
class PageCapacity:
    """What a page holds: its height and that of a line in points, characters in a line, and words of notes."""

    page: int = 690
    """Less than there is on A4 (752), since estimates are no measures."""
    line: int = 17
    across: int = 70
    notes: int = 520


CAPACITIES = {
    "large-print": PageCapacity(680, 24, 48, 230),
    "a5": PageCapacity(450, 17, 48, 230),
    "letter": PageCapacity(640, 17, 70, 460),
}
"""The rooms of other editions, by the part of the edition that makes them so; the first that fits is taken."""
PARAGRAPH, ITEM, HEAD, OPENING, TALK = 6, 3, 42, 105, 42
"""What a paragraph, an item of a list, an activity, the session itself and the questions take besides their lines."""
RULED = 26
"""A ruled line to write on."""
SPARE = (4, 18)
"""Ruled lines at the foot of a page: fewer are not worth it, and more look empty."""


def capacity_of(styles: Sequence[str]) -> PageCapacity:
    """What a page of an edition holds, by the parts of its name."""
    return next((room for name, room in CAPACITIES.items() if name in styles), PageCapacity())


def spreads(
    activities: Sequence[BookActivity], session: PackSession, notes: Sequence[int], room: PageCapacity
) -> Iterator[Spread]:
    """The activities of a session, page by page. `notes` gives the number of words of notes on each."""
    used = OPENING + _list(session.aims, room)
    told = len((session.notes or "").split())
    page: list[BookActivity] = []
    pages: list[tuple[tuple[BookActivity, ...], int]] = []
    for one, words in zip(activities, notes, strict=True):
        activity, height = one, height_of(one, room)
        if page and (used + height > room.page or told + words > room.notes):
            pages.append((tuple(page), used))
            page, used, told = [], 0, 0
        if not page and used + height > room.page:  # lines that would stand alone overleaf are left out
            fewer = max(0, activity.lines - -(-(used + height - room.page) // RULED))
            height -= RULED * (activity.lines - fewer)
            activity = dataclasses.replace(activity, lines=fewer)
        page.append(activity)
        used += height
        told += words
    pages.append((tuple(page), used))
    talk = TALK + _list(session.questions, room) if session.questions else 0
    if pages[-1][1] + talk > room.page:
        pages.append(((), 0))  # the questions get a page of their own, with room for answers
    for at, (inside, height) in enumerate(pages):
        last = at == len(pages) - 1
        lines = (room.page - height - HEAD - (talk if last else 0)) // RULED
        yield Spread(inside, at == 0, last, min(lines, SPARE[1]) if lines >= SPARE[0] else 0)


def height_of(activity: BookActivity, room: PageCapacity) -> int:
    """Points that an activity takes in a learner's book."""
    blocks = read_in_order(f"<html><body>{activity.html}</body></html>").blocks if activity.html else []
    return HEAD + sum(_height(block, room) for block in blocks) + RULED * activity.lines


def _height(block: TextBlock, room: PageCapacity) -> int:
    text = "".join(run.text for run in block.runs)
    return _lines(text, room) * room.line + (ITEM if block.kind == "item" else PARAGRAPH)


def _list(items: Sequence[str], room: PageCapacity) -> int:
    return sum(_lines(item, room) * room.line + ITEM for item in items)


def _lines(text: str, room: PageCapacity) -> int:
    return max(1, -(-len(text) // room.across))
