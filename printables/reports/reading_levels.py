"""Measure the tone of the whole library: every leaflet with its limits, each audience's worst figures, the last run."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from printables.checks import wording
from printables.checks.subject import Subject
from printables.library.settings import Audience
from printables.pipeline.one_therapy import first_editions

Limits = Mapping[str, float]
Trend = Mapping[tuple[str, str], Mapping[str, float]]

MEASURES = {
    "smog": "SMOG grade",
    "mean_sentence": "Words in a sentence, on average",
    "longest_sentence": "Words in the longest sentence",
    "you": "Sentences of 100 that say you",
    "passive": "Sentences of 100 with a passive verb",
    "avoided": "Words to avoid",
    "explained": "Terms explained",
}
"""The measures of each leaflet, with their names in the report."""


@dataclass(frozen=True)
class LeafletLevels:
    """One leaflet's figures. Shares are percentages of its sentences; `avoided` and `explained` are counts."""

    therapy: str
    audience: str
    words: int
    smog: float
    mean_sentence: float
    longest_sentence: int
    you: int
    passive: int
    avoided: int
    explained: int
    limits: Limits
    """The audience's limits by measure (audience.yaml); measures without a limit are missing."""

    @property
    def key(self) -> tuple[str, str]:
        """The key that identifies this leaflet in other runs."""
        return self.therapy, self.audience

    @property
    def above(self) -> tuple[str, ...]:
        """The measures that are above their limit."""
        return tuple(name for name, limit in self.limits.items() if getattr(self, name) > limit)


def levels_of_all(subjects: Iterable[Subject]) -> list[LeafletLevels]:
    """Return the levels of every leaflet that could be made, by audience; worksheets are too short to measure."""
    made = (subject for subject in first_editions(subjects) if subject.html and not subject.item.worksheet)
    leaflets = [subject for subject in made if subject.is_measured]
    return [levels_of(subject) for subject in sorted(leaflets, key=lambda subject: subject.leaflet.audience.order)]


def levels_of(subject: Subject) -> LeafletLevels:
    """Measure one leaflet, as the checks do."""
    found = subject.measured
    return LeafletLevels(
        therapy=subject.item.therapy,
        audience=subject.item.audience,
        words=found.words,
        smog=round(found.smog, 1),
        mean_sentence=round(found.mean_sentence, 1),
        longest_sentence=found.longest_sentence,
        you=round(100 * found.you_share),
        passive=round(100 * found.passive_share),
        avoided=sum(1 for _ in wording.avoided(subject)),
        explained=len(subject.leaflet.terms),
        limits=limits_of(subject.leaflet.audience),
    )


def limits_of(audience: Audience) -> dict[str, float]:
    """Return the limits above which an audience's leaflet gets a warning (standards B1 to B4, T1, G1, Q1)."""
    of = audience.reading
    return {
        "smog": float(of.smog.warn),
        "mean_sentence": float(of.mean_sentence.warn),
        "longest_sentence": float(of.sentence.warn),
        "passive": float(of.passive.warn),
        "avoided": 0.0,
    }


@dataclass(frozen=True)
class AudienceLevels:
    """One audience over the whole library: the worst figure of each measure, and whether all are within limits."""

    audience: str
    leaflets: int
    worst: Mapping[str, float]
    limits: Limits
    within: bool


def summaries(rows: Iterable[LeafletLevels]) -> list[AudienceLevels]:
    """Return the summary of each audience, in the order of its first leaflet."""
    by_audience: dict[str, list[LeafletLevels]] = {}
    for row in rows:
        by_audience.setdefault(row.audience, []).append(row)
    return [_summary(audience, mine) for audience, mine in by_audience.items()]


def _summary(audience: str, rows: list[LeafletLevels]) -> AudienceLevels:
    worst = {name: max(getattr(row, name) for row in rows) for name in MEASURES}
    worst["you"] = min(row.you for row in rows)  # the only measure of which more is better
    return AudienceLevels(audience, len(rows), worst, rows[0].limits, not any(row.above for row in rows))


def as_text(rows: Iterable[LeafletLevels], today: date) -> str:
    """Return the figures as JSON, for programs and for the next run."""
    leaflets = [{**dataclasses.asdict(row), "above": row.above} for row in rows]
    return json.dumps({"measured_on": today.isoformat(), "leaflets": leaflets}, indent=2, ensure_ascii=False) + "\n"


def read_last(text: str) -> tuple[str, Trend]:
    """Return the day and the figures of the last run. Raises ValueError if the text is not such a report."""
    try:
        data: Any = json.loads(text)
        figures = {
            (str(row["therapy"]), str(row["audience"])): {name: float(row[name]) for name in MEASURES}
            for row in data["leaflets"]
        }
        return date.fromisoformat(data["measured_on"]).isoformat(), figures
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError("not a report of tone") from error


def change(row: LeafletLevels, measure: str, last: Trend) -> str:
    """Return how a figure differs from the last run: +0.3, -2, same, or new."""
    before = last.get(row.key, {}).get(measure)
    if before is None:
        return "new"
    difference = round(getattr(row, measure) - before, 1)
    return f"{difference:+g}" if difference else "same"
