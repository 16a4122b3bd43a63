"""Step 5: boxes to write in grow into the free height of their page, and a last page is worth filling."""

from __future__ import annotations

from typing import Any

import pytest

from printables.typeset.engine import typeset
from printables.typeset.growth import SPARE, Row, shared_out
from printables.typeset.inspect.text import read_pdf
from printables.typeset.page import Page, Printed, PrintRules

CSS = """
@page { size: A5; margin: 36pt } html { font: 14pt/18pt "Atkinson Hyperlegible" } body, p, h1 { margin: 0 }
:root { --grow: 0pt } .field { display: block; block-size: calc(51pt + var(--grow)); border: 1pt solid #000;
box-sizing: border-box; break-inside: avoid }
.filled { block-size: 240pt } .rest { block-size: 120pt; break-inside: avoid }
"""
PAGE = 595.3 - 72
BOTTOM = 36


def box(name: str, lines: int, most: str = "") -> str:
    field = f'<span class="field" data-field="{name}" data-tip="Write" data-kind="lines"></span>'
    return f'<div data-grow="{lines}"{most}>{field}</div>'


def section(name: str, *inside: str) -> str:
    return f'<section id="{name}"><h2>{name}</h2>{"".join(inside)}</section>'


def printed(*body: str) -> Printed:
    html = f'<html lang="en"><head><title>A sheet</title></head><body><h1>A sheet</h1>{"".join(body)}</body></html>'
    return typeset(Page(html, CSS, rules=PrintRules(last_page_fill=0.0, max_pages=4)))


def boxes(made: Printed) -> list[list[float]]:
    """The heights of the boxes on each page, from the top."""
    shapes = ([shape for shape in page.shapes if shape[3] - shape[1] > 40] for page in read_pdf(made.pdf))
    return [[round(top - bottom) for _, bottom, _, top in sorted(page, key=lambda one: -one[3])] for page in shapes]


def lowest(made: Printed) -> list[float]:
    """The free height below the last box of each page."""
    return [
        min((shape[1] for shape in page.shapes if shape[3] - shape[1] > 40), default=PAGE) - BOTTOM
        for page in read_pdf(made.pdf)
    ]


@pytest.mark.parametrize(
    ("free", "rows", "grown"),
    [
        pytest.param(100, [Row(0, 1, 25, 99), Row(1, 1, 25, 99)], {0: 49, 1: 49}, id="alike"),
        pytest.param(100, [Row(0, 2, 50, 99), Row(1, 4, 50, 99)], {0: 16, 1: 82}, id="by the lines that they ask for"),
        pytest.param(100, [Row(0, 1, 25, 30), Row(1, 1, 25, 99)], {0: 5, 1: 74}, id="to their greatest height"),
        pytest.param(100, [Row(0, 1, 90, 99), Row(1, 1, 20, 99)], {0: 9, 1: 79}, id="until all are full"),
        pytest.param(30, [Row(0, 1, 90, 99), Row(1, 1, 20, 99)], {1: 28}, id="the lowest first"),
        pytest.param(100, [Row(0, 2, 50, 99, levels=2)], {0: 49}, id="two below each other"),
        pytest.param(1, [Row(0, 1, 25, 99)], {}, id="no room"),
        pytest.param(-20, [Row(0, 1, 25, 99)], {}, id="less than none"),
        pytest.param(100, [], {}, id="no rows"),
    ],
)
def test_free_height_is_shared_out(free: float, rows: list[Row], grown: dict[int, float]) -> None:
    got = shared_out(free, rows)
    assert dict(got) == pytest.approx(grown, abs=1)
    assert sum(gain * rows[place].levels for place, gain in got.items()) <= max(0, free - SPARE)


@pytest.mark.pdf
def test_boxes_fill_their_page_by_the_lines_that_they_ask_for() -> None:
    made = printed(section("one", box("a", 2), box("b", 4)))
    assert made.findings == () and made.pages == 1
    ((small, large),) = boxes(made)
    assert large == pytest.approx(2 * small, abs=3)
    assert 0 <= lowest(made)[0] < 4


@pytest.mark.pdf
def test_companion_what_does_not_grow_leaves_the_page_empty() -> None:
    made = printed(section("one", box("a", 2), box("b", 4)).replace("data-grow", "data-stays"))
    assert boxes(made) == [[51, 51]]
    assert lowest(made)[0] > 300


@pytest.mark.pdf
def test_a_box_does_not_outgrow_its_greatest_line() -> None:
    ((height,),) = boxes(printed(section("one", box("a", 2, ' data-most="36"'))))
    assert height == pytest.approx(72, abs=1)


@pytest.mark.pdf
def test_a_section_moves_to_a_last_page_that_would_hold_nothing_to_write_on() -> None:
    """The help and the version alone would stand on it."""
    rest = '<div class="rest"><p>Help</p></div>'
    made = printed(
        section("one", box("a", 3), box("b", 3)), section("two", box("c", 3), box("d", 3)), "<p>x</p>" * 6, rest
    )
    assert made.pages == 2
    assert [len(page) for page in boxes(made)] == [2, 2]
    assert 0 <= lowest(made)[0] < 4


@pytest.mark.pdf
def test_growth_never_takes_a_page() -> None:
    one = printed(section("one", *(box(f"a-{n}", 2) for n in range(9))))
    assert one.pages == 2 and sum(len(page) for page in boxes(one)) == 9
    assert all(0 <= free < 4 for free in lowest(one)[:1])


@pytest.mark.pdf
def test_the_same_page_twice_is_the_same_bytes() -> None:
    made: list[Any] = [printed(section("one", box("a", 2), box("b", 4))).pdf for _ in range(2)]
    assert made[0] == made[1]
