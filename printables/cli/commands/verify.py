"""The command that looks whether what was published is still as it was, and still holds."""

from __future__ import annotations

import sys
from typing import Any

import click

from printables.authoring import review_dates
from printables.cli import messages
from printables.cli.options import FOLDERS, read_options, with_options
from printables.library.loader import load
from printables.problems import Exit, has_errors


@click.command()
@with_options(FOLDERS)
@click.option("--current", "given", metavar="FILE|CODE", help="Only say whether this PDF, or this code, is current.")
@click.option("--files-only", is_flag=True, help="Compare no help lines: where there is no content to compare with.")
@click.option("--json", "as_json", is_flag=True, help="Say everything as JSON.")
def verify(*, given: str | None, files_only: bool, as_json: bool, **asked: Any) -> None:
    """Check the output folder again: every file against the manifest, the finished PDFs, the help lines on them.

    With --current, say whether a PDF that somebody holds, or the code in the foot of a leaflet, is the current edition.
    """
    from printables.publish import current
    from printables.publish.verify import verify as check_again

    options = read_options(**asked)
    said = ""
    if given is not None:
        said, problem = current.current(options.output, given, options.today)
        found = [problem] if problem else []
    else:
        found = check_again(options.output)
        if not files_only:
            library, problems = load(options.content, options.templates)
            if library is None or library.unusable["region"] or library.unusable["clinic"]:
                found += problems  # whose lines are missing is not known
            else:
                found += review_dates.stale_help(library, current.pages(options.output), options.today)
    if as_json:
        messages.as_json(found, said=said)
    else:
        messages.problems(found)
        click.echo(said) if said else messages.count(found)
    sys.exit(Exit.PROBLEMS if has_errors(found) else Exit.OK)
