"""`printables review`: what must be looked at again, and by when."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import click

from printables.authoring import review_dates
from printables.authoring.review_dates import ReviewDue
from printables.cli import messages
from printables.cli.actions import read_library
from printables.cli.options import JSON, SOURCE_FOLDERS, examples, read_options, with_options
from printables.problems import Exit, Problem, has_errors

MONTHS_LISTED = 12
"""Counted from today, where --until does not say otherwise."""


@click.group(epilog=examples("printables review due"))
def command() -> None:
    """See what must be looked at again."""


@command.command(epilog=examples("printables review due", "printables review due --until 2027-05"))
@with_options(SOURCE_FOLDERS)
@click.option("--until", metavar="YYYY-MM", help="The last month to list [12 months from today].")
@with_options(JSON)
def due(*, until: str | None, as_json: bool, **folders: Any) -> None:
    """List by month the sources, records, worksheets and help lines to look at again. Fails where any is overdue."""
    options = read_options(**folders)
    last = _last_day(until, options.today, as_json=as_json)
    library, problems = read_library(options, as_json=as_json)
    groups = review_dates.by_month(review_dates.due(library), options.today, last)
    if as_json:
        rows = [_data(review, heading) for heading, reviews in groups.items() for review in reviews]
        messages.print_json(problems, until=str(last), due=rows)
    else:
        messages.print_problems(problems)
        _print(groups, last)
    sys.exit(Exit.PROBLEMS if review_dates.OVERDUE in groups or has_errors(problems) else Exit.OK)


def _last_day(until: str | None, today: date, *, as_json: bool) -> date:
    """Return the last day of the month that --until names. Ends the command where it names none."""
    if until is None:
        return review_dates.end_of_month(review_dates.later(today, MONTHS_LISTED))
    try:
        return review_dates.end_of_month(
            date.fromisoformat(f"{until}-01" if re.fullmatch(r"\d{4}-\d\d", until) else "")
        )
    except ValueError:
        wrong = Problem("command line", 0, f'"{until}" is not a month.', "Write year and month, such as 2027-05.")
        messages.stop([wrong], Exit.USAGE, as_json=as_json)


def _data(review: ReviewDue, heading: str) -> dict[str, Any]:
    return {
        "group": heading,
        "date": str(review.day) if review.day else None,
        "kind": review.kind,
        "id": review.id,
        "title": review.title,
        "path": review.place.path,
        "line": review.place.line,
        "recorded": review.last,
    }


def _print(groups: Mapping[str, Iterable[ReviewDue]], last: date) -> None:
    for heading, reviews in groups.items():
        click.secho(heading, bold=True)
        for review in reviews:
            click.echo(f"  {_row(review)}")
    if not groups:
        click.echo(f"Nothing is due until {last}.")


def _row(review: ReviewDue) -> str:
    day, place = str(review.day) if review.day else "no date", f"{review.place.path}:{review.place.line}"
    return f"{day:<10}  {review.kind:<9}  {review.id}  {review.title}  {place}  {review.last}"
