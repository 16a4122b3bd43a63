"""`printables approve`: write down who approved which words, or list what nobody has approved."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from pydantic_core import PydanticCustomError

from printables.authoring import approvals, signed
from printables.authoring.signed import Signed
from printables.checks.subject import Subject
from printables.cli import console
from printables.cli.actions import read_library, remove_files, write_files
from printables.cli.messages import plural, print_problems, stop
from printables.cli.options import PLACE, SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.approvals import Approval
from printables.library.library import Library
from printables.pipeline import build
from printables.pipeline.build import CheckedLibrary
from printables.pipeline.scope import region_name
from printables.plan import Choice
from printables.problems import Exit, Problem, has_errors

Given = tuple[Signed, Approval, Subject]


@click.command(
    epilog=examples(
        'printables approve ipt teens --words a74c62cf --name "Full Name" --role "Consultant psychologist"',
        "printables approve --to-sign signed.csv",
        "printables approve ipt --to-sign signed.csv",
        "printables approve --from signed.csv",
    )
)
@click.argument("record", metavar="[THERAPY", required=False)
@click.argument("audience", metavar="AUDIENCE]", required=False)
@click.option("--words", multiple=True, metavar="NUMBER", help="The number on the review sheet; may be repeated.")
@click.option("--name", metavar="TEXT", help="The person who read the leaflet and approves it.")
@click.option("--role", metavar="TEXT", help="What that person is, such as: Consultant psychologist.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The day of it [today].")
@click.option("--fact", "facts", multiple=True, metavar="NAME", help="An unchecked fact that this person confirms.")
@click.option("--worksheet", "is_sheet", is_flag=True, help="THERAPY is the id of a worksheet.")
@click.option("--from", "table", type=click.Path(path_type=Path), metavar="FILE", help="Approve each signed row.")
@click.option("--to-sign", type=click.Path(path_type=Path), metavar="FILE", help="Write what remains as rows to sign.")
@with_options(SOURCE_FOLDERS, PLACE)
def command(  # noqa: PLR0913 - one parameter for each option, all by name
    record: str | None,
    audience: str | None,
    *,
    words: tuple[str, ...],
    name: str | None,
    role: str | None,
    day: datetime | None,
    facts: tuple[str, ...],
    is_sheet: bool,
    table: Path | None,
    to_sign: Path | None,
    **folders: Any,
) -> None:
    """Write into approvals.yaml who has read a leaflet and approves its words; when one changes, that is void.

    The review sheet prints the number of the words (--words), those of the therapy's worksheets, and the names of facts
    that nobody has looked up (--fact). Without THERAPY, list what nobody has approved; --to-sign takes one, too. A CSV
    file has the columns id, audience, region, title, code, words, name, role, date, unchecked and facts; nothing is
    written if one row is wrong, and rows without name, role and date are left out.
    """
    options = read_options(**folders)
    if table:
        library, _ = read_library(options, as_json=False)
        usual = region_name(library, options.choice)
        rows, problems = signed.read_signed(_bytes(table), str(table), usual, options.today)
        _approve(_by_region(options, library, usual, rows), rows, problems)
    elif record and not to_sign:
        values = {"AUDIENCE": audience, "--words": words, "--name": name, "--role": role}
        _require(record, audience, values)
        on = day.date() if day else options.today
        row = Signed(record, audience or "", "", "", name or "", role or "", on, facts)
        choice = _choice(options.choice, record, audience, is_sheet=is_sheet)
        rows = [dataclasses.replace(row, words=one) for one in words]
        _approve({"": dataclasses.replace(options, choice=choice)}, rows)
    else:
        choice = _choice(options.choice, record, audience, is_sheet=is_sheet) if record else options.choice
        _list(dataclasses.replace(options, choice=choice), to_sign)


def _require(record: str, audience: str | None, values: dict[str, Any]) -> None:
    """End the command where a part of an approval was not given."""
    if missing := [name for name, value in values.items() if value in (None, ())]:
        where = f" Its number stands on the review sheet: printables review-sheet {record} {audience or ''}".rstrip()
        what = "argument" if missing[0] == "AUDIENCE" else "option"
        raise click.UsageError(f"Missing {what} '{missing[0]}'.{where if missing[0] == '--words' else ''}")


def _choice(choice: Choice, record: str, audience: str | None, *, is_sheet: bool) -> Choice:
    """Return the choice of this record only, for one audience or for all."""
    named: dict[str, Any] = {"worksheets" if is_sheet else "therapies": (record,)}
    return dataclasses.replace(choice, audiences=(audience,) if audience else choice.audiences, **named)


def _bytes(table: Path) -> bytes:
    try:
        return table.read_bytes()
    except OSError as error:
        what = f"The file cannot be read: {error.strerror or error}."
        stop([Problem(str(table), 0, what, "Name the CSV file with the signed rows.")], Exit.PROBLEMS)


def _by_region(
    options: build.Options, library: Library, usual: str, rows: Sequence[Signed]
) -> dict[str, build.Options]:
    """Return by region the options to compose what these rows name; `usual` is the region of the command."""
    made = {}
    for region, mine in signed.in_region(rows).items():
        audiences = tuple(dict.fromkeys(row.audience for row in mine if row.audience in library.audiences))
        choice = dataclasses.replace(
            options.choice,
            therapies=signed.therapies_of(library, mine),
            audiences=audiences,
            region=options.choice.region if region == usual else region,
        )
        made[region] = dataclasses.replace(options, choice=choice)
    return made


def _approve(by_region: dict[str, build.Options], rows: Sequence[Signed], problems: Sequence[Problem] = ()) -> None:
    """Write the approvals of these rows, or, where anything is wrong, nothing; then say what was approved."""
    if not rows and not problems:
        none = Problem("command line", 0, "No row of the file is signed.", "Write name, role and date into it.")
        stop([none], Exit.PROBLEMS)
    given: list[Given] = []
    before: list[Approval] = []
    problems = list(problems)
    for region, mine in signed.in_region(rows).items():
        checked = build.check(_off_shelf(by_region[region]))
        before = _readable(checked)
        if not checked.subjects:
            problems += [problem for problem in checked.problems if problem.severity == "error"]
        for row in mine if checked.subjects or not problems else ():
            approval, subject, found = signed.approval_of(row, checked)
            problems += found
            given += [(row, approval, subject)] if approval and subject else []
    problems += signed.twice((row, approval) for row, approval, _ in given)
    problems += signed.unknown_facts((row, subject) for row, _, subject in given)
    if problems:
        stop(sorted(set(problems), key=lambda one: (one.path, one.line, one.what)), Exit.PROBLEMS)
    new = [approval for _, approval, _ in given if not approvals.is_among(approval, before)]
    path, approved = _write(list(by_region.values()), new)
    print_problems(problem for subject in approved for problem in approvals.unchecked(subject))
    for _, approval, subject in given:
        click.echo(_said(approval, subject, before))
    click.echo(f"Wrote {plural(len(new), 'approval')} into {path}." if new else f"Nothing was written into {path}.")


def _readable(checked: CheckedLibrary) -> list[Approval]:
    """Return the approvals that there are. Ends the command where one cannot be read: it may be of the same thing."""
    if checked.library is None:
        return []
    unread = [fault.problem for fault in checked.library.approval_faults if fault.problem.severity == "error"]
    if unread:
        stop(unread, Exit.PROBLEMS)
    return list(checked.library.approvals.values())


def _said(approval: Approval, subject: Subject, before: Sequence[Approval]) -> str:
    """Return what was approved, by whom, and whose approval that replaces. A code would be that of one clinic only."""
    leaflet = subject.leaflet
    reader = leaflet.audience.name[subject.item.language]
    what = f'"{leaflet.title}" for {reader}, with the words {leaflet.content[:8]},'
    who = f"approved by {approval.name}, {approval.role}, on {approval.date}."
    if approvals.is_among(approval, before):
        return f"{what} is already {who}"
    older = " and ".join(f"{one.name} of {one.date}" for one in before if one.of == approval.of)
    return f"{what} is {who}{f' This replaces the approval of {older}.' if older else ''}"


def _off_shelf(options: build.Options) -> build.Options:
    """Return the options for what is named, whether or not it is on the clinic's shelf."""
    return dataclasses.replace(options, choice=dataclasses.replace(options.choice, off_shelf=True))


