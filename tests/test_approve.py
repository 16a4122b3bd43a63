"""Approvals: they hold for the words that were read, and `printables approve` writes them into approvals.yaml."""

from __future__ import annotations

import csv
import dataclasses
import json
import re
import time
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result
from leaflet_case import AUDIENCES, ROOT, plain_values
from library_case import IPT, LibraryCase, copy_of_few, record_version
from sheet_case import GOALS

from printables.authoring import approvals
from printables.authoring.approvals import with_approvals
from printables.cache.cache import Cache
from printables.checks.subject import Subject
from printables.cli.app import cli
from printables.library.approvals import Approval
from printables.pages.compose.approval import content_hash
from printables.pages.compose.compose import compose
from printables.pages.compose.worksheet import compose_worksheet
from printables.pipeline import build
from printables.pipeline.released import may_stay_released
from printables.plan import Choice, Item
from printables.publish.jobs import may_hold
from printables.publish.manifest import Entry
from printables.typeset.inspect.inspect import pdf_text

NAME, ROLE = "Dr Alex Example", "Clinical psychologist"
TODAY = date.today()  # noqa: DTZ011 - the command's own day
RECORD = plain_values(ROOT / IPT)
VERSION = RECORD["version"]
TEEN_WORD = ("      Then people stop asking", "      Then people ask you less, and you feel worse.")
FILE = "content/approvals.yaml"
HEAD = approvals.HEAD
ITEM = Item("ipt", "adults", "en", "england", None, "", TODAY)
SEE = "Look it up in its sources; then set the status to seen, or to confirmed with confirmed_by and confirmed_on."
DRAFT = "For evaluation, not yet approved by a clinician."
SHEETS = ("closeness-circles", "my-goals")
"""Those of the library here: each command checks all of them, and two are as many as tests of approvals need."""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_few(tmp_path_factory.mktemp("ours"), *SHEETS)


def run(case: LibraryCase, *given: str) -> Result:
    folders = ("--content", str(case.root / "content"), "--templates", str(case.root / "templates"))
    return CliRunner().invoke(cli, [*given, *folders])


def approve(case: LibraryCase, *given: str, name: str = NAME, role: str = ROLE, words: str | None = None) -> Result:
    """Approve the words as they are now, or those of this number."""
    number = now(case, *given[:2]) if words is None else words
    return run(case, "approve", *given, "--words", number, "--name", name, "--role", role)


def now(case: LibraryCase, record: str, audience: str) -> str:
    """What the review sheet prints of the number of words; a made-up one of what there is not."""
    library, _ = case.load()
    assert library is not None
    item = dataclasses.replace(ITEM, audience=audience)
    if record in library.worksheets and audience in library.worksheets[record].titles:
        return compose_worksheet(library, dataclasses.replace(item, worksheet=record))[0].content[:8]
    known = record == "ipt" and audience in library.audiences
    return compose(library, item)[0].content[:8] if known else "0" * 8


def said(case: LibraryCase, done: Result) -> str:
    """What stands on standard error, with paths from the case's folder."""
    return re.sub(r"\S*/(?=content/)", "", done.stderr).strip()


def subject(case: LibraryCase, audience: str, clinic: str | None = None) -> Subject:
    options = dataclasses.replace(
        case.options(Choice(audiences=(audience,), clinic=clinic, no_worksheets=True)), today=TODAY
    )
    return next(found for found in build.check(options).subjects if found.item.therapy == "ipt")


def told(case: LibraryCase, *, release: bool = False) -> list[tuple[str, str]]:
    """What is said about approvals of leaflets, each with its severity."""
    options = dataclasses.replace(case.options(Choice(no_worksheets=True)), today=TODAY, release=release)
    found = (p for p in build.check(options).problems if "approved" in p.what and p.therapy == "ipt")
    return [(p.severity, case.shown(p).split("/../")[-1]) for p in found]


def confirm_all(case: LibraryCase) -> None:
    for file in (IPT, "content/regions/england.yaml", "content/sources.yaml"):
        text = case.text(file).replace(
            "    status: unchecked\n\nhelp_now", '    checked_on: "2026-11-23"\n    status: confirmed\n\nhelp_now'
        )
        case.write(file, text.replace("status: unchecked", f"status: {'seen' if file == IPT else 'confirmed'}"))


# What the hash covers


