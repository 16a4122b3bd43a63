"""The tone report as a page: for each audience, a table of its leaflets and a chart for each measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from printables.pipeline.build import CheckedLibrary
from printables.reports.reading_levels import MEASURES, LeafletLevels, Trend, change, summaries

PLOT = 320
"""The width of the longest bar, in pixels."""


@dataclass(frozen=True)
class Bar:
    """One leaflet's figure in a chart. Lengths are in pixels."""

    therapy: str
    value: str
    change: str
    length: float
    above: bool


@dataclass(frozen=True)
class Chart:
    """One measure of one audience. `limit` is the position of the limit's line, in pixels."""

    name: str
    limit_value: str
    limit: float | None
    bars: tuple[Bar, ...]

    @property
    def said(self) -> str:
        """The chart's alternative text."""
        figures = "; ".join(f"{bar.therapy} {bar.value}" for bar in self.bars)
        return f"{self.name}{f', limit {self.limit_value}' if self.limit_value else ''}: {figures}"


def page(checked: CheckedLibrary, rows: Sequence[LeafletLevels], today: date, last_day: str, last: Trend) -> str:
    """Return the report as a self-contained HTML document. Without a last run, `last_day` is empty."""
    names = {subject.item.audience: subject.leaflet.label for subject in checked.subjects}
    parts = [
        (names[summary.audience], summary, charts([row for row in rows if row.audience == summary.audience], last))
        for summary in summaries(rows)
    ]
    return checked.pages.sheet("_tone/tone.html", parts=parts, today=today, last_day=last_day, leaflets=len(rows))


def charts(rows: Sequence[LeafletLevels], last: Trend) -> list[Chart]:
    """Return a chart of each measure of one audience's leaflets, on a scale from 0."""
    return [_chart(rows, name, last) for name in MEASURES]


def _chart(rows: Sequence[LeafletLevels], name: str, last: Trend) -> Chart:
    limit = rows[0].limits.get(name)
    most = max([limit or 0, *(getattr(row, name) for row in rows)]) or 1
    bars = tuple(
        Bar(
            row.therapy,
            f"{getattr(row, name):g}",
            change(row, name, last) if last else "",
            round(PLOT * getattr(row, name) / most, 1),
            name in row.above,
        )
        for row in rows
    )
    return Chart(
        MEASURES[name], "" if limit is None else f"{limit:g}", round(PLOT * limit / most, 1) if limit else None, bars
    )
