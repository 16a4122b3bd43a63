"""`printables approve`: write down who approved a leaflet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from pydantic_core import PydanticCustomError

from printables.authoring import approvals
from printables.checks.subject import Subject
from printables.cli.actions import write_files
from printables.cli.messages import print_problems, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.therapies import Approval
from printables.pipeline import build
from printables.problems import Exit, Problem


@click.command(epilog=examples('printables approve ipt teens --name "Full Name" --role "Consultant psychologist"'))
@click.argument("record", metavar="THERAPY")
@click.argument("audience")
@click.option("--name", required=True, metavar="TEXT", help="The person who read the leaflet and approves it.")
@click.option("--role", required=True, metavar="TEXT", help="What that person is, such as: Consultant psychologist.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The day of it [today].")
@click.option("--worksheet", "is_sheet", is_flag=True, help="THERAPY is the id of a worksheet.")
@with_options(SOURCE_FOLDERS)
def command(
    record: str, audience: str, *, name: str, role: str, day: datetime | None, is_sheet: bool, **folders: Any
) -> None:
    """Write into a record who has read one reader's leaflet and approves its words as they are now.

    When a word or a claim of it changes, the approval is void.
    """
    options = _options(record, audience, is_sheet=is_sheet, **folders)
    checked, subject = _subject(options)
    approval = Approval(
        audience=audience,
        name=_person("--name", name),
        role=_person("--role", role),
        date=day.date() if day else options.today,
        version=subject.leaflet.version,
        content=subject.leaflet.content,
    )
    problems = list(approvals.approval_problems(checked, subject, approval))
    if problems:
        stop(problems, Exit.PROBLEMS)
    path = _file(options, subject)
    _write(options, path, approval)
    print_problems(approvals.unchecked(subject))
    who = f"{approval.name}, {approval.role}"
    click.echo(f"{subject.leaflet.code} is approved by {who}, on {approval.date}: {subject.record().path}.")


def _options(record: str, audience: str, *, is_sheet: bool, **folders: Any) -> build.Options:
    chosen: dict[str, Any] = {"worksheets" if is_sheet else "therapies": (record,), "audiences": (audience,)}
    return read_options(**folders, **chosen)


def _subject(options: build.Options) -> tuple[build.CheckedLibrary, Subject]:
    """Return the one leaflet or worksheet that was named. Ends the command where there is none."""
    checked = build.check(options)
    sheets = options.choice.worksheets
    subjects = [subject for subject in checked.subjects if bool(subject.item.worksheet) == bool(sheets)]
    return checked, subjects[0] if subjects else _stop_without(options, checked)


def _stop_without(options: build.Options, checked: build.CheckedLibrary) -> NoReturn:
    """End the command and say why there is no such leaflet."""
    sheets = options.choice.worksheets
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    kind, name = ("worksheet", sheets[0]) if sheets else ("leaflet", options.choice.therapies[0])
    what = f'There is no {kind} of "{name}" for "{options.choice.audiences[0]}".'
    stop(errors or [Problem("command line", 0, what, "See: printables list.")], Exit.PROBLEMS)


def _person(option: str, text: str) -> str:
    person = approvals.person(option, text)
    return stop([person], Exit.PROBLEMS) if isinstance(person, Problem) else person


def _file(options: build.Options, subject: Subject) -> Path:
    """Return the file of the record, whichever of its two endings it has. Ends the command if it is one of ours."""
    path = dict(options.folders.records("worksheets" if subject.item.worksheet else "therapies"))[subject.item.record]
    if options.folders.is_shipped(path):
        what = "This record came with Printables, and an upgrade would remove an approval that is written into it."
        mend = f"Copy it into your own folder, and approve that: printables copy {subject.item.record}."
        stop([Problem(subject.record().path, 0, what, mend)], Exit.PROBLEMS)
    return path


def _write(options: build.Options, path: Path, approval: Approval) -> None:
    """Write the approval, read everything again, and see that it holds; else put the file back as it was."""
    before = path.read_bytes()
    try:
        after = approvals.with_approval(before, str(path), approval)
    except PydanticCustomError as error:
        details = error.context or {}
        stop([Problem(str(path), 0, details["what"], details["mend"])], Exit.PROBLEMS)
    write_files([(path, after)])
    if not any(
        subject.leaflet.approved for subject in build.check(options).subjects if subject.item.record == path.stem
    ):
        write_files([(path, before)])
        what = "The approval was written and did not hold, so the file is as it was before."
        stop([Problem(str(path), 0, what, "See what has changed meanwhile: printables check.")], Exit.PROBLEMS)
