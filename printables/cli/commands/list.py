"""`printables list`: which leaflets there are."""

from __future__ import annotations

import sys
from typing import Any

import click

from printables.cli import console, messages
from printables.cli.options import EDITIONS, FILTERS, FOLDERS, JSON, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit


@click.command(epilog=examples("printables list --audience teens", "printables list --clinic riverside --json"))
@with_options(FOLDERS, FILTERS, EDITIONS, JSON)
def command(*, as_json: bool, **values: Any) -> None:
    """Say which leaflets there are and where each is written."""
    options = read_options(**values)
    checked = build.check(options, options.new_cache(), keep=False)
    if checked.library is None:
        messages.stop(checked.problems, Exit.PROBLEMS, as_json=as_json)
    if as_json:
        messages.print_json(checked.problems, leaflets=[console.leaflet_data(leaflet) for leaflet in checked.handouts])
    else:
        messages.print_problems(checked.problems)
        console.print_leaflets(checked.handouts)
    sys.exit(Exit.OK if build.succeeded(checked) else Exit.PROBLEMS)
