"""`printables completion`: let a shell complete what is typed."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from printables.cli.app import cli
from printables.cli.options import examples


@click.command(epilog=examples("printables completion bash >> ~/.bashrc"))
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the lines that make your shell complete commands, to be added to its start file."""
    completion = get_completion_class(shell)
    if completion is not None:  # the choice lists only what Click has
        click.echo(completion(cli, {}, "printables", "_PRINTABLES_COMPLETE").source())
