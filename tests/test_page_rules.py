"""Rules of a patient's page that a reader sees at once, and that no other check measures."""

from __future__ import annotations

import re

import pytest
from shipped_case import EVERYTHING, shipped

PATIENTS = ("adults", "teens", "parents")
READ_OUT = 8
"""Words of a heading that checkers would take for a sentence at the head of a page, which no reader is told."""


def pages() -> list[tuple[str, str]]:
    """The path and the HTML of leaflets for patients."""
    found = [one for one in shipped().subjects if one.leaflet.audience.id in PATIENTS]
    found = found if EVERYTHING else [one for one in found if "worksheets" not in one.item.path]
    return [(one.item.path, one.html) for one in found if 'id="does-it-work"' in one.html]


def test_every_section_can_be_named_at_the_head_of_a_page() -> None:
    for path, html in pages():
        headings = re.findall(r"<h2>(.*?)</h2>", html)
        named = re.findall(r'<span class="opens" data-opens="(.*?)">', "".join(headings))
        assert len(named) == len(headings) > 8, path
        assert [head for head in named if len(head.split()) >= READ_OUT] == [], path
        assert "Does it work?" in named, path


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (r'<table class="data options.*?</table>', "choices"),
        (r'<div class="sign-row today">.*?<h3>', "same day"),
    ],
)
def test_cells_end_with_a_full_stop_and_the_same_day_has_a_clock(pattern: str, what: str) -> None:
    found = [part for _, html in pages() for part in re.findall(pattern, html, re.DOTALL)]
    assert found, what
    for part in found:
        if what == "choices":
            assert all(cell.endswith(".") for cell in re.findall(r"<td>(.*?)</td>", part)), part
        else:
            assert "clock" in part.lower(), part
