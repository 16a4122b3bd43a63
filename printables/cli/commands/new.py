"""`printables new`: start a therapy record."""

from __future__ import annotations

from typing import Any

import click

from printables.authoring import new_record
from printables.cli.actions import refuse_existing, write_files
from printables.cli.messages import stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.problems import Exit, Problem


@click.command(epilog=examples("printables new my-therapy", 'printables new my-therapy --name "My therapy"'))
@click.argument("therapy")
@click.option("--name", help="The therapy's name [made from the id].")
@with_options(FOLDERS)
def command(therapy: str, name: str | None, **folders: Any) -> None:
    """Write a starter record with only what is required, each field with a word on what it holds."""
    options = read_options(**folders)
    record = new_record.starter(therapy, name, options.templates)
    if isinstance(record, Problem):
        stop([record], Exit.PROBLEMS)
    path = options.content / "therapies" / f"{therapy}.yaml"
    refuse_existing(options, path)
    write_files([(path, record)])
    click.echo(f"Wrote {path}. Fill it in, and run: printables check --therapy {therapy}")
