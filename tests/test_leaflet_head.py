"""The head and foot of a leaflet: the drawing beside the title, and the line at the foot of every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import case

LONG_NAME = "Cognitive behavioural therapy for insomnia"


@pytest.mark.slow
def test_the_drawing_shows_and_says_what_the_record_names(tmp_path: Path) -> None:
    scene = {"draws": "wave", "words": {"grows": "It comes", "drops": "and it goes."}}
    html = case(tmp_path, "adults", {"titles.adults.scene": scene}).subject.html
    assert "Words on it: It comes; and it goes.</title>" in html
    assert '<span class="word-grows">It comes</span>' in html
    assert "scene-map" not in html


@pytest.mark.slow
def test_without_a_scene_nothing_is_drawn(tmp_path: Path) -> None:
    assert 'class="scene' not in case(tmp_path, "adults", {"titles.adults.scene": None}).subject.html


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


@pytest.mark.slow
def test_a_foot_that_is_too_long_takes_the_code_where_there_is_no_abbreviation(tmp_path: Path) -> None:
    changes = {"name": LONG_NAME, "abbreviation": None, "code": "SLEEP"}
    assert case(tmp_path, "adults", changes).subject.leaflet.running == "SLEEP: for adults"
