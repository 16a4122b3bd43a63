"""The drawn parts of a record: examples, answers, options, people, rows. Each is printed where a record fills it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from leaflet_case import ROOT, case, library, real
from pydantic import ValidationError

from printables.checks import evidence
from printables.checks.subject import Subject
from printables.library.parts import SIGNS, Example, People, Row
from printables.library.therapies import Therapy
from printables.pages.compose.blocks.registry import all_blocks
from printables.pages.compose.leaflet import Block

ANNA = {"who": "Anna", "says": "No."}
BROTHER = {"who": "Her brother", "thinks": "Why not?"}


def blocks(subject: Subject, component: str) -> list[Block]:
    return [one for section in subject.leaflet.sections for one in section.blocks if one.component == component]


def block(subject: Subject, component: str) -> Block:
    (found,) = blocks(subject, component)
    return found


def refused(kind: type[Any], value: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(value)
    return str(caught.value.errors()[0]["msg"])


# Examples


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({}, "either panels or an exchange"),
        ({"panels": [{"lead": "A."}, {"lead": "B."}], "exchange": [ANNA, BROTHER]}, "either panels or an exchange"),
        ({"panels": [{"lead": "A."}]}, "There are 1 panels"),
        ({"panels": [{"lead": "A."}] * 5}, "There are 5 panels"),
        ({"exchange": [ANNA]}, "needs an answer"),
        ({"exchange": [ANNA, {"who": "Her brother"}]}, "must either say or think"),
        ({"exchange": [ANNA, {**ANNA, "thinks": "Yes."}]}, "must either say or think"),
    ],
)
def test_an_example_that_cannot_be_drawn_is_refused(value: dict[str, Any], what: str) -> None:
    assert what in refused(Example, value)
    assert Example.model_validate({"exchange": [ANNA, BROTHER]}).exchange[1].thinks == "Why not?"


@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_an_example_says_that_it_is_made_up_before_anything_else(audience: str) -> None:
    text = real(audience).page["example"]
    assert text.splitlines()[:2] == ["How it might go", "A made-up example."]


def test_who_speaks_first_is_the_one_that_is_filled() -> None:
    data = block(real("adults"), "example").data
    said = [one for panel in data["panels"] for one in panel["said"]]
    assert {one["who"] for one in said if one["first"]} == {"Anna:", "Anna thinks:"}
    assert {one["who"] for one in said if not one["first"]} == {"Therapist:", "Her brother:"}
    assert [one["who"] for one in block(real("parents"), "example").data["exchange"]][:2] == ["Dad:", "Maya:"]


@pytest.mark.slow
def test_prose_is_a_third_form_of_an_example(tmp_path: Path) -> None:
    subject = case(tmp_path, "adults", {"example": {}, "sections.example": "You ring a friend."}).subject
    assert "You ring a friend." in block(subject, "example").data["html"]
    assert "A made-up example." in subject.page["example"]


# Answers, options, rows


def test_every_question_has_its_answer_behind_it() -> None:
    rows = block(real("teens"), "answers").data["rows"]
    assert 4 <= len(rows) <= 6
    text = real("teens").page["answers"]
    assert "What if I cry, or can't talk? Both happen" in text


@pytest.mark.slow
def test_options_are_a_table_and_on_a_narrow_page_a_list() -> None:
    html = real("adults", "dbt").html
    assert '<table class="data options">' in html and '<ul class="options">' not in html
    narrow = narrow_html()
    assert '<ul class="options">' in narrow and '<table class="data options">' not in narrow
    for row in block(real("adults", "dbt"), "options").data["rows"]:
        assert str(row["name"]) in narrow and str(row["does"]) in narrow and str(row["suits"]) in narrow


def narrow_html() -> str:
    from printables.library.editions import edition
    from printables.pages.compose.leaflet import LeafletStyle
    from printables.pages.templates.render import Pages

    pages = Pages(ROOT / "templates", ROOT / "templates")
    html, problems = pages.html(real("adults", "dbt").leaflet.dressed(LeafletStyle("adults", edition("a5"))))
    assert problems == []
    return html


@pytest.mark.slow
def test_rows_are_shown_where_a_record_has_them(tmp_path: Path) -> None:
    assert blocks(real("adults"), "rows") == []
    rows = [{"sign": "phone", "words": "You can ring."}, {"sign": "talk", "words": "You meet one therapist."}]
    subject = case(tmp_path, "adults", {"rows": {"adults": rows}}).subject
    assert [row["sign"] for row in block(subject, "rows").data["rows"]] == ["phone", "talk"]
    assert "You meet one therapist." in subject.page["what-it-is"]


def test_a_sign_that_the_kit_has_not_is_refused() -> None:
    assert 'Did you mean "phone"?' in refused(Row, {"sign": "phon", "words": "You can ring."})
    drawn = (ROOT / "templates/_components/scene/things.html").read_text(encoding="utf-8")
    assert set(re.findall(r'^  "(\w+)": \{', drawn, re.MULTILINE)) == set(SIGNS)


# People


def people(of: int, count: int) -> dict[str, Any]:
    words = {"adults": "of them stopped early {@crawford-2016}."}
    return {"id": "stopped", "of": str(of), "count": str(count), "words": words, "sources": ["crawford-2016"]}


def test_people_are_20_or_100_and_no_more_are_filled() -> None:
    assert "50 people are not drawn" in refused(People, people(50, 5))
    assert "21 of 20 is more than all" in refused(People, people(20, 21))
    assert People.model_validate(people(20, 20)).count == 20


@pytest.mark.slow
def test_people_are_drawn_and_said(tmp_path: Path) -> None:
    html = case(tmp_path, "adults", {"people": [people(100, 5)]}).subject.html
    assert "5 of 100 people are filled in" in html and ">5 in 100</strong>" in html
    filled, others = re.findall(r'<path fill="[^"]+" d="(M[^"]+)"', html[html.index('class="crowd"') :])[:2]
    assert (filled.count("a3 3"), others.count("a3 3")) == (5, 95)


def bases(subject: Subject) -> list[str]:
    (check,) = [one for one in evidence.CHECKS if one.find is evidence.mixed_bases]
    return [problem.what for problem in check(subject)]


@pytest.mark.slow
def test_a_leaflet_that_mixes_bases_is_refused(tmp_path: Path) -> None:
    assert bases(real("adults")) == []
    twenty = case(tmp_path / "drawn", "adults", {"people": [people(20, 3)]}).subject
    assert bases(twenty) == ["A share is told out of 20, and another on this leaflet out of 100."]
    told = {"sections.downsides": "It can hurt. About 1 in 20 felt worse {@crawford-2016}."}
    assert bases(case(tmp_path / "told", "adults", told).subject) == [
        "A share is told out of 20, and another on this leaflet out of 100."
    ]


@pytest.mark.slow
def test_shares_that_are_all_told_out_of_20_are_a_warning(tmp_path: Path) -> None:
    told = {"sections.downsides": "It can hurt. About 1 in 20 felt worse {@crawford-2016}."}
    found = case(tmp_path, "professionals", told)
    (problem,) = found.saying("A share is told out of")
    assert (problem.severity, problem.rule, problem.line) == ("warning", "A18", found.line("About 1 in 20"))
    assert f"{problem.what} {problem.mend}" == (
        'A share is told out of 20; out of 100 people can compare it. Write how many in 100: "5 in 100" for "1 in 20".'
    )


# All of them


def test_what_no_record_fills_is_not_drawn() -> None:
    """The other therapies look as before: no empty heading stands on their leaflets."""
    new = {"example", "first-session", "between-sessions", "answers", "while-you-wait", "how-we-know"}
    ids = {section.id for section in real("professionals").leaflet.sections}
    assert not ids & new
    assert new <= {section.id for section in real("adults").leaflet.sections}
    for audience in ("adults", "teens", "parents"):
        optional = {b.show for s in library().audiences[audience].sections for b in s.blocks if b.optional}
        assert {"example", "answers", "options", "people", "rows"} <= optional


def test_each_part_of_the_record_has_a_block() -> None:
    parts = {"example", "answers", "options", "people", "rows"}
    assert parts <= set(Therapy.model_fields) and parts <= set(all_blocks())