def hashes(case: LibraryCase) -> dict[str, str]:
    """The hash of each reader's words; nothing of it is checked or drawn."""
    library, problems = case.load()
    assert library is not None and problems == []
    return {name: compose(library, dataclasses.replace(ITEM, audience=name))[0].content for name in AUDIENCES}


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
    before = hashes(case)
    case.replace(file, begins, new)
    after = hashes(case)
    assert {name for name in AUDIENCES if before[name] != after[name]} == changed


@pytest.mark.slow
def test_neither_clinic_nor_review_nor_a_looked_up_fact_changes_the_hash(case: LibraryCase) -> None:
    before = hashes(case)
    assert len(set(before.values())) == len(AUDIENCES)
    confirm_all(case)
    case.replace(IPT, "  next_review:", '  next_review: "2027-10-23"')
    assert hashes(case) == before
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


WROTE = f"Wrote 1 approval into {FILE}."


def named(page: Subject) -> str:
    """What was approved, as the command says it: no code, whose stamp is another one with a clinic."""
    return f'"{page.leaflet.title}" for teenagers, with the words {page.leaflet.content[:8]},'


def said_of(case: LibraryCase, done: Result) -> list[str]:
    return [case.shown(line) for line in done.stdout.splitlines()]


def entry(case: LibraryCase, audience: str, name: str = NAME) -> str:
    return (
        f'  - therapy: ipt\n    audience: {audience}\n    region: england\n    version: "{VERSION}"\n'
        f'    words: "{subject(case, audience).leaflet.content}"\n    name: "{name}"\n    role: "{ROLE}"\n'
        f'    date: "{TODAY}"\n'
    )


def test_it_writes_the_approval_and_leaves_the_record_alone(case: LibraryCase) -> None:
    """And it warns of what nobody has checked."""
    case.replace(IPT, "    status: ", "    status: unchecked", "claims:", "    population: young-people")
    before = case.text(IPT)
    done = approve(case, "ipt", "teens")
    assert done.exit_code == 0, done.stderr
    assert case.text(IPT) == before
    assert case.text(FILE) == f"{HEAD}approvals:\n{entry(case, 'teens')}"
    page = subject(case, "teens")
    assert said_of(case, done) == [f"{named(page)} is approved by {NAME}, {ROLE}, on {TODAY}.", WROTE]
    warned = [
        row for row in done.stderr.splitlines() if row.startswith("warning: ") and " unchecked. Look it up" in row
    ]
    assert warned and warned == done.stderr.splitlines()
    assert page.leaflet.approved and not subject(case, "adults").leaflet.approved
    assert told(case) == []


@pytest.mark.slow
def test_it_replaces_the_readers_older_approval(case: LibraryCase) -> None:
    for audience, name in (("teens", "First"), ("adults", "Other"), ("teens", "Second")):
        assert approve(case, "ipt", audience, name=name).exit_code == 0
    found = re.findall(r'audience: (\w+)\n(?: .*\n){3} +name: "(\w+)"', case.text(FILE))
    assert found == [("teens", "Second"), ("adults", "Other")]


def test_an_approval_that_is_replaced_is_named_and_the_same_is_not_written_again(case: LibraryCase) -> None:
    assert approve(case, "ipt", "teens", "--date", str(LAST_REVIEW)).exit_code == 0
    done = approve(case, "ipt", "teens", name="Dr B")
    what = named(subject(case, "teens"))
    replaced = f"This replaces the approval of {NAME} of {LAST_REVIEW}."
    assert said_of(case, done) == [f"{what} is approved by Dr B, {ROLE}, on {TODAY}. {replaced}", WROTE]
    before = case.path(FILE).stat()
    done = approve(case, "ipt", "teens", name="Dr B")
    nothing = f"Nothing was written into {FILE}."
    assert said_of(case, done) == [f"{what} is already approved by Dr B, {ROLE}, on {TODAY}.", nothing]
    assert done.exit_code == 0 and case.path(FILE).stat() == before


def test_words_that_were_not_read_are_not_approved(case: LibraryCase) -> None:
    read = now(case, "ipt", "teens")
    case.replace(IPT, *TEEN_WORD)
    done = approve(case, "ipt", "teens", words=read)
    what = f'"{read}" is not the number of the words of "ipt" for "teens" as they are now.'
    mend = "Have them read again: printables review-sheet ipt teens."
    assert (done.exit_code, done.stderr.strip()) == (1, f"error: --words: {what} {mend}")
    assert not case.path(FILE).exists()
    done = approve(case, "ipt", "teens", words="12")
    mend = "Copy the 8 letters and figures of the review sheet, such as a74c62cf."
    assert done.stderr.strip() == f'error: --words: "12" is not the number of words that were read. {mend}'


