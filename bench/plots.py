"""bench/results.json → pictures in docs/pictures/ for docs/performance.md: `make performance`.

Each picture repeats figures that stand as text on the page, so its text alternative there can be short.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/pictures"
OURS, OTHERS, INK, PAPER = "#1f5a63", "#b9c7c9", "#1b1b1b", "#ffffff"
WIDTH = 7.2
"""Inches; the text column of the documentation is about that wide."""
mpl.rcParams.update({
    "svg.fonttype": "none",  # letters stay letters: to be searched, read aloud and tested
    "svg.hashsalt": "printables",  # the same bytes each time
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.labelcolor": INK,
})  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """Horizontal bars: each with its label, its value, and whether it is ours."""

    name: str
    title: str
    unit: str
    bars: Sequence[tuple[str, float, bool]]

    @property
    def file(self) -> Path:
        """Where its picture lies."""
        return FOLDER / f"performance-{self.name}.svg"

    @property
    def alt(self) -> str:
        """Its text alternative: what it shows, with each figure."""
        return f"{self.title}: " + ", ".join(f"{label} {self.shown(value)}" for label, value, _ in self.bars) + "."

    def shown(self, value: float) -> str:
        """A value as it stands at its bar."""
        return f"{value:.0f} {self.unit}" if value >= 10 else f"{value:.1f} {self.unit}"


def charts(results: Mapping[str, Any]) -> list[Chart]:
    """The charts that these results give figures for."""
    found = [_engines(results.get("others")), _steps(results.get("phases")), _daily(results)]
    return [chart for chart in found if chart]


def _engines(others: Mapping[str, Any] | None) -> Chart | None:
    if not others:
        return None
    count = others["handouts"]
    rows = [
        ("weasyprint, file by file", others["command_s_a_file"] * count, False),
        ("Printables, with all checks", others["ours_s"], True),
        ("the bare engine, two processes", others.get("floor_s"), False),
        ("Chromium, warm", min((took for took in others["chromium_s"].values() if took), default=None), False),
        ("Typst, without columns", others["typst_s"], False),
    ]
    bars = [(label, value, ours) for label, value, ours in rows if value]
    return Chart("engines", f"{count} handouts from nothing", "s", bars)


def _steps(phases: Mapping[str, Any] | None) -> Chart | None:
    if not phases:
        return None
    bars = [(step, share, True) for step, share in phases["shares"].items() if share >= 1]
    return Chart("steps", "Where the time of a handout goes", "%", bars)


def _daily(results: Mapping[str, Any]) -> Chart | None:
    rows = [
        ("build, nothing changed", results.get("nothing_changed", {}).get("seconds")),
        ("preview, a word to the web page", results.get("one_word", {}).get("watch_web_s")),
        ("preview, a word to the PDF", results.get("one_word", {}).get("watch_pdf_s")),
        ("check of 288 records, again", results.get("check", {}).get("again_s")),
        ("build, one word changed", results.get("one_word", {}).get("cold_s")),
    ]
    bars = [(label, value, True) for label, value in rows if value]
    return Chart("daily", "What an author waits for, in a library of 1,056 handouts", "s", bars) if bars else None


def drawn(chart: Chart) -> Figure:
    """Draw a chart."""
    figure = Figure(figsize=(WIDTH, 0.6 + 0.38 * len(chart.bars)), facecolor=PAPER, layout="constrained")
    axes = figure.add_subplot()
    labels, values = [label for label, _, _ in chart.bars], [value for _, value, _ in chart.bars]
    bars = axes.barh(labels, values, height=0.62, color=[OURS if ours else OTHERS for _, _, ours in chart.bars])
    axes.bar_label(bars, [chart.shown(value) for value in values], padding=4)
    axes.invert_yaxis()
    axes.set_xlim(0, max(values) * 1.15)
    figure.suptitle(chart.title, x=0.01, horizontalalignment="left", fontweight="bold", fontsize=12)
    axes.xaxis.set_visible(False)
    axes.tick_params(left=False)
    for side in axes.spines.values():
        side.set_visible(False)
    return figure


def draw_all(results: Mapping[str, Any]) -> None:
    """Write the picture of each chart."""
    for chart in charts(results):
        drawn(chart).savefig(chart.file, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    draw_all(json.loads((ROOT / "bench/results.json").read_text(encoding="utf-8")))
