"""`translate status`, `export` and `import`: how far a language is, and texts that go to a translator and come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from front_door import run
from library_case import LibraryCase
from translation_case import PO, begin, change_entries, fill_in, line_of, translate

from printables.translations.po import read_po

FOCUS = "courses.adults.phases.beginning.name.adults"
SUITS = "claims.perinatal-adults.guidance.words.adults"


@pytest.fixture
def welsh(case: LibraryCase) -> LibraryCase:
    """IPT for adults, all of it in made-up Welsh."""
    begin(case)
    fill_in(case)
    return case


def asked(case: LibraryCase, *words: str) -> tuple[int, str, str]:
    done = run(case.root, "translate", *words)
    return done.returncode, done.stdout, done.stderr


def workbook(path: Path, change: Callable[[list[list[str]]], None]) -> None:
    """Change the rows of a workbook as a translator would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    change(rows)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value or None
    book.save(path)


def entry(case: LibraryCase, context: str) -> tuple[str, bool]:
    read, _ = read_po(case.path(PO).read_bytes(), PO)
    return next((one.translation, one.fuzzy) for one in read.entries if one.context == context)


def test_without_another_language_it_says_how_to_begin_one(case: LibraryCase) -> None:
    code, said, _ = asked(case, "status")
    assert (code, said) == (0, "There is no other language yet. Begin one with: printables translate start CODE\n")


def test_a_language_that_is_translated_has_nothing_left(welsh: LibraryCase) -> None:
    code, said, wrong = asked(welsh, "status", "cy")
    assert (code, wrong) == (0, "")
    assert said.splitlines()[-1].endswith(" translated.")


def test_each_text_that_cannot_be_printed_is_named_with_its_line(welsh: LibraryCase) -> None:
    translate(welsh, FOCUS, "")
    translate(welsh, SUITS, "Heb farc.")
    old, chart = "Mostly you talk about now.", "sections.profile.adults"
    change_entries(welsh, PO, lambda one: replace(one, fuzzy=True, previous=old) if one.context == chart else one)
    empty, refused, changed = (line_of(welsh, context) for context in (FOCUS, SUITS, chart))
    code, said, wrong = asked(welsh, "status", "cy")
    assert code == 1
    assert f'{PO}:{empty}: {FOCUS}: There is no translation. Translate: "Finding the focus"' in wrong
    assert f"{PO}:{refused}: {SUITS}: The English explains 1 terms, and this 0. Translate: {{CBT|" in wrong
    assert f'{PO}:{changed}: {chart}: The English has changed since: it was "{old}".' in wrong
    assert "1 to translate (3 words), 1 changed in English since, 1 refused." in said.splitlines()[-1]


def test_it_can_be_read_by_a_program(welsh: LibraryCase) -> None:
    translate(welsh, FOCUS, "")
    _, said, _ = asked(welsh, "status", "cy", "--json")
    (file,) = [one for one in json.loads(said)["languages"]["cy"] if one["file"] == PO]
    assert (file["missing"], file["words"]) == (1, 3)


def test_a_text_goes_out_in_a_workbook_and_comes_back(welsh: LibraryCase) -> None:
    translate(welsh, FOCUS, "")
    before = welsh.path(PO).read_bytes()
    book = welsh.root / "cy.xlsx"
    code, said, _ = asked(welsh, "export", "cy", "cy.xlsx")
    assert (code, said.startswith("1 text in cy.xlsx.")) == (0, True)

    def fill(rows: list[list[str]]) -> None:
        assert [row[:3] for row in rows[1:]] == [["therapies/ipt.po", FOCUS, "Finding the focus"]]
        rows[1][3] = "Dod o hyd i'r ffocws"

    workbook(book, fill)
    assert asked(welsh, "import", "cy", "cy.xlsx")[:2] == (0, "1 text taken, 0 as they were, 0 problems.\n")
    assert entry(welsh, FOCUS) == ("Dod o hyd i'r ffocws", False)
    assert welsh.path(PO).read_bytes().count(b"\n") == before.count(b"\n"), "nothing else has changed"


def test_what_cannot_be_taken_is_said_row_by_row_and_the_rest_is_taken(welsh: LibraryCase) -> None:
    translate(welsh, FOCUS, "")
    translate(welsh, SUITS, "")
    asked(welsh, "export", "cy", "cy.xlsx")

    def fill(rows: list[list[str]]) -> None:
        by_place = {row[1]: row for row in rows}
        by_place[FOCUS][3] = "Y ffocws"
        by_place[SUITS][3] = "Heb farc."
        rows.append(["therapies/ipt.po", "sections.nowhere.adults", "x", "y", "", ""])
        rows.append(["therapies/ipt.po", "name", "An older name", "Enw", "", ""])

    workbook(welsh.root / "cy.xlsx", fill)
    code, said, wrong = asked(welsh, "import", "cy", "cy.xlsx")
    assert (code, said) == (1, "1 text taken, 0 as they were, 3 problems.\n")
    assert entry(welsh, FOCUS)[0] == "Y ffocws" and entry(welsh, SUITS)[0] == ""
    assert f"{SUITS}: The English explains 1 terms, and this 0." in wrong
    assert 'cy.xlsx:4: sections.nowhere.adults: No text of "therapies/ipt.po" stands at this place.' in wrong
    assert "cy.xlsx:5: name: The English is not that of today. Translate what it says now:" in wrong


def test_a_formula_stays_text(welsh: LibraryCase) -> None:
    translate(welsh, FOCUS, "=1+1")
    asked(welsh, "export", "cy", "cy.xlsx", "--all")
    sheet = openpyxl.load_workbook(welsh.root / "cy.xlsx").worksheets[0]
    (cell,) = [row[3] for row in sheet.iter_rows() if row[1].value == FOCUS]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no workbook", "cy.xlsx: This cannot be read as a workbook. Save it as an Excel workbook (.xlsx)"),
        (b"", "cy.xlsx: This cannot be read as a workbook."),
    ],
)
def test_what_is_no_workbook_is_refused(welsh: LibraryCase, data: bytes, said: str) -> None:
    (welsh.root / "cy.xlsx").write_bytes(data)
    code, _, wrong = asked(welsh, "import", "cy", "cy.xlsx")
    assert code == 1 and said in wrong and "Traceback" not in wrong


def test_a_workbook_of_another_kind_is_refused(welsh: LibraryCase) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Phones", 0).append(["Name", "Phone"])
    book.save(welsh.root / "cy.xlsx")
    code, _, wrong = asked(welsh, "import", "cy", "cy.xlsx")
    assert code == 1
    assert "cy.xlsx:1: The first row must be: File, Place, English, Translation, State, To know." in wrong


def test_a_language_that_nobody_has_begun(case: LibraryCase) -> None:
    for words in (["status", "pl"], ["export", "pl", "pl.xlsx"]):
        code, _, wrong = asked(case, *words)
        assert code == 1 and 'There is no language "pl": this file is missing.' in wrong
