"""The key: what the bars and the marks of a leaflet mean, once, and nothing that the leaflet does not print."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import AUDIENCES, case, real

from printables.checks.subject import Subject

CONSENSUS, UNCHECKED = "clinical consensus", "not yet checked"


def key(subject: Subject) -> dict[str, object]:
    (block,) = [block for section in subject.leaflet.sections for block in section.blocks if block.component == "key"]
    return dict(block.data)


def signs(subject: Subject) -> list[str]:
    return [mark["sign"] for mark in key(subject)["marks"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("audience", [one for one in AUDIENCES if one != "easy-read"])
def test_every_leaflet_has_one_key_to_its_bars(audience: str) -> None:
    subject = real(audience)
    assert [level["word"] for level in key(subject)["levels"]] == ["strong", "moderate", "limited"]  # type: ignore[attr-defined]
    assert subject.html.count('<div class="key">') == 1
    lead = str(key(subject)["lead"])
    assert "our own judgement" in lead and ("NICE" in lead) is (audience == "professionals")


def test_professionals_read_a_mark_in_the_text_and_its_words_once() -> None:
    html = real("professionals").html
    assert html.count("†") > 5 and html.count(CONSENSUS) == 1
    assert signs(real("professionals")) == ["†"]
    assert signs(real("adults")) == []


@pytest.mark.slow
def test_what_is_not_checked_has_a_mark_and_its_words_once(tmp_path: Path) -> None:
    changed = {f"claims.{number}.status": "unchecked" for number in range(3)}
    subject = case(tmp_path, "adults", changed).subject
    assert signs(subject) == ["‡"]
    assert subject.html.count("‡") == 4 and subject.html.count(UNCHECKED) == 1
