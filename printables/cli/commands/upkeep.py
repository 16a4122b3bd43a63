"""The commands that keep the library true: what is due, and whether the sources are still where they were."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from printables import paths
from printables.authoring import review_dates
from printables.authoring.review_dates import ReviewDue
from printables.cli import messages
from printables.cli.options import FOLDERS, read_options, stop, with_options, write_files
from printables.library.library import Library
from printables.library.loader import load
from printables.problems import Exit, Problem, guess, has_errors

if TYPE_CHECKING:
    from printables.authoring.link_checker import LinkResult

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
    groups = review_dates.by_month(review_dates.due(library), today, last)
    if as_json:
        messages.as_json(problems, until=str(last), due=[_due_data(d, name) for name, ds in groups.items() for d in ds])
    else:
        messages.problems(problems)
        _say_due(groups, last)
    sys.exit(Exit.PROBLEMS if review_dates.OVERDUE in groups or has_errors(problems) else Exit.OK)


def _last_day(until: str | None, today: date, *, as_json: bool) -> date:
    """The last day of the month that --until names. Leaves where it names none."""
    if until is None:
        return review_dates.end_of_month(review_dates.later(today, DUE_WITHIN))
    try:
        return review_dates.end_of_month(
            date.fromisoformat(f"{until}-01" if re.fullmatch(r"\d{4}-\d\d", until) else "")
        )
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


def _due_data(thing: ReviewDue, heading: str) -> dict[str, Any]:
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


def _say_due(groups: Mapping[str, Iterable[ReviewDue]], last: date) -> None:
    for heading, things in groups.items():
        click.secho(heading, bold=True)
        for thing in things:
            click.echo(f"  {_due_row(thing)}")
    if not groups:
        click.echo(f"Nothing is due until {last}.")


def _due_row(thing: ReviewDue) -> str:
    day = str(thing.day) if thing.day else "no date"
    return f"{day:<10}  {thing.kind:<9}  {thing.id}  {thing.title}  {thing.place.path}:{thing.place.line}  {thing.last}"


@click.group()
def sources() -> None:
    """Look after the sources of the library."""


@sources.command("check")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@with_options(FOLDERS[:2])
@click.option("--seen", type=click.Path(path_type=Path), help="What was seen last [./output/reports/sources-seen.json]")
@click.option("--timeout", type=click.FloatRange(1, 300), default=20, help="Seconds to wait for an answer [20].")
@click.option("--pause", type=click.FloatRange(0, 60), default=2, help="Seconds between requests to one host [2].")
@click.option("--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def check_sources(
    ids: tuple[str, ...],
    *,
    seen: Path | None,
    timeout: float,
    pause: float,
    quiet: bool,
    as_json: bool,
    **asked: Any,
) -> None:
    """Visit the addresses of all sources, or of those named, and tell which moved, changed or are gone.

    The only command that goes to the network. It reads a page's words only to see whether they changed: that somebody
    has read a source is for people to record. Fails where an address is gone.
    """
    from printables.authoring import link_checker

    library, problems = _library(as_json=as_json, **asked)
    wrong = [_unknown(name, library) for name in ids if name not in library.sources]
    file = seen or paths.output() / "reports" / "sources-seen.json"
    known = _seen(file)
    if wrong or isinstance(known, Problem):
        stop([*wrong, *([known] if isinstance(known, Problem) else [])], Exit.PROBLEMS, as_json=as_json)
    addresses = {name: source.address for name, source in library.sources.items() if not ids or name in ids}
    visits = link_checker.check_links(
        addresses,
        {a: entry["text"] for a, entry in known.items()},
        link_checker.RequestLimits(timeout, pause),
        _silent if quiet or as_json else _say_visit,
    )
    today = str(read_options(**asked, output=None).today)
    known.update({v.address: {"text": v.fingerprint, "on": today} for v in visits if v.fingerprint})
    write_files([(file, json.dumps(known, indent=1, sort_keys=True) + "\n")])
    _tell(library, visits, problems, quiet=quiet, as_json=as_json)


def _tell(
    library: Library, visits: Sequence[LinkResult], problems: Iterable[Problem], *, quiet: bool, as_json: bool
) -> NoReturn:
    found = [*problems, *review_dates.of_visits(library, visits)]
    if as_json:
        messages.as_json(found, visits=[dataclasses.asdict(one) for one in visits])
    else:
        messages.problems(found)
        if not quiet:
            click.echo(review_dates.summary(visits))
    sys.exit(Exit.PROBLEMS if has_errors(found) else Exit.OK)


def _unknown(name: str, library: Library) -> Problem:
    return Problem(
        "command line", 0, f'There is no source "{name}".{guess(name, library.sources)}', "See content/sources.yaml."
    )


def _seen(file: Path) -> dict[str, dict[str, str]] | Problem:
    """What was seen at the last visit, by address: the fingerprint of the page's text, and the day."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if all(set(entry) == {"text", "on"} for entry in found.values()):
            return dict(found)
    except FileNotFoundError:
        return {}
    except OSError as error:
        return Problem(str(file), 0, f"The file cannot be read: {error.strerror}.", "Give another with --seen.")
    except (ValueError, AttributeError, TypeError):
        pass
    return Problem(
        str(file), 0, "The file is not one that this command wrote.", "Remove it, or give another with --seen."
    )


def _silent(_: LinkResult) -> None:
    """For those who asked for no more than problems."""


def _say_visit(one: LinkResult) -> None:
    click.echo(f"{one.found:<11}  {one.id}  {one.address}")


COMMANDS = (review, sources)
