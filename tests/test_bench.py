"""The benchmarks' library is a good one, and their page says what they measured."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from datetime import date
from importlib import import_module, metadata
from pathlib import Path

import compare
import engines
import pages
import performance
import phases
import pypdfium2 as pdfium
import pytest
import records
import scenarios
import typst_page
import watching
from PIL import Image
from shipped_case import EVERYTHING

from printables.pipeline import build
from printables.plan import Choice

TODAY = date(2026, 11, 26)
EMPTY = {"head": "", "where": "", "sizes": "", "out_of_reach": [], "paid": [], "did_not_pay": []}


@pytest.mark.slow
@pytest.mark.long
def test_every_record_of_the_library_is_good_and_has_pages_of_its_own(tmp_path: Path) -> None:
    folder = records.library(tmp_path, 3)
    where = (folder / "content", folder / "templates", folder / "output")
    options = build.Options(*where, TODAY, Choice(no_worksheets=True))
    checked = build.check(options)
    assert checked.problems == ()
    assert len(checked.subjects) == 138 and checked.library is not None and len(checked.library.therapies) == 36
    assert len({subject.html for subject in checked.subjects}) == 138
    assert len({subject.text for subject in checked.subjects}) > 110, "and nearly all differ in their words"


def few(library: Path) -> Path:
    """Two therapies of it; all in `make test-all`."""
    for path in (library / "content/therapies").glob("*.yaml"):
        if path.stem not in ("ipt", "erp") and not EVERYTHING:
            path.unlink()
    return library


@pytest.mark.slow
def test_a_library_without_worksheets_is_good_too(tmp_path: Path) -> None:
    made = pages.jobs(few(records.library(tmp_path, 1, worksheets=False)))
    assert len(made) == (46 if EVERYTHING else 9) and all(job.path.startswith("leaflets/") for job in made)


def test_a_changed_word_is_another_each_time(tmp_path: Path) -> None:
    folder = records.library(tmp_path, 1)
    ipt = folder / "content/therapies/ipt.yaml"
    seen = {ipt.read_bytes()}
    for number in range(3):
        records.change_a_word(folder, number)
        seen.add(ipt.read_bytes())
    assert len(seen) == 4


def test_the_page_says_what_was_measured() -> None:
    assert performance.PAGE.read_text(encoding="utf-8") == performance.made(), "run: make performance"


@pytest.mark.parametrize(
    ("ratio", "said"), [(1.05, "| 1.05 | at most 1.1 | kept |"), (1.2, "| 1.20 | at most 1.1 | **not kept** |")]
)
def test_a_limit_that_is_not_kept_is_said(ratio: float, said: str) -> None:
    results = {"cold": {"handouts": 132, "ratio": ratio, "limit": 1.10}}
    assert said in performance.page(results, EMPTY)


def test_a_figure_that_must_be_large_is_held_to_that() -> None:
    results = {"cluster": {"throughput": 0.8, "limit": 0.9}}
    assert "| 0.80 | at least 0.9 | **not kept** |" in performance.page(results, EMPTY)


def test_a_figure_without_a_limit_is_said_without_one() -> None:
    results = {"one_template": {"handouts": 174, "seconds": 40.5}}
    assert "prints all 174 again | 40.50 s | | |" in performance.page(results, EMPTY)


def test_a_build_that_renders_something_though_nothing_changed_does_not_keep_the_limit() -> None:
    nothing = {"handouts": 1056, "rendered": 1, "seconds": 0.2, "limit": 0.5, "engine_loaded": False}
    said = performance.page({"nothing_changed": nothing}, EMPTY)
    assert "| Handouts rendered in it | 1 | at most 0 | **not kept** |" in said
    assert "| Starts of the engine in it | 0 | at most 0 | kept |" in said


def test_the_page_says_what_was_measured_beside_other_work() -> None:
    figures = {"throughput": 1.0, "limit": 0.9, "machine": {"cores": 2}}
    assert "cluster (1.4)" in performance.page({"cluster": {**figures, "beside": 1.4}}, EMPTY)
    assert "cluster (" not in performance.page({"cluster": {**figures, "beside": 0.1}}, EMPTY)


# What the figures rest on


@pytest.mark.slow
def test_pages_for_other_engines_have_their_fonts_and_nothing_left_to_fill_in(tmp_path: Path) -> None:
    job = next(pages.made(few(records.library(tmp_path / "library", 1, worksheets=False))))
    (file,) = pages.files([job], tmp_path / "html")
    html = file.read_text(encoding="utf-8")
    assert "fonts/" in html and re.findall(r"\{(?:page|sheets):", html) == []
    assert len(list((tmp_path / "html/fonts").iterdir())) == 6, "four faces, and the zeros of numbers"


def test_every_step_that_is_timed_is_there() -> None:
    for _, place in pages.STEPS:
        module, _, path = place.partition(":")
        found = import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        assert callable(found)


def test_a_step_that_is_gone_is_said() -> None:
    with pytest.raises(SystemExit, match=r"printables\.pipeline\.one_therapy:_gone is not there any more"):
        phases.put_around(phases.Clock(), "gone", "printables.pipeline.one_therapy:_gone")


def test_the_time_of_an_inner_step_counts_for_itself_alone() -> None:
    now = iter(range(100))
    clock = phases.Clock(lambda: next(now))
    inner = clock("inner", lambda: None)
    clock("outer", inner)()
    assert clock.seconds == {phases.REST: 1, "outer": 2, "inner": 1}


def test_a_page_keeps_its_headings_lists_and_tables_in_typst() -> None:
    html = "<h1>A &amp; #b</h1><div>One<p>two <b>three</b></p></div><ul><li>x<li>y</ul><svg><title>no</title></svg>"
    html += "<table><tr><th colspan=2>h<tr><td>1<td>2</table>"
    words = typst_page.as_typst(f"<title>t</title><body>{html}").removeprefix(typst_page.HEAD).split("\n\n")
    assert words[:4] == [r"= A & \#b", "One", "two #strong[three]", "- x\n- y"]
    assert words[4] == "#table(columns: 2,\ntable.cell(colspan: 2)[h],\n[1], [2],\n)\n"


@pytest.mark.slow
def test_memory_and_work_are_those_of_the_processes_below_this_one() -> None:
    """Other tests may have left a browser below this process, so that only the child's own figures are known."""
    work = "import sys, time; kept = b'x' * 80_000_000; sum(range(10_000_000)); print(time.process_time(), flush=True)"
    command = [sys.executable, "-c", f"{work}; sys.stdin.read()"]
    family = watching.Family()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        worked = float(child.stdout.readline())
        family.look()
    assert 80 < family._seen[child.pid].most < 160
    assert family.peaks()[0] >= round(family._seen[child.pid].most)
    assert family._seen[child.pid].worked == pytest.approx(worked, abs=0.3)
    assert family.worked() >= family._seen[child.pid].worked > 0.05
    assert os.getpid() not in family._seen


