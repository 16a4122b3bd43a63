"""Whatever a clinic may say can be printed: its names are not prose, layout makes room, a refused page is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from library_case import IPT, LibraryCase, copy_of_content, copy_of_few
from matrix_clinics import Matrix, Row, filled, fullest, joined, options, prepared
from sample_leaflet import RULES, leaflet
from test_clinics import RIVERSIDE, block, checked
from test_publish import job, publish

from printables.checklist import Rule
from printables.library.approvals import LONGEST_PERSON
from printables.library.clinics import Clinic, CrisisLine
from printables.library.editions import edition
from printables.library.folders import Folders
from printables.pages.formats.html_tree import parse
from printables.pipeline.build import CheckedLibrary, check
from printables.pipeline.clinic_words import of_clinic
from printables.pipeline.print_job import print_job
from printables.plan import Choice
from printables.problems import Problem
from printables.typeset.engine import typeset
from printables.typeset.inspect.inspect import pdf_text
from printables.typeset.inspect.layout import SHORT_LAST_PAGE
from printables.typeset.inspect.source import squash
from printables.typeset.inspect.words import MORE_PAGES
from printables.typeset.page import Finding
from printables.typeset.room import SMALLER_GAPS

TRUST = "The Anytown and Otherville Community Mental Health and Learning Disability Service of North and Mid Anyshire"
ROOMY = replace(RULES, max_pages=1, makes_room=True)
"""A page that is one too long, with something of a clinic's on it."""
READERS = ("adults", "teens", "parents", "professionals")
LAST_PAGE = ("<h2>Where this comes from</h2>", '<h2 style="break-before: page">Where this comes from</h2>')
"""What is written in place of what, so that the last page is nearly empty."""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """IPT and one worksheet: a name that is refused is refused on each."""
    return copy_of_few(tmp_path_factory.mktemp("ours"), "my-goals")


def errors(case: LibraryCase, audience: str) -> list[Problem]:
    return [problem for problem in checked(case, audience).problems if problem.severity == "error"]


# A clinic's names are not prose


@pytest.mark.parametrize("name", ["Anytown CAMHS", "WELLBEING CLINIC FOR ALL OF ANYTOWN", TRUST, filled(120)])
def test_a_name_of_any_kind_is_printed(case: LibraryCase, name: str) -> None:
    case.replace(RIVERSIDE, "name:", f"name: {name}")
    assert errors(case, "teens") == []


def test_a_crisis_line_is_no_prose(case: LibraryCase) -> None:
    case.replace(RIVERSIDE, "  name:", "  name: Anytown CRHTT, CMHT and AMHP line")
    case.replace(RIVERSIDE, "  how:", f"  how: {filled(120, 'Call 01632 960003 and ask for the AMHP on duty, ')}")
    assert errors(case, "teens") == []
    assert errors(case, "adults") == []


def test_long_names_stand_outside_of_the_columns_for_short_ones(case: LibraryCase) -> None:
    case.replace(RIVERSIDE, "name:", f"name: {filled(120)}")
    case.replace(RIVERSIDE, "  name:", f"  name: {filled(80)}")
    (page,) = (parse(one.html) for one in checked(case, "teens").subjects if not one.item.worksheet)
    assert [row.words[:20] for row in page.below("li") if "long" in row.classes] == [filled(80)[:20]]
    assert [part.words[:20] for part in page.below("p") if "long-name" in part.classes] == ["Published by Anytown"]


def test_companion_a_record_with_the_same_letters_is_still_refused(case: LibraryCase) -> None:
    case.replace("content/therapies/ipt.yaml", "    adults: |", "{}\n      Ask your CRHTT.", "  main_message:")
    assert any('"CRHTT" is not explained' in problem.what for problem in errors(case, "adults"))


def test_local_words_are_looked_at_and_only_warn(case: LibraryCase) -> None:
    line = case.replace(RIVERSIDE, "    You can bring a friend", "    Bring 2-3 friends!")
    problems = [one for one in checked(case, "teens").problems if one.path.endswith("riverside.yaml")]
    assert [(one.line, one.severity) for one in problems] == [(line, "warning"), (line, "warning")]
    assert {one.what for one in problems} == {'The range "2-3" has a dash.', "An exclamation mark shouts."}


# What may be set


