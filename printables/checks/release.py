"""What stands between a leaflet and its release (`--release`): drafts, and facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from printables.checks.subject import Subject
from printables.problems import Problem

LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."


def check(subject: Subject) -> Iterator[Problem]:
    """Every reason why this leaflet cannot be released today."""
    yield from approval(subject)
    yield from unchecked(subject)


def approval(subject: Subject) -> Iterator[Problem]:
    """A named person must have approved this version for this reader."""
    item = subject.leaflet.item
    if not subject.leaflet.approved:
        what = (
            f"Nobody has approved version {subject.leaflet.version} for {subject.leaflet.audience.name[item.language]}."
        )
        yield subject.at(
            subject.record("review", "approvals"), what, "A named clinician must read and approve it.", "A4"
        )


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
                yield subject.at(subject.record(group, index, "status"), what, LOOK_UP, "A5")
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
            yield subject.at(place, f'The help line "{line.id}" is unchecked.', LOOK_UP, "A3")


def _sources(subject: Subject) -> Iterator[Problem]:
    names = list(subject.library.sources)
    for source in subject.leaflet.sources:
        if subject.library.sources[source.id].status == "unchecked":
            place = subject.library.place("source", "", ("sources", names.index(source.id), "status"))
            yield subject.at(place, f'The source "{source.id}" is unchecked.', LOOK_UP, "A5")
