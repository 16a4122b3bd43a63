"""`printables review-sheet`: sheets to review leaflets with, and to sign."""

from __future__ import annotations

from typing import Any

import click

from printables.cli.actions import write_files
from printables.cli.messages import stop
from printables.cli.options import FOLDERS, PLACE, examples, read_options, with_options
from printables.pipeline import build
from printables.problems import Exit, Problem
from printables.reports import review_sheet


@click.command(epilog=examples("printables review-sheet ipt", "printables review-sheet ipt teens"))
@click.argument("therapy")
@click.argument("audience", required=False)
@with_options(FOLDERS, PLACE)
def command(therapy: str, audience: str | None, **folders: Any) -> None:
    """Write a sheet for each leaflet to print and review it with: DISCERN, PEMAT-P, CDC index, and a place to sign."""
    options = read_options(**folders, therapies=(therapy,), audiences=(audience,) if audience else ())
    checked = build.check(options)
    folder = options.output / "proofs"
    files = [
        (folder / f"{therapy}-{subject.item.audience}-review.html", review_sheet.sheet(checked, subject))
        for subject in review_sheet.leaflets(checked)
    ]
    if not files:
        missing = Problem("command line", 0, f'There is no leaflet of "{therapy}" to review.', "See: printables list.")
        stop(checked.problems or [missing], Exit.PROBLEMS)
    write_files(files)
    click.echo(f"Wrote {' and '.join(str(path) for path, _ in files)}. Open in a browser, and print.")