@pytest.mark.slow
def test_work_from_before_is_not_counted() -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE), watching.Family() as family:  # noqa: S607
        time.sleep(0.6)
    assert family.worked() < 0.1


@pytest.mark.slow
def test_no_script_has_the_name_of_an_installed_module() -> None:
    """Tests and scripts are found first, so that one named `page` would stand in for the PDF checker `page`."""
    ours = {path.stem for home in ("bench", "tests") for path in (pages.ROOT / home).glob("*.py")}
    assert taken(ours) == []


@pytest.mark.slow
def test_companion_the_name_of_an_installed_module_is_noticed() -> None:
    assert taken({"page", "records"}) == ["page"]


def taken(names: set[str]) -> list[str]:
    return sorted(names & metadata.packages_distributions().keys())


def test_each_scenario_has_a_name_and_says_what_it_is() -> None:
    assert {"cold", "others", "phases", "nothing_changed", "one_word", "check", "scale"} <= scenarios.SCENARIOS.keys()
    assert all(one.__doc__ for one in scenarios.SCENARIOS.values())


# Pages before and after


def pdf(path: Path, *sizes: tuple[int, int]) -> None:
    """Empty pages of these sizes."""
    document = pdfium.PdfDocument.new()
    for size in sizes:
        document.new_page(*size)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(path)
    document.close()


def test_pages_that_look_different_are_found(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for name, before, after in (("same", 1, 1), ("longer", 1, 2)):
        pdf(old / f"{name}.pdf", *[(100, 100)] * before)
        pdf(new / f"{name}.pdf", *[(100, 100)] * after)
    pdf(old / "a/wider.pdf", (100, 100))
    pdf(new / "a/wider.pdf", (110, 100))
    pdf(old / "gone.pdf", (100, 100))
    pdf(new / "new.pdf", (100, 100))
    assert list(compare.differences(old, new)) == [
        "a/wider.pdf: page 1: 100 × 100 points before, 110 × 100 after",
        "gone.pdf: gone",
        "longer.pdf: 1 pages before, 2 after",
        "new.pdf: new",
    ]
    assert list(compare.differences(old, old)) == []


@pytest.mark.parametrize(("colour", "said"), [((255, 223, 255), ""), ((255, 222, 255), "1 dots differ")])
def test_a_dot_differs_by_more_than_the_rounding_of_a_curve(colour: tuple[int, int, int], said: str) -> None:
    white = Image.new("RGB", (4, 4), "white")
    other = white.copy()
    other.putpixel((1, 1), colour)
    assert compare.different(white, other) == said


def test_a_chromium_that_makes_nothing_is_no_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Path("1.html"), Path("2.html")
    document = pdfium.PdfDocument.new()
    document.new_page(100, 100)
    blank = io.BytesIO()
    document.save(blank)
    for made, says in (
        ([], "made no PDF of 1.html"),
        ([(one, blank.getvalue())], "made an empty PDF of 1.html"),
        ([(one, b"")], "made an empty PDF of 1.html"),
    ):
        with pytest.raises(engines.NotMeasured, match=says):
            engines.look_at([one], made)
    with pytest.raises(engines.NotMeasured, match="made no PDF of 2"):
        engines.look_at([other], [(one, blank.getvalue())])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(engines.NotMeasured, match="not installed"):
        engines.chromium([one], 1)


def test_the_page_says_why_there_is_no_figure_for_chromium() -> None:
    row = {
        "handouts": 42,
        "ours_s": 1.0,
        "command_s_a_file": 1.0,
        "chromium_s": {"1": None},
        "typst_s": None,
        "chromium_why": "Playwright is not installed",
    }
    assert "- warm Chromium: not measured. Playwright is not installed." in performance._others({"others": row})
