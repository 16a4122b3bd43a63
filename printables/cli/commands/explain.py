"""`printables explain`: where the words of one leaflet come from."""

from __future__ import annotations

from typing import Any

import click

from printables.cli import console, messages
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit, Problem


@click.command(epilog=examples("printables explain ipt teens"))
@click.argument("therapy")
@click.argument("audience")
@with_options(FOLDERS)
def command(therapy: str, audience: str, **folders: Any) -> None:
    """Say for each section of a leaflet where its words come from, how hard they are, and why it is shown or not."""
    checked = build.check(read_options(**folders, therapies=(therapy,), audiences=(audience,)))
    if not checked.subjects:
        what = f'There is no leaflet of "{therapy}" for "{audience}".'
        missing = Problem("command line", 0, what, "See: printables list.")
        messages.stop(checked.problems or [missing], Exit.PROBLEMS)
    console.print_explanation(checked.subjects[0])