def test_the_lines_of_an_address_stay_lines(case: LibraryCase) -> None:
    address = "address: |\n  Elm Tree House\n  12 High Street\n  Anytown\n  AB1 2CD"
    case.replace(RIVERSIDE, "phone:", f"{address}\n{{}}")
    made = checked(case, "adults")
    (subject,) = (one for one in made.subjects if not one.item.worksheet)
    (row,) = (one for one in parse(subject.html).below("li") if one.words.startswith("Address:"))
    assert [element.tag for element in row.elements()].count("br") == 3
    lines = block(made, "about").data["contact"][0]["lines"]
    assert lines == ["Elm Tree House", "12 High Street", "Anytown", "AB1 2CD"]


@pytest.mark.parametrize(
    ("begins", "new", "said"),
    [
        ("name:", f"name: {'N' * 121}", "name: This has 121 characters, and 120 are the most. Shorten it."),
        ("  hours:", f"  hours: {'h' * 81}", "crisis.hours: This has 81 characters, and 80 are the most. Shorten it."),
        (
            "phone:",
            'address: "' + "\\n".join("abcdefghi") + '"\nphone: 01632 960001',
            "address: The address has 9 lines, and 8 are the most. Join some of them.",
        ),
    ],
)
def test_what_is_too_long_to_be_printed_everywhere(case: LibraryCase, begins: str, new: str, said: str) -> None:
    line = case.replace(RIVERSIDE, begins, new)
    assert case.problems() == [f"{RIVERSIDE}:{line}: {said}"]


def test_a_note_that_is_too_long(case: LibraryCase) -> None:
    case.replace(RIVERSIDE, "  adults: |", "  adults: |\n    " + "word " * 200, "words:")
    (problem,) = case.problems()
    assert "words: The note for adults has 1,0" in problem and "and 1,000 are the most. Keep what somebody" in problem


# Layout makes room


@pytest.mark.pdf
def test_more_pages_are_no_error_where_a_clinic_needs_them() -> None:
    (more,) = typeset(leaflet(rules=ROOMY)).findings
    assert (more.what, more.severity) == (MORE_PAGES, "note")


@pytest.mark.pdf
def test_smaller_gaps_are_tried_where_the_page_would_break_a_rule() -> None:
    made = typeset(replace(leaflet(LAST_PAGE), tight="h2 { break-before: auto !important }"))
    assert ([(one.what, one.severity) for one in made.findings], made.pages) == ([(SMALLER_GAPS, "note")], 2)
    kept = typeset(replace(leaflet(LAST_PAGE), tight="p { margin: 0 }"))
    assert ([one.severity for one in kept.findings], kept.pages) == (["warning"], 3)


@pytest.mark.pdf
def test_spare_lines_give_way_with_the_gaps() -> None:
    made = typeset(replace(leaflet(LAST_PAGE), tight="p { margin: 0 }", tight_html=leaflet().html))
    assert (made.pages, [one.what for one in made.findings]) == (typeset(leaflet()).pages, [SMALLER_GAPS])


@pytest.mark.pdf
def test_companion_the_shipped_text_is_held_to_its_pages() -> None:
    (finding,) = typeset(leaflet(rules=replace(ROOMY, makes_room=False))).findings
    assert (finding.severity, finding.what) == ("error", "The leaflet has 2 pages and may have 1.")


@pytest.mark.pdf
@pytest.mark.parametrize(("strict", "severity"), [(False, "warning"), (True, "error")])
def test_what_only_an_author_can_mend_refuses_only_where_it_is_asked_to(strict: bool, severity: str) -> None:  # noqa: FBT001
    (finding,) = typeset(leaflet(LAST_PAGE, rules=replace(RULES, strict=strict))).findings
    assert ("The last page (3) is only" in finding.what, finding.severity) == (True, severity)


@pytest.mark.pdf
def test_a_clinic_is_told_in_one_line_of_a_last_page_that_its_words_need() -> None:
    """Nobody at a clinic can cut our words: it is one note for all leaflets, and for an author still a fault."""
    (finding,) = typeset(leaflet(LAST_PAGE, rules=replace(RULES, makes_room=True))).findings
    assert (finding.what, finding.mend, finding.severity) == (SHORT_LAST_PAGE, "", "note")
    (finding,) = typeset(leaflet(LAST_PAGE, rules=replace(RULES, makes_room=True, strict=True))).findings
    assert ("The last page (3) is only" in finding.what, finding.severity) == (True, "error")


# A refused page


