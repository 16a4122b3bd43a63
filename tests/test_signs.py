"""Signs to act on: the most urgent row first, with the region's own words, and all rows on one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from leaflet_case import ROOT, case, real

from printables.checks.subject import Subject
from printables.pages.compose.leaflet import Block

SAME_DAY = "Get help the same day if your child:\n\n- talks of dying\n- cannot sleep."


def signs(subject: Subject) -> Block:
    (block,) = [one for section in subject.leaflet.sections for one in section.blocks if one.component == "signs"]
    return block


def row_names(subject: Subject) -> list[str]:
    return [row["name"] for row in signs(subject).data["rows"]]


def test_the_region_says_first_when_to_call_the_emergency_number() -> None:
    block = signs(real("parents"))
    assert row_names(real("parents"))[0] == "now"
    assert block.words[0].name == "emergency" and "regions" in block.words[0].place.path


@pytest.mark.slow
def test_a_record_with_one_text_has_two_rows_and_one_with_three_has_three(tmp_path: Path) -> None:
    one = {"sections.same_day": {}, "sections.warning_signs": SAME_DAY, "region:ask_about_suicide": {}}
    assert row_names(case(tmp_path / "one", "parents", one).subject) == ["now", "today"]
    three = {"sections.same_day": SAME_DAY, "sections.act_now": "Act.", "sections.ask": "Ask about food, too."}
    subject = case(tmp_path / "three", "parents", three).subject
    assert row_names(subject) == ["now", "today", "ask"]
    assert [words.name for words in signs(subject).words] == [
        "emergency",
        "act_now",
        "same_day",
        "ask_about_suicide",
        "ask",
    ]


@pytest.mark.slow
def test_who_finds_the_question_behind_the_first_session_does_not_find_it_here_again(tmp_path: Path) -> None:
    subject = case(tmp_path, "adults", {"sections.same_day": SAME_DAY}).subject
    assert row_names(subject) == ["now", "today"]
    assert subject.text.count("Asking does not put the idea") == 1


@pytest.mark.slow
def test_without_signs_the_message_says_where_to_write_them(tmp_path: Path) -> None:
    none: dict[str, Any] = {"sections.same_day": {}, "sections.warning_signs": {}}
    (problem,) = case(tmp_path, "parents", none).saying('"signs" has nothing for parents')
    assert problem.mend == 'Write "parents:" under sections, same_day.'


@pytest.mark.slow
def test_signs_without_the_regions_words_on_emergencies_are_refused(tmp_path: Path) -> None:
    changes: dict[str, Any] = {"region:emergency": {}, "region:ask_about_suicide": {}}
    found = case(tmp_path, "parents", changes).saying("Signs to act on need the region's")
    assert [(problem.severity, problem.what.split("need the region's ")[1], problem.mend) for problem in found] == [
        (
            "error",
            'words on emergencies, and "emergency" has nothing for parents and carers.',
            'Write "parents:" under emergency.',
        ),
        (
            "error",
            'question about suicide, and "ask_about_suicide" has nothing for parents and carers.',
            'Write "parents:" under ask_about_suicide.',
        ),
    ]


def test_the_rows_are_never_parted() -> None:
    css = (ROOT / "templates/_components/signs/style.css").read_text(encoding="utf-8")
    (row,) = re.findall(r"\.signs \.sign-row \{([^}]*)\}", css)
    assert "break-inside: avoid" in row