def test_worksheets_are_approved_with_their_therapy(case: LibraryCase) -> None:
    numbers = [now(case, name, "teens") for name in ("ipt", "my-goals", "closeness-circles")]
    words = [part for number in numbers for part in ("--words", number)]
    done = run(case, "approve", "ipt", "teens", *words, "--name", NAME, "--role", ROLE)
    assert done.exit_code == 0, done.stderr
    assert re.findall(r"- (\w+): ([\w-]+)", case.text(FILE)) == [
        ("therapy", "ipt"),
        ("worksheet", "my-goals"),
        ("worksheet", "closeness-circles"),
    ]
    twice = run(case, "approve", "ipt", "teens", *words[:2], *words[:2], "--name", NAME, "--role", ROLE)
    assert twice.stderr.strip() == 'error: --words: "ipt" for "teens" is named twice. Take one out.'


def test_what_remains_is_listed(case: LibraryCase) -> None:
    assert approve(case, "ipt", "adults").exit_code == 0
    done = run(case, "approve")
    lines = done.stdout.splitlines()
    assert done.exit_code == 0 and lines[0].split() == ["Kind", "Id", "Audience", "Region", "Version", "Words", "State"]
    row = next(line for line in lines if line.startswith("leaflet    ipt"))
    assert row.split() == ["leaflet", "ipt", "teens", "england", VERSION, now(case, "ipt", "teens"), *NOT_YET.split()]
    assert len(lines) == 10 and lines[-1] == "1 of 9 are approved; 8 remain."


NOT_YET = "not yet approved"


# Many at once


def table(case: LibraryCase, *rows: str, head: str = "id,audience,words,name,role,date") -> Path:
    path = case.root / "signed.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
    return path


def from_table(case: LibraryCase, path: Path) -> Result:
    return run(case, "approve", "--from", str(path))


def test_a_table_that_was_written_to_sign_and_signed(case: LibraryCase) -> None:
    path = case.root / "to-sign.csv"
    done = run(case, "approve", "--to-sign", str(path))
    assert done.stdout.startswith(f"Wrote {path}: 9 rows to sign.")
    rows = path.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "id,audience,region,title,code,words,name,role,date,unchecked,facts"
    unchecked = {row.split(",")[-2] for row in rows[1:] if ",,," in row and row.startswith("ipt,")}
    assert unchecked == {"", "phases/young-people", "phases/young-people help-lines/youngminds-parents"}
    assert all(row.endswith(",") and ",,,," in row for row in rows[1:])
    assert "is there already." in run(case, "approve", "--to-sign", str(path)).stderr
    signed = [row.replace(",,,,", f",{NAME},{ROLE},,", 1) if ",teens," in row else row for row in rows]
    signed = [f"{row}phases/young-people" if row.startswith("ipt,teens,") else row for row in signed]
    path.write_text("\n".join(signed).replace(",", ";"), encoding="utf-8")
    done = from_table(case, path)
    assert done.exit_code == 0, done.stderr
    assert len(re.findall("audience: teens", case.text(FILE))) == 3 and "adults" not in case.text(FILE)
    assert done.stdout.splitlines()[-1].startswith("Wrote 3 approvals into ")
    assert case.text(FILE).count('    facts: ["phases/young-people"]\n') == 1


@pytest.mark.parametrize(
    ("given", "kinds"), [(("ipt", "teens"), {"teens"}), (("my-goals", "--worksheet"), {"adults", "teens"})]
)
def test_rows_to_sign_of_one_record(case: LibraryCase, given: tuple[str, ...], kinds: set[str]) -> None:
    path = case.root / "to-sign.csv"
    assert run(case, "approve", *given, "--to-sign", str(path)).exit_code == 0
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {row["audience"] for row in rows} == kinds
    assert {row["id"] for row in rows} == ({"ipt", *SHEETS} if given[0] == "ipt" else {given[0]})


