"""`printables preview`: see leaflets while they are written."""

from __future__ import annotations

from typing import Any

import click

from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.cli.serving import PAGE, serve


@click.command(epilog=examples("printables preview --open", "printables preview --port 0"))
@with_options(SOURCE_FOLDERS, PAGE)
def command(*, port: int, open_page: bool, **folders: Any) -> None:
    """Show a leaflet, its PDF and its problems on a page that follows what you save. Only on this machine."""
    said = "The preview is at {} and follows what you save. Stop it with Ctrl-C."
    serve("preview", read_options(**folders), port, open_page=open_page, said=said)
