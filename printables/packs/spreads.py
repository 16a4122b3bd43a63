"""Which activities share a page, so that the notes on them fit on the page that faces it.

The same pages stand in both books, so both are cut by the same rule: what learners read and write, and what
facilitators read, must each fit on one page. Heights are estimates in points; a page that is longer than was thought
goes on overleaf, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from printables.library.packs import Session
from printables.packs.book import Activity, Spread
from printables.pages.reading_order import Block, read

PAGE = 725
"""What a page of A4 holds between head and foot, a little less than there is (752), since estimates are no measures."""
LINE, ACROSS = 17, 70
"""The height of a line, and the characters in it, at 13 points."""
PARAGRAPH, ITEM, HEAD, OPENING, TALK = 6, 3, 42, 105, 42
"""What a paragraph, an item of a list, an activity, the session itself and the questions take besides their lines."""
RULED = 26
"""A ruled line to write on."""
NOTES = 520
"""Words of notes that a page holds, at 12 points."""
SPARE = (4, 18)
"""Ruled lines at the foot of a page: fewer are not worth it, and more look empty."""


def spreads(activities: Sequence[Activity], session: Session, notes: Sequence[int]) -> Iterator[Spread]:
    """The activities of a session, page by page. `notes` gives the number of words of notes on each."""
    used = OPENING + sum(_lines(aim) * LINE + ITEM for aim in session.aims)
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
    talk = TALK + sum(_lines(question) * LINE + ITEM for question in session.questions) if session.questions else 0
    if pages[-1][1] + talk > PAGE:
        pages.append(((), 0))  # the questions get a page of their own, with room for answers
    for at, (inside, height) in enumerate(pages):
        last = at == len(pages) - 1
        lines = (PAGE - height - HEAD - (talk if last else 0)) // RULED
        yield Spread(inside, at == 0, last, min(lines, SPARE[1]) if lines >= SPARE[0] else 0)


def height_of(activity: Activity) -> int:
    """Points that an activity takes in a learner's book."""
    blocks = read(f"<html><body>{activity.html}</body></html>").blocks if activity.html else []
    return HEAD + sum(_height(block) for block in blocks) + RULED * activity.lines


def _height(block: Block) -> int:
    lines = _lines("".join(run.text for run in block.runs))
    return lines * LINE + (ITEM if block.kind == "item" else PARAGRAPH)


def _lines(text: str) -> int:
    return max(1, -(-len(text) // ACROSS))
