"""`printables build`: make the leaflets."""

from __future__ import annotations

import dataclasses
import sys
import time
from typing import Any

import click

from printables import paths
from printables.cache import environment, up_to_date
from printables.cli import console, fast_path, messages
from printables.cli.actions import run_build
from printables.cli.options import (
    CLUSTER,
    EDITIONS,
    FILTERS,
    FOLDERS,
    FORMATS,
    JOBS,
    JSON,
    LANGUAGE,
    QUIET,
    STRICT,
    examples,
    read_options,
    with_options,
)
from printables.pipeline import build
from printables.problems import Exit


@click.command(
    epilog=examples(
        "printables build --therapy ipt --audience teens",
        "printables build --large-print --clinic riverside",
        "printables build --edition a4 --edition a4-cream",
    )
)
@with_options(FOLDERS, FILTERS, LANGUAGE, EDITIONS, STRICT, FORMATS, JOBS, CLUSTER, QUIET, JSON)
def command(*, quiet: bool = False, as_json: bool = False, **values: Any) -> None:
    """Make the leaflets that changed, as PDF and as web page, into the output folder."""
    options = read_options(**values)
    started = time.monotonic()
    sources = up_to_date.source_state(
        fast_path.command_key(sys.argv[1:]), paths.sources(options.content, options.templates), environment.files()
    )
    checked, result = run_build(options, quiet=quiet, as_json=as_json)
    seconds = time.monotonic() - started
    changes = fast_path.changes_during_build(sources)
    checked = dataclasses.replace(checked, problems=(*checked.problems, *changes))
    if as_json:
        messages.print_json(checked.problems, **console.result_data(result, seconds))
    else:
        messages.print_problems(checked.problems)
        console.print_result(checked, result, options.output, seconds, quiet=quiet)
    if not build.succeeded(checked, result):
        sys.exit(Exit.PROBLEMS)
    sizes = console.sizes(result.made())
    fast_path.keep_result(
        options, None if changes else sources, checked, result, sizes=sizes, quiet=quiet, as_json=as_json
    )
