"""`printables preview`: see leaflets while they are written."""

from __future__ import annotations

from typing import Any

import click

from printables.cli.messages import stop
from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.problems import Exit, Problem

PORT = 8765


@click.command(epilog=examples("printables preview --open", "printables preview --port 0"))
@with_options(SOURCE_FOLDERS)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N", help="0 for a free one."
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in your browser.")
def command(*, port: int, open_page: bool, **folders: Any) -> None:
    """Show a leaflet, its PDF and its problems on a page that follows what you save. Only on this machine."""
    try:
        from printables.preview.server import PortRefused, Preview
        from printables.preview.watch import ready

        ready()
    except ImportError as error:
        what = f'The package "{(error.name or "").partition(".")[0]}" is not installed.'
        mend = 'Run "make preview" in the folder of Printables, or there: pip install ".[preview]".'
        stop([Problem("preview", 0, what, mend)], Exit.PROBLEMS)
    try:
        server = Preview(read_options(**folders), port)
    except PortRefused as refused:
        stop([refused.problem], Exit.PROBLEMS)
    click.echo(f"The preview is at {server.address} and follows what you save. Stop it with Ctrl-C.")
    if open_page:
        click.launch(server.address)
    server.run()
