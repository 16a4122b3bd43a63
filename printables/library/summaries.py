"""Summaries: the part of a record that the plan, library checks and other therapies' leaflets use.

Everything else in a record affects only its own leaflets. So an unchanged record need not be parsed to know what the
library holds, and a changed one affects others only if its summary has changed.
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
    """One claim without its words: condition, population and strength of the evidence."""

    condition: str
    population: str
    strength: str


@dataclass(frozen=True)
class RecordSummary:
    """A therapy or worksheet in short. A worksheet has no claims; its name is the title for its first audience."""

    id: str
    language: str
    titles: tuple[str, ...]
    """The audiences that it has a title for."""
    next_review: str
    name: str
    claims: tuple[ClaimSummary, ...] = ()
    worksheets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Ids of the sources that it cites, each once."""
    abbreviation: str = ""
    """A therapy's, where it has one."""


@dataclass(frozen=True)
class ReadResult:
    """The result of reading one record: its summary, if it is usable, and its problems."""

    summary: RecordSummary | None
    problems: tuple[Problem, ...] = ()


def summary_of(record: Therapy | Worksheet) -> RecordSummary:
    """Return the summary of a record."""
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
        record.abbreviation or "",
    )


def named_sources(record: object) -> Iterator[str]:
    """Yield the id of every source that a record cites, in a field or inside a text."""
    for key, value in values_with_keys(record):
        if isinstance(value, str):
            names = [part for part in key if isinstance(part, str)]
            if names and names[-1] in ("source", "sources"):
                yield value
            yield from (m["name"] for m in re.finditer(MARK, value) if m["sign"] == "@")
