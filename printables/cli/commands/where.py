"""`printables where`: which files of the library are yours, and which came with Printables."""

from __future__ import annotations

from typing import Any

import click

from printables import paths
from printables.authoring.copies import origins
from printables.cli import messages
from printables.cli.options import JSON, SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.file_reader import shown_path


@click.command(epilog=examples("printables where", "printables where --yours"))
@with_options(SOURCE_FOLDERS[:1])
@click.option("--yours", is_flag=True, help="Leave out the files that are ours alone.")
@with_options(JSON)
def command(*, yours: bool, as_json: bool, **folders: Any) -> None:
    """Say of each file of the library whether it is ours, yours, or yours over ours.

    "Yours and ours" are files that are put together: of what both hold, yours counts. In a checkout, nobody can tell
    which files of ./content are yours: all are "yours or ours".
    """
    content = read_options(**folders).folders
    found = {name: origin for name, origin in origins(content).items() if not (yours and origin == "ours")}
    if as_json:
        messages.print_json((), own=str(content.own), shipped=str(content.shipped or ""), files=found)
        return
    width = max((len(origin) for origin in found.values()), default=0)
    for name, origin in found.items():
        click.echo(f"{origin:<{width}}  {name}")
    if paths.is_shipped(content.own):
        click.echo(f"Yours or ours: {shown_path(content.own)}, the folder that comes with Printables")
        click.echo("To keep yours apart, name a folder for them, such as: --content mine; or work in an empty folder.")
        return
    click.echo(f"Yours: {shown_path(content.own)}")
    alone = "none lies below: this folder is a whole library"
    click.echo(f"Ours:  {shown_path(content.shipped) if content.shipped else alone}")
