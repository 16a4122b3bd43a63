"""The head and foot of a leaflet: the drawing of what a therapy joins, and the line at the foot of every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import case
from library_case import IPT, LibraryCase

LONG_NAME = "Cognitive behavioural therapy for insomnia"


@pytest.mark.slow
def test_the_drawing_shows_and_says_what_the_record_names(tmp_path: Path) -> None:
    html = case(tmp_path, "adults", {"titles.adults.loop": {"first": "habits", "second": "sleep"}}).subject.html
    assert "A loop of two arrows that join habits and sleep. Each affects the other." in html
    assert ">habits</text>" in html and ">sleep</text>" in html
    assert "relationships</text>" not in html


@pytest.mark.slow
def test_without_a_loop_nothing_is_drawn(tmp_path: Path) -> None:
    assert "illustration" not in case(tmp_path, "adults", {"titles.adults.loop": None}).subject.html


@pytest.mark.parametrize(
    ("loop", "key", "said"),
    [
        ("{first: behaviours, second: sleep}", "first", '"behaviours" has 10 letters; 9 fit.'),
        ("{first: mood, second: communications}", "second", '"communications" has 14 letters; 13 fit.'),
    ],
)
def test_a_word_that_does_not_fit_into_the_drawing(case: LibraryCase, loop: str, key: str, said: str) -> None:
    line = case.replace(IPT, "    loop:", f"    loop: {loop}")
    assert case.problems() == [f"{IPT}:{line}: titles.adults.loop.{key}: {said} Say it in a shorter word."]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "audience", "foot"),
    [
        (LONG_NAME, "professionals", "IPT: for professionals, not a patient handout"),
        (LONG_NAME, "adults", "IPT: for adults"),
        ("Cognitive therapy for insomnia", "adults", "Cognitive therapy for insomnia: for adults"),
        ("Sleep therapy", "professionals", "Sleep therapy: for professionals, not a patient handout"),
    ],
)
def test_a_foot_that_is_too_long_for_a_line_takes_the_abbreviation(
    tmp_path: Path, name: str, audience: str, foot: str
) -> None:
    assert case(tmp_path, audience, {"name": name}).subject.leaflet.running == foot
