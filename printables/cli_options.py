"""What the commands share: their options, writing an author's files, and leaving with an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from printables import build, paths, report
from printables.plan import Choice
from printables.problems import Exit, Problem

F = TypeVar("F", bound=Callable[..., Any])

FOLDERS = (
    click.option("--content", type=click.Path(path_type=Path), help="Folder of records [./content, else ours]"),
    click.option("--templates", type=click.Path(path_type=Path), help="Folder of templates [./templates, else ours]"),
    click.option("--output", type=click.Path(path_type=Path), help="Where leaflets are written [./output]"),
)
FILTERS = (
    click.option("--therapy", "therapies", multiple=True, metavar="ID", help="Only this therapy; may be repeated."),
    click.option("--audience", "audiences", multiple=True, metavar="ID", help="Only this audience; may be repeated."),
    click.option("--region", metavar="ID", help="Help lines and rules of this region."),
    click.option("--clinic", metavar="ID", help="With this clinic's name and contacts."),
)
STRICT = (
    click.option("--release", is_flag=True, help="Refuse drafts, overdue records and unchecked facts."),
    click.option("--allow-overdue", is_flag=True, help="Print overdue leaflets as under review."),
)
SAY = (
    click.option("--quiet", is_flag=True, help="Say nothing but problems."),
    click.option("--json", "as_json", is_flag=True, help="Say everything as JSON."),
)


def with_options(*groups: tuple[Callable[[F], F], ...]) -> Callable[[F], F]:
    """Put several options on a command."""

    def decorate(command: F) -> F:
        for option in reversed([option for group in groups for option in group]):
            command = option(command)
        return command

    return decorate


def read_options(content: Path | None, templates: Path | None, output: Path | None, **asked: Any) -> build.Options:
    """What was asked for on the command line, with our own folders where none was named."""
    choice = Choice(
        tuple(asked.get("therapies", ())), tuple(asked.get("audiences", ())), asked.get("region"), asked.get("clinic")
    )
    return build.Options(
        content=content or paths.content(),
        templates=templates or paths.templates(),
        output=output or paths.output(),
        today=date.today(),  # noqa: DTZ011 - review dates are days where the clinic is, not moments
        choice=choice,
        workers=asked.get("jobs") or 0,
        release=asked.get("release", False),
        allow_overdue=asked.get("allow_overdue", False),
    )


def write_files(files: Sequence[tuple[Path, str | bytes]]) -> None:
    """Write authors' files; the folders are made where they are missing."""
    from printables.publish.files import OutputError, make_folder, write_atomic

    try:
        for path, text in files:
            make_folder(path.parent)
            write_atomic(path, text.encode() if isinstance(text, str) else text)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS)


def stop(problems: Iterable[Problem], code: Exit, *, as_json: bool = False) -> NoReturn:
    """Say the problems and leave with `code`."""
    if as_json:
        report.as_json(problems)
    else:
        report.problems(problems)
    sys.exit(code)


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends a build as Ctrl-C does, so that workers stop and the manifest is written."""


def terminate(*_: object) -> NoReturn:
    raise Terminated


def leave_now(code: Exit) -> NoReturn:
    """End without waiting for the pool's threads: Python 3.11.2 waits for ever on workers that were stopped."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
