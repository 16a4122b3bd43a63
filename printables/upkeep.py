"""What must be looked at again, and by which day: sources, records, worksheets, help lines."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from printables.library.library import Library, Place
from printables.library.settings import HelpLine, Region

HELP_LINE_MONTHS = 3
"""A help line's number is looked up again after so many months."""
OVERDUE = "Overdue"
NEVER = "Never checked"
NOBODY = "nobody recorded reading it"


@dataclass(frozen=True)
class Due:
    """One thing to look at again. `day` is None where it never was looked at; `last` says what somebody recorded."""

    day: date | None
    kind: str
    id: str
    title: str
    place: Place
    last: str


def due(library: Library) -> list[Due]:
    """All that must be looked at again, earliest day first; what never was looked at stands before it."""
    found = [*_sources(library), *_therapies(library), *_worksheets(library), *_help_lines(library)]
    return sorted(found, key=lambda thing: (thing.day or date.min, thing.kind, thing.id))


def by_month(things: Iterable[Due], today: date, until: date) -> dict[str, list[Due]]:
    """The things under their headings up to the day `until`: overdue first, then never checked, then by month."""
    groups: dict[str, list[Due]] = {OVERDUE: [], NEVER: []}
    for thing in things:
        if thing.day is None or thing.day < today or thing.day <= until:
            groups.setdefault(_heading(thing.day, today), []).append(thing)
    return {heading: group for heading, group in groups.items() if group}


def _heading(day: date | None, today: date) -> str:
    if day is None:
        return NEVER
    return OVERDUE if day < today else f"{calendar.month_name[day.month]} {day.year}"


def later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    """The last day of the month that `day` is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _sources(library: Library) -> Iterator[Due]:
    for index, source in enumerate(library.sources.values()):
        place = library.place("source", "", ("sources", index, "check_again"))
        yield Due(source.check_again, "source", source.id, source.title, place, _last("read", source.read_on))


def _therapies(library: Library) -> Iterator[Due]:
    for name, therapy in library.therapies.items():
        place = library.place("therapy", name, ("review", "next_review"))
        last = _last("evidence reviewed", therapy.review.last_evidence_review)
        yield Due(therapy.review.next_review, "therapy", name, therapy.name, place, last)


def _worksheets(library: Library) -> Iterator[Due]:
    for name, sheet in library.worksheets.items():
        place = library.place("worksheet", name, ("review", "next_review"))
        title = next(iter(sheet.titles.values())).title
        yield Due(
            sheet.review.next_review, "worksheet", name, title, place, _last("reviewed", sheet.review.last_review)
        )


def _help_lines(library: Library) -> Iterator[Due]:
    for region in library.regions.values():
        yield from (_help_line(library, region, index, line) for index, line in enumerate(region.help_lines))


def _help_line(library: Library, region: Region, index: int, line: HelpLine) -> Due:
    # A line that nobody checked has no key "checked_on": its place is then that of the line as a whole.
    place = library.place("region", region.id, ("help_lines", index, "checked_on"))
    title, last = f"{line.name}, {region.name}", _last("checked", line.checked_on)
    return Due(_help_line_day(library, line), "help line", line.id, title, place, last)


def _help_line_day(library: Library, line: HelpLine) -> date | None:
    """Three months after it was checked, or the day of its source where that is earlier."""
    if line.checked_on is None:
        return None
    return min(later(line.checked_on, HELP_LINE_MONTHS), library.sources[line.source].check_again)


def _last(done: str, day: date | None) -> str:
    return f"{done} on {day}" if day else NOBODY