def test_every_row_that_is_wrong_is_named_and_nothing_is_written(case: LibraryCase) -> None:
    good, old = now(case, "ipt", "adults"), "0" * 8
    path = table(
        case,
        f"ipt,adults,{good},{NAME},{ROLE},",
        f"ipt,teens,{old},{NAME},{ROLE},",
        f"itp,adults,{good},{NAME},{ROLE},",
        f"ipt,adults,{good},{NAME},{ROLE},",
        f"ipt,parents,{now(case, 'ipt', 'parents')},{NAME},,{DAY_BEFORE}",
        f"my-goals,teens,{now(case, 'my-goals', 'teens')},{NAME},{ROLE},29/11/2026",
        f"my-goals,adults,{now(case, 'my-goals', 'adults')},,,",
    )
    done = from_table(case, path)
    assert done.exit_code == 1 and not case.path(FILE).exists()
    assert done.stderr.replace(f"error: {path}:", "").splitlines() == [
        (
            '3: words: "00000000" is not the number of the words of "ipt" for "teens" as they are now. '
            "Have them read again: printables review-sheet ipt teens."
        ),
        '4: id: There is no leaflet or worksheet "itp" for "adults". Did you mean "ipt"?',
        '5: words: "ipt" for "adults" is approved in line 2 already. Take one out.',
        "6: role: This is blank. Give the name and the role of the person who read it.",
        '7: date: "29/11/2026" is not a day. Write year, month and day: 2026-11-29.',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"\xff\xfe", "This is not text in UTF-8. Save it as CSV in UTF-8, with a first line that names the columns."),
        (
            b'id,audience,words,name,role\n"ipt,adults',
            (
                "A quotation mark is left open, or this is no CSV file. "
                "Save it as CSV in UTF-8, with a first line that names the columns."
            ),
        ),
        (
            b"id,audience,name,rule",
            (
                '1: The column "words" is missing. The columns are: id, audience, region, title, code, words, name, '
                'role, date, unchecked, facts.\n1: There is no column "rule". Did you mean "role"?'
            ),
        ),
        (
            b"id,audience,words,name,role",
            "command line: No row of the file is signed. Write name, role and date into it.",
        ),
    ],
)
def test_a_table_that_cannot_be_read(case: LibraryCase, text: bytes, message: str) -> None:
    path = case.root / "signed.csv"
    path.write_bytes(text)
    done = from_table(case, path)
    said = re.sub(rf"error: ({re.escape(str(path))}:? ?)?", "", done.stderr).strip()
    assert (done.exit_code, said) == (1, message)


def test_another_regions_words_need_their_own_approval(case: LibraryCase) -> None:
    wales = case.text("content/regions/england.yaml").replace("id: england", "id: wales", 1)
    case.write("content/regions/wales.yaml", wales.replace("0808 802 5544", "0808 802 5545"))
    assert approve(case, "ipt", "parents").exit_code == 0
    done = approve(case, "ipt", "parents", "--region", "wales", words=now(case, "ipt", "parents"))
    assert done.exit_code == 1 and "as they are now." in done.stderr
    assert told(case) == [], "an approval in one region is no void approval in another"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ['A "B" C', "O'Neil: MD # 1", "back\\slash", "Zoë Ångström", "{braces} & <b>", "- yes", "no"]
)
def test_names_are_quoted_and_arrive_on_the_page(case: LibraryCase, name: str) -> None:
    approved = {"audience": "adults", "name": name, "role": ROLE, "version": VERSION, "words": hashes(case)["adults"]}
    case.write(FILE, with_approvals(b"", FILE, [GIVEN.model_copy(update=approved)]))
    page = subject(case, "adults")
    (given,) = page.library.approvals.values()
    assert given.name == name
    assert page.page["about"].count(f"Approved by {name}, {ROLE}, on ") == 1 and DRAFT not in page.html


