"""Approvals: they hold for the words that were read, and `printables approve` writes them without touching the rest."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from leaflet_case import AUDIENCES, ROOT, plain_values
from library_case import IPT, LibraryCase
from sheet_case import GOALS, READERS, SHEETS

from printables.authoring import approvals
from printables.authoring.approvals import with_approval
from printables.checks.subject import Subject
from printables.cli.app import cli
from printables.library.therapies import Approval
from printables.pages.compose.approval import content_hash
from printables.pipeline import build
from printables.plan import Choice
from printables.typeset.inspect.inspect import pdf_text

NAME, ROLE = "Dr Alex Example", "Clinical psychologist"
TODAY = date.today()  # noqa: DTZ011 - the command's own day
RECORD = plain_values(ROOT / IPT)
VERSION = RECORD["version"]
TEEN_WORD = ("      Feeling low can make you hide away", "      Feeling sad can make you hide away from people.")
DRAFT = "For evaluation, not yet approved by a clinician."


def approve(case: LibraryCase, *given: str, name: str = NAME, role: str = ROLE) -> Result:
    folders = ("--content", str(case.root / "content"), "--templates", str(case.root / "templates"))
    return CliRunner().invoke(cli, ["approve", *given, "--name", name, "--role", role, *folders])


def said(case: LibraryCase, done: Result) -> str:
    """What stands on standard error, with paths from the case's folder."""
    return re.sub(r"\S*/(?=content/)", "", done.stderr).strip()


def subject(case: LibraryCase, audience: str, clinic: str | None = None) -> Subject:
    options = dataclasses.replace(case.options(Choice(audiences=(audience,), clinic=clinic)), today=TODAY)
    return next(found for found in build.check(options).subjects if not found.item.worksheet)


def told(case: LibraryCase, *, release: bool = False) -> list[tuple[str, str]]:
    """What is said about approvals of leaflets, each with its severity."""
    options = dataclasses.replace(case.options(Choice(therapies=("ipt",))), today=TODAY, release=release)
    found = (p for p in build.check(options).problems if "approved" in p.what and p.therapy == "ipt")
    return [(p.severity, case.shown(p).split("/../")[-1]) for p in found]


def confirm_all(case: LibraryCase) -> None:
    for file in (IPT, "content/regions/england.yaml", "content/sources.yaml"):
        text = case.text(file).replace(
            "    status: unchecked\n\nhelp_now", '    checked_on: "2026-11-23"\n    status: confirmed\n\nhelp_now'
        )
        case.write(file, text.replace("status: unchecked", "status: confirmed"))


# What the hash covers


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "begins", "new", "changed"),
    [
        (IPT, *TEEN_WORD, {"teens"}),
        (IPT, '    title: "IPT: a talking therapy', '    title: "IPT: talking therapy for depression"', {"teens"}),
        ("content/regions/england.yaml", "    how: Call 0808 802 5544.", "    how: Call 0808 802 5545.", {"parents"}),
    ],
)
def test_the_hash_changes_for_those_who_read_what_changed(
    case: LibraryCase, file: str, begins: str, new: str, changed: set[str]
) -> None:
    before = {name: subject(case, name).leaflet.content for name in AUDIENCES}
    case.replace(file, begins, new)
    after = {name: subject(case, name).leaflet.content for name in AUDIENCES}
    assert {name for name in AUDIENCES if before[name] != after[name]} == changed


@pytest.mark.slow
def test_neither_clinic_nor_review_nor_a_looked_up_fact_changes_the_hash(case: LibraryCase) -> None:
    before = {name: subject(case, name).leaflet.content for name in AUDIENCES}
    assert len(set(before.values())) == len(AUDIENCES)
    confirm_all(case)
    case.replace(IPT, "  next_review:", '  next_review: "2027-10-23"')
    assert {name: subject(case, name).leaflet.content for name in AUDIENCES} == before
    clinic = subject(case, "adults", clinic="riverside")
    assert clinic.leaflet.content == before["adults"]
    assert content_hash(clinic.leaflet) != before["adults"], "its crisis line would count, were it not left out"


@pytest.mark.slow
def test_an_address_and_a_word_in_bold_are_words(case: LibraryCase) -> None:
    before = subject(case, "professionals").leaflet.content
    line = next(
        row for row in case.text("content/sources.yaml").splitlines() if "address: https://www.nice.org.uk" in row
    )
    case.replace("content/sources.yaml", line, f"{line}-other")
    assert subject(case, "professionals").leaflet.content != before


