"""A weekly group beside the therapist stands among the facts on page 1, or is asked for there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from leaflet_case import Case, case, found_by, real, told

from printables.checks import commitment
from printables.checks.language import profile

SENTENCE = "Each week you see your therapist and go to a group."
GROUP: dict[str, Any] = {
    "courses.0.each": {"adults": "with your therapist", "professionals": "individual"},
    "courses.0.beside": [
        {
            "id": "group",
            "name": {"adults": "in a group", "professionals": "group"},
            "every": {"from": 1, "unit": "weeks"},
        }
    ],
}


def problems(found: Case) -> list[tuple[str, str, int, str, str]]:
    return [told(problem) for problem in found_by(commitment, found.subject)]


@pytest.mark.slow
def test_a_group_that_the_facts_do_not_name(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.sessions": f"You meet first.\n{SENTENCE}"})
    what = f'"{SENTENCE}" tells of a weekly group, which is not among the facts on page 1.'
    mend = "Name it under beside in this reader's course, or take it out."
    assert problems(found) == [("warning", "B6", found.line(SENTENCE), what, mend)]


@pytest.mark.slow
def test_a_group_that_they_name(tmp_path: Path) -> None:
    assert problems(case(tmp_path, "adults", {"sections.sessions": SENTENCE, **GROUP})) == []


@pytest.mark.slow
def test_the_shipped_group_of_dbt_is_among_the_facts() -> None:
    subject = real("adults", "dbt")
    assert any(subject.language.weekly_group.search(text) for _, _, text in subject.texts())
    assert found_by(commitment, subject) == []


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        (SENTENCE, True),
        ("Your child has a session and a group once a week.", True),
        ("The group meets each week.", False),
        ("Some people see a therapist, others go to a group.", False),
        ("You see your therapist each week.", False),
    ],
)
def test_what_tells_of_a_weekly_group_beside_a_therapist(sentence: str, *, tells: bool) -> None:
    assert bool(profile("en").weekly_group.search(sentence)) is tells
