"""The page on this machine that `preview` and `edit` serve, until they are stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from printables.cli.messages import stop
from printables.pipeline.build import Options
from printables.problems import Exit, Problem

PORT = 8765
PAGE = (
    click.option(
        "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N", help="0 for a free one."
    ),
    click.option("--open", "open_page", is_flag=True, help="Open the page in your browser."),
)


def serve(command: str, options: Options, port: int, *, open_page: bool, said: str, edits: bool = False) -> None:
    """Serve the page at this port. `said` is printed first, with its address in place of {}.

    Ends the command where a package is missing, or the port cannot be used.
    """
    try:
        from printables.preview.server import PortRefused, Preview
        from printables.preview.watch import ready

        writing = _editor(options) if edits else None
        ready()
    except ImportError as error:
        what = f'The package "{(error.name or "").partition(".")[0]}" is not installed.'
        mend = 'Run "make preview" in the folder of Printables, or there: pip install ".[preview]".'
        stop([Problem(command, 0, what, mend)], Exit.PROBLEMS)
    try:
        server = Preview(options, port, writing=writing)
    except PortRefused as refused:
        stop([refused.problem], Exit.PROBLEMS)
    click.echo(said.format(server.address))
    if open_page:
        click.launch(server.address)
    server.run()


def _editor(options: Options) -> Callable[[Any], Any]:
    from printables.editor.routes import Editor

    return lambda desk: Editor(desk, options)