# The command


@pytest.mark.slow
def test_it_writes_the_approval_and_nothing_else(case: LibraryCase) -> None:
    """And it warns of what nobody has checked."""
    case.replace(IPT, "    status: ", "    status: unchecked", "claims:", "    population: young-people")
    before = case.text(IPT)
    done = approve(case, "ipt", "teens")
    assert done.exit_code == 0, done.stderr
    content = subject(case, "teens").leaflet.content
    entry = (
        f'  approvals:\n    - audience: teens\n      name: "{NAME}"\n      role: "{ROLE}"\n'
        f'      date: "{TODAY}"\n      version: "{VERSION}"\n      content: "{content}"\n'
    )
    assert case.text(IPT) == before.replace("  funding: None declared\n", f"  funding: None declared\n{entry}")
    assert done.stdout.startswith(f"IPT-TEEN-EN-{VERSION} is approved by {NAME}, {ROLE}, on {TODAY}: ")
    warned = [
        row for row in done.stderr.splitlines() if row.startswith("warning: ") and " unchecked. Look it up" in row
    ]
    assert warned and warned == done.stderr.splitlines()
    assert subject(case, "teens").leaflet.approved and not subject(case, "adults").leaflet.approved
    assert told(case) == []


@pytest.mark.slow
def test_it_replaces_the_readers_older_approval(case: LibraryCase) -> None:
    for audience, name in (("teens", "First"), ("adults", "Other"), ("teens", "Second")):
        assert approve(case, "ipt", audience, name=name).exit_code == 0
    assert re.findall(r'audience: (\w+)\n +name: "(\w+)"', case.text(IPT)) == [("teens", "Second"), ("adults", "Other")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ['A "B" C', "O'Neil: MD # 1", "back\\slash", "Zoë Ångström", "{braces} & <b>", "- yes", "no"]
)
def test_names_are_quoted_and_arrive_on_the_page(case: LibraryCase, name: str) -> None:
    assert approve(case, "ipt", "adults", name=name).exit_code == 0
    page = subject(case, "adults")
    (given,) = page.library.therapies["ipt"].review.approvals
    assert given.name == name
    assert page.page["about"].count(f"Approved by {name}, {ROLE}, on ") == 1 and DRAFT not in page.html


@pytest.mark.slow
def test_a_worksheet(case: LibraryCase) -> None:
    before = case.text(GOALS)
    done = approve(case, "my-goals", "teens", "--worksheet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert case.text(GOALS).startswith(before)
    options = dataclasses.replace(case.options(Choice(worksheets=("my-goals",))), today=TODAY)
    assert [s.leaflet.approved for s in build.check(options).subjects] == [False, True]
    case.replace(GOALS, "    purpose: ", "{} It is yours.", "  teens:")
    line = case.line(GOALS, "    - audience: teens")
    what = f"{NAME} approved this for teenagers on {TODAY}, and the words have changed since."
    mend = "Have it read and approved again: printables approve my-goals teens --name NAME --role ROLE --worksheet."
    found = [p for p in build.check(options).problems if "approved" in p.what]
    assert [(p.severity, p.line, p.what, p.mend) for p in found] == [("warning", line, what, mend)]


LAST_REVIEW = date.fromisoformat(RECORD["review"]["last_evidence_review"])
LAST_REVIEWED = f"the last review, {LAST_REVIEW}. Have it read again, and give the day of that."
DAY_BEFORE = LAST_REVIEW - timedelta(1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("ip", "teens"), 'error: command line: There is no therapy "ip". Did you mean "ipt"?'),
        (("ipt", "teen"), 'error: command line: There is no audience "teen". Did you mean "teens"?'),
        (
            ("my-gols", "teens", "--worksheet"),
            'error: command line: There is no worksheet "my-gols". Did you mean "my-goals"?',
        ),
        (
            ("my-goals", "parents", "--worksheet"),
            'error: command line: There is no worksheet of "my-goals" for "parents". See: printables list.',
        ),
        (
            ("ipt", "teens", "--date", str(DAY_BEFORE)),
            f"error: --date: The day of the approval, {DAY_BEFORE}, is before {LAST_REVIEWED}",
        ),
        (
            ("ipt", "teens", "--date", str(TODAY + timedelta(1))),
            f"error: --date: The day of the approval, {TODAY + timedelta(1)}, is still to come. Today is {TODAY}.",
        ),
    ],
)
def test_refusals(case: LibraryCase, given: tuple[str, ...], message: str) -> None:
    before = case.text(IPT), case.text(GOALS)
    done = approve(case, *given)
    assert (done.exit_code, done.stdout, done.stderr.strip()) == (1, "", message)
    assert (case.text(IPT), case.text(GOALS)) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "role", "message"),
    [
        (" ", ROLE, "--name: This is blank. Give the name and the role of the person who read it."),
        (NAME, "", "--role: This is blank. Give the name and the role of the person who read it."),
        ("A\nB", ROLE, "--name: This must fit on one line. Take the line break out."),
        ("A\x7fB", ROLE, "--name: A control character (U+007F) stands here. Delete it."),
        ("A\udcff", ROLE, "--name: This holds characters that cannot be written. Type them anew."),
    ],
)
def test_a_person_must_be_named(case: LibraryCase, name: str, role: str, message: str) -> None:
    done = approve(case, "ipt", "teens", name=name, role=role)
    assert (done.exit_code, done.stderr.strip()) == (1, f"error: {message}")
    assert "approvals" not in case.text(IPT)


