"""What stands between a leaflet and its release (`--release`): drafts, and facts that nobody has checked.

That the words have changed since somebody approved them is told without `--release`, too, as a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from printables.checklist import Rule
from printables.checks.subject import Subject
from printables.plan import Item
from printables.problems import Problem, Severity

LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."


def check(subject: Subject) -> Iterator[Problem]:
    """Every reason why this leaflet cannot be released today."""
    yield from approval(subject)
    yield from unchecked(subject)


def approval(subject: Subject) -> Iterator[Problem]:
    """A named person must have approved these words in this version for this reader."""
    item = subject.leaflet.item
    out_of_date = list(stale(subject, "error"))
    yield from out_of_date
    if not subject.leaflet.approved and not out_of_date:
        what = (
            f"Nobody has approved version {subject.leaflet.version} for {subject.leaflet.audience.name[item.language]}."
        )
        yield subject.at(
            subject.record("review", "approvals"), what, "A named clinician must read and approve it.", Rule.A4
        )


def stale(subject: Subject, severity: Severity = "warning") -> Iterator[Problem]:
    """Approvals of this version for this reader that were given to other words."""
    leaflet, item = subject.leaflet, subject.item
    record = subject.library.worksheets[item.record] if item.worksheet else subject.library.therapies[item.therapy]
    for index, given in enumerate(record.review.approvals):
        if not leaflet.approved and (given.audience, given.version) == (item.audience, leaflet.version):
            reader = leaflet.audience.name[item.language]
            why = "and the words have changed since" if given.content else "but not which words"
            what = f"{given.name} approved this for {reader} on {given.date}, {why}."
            place = subject.record("review", "approvals", index)
            yield subject.at(place, what, f"Have it read and approved again: {command(item)}.", Rule.A4, severity)


def command(item: Item) -> str:
    """How the approval of a leaflet or worksheet is written into its record."""
    worksheet = " --worksheet" if item.worksheet else ""
    return f"printables approve {item.record} {item.audience} --name NAME --role ROLE{worksheet}"


def unchecked(subject: Subject) -> Iterator[Problem]:
    """Facts and help lines of this leaflet that stand as unchecked."""
    therapy = subject.library.therapies[subject.leaflet.item.therapy]
    populations = subject.leaflet.audience.populations
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("courses", therapy.courses),
        ("techniques", therapy.techniques),
        ("claims", therapy.claims),
    )
    for group, items in groups:
        for index, thing in enumerate(items):
            mine = getattr(thing, "population", populations[0]) in populations
            if thing.status == "unchecked" and mine:
                what = f'"{thing.id}" in {group} is unchecked.'
                yield subject.at(subject.record(group, index, "status"), what, LOOK_UP, Rule.A5)
    for index, course in enumerate(therapy.courses):
        if course.phases_status == "unchecked" and course.population in populations:
            what = f'The phases of "{course.id}" in courses are unchecked.'
            yield subject.at(subject.record("courses", index, "phases_status"), what, LOOK_UP, Rule.A5)
    yield from looked_up(subject)


def looked_up(subject: Subject) -> Iterator[Problem]:
    """Help lines and sources that nobody has looked up."""
    yield from _help_lines(subject)
    yield from _sources(subject)


def _help_lines(subject: Subject) -> Iterator[Problem]:
    region = subject.leaflet.region
    box = region.help_now.get(subject.leaflet.item.audience)
    for index, line in enumerate(region.help_lines):
        if box and line.id in box.lines and (line.status == "unchecked" or line.checked_on is None):
            place = subject.library.place("region", region.id, ("help_lines", index, "status"))
            yield subject.at(place, f'The help line "{line.id}" is unchecked.', LOOK_UP, Rule.A3)


def _sources(subject: Subject) -> Iterator[Problem]:
    names = list(subject.library.sources)
    for source in subject.leaflet.sources:
        if subject.library.sources[source.id].status == "unchecked":
            place = subject.library.place("source", "", ("sources", names.index(source.id), "status"))
            yield subject.at(place, f'The source "{source.id}" is unchecked.', LOOK_UP, Rule.A5)
