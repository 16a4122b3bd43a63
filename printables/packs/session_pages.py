"""Divide a session into the pages of a learner's book, and fill them with lines to write on.

The facilitator's book shows the same pages small. Heights are estimates in points; a page that is longer than
estimated continues overleaf, and nothing is lost.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from markupsafe import Markup

from printables.library.packs import PackSession
from printables.packs.book import BookActivity, SessionPage
from printables.packs.geometry import PageGeometry
from printables.packs.pieces import pieces
from printables.pages.formats.reading_order import TextBlock, read_in_order

PARAGRAPH, ITEM = 6, 3
"""Height above a paragraph and a list item."""
HEAD, TALK = 45, 48
"""Height of the title of an activity, and of an empty list of questions, beside their lines of text."""
RUN = 24
"""Height of the line at the top of a page."""
SPARE = 12
"""Height left free on a page, because heights are estimates."""
MOST_LINES = 12
"""The most ruled lines under one activity."""
LEAST_LINES = 60
"""An activity has at least this share, in percent, of the ruled lines that its author wished for."""
FEWEST_LINES = 3
"""Ruled lines are divided between two pages only if so many stand on each."""
MOST_ANSWERS = 12
"""The most ruled lines under the questions."""
FULL = 0.68
"""Only the last page of a session may be emptier by this estimate; in truth none is under 0.6."""
ENOUGH = 0.9
"""A page as full as this need not be fuller."""
MOST_ACTIVITIES = 12
"""With more activities in a session not all divisions are tried: they would be too many."""


@dataclass(frozen=True)
class _Part:
    """An activity, or the questions to talk about (without one). `height` is estimated, without lines to write on."""

    height: float
    activity: BookActivity | None = None
    least: int = 0
    """Ruled lines that it must have."""
    most: int = MOST_ANSWERS
    """Ruled lines that it may have where a page has room."""


def session_pages(
    activities: Sequence[BookActivity], session: PackSession, sheet: PageGeometry
) -> Iterator[SessionPage]:
    """Yield the pages of a session after its opener."""
    parts = [_part(one, sheet) for one in activities]
    if session.questions:
        parts.append(_Part(TALK + _list(session.questions, sheet)))
    for number, page in enumerate(_divided(parts, sheet), 1):
        yield _page(page, number, sheet)


def _part(activity: BookActivity, sheet: PageGeometry) -> _Part:
    least = -(-activity.lines * LEAST_LINES // 100)
    return _Part(height_of(activity, sheet), activity, least, max(activity.lines, MOST_LINES) if activity.lines else 0)


def _divided(parts: Sequence[_Part], sheet: PageGeometry) -> list[list[_Part]]:
    """Divide the parts into as few pages as they need, so that the emptiest is as full as can be."""
    first = _one_after_the_other(parts, sheet)
    if len(first) == 1 and _height(first[0], sheet) <= _room(sheet):
        return first
    if len(parts) > MOST_ACTIVITIES:
        return _run_on(parts, sheet)
    cuts = ((0, *inner, len(parts)) for inner in combinations(range(1, len(parts)), len(first) - 1))
    ways = [[list(parts[a:b]) for a, b in pairwise(cut)] for cut in cuts]
    best = max(ways, key=lambda way: _worth(way, sheet))
    fits = max(_height(page, sheet) for page in best) <= _room(sheet)
    full = all(_fill(page, sheet) >= FULL for page in best[:-1])
    return best if fits and full else _run_on(parts, sheet)


def _fill(parts: Sequence[_Part], sheet: PageGeometry) -> float:
    """Return how much of a page's height these parts take with their lines, from 0 to 1."""
    return (RUN + _height(parts, sheet) + sheet.ruled * sum(_lines_of(parts, sheet))) / sheet.room


def _run_on(parts: Sequence[_Part], sheet: PageGeometry) -> list[list[_Part]]:
    """Divide the parts one after the other, and end a page inside of an activity where it would be too empty."""
    pages: list[list[_Part]] = [[]]
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        free = _room(sheet) - _height(pages[-1], sheet)
        if _height([part], sheet) > free and _fill(pages[-1], sheet) < FULL:
            begun, rest = _split(part, free, sheet)
            if begun:
                pages[-1].append(begun)
                pages.append([])
                waiting.insert(0, rest)
                continue
        if pages[-1] and _height([part], sheet) > free:
            pages.append([])
            waiting.insert(0, part)
        else:
            pages[-1].append(part)
    return pages


