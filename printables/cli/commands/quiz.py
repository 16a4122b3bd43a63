"""`printables quiz`: a course's quiz for a learning platform."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from printables.cli.actions import read_library, write_files
from printables.cli.messages import plural, stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.pack_loader import load_packs
from printables.packs.quiz import FORMATS
from printables.problems import Exit, Problem, guess


@click.command(
    epilog=examples(
        "printables quiz introduction-to-ipt",
        "printables quiz introduction-to-ipt --format qti --to quiz.zip",
    )
)
@click.argument("course")
@click.option(
    "--format", "kind", type=click.Choice(list(FORMATS)), default="moodle", show_default=True,
    help="Moodle XML; GIFT, as text; or IMS QTI 2.1, as a package.",
)  # fmt: skip
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="FILE", help="Write it there [named after the course]."
)
@with_options(SOURCE_FOLDERS)
def command(course: str, *, kind: str, target: Path | None, **folders: Any) -> None:
    """Write a course's quiz, with the right answers and the reasons, for Moodle and other learning platforms."""
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    packs, problems = load_packs(library, options.folders)
    pack = packs.packs.get(course)
    if pack is None:
        if course in packs.broken:
            stop([one for one in problems if f"/{course}." in one.path], Exit.PROBLEMS)
        hint = guess(course, packs.packs).strip() or f"There are: {', '.join(sorted(packs.packs)) or 'none'}."
        stop([Problem("command line", 0, f'There is no course pack "{course}".', hint)], Exit.PROBLEMS)
    if not pack.quiz:
        document = packs.documents[f"pack:{course}"]
        what = f'The course "{course}" has no quiz.'
        stop([Problem(document.path, document.line(("quiz",)), what, "Write one under quiz.")], Exit.PROBLEMS)
    path = target or Path(f"{course}-quiz{FORMATS[kind].suffix}")
    write_files([(path, FORMATS[kind].made(pack))])
    click.echo(f"Wrote {path}: {plural(len(pack.quiz), 'question')} with their answers. Keep it from learners.")
