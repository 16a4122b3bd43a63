"""What others look at of a record: the plan, the library's own checks, and the leaflets of other therapies.

All else of a record concerns its own leaflets alone. So a record of which no word has changed need not be read to say
what the library holds, and one that has changed concerns the others only where its summary has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from printables.library.fields import MARK
from printables.library.therapies import Therapy
from printables.library.traversal import values_with_keys
from printables.library.worksheets import Worksheet
from printables.problems import Problem


@dataclass(frozen=True)
class ClaimSummary:
    """One claim, without its words: how strong the evidence is, about what, for whom."""

    condition: str
    population: str
    strength: str


@dataclass(frozen=True)
class RecordSummary:
    """A therapy, or a worksheet, which has no claims or worksheets and is named by its title for its first reader."""

    id: str
    language: str
    titles: tuple[str, ...]
    """The audiences that get a leaflet of it."""
    next_review: str
    name: str
    claims: tuple[ClaimSummary, ...] = ()
    worksheets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Ids of the sources that it names, each once."""


@dataclass(frozen=True)
class ReadResult:
    """What came of reading one record: its summary, where it can be used, and what is wrong with it."""

    summary: RecordSummary | None
    problems: tuple[Problem, ...] = ()


def summary_of(record: Therapy | Worksheet) -> RecordSummary:
    """The summary of a record that was read."""
    review = record.review.next_review.isoformat()
    if isinstance(record, Worksheet):
        name = next(iter(record.titles.values())).title
        return RecordSummary(record.id, record.language, tuple(record.titles), review, name)
    claims = tuple(ClaimSummary(claim.condition, claim.population, claim.strength) for claim in record.claims)
    return RecordSummary(
        record.id,
        record.language,
        tuple(record.titles),
        review,
        record.name,
        claims,
        tuple(record.worksheets),
        tuple(dict.fromkeys(named_sources(record))),
    )


def named_sources(record: object) -> Iterator[str]:
    """The id of every source that a record names, in a field of its own or inside a text."""
    for key, value in values_with_keys(record):
        if isinstance(value, str):
            names = [part for part in key if isinstance(part, str)]
            if names and names[-1] in ("source", "sources"):
                yield value
            yield from (m["name"] for m in re.finditer(MARK, value) if m["sign"] == "@")