def _write(checks: Sequence[build.Options], given: Sequence[Approval]) -> tuple[Path, list[Subject]]:
    """Write the approvals, read everything again, and see that they hold; else put the file back as it was.

    Return the file, and what is approved now as it was read again.
    """
    path = checks[0].content / approvals.NAME
    if not given:
        return path, []
    before = path.read_bytes() if path.is_file() else b""
    try:
        after = approvals.with_approvals(before, str(path), given)
    except PydanticCustomError as error:
        details = error.context or {}
        stop([Problem(str(path), details["line"], details["what"], details["mend"])], Exit.PROBLEMS)
    write_files([(path, after)])
    now = [subject for one in checks for subject in build.check(_off_shelf(one)).subjects if subject.leaflet.approved]
    held = {(subject.item.record, subject.item.audience, subject.item.region): subject for subject in now}
    if not held.keys() >= {approval.of for approval in given}:
        write_files([(path, before)]) if before else remove_files([path])
        what = "The approval was written and did not hold, so the file is as it was before."
        stop([Problem(str(path), 0, what, "See what has changed meanwhile: printables check.")], Exit.PROBLEMS)
    return path, [held[approval.of] for approval in given]


def _list(options: build.Options, to_sign: Path | None) -> None:
    """Print what nobody has approved as a table, or write it as rows to sign. Fails where a record cannot be read."""
    checked = build.check(options)
    if checked.library is None or (has_errors(checked.problems) and not checked.subjects):
        stop(checked.problems, Exit.PROBLEMS)
    _readable(checked)
    waiting = signed.unsigned(checked)
    unread = [problem for problem in checked.problems if problem.severity == "error" and not problem.therapy]
    print_problems([*unread, *(fault.problem for fault in checked.library.approval_faults)])
    if to_sign:
        if to_sign.exists():
            there = Problem(str(to_sign), 0, "This file is there already.", "Name another one; it may be signed.")
            stop([there], Exit.PROBLEMS)
        write_files([(to_sign, signed.to_sign(waiting))])
        click.echo(f"Wrote {to_sign}: {plural(len(waiting), 'row')} to sign. Then: printables approve --from {to_sign}")
    else:
        console.print_unsigned(waiting, _voids(checked))
        every = len({(one.item.record, one.item.audience) for one in checked.subjects})
        click.echo(f"{every - len(waiting)} of {every} are approved; {len(waiting)} remain.")
    sys.exit(Exit.PROBLEMS if unread else Exit.OK)


def _voids(checked: CheckedLibrary) -> dict[tuple[str, str], str]:
    """Return, by record and audience, what became of an approval that does not hold any more."""
    return {(one.therapy, one.audience): one.what for one in checked.problems if one.who == "clinician"}