def test_nobody_is_made_up(case: LibraryCase) -> None:
    done = CliRunner().invoke(cli, ["approve", "ipt", "teens", "--role", ROLE])
    assert done.exit_code == 2
    assert "Missing option '--name'" in done.stderr


@pytest.mark.slow
def test_no_approval_of_an_overdue_leaflet_or_one_with_an_error(case: LibraryCase) -> None:
    case.replace(IPT, "  last_evidence_review:", '  last_evidence_review: "2024-01-01"')
    case.replace(IPT, "  next_review:", '  next_review: "2025-01-01"')
    overdue = approve(case, "ipt", "teens")
    assert overdue.exit_code == 1
    assert "The evidence was due to be looked at again on 2025-01-01." in overdue.stderr
    case.replace(IPT, "  next_review:", '  next_review: "2099-01-01"')
    case.replace(IPT, TEEN_WORD[0], "      You are a cool sufferer.")
    wrong = approve(case, "ipt", "teens")
    assert (wrong.exit_code, "approvals" in case.text(IPT)) == (1, False)
    assert wrong.stderr.startswith("error: ")


@pytest.mark.slow
def test_what_does_not_hold_is_put_back(case: LibraryCase) -> None:
    before = case.path(IPT).read_bytes()
    spoiled = mock.patch.object(approvals, "with_approval", lambda data, *_: data + b"# nothing\n")
    with spoiled:
        done = approve(case, "ipt", "teens")
    assert (done.exit_code, case.path(IPT).read_bytes()) == (1, before)
    assert "The approval was written and did not hold, so the file is as it was before." in done.stderr


# Its lines in other files


GIVEN = Approval(audience="teens", name="B", role="R", date=TODAY, version="1.0", content="0" * 16)
ENTRY = (
    f'- audience: teens\n      name: "B"\n      role: "R"\n      date: "{TODAY}"\n      version: "1.0"\n'
    '      content: "0000000000000000"'
)
HEAD = "id: x\nreview:\n  a: 1\n"
OTHER = "    - {audience: adults, name: A}  # kept"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD, f"{HEAD}  approvals:\n    {ENTRY}\n"),
        (f"{HEAD}\n# end\nnotes: x\n", f"{HEAD}  approvals:\n    {ENTRY}\n\n# end\nnotes: x\n"),
        (HEAD[:-1], f"{HEAD}  approvals:\n    {ENTRY}"),
        (HEAD.replace("\n", "\r\n"), f"{HEAD}  approvals:\n    {ENTRY}\n".replace("\n", "\r\n")),
        (f"\ufeff{HEAD}", f"\ufeff{HEAD}  approvals:\n    {ENTRY}\n"),
        (f"{HEAD}  approvals: []  # none\n  b: 2\n", f"{HEAD}  approvals:  # none\n    {ENTRY}\n  b: 2\n"),
        (f"{HEAD}  approvals:\n{OTHER}\n  b: 2\n", f"{HEAD}  approvals:\n{OTHER}\n    {ENTRY}\n  b: 2\n"),
        (
            f"{HEAD}  approvals:\n    - audience: teens\n      name: A\n{OTHER}\n    - {{audience: teens}}\n  b: 2\n",
            f"{HEAD}  approvals:\n    {ENTRY}\n{OTHER}\n  b: 2\n",
        ),
    ],
)
def test_every_other_byte_stays(old: str, new: str) -> None:
    assert with_approval(old.encode(), "x.yaml", GIVEN).decode() == new


