"""`printables gallery`: every component on one page, for those who make templates."""

from __future__ import annotations

import sys
from typing import Any

import click

from printables.cli.actions import write_files
from printables.cli.messages import print_problems, stop
from printables.cli.options import FOLDERS, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit, has_errors
from printables.reports.gallery import gallery


@click.command(epilog=examples("printables gallery", "printables gallery --templates my-templates"))
@with_options(FOLDERS)
def command(**folders: Any) -> None:
    """Write one page with every component's examples in all looks, the tokens, and the contrast of colours."""
    options = read_options(**folders)
    checked = build.check(options)
    if not checked.subjects:
        stop(checked.problems, Exit.PROBLEMS)
    page, problems = gallery(checked, options.templates)
    path = options.output / "proofs" / "gallery.html"
    write_files([(path, page)])
    print_problems(problems)
    click.echo(f"Wrote {path}. Open it in a browser.")
    sys.exit(Exit.PROBLEMS if has_errors(problems) else Exit.OK)
