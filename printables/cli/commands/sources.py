"""`printables sources`: whether the sources of the library are still where they were."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from printables import paths
from printables.authoring import review_dates
from printables.cli import messages
from printables.cli.actions import read_library, write_files
from printables.cli.options import JSON, QUIET, SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.library import Library
from printables.problems import Exit, Problem, guess, has_errors

if TYPE_CHECKING:
    from printables.authoring.link_checker import LinkResult


@click.group(epilog=examples("printables sources check"))
def command() -> None:
    """Look after the sources of the library."""


@command.command(epilog=examples("printables sources check", "printables sources check --pause 5 --timeout 60"))
@click.argument("ids", nargs=-1, metavar="[ID]...")
@with_options(SOURCE_FOLDERS)
@click.option("--seen", type=click.Path(path_type=Path), help="What was seen last [./output/reports/sources-seen.json]")
@click.option("--timeout", type=click.FloatRange(1, 300), default=20, help="Seconds to wait for an answer [20].")
@click.option("--pause", type=click.FloatRange(0, 60), default=2, help="Seconds between requests to one host [2].")
@with_options(QUIET, JSON)
def check(
    ids: tuple[str, ...],
    *,
    seen: Path | None,
    timeout: float,
    pause: float,
    quiet: bool,
    as_json: bool,
    **folders: Any,
) -> None:
    """Visit the addresses of all sources, or of those named, and tell which moved, changed or are gone.

    The only command that goes to the network. It reads a page's words only to see whether they changed: that somebody
    has read a source is for people to record. Fails where an address is gone.
    """
    try:
        from printables.authoring import link_checker
    except ImportError as error:
        what = f'The package "{(error.name or "").partition(".")[0]}" is not installed.'
        messages.stop(
            [Problem("sources", 0, what, paths.mend_by_installing("sources"))], Exit.PROBLEMS, as_json=as_json
        )
    options = read_options(**folders)
    library, problems = read_library(options, as_json=as_json)
    file = seen or paths.output() / "reports" / "sources-seen.json"
    known = _read_seen(file)
    wrong = [_unknown(name, library) for name in ids if name not in library.sources]
    if wrong or isinstance(known, Problem):
        messages.stop([*wrong, *([known] if isinstance(known, Problem) else [])], Exit.PROBLEMS, as_json=as_json)
    addresses = {name: source.address for name, source in library.sources.items() if not ids or name in ids}
    results = link_checker.check_links(
        addresses,
        {address: page["text"] for address, page in known.items()},
        link_checker.RequestLimits(timeout, pause),
        _print_nothing if quiet or as_json else _print_result,
    )
    today = str(options.today)
    known.update({one.address: {"text": one.fingerprint, "on": today} for one in results if one.fingerprint})
    write_files([(file, json.dumps(known, indent=1, sort_keys=True) + "\n")])
    _finish(library, results, problems, quiet=quiet, as_json=as_json)


def _finish(
    library: Library, results: Sequence[LinkResult], problems: Iterable[Problem], *, quiet: bool, as_json: bool
) -> NoReturn:
    problems = [*problems, *review_dates.of_visits(library, results)]
    if as_json:
        messages.print_json(problems, visits=[dataclasses.asdict(result) for result in results])
    else:
        messages.print_problems(problems)
        if not quiet:
            click.echo(review_dates.summary(results))
    sys.exit(Exit.PROBLEMS if has_errors(problems) else Exit.OK)


def _unknown(name: str, library: Library) -> Problem:
    what = f'There is no source "{name}".{guess(name, library.sources)}'
    return Problem("command line", 0, what, "See content/sources.yaml.")


def _read_seen(file: Path) -> dict[str, dict[str, str]] | Problem:
    """Return what the last visit saw, by address: `text`, the fingerprint of the page's words, and `on`, the day."""
    try:
        seen = json.loads(file.read_text(encoding="utf-8"))
        if all(set(page) == {"text", "on"} for page in seen.values()):
            return dict(seen)
    except FileNotFoundError:
        return {}
    except OSError as error:
        return Problem(str(file), 0, f"The file cannot be read: {error.strerror}.", "Give another with --seen.")
    except (ValueError, AttributeError, TypeError):
        pass
    return Problem(
        str(file), 0, "The file is not one that this command wrote.", "Remove it, or give another with --seen."
    )


def _print_nothing(_: LinkResult) -> None:
    """Stand in for `_print_result` under --quiet and --json."""


def _print_result(result: LinkResult) -> None:
    click.echo(f"{result.found:<11}  {result.id}  {result.address}")