@pytest.mark.parametrize(
    "old",
    ["id: x\nreview: {a: 1}\n", f"{HEAD}  approvals: [{{audience: adults, name: A}}]\n", "{id: x, review: {a: 1}}\n"],
)
def test_a_file_that_cannot_be_cut_is_refused(old: str) -> None:
    with pytest.raises(Exception, match=r"The approval cannot be put into this file by a program\."):
        with_approval(old.encode(), "x.yaml", GIVEN)


# Approvals that no longer hold


@pytest.mark.slow
def test_a_changed_word_makes_that_approval_stale_and_no_other(case: LibraryCase) -> None:
    assert [approve(case, "ipt", name).exit_code for name in AUDIENCES] == [0] * 4
    assert told(case, release=True) == []
    case.replace(IPT, *TEEN_WORD)
    line = case.line(IPT, "    - audience: teens")
    what = f"{NAME} approved this for teenagers on {TODAY}, and the words have changed since."
    mend = "Have it read and approved again: printables approve ipt teens --name NAME --role ROLE."
    assert told(case) == [("warning", f"{IPT}:{line}: {what} {mend}")]
    assert told(case, release=True) == [("error", f"{IPT}:{line}: {what} {mend}")]
    assert DRAFT in subject(case, "teens").html and DRAFT not in subject(case, "adults").html
    assert approve(case, "ipt", "teens").exit_code == 0
    assert told(case, release=True) == []


@pytest.mark.slow
def test_an_approval_that_does_not_say_of_what_is_stale(case: LibraryCase) -> None:
    approve(case, "ipt", "teens")
    case.replace(IPT, "      content:", "")
    line = case.line(IPT, "    - audience: teens")
    ((severity, problem),) = told(case)
    assert severity == "warning"
    assert problem.startswith(f"{IPT}:{line}: {NAME} approved this for teenagers on {TODAY}, but not which words. ")


@pytest.mark.slow
def test_a_content_that_is_no_hash_is_refused(case: LibraryCase) -> None:
    approve(case, "ipt", "teens")
    line = case.replace(IPT, "      content:", '      content: "yes"')
    what = (
        'review.approvals.1.content: "yes" is not of the form that is asked for. Write what printables approve writes.'
    )
    assert case.problems()[:1] == [f"{IPT}:{line}: {what}"]


@pytest.mark.pdf
def test_release_of_what_is_approved_and_confirmed(case: LibraryCase) -> None:
    confirm_all(case)
    assert [approve(case, "ipt", name).exit_code for name in AUDIENCES] == [0] * 4
    sheets = [approve(case, sheet, name, "--worksheet").exit_code for sheet in SHEETS for name in READERS]
    assert sheets == [0] * len(SHEETS) * len(READERS)
    assert released(case) == (0, 14)
    printed = pdf_text((case.root / "output/leaflets/teens/ipt-teens-en.pdf").read_bytes())
    words = " ".join(" ".join(printed).split())
    assert f"Approved by {NAME}, {ROLE}, on " in words and DRAFT not in words
    case.replace(IPT, *TEEN_WORD)
    checked = build.check(dataclasses.replace(case.options(Choice()), today=TODAY, release=True))
    good = [(s.item.record, s.item.audience) for s in checked.good()]
    assert len(good) == 13 and ("ipt", "teens") not in good
    assert [p.audience for p in checked.problems if p.severity == "error"] == ["teens"]


def released(case: LibraryCase) -> tuple[int, int]:
    """The exit code of `build --release`, and how many PDFs there are."""
    folders = [f"--{name}={case.root / name}" for name in ("content", "templates", "output")]
    done = CliRunner().invoke(cli, ["build", "--release", "--jobs", "1", *folders])
    return done.exit_code, len(list((case.root / "output").rglob("*.pdf")))
