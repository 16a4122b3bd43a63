"""Other therapies for the same audience and kind of problem, and whose worksheets a leaflet names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import get_args

from printables.library.fields import Strength
from printables.library.library import Library
from printables.library.settings import Audience
from printables.library.summaries import ClaimSummary, RecordSummary

STRENGTHS = get_args(Strength)


def related(library: Library, therapy: RecordSummary, audience: Audience) -> list[RecordSummary]:
    """Return other therapies whose leaflet may help this audience: strongest evidence first, then by name.

    They have a claim for the audience's population about the same condition, or one with the same broader condition.
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
    """Return the id of the broader condition, or the condition's own id."""
    return library.conditions[condition].part_of or condition


def sheet_readers(library: Library, audience: Audience) -> list[str]:
    """Return whose worksheets a leaflet names, the reader's own first: parents read of their child's.

    Those who get no words that were written for somebody else get no such sheets either.
    """
    alike = [one.id for one in library.audiences.values() if one.populations == audience.populations]
    return [audience.id, *(one for one in alike if audience.fallback and one != audience.id)]


def _claims(library: Library, therapy: RecordSummary, populations: Collection[str]) -> Iterator[ClaimSummary]:
    """Yield claims with some evidence for these populations. Unknown conditions are skipped (reported elsewhere)."""
    for claim in therapy.claims:
        known = claim.condition in library.conditions and claim.strength != "none"
        if known and claim.population in populations:
            yield claim
