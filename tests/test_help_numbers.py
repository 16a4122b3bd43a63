"""Help lines differ by nation: no record names one by its number or name, and the regions print them (A3)."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import ROOT, told
from leaflet_case import case as changed
from library_case import LibraryCase
from sheet_case import GOALS, checked

from printables.checks import check_subject, help_numbers
from printables.library.loader import load

MEND = 'Say what kind of help it is, such as "a helpline in this leaflet": the region\'s file prints the number.'


def number(called: str, name: str) -> str:
    return f'"{called}" is the number of a help line ({name}); those differ by region.'


def line_name(name: str) -> str:
    return f'"{name}" is a help line; which ones there are differs by region.'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ring 111 or your GP today.", number("111", "NHS 111")),
        ("You can also use 111.", number("111", "NHS 111")),
        ("Call 999 if you are hurt.", number("999", "Emergency")),
        ("You can call 116 123 at night.", number("116 123", "Samaritans")),
        ("You can call 116-123 at night.", number("116-123", "Samaritans")),
        ("You can text 85258.", number("85258", "Shout")),
        ("Under 19, you can call 08001111.", number("08001111", "Childline")),
        ("You can lean on the YoungMinds Parents Helpline.", line_name("YoungMinds Parents Helpline")),
        ("You can always talk to Childline.", line_name("Childline")),
    ],
)
def test_a_record_that_names_a_help_line(tmp_path: Path, text: str, what: str) -> None:
    found = changed(tmp_path, "adults", {"sections.not_enough": f"You are not alone.\n{text}"})
    expected = ("error", "A3", found.line(text), what, MEND)
    assert [told(p) for p in found.problems if p.rule == "A3"] == [expected]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "You may hear of 111 young people {@ng222}.",
        "A review of 111 trials is about you {@ng222}.",
        "You may hear of 1,111 people or 999.5 hours {@ng222}.",
        "You press 2, and wait 24 hours.",
        "You may shout, or lean on a lifeline. Shout if you want to.",
        "You can call one of the numbers in this leaflet.",
        "You may end up in the Emergency Department.",
    ],
)
def test_words_and_figures_that_name_none(tmp_path: Path, text: str) -> None:
    assert [p for p in changed(tmp_path, "adults", {"sections.not_enough": text}).problems if p.rule == "A3"] == []


@pytest.mark.slow
def test_names_and_titles_are_looked_at_as_well(tmp_path: Path) -> None:
    changes = {"titles.adults.purpose": "When to ring 111.", "techniques.0.name.adults": "How to call 999"}
    found = changed(tmp_path, "adults", changes)
    whats = [number("111", "NHS 111"), number("999", "Emergency")]
    assert [(p.what, p.line) for p in found.problems if p.rule == "A3"] == [
        (whats[0], found.line("When to ring 111.")),
        (whats[1], found.line("How to call 999")),
    ]


@pytest.mark.slow
def test_a_number_for_another_reader_is_told_of_that_reader(tmp_path: Path) -> None:
    found = changed(tmp_path, changes={"sections.warning_signs.parents": "You ring 111 today."})
    assert [p.audience for p in found.problems if p.rule == "A3"] == ["parents"]


def test_a_worksheet_that_names_a_help_line(case: LibraryCase) -> None:
    text = case.text(GOALS)
    assert "Nobody but you has to see it." in text
    case.write(GOALS, text.replace("Nobody but you has to see it.", "You can call 116 123.", 1))
    library, _ = case.load()
    assert library is not None
    found = [p for p in check_subject(checked(library, "my-goals", "adults")) if p.rule == "A3"]
    line = case.line(GOALS, "    Fill in what helps") + 1
    assert [(p.severity, p.line, p.what, p.mend) for p in found] == [
        ("error", line, number("116 123", "Samaritans"), MEND)
    ]


@pytest.mark.slow
def test_every_number_and_name_that_ships_is_known() -> None:
    """The companion: what is searched for is what the four regions print."""
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    numbers, names = help_numbers.known(library.regions)
    assert {"999", "111", "116123", "85258", "08001111", "08000684141", "08088025544", "08088088000"} <= set(numbers)
    assert {"NHS 111 Wales", "NHS 24", "Lifeline", "Breathing Space", "Samaritans"} <= set(names)
