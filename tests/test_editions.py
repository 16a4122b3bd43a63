"""Editions: their names, what cannot be combined, who gets which, and what the plan makes of them."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from library_case import TODAY, LibraryCase
from pydantic_core import PydanticCustomError

from printables.library.editions import FEATURES, PAPERS, STANDARD, USUAL, Edition, contradictions, edition
from printables.library.library import Library
from printables.pipeline.choice_faults import check_choice
from printables.plan import Choice, Item, folder_of, plan, refusal

READERS = ("adults", "teens", "parents", "professionals")


def every() -> list[Edition]:
    """Every combination of paper and features: 3 × 256."""
    options: list[dict[str, Any]] = [
        {"paper": paper, **dict(zip((f.replace("-", "_") for f in FEATURES), flags, strict=True))}
        for paper in PAPERS
        for flags in itertools.product((False, True), repeat=len(FEATURES))
    ]
    return [Edition(**option) for option in options]


def library_of(case: LibraryCase) -> Library:
    library, problems = case.load()
    assert library is not None and problems == []
    return library


def said(case: LibraryCase, choice: Choice) -> list[str]:
    return [f"{problem.severity}: {problem}" for problem in check_choice(library_of(case), choice)]


def test_a_name_says_the_paper_and_then_each_feature() -> None:
    assert USUAL.name == "a4" and USUAL.suffix == ""
    made = Edition(paper="letter", large_print=True, ink_saver=True)
    assert made.name == "letter-large-print-ink-saver" and made.suffix == "-letter-large-print-ink-saver"


def test_every_edition_that_can_be_is_read_back_from_its_name() -> None:
    possible = [made for made in every() if not list(contradictions(made))]
    assert len(every()) == 768 and len(possible) == 72
    assert [edition(made.name) for made in possible] == possible
    assert len({made.name for made in possible}) == len(possible)


def test_the_order_of_the_parts_is_free_and_the_paper_may_be_left_out() -> None:
    assert edition("large-print-letter") == Edition(paper="letter", large_print=True)
    assert edition("large-print") == Edition(large_print=True)
    assert edition("booklet") == Edition(paper="a5", booklet=True)
    assert edition(" A5-Booklet ") == Edition(paper="a5", booklet=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("leter", 'There is no edition "leter". Did you mean "letter"?'),
        (
            "a4-huge",
            (
                'There is no edition "a4-huge". Use one of a4, letter, a5, then any of booklet, trifold, fold-marks, '
                "large-print, ink-saver, cream, duplex, private-cover."
            ),
        ),
        ("a4-letter", 'There is no edition "a4-letter". Did you mean "letter"?'),
        ("cream-cream", 'There is no edition "cream-cream". Did you mean "cream"?'),
        (
            "letter-booklet",
            "A booklet is folded from A4 to A5, so its pages cannot be LETTER. Leave the paper out.",
        ),
        (
            "a5-large-print",
            (
                "At 18 points a line on A5 holds about 38 characters, and readable lines hold 45 to 75. "
                "Print large print on A4 or Letter."
            ),
        ),
        (
            "trifold-private-cover",
            (
                "The back panel of a tri-fold names its sources, and it lies outside, so the cover cannot be private. "
                "Choose a5-booklet-private-cover."
            ),
        ),
        ("letter-trifold", "A tri-fold is folded from A4, and its panels do not fit LETTER. Leave the paper out."),
        ("trifold-duplex", "A tri-fold is printed on both sides already. Leave duplex out."),
        ("fold-marks", "Only a tri-fold has folds to mark. Leave fold-marks out, or add trifold."),
        ("booklet-duplex", "A booklet is padded and printed on both sides already. Leave duplex out."),
        (
            "ink-saver-cream",
            (
                "Cream covers the whole page with ink, which is what the ink saver avoids. "
                "Print the ink-saver edition on cream paper."
            ),
        ),
    ],
)
def test_what_is_no_edition_is_refused_with_the_reason(name: str, message: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        edition(name)
    assert str(refused.value) == message


def test_the_standard_editions_have_each_feature_and_contradict_nothing() -> None:
    assert {part for made in STANDARD for part in made.features} == {*PAPERS, *FEATURES}
    assert [list(contradictions(made)) for made in STANDARD] == [[]] * len(STANDARD)


@pytest.mark.slow
def test_each_edition_has_a_file_of_its_own(case: LibraryCase) -> None:
    items = plan(library_of(case), Choice(editions=STANDARD), TODAY)
    paths = [item.path for item in items]
    assert "leaflets/teens/ipt-teens-en-a5-booklet.pdf" in paths and "leaflets/teens/ipt-teens-en.pdf" in paths
    assert len(set(paths)) == len(paths) > 40


@pytest.mark.slow
def test_every_edition_is_what_each_reader_can_have(case: LibraryCase) -> None:
    library = library_of(case)
    asked = plan(library, Choice(every_edition=True), TODAY)
    mine = [item.edition for item in asked if item.audience == "professionals" and not item.worksheet]
    assert [made.name for made in mine] == [
        *("a4", "letter", "a4-large-print", "letter-large-print", "a4-ink-saver", "a4-cream", "a4-duplex")
    ]
    assert [item.edition for item in asked if item.audience == "teens" and not item.worksheet] == list(STANDARD)


@pytest.mark.slow
def test_an_edition_that_a_reader_cannot_have_is_a_warning_where_others_can(case: LibraryCase) -> None:
    reason = 'command line: "professionals" leaflets do not come as a5: its tables need the width of A4 or Letter.'
    a5 = (edition("a5"),)
    why = "a line beside its picture needs the width of A4 or Letter."
    easy = f'command line: "easy-read" leaflets do not come as a5: {why}'
    left_out = [f"warning: {one} They are left out." for one in (reason, easy)]
    assert said(case, Choice(editions=a5)) == left_out
    assert said(case, Choice(editions=a5, audiences=("professionals",))) == [f"error: {reason} Choose another edition."]
    both = Choice(editions=a5, audiences=("teens", "professionals"))
    assert said(case, both) == [f'error: {reason} Take "--audience professionals" out, or choose another edition.']
    assert said(case, Choice(editions=a5, audiences=("teens",))) == []
    assert said(case, Choice(every_edition=True)) == []


@pytest.mark.slow
def test_no_reader_gets_an_edition_that_is_refused(case: LibraryCase) -> None:
    library = library_of(case)
    for item in plan(library, Choice(editions=tuple(every())), TODAY):
        assert refusal(library.audiences[item.audience], item.edition, item.worksheet) is None


@pytest.mark.parametrize("folder", ["", "clinics/riverside/", "regions/wales/"])
@pytest.mark.parametrize("sheet", [None, "my-goals"])
def test_the_folder_is_known_from_the_path(folder: str, sheet: str | None) -> None:
    item = Item("ipt", "teens", "en", "england", None, folder, TODAY, worksheet=sheet)
    assert folder_of(item.path) == folder
