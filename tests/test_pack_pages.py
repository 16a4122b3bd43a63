"""How a session becomes pages: nothing is lost on the way, and no page but the last is nearly empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from printables.library.packs import PackSession
from printables.packs.book import BookActivity, SessionPage
from printables.packs.geometry import PageGeometry, geometry_of
from printables.packs.pieces import pieces
from printables.packs.rail import with_session_rail
from printables.packs.session_pages import height_of, session_pages

A4 = geometry_of(("a4",))
PARAGRAPH = "<p>" + "A sentence of eight words that says little. " * 6 + "</p>"


def activity(number: int, paragraphs: int, lines: int = 0) -> BookActivity:
    html = Markup(PARAGRAPH.replace("little", f"little {number}") * paragraphs)  # noqa: S704 - made above
    return BookActivity(
        f"1.{number}", f"Activity {number}", 10, 10 * (number - 1), html, lines, Markup("<p>Say it.</p>")
    )


def made(activities: list[BookActivity], sheet: PageGeometry = A4, questions: int = 3) -> list[SessionPage]:
    session = PackSession.model_validate(
        {
            "id": "one",
            "title": "One",
            "minutes": 10 * len(activities),
            "aims": ["Say what a goal is."],
            "activities": [{"title": one.title, "minutes": 10} for one in activities],
            "questions": ["What is a goal, and whose is it?"] * questions,
        }
    )
    return list(session_pages(activities, session, sheet))


SESSIONS = [
    [activity(1, 2), activity(2, 8, 5), activity(3, 3, 4)],
    [activity(1, 3), activity(2, 9), activity(3, 9), activity(4, 2)],
    [activity(1, 6), activity(2, 1, 14)],
    [activity(1, 30)],
    [activity(number, 3) for number in range(1, 15)],
    [activity(1, 1)],
]


@pytest.mark.parametrize("styles", [("a4",), ("letter",), ("a5",), ("a4", "large-print")])
@pytest.mark.parametrize("activities", SESSIONS)
def test_all_words_notes_and_questions_stand_on_the_pages_once(
    activities: list[BookActivity], styles: tuple[str, ...]
) -> None:
    pages = made(activities, geometry_of(styles))
    inside = [one for page in pages for one in page.activities]
    assert "".join(str(one.html) for one in inside) == "".join(str(one.html) for one in activities)
    assert [one.number for one in inside if not one.continued] == [one.number for one in activities]
    assert len([one for one in inside if one.notes]) == len(activities)
    assert [page.talk for page in pages] == [False] * (len(pages) - 1) + [True]
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


@pytest.mark.parametrize("activities", SESSIONS)
def test_no_page_but_the_last_is_nearly_empty_and_none_too_full(activities: list[BookActivity]) -> None:
    for page in made(activities)[:-1]:
        height = sum(height_of(one, A4) + A4.ruled * one.lines for one in page.activities)
        assert 0.6 * A4.room < height + 24 <= A4.room


def test_free_room_goes_to_those_who_write_and_to_the_questions() -> None:
    (page,) = made([activity(1, 1), activity(2, 1, 3)])
    first, second = page.activities
    assert first.lines == 0 and second.lines > 3 and page.answers > 0
    (bare,) = made([activity(1, 1)], questions=0)
    assert bare.activities[0].lines == 0 and bare.answers == 0


def test_a_page_ends_between_paragraphs_and_never_behind_what_leads_into_a_list() -> None:
    found = pieces(
        "<p>One.</p><p>These are:</p><ul><li><p>a</p></li></ul><p><strong>Bold</strong></p><ol><li>b</li></ol>"
    )
    assert found == [
        "<p>One.</p>",
        "<p>These are:</p><ul><li><p>a</p></li></ul>",
        "<p><strong>Bold</strong></p><ol><li>b</li></ol>",
    ]
    assert pieces("<p>a<br>b</p>\n<p>c</p>") == ["<p>a<br>b</p>", "\n<p>c</p>"]


def test_the_rail_is_to_scale_and_marks_what_the_page_is_about() -> None:
    activities = [activity(1, 9), activity(2, 9), activity(3, 2)]
    first, *_ = with_session_rail(made(activities), activities, 30)
    assert [(part.starts, round(part.share, 2)) for part in first.rail] == [(0, 33.33), (10, 33.33), (20, 33.33)]
    assert [part.label for part in first.rail if part.here] == [one.number for one in first.activities]


def test_the_style_sheet_has_the_margins_and_letters_that_are_reckoned_with() -> None:
    home = Path(__file__).resolve().parent.parent / "templates/_pack"
    usual, large = ((home / name).read_text(encoding="utf-8") for name in ("pack.css", "large-print.css"))
    assert re.search(r"@page \{ margin: 42pt 57pt 48pt; \}", usual) and "margin: 42pt 57pt 75pt" in large
    for css, sheet in ((usual, A4), (large, geometry_of(("a4", "large-print")))):
        assert f"--leading: {sheet.line}pt" in css and f"--ruled: {sheet.ruled:g}pt" in css
