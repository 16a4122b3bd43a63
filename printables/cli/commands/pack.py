"""`printables pack`: the books and handouts of a course."""

from __future__ import annotations

import dataclasses
import sys
import time
from pathlib import Path
from typing import Any

import click

from printables.cli import messages
from printables.cli.actions import refuse_existing, write_files
from printables.cli.messages import stop
from printables.cli.options import EDITION, FOLDERS, JOBS, JSON, PLACE, QUIET, examples, read_options, with_options
from printables.files import OutputError
from printables.packs import starter
from printables.packs.build import build_packs
from printables.pipeline import build
from printables.problems import Exit, Problem, has_errors
from printables.publish.lock import Busy


@click.command(
    epilog=examples(
        "printables pack introduction-to-ipt",
        "printables pack --all --edition a4-duplex",
        "printables pack new my-course",
    )
)
@click.argument("names", nargs=-1, metavar="[NAME]... | new ID")
@click.option("--all", "every", is_flag=True, help="Every pack in content/packs.")
@with_options(FOLDERS, PLACE, EDITION)
@click.option("--release", is_flag=True, help="Refuse drafts and unchecked facts; write into output/release.")
@with_options(JOBS, QUIET, JSON)
def command(names: tuple[str, ...], *, every: bool, quiet: bool, as_json: bool, **values: Any) -> None:
    """Make the books of a course: for learners, for facilitators, and the handouts by themselves and as a ZIP.

    `pack new ID` writes a starter record.
    """
    options = read_options(**values)
    if names[:1] == ("new",):
        _write_starter(names[1:], options)
        return
    if not names and not every:
        what = "No course pack was named."
        stop([Problem("command line", 0, what, "Name one, or give --all.")], Exit.USAGE, as_json=as_json)
    started = time.monotonic()
    try:
        result = build_packs(options, () if every else names, (lambda _: None) if quiet or as_json else click.echo)
    except Busy as busy:
        stop([busy.problem], Exit.BUSY, as_json=as_json)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS, as_json=as_json)
    if as_json:
        messages.print_json(result.problems, **{k: v for k, v in dataclasses.asdict(result).items() if k != "problems"})
    else:
        messages.print_problems(result.problems)
        if not quiet:
            handouts = len(set(result.handouts))
            books = f"{len(result.books)} books ({result.pages} pages, {result.kept} unchanged)"
            seconds = time.monotonic() - started
            home = Path(result.books[0]).parents[1] if result.books else Path("packs")
            click.echo(f"{books} and {handouts} handouts in {options.output / home}, {seconds:.1f} s.")
            messages.print_count(result.problems)
    sys.exit(Exit.PROBLEMS if has_errors(result.problems) else Exit.OK)


def _write_starter(names: tuple[str, ...], options: build.Options) -> None:
    if len(names) != 1:
        stop([Problem("command line", 0, "A new course pack needs one id.", "Write: pack new my-course.")], Exit.USAGE)
    record = starter.starter(names[0])
    if isinstance(record, Problem):
        stop([record], Exit.PROBLEMS)
    path = options.content / "packs" / f"{names[0]}.yaml"
    refuse_existing(options, path)
    write_files([(path, record)])
    click.echo(f"Wrote {path}. Fill it in, and run: printables pack {names[0]}")
