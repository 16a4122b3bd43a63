"""`printables new`: start a therapy record."""

from __future__ import annotations

from typing import Any

import click

from printables.authoring import new_record
from printables.cli.actions import refuse_existing, write_files
from printables.cli.messages import stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.problems import Exit, Problem


@click.command(
    epilog=examples(
        "printables new my-therapy",
        "printables new my-therapy --audience adults --audience teens",
        "printables new my-therapy --all --print",
    )
)
@click.argument("therapy")
@click.option("--name", help="The therapy's name [made from the id].")
@click.option(
    "--audience", "audiences", metavar="ID", multiple=True, help="Make it for these readers [the first: adults]."
)
@click.option("--all", "every_part", is_flag=True, help="With every part that a record may have, for all readers.")
@click.option("--print", "only_print", is_flag=True, help="Print the record instead of writing it.")
@with_options(FOLDERS)
def command(
    therapy: str, name: str | None, audiences: tuple[str, ...], *, every_part: bool, only_print: bool, **folders: Any
) -> None:
    """Write a short record to fill in: about ten things, each with a word on what to write."""
    options = read_options(**folders)
    wanted = new_record.Wanted(name, audiences, every_part)
    record = new_record.starter(therapy, wanted, options.templates, options.today)
    if isinstance(record, Problem):
        stop([record], Exit.PROBLEMS)
    if only_print:
        click.echo(record, nl=False)
        return
    path = options.content / "therapies" / f"{therapy}.yaml"
    refuse_existing(options, path)
    write_files([(path, record)])
    click.echo(f"Wrote {path}. Fill it in, and run: printables check --therapy {therapy}")
