"""Page 1 has three numbers to ring, the last page begins with where to get help, and lines are laid out about once."""

from __future__ import annotations

import functools
import io
from typing import Any

import pypdfium2
import pytest
from leaflet_case import ROOT, plain_values
from library_case import LibraryCase
from shipped_case import sample, shipped
from warm import printed_once

from printables.checks.subject import Subject
from printables.pipeline.print_job import print_job
from printables.typeset import engine
from printables.typeset import weasyprint_internals as internals
from printables.typeset.start import load_engine

ENGLAND = "content/regions/england.yaml"
TOP = 72
"""Points."""
MOST = 1.6
"""Lines laid out for each line printed: plain flow costs 1, and what is kept whole at the foot of a page a little more.
Columns that are balanced cost 3 to 18 (bench/relayout.py)."""


TITLES = {path.stem: plain_values(path)["titles"] for path in sorted((ROOT / "content/therapies").glob("*.yaml"))}
LEAFLETS = [(therapy, reader) for therapy, titles in TITLES.items() for reader in titles]
"""Therapy and reader of every leaflet: nothing is composed to know which tests there are."""
LAY = [one for one in LEAFLETS if one[1] != "professionals"]
FOR_PROFESSIONALS = [one for one in LEAFLETS if one not in LAY]


def leaflets(*, lay: bool) -> list[Subject]:
    """The shipped leaflets for lay readers, or for professionals."""
    return [s for s in shipped().good() if bool(s.leaflet.numbers) is lay and not s.item.worksheet]


def leaflet(which: tuple[str, str]) -> Subject:
    """The shipped leaflet about a therapy for a reader."""
    both = (*leaflets(lay=True), *leaflets(lay=False))
    return next(s for s in both if (s.item.therapy, s.item.audience) == which)


@functools.cache
def first_and_last(which: tuple[str, str]) -> tuple[str, str]:
    """The text of page 1 of a shipped leaflet's PDF, and of the uppermost 72 points of the last page's."""
    page = print_job(shipped().pages, leaflet(which)).page
    document = pypdfium2.PdfDocument(io.BytesIO(printed_once(engine.typeset)(page).pdf))
    first, last = document[0], document[len(document) - 1]
    top = last.get_textpage().get_text_bounded(bottom=last.get_height() - TOP)
    return _words(first.get_textpage().get_text_bounded()), _words(top)


def _words(text: str) -> str:
    return " ".join(text.split())


def test_every_lay_leaflet_has_three_numbers_on_page_1_and_professionals_are_told_where_theirs_are() -> None:
    assert {(s.item.therapy, s.item.audience) for s in leaflets(lay=True)} == set(LAY)
    assert {len(s.leaflet.numbers) for s in leaflets(lay=True)} == {3}
    assert {s.item.audience for s in leaflets(lay=False)} == {"professionals"}
    assert all('<p class="pointer"><a href="#help-now"' in s.html for s in leaflets(lay=False))


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("which", sample(sample(LAY)), ids=" for ".join)
def test_the_numbers_stand_on_page_1_and_the_last_page_begins_with_help(which: tuple[str, str]) -> None:
    (first, last), subject = first_and_last(which), leaflet(which)
    assert all(number.number in first.replace("\u00a0", " ") for number in subject.leaflet.numbers)
    heading = next(section.heading for section in subject.leaflet.sections if section.id == "help-now")
    assert last.startswith(heading)


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("which", sample(sample(FOR_PROFESSIONALS)), ids=" for ".join)
def test_professionals_find_the_lines_to_give_at_the_top_of_the_last_page(which: tuple[str, str]) -> None:
    _, last = first_and_last(which)
    assert last.startswith("Crisis lines to give")


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("which", sample(sample(sample(LEAFLETS))), ids=" for ".join)
def test_lines_are_laid_out_about_once(which: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    load_engine()
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.layout import inline

    documents: list[Any] = []
    counted = 0
    line, document = inline.get_next_linebox, engine._laid_out

    def one_line(*arguments: Any, **named: Any) -> Any:
        nonlocal counted
        counted += 1
        return line(*arguments, **named)

    def one_document(*arguments: Any, **named: Any) -> Any:
        documents.append(document(*arguments, **named))
        return documents[-1]

    monkeypatch.setattr(inline, "get_next_linebox", one_line)
    monkeypatch.setattr(engine, "_laid_out", one_document)
    engine.typeset(print_job(shipped().pages, leaflet(which)).page)
    boxes = [box for page in documents[-1].pages for box in internals.boxes(page)]
    printed = sum(isinstance(box, LineBox) for box in boxes)
    assert printed > 100
    assert len(documents) == 1, "it has room enough with the gaps that it is first laid out with"
    assert counted / printed <= MOST


def test_a_number_that_is_not_the_one_of_its_line(case: LibraryCase) -> None:
    line = case.replace(ENGLAND, '    number: "116 123"', '    number: "116 132"')
    what = 'The number "116 132" is not the one in "Call 116 123."'
    assert case.problems() == [f"{ENGLAND}:{line}: {what}. Write it as it stands there."]


def test_a_line_on_page_1_without_its_number(case: LibraryCase) -> None:
    case.replace(ENGLAND, '    number: "116 123"', "")
    shown = "    first_page: [emergency, nhs-111, samaritans]"
    lines = [at for at, text in enumerate(case.path(ENGLAND).read_text("utf-8").splitlines(), 1) if text == shown]
    what = '"samaritans" has no number and in_brief, which page 1 shows.'
    mend = 'Write both under "id: samaritans", or take it out of first_page.'
    assert len(lines) == 2, "adults, and Easy Read"
    assert case.problems() == [f"{ENGLAND}:{line}: {what} {mend}" for line in lines]


def test_a_line_on_page_1_that_is_none_of_the_readers(case: LibraryCase) -> None:
    line = case.replace(ENGLAND, "    first_page: [emergency, nhs-111, samaritans]", "    first_page: [samaritan]")
    (problem,) = case.problems()
    assert problem.startswith(f'{ENGLAND}:{line}: There is no help line "samaritan". Did you mean "samaritans"?')
