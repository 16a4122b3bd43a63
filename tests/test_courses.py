"""A course says what is known: a group beside the sessions, what a range means, no number where nobody gives one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from leaflet_case import Case, case
from library_case import IPT, LibraryCase
from test_self_harm import dbt

PHASE = {"id": "one", "name": {"any": "Start"}, "words": {"adults": "You begin."}, "sources": ["ng222"]}
UNKNOWN = {
    "id": "adults",
    "population": "adults",
    "remark": {"adults": "You can ask how many there are.", "professionals": "No number is given."},
    "sources": ["ng222"],
    "status": "confirmed",
    "phases": [PHASE],
}


def facts(found: Case) -> str:
    return " ".join(found.subject.sections["in-short"].split())


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_dbt_says_on_page_1_that_each_week_holds_a_session_and_a_group(audience: str) -> None:
    text = " ".join(dbt("england")[audience].sections["in-short"].split())
    assert "ach week" in text and "therapist" in text and "skills group" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("audience", "section"), [("adults", "in-short"), ("teens", "what-happens"), ("parents", "in-short")]
)
def test_dbt_has_a_figure_for_the_weekly_group(audience: str, section: str) -> None:
    (block,) = [
        block
        for one in dbt("england")[audience].leaflet.sections
        if one.id == section
        for block in one.blocks
        if block.show == "facts"
    ]
    weekly = [(item["figure"], item["label"]) for item in block.data["items"] if item["figure"] == "Once a week"]
    whose = "with a therapist" if audience == "parents" else "with your own therapist"
    group = "in a skills group: 120 minutes each time" if audience == "adults" else "in a skills group"
    assert weekly == [("Once a week", whose), ("Once a week", group)]


@pytest.mark.parametrize(
    ("audience", "section", "figure", "whose"),
    [
        ("adults", "in-short", "26 to 52 sessions", "with your own therapist"),
        ("teens", "what-happens", "16 to 52 sessions", "with your own therapist"),
        ("parents", "in-short", "16 to 52 sessions", "with a therapist"),
    ],
)
def test_the_sessions_of_dbt_are_those_with_the_therapist_and_there_are_as_many_groups(
    audience: str, section: str, figure: str, whose: str
) -> None:
    text = " ".join(dbt("england")[audience].sections[section].split())
    assert f"{figure} {whose}" in text
    assert "as many group sessions" in text


@pytest.mark.parametrize("audience", ["adults", "teens", "parents", "professionals"])
def test_the_phases_of_dbt_speak_of_the_group(audience: str) -> None:
    sections = dbt("england")[audience].leaflet.sections
    (block,) = [block for section in sections for block in section.blocks if block.show == "timeline"]
    assert any("group" in words.text for words in block.words)


def test_professionals_see_the_group_in_the_table_of_courses() -> None:
    html = " ".join(dbt("england")["professionals"].html.split())
    assert "Adults: skills group" in html and "<td>alongside</td><td>120 minutes</td><td>once a week</td>" in html


@pytest.mark.slow
def test_without_a_number_the_box_says_what_to_ask_and_the_phases_count_nothing(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"courses.0": UNKNOWN})
    assert facts(found).endswith("You can ask how many there are.")
    html = found.subject.html
    assert "Sessions 1" not in html and 'class="scale-line"' not in html and "You begin." in html


@pytest.mark.slow
def test_a_group_beside_the_sessions(tmp_path: Path) -> None:
    group = {"id": "group", "name": {"adults": "in a class", "any": "class"}, "every": {"from": "2", "unit": "weeks"}}
    found = case(tmp_path, "adults", {"courses.0.beside": [group], "courses.0.each": {"any": "with your therapist"}})
    assert "Once a week with your therapist Every 2 weeks in a class" in facts(found)


def refused(case_: LibraryCase, line: str, new: str) -> str:
    case_.replace(IPT, line, new, "courses:")
    (problem,) = case_.problems()
    return problem.partition(": ")[2]


@pytest.mark.slow
def test_neither_a_number_nor_what_to_ask(case: LibraryCase) -> None:
    what = "The course says neither how many sessions there are nor what to ask."
    mend = "Write sessions, or say under remark that no number is known."
    case.write(IPT, re.sub(r"    remark:\n      adults: \|\n        .*\n", "", case.text(IPT), count=1))
    start, end = case.line(IPT, "    sessions:", "courses:"), case.line(IPT, "  - id: young-people", "courses:")
    lines = case.text(IPT).splitlines()
    at = case.line(IPT, "    phases:", "courses:")
    case.write(IPT, "\n".join([*lines[: start - 1], *lines[start : at - 1], *lines[end - 1 :]]) + "\n")
    assert [problem.partition(": ")[2] for problem in case.problems()] == [f"courses.1: {what} {mend}"]


def test_something_beside_and_no_word_on_what_each_is(case: LibraryCase) -> None:
    new = "    beside: [{id: group, name: {any: in a group}, every: {from: 1, unit: weeks}}]\n{}"
    what = 'Beside the sessions there is "group", so "once a week" alone says too little.'
    mend = "Write every, and under each what it is: with your own therapist."
    assert refused(case, "    sources:", new) == f"courses.1: {what} {mend}"


def test_some_phases_counted_and_others_not(case: LibraryCase) -> None:
    assert case.line(IPT, "        sessions:", "courses:")
    what = "Only some of the numbers of sessions are there."
    mend = "Give course and phases sessions, or none."
    assert refused(case, "        sessions:", "        # none") == f"courses.1: {what} {mend}"


def test_phases_that_end_before_the_last_session(case: LibraryCase) -> None:
    what = "The last phase ends before the last session."
    mend = "End it with session 20."
    new = "    sessions: {from: 8, to: 20, unit: sessions}"
    assert refused(case, "    sessions:", new) == f"courses.1: {what} {mend}"