@pytest.mark.slow
def test_a_worksheet(case: LibraryCase) -> None:
    before = case.text(GOALS)
    done = approve(case, "my-goals", "teens", "--worksheet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert case.text(GOALS) == before
    options = dataclasses.replace(case.options(Choice(worksheets=("my-goals",))), today=TODAY)
    assert [s.leaflet.approved for s in build.check(options).subjects] == [False, True]
    case.replace(GOALS, "    purpose: ", "{} It is yours.", "  teens:")
    what = f"{NAME} approved this for teenagers on {TODAY}, and the words have changed since."
    mend = "Print the review sheet, whose last line is the command to approve it: printables review-sheet ipt teens."
    found = [p for p in build.check(options).problems if "approved" in p.what]
    shown = [(p.severity, p.who, case.shown(p)) for p in found]
    assert shown == [("warning", "clinician", f"{FILE}:3: {what} {mend}")]


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
            'error: id: There is no leaflet or worksheet "my-goals" for "parents". See: printables list.',
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
    assert (case.text(IPT), case.text(GOALS)) == before and not case.path(FILE).exists()


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
    assert not case.path(FILE).exists()


def test_nobody_is_made_up(case: LibraryCase) -> None:
    done = run(case, "approve", "ipt", "teens", "--words", "a74c62cf", "--role", ROLE)
    assert done.exit_code == 2 and done.stderr.endswith("Error: Missing option '--name'.\n")
    done = run(case, "approve", "ipt", "teens", "--name", NAME, "--role", ROLE)
    where = "Its number stands on the review sheet: printables review-sheet ipt teens"
    assert done.exit_code == 2 and done.stderr.endswith(f"Error: Missing option '--words'. {where}\n")
    done = run(case, "approve", "ipt")
    assert done.exit_code == 2 and done.stderr.endswith("Error: Missing argument 'AUDIENCE'.\n")


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
    assert (wrong.exit_code, case.path(FILE).exists()) == (1, False)
    assert wrong.stderr.startswith("error: ")


@pytest.mark.parametrize("before", [None, b"# ours\napprovals: []\n"])
def test_what_does_not_hold_is_put_back(case: LibraryCase, before: bytes | None) -> None:
    if before:
        case.write(FILE, before)
    spoiled = mock.patch.object(approvals, "with_approvals", lambda data, *_: data + b"# nothing\n")
    with spoiled:
        done = approve(case, "ipt", "teens")
    assert done.exit_code == 1
    assert (case.path(FILE).read_bytes() if case.path(FILE).exists() else None) == before
    assert "The approval was written and did not hold, so the file is as it was before." in done.stderr


# Its lines in the file


GIVEN = Approval(
    therapy="ipt", audience="teens", region="england", name="B", role="R", date=TODAY, version="1.0", words="0" * 16
)
ENTRY = (
    f'- therapy: ipt\n    audience: teens\n    region: england\n    version: "1.0"\n    words: "{"0" * 16}"\n'
    f'    name: "B"\n    role: "R"\n    date: "{TODAY}"'
)
OTHER = "  - {therapy: ipt, audience: adults, region: england, name: A}  # kept"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", f"{HEAD}approvals:\n  {ENTRY}\n"),
        ("# a\napprovals: []  # none\n# end\n", f"# a\napprovals:  # none\n  {ENTRY}\n# end\n"),
        (f"approvals:\n{OTHER}\n", f"approvals:\n{OTHER}\n  {ENTRY}\n"),
        (f"approvals:\n{OTHER}", f"approvals:\n{OTHER}\n  {ENTRY}"),
        (f"\ufeffapprovals:\r\n{OTHER}\r\n", f"\ufeffapprovals:\n{OTHER}\n  {ENTRY}\n".replace("\n", "\r\n")),
        (
            (
                "approvals:\n  - audience: teens\n    therapy: ipt\n    region: england\n"
                f"{OTHER}\n  - {{therapy: ipt, audience: teens, region: england}}\n"
            ),
            f"approvals:\n  {ENTRY}\n{OTHER}\n",
        ),
    ],
)
def test_every_other_byte_stays(old: str, new: str) -> None:
    assert with_approvals(old.encode(), "x.yaml", [GIVEN]).decode() == new


@pytest.mark.parametrize("end", ["\n", ""])
def test_many_are_written_at_once_as_one_by_one(end: str) -> None:
    """They replace older ones and come after the last, and 300 take no longer than to read the file twice."""
    old = f"approvals:\n  {ENTRY}\n# ours\n{OTHER}\n  {ENTRY}{end}".encode()
    many = [GIVEN, *(GIVEN.model_copy(update={"therapy": f"t{number}"}) for number in range(300))]
    few = [*many[:3], GIVEN.model_copy(update={"audience": "adults", "name": "C"})]
    one_by_one = old
    for approval in few:
        one_by_one = with_approvals(one_by_one, "x.yaml", [approval])
    assert with_approvals(old, "x.yaml", few).rstrip() == one_by_one.rstrip()
    assert b"# ours\n" in one_by_one and one_by_one.count(b"therapy: ipt\n") == 2
    began = time.process_time()
    made = with_approvals(with_approvals(old, "x.yaml", many), "x.yaml", many)
    assert time.process_time() - began < 3, "it took 15 seconds when the file was read anew for each"
    assert made.count(b"- therapy: t") == 300 and OTHER.encode() in made