def _split(part: _Part, room: float, sheet: PageGeometry) -> tuple[_Part | None, _Part]:
    """Return what of an activity fits into `room`, or None, and the rest, which has its lines and notes."""
    whole = part.activity
    if whole is None:
        return None, part
    blocks = pieces(str(whole.html))
    for count in range(len(blocks) - 1, 0, -1):
        html, rest = (Markup("".join(some)) for some in (blocks[:count], blocks[count:]))  # noqa: S704 - it was safe
        begun = _part(dataclasses.replace(whole, html=html, lines=0, notes=Markup("")), sheet)
        if begun.height <= room:
            return begun, _part(dataclasses.replace(whole, html=rest, continued=True), sheet)
    lines = int((room - part.height) // sheet.ruled)
    if min(lines, part.least - lines) < FEWEST_LINES:
        return None, part
    rest_of_lines = dataclasses.replace(whole, html=Markup(""), lines=whole.lines - lines, continued=True)
    return dataclasses.replace(
        part, activity=dataclasses.replace(whole, notes=Markup("")), least=lines, most=lines
    ), _part(rest_of_lines, sheet)


def _worth(pages: Sequence[Sequence[_Part]], sheet: PageGeometry) -> tuple[float, float, float]:
    """Return how good a division is: nothing overleaf, then the emptiest page with its lines, then without."""
    over = max(0.0, max(_height(page, sheet) for page in pages) - _room(sheet))
    full = min(_height(page, sheet) + sheet.ruled * sum(_lines_of(page, sheet)) for page in pages)
    return -over, min(full, ENOUGH * _room(sheet)), min(_height(page, sheet) for page in pages)


def _one_after_the_other(parts: Sequence[_Part], sheet: PageGeometry) -> list[list[_Part]]:
    pages: list[list[_Part]] = [[]]
    for part in parts:
        if pages[-1] and _height([*pages[-1], part], sheet) > _room(sheet):
            pages.append([])
        pages[-1].append(part)
    return pages


def _room(sheet: PageGeometry) -> float:
    return sheet.room - RUN - SPARE


def _height(parts: Sequence[_Part], sheet: PageGeometry) -> float:
    """Return the least height of a page with these parts."""
    return sum(part.height + sheet.ruled * part.least for part in parts)


def _lines_of(parts: Sequence[_Part], sheet: PageGeometry) -> list[int]:
    """Return the ruled lines that each part has beyond the least: what is free on the page, shared evenly."""
    more = [0] * len(parts)
    free = int((_room(sheet) - _height(parts, sheet)) // sheet.ruled)
    while free > 0:
        open_parts = [at for at, part in enumerate(parts) if part.least + more[at] < part.most]
        if not open_parts:
            break
        more[min(open_parts, key=lambda at: parts[at].least + more[at])] += 1
        free -= 1
    return more


def _page(parts: Sequence[_Part], number: int, sheet: PageGeometry) -> SessionPage:
    counts = [part.least + more for part, more in zip(parts, _lines_of(parts, sheet), strict=True)]
    over = int(-(-(_height(parts, sheet) - _room(sheet)) // sheet.ruled))
    if len(parts) == 1 and over > 0:  # leave out ruled lines that would be alone overleaf
        counts = [max(counts[0] - over, 0)]
    made = list(zip(parts, counts, strict=True))
    return SessionPage(
        number=number,
        activities=tuple(dataclasses.replace(part.activity, lines=count) for part, count in made if part.activity),
        talk=any(part.activity is None for part in parts),
        answers=sum(count for part, count in made if part.activity is None),
    )


def height_of(activity: BookActivity, sheet: PageGeometry) -> float:
    """Return the estimated height of an activity in a learner's book without its ruled lines, in points."""
    blocks = read_in_order(f"<html><body>{activity.html}</body></html>").blocks if activity.html else []
    head = HEAD + (_lines(activity.title, sheet) - 1) * sheet.line + (18 if sheet.large else 0)
    return head + sum(_block(block, sheet) for block in blocks)


def _block(block: TextBlock, sheet: PageGeometry) -> float:
    text = "".join(run.text for run in block.runs)
    return _lines(text, sheet) * sheet.line + (ITEM if block.kind == "item" else PARAGRAPH)


def _list(items: Sequence[str], sheet: PageGeometry) -> float:
    return sum(_lines(item, sheet) * sheet.line + ITEM for item in items)


def _lines(text: str, sheet: PageGeometry) -> int:
    return max(1, -(-len(text) // sheet.across))
