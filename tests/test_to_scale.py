"""The line of a course: phases in proportion, none too narrow for its words, and a number for each session up to 16."""

from __future__ import annotations

import pytest
from leaflet_case import real

from printables.library.spans import Span
from printables.pages.compose import to_scale
from printables.pages.compose.blocks.courses import timeline
from printables.pages.compose.composer import Composer


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([4, 8, 4], [28, 44, 28]),
        ([1, 1], [50, 50]),
        ([5], [100]),
        ([2, 11, 3], [28, 44, 28]),
        ([4, 5, 3], [32, 40, 28]),
        ([1, 5, 5, 5], [21, 26, 26, 27]),
    ],
)
def test_phases_have_their_share_of_the_line_and_room_for_words(lengths: list[int], expected: list[int]) -> None:
    found = to_scale.shares(lengths)
    assert sum(found) == 100
    assert sorted(found) == sorted(expected) and min(found) >= to_scale.NARROWEST[len(lengths)]


def numbers(first: int, last: int, total: int) -> list[str]:
    return [cell["number"] for cell in to_scale.cells(first, last, total)]


def test_up_to_16_sessions_each_has_its_number() -> None:
    assert numbers(13, 16, 16) == ["13", "14", "15", "16"]
    assert numbers(1, 4, 17) == ["4"], "17 are a ruler"


def test_a_ruler_is_marked_at_even_steps_and_divided_where_a_phase_ends() -> None:
    assert numbers(5, 22, 28) == ["8", "12", "16", "20", ""]
    assert numbers(23, 28, 28) == ["24", "28"]
    assert numbers(47, 52, 52) == ["48", ""]


@pytest.mark.parametrize("last", range(1, 17))
def test_the_parts_of_a_phase_fill_it_and_never_more(last: int) -> None:
    assert 99.8 < sum(cell["share"] for cell in to_scale.cells(1, last, 16)) <= 100
    assert 99.8 < sum(cell["share"] for cell in to_scale.cells(5, 5 + last, 52)) <= 100


def drawn(sessions: int, every: int) -> tuple[str, str | None]:
    """How the course of IPT is drawn, and what stands under its last phase, were it of so many sessions."""
    subject = real("adults")
    composer = Composer(subject.library, subject.item)
    course = composer.courses[0]
    phases = [*course.phases[:-1], with_last(course.phases[-1], sessions)]
    longer = course.model_copy(
        update={
            "sessions": Span.model_validate({"from": str(sessions), "unit": "sessions"}),
            "every": Span.model_validate({"from": str(every), "unit": "weeks"}),
            "phases": phases,
        }
    )
    place = composer.therapy.courses.index(course)
    courses = [*composer.therapy.courses[:place], longer, *composer.therapy.courses[place + 1 :]]
    composer.therapy = composer.therapy.model_copy(update={"courses": courses})
    block = timeline(composer, "timeline")
    assert block is not None
    (found,) = block.data["courses"]
    return found["kind"], found["phases"][-1]["when"]


def with_last(phase: object, last: int) -> object:
    span = Span.model_validate({"from": "13", "to": str(last), "unit": "sessions"})
    return phase.model_copy(update={"sessions": span})  # type: ignore[attr-defined]


def test_a_long_course_is_told_in_weeks_only_where_each_has_one_session() -> None:
    assert drawn(16, 1) == ("numbered", "Sessions 13 to 16")
    assert drawn(20, 1) == ("ruler", "Weeks 13 to 20")
    assert drawn(20, 2) == ("ruler", "Sessions 13 to 20")


def test_the_page_says_the_sessions_in_words_beside_the_numbers_that_it_draws() -> None:
    html = real("adults").html
    assert 'data-number="16"' in html and "Sessions 13 to 16" in html
    assert 'aria-hidden="true"' in html, "the drawn numbers are not read aloud a second time on the web page"
