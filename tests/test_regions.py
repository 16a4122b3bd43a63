"""The regions that ship: each is whole for every reader, keeps its own nation's numbers and law, and hides no doubt."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from leaflet_case import AUDIENCES, ROOT
from shipped_case import EVERYTHING, sample
from test_leaflets import BUDGET, built

from printables.checks.subject import Subject
from printables.library.regions import HelpLine, Region
from printables.pipeline import build
from printables.plan import Choice
from printables.problems import Problem
from printables.typeset.inspect.text import read_pdf

pytestmark = pytest.mark.slow
NEW = ("wales", "scotland", "northern-ireland")
ALL = ("england", *NEW)
THERAPIES = sorted(path.stem for path in (ROOT / "content/therapies").glob("*.yaml"))
TODAY = date(2026, 12, 1)
LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."
HOTLINES = {"england": "nhs-111", "wales": "nhs-111", "scotland": "nhs-24", "northern-ireland": "lifeline"}
"""The line of the health service, or of Northern Ireland's crisis response, that every box must hold."""
ACTS = {
    "england": "family-law-1969",
    "wales": "family-law-1969",
    "scotland": "age-of-legal-capacity-1991",
    "northern-ireland": "age-of-majority-ni-1969",
}


@functools.cache
def checked(name: str, *, release: bool = False) -> build.CheckedLibrary:
    """A sample of therapies, in make test-all every one, read, composed and checked for one region."""
    folders = (ROOT / "content", ROOT / "templates", ROOT / "output")
    choice = Choice(() if EVERYTHING else (*sample(THERAPIES),), region=name)
    return build.check(build.Options(*folders, TODAY, choice, release=release))


def region(name: str) -> Region:
    library = checked(name).library
    assert library is not None
    return library.regions[name]


def leaflets(name: str) -> Iterator[Subject]:
    yield from (subject for subject in checked(name).subjects if not subject.item.worksheet)


def lines(name: str, audience: str) -> list[HelpLine]:
    """The lines of one help-now box, in its order."""
    there = {line.id: line for line in region(name).help_lines}
    return [there[line] for line in region(name).help_now[audience].lines]


def words(name: str) -> str:
    """A region's file, comments left out."""
    text = (ROOT / f"content/regions/{name}.yaml").read_text(encoding="utf-8")
    return re.sub(r"(?m)(^| )#.*$", "", text)


def test_these_are_all_that_ship() -> None:
    assert {path.stem for path in (ROOT / "content/regions").iterdir()} == set(ALL)


# Each is whole


@pytest.mark.parametrize("name", ALL)
def test_a_region_has_no_problems(name: str) -> None:
    assert [str(problem) for problem in checked(name).problems] == []
    assert {subject.item.region for subject in leaflets(name)} == {name}
    assert {subject.item.audience for subject in leaflets(name)} == set(AUDIENCES)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_reader_has_a_whole_box_and_the_rules(name: str, audience: str) -> None:
    ids = [line.id for line in lines(name, audience)]
    assert {"emergency", HOTLINES[name]} <= set(ids) and len(ids) >= 4 and len(ids) == len(set(ids))
    assert region(name).help_now[audience].lead.strip()
    assert region(name).privacy[audience].strip() and region(name).consent[audience].strip()
    assert region(name).evidence_bodies


@pytest.mark.parametrize("name", ALL)
def test_the_box_on_the_page_holds_every_line(name: str) -> None:
    for subject in leaflets(name):
        box = subject.sections["help-now"]
        for line in lines(name, subject.item.audience):
            if line.id == "emergency" and subject.item.audience != "professionals":
                assert box.split("\n")[1].startswith("Call 999 or go to A&E now") and "Emergency" not in box
                continue
            assert line.name in box and line.how in box, f"{subject.item.path}: {line.id}"


@pytest.mark.parametrize("name", ALL)
def test_every_line_that_is_there_is_shown_to_somebody(name: str) -> None:
    shown = {line.id for audience in AUDIENCES for line in lines(name, audience)}
    assert {line.id for line in region(name).help_lines} == shown


@pytest.mark.parametrize("name", ALL)
def test_teenagers_read_childline_first_and_who_is_told(name: str) -> None:
    assert [line.id for line in lines(name, "teens")] == ["childline", "shout", HOTLINES[name], "emergency"]
    assert "try to tell you first" in region(name).privacy["teens"]
    assert "adult you trust" in region(name).help_now["teens"].lead


# Each is its own nation's


def test_northern_ireland_has_lifeline_and_no_111() -> None:
    assert not re.search(r"\b111\b|nhs-111|NHS 24", words("northern-ireland"))
    assert {line.how for line in region("northern-ireland").help_lines if line.id == "lifeline"} == {
        "Call 0808 808 8000."
    }


def test_companion_the_search_for_111_finds_it_elsewhere() -> None:
    assert all(re.search(r"\b111\b", words(name)) for name in ("england", "wales", "scotland"))


def test_wales_presses_2() -> None:
    assert [line.how for line in lines("wales", "adults") if line.id == "nhs-111"] == ["Call 111 and press 2."]


def test_scotland_has_the_hub_and_breathing_space_for_adults_alone() -> None:
    how = {line.id: line.how for line in region("scotland").help_lines}
    assert how["nhs-24"] == "Call 111, for the Mental Health Hub."
    assert how["breathing-space"] == "Call 0800 83 85 87."
    readers = {audience for audience in AUDIENCES if "breathing-space" in region("scotland").help_now[audience].lines}
    assert readers == {"adults", "professionals", "easy-read"}  # it is for people over 16


