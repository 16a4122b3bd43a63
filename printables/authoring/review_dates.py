"""Review dates of sources, records, worksheets and help lines, and results of visits to sources."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from printables.checklist import Rule
from printables.library.library import Library, Place
from printables.library.regions import HelpLine, Region
from printables.pages.formats.html_tree import parse
from printables.problems import Problem, Severity

if TYPE_CHECKING:
    from printables.authoring.link_checker import Found, LinkResult

HELP_LINE_MONTHS = 3
"""Months after which a help line's number must be checked again."""
OVERDUE = "Overdue"
NEVER = "Never checked"
NOBODY = "nobody recorded reading it"


@dataclass(frozen=True)
class ReviewDue:
    """One thing to review again. `day` is None if it was never reviewed; `last` describes the last recorded review."""

    day: date | None
    kind: str
    id: str
    title: str
    place: Place
    last: str


def due(library: Library) -> list[ReviewDue]:
    """Return everything to review again: first what was never reviewed, then by day."""
    found = [*_sources(library), *_therapies(library), *_worksheets(library), *_help_lines(library)]
    return sorted(found, key=lambda thing: (thing.day or date.min, thing.kind, thing.id))


def by_month(things: Iterable[ReviewDue], today: date, until: date) -> dict[str, list[ReviewDue]]:
    """Group things up to the day `until` under headings: overdue, never checked, then by month."""
    groups: dict[str, list[ReviewDue]] = {OVERDUE: [], NEVER: []}
    for thing in things:
        if thing.day is None or thing.day < today or thing.day <= until:
            groups.setdefault(_heading(thing.day, today), []).append(thing)
    return {heading: group for heading, group in groups.items() if group}


def _heading(day: date | None, today: date) -> str:
    if day is None:
        return NEVER
    return OVERDUE if day < today else f"{calendar.month_name[day.month]} {day.year}"


def later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_month(day: date) -> date:
    """Return the last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _sources(library: Library) -> Iterator[ReviewDue]:
    for index, source in enumerate(library.sources.values()):
        place = library.place("source", "", ("sources", index, "check_again"))
        yield ReviewDue(source.check_again, "source", source.id, source.title, place, _last("read", source.read_on))


def _therapies(library: Library) -> Iterator[ReviewDue]:
    for name, therapy in library.therapies.items():
        place = library.place("therapy", name, ("review", "next_review"))
        last = _last("evidence reviewed", therapy.review.last_evidence_review)
        yield ReviewDue(therapy.review.next_review, "therapy", name, therapy.name, place, last)


def _worksheets(library: Library) -> Iterator[ReviewDue]:
    for name, sheet in library.worksheets.items():
        place = library.place("worksheet", name, ("review", "next_review"))
        title = next(iter(sheet.titles.values())).title
        yield ReviewDue(
            sheet.review.next_review, "worksheet", name, title, place, _last("reviewed", sheet.review.last_review)
        )


def _help_lines(library: Library) -> Iterator[ReviewDue]:
    for region in library.regions.values():
        yield from (_help_line(library, region, index, line) for index, line in enumerate(region.help_lines))


def _help_line(library: Library, region: Region, index: int, line: HelpLine) -> ReviewDue:
    # A line that nobody checked has no key "checked_on": its place is then that of the line as a whole.
    place = library.place("region", region.id, ("help_lines", index, "checked_on"))
    title, last = f"{line.name}, {region.name}", _last("checked", line.checked_on)
    return ReviewDue(_help_line_day(library, line), "help line", line.id, title, place, last)


def _help_line_day(library: Library, line: HelpLine) -> date | None:
    """Return the day three months after the check, or the review day of its source if that is earlier."""
    if line.checked_on is None:
        return None
    return min(later(line.checked_on, HELP_LINE_MONTHS), library.sources[line.source].check_again)


def stale_help(library: Library, pages: Iterable[tuple[str, str]], today: date) -> Iterator[Problem]:
    """Yield problems of help lines on published pages (path and HTML) that are no longer in the library, or overdue."""
    known = {(line.name, _number(line.how)) for region in library.regions.values() for line in region.help_lines}
    crises = (clinic.crisis for clinic in library.clinics.values() if clinic.crisis)
    known |= {(line.name, _number(line.how)) for line in crises}
    shown: dict[tuple[str, str], list[str]] = {}
    for path, page in pages:
        for line in _help_on(page):
            shown.setdefault(line, []).append(path)
    for (name, how), paths in sorted(shown.items()):
        if (name, how) not in known:
            what = f'The help line "{name}: {how}." on {_many(paths)} is not in the library any more.'
            yield Problem(paths[0], 0, what, "Build again, and take old copies away.", rule=Rule.A3)
    names = {name for name, _ in shown}
    for thing in _help_lines(library):
        if thing.day and thing.day < today and thing.title.rpartition(", ")[0] in names:
            what = f'The help line "{thing.title}" was to be looked at again by {thing.day}.'
            yield Problem(thing.place.path, thing.place.line, what, "Call it, and write the day down.", rule=Rule.A3)


def _number(how: str) -> str:
    return " ".join(how.rstrip(".").split())


def _help_on(page: str) -> Iterator[tuple[str, str]]:
    """Yield name and instruction of each help line on a page, as the help box's template prints them."""
    box = (one for one in parse(page).below("div") if one.attributes.get("id") == "help-lines")
    for line in (line for one in box for line in one.below("li")):
        said = {name: part.words for part in line.below("strong", "span") for name in part.classes}
        if "who" in said and "how" in said:
            yield said["who"].rstrip(":"), _number(said["how"])


def _many(paths: Sequence[str]) -> str:
    return "1 leaflet" if len(paths) == 1 else f"{len(paths)} leaflets"


def _last(done: str, day: date | None) -> str:
    return f"{done} on {day}" if day else NOBODY


TOLD: dict[Found, tuple[Severity, str, str]] = {
    "gone": ("error", 'The page of source "{id}" is gone: {detail}.', "Find where it stands now, or take it out."),
    "moved": ("warning", 'The page of source "{id}" has moved to {detail}.', "Look at it, and write that address."),
    "changed": (
        "warning",
        'The words of the page of source "{id}" are not those of the last visit.',
        "Read it again; then write read_on.",
    ),
    "unreachable": ("warning", 'Source "{id}" could not be reached: {detail}.', "Try again later, or look by hand."),
    "not-asked": ("warning", 'Source "{id}" was not visited: {detail}.', "Look at it by hand."),
}
"""What is said of each finding that a person must look at."""
SAID: dict[Found, str] = {
    "same": "as before",
    "first": "visited for the first time",
    "changed": "changed",
    "moved": "moved",
    "gone": "gone",
    "unreachable": "not reached",
    "not-asked": "not visited",
}


def of_visits(library: Library, visits: Iterable[LinkResult]) -> Iterator[Problem]:
    """What visits found that a person must look at, at the line of each address."""
    places = {name: index for index, name in enumerate(library.sources)}
    for visit in visits:
        if visit.found in TOLD:
            severity, what, mend = TOLD[visit.found]
            place = library.place("source", "", ("sources", places[visit.id], "address"))
            yield Problem(place.path, place.line, what.format(id=visit.id, detail=visit.detail), mend, severity)


def summary(visits: Sequence[LinkResult]) -> str:
    """How many were found how, in one line."""
    counts = Counter(visit.found for visit in visits)
    parts = ", ".join(f"{counts[found]} {said}" for found, said in SAID.items() if counts[found])
    return f"{len(visits)} {'source' if len(visits) == 1 else 'sources'}: {parts}."
