"""`printables certificates`: certificates of attendance and name badges of a course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from printables.cli.actions import read_library, write_files
from printables.cli.messages import plural, stop
from printables.cli.options import PLACE, SOURCE_FOLDERS, examples, read_options, with_options
from printables.library.pack_loader import load_packs
from printables.packs.certificates import Event, badges, certificates
from printables.packs.names import SAVE, read_names
from printables.pages.templates.render import BadTemplate, Pages
from printables.paths import own
from printables.problems import Exit, Problem, guess
from printables.workers.supervisor import Supervisor


@click.command(
    epilog=examples(
        "printables certificates introduction-to-ipt --names names.csv --to certificates.pdf",
        "printables certificates introduction-to-ipt --names names.csv --to day.pdf --clinic riverside",
        "printables certificates introduction-to-ipt --names names.csv --to badges.pdf --badges",
    )
)
@click.argument("course")
@click.option(
    "--names", type=click.Path(path_type=Path), required=True, metavar="FILE", help="CSV: a name on each line."
)
@click.option(
    "--to", "target", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The PDF to write."
)
@click.option("--badges", "only_badges", is_flag=True, help="Name badges to cut, ten on a sheet of A4.")
@click.option("--date", "day", default="", metavar="TEXT", help="As it is printed; else a line to write on.")
@click.option("--place", default="", metavar="TEXT", help="Where the course was given.")
@click.option("--led-by", default="", metavar="TEXT", help="Who gave it.")
@with_options(SOURCE_FOLDERS, PLACE)
def command(
    course: str, *, names: Path, target: Path, only_badges: bool, day: str, place: str, led_by: str, **folders: Any
) -> None:
    """Print a certificate of attendance, or a badge, for each name in a file. The names are kept nowhere else."""
    options = read_options(**folders)
    library, _ = read_library(options, as_json=False)
    packs, problems = load_packs(library, options.folders)
    pack, clinic = packs.packs.get(course), library.clinics.get(options.choice.clinic or "")
    listed, wrong = read_names(_bytes(names), str(names))
    if pack is None:
        hint = guess(course, packs.packs).strip() or f"There are: {', '.join(sorted(packs.packs)) or 'none'}."
        wrong = [*wrong, Problem("command line", 0, f'There is no course pack "{course}".', hint)]
        wrong += [one for one in problems if f"/{course}." in one.path]
    if options.choice.clinic and clinic is None:
        hint = guess(options.choice.clinic, library.clinics).strip() or "See: printables list."
        wrong.append(Problem("command line", 0, f'There is no clinic "{options.choice.clinic}".', hint))
    if wrong or pack is None:
        stop(wrong, Exit.PROBLEMS)
    pages = Pages(options.templates, own() / "templates")
    try:
        event = Event(day, place, led_by)
        page = (
            badges(pages, library, pack, listed, clinic)
            if only_badges
            else certificates(pages, library, pack, listed, event, clinic)
        )
    except BadTemplate as bad:
        stop([bad.problem], Exit.PROBLEMS)
    printer = Supervisor()
    try:
        printed = printer.typeset(page)
    finally:
        printer.close()
    found = [Problem(str(target), 0, one.what, one.mend, one.severity) for one in printed.findings]
    if not printed.pdf or any(one.severity == "error" for one in found):
        stop(found, Exit.PROBLEMS)
    write_files([(target, printed.pdf)])
    what = plural(len(listed), "badge" if only_badges else "certificate")
    click.echo(f"Wrote {target}: {what} on {plural(printed.pages, 'page')}. The names stand nowhere else.")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        stop([Problem(str(path), 0, f"The file cannot be read: {error.strerror or error}.", SAVE)], Exit.PROBLEMS)