@pytest.mark.parametrize("audience", ["teens", "parents", "professionals"])
def test_in_scotland_adults_begin_at_16(audience: str) -> None:
    text = region("scotland").consent[audience].partition("Your GP usually")[0]
    assert "From 16" in text and "adult" in text and "nder 16" in text
    assert not re.search(r"Gillick|16 (or|and) 17|usually", text)


@pytest.mark.parametrize("name", ["england", "wales", "northern-ireland"])
def test_elsewhere_gillick_competence_decides_below_16(name: str) -> None:
    assert "Gillick" in region(name).consent["professionals"]
    for audience, ages in {"teens": "16 or 17", "parents": "16 or 17", "professionals": "16 and 17"}.items():
        assert ages in region(name).consent[audience] and "nder 16" in region(name).consent[audience]


@pytest.mark.parametrize("name", ALL)
def test_each_names_its_own_act_and_no_other(name: str) -> None:
    assert {act for act in ACTS.values() if act in words(name)} == {ACTS[name]}
    assert ACTS[name] in region(name).sources


@pytest.mark.parametrize("name", NEW)
def test_no_service_of_england_is_a_source_elsewhere(name: str) -> None:
    assert "camhs-privacy" not in words(name)
    assert "England" not in words(name).replace("A survey in England and Wales", ""), "that is where it was"


# What nobody has looked up


UNCHECKED = {
    ("wales", "line", "youngminds-parents"): {"parents"},
    ("scotland", "line", "youngminds-parents"): {"parents"},
    ("scotland", "source", "age-of-legal-capacity-1991"): {"professionals"},
    ("northern-ireland", "line", "youngminds-parents"): {"parents"},
    ("northern-ireland", "source", "age-of-majority-ni-1969"): {"professionals"},
}
"""What --release refuses in a region's own files, and for whom."""


def told(problem: Problem) -> tuple[str, str, str, str]:
    return problem.severity, problem.rule, problem.what, problem.mend


@pytest.mark.parametrize(("name", "kind", "identity"), UNCHECKED)
def test_release_refuses_what_is_unchecked(name: str, kind: str, identity: str) -> None:
    what = f'The {"help line" if kind == "line" else "source"} "{identity}" is unchecked.'
    found = [problem for problem in checked(name, release=True).problems if problem.what == what]
    assert {problem.audience for problem in found} == UNCHECKED[name, kind, identity]
    rule, group = ("A3", "help-lines") if kind == "line" else ("A5", "sources")
    confirm = f" Or a clinician confirms it with the approval: --fact {group}/{identity}."
    assert {told(problem) for problem in found} == {("error", rule, what, LOOK_UP + confirm)}
    assert {place(problem) for problem in found} == {place_of(name, kind, identity)}


def place(problem: Problem) -> tuple[Path, int]:
    return Path(problem.path).resolve(), problem.line


def place_of(name: str, kind: str, identity: str) -> tuple[Path, int]:
    """The file, and the number of the line on which the status of an entry stands."""
    path = ROOT / (f"content/regions/{name}.yaml" if kind == "line" else "content/sources.yaml")
    rows = path.read_text(encoding="utf-8").splitlines()
    first = rows.index(f"  - id: {identity}")
    return path, next(at for at in range(first, len(rows)) if "    status:" in rows[at]) + 1


@pytest.mark.parametrize("name", NEW)
def test_release_refuses_no_other_help_line(name: str) -> None:
    problems = checked(name, release=True).problems
    refused = {problem.what.split('"')[1] for problem in problems if problem.what.startswith("The help line")}
    assert refused == {identity for region_id, kind, identity in UNCHECKED if (region_id, kind) == (name, "line")}


@pytest.mark.parametrize("name", NEW)
def test_what_is_confirmed_was_looked_up_and_what_is_not_says_no_day(name: str) -> None:
    library = checked(name).library
    assert library is not None
    for line in region(name).help_lines:
        assert (line.status == "confirmed") == (line.checked_on is not None), line.id
        assert line.status == library.sources[line.source].status, line.id


# On paper


@pytest.mark.long
@pytest.mark.pdf
@pytest.mark.parametrize("name", NEW)
def test_every_leaflet_of_ipt_is_built_within_its_pages(tmp_path: Path, name: str) -> None:
    for folder in ("content", "templates"):
        (tmp_path / folder).symlink_to(ROOT / folder, target_is_directory=True)
    answer = built(tmp_path, "--region", name, "--therapy", "ipt", "--jobs", "1")
    assert answer["problems"] == []
    made = [path for path in answer["rendered"] if "/leaflets/" in path]
    assert made == [f"regions/{name}/leaflets/{audience}/ipt-{audience}-en.pdf" for audience in sorted(AUDIENCES)]
    for audience, path in zip(sorted(AUDIENCES), made, strict=True):
        pages = read_pdf((tmp_path / "output" / path).read_bytes())
        text = " ".join(line.text for page in pages for line in page.lines)
        said = [line for line in lines(name, audience) if line.id != "emergency" or audience == "professionals"]
        assert all(line.how.rstrip(".") in text for line in said), path
        assert audience == "professionals" or "Call 999 or go to A&E now" in text, path
        least, most = BUDGET[audience]
        assert least <= len(pages) <= most, path
