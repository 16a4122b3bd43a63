"""`printables copy`: take files of ours into your own folder, to change them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from printables import paths
from printables.authoring.copies import pictures_of, read_copies, to_copy
from printables.cli.actions import write_files
from printables.cli.messages import stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.file_reader import shown_path
from printables.problems import Exit, Problem


@click.command(epilog=examples("printables copy ipt", "printables copy regions/wales worksheets/my-goals"))
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@with_options(SOURCE_FOLDERS[:1])
def command(names: tuple[str, ...], **folders: Any) -> None:
    """Copy a therapy, worksheet, region, clinic or course pack of ours into your own folder.

    A clinic's logo comes with it. Yours is used from then on; `printables upgrade-report` says what has changed in
    ours since.
    """
    content = read_options(**folders).folders
    if content.shipped is None:
        stop([_nothing_below(content.own)], Exit.PROBLEMS)
    copies = read_copies(content)
    if isinstance(copies, list):
        stop(copies, Exit.PROBLEMS)
    wanted = [to_copy(content, name) for name in dict.fromkeys(names)]
    if problems := [one for one in wanted if isinstance(one, Problem)]:
        stop(problems, Exit.PROBLEMS)
    records = [one for one in wanted if isinstance(one, str)]
    files = list(dict.fromkeys(file for one in records for file in (one, *pictures_of(content, one))))
    write_files(
        [*((content.own / name, (content.shipped / name).read_bytes()) for name in files), *copies.files(files)]
    )
    click.echo(f"Wrote {' and '.join(shown_path(content.own / name) for name in files)}. Yours is used from now on.")


def _nothing_below(own: Path) -> Problem:
    """Say why nothing can be copied into a folder below which none of our files lies."""
    what = "This folder is a whole library, so none of our files lies below it."
    mend = "Change its own files, or name a folder for yours, such as: --content mine."
    if paths.is_shipped(own):
        what = "This folder is the one that comes with Printables, so there is nothing to copy."
        mend = "Name a folder for your own files, such as: --content mine; or work in an empty folder."
    return Problem(shown_path(own), 0, what, mend)
