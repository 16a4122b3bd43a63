"""The records of worksheets: every way to be wrong, what is said, and how far one bad record reaches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from front_door import run
from library_case import IPT, LibraryCase
from sheet_case import CIRCLES, DIARY, GOALS, SHEETS

NEEDS = "Add it; docs/fields.md says what it holds."
NOT_BOTH = "and not both. Keep one of the two keys."


@dataclass(frozen=True)
class Wrong:
    """In `file`, the line that begins with `line` is replaced; the message is about the line that begins with `at`."""

    file: str
    line: str
    by: str
    said: str
    at: str
    after: tuple[str, ...] = ()


WRONG = {
    "a kind that there is not": Wrong(
        GOALS,
        "    kind: lines",
        "    kind: line",
        'parts.1.kind: "line" is not one of the words that may stand here. '
        "Write one of: words, lines, boxes, scale, table, circles, ticks, ladder, nights, night, bus, hours.",
        "    kind: line",
    ),
    "a scale without an end": Wrong(
        GOALS, "    low:", "#", f'parts.4: A part of the kind "scale" needs "low". {NEEDS}', "  - id: far"
    ),
    "words without words": Wrong(
        DIARY,
        "    kind: lines",
        "    kind: words",
        f'parts.2: A part of the kind "words" needs "words". {NEEDS}',
        "  - id: week",
    ),
    "a key of another kind": Wrong(
        GOALS,
        "    points:",
        "{}\n    count: 3",
        'parts.4: A part of the kind "scale" has no "count". Delete it, or choose another kind.',
        "  - id: far",
    ),
    "rows and a count": Wrong(
        DIARY,
        "    rows:",
        "    count: 3\n{}",
        f'parts.3: A part of the kind "table" needs "rows" or "count", {NOT_BOTH}',
        "  - id: days",
    ),
    "neither labels nor a count": Wrong(
        GOALS,
        "    count:",
        "#",
        f'parts.1: A part of the kind "lines" needs "items" or "count", {NOT_BOTH}',
        "  - id: wishes",
    ),
    "ruled lines for nothing": Wrong(
        GOALS,
        "    heading:",
        "#",
        "parts.1: Ruled lines without labels need a heading. Say in it what they are for.",
        "  - id: wishes",
    ),
    "too many columns": Wrong(
        CIRCLES,
        "      - id: change",
        "      - {id: more, label: {any: More}}\n{}",
        "parts.4: The table has 5 columns; 4 can be written in on a small page. Take one out.",
        "  - id: people",
    ),
    "too few rings": Wrong(
        CIRCLES,
        "    items:",
        "    items: [{id: x, label: {any: X}}]\n  - id: rest\n    kind: boxes\n    items:",
        "parts.2: The drawing has 1 rings. Give it 2 to 4.",
        "  - id: circles",
    ),
    "an example that would not show": Wrong(
        CIRCLES,
        "      - id: far",
        "{}\n        example: {any: My aunt}",
        'parts.2: "far" has "example", which the kind "circles" does not show there. Delete it.',
        "  - id: circles",
    ),
    "a box of no height": Wrong(
        GOALS,
        "        lines:",
        "        lines: 0",
        "parts.2.items.1.lines: The number 0 is too small. The limit is 1.",
        "        lines: 0",
    ),
    "points of its own": Wrong(
        GOALS,
        "    points:",
        "    points: 0 to 7",
        'parts.4.points: "0 to 7" is not one of the words that may stand here. Write one of: 0 to 10, 1 to 5.',
        "    points:",
    ),
    "a key misspelt": Wrong(
        GOALS,
        "    points:",
        "{}\n    lowest: {any: none}",
        'parts.4.lowest: This key is unknown. Did you mean "low"?',
        "    lowest:",
    ),
    "a code in small letters": Wrong(
        GOALS,
        "code:",
        "code: goals",
        'code: "goals" is not of the form that is asked for. Write 2 to 10 capitals and figures, such as IPT.',
        "code:",
    ),
    "reviews out of order": Wrong(
        GOALS,
        "  next_review:",
        '  next_review: "2026-01-01"',
        "review: The next review is not after the last one. Write a later date in next_review.",
        "review:",
    ),
    "an unknown language": Wrong(
        GOALS,
        "language:",
        "language: eng",
        (
            'language: The language "eng" has no profile of measures: nobody could tell how hard its words are to '
            'read. Did you mean "en"?'
        ),
        "language:",
    ),
    "an unknown audience": Wrong(
        GOALS, "  teens:", "  teen: |", 'There is no audience "teen". Did you mean "teens"?', "  teen:", ("start:",)
    ),
    "a part that stands twice": Wrong(
        GOALS,
        "  - id: goal",
        "  - id: wishes",
        'The id "wishes" stands twice in parts. Rename one.',
        "  - id: wishes",
        ("  - id: wishes",),
    ),
    "an approval for nobody": Wrong(
        GOALS,
        "  authors:",
        '{}\n  approvals:\n    - {audience: adult, name: A, role: B, date: "2026-12-01", version: "1.0"}',
        'There is no audience "adult". Did you mean "adults"?',
        "    - {audience:",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_record_says_where_and_how_to_mend_it(case: LibraryCase, wrong: Wrong) -> None:
    """It stops itself alone: the therapy that names it, and the other worksheets, can still be made."""
    case.replace(wrong.file, wrong.line, wrong.by, *wrong.after)
    line = case.line(wrong.file, wrong.at, *wrong.after)
    of, problems = case.load()
    assert problems == [f"{wrong.file}:{line}: {wrong.said}"]
    name = Path(wrong.file).stem
    assert of is not None
    assert list(of.therapies) == ["ipt"]
    assert sorted(of.worksheets) == sorted(set(SHEETS) - {name})
    assert of.broken == {name}


@pytest.mark.slow
def test_a_therapy_names_a_worksheet_that_there_is_not(case: LibraryCase) -> None:
    line = case.replace(IPT, "worksheets:", "worksheets: [closeness-circle, my-goals, my-goals]")
    said = [problem for problem in case.problems() if "nobody gets it" not in problem]
    assert said == [
        f'{IPT}:{line}: The worksheet "my-goals" stands twice. Delete one.',
        f'{IPT}:{line}: There is no worksheet "closeness-circle". Did you mean "closeness-circles"?',
    ]


def test_a_worksheet_that_nobody_gets_is_a_warning(case: LibraryCase) -> None:
    named = ", ".join(sorted(set(SHEETS) - {"communication-analysis"}))
    case.replace(IPT, "worksheets:", f"worksheets: [{named}]")
    of, problems = case.load()
    said = "No therapy names this worksheet, so nobody gets it."
    mend = 'Add "communication-analysis" under worksheets in the record of a therapy.'
    assert problems == [f"content/worksheets/communication-analysis.yaml:2: {said} {mend}"]
    assert of is not None and len(of.worksheets) == len(SHEETS)


@pytest.mark.slow
def test_a_worksheet_may_not_have_the_id_of_a_therapy(case: LibraryCase) -> None:
    case.write("content/worksheets/ipt.yaml", case.text(GOALS).replace("id: my-goals", "id: ipt", 1))
    case.replace(IPT, "worksheets:", "worksheets: [ipt]")
    assert 'content/worksheets/ipt.yaml:2: The id "ipt" is that of a therapy. Rename the worksheet and its file.' in (
        case.problems()
    )


@pytest.mark.slow
def test_a_broken_label_is_all_that_is_said_of_a_worksheet(case: LibraryCase) -> None:
    """No command says besides that there is no such worksheet."""
    line = case.replace(CIRCLES, "        label:", "        label: [Close to me]")
    case.write(
        "content/clinics/elm.yaml", "id: elm\nname: Elm\nregion: england\nshelf:\n  - worksheet: closeness-circles\n"
    )
    said = f"error: {CIRCLES}:{line}: parts.2.items.1.label: This must hold keys and values. Indent its keys below it."
    for command in (
        ("check", "--therapy", "ipt"),
        ("check", "--clinic", "elm"),
        ("build", "--worksheet", "closeness-circles"),
        ("list", "--worksheet", "closeness-circles"),
        ("proof", "ipt"),
    ):
        done = run(case.root, *command)
        assert (done.returncode, done.stderr.splitlines()) == (1, [said]), command
