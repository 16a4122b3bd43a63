"""`check --clinic` finds what `build --clinic` would refuse or note, the layout included, and is fast the next time."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from front_door import run
from library_case import LibraryCase, copy_of_few
from matrix_clinics import fullest

from printables.cache.store import LAID_OUT
from printables.pipeline.build import Options, Progress, build, check, check_pages
from printables.plan import Choice
from printables.problems import Problem
from printables.publish import manifest
from printables.typeset.inspect.words import MORE_PAGES

TEENS = Choice(("ipt",), ("teens",), clinic="fullest", no_worksheets=True)
SHEET = "templates/_base/page.css"
LOST = "\n#what-happens { height: 1mm; overflow: hidden }\n"
"""The rule loses words: only a page that was laid out shows it."""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A leaflet and a worksheet for each reader: every page is laid out here."""
    return copy_of_few(tmp_path_factory.mktemp("ours"), "my-goals")


@dataclass
class Count:
    """How many pages were laid out, and how many were known."""

    done: int = 0
    known: int = 0

    def progress(self) -> Progress:
        return Progress(self._done, self._known)

    def _done(self, _: str) -> None:
        self.done += 1

    def _known(self, _: str) -> None:
        self.known += 1


def with_little_room(case: LibraryCase) -> None:
    """A clinic that has set all there is, and an audience whose leaflets have one page."""
    fullest(case.path("content/clinics"))
    case.replace("templates/teens/audience.yaml", "pages:", "pages: {from: 1, to: 1}")


def asked(options: Options) -> tuple[list[Problem], int, int]:
    """What a check says, and how many pages it laid out and knew."""
    count = Count()
    checked = check_pages(options, count.progress())
    return list(checked.problems), count.done, count.known


@pytest.mark.pdf
@pytest.mark.slow
def test_a_check_says_what_the_build_says_and_lays_out_each_page_once(case: LibraryCase) -> None:
    with_little_room(case)
    options = replace(case.options(TEENS), workers=1)
    checked, _ = build(options)
    assert asked(options) == (list(checked.problems), 0, 1), "what the build printed is not laid out again"
    assert any(MORE_PAGES in problem.what for problem in checked.problems)

    case.write(SHEET, case.text(SHEET) + LOST)
    found, done, _ = asked(options)
    (error,) = (problem for problem in found if problem.severity == "error")
    assert done == 1 and "missing from the PDF" in error.what
    assert asked(options) == (found, 0, 1)
    checked, result = build(options)
    assert list(checked.problems) == found and result.failed == ("clinics/fullest/leaflets/teens/ipt-teens-en.pdf",)
    assert not [problem for problem in check(options).problems if problem.severity == "error"]


def answer(folder: Path, *arguments: str) -> list[str]:
    done = run(folder, "check", "--json", *arguments)
    return [problem["what"] for problem in json.loads(done.stdout)["problems"]]


@pytest.mark.pdf
@pytest.mark.slow
def test_pages_are_laid_out_for_a_clinic_unless_told_otherwise(case: LibraryCase) -> None:
    with_little_room(case)
    narrow = ("--therapy", "ipt", "--audience", "teens")
    laid_out = case.root / "output" / LAID_OUT
    answer(case.root, "--clinic", "fullest", *narrow, "--no-pages")
    assert not laid_out.exists()
    assert any(MORE_PAGES in what for what in answer(case.root, "--clinic", "fullest", *narrow))
    assert laid_out.exists() and not list(case.root.rglob("output/**/*.pdf"))


@pytest.mark.pdf
@pytest.mark.slow
def test_page_counts_are_shown_where_pages_are_laid_out(case: LibraryCase) -> None:
    narrow = ("check", "--therapy", "ipt", "--audience", "teens")
    a4, private = "a4", "a4-private-cover"
    bare = run(case.root, *narrow)
    head, row, *_ = bare.stdout.splitlines()
    assert head.endswith("  Sources") and row.startswith("ipt") and row[-1].isdigit()
    laid_out = run(case.root, *narrow, "--pages", "--edition", a4, "--edition", private)
    head, row, *_ = laid_out.stdout.splitlines()
    run(case.root, "build", *narrow[1:], "--edition", a4, "--edition", private, "--quiet")
    made = manifest.read(case.root / "output")[0].entries
    counts = {entry.edition: entry.pages for entry in made if not entry.worksheet}
    assert head.endswith("  Pages") and row.endswith(f"  {counts[a4]}, {counts[private]}")
    (level,) = json.loads(run(case.root, *narrow, "--pages", "--json").stdout)["leaflets"]
    assert level["pages"] == [counts[a4]]
