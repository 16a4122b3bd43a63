"""`printables verify`: whether what was published is still as it was, and still holds."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from printables.authoring import review_dates
from printables.cli import messages
from printables.cli.options import FOLDERS, JSON, examples, read_options, with_options
from printables.library.library import Library
from printables.library.loader import load
from printables.library.owners import Owner, owner_of
from printables.pipeline.build import Options
from printables.pipeline.scope import Faults
from printables.plan import folder_of
from printables.problems import Exit, Problem, has_errors
from printables.publish import current, manifest
from printables.publish.verify import verify


@click.command(
    epilog=examples(
        "printables verify",
        "printables verify --current leaflet.pdf",
        "printables verify --current IPT-TEEN-EN-1.1-K7F9",
    )
)
@with_options(FOLDERS)
@click.option("--current", "held", metavar="FILE|CODE", help="Only say whether this PDF, or this code, is current.")
@click.option("--files-only", is_flag=True, help="Compare no help lines: where there is no content to compare with.")
@with_options(JSON)
def command(*, held: str | None, files_only: bool, as_json: bool, **folders: Any) -> None:
    """Check the output folder, and what was released into it: files against the manifest, the PDFs, their help lines.

    It says how many files it looked at. With --current, say only whether a PDF that somebody holds, or the code in the
    foot of a leaflet, is the current edition.
    """
    options = read_options(**folders)
    answer, looked_at = "", 0
    if held is not None:
        answer, problem = current.current(options.output, held, options.today)
        problems = [problem] if problem else []
    else:
        published = current.folders(options.output)
        problems = [problem for folder in published for problem in verify(folder)]
        problems += [] if files_only else _help_lines(options, published)
        looked_at = sum(len(list(entry.all_files())) for one in published for entry in manifest.read(one)[0].entries)
    if as_json:
        messages.print_json(problems, said=answer, files=looked_at)
    else:
        messages.print_problems(problems)
        if held is None:
            where = " and ".join(str(folder) for folder in published)
            click.echo(f"Looked at {messages.plural(looked_at, 'file')} in {where}.")
        click.echo(answer) if answer else messages.print_count(problems)
    sys.exit(Exit.PROBLEMS if has_errors(problems) else Exit.OK)


def _help_lines(options: Options, published: Iterable[Path]) -> list[Problem]:
    """Return what is wrong with the help lines on the published leaflets, beside those that the records name today.

    What was made from the file of a clinic or a region that cannot be read is left out: its lines are not known.
    """
    library, problems = load(options.folders, options.templates)
    if library is None:
        return problems
    faults, unread, pages = Faults(problems, options.folders), dict[Problem, None](), []
    for folder, path, page in ((one, *found) for one in published for found in current.pages(one)):
        home = folder_of(Path(path).relative_to(folder).as_posix())
        wrong = [problem for owner in _owners(library, home) for problem in faults.of(owner)]
        unread.update(dict.fromkeys(wrong))
        pages += [] if wrong else [(path, page)]
    others = (one for one in faults.elsewhere() if owner_of(one.path, options.folders)[0] in ("clinic", "region"))
    return [*unread, *others, *review_dates.stale_help(library, pages, options.today)]


def _owners(library: Library, home: str) -> tuple[Owner, Owner]:
    """Return the clinic and the region whose lines stand on what is in this folder of the output."""
    kind, _, name = home.rstrip("/").rpartition("/")
    clinic = (name if kind == "clinics" else "") if home else library.publisher.clinic or ""
    usual = library.clinics[clinic].region if clinic in library.clinics else library.publisher.region
    return ("clinic", clinic), ("region", name if kind == "regions" else usual)