def test_a_refused_page_is_kept_as_a_draft_until_the_next_good_one(tmp_path: Path) -> None:
    draft = tmp_path / "drafts/leaflets/teens/a.pdf"
    assert publish([job("a", "wrong")], tmp_path).failed == ("leaflets/teens/a.pdf",)
    assert draft.read_bytes() == b"%PDF wrong"
    assert not (tmp_path / "leaflets/teens/a.pdf").exists()
    assert publish([job("a", "good")], tmp_path).failed == ()
    assert not (tmp_path / "drafts").exists()


# The matrix, a small part of it


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> CheckedLibrary:
    """IPT for the fullest clinic, approved: it holds all that the same clinic has without an approval."""
    folder = tmp_path_factory.mktemp("approved")
    copy_of_content(folder / "ours")
    _, content = prepared(folder, Matrix(Choice(("ipt",)), ours=folder / "ours/content"))
    choice = Choice(("ipt",), clinic="fullest", editions=(edition("a5-booklet"), edition("a4-large-print")))
    return check(options(content, folder, choice))


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ipt-adults-en-a5-booklet", marks=pytest.mark.long),
        "ipt-teens-en-a5-booklet",
        pytest.param("ipt-parents-en-a5-booklet", marks=pytest.mark.long),
        pytest.param("ipt-adults-en-a4-large-print", marks=pytest.mark.long),
        pytest.param("ipt-teens-en-a4-large-print", marks=pytest.mark.long),
        pytest.param("ipt-parents-en-a4-large-print", marks=pytest.mark.long),
        pytest.param("ipt-professionals-en-a4-large-print", marks=pytest.mark.long),
        "communication-analysis-adults-en-a4-large-print",
    ],
)
def test_the_fullest_clinic_is_printed(approved: CheckedLibrary, name: str) -> None:
    """Without any fault of the layout, too: the privacy box stands on page 1, and no heading alone."""
    (subject,) = (one for one in approved.good() if one.item.path.endswith(f"/{name}.pdf"))
    assert subject.leaflet.approved
    made = typeset(print_job(approved.pages, subject).page)
    assert [finding.what for finding in made.findings if finding.severity != "note"] == []
    (front, *_), text = pdf_text(made.pdf), squash(" ".join(pdf_text(made.pdf)))
    assert squash(filled(120)) in squash(front)
    for words in (filled(80), filled(LONGEST_PERSON, "Dr A. Example, "), filled(120, "Call 01632 960004, ")):
        assert subject.item.worksheet or squash(words) in text


@pytest.mark.pdf
@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param("Ab", marks=pytest.mark.long), "Anytown Talking Therapies for Adults"])
def test_the_widest_logo_stands_beside_a_short_name(tmp_path: Path, name: str) -> None:
    copy_of_content(tmp_path)
    clinic = {"id": "wide", "name": name, "region": "england", "logo": "wide.svg"}
    fullest(tmp_path / "content/clinics", "wide", (1000, 100)).write_text(yaml.safe_dump(clinic), encoding="utf-8")
    choice = Choice(("ipt",), audiences=("adults",), no_worksheets=True, clinic="wide")
    found = check(options(tmp_path / "content", tmp_path, choice))
    (subject,) = found.good()
    assert 'class="logo"' in subject.html
    made = typeset(print_job(found.pages, subject).page)
    assert [finding.what for finding in made.findings if finding.severity != "note"] == []


def test_companion_a_row_counts_what_was_planned_and_not_printed() -> None:
    first = Row("approved", "A4", frozenset("ab"), frozenset("a"), frozenset("a"), ("b",))
    second = replace(first, planned=frozenset("bc"), printed=frozenset("c"), more_pages=frozenset(), refused=("b",))
    (sum_,) = joined([first, second])
    assert str(sum_) == "| approved | A4 | 2 of 3 | 1 |"
    assert sum_.refused == ("b",)


def test_companion_the_fullest_clinic_is_as_full_as_may_be(case: LibraryCase) -> None:
    """Each field of text is there, and one letter more is one too many."""
    path = fullest(case.path("content/clinics"))
    assert case.problems() == []
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(record) == set(Clinic.model_fields) - {"shelf", "pictures"}
    assert set(record["crisis"]) == set(CrisisLine.model_fields)
    assert set(record["words"]) == set(READERS)
    contacts = ("name", "phone", "hours", "feedback", "other_formats", "languages", "email")
    for part, names in ((record, contacts), (record["crisis"], tuple(record["crisis"]))):
        for name in names:
            was, part[name] = part[name], f"z{part[name]}"
            assert _too_long(case, path, record) == f"This has {len(was) + 1} characters, and {len(was)} are the most."
            part[name] = was
    for name, more in (("address", "z"), ("web", "z")):
        was, record[name] = record[name], record[name] + more
        assert f"{len(was) + 1} characters" in _too_long(case, path, record)
        record[name] = was