@pytest.mark.parametrize(
    "old",
    [
        "{approvals: []}\n",
        "approvals: [{therapy: ipt, audience: adults, region: england}]\n",
        "approvals: yes\n",
    ],
)
def test_a_file_that_cannot_be_cut_is_refused(old: str) -> None:
    with pytest.raises(Exception, match=r"The approval cannot be put into this file by a program\."):
        with_approvals(old.encode(), "x.yaml", [GIVEN])


# Approvals that no longer hold


@pytest.mark.slow
def test_a_changed_word_makes_that_approval_stale_and_no_other(case: LibraryCase) -> None:
    about = {"name": NAME, "role": ROLE, "version": VERSION}
    given = [GIVEN.model_copy(update={**about, "audience": name, "words": n}) for name, n in hashes(case).items()]
    case.write(FILE, with_approvals(b"", FILE, given))
    assert told(case, release=True) == []
    case.replace(IPT, *TEEN_WORD)
    line = case.line(FILE, "    audience: teens") - 1
    what = f"{NAME} approved this for teenagers on {TODAY}, and the words have changed since."
    mend = "Print the review sheet, whose last line is the command to approve it: printables review-sheet ipt teens."
    assert told(case) == [("warning", f"{FILE}:{line}: {what} {mend}")]
    assert told(case, release=True) == [("error", f"{FILE}:{line}: {what} {mend}")]
    assert DRAFT in subject(case, "teens").html and DRAFT not in subject(case, "adults").html
    rows = {tuple(row.split()[:3]): row for row in run(case, "approve").stdout.splitlines()}
    assert rows["leaflet", "ipt", "teens"].endswith(what) and ("leaflet", "ipt", "adults") not in rows
    assert approve(case, "ipt", "teens").exit_code == 0
    assert told(case, release=True) == []


def in_record(case: LibraryCase, content: str) -> None:
    """Write an approval where it stood before there was approvals.yaml."""
    given = f'{{audience: teens, name: "{NAME}", role: "{ROLE}", date: "{TODAY}", version: "{VERSION}"{content}}}'
    case.replace(IPT, "  funding:", f"{{}}\n  approvals:\n    - {given}")


def test_an_approval_in_the_record_still_holds(case: LibraryCase) -> None:
    in_record(case, f', content: "{subject(case, "teens").leaflet.content}"')
    assert subject(case, "teens").leaflet.approved
    assert told(case) == []
    case.replace(IPT, *TEEN_WORD)
    ((severity, problem),) = told(case)
    assert severity == "warning"
    assert problem.startswith(f"{IPT}:{case.line(IPT, '    - {audience: teens')}: {NAME} approved this for teenagers")


def test_an_approval_that_does_not_say_of_what_is_stale(case: LibraryCase) -> None:
    in_record(case, "")
    line = case.line(IPT, "    - {audience: teens")
    ((severity, problem),) = told(case)
    assert severity == "warning"
    assert problem.startswith(f"{IPT}:{line}: {NAME} approved this for teenagers on {TODAY}, but not which words. ")


FORM = "is not of the form that is asked for."


@pytest.mark.parametrize(
    ("begins", "new", "message"),
    [
        (
            "    words:",
            '    words: "yes"',
            (
                f'approvals.1.words: "yes" {FORM} Write the number of the words that the review sheet prints, '
                "such as a74c62cf."
            ),
        ),
        (
            "  - therapy:",
            "  - therapy: ipt\n    worksheet: my-goals",
            "approvals.1: An approval is of one therapy's leaflet or of one worksheet. Write one of the two keys.",
        ),
    ],
)
def test_a_faulty_file_of_approvals_is_named_and_stops_no_leaflet(
    case: LibraryCase, begins: str, new: str, message: str
) -> None:
    approve(case, "ipt", "teens")
    line = case.replace(FILE, begins, new)
    assert case.problems()[:1] == [f"{FILE}:{line}: {message}"]
    checked = build.check(case.options(Choice(audiences=("teens",), no_worksheets=True)))
    assert len(checked.good()) == 1 and DRAFT in checked.subjects[0].html
    assert [p.severity for p in checked.problems if p.path.endswith("approvals.yaml")] == ["error"]


def test_an_approval_of_nothing_that_exists_is_a_warning(case: LibraryCase) -> None:
    approve(case, "ipt", "teens")
    line = case.replace(FILE, "  - therapy:", "  - therapy: itp")
    assert case.problems() == [f'{FILE}:{line}: There is no therapy "itp". Did you mean "ipt"?']
    assert subject(case, "teens").leaflet.approved is False


