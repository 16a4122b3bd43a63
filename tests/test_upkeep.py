"""What is due, and when: by month, overdue first, with the line that says so."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result
from library_case import IPT, TODAY, LibraryCase

from printables.authoring import review_dates
from printables.cli import options as cli_options
from printables.cli.app import cli

SOURCES = "content/sources.yaml"
ENGLAND = "content/regions/england.yaml"
NG222 = "  - id: ng222"
HEADINGS = ["Never checked", "February 2027", "May 2027", "November 2027"]


class Frozen(date):
    """A calendar that stands still, so that nothing here becomes overdue one day."""

    @classmethod
    def today(cls) -> Frozen:
        return cls(TODAY.year, TODAY.month, TODAY.day)


@pytest.fixture(autouse=True)
def _here(case: LibraryCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case.root)
    monkeypatch.setattr(cli_options, "date", Frozen)


def run(*options: str) -> Result:
    return CliRunner().invoke(cli, ["review", "due", *options])


def headings(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if not line.startswith(" ")]


def rows(result: Result, identity: str) -> list[str]:
    return [line.strip() for line in result.stdout.splitlines() if f"  {identity}  " in line]


def test_everything_stands_under_its_month_and_nothing_is_overdue() -> None:
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    assert headings(done) == HEADINGS


def test_each_kind_has_its_exact_row(case: LibraryCase) -> None:
    done = run()
    line = case.line(SOURCES, "    check_again", NG222)
    title = "NG222: Depression in adults: treatment and management"
    assert rows(done, "ng222") == [f"2027-05-23  source     ng222  {title}  {SOURCES}:{line}  read on 2026-11-29"]
    line = case.line(IPT, "  next_review")
    name = "Interpersonal psychotherapy"
    assert rows(done, "ipt") == [f"2027-11-30  therapy    ipt  {name}  {IPT}:{line}  evidence reviewed on 2026-11-30"]
    file = "content/worksheets/my-goals.yaml"
    line = case.line(file, "  next_review")
    assert rows(done, "my-goals") == [
        f"2027-11-23  worksheet  my-goals  My goals  {file}:{line}  reviewed on 2026-11-23"
    ]
    line = case.line(ENGLAND, "    checked_on", "  - id: shout")
    assert rows(done, "shout") == [
        f"2027-02-22  help line  shout  Shout, England  {ENGLAND}:{line}  checked on 2026-11-23"
    ]


def test_what_is_overdue_comes_first_and_fails(case: LibraryCase) -> None:
    line = case.replace(SOURCES, "    check_again", '    check_again: "2026-11-22"', NG222)
    done = run()
    assert done.exit_code == 1
    assert headings(done) == ["Overdue", *HEADINGS]
    assert done.stdout.splitlines()[1].startswith("  2026-11-22  source     ng222  ")
    assert done.stdout.splitlines()[1].endswith(f"  {SOURCES}:{line}  read on 2026-11-29")


def test_on_the_day_itself_nothing_is_overdue(case: LibraryCase) -> None:
    case.replace(SOURCES, "    check_again", '    check_again: "2026-11-23"', NG222)
    done = run()
    assert done.exit_code == 0
    assert headings(done) == ["Never checked", "November 2026", *HEADINGS[1:]]


def test_nobody_is_said_to_have_read_what_nobody_recorded(case: LibraryCase) -> None:
    case.replace(SOURCES, "    read_on", "", NG222)
    (row,) = rows(run(), "ng222")
    assert row.endswith("  nobody recorded reading it")
    assert "verified" not in run().stdout


def test_a_line_that_was_never_checked_has_no_day_and_the_place_of_the_line(case: LibraryCase) -> None:
    done = run("--until", "2026-11")
    line = case.line(ENGLAND, "  - id: youngminds-parents")
    row = "no date     help line  youngminds-parents  YoungMinds Parents Helpline, England"
    assert done.stdout == f"Never checked\n  {row}  {ENGLAND}:{line}  nobody recorded reading it\n"
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("checked", "again", "day"),
    [
        ("2026-09-30", "2027-02-22", "2026-12-30"),
        ("2026-11-30", "2027-05-22", "2027-02-28"),
        ("2026-11-23", "2026-12-05", "2026-12-05"),
    ],
)
def test_a_help_line_is_due_after_three_months_or_with_its_source(
    case: LibraryCase, checked: str, again: str, day: str
) -> None:
    case.replace(ENGLAND, "    checked_on", f'    checked_on: "{checked}"', "  - id: shout")
    case.replace(SOURCES, "    check_again", f'    check_again: "{again}"', "  - id: helpline-shout")
    (row,) = rows(run(), "shout")
    assert row.startswith(f"{day}  help line  shout  ")


def test_until_names_the_last_month() -> None:
    assert headings(run("--until", "2027-02")) == HEADINGS[:2]
    assert headings(run("--until", "2027-05")) == HEADINGS[:3]
    assert headings(run("--until", "2027-10")) == HEADINGS[:3]


def test_until_does_not_hide_what_is_overdue(case: LibraryCase) -> None:
    case.replace(SOURCES, "    check_again", '    check_again: "2026-11-22"', NG222)
    assert headings(run("--until", "2026-01")) == ["Overdue", "Never checked"]


def test_nothing_due_is_said(case: LibraryCase) -> None:
    case.replace(ENGLAND, "    source: helpline-youngminds", '{}\n    checked_on: "2026-11-23"')
    assert run("--until", "2026-12").output == "Nothing is due until 2026-12-31.\n"


@pytest.mark.parametrize("until", ["2027-13", "2027", "27-05", "2027-05-01", "soon", "0000-01"])
def test_a_month_that_is_none_is_told(until: str) -> None:
    done = run("--until", until)
    what = f'error: command line: "{until}" is not a month. Write year and month, such as 2027-05.\n'
    assert (done.exit_code, done.stderr, done.stdout) == (2, what, "")


def test_as_json(case: LibraryCase) -> None:
    answer = json.loads(run("--json", "--until", "2027-02").stdout)
    assert (answer["until"], answer["problems"]) == ("2027-02-28", [])
    assert answer["due"][0] == {
        "group": "Never checked",
        "date": None,
        "kind": "help line",
        "id": "youngminds-parents",
        "title": "YoungMinds Parents Helpline, England",
        "path": ENGLAND,
        "line": case.line(ENGLAND, "  - id: youngminds-parents"),
        "recorded": "nobody recorded reading it",
    }
    assert {thing["group"] for thing in answer["due"][1:]} == {"February 2027"}


def test_a_record_that_cannot_be_read_is_told_and_the_rest_is_listed(case: LibraryCase) -> None:
    line = case.replace("content/worksheets/my-goals.yaml", "  next_review", '  next_review: "soon"')
    done = run()
    assert done.exit_code == 1
    assert f'content/worksheets/my-goals.yaml:{line}: review.next_review: "soon" is not a date.' in done.stderr
    assert rows(done, "my-goals") == []
    assert headings(done)[:2] == HEADINGS[:2]


def test_no_library_is_told(case: LibraryCase) -> None:
    case.write(SOURCES, "sources: none\n")
    done = run()
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: {SOURCES}:1: sources: ")


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(9999, 12, 1), 3, date.max),
    ],
)
def test_months_later(day: date, months: int, after: date) -> None:
    assert review_dates.later(day, months) == after