def _too_long(case: LibraryCase, path: Path, record: dict[str, object]) -> str:
    path.write_text(yaml.safe_dump(record, sort_keys=False, width=10_000), encoding="utf-8")
    (problem,) = case.problems()
    return re.search(r"(This|The address) has .*?(\.|;)( |$)", problem).group().strip()  # type: ignore[union-attr]


# Whose words they are

LONG_LINE = "One line has more than 75 characters, the longest on page 1 with 84."
GOES_ON = "Make the column narrower or the letters larger in the style sheet."


def said_of_elm(case: LibraryCase, *found: tuple[str, str, str], shipped: bool = False) -> list[str]:
    """What is said of these: of a leaflet, its long line (empty for another fault), and the file of its record."""
    case.write(
        "content/clinics/elm.yaml",
        "id: elm\nname: Elm Tree Clinic for Young People\nregion: england\ncrisis:\n  name: Elm line\n"
        "  how: Call 01632 960003, day or night, and say that you are in our care.\n  hours: Always\n"
        "  for_whom: Anyone\nwords:\n  adults: |\n    Short.\n    Ask at the desk for a form to fill in.\n",
    )
    library, _ = case.load()
    assert library is not None
    rows = []
    for path, line, record in found:
        what = LONG_LINE if line else "The numbers to ring do not stand on page 1."
        finding = Finding(Rule.A13 if line else Rule.A3, what, GOES_ON, "warning", line=line)
        rows.append((path, finding, Problem(record, 7, f"{path}: {what}", GOES_ON, "warning")))
    root = case.root / "content"
    folders = Folders(case.root / "own", root) if shipped else Folders(root, None)
    return [case.shown(one) for one in of_clinic(library, library.clinics["elm"], rows, folders)]


def test_long_lines_with_a_clinics_words_are_said_once_at_its_file(case: LibraryCase) -> None:
    line = "Elm line: Call 01632 960003, day or night, and say that you are in our care. Anyone. Always"
    note = "Short. Ask at the desk for a form to fill in"
    found = [(f"clinics/elm/leaflets/{name}-en.pdf", line[:80], "content/regions/england.yaml") for name in "abcd"]
    assert said_of_elm(case, *found, ("e-en.pdf", line, "content/worksheets/x.yaml"), ("f-en.pdf", note, IPT)) == [
        (
            "content/clinics/elm.yaml:6: These words make lines of more than 75 characters, which are hard to read; "
            f'the longest has 91: "{line}". This concerns 5 PDFs: a-en.pdf, b-en.pdf, c-en.pdf and 2 more. '
            "Shorten them; or leave it so."
        ),
        (
            "content/clinics/elm.yaml:11: These words make lines of more than 75 characters, which are hard to read; "
            f'the longest has 44: "{note}". This concerns 1 PDF: f-en.pdf. Shorten them; or leave it so.'
        ),
    ]


def test_companion_a_long_line_of_the_record_itself_is_said_there(case: LibraryCase) -> None:
    line = "Another line of the record, which goes on and on, with only Elm in it, and no end to be seen"
    said = f"{IPT}:7: a-en.pdf: {LONG_LINE} {GOES_ON}"
    assert said_of_elm(case, ("a-en.pdf", line, IPT)) == [said]
    said = f"{IPT}:7: a-en.pdf: The numbers to ring do not stand on page 1. {GOES_ON}"
    assert said_of_elm(case, ("a-en.pdf", "", IPT)) == [said]


def test_what_our_own_records_never_have_without_a_clinic_is_said_at_its_file(case: LibraryCase) -> None:
    record = str(case.root / IPT)
    assert said_of_elm(case, ("a-en.pdf", "", record), ("b-en.pdf", "", record), shipped=True) == [
        (
            "content/clinics/elm.yaml:2: The numbers to ring do not stand on page 1. This concerns 2 PDFs: a-en.pdf, "
            "b-en.pdf. Shorten the clinic's own words, such as its name, its crisis line or a note; or leave it so."
        )
    ]
