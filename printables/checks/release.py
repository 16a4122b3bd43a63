"""What stands between a leaflet and its release (`--release`): drafts, and facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.courses import Course
from printables.pages.compose.approval import approvals_of
from printables.problems import Problem

LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."
SEE = "Look it up in its sources; then set the status to seen, or to confirmed with confirmed_by and confirmed_on."
CONFIRM = "Write confirmed_by and confirmed_on; or seen, where only an author has looked."


def not_approved(subject: Subject) -> Iterator[Fault]:
    """Words that nobody has approved in this version for this reader."""
    leaflet, item = subject.leaflet, subject.item
    if not leaflet.approved and not any(void_approvals(subject)):
        reader = leaflet.audience.name[item.language]
        what = f"Nobody has approved version {leaflet.version} for {reader}."
        yield Fault(subject.record("review", "approvals"), what, "A named clinician must read and approve it.")


def void_approvals(subject: Subject) -> Iterator[Fault]:
    """An approval of this version for this reader that was given to other words."""
    leaflet, item = subject.leaflet, subject.item
    for given, place in approvals_of(subject.library, item):
        if not leaflet.approved and given.version == leaflet.version:
            reader = leaflet.audience.name[item.language]
            why = "and the words have changed since" if given.words else "but not which words"
            what = f"{given.name} approved this for {reader} on {given.date}, {why}."
            yield Fault(place, what, f"Have it read and approved again: {command(subject)}.")


def command(subject: Subject, words: str = "NUMBER") -> str:
    """How the approval of a leaflet or worksheet is recorded; `words` are the numbers of what was read."""
    item = subject.item
    region = "" if item.region == subject.library.publisher.region else f" --region {item.region}"
    named = f"{item.record} {item.audience}{' --worksheet' if item.worksheet else ''}{region}"
    return f"printables approve {named} --words {words} --name NAME --role ROLE"


def unchecked_facts(subject: Subject) -> Iterator[Fault]:
    """A course, its phases, a technique or a claim for this reader whose status is unchecked."""
    for group, index, key, name, status, _ in _facts(subject):
        if status == "unchecked":
            yield Fault(subject.record(group, index, key), f"{name} unchecked.", SEE)


def confirmed_by_nobody(subject: Subject) -> Iterator[Fault]:
    """A course, its phases, a technique or a claim for this reader that is confirmed, without who and when."""
    for group, index, key, name, status, is_signed in _facts(subject):
        if status == "confirmed" and not is_signed:
            what = f"{name} confirmed, and it does not say by whom and when."
            yield Fault(subject.record(group, index, key), what, CONFIRM)


def _facts(subject: Subject) -> Iterator[tuple[str, int, str, str, str, bool]]:
    """Yield group, index, key, name, status of each fact for this reader, and whether it names who and when."""
    therapy = subject.library.therapies[subject.leaflet.item.therapy]
    populations = subject.leaflet.audience.populations
    groups: tuple[tuple[str, Sequence[Any]], ...] = (
        ("courses", therapy.courses),
        ("techniques", therapy.techniques),
        ("claims", therapy.claims),
    )
    for group, items in groups:
        for index, thing in enumerate(items):
            if getattr(thing, "population", populations[0]) not in populations:
                continue
            is_signed = bool(thing.confirmed_by and thing.confirmed_on)
            yield group, index, "status", f'"{thing.id}" in {group} is', thing.status, is_signed
            if isinstance(thing, Course):
                name = f'The phases of "{thing.id}" in courses are'
                yield group, index, "phases_status", name, thing.phases_status, is_signed


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
    Check(Rule.A4, not_approved, only_for_release=True, who="clinician"),
    Check(Rule.A4, void_approvals, severity="warning", error_for_release=True, who="clinician"),
    Check(Rule.A5, confirmed_by_nobody, of=("leaflet",), severity="warning", error_for_release=True, who="clinician"),
    *UNCHECKED,
)


def unchecked(subject: Subject) -> Iterator[Problem]:
    """Facts, help lines and sources of this leaflet that nobody has looked up, as `--release` says them."""
    for check in UNCHECKED:
        if check.is_asked(subject, for_release=True):
            yield from check(subject)
