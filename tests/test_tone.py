"""The tone of the library in figures: what is counted, what is above a limit, and what changed since the last run."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from leaflet_case import case
from library_case import copy_of_content

from printables.checks.shared_runs import OwnWords, compare
from printables.cli.app import cli
from printables.library.library import Place
from printables.pipeline.check_result import LeafletSummary, ReadingLevel, WordingFigures
from printables.publish.jobs import LeafletDetails
from printables.reports import reading_levels, reading_levels_page
from printables.reports.leaflet_figures import HEAD, figures

DAY = date(2026, 12, 1)
ABOUT = LeafletDetails("ipt.pdf", "IPT", "IPT-TEEN", "1.0", "ipt", "teens", "en", "2026-01-01", "2027-01-01")
LEVEL = ReadingLevel("ipt", "teens", 6.0, 9.5, "all", 8.0, 18, 18.0, 900, 2)
WORDING = WordingFigures(
    11.5, 20, 2, OwnWords("ipt", "teens", "en", Place("ipt.yaml", 1), ("One two three four five.",))
)
LONG = "You can say in one long breath all that you feel and think and fear and want to change in your life with them. "


def run(folder: Path, *options: str) -> Result:
    """The command on IPT beside one other therapy, with its own output folder."""
    content = folder / "ours/content"
    if not content.exists():
        copy_of_content(content.parent, "ipt", "erp")
    command = ["check", "--report", "--therapy", "ipt", "--content", str(content), "--output", str(folder)]
    return CliRunner().invoke(cli, [*command, *options])


LIMITS = {"smog": 9.5, "mean_sentence": 12.0, "longest_sentence": 18.0, "passive": 10.0, "avoided": 0.0}
USUAL = reading_levels.LeafletLevels(
    "ipt", "teens", 600, 7.0, 8.0, 18, you=40, passive=5, avoided=0, explained=2, limits=LIMITS
)


def row(therapy: str = "ipt", **figures: Any) -> reading_levels.LeafletLevels:
    """One leaflet with figures of our own."""
    return dataclasses.replace(USUAL, therapy=therapy, **figures)


@pytest.mark.slow
def test_a_leaflet_is_measured_beside_the_limits_of_its_reader(tmp_path: Path) -> None:
    (measured,) = reading_levels.levels_of_all(case(tmp_path, "teens").checked.subjects)
    assert measured.key == ("ipt", "teens")
    assert measured.limits == {"smog": 9.5, "mean_sentence": 12, "longest_sentence": 18, "passive": 10, "avoided": 0}
    assert measured.above == ()
    assert 900 < measured.words < 1900 and 30 < measured.you < 60


@pytest.mark.slow
def test_a_word_to_avoid_and_a_long_sentence_are_counted(tmp_path: Path) -> None:
    spoiled = case(tmp_path, "teens", {"sections.overview": f"{LONG}That is a cool formulation of your mates."})
    (measured,) = reading_levels.levels_of_all(spoiled.checked.subjects)
    assert measured.avoided == 3, "cool, formulation, mates"
    assert measured.longest_sentence == len(LONG.split()) == 24
    assert measured.above == ("longest_sentence", "avoided")


def test_a_summary_has_the_worst_of_each_figure_and_the_least_you() -> None:
    (found,) = reading_levels.summaries([row(smog=6, you=20), row("cbt", smog=9, longest_sentence=19, you=50)])
    assert (found.leaflets, found.worst["smog"], found.worst["longest_sentence"], found.worst["you"]) == (2, 9, 19, 20)
    assert not found.within
    assert [summary.within for summary in reading_levels.summaries([row(smog=9.5)])] == [True], "a limit may be reached"


def test_a_report_is_read_back_by_the_next_run() -> None:
    day, last = reading_levels.read_last(reading_levels.as_text([row(smog=6.8, passive=7)], DAY))
    assert day == "2026-12-01"
    assert reading_levels.change(row(smog=7.1), "smog", last) == "+0.3"
    assert reading_levels.change(row(passive=5), "passive", last) == "-2"
    assert reading_levels.change(row(), "you", last) == "same"
    assert reading_levels.change(row("cbt"), "smog", last) == "new"


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"leaflets": [{}], "measured_on": "2026-12-01"}', '{"leaflets": []}']
)
def test_what_is_no_report_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a report of tone"):
        reading_levels.read_last(text)


def test_bars_share_one_scale_and_the_limit_has_its_line() -> None:
    smog = reading_levels_page.charts([row(smog=5), row("cbt", smog=10)], {})[0]
    assert [bar.length for bar in smog.bars] == [160, 320]
    assert smog.limit == 304, "9.5 of 10"
    assert [bar.above for bar in smog.bars] == [False, True]
    assert smog.said == "SMOG grade, limit 9.5: ipt 5; cbt 10"


def test_nothing_measured_makes_no_bar_and_no_line() -> None:
    avoided = next(chart for chart in reading_levels_page.charts([row()], {}) if chart.name == "Words to avoid")
    assert (avoided.bars[0].length, avoided.limit, avoided.limit_value) == (0, None, "0")


@pytest.mark.slow
def test_the_command_writes_both_files_and_says_each_audience(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.exit_code == 0, done.output
    said = re.findall(r"^(adults|teens|parents|professionals) +1 .*(yes|NO)$", done.output, re.MULTILINE)
    assert said == [(name, "yes") for name in ("adults", "teens", "parents", "professionals")]
    page = (tmp_path / "reports/tone.html").read_text(encoding="utf-8")
    assert "There is no earlier run to compare with." in page
    assert page.count("<svg") == 5 * len(reading_levels.MEASURES) == page.count("<title>") - 1
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ET.fromstring(drawing)  # noqa: S314 - our own page
    data = json.loads((tmp_path / "reports/tone.json").read_text(encoding="utf-8"))
    assert [leaflet["audience"] for leaflet in data["leaflets"]] == [
        "adults",
        "teens",
        "parents",
        "professionals",
        "easy-read",
    ]


@pytest.mark.slow
def test_the_report_says_each_chosen_leaflets_wording_and_compares_it_with_all_others(tmp_path: Path) -> None:
    done = run(tmp_path, "--audience", "teens", "--json")
    (row,) = json.loads(done.stdout)["report"]
    assert list(row) == list(HEAD)
    assert (row["therapy"], row["audience"]) == ("ipt", "teens")
    assert 900 < row["words"] < 1800 and 9 <= row["mean_prose"] < 14 and 5 < row["few_words"] < 40
    assert row["shared_runs"] > 0 and row["shared_most_with"] == "erp"
    table = run(tmp_path, "--audience", "teens").stdout.splitlines()
    assert re.split(" {2,}", table[0]) == list(HEAD.values())
    assert table[1].split() == [f"{value:g}" if isinstance(value, float) else str(value) for value in row.values()]


def test_a_leaflet_that_shares_nothing_says_so() -> None:
    summary = LeafletSummary(ABOUT, "IPT", good=True, places={}, level=LEVEL, wording=WORDING)
    (row,) = figures([summary], compare([WORDING.own_words]))
    assert (row.shared_runs, row.shared_most_with, row.unchecked, row.mean_prose, row.few_words) == (0, "", 2, 11.5, 20)
    assert figures([dataclasses.replace(summary, wording=None)], []) == [], "a worksheet, or a second edition"


@pytest.mark.slow
def test_the_second_run_says_what_changed(tmp_path: Path) -> None:
    two = ("--audience", "adults", "--audience", "teens")
    run(tmp_path, *two)
    path = tmp_path / "reports/tone.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["leaflets"][1]["you"] -= 3
    path.write_text(json.dumps({**data, "measured_on": "2026-01-05"}), encoding="utf-8")
    assert run(tmp_path, *two, "--quiet").stdout == ""
    page = (tmp_path / "reports/tone.html").read_text(encoding="utf-8")
    assert "Differences are from the run of 2026-01-05." in page
    assert page.count("(+3)") == 1 and page.count("(same)") == 2 * len(reading_levels.MEASURES) - 1


@pytest.mark.slow
def test_a_spoiled_last_report_is_a_warning_and_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    path = tmp_path / "reports/tone.json"
    path.write_text("{", encoding="utf-8")
    done = run(tmp_path, "--quiet", "--audience", "teens")
    assert done.exit_code == 0
    assert done.output.endswith(
        f"warning: {path}: The last report of tone cannot be read, so nothing is compared. It is written anew.\n"
    )
    assert reading_levels.read_last(path.read_text(encoding="utf-8"))[1]
