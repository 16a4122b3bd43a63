"""The wording of each leaflet in figures, one row each: for `check --report`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from printables.checks.shared_runs import Shared
from printables.pipeline.check_result import LeafletSummary


@dataclass(frozen=True)
class LeafletFigures:
    """One leaflet. Shares are of 100."""

    therapy: str
    audience: str
    words: int
    mean_prose: float
    """Words of a sentence in running prose, on average."""
    few_words: float
    """Sentences of running prose with fewer than 9 words."""
    smog: float | None
    shared_runs: float
    """Runs of five of its own words that stand in other therapies' leaflets for the same reader."""
    shared_most_with: str
    """The therapy with which it shares most; empty where it shares nothing."""
    unchecked: int
    """Facts, help lines and sources that nobody has looked up."""


HEAD = {
    "therapy": "Therapy",
    "audience": "Audience",
    "words": "Words",
    "mean_prose": "Prose sentence",
    "few_words": "Under 9 words, %",
    "smog": "SMOG",
    "shared_runs": "Shared runs, %",
    "shared_most_with": "Most with",
    "unchecked": "Unchecked",
}
"""The columns of the table, by the field that stands in each."""


def figures(handouts: Iterable[LeafletSummary], shared: Iterable[Shared]) -> list[LeafletFigures]:
    """Return the figures of each leaflet that has words to measure, in the order of the plan."""
    by_leaflet = {(one.own.therapy, one.own.audience): one for one in shared}
    return [_figures(one, by_leaflet.get((one.about.therapy, one.about.audience))) for one in handouts if one.wording]


def _figures(summary: LeafletSummary, shared: Shared | None) -> LeafletFigures:
    level, wording = summary.level, summary.wording
    if level is None or wording is None:
        raise ValueError("only a leaflet that is measured has figures")
    return LeafletFigures(
        therapy=level.therapy,
        audience=level.audience,
        words=level.words,
        mean_prose=wording.mean_prose,
        few_words=wording.few_words,
        smog=level.smog,
        shared_runs=round(shared.percent, 1) if shared else 0.0,
        shared_most_with=shared.most.therapy if shared and shared.most else "",
        unchecked=wording.unchecked,
    )
