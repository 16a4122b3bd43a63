"""Signs that word processors and PDFs leave in copied words are replaced by what they stand for, and named once."""

from __future__ import annotations

import pytest
from library_case import LibraryCase, html_of

from printables.library.characters import clean
from printables.library.yaml_reader import read_yaml

ELM = "content/clinics/elm.yaml"


@pytest.mark.parametrize(
    ("typed", "printed", "named"),
    [
        (
            "well\u2011being",
            "well-being",
            'U+2011 (NON-BREAKING HYPHEN), as word processors leave it, is printed as "-"',
        ),
        ("\ufb01nd", "find", 'U+FB01 (LATIN SMALL LIGATURE FI), as word processors leave it, is printed as "fi"'),
        ("o\ufb03ce", "office", 'U+FB03 (LATIN SMALL LIGATURE FFI), as word processors leave it, is printed as "ffi"'),
        (
            "a \uf0b7 b",
            "a \u2022 b",
            'U+F0B7 (a sign of Word\'s own), as word processors leave it, is printed as "\u2022"',
        ),
    ],
)
def test_what_it_stands_for_is_printed_with_a_note(typed: str, printed: str, named: str) -> None:
    text, ((what, mend, severity, _),) = clean(f"{typed} and {typed}")
    assert text == f"{printed} and {printed}"
    assert (what, mend, severity) == (f"The sign {named}.", "", "note")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("10\u2009am, 9\u202f000", "10 am, 9\u00a0000"),
        ("Bring:\n\uf0b7 a pen\n  \uf0a7 a book", "Bring:\n\u2022 a pen\n  \u25aa a book"),
    ],
)
def test_what_nobody_can_see_needs_no_note(typed: str, printed: str) -> None:
    assert clean(typed) == (printed, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: |\n  One\n  two well\u2011being\n", 3),
        ("a: One\n  two\n  well\u2011being\n", 3),
        ('a: "well\\u2011being"\n', 1),
        ("b: plain\na: well\u2011being\n", 2),
    ],
)
def test_the_note_stands_at_the_line_of_the_sign(text: str, line: int) -> None:
    document, (problem,) = read_yaml(text.encode(), "f.yaml")
    assert document is not None and problem.line == line


@pytest.mark.slow
def test_on_a_leaflet_and_in_a_clinics_name(case: LibraryCase) -> None:
    case.write(ELM, "id: elm\nregion: england\nname: Elm Well\u2011being O\ufb03ce\n")
    overview = case.replace(
        "content/therapies/ipt.yaml", "    adults: |", "{}\n      You \ufb01nd help.", "  overview:"
    )
    what = "as word processors leave it, is printed as"
    assert case.problems() == [
        f'{ELM}:3: The sign U+2011 (NON-BREAKING HYPHEN), {what} "-".',
        f'{ELM}:3: The sign U+FB03 (LATIN SMALL LIGATURE FFI), {what} "ffi".',
        f'content/therapies/ipt.yaml:{overview + 1}: The sign U+FB01 (LATIN SMALL LIGATURE FI), {what} "fi".',
    ]
    library, _ = case.load()
    assert library is not None and library.clinics["elm"].name == "Elm Well-being Office"
    assert "You find help." in html_of(case.check("ipt"), "ipt")
