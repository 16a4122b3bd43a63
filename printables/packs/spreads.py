"""Group activities into pages, so that the notes on them fit on the facing page.

Both books have the same pages: the learners' text and writing space, and the facilitators' notes, must each fit on one
page. Heights are estimates in points; a page that is longer than estimated continues overleaf, and nothing is lost.
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
    """The capacity of a page: its height and that of a line in points, characters in a line, words of notes."""

    page: int = 690
    """Less than the height on A4 (752), because heights are estimates."""
    line: int = 17
    across: int = 70
    notes: int = 520


CAPACITIES = {
    "large-print": PageCapacity(680, 24, 48, 230),
    "a5": PageCapacity(450, 17, 48, 230),
    "letter": PageCapacity(640, 17, 70, 460),
}
"""The capacities of other editions, by part of the edition's name; the first match is used."""
PARAGRAPH, ITEM, HEAD, OPENING, TALK = 6, 3, 42, 105, 42
"""Additional height, in points, of a paragraph, list item, activity, session and list of questions."""
RULED = 26
"""The height of a ruled line to write on."""
SPARE = (4, 18)
"""The least and largest number of ruled lines at the foot of a page."""


def capacity_of(styles: Sequence[str]) -> PageCapacity:
    """Return the capacity of a page of an edition, by the parts of its name."""
    return next((room for name, room in CAPACITIES.items() if name in styles), PageCapacity())


def spreads(
    activities: Sequence[BookActivity], session: PackSession, notes: Sequence[int], room: PageCapacity
) -> Iterator[Spread]:
    """Yield the pages of a session. `notes` holds the number of words of notes on each activity."""
    used = OPENING + _list(session.aims, room)
    told = len((session.notes or "").split())
    page: list[BookActivity] = []
    pages: list[tuple[tuple[BookActivity, ...], int]] = []
    for one, words in zip(activities, notes, strict=True):
        activity, height = one, height_of(one, room)
        if page and (used + height > room.page or told + words > room.notes):
            pages.append((tuple(page), used))
            page, used, told = [], 0, 0
        if not page and used + height > room.page:  # leave out ruled lines that would be alone overleaf
            fewer = max(0, activity.lines - -(-(used + height - room.page) // RULED))
            height -= RULED * (activity.lines - fewer)
            activity = dataclasses.replace(activity, lines=fewer)
        page.append(activity)
        used += height
        told += words
    pages.append((tuple(page), used))
    talk = TALK + _list(session.questions, room) if session.questions else 0
    if pages[-1][1] + talk > room.page:
        pages.append(((), 0))  # the questions get their own page, with room for answers
    for at, (inside, height) in enumerate(pages):
        last = at == len(pages) - 1
        lines = (room.page - height - HEAD - (talk if last else 0)) // RULED
        yield Spread(inside, at == 0, last, min(lines, SPARE[1]) if lines >= SPARE[0] else 0)


def height_of(activity: BookActivity, room: PageCapacity) -> int:
    """Return the estimated height of an activity in a learner's book, in points."""
    blocks = read_in_order(f"<html><body>{activity.html}</body></html>").blocks if activity.html else []
    return HEAD + sum(_height(block, room) for block in blocks) + RULED * activity.lines


def _height(block: TextBlock, room: PageCapacity) -> int:
    text = "".join(run.text for run in block.runs)
    return _lines(text, room) * room.line + (ITEM if block.kind == "item" else PARAGRAPH)


def _list(items: Sequence[str], room: PageCapacity) -> int:
    return sum(_lines(item, room) * room.line + ITEM for item in items)


def _lines(text: str, room: PageCapacity) -> int:
    return max(1, -(-len(text) // room.across))