def test_only_the_leaflet_that_was_approved_is_checked_again(case: LibraryCase) -> None:
    options = case.options(Choice())
    cache = Cache().load(options.store())
    build.check(options, cache, keep=False)
    key = cache.library_key
    approve(case, "ipt", "teens")
    cache = Cache()
    cache.begin(options.content, options.templates)
    assert cache.library_key == key
    again = build.check(options, cache, keep=False)
    assert [one.good for one in again.handouts] == [True] * 9


# Releases


@pytest.mark.pdf
def test_release_of_what_is_approved_and_checked(case: LibraryCase) -> None:
    confirm_all(case)
    numbers = [now(case, name, "teens") for name in ("ipt", "my-goals")]
    words = [part for number in numbers for part in ("--words", number)]
    assert run(case, "approve", "ipt", "teens", *words, "--name", NAME, "--role", ROLE).exit_code == 0
    assert released(case) == (1, ["ipt-teens-en.pdf", "my-goals-teens-en.pdf"])
    printed = pdf_text((case.root / "output/release/leaflets/teens/ipt-teens-en.pdf").read_bytes())
    whole = " ".join(" ".join(printed).split())
    assert f"Approved by {NAME}, {ROLE}, on " in whole and DRAFT not in whole
    case.replace(IPT, *TEEN_WORD)
    assert released(case) == (1, ["ipt-teens-en.pdf", "my-goals-teens-en.pdf"]), "the approved one stays"
    assert pdf_text((case.root / "output/release/leaflets/teens/ipt-teens-en.pdf").read_bytes()) == printed
    case.write(FILE, case.text(FILE).split("  - worksheet")[0].replace("teens", "adults"))
    assert released(case) == (1, []), "both approvals were withdrawn"


def released(case: LibraryCase) -> tuple[int, list[str]]:
    """The exit code of `build --release` for teenagers, and the PDFs in the whole output folder."""
    output = str(case.root / "output")
    done = run(case, "build", "--release", "--jobs", "1", "--audience", "teens", "--output", output)
    return done.exit_code, sorted(path.name for path in (case.root / "output").rglob("*.pdf"))


def test_no_draft_is_written_among_released_leaflets(case: LibraryCase) -> None:
    folder = case.root / "output/release"
    done = run(case, "build", "--output", str(folder))
    what = "This folder is for released leaflets only, and these may be drafts."
    assert (done.exit_code, done.stderr.strip()) == (
        1,
        f"error: {folder}: {what} Add --release, or name another folder with --output.",
    )
    assert not folder.exists()


@pytest.mark.parametrize("approved", ["yes", ""])
def test_a_draft_that_came_among_released_leaflets_does_not_stay(case: LibraryCase, approved: str) -> None:
    """It may have been copied there, or made by a version that had no such folder; its version may be approved now."""
    case.write(FILE, f"approvals:\n  {ENTRY.replace('1.0', VERSION)}\n")
    library, problems = case.load()
    path = "leaflets/teens/ipt-teens-en.pdf"
    days = {"last_review": "2026-11-01", "next_review": "2027-11-01"}
    about = {"title": "", "code": "", "version": VERSION, "therapy": "ipt", "audience": "teens", "language": "en"}
    entry = Entry(path, "", "", 0, 0, **about, **days, approved=approved)  # type: ignore[arg-type]
    assert library is not None and problems == []
    assert may_stay_released(library, entry) is bool(approved)
    assert may_hold(Path("output/release"), approved) is bool(approved) and may_hold(Path("output"))


def test_release_status(case: LibraryCase) -> None:
    approve(case, "ipt", "adults")
    given = ("release-status", "--therapy", "ipt", "--output", str(case.root / "output"))
    done = run(case, *given)
    rows = {tuple(line.split()[:3]): line.split()[3:] for line in done.stdout.splitlines() if len(line.split()) == 7}
    assert rows["Kind", "Id", "Audience"] == ["State", "Author", "Clinician", "Clinic"]
    assert rows["leaflet", "ipt", "adults"] == ["ready", "-", "-", "-"]
    assert rows["leaflet", "ipt", "parents"] == ["missing", "2", "1", "-"]
    assert done.exit_code == 1 and done.stdout.endswith("\n1 of 9 can be released: printables build --release.\n")
    assert f"  {case.path(IPT)}" in done.stdout.split("\nClinician:\n")[1]
    leaflets = json.loads(run(case, *given, "--json").stdout)["leaflets"]
    parents = next(one for one in leaflets if (one["id"], one["audience"]) == ("ipt", "parents"))
    assert [(one["who"], one["what"]) for one in parents["missing"]] == [
        ("author", 'The help line "youngminds-parents" is unchecked.'),
        ("author", 'The phases of "young-people" in courses are unchecked.'),
        ("clinician", f"Nobody has approved version {record_version()} for parents and carers."),
    ]
    assert parents["state"] == "missing" and parents["code"].startswith(f"IPT-PARENT-EN-{record_version()}-")


