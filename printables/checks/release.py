"""What stands between a leaflet and its release (`--release`): drafts, and facts that nobody has checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from printables.checks.subject import Subject
from printables.problems import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Every reason why this leaflet cannot be released today."""
    yield from _approval(subject)
    yield from unchecked(subject)


def _approval(subject: Subject) -> Iterator[Problem]:
    item = subject.leaflet.item
    if not subject.leaflet.approved:
        version = subject.library.therapies[item.therapy].version
        what = f"Nobody has approved version {version} for {subject.leaflet.audience.name[item.language]}."
        yield subject.at(
            subject.record("review", "approvals"), what, "A named clinician must read and approve it.", "A4"
        )


def unchecked(subject: Subject) -> Iterator[Problem]:
    """Facts and help lines of this leaflet that stand as unchecked."""
    therapy = subject.library.therapies[subject.leaflet.item.therapy]
    populations = subject.leaflet.audience.populations
    mend = "Look it up, write the source and the day, and set the status to confirmed."
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
                yield subject.at(subject.record(group, index, "status"), what, mend, "A5")
    yield from _help_lines(subject, mend)
    yield from _sources(subject, mend)


def _help_lines(subject: Subject, mend: str) -> Iterator[Problem]:
    region = subject.leaflet.region
    box = region.help_now.get(subject.leaflet.item.audience)
    for index, line in enumerate(region.help_lines):
        if box and line.id in box.lines and (line.status == "unchecked" or line.checked_on is None):
            place = subject.library.place("region", region.id, ("help_lines", index, "status"))
            yield subject.at(place, f'The help line "{line.id}" is unchecked.', mend, "A3")


def _sources(subject: Subject, mend: str) -> Iterator[Problem]:
    names = list(subject.library.sources)
    for source in subject.leaflet.sources:
        if subject.library.sources[source.id].status == "unchecked":
            place = subject.library.place("source", "", ("sources", names.index(source.id), "status"))
            yield subject.at(place, f'The source "{source.id}" is unchecked.', mend, "A5")
