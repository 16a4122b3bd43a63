"""Which activities share a page, so that the notes on them fit on the page that faces it.

The same pages stand in both books, so both are cut by the same rule: what learners read and write, and what
facilitators read, must each fit on one page. The heights are estimates in lines; a page that is a little longer than was
thought goes on on the next, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printables.library.packs import Session
from printables.packs.book import Activity, Spread
from printables.pages.reading_order import read

PAGE = 38
"""Lines of text that a page holds below its running head, at 13 points on A4."""
ACROSS = 66
"""Characters in a line."""
HEAD = 3
"""Lines that an activity's heading takes."""
OPENING = 8
"""Lines that the session's own heading takes; each aim takes one or two more."""
NOTES = 420
"""Words of notes that a page holds, at 12 points."""
SPARE = (4, 16)
"""Ruled lines at the foot of a page: fewer are not worth it, and more look empty."""


def spreads(activities: Sequence[Activity], session: Session, notes: Sequence[int]) -> Iterator[Spread]:
    """The activities of a session, page by page. `notes` gives the number of words of notes on each."""
    used = OPENING + sum(_lines(aim) for aim in session.aims)
    told = len((session.notes or "").split())
    page: list[Activity] = []
    pages: list[tuple[tuple[Activity, ...], int]] = []
    for activity, words in zip(activities, notes, strict=True):
        height = height_of(activity)
        if page and (used + height > PAGE or told + words > NOTES):
            pages.append((tuple(page), used))
            page, used, told = [], 0, 0
        page.append(activity)
        used += height
        told += words
    pages.append((tuple(page), used))
    after = sum(1 + _lines(question) for question in session.questions)
    for at, (inside, height) in enumerate(pages):
        last = at == len(pages) - 1
        free = PAGE - height - (after + 3 if last and after else 0)
        yield Spread(inside, at == 0, last, min(free // 2, SPARE[1]) if free // 2 >= SPARE[0] else 0)


def height_of(activity: Activity) -> int:
    """The lines that an activity takes in a learner's book."""
    blocks = read(f"<html><body>{activity.html}</body></html>").blocks if activity.html else []
    words = sum(_lines("".join(run.text for run in block.runs)) + 1 for block in blocks)
    return HEAD + words + 2 * activity.lines


def _lines(text: str) -> int:
    return max(1, -(-len(text) // ACROSS))
