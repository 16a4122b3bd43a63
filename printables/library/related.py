"""Which other therapies have a leaflet for the same reader about the same kind of problem."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

from printables.library.fields import Strength
from printables.library.library import Library
from printables.library.settings import Audience
from printables.library.summaries import ClaimSummary, RecordSummary

STRENGTHS = get_args(Strength)


def related(library: Library, therapy: RecordSummary, audience: Audience) -> list[RecordSummary]:
    """The therapies whose leaflet for this reader may help too: the strongest evidence first, then by name.

    They claim something for the reader's own population about the same condition, or one that is part of the same.
    """
    wanted = {broad(library, claim.condition) for claim in _claims(library, therapy, audience.populations)}
    found = []
    for other in library.summaries.values():
        shared = [
            STRENGTHS.index(claim.strength)
            for claim in _claims(library, other, audience.populations)
            if broad(library, claim.condition) in wanted
        ]
        if other.id != therapy.id and other.language == therapy.language and audience.id in other.titles and shared:
            found.append((min(shared), other.name, other))
    return [other for *_, other in sorted(found, key=lambda entry: entry[:2])]


def broad(library: Library, condition: str) -> str:
    """The id of the condition that this one is part of, or its own."""
    return library.conditions[condition].part_of or condition


def _claims(library: Library, therapy: RecordSummary, populations: Collection[str]) -> Iterator[ClaimSummary]:
    """What is claimed for these populations with some evidence. A condition that is unknown is told elsewhere."""
    for claim in therapy.claims:
        known = claim.condition in library.conditions and claim.strength != "none"
        if known and claim.population in populations:
            yield claim
