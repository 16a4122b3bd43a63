"""What stands between a leaflet and its release (`--release`): drafts, and facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.plan import Item
from printables.problems import Problem

LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."


def not_approved(subject: Subject) -> Iterator[Fault]:
    """Words that nobody has approved in this version for this reader."""
    leaflet = subject.leaflet
    if not leaflet.approved and not any(void_approvals(subject)):
        reader = leaflet.audience.name[leaflet.item.language]
        what = f"Nobody has approved version {leaflet.version} for {reader}."
        yield Fault(subject.record("review", "approvals"), what, "A named clinician must read and approve it.")


def void_approvals(subject: Subject) -> Iterator[Fault]:
    """An approval of this version for this reader that was given to other words."""
    leaflet, item = subject.leaflet, subject.item
    record = subject.library.worksheets[item.record] if item.worksheet else subject.library.therapies[item.therapy]
    for index, given in enumerate(record.review.approvals):
        if not leaflet.approved and (given.audience, given.version) == (item.audience, leaflet.version):
            reader = leaflet.audience.name[item.language]
            why = "and the words have changed since" if given.content else "but not which words"
            what = f"{given.name} approved this for {reader} on {given.date}, {why}."
            place = subject.record("review", "approvals", index)
            yield Fault(place, what, f"Have it read and approved again: {command(item)}.")


def command(item: Item) -> str:
    """How the approval of a leaflet or worksheet is written into its record."""
    worksheet = " --worksheet" if item.worksheet else ""
    return f"printables approve {item.record} {item.audience} --name NAME --role ROLE{worksheet}"


def unchecked_facts(subject: Subject) -> Iterator[Fault]:
    """A course, its phases, a technique or a claim for this reader whose status is unchecked."""
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
                yield Fault(subject.record(group, index, "status"), what, LOOK_UP)
    for index, course in enumerate(therapy.courses):
        if course.phases_status == "unchecked" and course.population in populations:
            what = f'The phases of "{course.id}" in courses are unchecked.'
            yield Fault(subject.record("courses", index, "phases_status"), what, LOOK_UP)


def unchecked_help_lines(subject: Subject) -> Iterator[Fault]:
    """A help line of this leaflet whose status is unchecked, or without the day on which it was checked."""
    region = subject.leaflet.region
    box = region.help_now.get(subject.leaflet.item.audience)
    for index, line in enumerate(region.help_lines):
        if box and line.id in box.lines and (line.status == "unchecked" or line.checked_on is None):
            place = subject.library.place("region", region.id, ("help_lines", index, "status"))
            yield Fault(place, f'The help line "{line.id}" is unchecked.', LOOK_UP)


def unchecked_sources(subject: Subject) -> Iterator[Fault]:
    """A source that this leaflet cites whose status is unchecked."""
    names = list(subject.library.sources)
    for source in subject.leaflet.sources:
        if subject.library.sources[source.id].status == "unchecked":
            place = subject.library.place("source", "", ("sources", names.index(source.id), "status"))
            yield Fault(place, f'The source "{source.id}" is unchecked.', LOOK_UP)


UNCHECKED = (
    Check(Rule.A5, unchecked_facts, of=("leaflet",), only_for_release=True),
    Check(Rule.A3, unchecked_help_lines, only_for_release=True),
    Check(Rule.A5, unchecked_sources, only_for_release=True),
)
CHECKS = (
    Check(Rule.A4, not_approved, only_for_release=True),
    Check(Rule.A4, void_approvals, severity="warning", error_for_release=True),
    *UNCHECKED,
)


def unchecked(subject: Subject) -> Iterator[Problem]:
    """Facts, help lines and sources of this leaflet that nobody has looked up, as `--release` says them."""
    for check in UNCHECKED:
        if check.is_asked(subject, for_release=True):
            yield from check(subject)
