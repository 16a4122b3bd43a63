"""`printables proofs`: small pictures of all pages of all editions on one sheet."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from printables.cli import console, messages
from printables.cli.actions import remove_files, run_build, write_files
from printables.cli.options import FILTERS, FOLDERS, JOBS, QUIET, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit
from printables.reports import contact_sheet


@click.command(epilog=examples("printables proofs --therapy ipt", "printables proofs --therapy ipt --grey"))
@with_options(FOLDERS, FILTERS, JOBS)
@click.option("--grey", is_flag=True, help="Draw the pages as a black-and-white printer would.")
@with_options(QUIET)
def command(*, grey: bool, quiet: bool, **values: Any) -> None:
    """Build everything in every edition, and write one sheet with small pictures of all pages."""
    options = read_options(**values, editions=("all",))
    started = time.monotonic()
    checked, result = run_build(options, quiet=quiet, keep=True)
    messages.print_problems(checked.problems)
    console.print_result(checked, result, options.output, time.monotonic() - started, quiet=quiet)
    files = contact_sheet.contact_sheet(checked, result.entries, options.output, grey=grey)
    if files:
        remove_files(contact_sheet.stale(options.output, files))
        write_files(files)
        if not quiet:
            page, pictures = options.output / contact_sheet.PAGE, len(files) - 2
            click.echo(f"Wrote {page} and {pictures} pictures of pages. Open it in a browser.")
    sys.exit(Exit.OK if build.succeeded(checked, result) else Exit.PROBLEMS)
