"""The benchmarks' library is a good one, and their page says what they measured."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import performance
import pytest
import records

from printables import build
from printables.plan import Choice

TODAY = date(2026, 11, 26)
EMPTY = {"head": "", "where": "", "paid": [], "did_not_pay": []}


def test_every_record_of_the_library_is_good_and_has_pages_of_its_own(tmp_path: Path) -> None:
    folder = records.library(tmp_path, 3)
    where = (folder / "content", folder / "templates", folder / "output")
    options = build.Options(*where, TODAY, Choice(no_worksheets=True))
    checked = build.check(options)
    assert checked.problems == ()
    assert len(checked.subjects) == 126 and checked.library is not None and len(checked.library.therapies) == 36
    assert len({subject.html for subject in checked.subjects}) == 126
    assert len({subject.text for subject in checked.subjects}) > 126 / 2, "and most differ in their words"


def test_a_changed_word_is_another_each_time(tmp_path: Path) -> None:
    folder = records.library(tmp_path, 1)
    ipt = folder / "content/therapies/ipt.yaml"
    seen = {ipt.read_bytes()}
    for number in range(3):
        records.change_a_word(folder, number)
        seen.add(ipt.read_bytes())
    assert len(seen) == 4


def test_the_page_says_what_was_measured() -> None:
    assert performance.PAGE.read_text(encoding="utf-8") == performance.made(), "run: python bench/performance.py"


@pytest.mark.parametrize(
    ("ratio", "said"), [(1.05, "| 1.05 | at most 1.1 | kept |"), (1.2, "| 1.20 | at most 1.1 | **not kept** |")]
)
def test_a_limit_that_is_not_kept_is_said(ratio: float, said: str) -> None:
    results = {"cold": {"handouts": 132, "ratio": ratio, "limit": 1.10}}
    assert said in performance.page(results, EMPTY)


def test_a_figure_that_must_be_large_is_held_to_that() -> None:
    results = {"cluster": {"throughput": 0.8, "limit": 0.9}}
    assert "| 0.80 | at least 0.9 | **not kept** |" in performance.page(results, EMPTY)
