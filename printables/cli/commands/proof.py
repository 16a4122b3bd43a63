"""`printables proof`: all leaflets of a therapy on one sheet, to read and mark."""

from __future__ import annotations

import sys
from typing import Any

import click

from printables.cli.actions import write_files
from printables.cli.messages import print_problems, stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit, has_errors
from printables.reports.proof import proof


@click.command(epilog=examples("printables proof ipt"))
@click.argument("therapy")
@with_options(FOLDERS)
def command(therapy: str, **folders: Any) -> None:
    """Write one sheet with all audiences of a therapy side by side; fallbacks, warnings and unchecked facts marked."""
    options = read_options(**folders, therapies=(therapy,))
    checked = build.check(options)
    if not checked.subjects:
        stop(checked.problems, Exit.PROBLEMS)
    path = options.output / "proofs" / f"{therapy}.html"
    write_files([(path, proof(checked))])
    print_problems(problem for problem in checked.problems if problem.severity == "error")
    click.echo(f"Wrote {path}. Open it in a browser, or print it.")
    sys.exit(Exit.PROBLEMS if has_errors(checked.problems) else Exit.OK)
