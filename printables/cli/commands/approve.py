"""The command that writes down who approved a leaflet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from pydantic_core import PydanticCustomError

from printables.authoring import approvals
from printables.checks.subject import Subject
from printables.cli import messages
from printables.cli.options import FOLDERS, read_options, stop, with_options, write_files
from printables.library.therapies import Approval
from printables.pipeline import build
from printables.problems import Exit, Problem


@click.command()
@click.argument("record", metavar="THERAPY")
@click.argument("audience")
@click.option("--name", required=True, metavar="TEXT", help="The person who read the leaflet and approves it.")
@click.option("--role", required=True, metavar="TEXT", help="What that person is, such as: Consultant psychologist.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The day of it [today].")
@click.option("--worksheet", "is_sheet", is_flag=True, help="THERAPY is the id of a worksheet.")
@with_options(FOLDERS[:2])
def approve(
    record: str, audience: str, *, name: str, role: str, day: datetime | None, is_sheet: bool, **asked: Any
) -> None:
    """Write into a record who has read one reader's leaflet and approves its words as they are now.

    When a word or a claim of it changes, the approval is void.
    """
    options = _options(record, audience, is_sheet=is_sheet, **asked)
    checked, subject = _subject(options)
    given = Approval(
        audience=audience,
        name=_person("--name", name),
        role=_person("--role", role),
        date=day.date() if day else options.today,
        version=subject.leaflet.version,
        content=subject.leaflet.content,
    )
    problems = list(approvals.approval_problems(checked, subject, given))
    if problems:
        stop(problems, Exit.PROBLEMS)
    path = _file(options, subject)
    _write(options, path, given)
    messages.problems(approvals.unchecked(subject))
    click.echo(
        f"{subject.leaflet.code} is approved by {given.name}, {given.role}, on {given.date}: {subject.record().path}."
    )


def _options(record: str, audience: str, *, is_sheet: bool, **asked: Any) -> build.Options:
    wanted = {"worksheets" if is_sheet else "therapies": (record,)}
    return read_options(**{"output": None, **asked, **wanted, "audiences": (audience,)})


def _subject(options: build.Options) -> tuple[build.CheckedLibrary, Subject]:
    """The one leaflet or worksheet that was named. Leaves where there is none."""
    checked = build.check(options)
    sheets = options.choice.worksheets
    found = [subject for subject in checked.subjects if bool(subject.item.worksheet) == bool(sheets)]
    return checked, found[0] if found else _none(options, checked)


def _none(options: build.Options, checked: build.CheckedLibrary) -> NoReturn:
    """Say why there is no such leaflet, and leave."""
    sheets = options.choice.worksheets
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    kind, name = ("worksheet", sheets[0]) if sheets else ("leaflet", options.choice.therapies[0])
    what = f'There is no {kind} of "{name}" for "{options.choice.audiences[0]}".'
    stop(errors or [Problem("command line", 0, what, "See: printables list.")], Exit.PROBLEMS)


def _person(option: str, text: str) -> str:
    found = approvals.person(option, text)
    return stop([found], Exit.PROBLEMS) if isinstance(found, Problem) else found


def _file(options: build.Options, subject: Subject) -> Path:
    """The file of the record, whichever of its two endings it has."""
    folder = options.content / ("worksheets" if subject.item.worksheet else "therapies")
    return folder / Path(subject.record().path).name


def _write(options: build.Options, path: Path, given: Approval) -> None:
    """Write, read again, and see that the leaflet is approved now; else the file is put back as it was."""
    before = path.read_bytes()
    try:
        after = approvals.with_approval(before, str(path), given)
    except PydanticCustomError as error:
        said = error.context or {}
        stop([Problem(str(path), 0, said["what"], said["mend"])], Exit.PROBLEMS)
    write_files([(path, after)])
    if not any(
        subject.leaflet.approved for subject in build.check(options).subjects if subject.item.record == path.stem
    ):
        write_files([(path, before)])
        what = "The approval was written and did not hold, so the file is as it was before."
        stop([Problem(str(path), 0, what, "See what has changed meanwhile: printables check.")], Exit.PROBLEMS)
