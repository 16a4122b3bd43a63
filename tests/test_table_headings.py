"""No table has more header cells than others, on any page that it goes on to: checkers take it for a damaged one."""

from __future__ import annotations

import dataclasses
import functools
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import outloud
import pikepdf
import pytest
from leaflet_case import ROOT, TODAY
from sheet_case import PAGES
from test_components import EVERY, drawn, page
from warm import printed_once

from printables.library.editions import STANDARD, Edition
from printables.pages.formats.html_tree import parse
from printables.pipeline import build, print_job
from printables.plan import Choice
from printables.typeset.engine import typeset
from printables.typeset.page import Page

FEWEST = 6
"""Checkers leave smaller tables alone."""
NAMED = ("mood-and-contact-diary", "communication-analysis", "skills-diary")
"""The worksheets with a table whose rows have headings."""
SPLIT = [
    ("mood-and-contact-diary", "adults", Edition(paper="a5")),
    ("communication-analysis", "adults", Edition(large_print=True)),
]
"""Where the fewest rows stand on a second page. In the first of them, one row stood there alone."""
FLAT = [one for one in STANDARD if not (one.booklet or one.trifold or one.private_cover)]
"""The editions of worksheets."""
RULE = re.compile(r"tbody > tr:has[^{]*\{ break-after: avoid; \}")
"""What keeps rows together in page.css."""


@functools.cache
def sheets(edition: Edition) -> dict[tuple[str, str], Page]:
    """These worksheets as they ship, by name and reader."""
    choice = Choice(worksheets=NAMED, editions=(edition,))
    made = build.check(build.Options(ROOT / "content", ROOT / "templates", ROOT / "output", TODAY, choice))
    assert made.problems == ()
    return {(one.item.record, one.item.audience): print_job.print_job(PAGES, one).page for one in made.subjects}


def job(sheet: str, audience: str, edition: Edition) -> Page:
    return sheets(edition)[sheet, audience]


@functools.cache
def pdf_of(given: Page) -> bytes:
    return printed_once(typeset)(given).pdf


def tables(pdf: bytes) -> list[tuple[int, int]]:
    """How many header cells and how many others each table has; one that goes on has one count for each page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [each for each in _tags(opened.Root.StructTreeRoot) if each.get("/S") == "/Table"]
        return [_counts(str(each.get("/S")) for each in _tags(table)) for table in found]


def _tags(element: Any) -> Iterator[Any]:
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from _tags(kid)


def _counts(tags: Iterator[str]) -> tuple[int, int]:
    named = [tag.lstrip("/").lower() for tag in tags]
    return named.count("th"), named.count("td")


def top_heavy(counts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that checkers refuse (TBL-010 of `outloud`)."""
    return [(heads, others) for heads, others in counts if heads > others > 0 and heads + others >= FEWEST]


def lowered(given: Page, by: int) -> Page:
    """The same page with so many points above its table, so that the page ends after another row of it."""
    table = '<table class="ws-table"'
    moved = given.html.replace(table, f'<div style="block-size: {by}pt"></div>{table}')
    assert moved != given.html
    return dataclasses.replace(given, html=moved)


def at_every_height(change: Callable[[Page], Page]) -> list[list[tuple[int, int]]]:
    usual = change(job(*SPLIT[0]))
    return [tables(pdf_of(lowered(usual, by))) for by in range(0, 300, 30)]


@pytest.mark.pdf
@pytest.mark.parametrize(("sheet", "audience", "edition"), SPLIT)
def test_no_row_with_a_heading_stands_alone_on_a_page(sheet: str, audience: str, edition: Edition) -> None:
    parts = tables(pdf_of(job(sheet, audience, edition)))
    assert len(parts) > 1  # it goes on: nothing would be found otherwise
    assert top_heavy(parts) == []


@pytest.mark.pdf
@pytest.mark.long
@pytest.mark.parametrize("edition", FLAT, ids=lambda edition: edition.name)
def test_nor_in_any_other_edition_of_such_a_worksheet(edition: Edition) -> None:
    for which, given in sheets(edition).items():
        assert top_heavy(tables(pdf_of(given))) == [], which


@pytest.mark.pdf
def test_nor_wherever_the_page_ends() -> None:
    found = at_every_height(lambda given: given)
    assert [top_heavy(parts) for parts in found] == [[]] * len(found)
    assert len({tuple(parts) for parts in found if len(parts) > 1}) > 3


@pytest.mark.pdf
def test_companion_without_the_rule_a_row_is_left_alone_and_a_checker_says_so(tmp_path: Any) -> None:
    def without(given: Page) -> Page:
        css, rules = RULE.subn("", given.css)
        assert rules == 1
        return dataclasses.replace(given, css=css)

    assert any(top_heavy(parts) for parts in at_every_height(without))
    path = tmp_path / "sheet.pdf"
    path.write_bytes(pdf_of(without(job(*SPLIT[0]))))
    assert "TBL-010" in {finding.rule for finding in outloud.check(str(path)).findings}


def html_tables(html: str) -> list[tuple[int, int]]:
    return [_counts(each.tag for each in table.elements()) for table in parse(page(html)).below("table")]


def test_no_component_draws_a_table_of_more_headings_than_cells() -> None:
    found = {(name, example["name"]): html_tables(drawn(name, example["data"])) for name, example in EVERY}
    assert sum(len(each) for each in found.values()) > 15
    assert {which: each for which, each in found.items() if top_heavy(each)} == {}


ROWS = {"techniques-table": "items", "phases-table": "courses"}
"""What the rows of these tables are called; elsewhere, rows."""


def shortened(data: dict[str, Any], key: str, count: int) -> dict[str, Any]:
    """The data of a table with so many rows; of courses, the first with so many phases."""
    if key != "courses":
        return {**data, key: data[key][:count]}
    course = data["courses"][0]
    return {**data, "courses": [{**course, "phases": course["phases"][:count]}]}


@pytest.mark.parametrize(
    "name",
    ["claims-table", "courses-table", "options", "other-leaflets", "phases-table", "techniques-table", "ws-table"],
)
def test_nor_with_fewer_rows(name: str) -> None:
    """What a record of somebody else may have."""
    for example in (one["data"] for which, one in EVERY if which == name):
        for count in (1, 2, 3):
            data = shortened(example, ROWS.get(name, "rows"), count)
            assert top_heavy(html_tables(drawn(name, data))) == [], count


def test_companion_headings_on_every_row_are_too_many() -> None:
    row = '<tr><th scope="row">Monday</th><td></td><td></td></tr>'
    head = '<thead><tr><th scope="col">Day</th><th scope="col">Mood</th><th scope="col">What</th></tr></thead>'
    assert top_heavy(html_tables(f"<table>{head}<tbody>{row * 2}</tbody></table>")) == [(5, 4)]
    assert top_heavy(html_tables(f"<table>{head}<tbody>{row * 3}</tbody></table>")) == []
