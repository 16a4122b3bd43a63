"""`printables edit`: change records on a page, without seeing their files."""

from __future__ import annotations

from typing import Any

import click

from printables.cli.options import SOURCE_FOLDERS, examples, read_options, with_options
from printables.cli.serving import PAGE, serve


@click.command(epilog=examples("printables edit --open", "printables edit --content my-content --port 0"))
@with_options(SOURCE_FOLDERS, PAGE)
def command(*, port: int, open_page: bool, **folders: Any) -> None:
    """Show a leaflet on a page on which its words can be changed: click a sentence, and write. Only on this machine."""
    options = read_options(**folders)
    said = f"The editor is at {{}} and writes into {options.content}. Stop it with Ctrl-C."
    serve("edit", options, port, open_page=open_page, said=said, edits=True)
