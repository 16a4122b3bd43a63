"""Times drawn to scale: the sessions and breaks of a course, and the activities of a session."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from printables.packs.book import BookActivity, Chapter, RailPart, SessionPage


def with_course_rail(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """Return the sessions, each with the whole course and itself marked in it."""
    whole = sum(one.minutes + one.pause for one in chapters[:-1]) + chapters[-1].minutes
    return tuple(dataclasses.replace(here, rail=tuple(_course(chapters, here, whole))) for here in chapters)


def _course(chapters: Sequence[Chapter], here: Chapter, whole: int) -> Iterator[RailPart]:
    for one in chapters:
        share = 100 * one.minutes / whole
        yield RailPart(str(one.number), one.title, one.starts, one.minutes, share, here=one is here)
        if one.pause and one is not chapters[-1]:
            starts, share = one.starts + one.minutes, 100 * one.pause / whole
            yield RailPart("", "", starts, one.pause, share, here=False, free=True)


def with_session_rail(
    pages: Sequence[SessionPage], activities: Sequence[BookActivity], minutes: int
) -> tuple[SessionPage, ...]:
    """Return the pages of a session, each with the whole session and its own activities marked in it."""
    return tuple(dataclasses.replace(page, rail=tuple(_session(page, activities, minutes))) for page in pages)


def _session(page: SessionPage, activities: Sequence[BookActivity], minutes: int) -> Iterator[RailPart]:
    inside = {one.number for one in page.activities}
    for one in activities:
        share = 100 * one.minutes / minutes
        yield RailPart(one.number, one.title, one.starts, one.minutes, share, here=one.number in inside)
