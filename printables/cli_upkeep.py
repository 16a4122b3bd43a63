"""The commands that keep the library true: what is due, and whether the sources are still where they were."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import click

from printables import report, upkeep
from printables.cli_options import FOLDERS, read_options, stop, with_options
from printables.library.library import Library
from printables.library.loader import load
from printables.problems import Exit, Problem, has_errors
from printables.upkeep import Due

DUE_WITHIN = 12
"""Months from today, where --until does not say otherwise."""


@click.group()
def review() -> None:
    """See what must be looked at again."""


@review.command("due")
@with_options(FOLDERS[:2])
@click.option("--until", metavar="YYYY-MM", help="The last month to list [12 months from today].")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def due(*, until: str | None, as_json: bool, **asked: Any) -> None:
    """List by month the sources, records, worksheets and help lines to look at again. Fails where any is overdue."""
    today = read_options(**asked, output=None).today
    last = _last_day(until, today, as_json=as_json)
    library, problems = _library(as_json=as_json, **asked)
    groups = upkeep.by_month(upkeep.due(library), today, last)
    if as_json:
        report.as_json(problems, until=str(last), due=[_due_data(d, name) for name, ds in groups.items() for d in ds])
    else:
        report.problems(problems)
        _say_due(groups, last)
    sys.exit(Exit.PROBLEMS if upkeep.OVERDUE in groups or has_errors(problems) else Exit.OK)


def _last_day(until: str | None, today: date, *, as_json: bool) -> date:
    """The last day of the month that --until names. Leaves where it names none."""
    if until is None:
        return upkeep.end_of_month(upkeep.later(today, DUE_WITHIN))
    try:
        return upkeep.end_of_month(date.fromisoformat(f"{until}-01" if re.fullmatch(r"\d{4}-\d\d", until) else ""))
    except ValueError:
        wrong = Problem("command line", 0, f'"{until}" is not a month.', "Write year and month, such as 2027-05.")
        stop([wrong], Exit.USAGE, as_json=as_json)


def _library(*, as_json: bool, **asked: Any) -> tuple[Library, list[Problem]]:
    """The library and what is wrong with it. Leaves where it cannot be read."""
    options = read_options(**asked, output=None)
    library, problems = load(options.content, options.templates)
    if library is None:
        stop(problems, Exit.PROBLEMS, as_json=as_json)
    return library, problems


def _due_data(thing: Due, heading: str) -> dict[str, Any]:
    return {
        "group": heading,
        "date": str(thing.day) if thing.day else None,
        "kind": thing.kind,
        "id": thing.id,
        "title": thing.title,
        "path": thing.place.path,
        "line": thing.place.line,
        "recorded": thing.last,
    }


def _say_due(groups: Mapping[str, Iterable[Due]], last: date) -> None:
    for heading, things in groups.items():
        click.secho(heading, bold=True)
        for thing in things:
            click.echo(f"  {_due_row(thing)}")
    if not groups:
        click.echo(f"Nothing is due until {last}.")


def _due_row(thing: Due) -> str:
    day = str(thing.day) if thing.day else "no date"
    return f"{day:<10}  {thing.kind:<9}  {thing.id}  {thing.title}  {thing.place.path}:{thing.place.line}  {thing.last}"


COMMANDS = (review,)