def test_confirmed_needs_who_and_when(case: LibraryCase) -> None:
    def found(severity: str, *, release: bool) -> list[str]:
        options = dataclasses.replace(case.options(Choice(audiences=("adults",), no_worksheets=True)), release=release)
        return [p.what for p in build.check(options).problems if "by whom" in p.what and p.severity == severity]

    line = case.replace(IPT, "    status: seen", "    status: confirmed", "techniques:")
    name = re.findall(r"(?m)^  - id: (.*)", "\n".join(case.text(IPT).splitlines()[:line]))[-1]
    what = f'"{name}" in techniques is confirmed, and it does not say by whom and when.'
    assert found("warning", release=False) == found("error", release=True) == [what]
    case.replace(IPT, "    status: confirmed", '{}\n    confirmed_by: A. Example\n    confirmed_on: "2026-11-23"')
    assert found("warning", release=False) == found("error", release=True) == []


PHASES = "phases/young-people"


def test_facts_are_confirmed_with_the_words_and_void_with_them(case: LibraryCase) -> None:
    what = 'The phases of "young-people" in courses are unchecked.'
    mend = f"{SEE} Or a clinician confirms it with the approval: --fact {PHASES}."

    def left() -> list[tuple[str, str]]:
        options = dataclasses.replace(case.options(Choice(("ipt",), ("teens",), no_worksheets=True)), release=True)
        return [(p.what, p.mend) for p in build.check(dataclasses.replace(options, today=TODAY)).problems]

    assert approve(case, "ipt", "teens").exit_code == 0
    assert left() == [(what, mend)]
    done = approve(case, "ipt", "teens", "--fact", PHASES)
    assert (done.exit_code, done.stderr) == (0, "")
    assert case.text(FILE) == f'{HEAD}approvals:\n{entry(case, "teens")}    facts: ["{PHASES}"]\n'
    assert left() == []
    assert approve(case, "ipt", "teens", "--fact", PHASES).exit_code == 0, "the same once more"
    case.replace(IPT, *TEEN_WORD)
    void, again = left()
    assert again == (what, mend) and void[0].endswith(", and the words have changed since.")


def test_a_fact_that_is_not_unchecked_cannot_be_confirmed(case: LibraryCase) -> None:
    done = approve(case, "ipt", "teens", "--fact", "phases/adults")
    what = '"phases/adults" is no unchecked fact of "ipt" for "teens".'
    assert (done.exit_code, done.stderr.strip()) == (1, f"error: --fact: {what} They are: {PHASES}.")
    done = approve(case, "ipt", "adults", "--fact", PHASES)
    what = f'"{PHASES}" is no unchecked fact of "ipt" for "adults".'
    assert (done.exit_code, done.stderr.strip()) == (1, f"error: --fact: {what} It has none. Leave it out.")
    path = table(
        case,
        f"ipt,teens,{now(case, 'ipt', 'teens')},{NAME},{ROLE},claims/x",
        head="id,audience,words,name,role,facts",
    )
    what = '"claims/x" is no unchecked fact of "ipt" for "teens".'
    assert from_table(case, path).stderr.strip() == f"error: {path}:2: fact: {what} They are: {PHASES}."
    assert not case.path(FILE).exists()


def test_what_is_said_to_be_confirmed_can_be_confirmed_with_who_and_when(case: LibraryCase) -> None:
    case.replace(IPT, "    phases_status: unchecked", "    phases_status: confirmed")
    assert approve(case, "ipt", "teens", "--fact", PHASES).exit_code == 0
    options = dataclasses.replace(case.options(Choice(("ipt",), ("teens",), no_worksheets=True)), release=True)
    assert build.check(dataclasses.replace(options, today=TODAY)).problems == ()


def test_shipped_facts_name_nobody_who_did_not_confirm_them() -> None:
    for path in (ROOT / "content/therapies").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "status: confirmed" not in text and "confirmed_by" not in text, path
