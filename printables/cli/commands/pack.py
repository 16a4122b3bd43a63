"""The command that makes course packs."""

from __future__ import annotations

import dataclasses
import sys
import time
from pathlib import Path
from typing import Any

import click

from printables.cli import messages
from printables.cli.options import EDITION, FOLDERS, PLACE, SAY, read_options, stop, with_options, write_files
from printables.packs import starter
from printables.problems import Exit, Problem, has_errors


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]... | new ID")
@click.option("--all", "every", is_flag=True, help="Every pack in content/packs.")
@with_options(FOLDERS, PLACE, EDITION)
@click.option("--release", is_flag=True, help="Refuse overdue and unapproved handouts and unchecked facts.")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Worker processes [one for each core].")
@with_options(SAY)
def pack(names: tuple[str, ...], *, every: bool, quiet: bool, as_json: bool, **asked: Any) -> None:
    """Make the books of a course: for learners, for facilitators, and the handouts by themselves and as a ZIP.

    `pack new ID` writes a starter record.
    """
    options = read_options(**asked)
    if names[:1] == ("new",):
        _new(names[1:], options.content)
        return
    if not names and not every:
        what = "No course pack was named."
        stop([Problem("command line", 0, what, "Name one, or give --all.")], Exit.USAGE, as_json=as_json)
    from printables.files import OutputError
    from printables.packs.build import build_packs
    from printables.publish.lock import Busy

    started = time.monotonic()
    try:
        made = build_packs(options, () if every else names, (lambda _: None) if quiet or as_json else click.echo)
    except Busy as busy:
        stop([busy.problem], Exit.BUSY, as_json=as_json)
    except OutputError as error:
        stop(error.problems, Exit.PROBLEMS, as_json=as_json)
    if as_json:
        messages.as_json(made.problems, **{k: v for k, v in dataclasses.asdict(made).items() if k != "problems"})
    else:
        messages.problems(made.problems)
        if not quiet:
            spent = time.monotonic() - started
            handouts = len(set(made.handouts))
            said = f"{len(made.books)} books ({made.pages} pages, {made.kept} unchanged) and {handouts} handouts"
            home = Path(made.books[0]).parents[1] if made.books else Path("packs")
            click.echo(f"{said} in {options.output / home}, {spent:.1f} s.")
            messages.count(made.problems)
    sys.exit(Exit.PROBLEMS if has_errors(made.problems) else Exit.OK)


def _new(names: tuple[str, ...], content: Path) -> None:
    if len(names) != 1:
        stop([Problem("command line", 0, "A new course pack needs one id.", "Write: pack new my-course.")], Exit.USAGE)
    made = starter.starter(names[0])
    if isinstance(made, Problem):
        stop([made], Exit.PROBLEMS)
    path = content / "packs" / f"{names[0]}.yaml"
    if path.exists():
        stop([Problem(str(path), 0, "The record is there already.", "Choose another id.")], Exit.PROBLEMS)
    write_files([(path, made)])
    click.echo(f"Wrote {path}. Fill it in, and run: printables pack {names[0]}")
