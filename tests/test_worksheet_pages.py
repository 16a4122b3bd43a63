"""Worksheets on paper: whose words stand there, the boxes to write in, what the checks say, and that each fits."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest
from leaflet_case import library
from library_case import LibraryCase
from sheet_case import EVERY, GOALS, PAGES, READERS, SHEETS, checked, composed, shipped

from printables.checks import check_subject
from printables.checks.subject import Subject
from printables.checks.worksheet import fields
from printables.library.editions import USUAL, Edition
from printables.pages.compose.leaflet import Leaflet
from printables.pipeline import print_job
from printables.problems import Problem

every_sheet = pytest.mark.parametrize(("sheet", "audience"), EVERY)
SHARED_RUN = 6
ON_TWO_PAGES = ("closeness-circles", "communication-analysis")
"""On A4; the others fit on one."""


def spoiled(case: LibraryCase, sheet: str, audience: str) -> list[Problem]:
    """What composing and checking say about one worksheet of a spoiled library that can be read."""
    of, problems = case.load()
    assert of is not None and problems == []
    return [*composed(of, sheet, audience)[1], *check_subject(checked(of, sheet, audience))]


def told(case: LibraryCase, problems: list[Problem]) -> list[str]:
    return [case.shown(problem) for problem in problems]


def boxes(html: str) -> list[dict[str, str]]:
    """The attributes of every box to write in."""
    return [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<span [^>]*data-field=[^>]*>", html)]


def visible(html: str) -> str:
    """The words of a page without anything between them."""
    return "".join(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", html))).lower()


# Whose words


def texts(leaflet: Leaflet) -> Iterator[str]:
    yield leaflet.title
    yield leaflet.purpose
    yield from (words.text for _, words in leaflet.words())


def runs(leaflet: Leaflet) -> set[tuple[str, ...]]:
    """Every run of six words; tips are among them."""
    found = [re.findall(r"[a-z0-9']+", text.lower()) for text in texts(leaflet)]
    return {tuple(words[at : at + SHARED_RUN]) for words in found for at in range(len(words) - SHARED_RUN + 1)}


def texts_for(value: Any, audience: str) -> Iterator[str]:
    """Every text of a record that this reader should see. Tips are not seen; they are heard."""
    if isinstance(value, list):
        yield from (text for inner in value for text in texts_for(inner, audience))
    elif isinstance(value, dict) and {audience, "any"} & value.keys():
        mine: Any = value.get(audience, value.get("any"))
        yield from [mine] if isinstance(mine, str) else mine.values()
    elif isinstance(value, dict):
        yield from (text for key, inner in value.items() if key != "tip" for text in texts_for(inner, audience))


@every_sheet
def test_every_text_of_the_record_is_on_the_page(sheet: str, audience: str) -> None:
    record = library().worksheets[sheet].model_dump(exclude={"review", "notes"}, exclude_none=True)
    found = [re.sub(r"^\d\. ", "", text, flags=re.MULTILINE) for text in texts_for(record, audience)]
    assert len(found) > 12
    page = visible(shipped(sheet, audience).html)
    assert [text for text in found if visible(text) not in page] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_teenagers_get_no_six_words_of_the_adults(sheet: str) -> None:
    teens, adults = (runs(shipped(sheet, audience).leaflet) for audience in ("teens", "adults"))
    assert len(teens) > 20
    assert teens & adults == set()


@every_sheet
def test_words_are_the_readers_own(sheet: str, audience: str) -> None:
    assert {words.audience for _, words in shipped(sheet, audience).leaflet.words()} <= {audience, "any"}


@pytest.mark.slow
@pytest.mark.parametrize(("key", "after"), [("start", ()), ("care", ()), ("parts.1.words", ("  - id: wishes",))])
def test_missing_words_are_told_and_never_filled_in(case: LibraryCase, key: str, after: tuple[str, ...]) -> None:
    name = key.rsplit(".", maxsplit=1)[-1]
    line = case.line(GOALS, f"{'    ' if after else ''}{name}:", *after)
    lines = case.text(GOALS).splitlines()
    at = next(number for number in range(line, len(lines)) if lines[number].strip() == "teens: |")
    case.write(GOALS, "\n".join([*lines[:at], lines[at].replace("teens", "parents"), *lines[at + 1 :]]) + "\n")
    of, problems = case.load()
    assert of is not None and problems == []
    leaflet, found = composed(of, "my-goals", "teens")
    said = f'{key}: This has no words for teenagers. Write "teens:" under it.'
    assert told(case, found) == [f"{GOALS}:{line}: {said}"]
    assert (found[0].therapy, found[0].audience) == ("my-goals", "teens")
    assert runs(leaflet) & runs(shipped("my-goals", "adults").leaflet) == set()


@pytest.mark.slow
def test_a_label_without_words_is_told_at_its_line(case: LibraryCase) -> None:
    line = case.replace(GOALS, "        label:", "        label: {adults: One small step}")
    of, _ = case.load()
    assert of is not None
    said = "parts.2.items.1.label: This has no words for teenagers."
    assert told(case, composed(of, "my-goals", "teens")[1]) == [f'{GOALS}:{line}: {said} Write "teens:" under it.']


@pytest.mark.slow
def test_a_mark_in_the_words_is_read_as_on_a_leaflet(case: LibraryCase) -> None:
    """A cited source is listed on the sheet, and a term is explained."""
    line = case.line(GOALS, "      adults: |", "  - id: wishes") + 1
    case.replace(GOALS, "        For example:", "        {CBT|a talking therapy} may help {@ng222}.", "  - id: wishes")
    of, _ = case.load()
    assert of is not None
    subject = checked(of, "my-goals", "adults")
    assert [source.id for source in subject.leaflet.sources] == ["ng222"]
    assert 'id="source-1"' in subject.html and "a talking therapy" in subject.html
    case.replace(GOALS, "        {CBT|", "        Read this {@ng22}.", "  - id: wishes")
    of, _ = case.load()
    assert of is not None
    assert told(case, composed(of, "my-goals", "adults")[1]) == [
        f'{GOALS}:{line}: There is no source "ng22". Did you mean "ng222"?'
    ]


@every_sheet
def test_the_sheet_says_what_it_is_and_for_whom(sheet: str, audience: str) -> None:
    leaflet, record = shipped(sheet, audience).leaflet, library().worksheets[sheet]
    code, reader = {"adults": ("ADULT", "adults"), "teens": ("TEEN", "teenagers")}[audience]
    assert leaflet.code.startswith(f"WS-{record.code}-{code}-EN-1.0-")
    assert leaflet.running == f"{record.titles[audience].title}, for {reader}"
    assert not leaflet.approved
    assert "A draft: not yet approved by a clinician. Next review: 23 November 2027." in shipped(sheet, audience).html


@pytest.mark.slow
def test_an_approved_sheet_is_no_draft(case: LibraryCase) -> None:
    content = shipped("my-goals", "adults").leaflet.content
    given = '    - {audience: adults, name: A. Reader, role: Psychologist, date: "2026-12-01", version: "1.0"'
    given += f', content: "{content}"}}'
    case.replace(GOALS, "  authors:", f"{{}}\n  approvals:\n{given}")
    of, problems = case.load()
    assert of is not None and problems == []
    page = checked(of, "my-goals", "adults").html
    assert "A draft" not in page and "Approved by A. Reader, Psychologist, on 1 December 2026." in page
    assert "A draft" in checked(of, "my-goals", "teens").html


@pytest.mark.slow
def test_an_overdue_sheet_says_so(case: LibraryCase) -> None:
    case.replace(GOALS, "  last_review:", '  last_review: "2025-01-01"')
    line = case.replace(GOALS, "  next_review:", '  next_review: "2026-01-01"')
    of, _ = case.load()
    assert of is not None
    subject = checked(of, "my-goals", "teens")
    assert "Under review: it was due to be looked at again on 1 January 2026." in subject.html
    mend = "Review it and write new dates, or build with --allow-overdue, which prints that it is under review."
    said = f"{GOALS}:{line}: The worksheet was due to be looked at again on 2026-01-01. {mend}"
    assert told(case, check_subject(subject)) == [said]
    assert check_subject(subject, allow_overdue=True) == []


# Help


@every_sheet
def test_every_help_line_of_this_reader_stands_on_the_sheet_in_order(sheet: str, audience: str) -> None:
    region = library().regions["england"]
    how = {line.id: line.how.rstrip(".") for line in region.help_lines}
    box = shipped(sheet, audience).html.split('id="help-lines"')[1].replace("\xa0", " ").replace("&amp;", "&")
    places = [box.index(how[name]) for name in region.help_now[audience].lines]
    assert len(places) == 4 and places == sorted(places)
    assert "therapist" in box


def test_a_number_is_not_broken_at_the_end_of_a_line() -> None:
    assert "116\xa0123" in shipped("my-goals", "adults").html


def test_the_clinics_own_number_stands_there_too() -> None:
    (clinic,) = (clinic for clinic in library().clinics.values() if clinic.crisis and clinic.id == "riverside")
    assert clinic.crisis is not None
    box = shipped("my-goals", "adults", USUAL, clinic.id).html.split('id="help-lines"')[1].replace("\xa0", " ")
    assert clinic.crisis.how.rstrip(".") in box


def test_a_region_without_help_lines_for_the_reader_is_an_error() -> None:
    england = library().regions["england"]
    bare = england.model_copy(update={"help_now": {"adults": england.help_now["adults"]}})
    of = dataclasses.replace(library(), regions={"england": bare})
    (problem,) = composed(of, "my-goals", "teens")[1]
    assert (problem.what, problem.mend) == (
        '"help-now" has nothing for teenagers.',
        'Write "teens:" under help_now.',
    )
    assert problem.path.endswith("england.yaml") and problem.line > 1


# The boxes to write in


@every_sheet
def test_every_box_has_a_name_of_its_own_and_says_what_belongs_there(sheet: str, audience: str) -> None:
    found = boxes(shipped(sheet, audience).html)
    names = [box["data-field"] for box in found]
    assert len(names) == len(set(names)) > 8
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)
    groups = [box.get("data-group", box["data-field"]) + box["data-tip"] for box in found]
    assert len(groups) == len(set(groups)), "two boxes are described alike"
    assert all(len(box["data-tip"]) > 3 for box in found)


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_same_boxes_for_both_readers_with_tips_of_their_own(sheet: str) -> None:
    adults, teens = (boxes(shipped(sheet, audience).html) for audience in READERS)
    assert [box["data-field"] for box in adults] == [box["data-field"] for box in teens]
    assert {box["data-tip"] for box in adults} != {box["data-tip"] for box in teens}


def test_names_and_tips_speak() -> None:
    found = {box["data-field"]: box for sheet in SHEETS for box in boxes(shipped(sheet, "adults").html)}
    tips = {
        "monday-mood": "Monday: mood from 0 to 10",
        "person-5": "Person 5: In between",
        "they-say-2": "Row 2: They might say",
        "me-1-felt": "My first words: What I felt",
        "wishes-3": "What I would like to be different, line 3",
        "far-3": "Looking back: how far have I come? 3, on a scale from 0 (not started yet) to 10 (all the way there)",
    }
    assert {name: found[name]["data-tip"] for name in tips} == tips
    assert (found["far-3"]["data-kind"], found["far-3"]["data-group"], found["far-3"]["data-value"]) == (
        *("choice", "far"),
        "3",
    )
    assert [found[name]["data-kind"] for name in ("aloud", "step", "week-from")] == ["tick", "lines", "line"]


def test_every_cell_of_a_table_holds_one_box() -> None:
    for sheet in ("mood-and-contact-diary", "communication-analysis", "role-play-planner", "closeness-circles"):
        body = shipped(sheet, "teens").html.split("<tbody>")[1].split("</tbody>")[0]
        rows = [row for row in body.split("<tr")[1:] if "ws-made-up" not in row]
        assert len(rows) > 2
        assert all(cell.count("data-field") == 1 for row in rows for cell in row.split("<td>")[1:])


def test_a_field_that_stands_twice_is_told_once(case: LibraryCase) -> None:
    case.replace(GOALS, "      - id: know", "      - id: step")
    line = case.line(GOALS, "parts:")
    assert told(case, spoiled(case, "my-goals", "adults")) == [
        f'{GOALS}:{line}: Two fields of the sheet are called "step". Change the id of one.'
    ]


BOX = '<span class="field" data-field="{}" data-tip="{}" data-kind="{}"{}></span>'
GOOD = BOX.format("step", "One small step", "line", "")


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (GOOD, []),
        (
            "<p>Words</p>",
            ["The worksheet has nothing to fill in. Add a part with lines, boxes, a scale, a table or circles."],
        ),
        (GOOD + GOOD, ['Two fields are called "step". Change the id of one.']),
        (
            BOX.format("My step", "One", "line", ""),
            ['"My step" cannot be the name of a field. Use small letters, figures and single hyphens.'],
        ),
        (
            BOX.format("step", " ", "line", ""),
            ['The field "step" does not say what belongs there. Write data-tip.'],
        ),
        (
            BOX.format("step", "One", "text", ""),
            ['The field "step" is of no known kind. Write data-kind: line, lines, tick, choice.'],
        ),
        (
            BOX.format("far-1", "One", "choice", ' data-group="far"'),
            ['The choice "far-1" belongs to no group. Write data-group and data-value.'],
        ),
    ],
)
def test_what_a_template_can_do_wrong_with_fields(html: str, said: list[str]) -> None:
    assert [f"{what} {mend}" for what, mend in fields(html)] == said


# Checks


@every_sheet
def test_shipped_sheets_have_nothing_wrong_and_no_word_to_avoid(sheet: str, audience: str) -> None:
    assert composed(library(), sheet, audience)[1] == []
    assert check_subject(shipped(sheet, audience)) == []


@pytest.mark.parametrize(
    ("words", "rule", "said"),
    [
        (
            "This is a sentence which goes on and on until nobody who reads it can still say how it began, or why.",
            "B2",
            "has 22 words; 18 is the limit. Split it in two.",
        ),
        ("Do not be cool.", "B4", '"cool" is not a word for teenagers. Say "good".'),
        ("Go on!", "T5", "An exclamation mark shouts. Write a full stop."),
        ("Choose 2-3 people.", "A18", 'The range "2-3" has a dash. Write "12 to 16".'),
        ("Research says it helps.", "A5", 'speaks of evidence ("Research") and names no source.'),
        ("to see more of my brother, without a row", "T6", "stands in the text for adults too. Write it anew"),
    ],
)
def test_words_are_checked_as_on_a_leaflet(case: LibraryCase, words: str, rule: str, said: str) -> None:
    line = case.replace(GOALS, "        For example: sit", f"        {words}")
    (problem,) = [problem for problem in spoiled(case, "my-goals", "teens") if problem.rule == rule]
    assert (problem.line, problem.therapy, problem.audience) == (line, "my-goals", "teens")
    assert said in str(problem)


def test_labels_are_checked_too(case: LibraryCase) -> None:
    line = case.replace(GOALS, "        label:", "        label: {adults: One small step, teens: One cool step}")
    (problem,) = spoiled(case, "my-goals", "teens")
    assert (problem.line, problem.what) == (line, '"cool" is not a word for teenagers.')


def test_teenagers_are_told_of_an_adult_they_trust(case: LibraryCase) -> None:
    case.replace(GOALS, "    Upset by this?", "    Upset by this? Take a break, and tell your therapist.")
    (problem,) = spoiled(case, "my-goals", "teens")
    assert problem.what == 'The section "help-now" does not say "adult you trust".'


def test_a_page_without_title_code_or_reader_is_noticed() -> None:
    subject = shipped("my-goals", "adults")
    for text in (subject.leaflet.code, subject.leaflet.purpose, subject.leaflet.label, "23 November 2027"):
        broken = dataclasses.replace(subject, html=subject.html.replace(text, ""))
        assert [problem.rule for problem in check_subject(broken)] == ["A1"], text


def test_release_wants_an_approval() -> None:
    (problem,) = check_subject(shipped("my-goals", "teens"), for_release=True)
    assert (problem.what, problem.mend) == (
        "Nobody has approved version 1.0 for teenagers.",
        "A named clinician must read and approve it.",
    )


# On paper


def printed(subject: Subject) -> Any:
    from printables.typeset.engine import typeset

    return typeset(print_job.print_job(PAGES, subject).page)


def findings(made: Any) -> list[str]:
    return [finding.what for finding in made.findings]


PRINTED = [("closeness-circles", "teens"), ("communication-analysis", "adults"), ("my-goals", "teens")]
LARGE = [("closeness-circles", "teens"), ("mood-and-contact-diary", "teens")]
"""What `make test` prints of each: two that take two pages, and one that takes one; the others are long."""


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("sheet", "audience"), [pytest.param(*one, marks=() if one in PRINTED else pytest.mark.long) for one in EVERY]
)
def test_a4_has_the_pages_it_should_have(sheet: str, audience: str) -> None:
    made = printed(shipped(sheet, audience))
    assert findings(made) == []
    assert made.pages == 1 + (sheet in ON_TWO_PAGES)


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("sheet", "audience", "edition"),
    [
        pytest.param(*one, edition, marks=() if edition.large_print and one in LARGE else pytest.mark.long)
        for edition in (Edition(large_print=True), Edition(paper="a5"), Edition(paper="letter"))
        for one in EVERY
    ],
)
def test_other_paper_and_large_print_are_whole(sheet: str, audience: str, edition: Edition) -> None:
    made = printed(shipped(sheet, audience, edition))
    assert findings(made) == []
    assert made.pages <= (1 if edition.paper == "letter" else 2) * (1 + (sheet in ON_TWO_PAGES))


@pytest.mark.pdf
@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(sheet, marks=() if sheet == "mood-and-contact-diary" else pytest.mark.long)
        for sheet in SHEETS
        if sheet not in ON_TWO_PAGES
    ],
)
@pytest.mark.parametrize("clinic", ["riverside", pytest.param("hillside", marks=pytest.mark.long)])
def test_a_clinics_name_logo_and_number_do_not_make_a_second_page(sheet: str, clinic: str) -> None:
    for audience in READERS:
        subject = shipped(sheet, audience, USUAL, clinic)
        assert printed(subject).pages == 1, audience


@pytest.mark.pdf
def test_a_help_box_that_is_cut_is_an_error() -> None:
    """Companion: the rule that holds the numbers together looks at worksheets too."""
    subject = shipped("my-goals", "adults")
    cut = dataclasses.replace(subject, html=subject.html.replace('id="help-lines"', 'id="gone"'))
    assert [what for what in findings(printed(cut)) if '"help-lines"' in what]


@pytest.mark.pdf
def test_lines_lie_at_least_8_mm_apart() -> None:
    """Read from the finished page: the lines to write wishes on are as wide as the text, each below the other."""
    from printables.typeset.inspect.text import read_pdf

    (sheet,) = read_pdf(printed(shipped("my-goals", "adults")).pdf)
    found = {rect for rect in sheet.shapes if rect[2] - rect[0] > 400 and 20 < rect[3] - rect[1] < 30}
    assert len(found) == 3
    assert all(rect[3] - rect[1] >= 8 * 72 / 25.4 for rect in found)
