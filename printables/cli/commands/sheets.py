"""The commands that write sheets to look at: proofs, the gallery, the contact sheet, pictures of pages."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from printables import paths
from printables.cli import console, messages
from printables.cli.options import FILTERS, FOLDERS, built, read_options, remove_files, stop, with_options, write_files
from printables.pipeline import build
from printables.problems import Exit, Problem, has_errors

if TYPE_CHECKING:
    from printables.reports import reading_levels


@click.command()
@click.argument("therapy")
@with_options(FOLDERS)
def proof(therapy: str, **asked: Any) -> None:
    """Write one sheet with all audiences of a therapy side by side; fallbacks, warnings and unchecked facts marked."""
    from printables.reports import proof as sheet

    options = read_options(**asked, therapies=(therapy,))
    checked = build.check(options)
    if not checked.subjects:
        stop(checked.problems, Exit.PROBLEMS)
    path = options.output / "proofs" / f"{therapy}.html"
    write_files([(path, sheet.proof(checked))])
    click.echo(f"Wrote {path}. Open it in a browser, or print it.")
    sys.exit(Exit.PROBLEMS if has_errors(checked.problems) else Exit.OK)


@click.command("review-sheet")
@click.argument("therapy")
@click.argument("audience", required=False)
@with_options(FOLDERS)
def review_sheet(therapy: str, audience: str | None, **asked: Any) -> None:
    """Write a sheet for each leaflet to print and review it with: DISCERN, PEMAT-P, CDC index, and a place to sign."""
    from printables.reports import review_sheet as review

    options = read_options(**asked, therapies=(therapy,), audiences=(audience,) if audience else ())
    checked = build.check(options)
    files = [
        (options.output / "proofs" / f"{therapy}-{subject.item.audience}-review.html", review.sheet(checked, subject))
        for subject in review.leaflets(checked)
    ]
    if not files:
        nothing = Problem("command line", 0, f'There is no leaflet of "{therapy}" to review.', "See: printables list.")
        stop(checked.problems or [nothing], Exit.PROBLEMS)
    write_files(files)
    click.echo(f"Wrote {' and '.join(str(path) for path, _ in files)}. Open in a browser, and print.")


@click.command()
@with_options(FOLDERS)
def gallery(**asked: Any) -> None:
    """Write one page with every component's examples in all looks, the tokens, and the contrast of colours."""
    from printables.reports import gallery as sheet

    options = read_options(**asked)
    checked = build.check(options)
    if not checked.subjects:
        stop(checked.problems, Exit.PROBLEMS)
    page, problems = sheet.gallery(checked, options.templates)
    path = options.output / "proofs" / "gallery.html"
    write_files([(path, page)])
    messages.problems(problems)
    click.echo(f"Wrote {path}. Open it in a browser.")
    sys.exit(Exit.PROBLEMS if has_errors(problems) else Exit.OK)


@click.command()
@with_options(FOLDERS, FILTERS)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="N", help="Worker processes [one for each core].")
@click.option("--grey", is_flag=True, help="Draw the pages as a black-and-white printer would.")
@click.option("--quiet", is_flag=True, help="Say nothing but problems.")
def proofs(*, grey: bool, quiet: bool, **asked: Any) -> None:
    """Build everything in every edition, and write one sheet with small pictures of all pages."""
    from printables.reports import contact_sheet as sheet

    options = read_options(**asked, editions=("all",))
    started = time.monotonic()
    checked, outcome = built(options, quiet=quiet, keep=True)
    messages.problems(checked.problems)
    console.summary(checked, outcome, options.output, time.monotonic() - started, quiet=quiet)
    made = sheet.contact_sheet(checked, outcome.entries, options.output, grey=grey)
    if made:
        remove_files(sheet.stale(options.output, made))
        write_files(made)
        said = f"Wrote {options.output / sheet.PAGE} and {len(made) - 2} pictures of pages. Open it in a browser."
        if not quiet:
            click.echo(said)
    sys.exit(Exit.OK if build.succeeded(checked, outcome) else Exit.PROBLEMS)


def write_tone(checked: build.CheckedLibrary, options: build.Options, *, quiet: bool) -> None:
    """Write the report of tone as a page and as JSON, compare it with the last one, and say each audience's worst."""
    from printables.reports import reading_levels, reading_levels_page

    folder = options.output / "reports"
    rows = reading_levels.levels_of_all(checked.subjects)
    last_day, last = _last_tone(folder / "tone.json")
    page = reading_levels_page.page(checked, rows, options.today, last_day, last)
    write_files([(folder / "tone.html", page), (folder / "tone.json", reading_levels.as_text(rows, options.today))])
    if not quiet:
        console.tone_table(reading_levels.summaries(rows))
        click.echo(f"Wrote {folder / 'tone.html'} and {folder / 'tone.json'}.")


def _last_tone(path: Path) -> tuple[str, reading_levels.Trend]:
    """The last run's day and figures; none where there was none, and a warning where its file cannot be read."""
    from printables.reports import reading_levels

    if not path.is_file():
        return "", {}
    try:
        return reading_levels.read_last(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        what, mend = "The last report of tone cannot be read, so nothing is compared.", "It is written anew."
        messages.problems([Problem(str(path), 0, what, mend, "warning")])
        return "", {}


@click.command()
@click.option("--output", type=click.Path(path_type=Path), help="Where the leaflets are [./output]")
@click.option("--therapy", "therapies", multiple=True, metavar="ID", help="Only this therapy; may be repeated.")
@click.option("--family", type=click.Path(path_type=Path), help="Write the first pages side by side to this file, too.")
def pictures(output: Path | None, therapies: tuple[str, ...], family: Path | None) -> None:
    """Draw every page of the built leaflets as a PNG picture, to look at."""
    from printables.library.loader import read_audiences
    from printables.reports import pictures as draw

    folder = output or paths.output()
    entries = draw.leaflets(folder, [audience.id for audience in read_audiences(paths.templates())[0]], therapies)
    drawn = list(draw.pictures(folder, entries))
    if not drawn:
        stop([Problem(str(folder), 0, "There are no leaflets.", "Run: printables build.")], Exit.PROBLEMS)
    files: list[tuple[Path, str | bytes]] = [*drawn]
    if family:
        firsts = [png for path, png in drawn if path.stem.endswith("-1")]
        files.append((family, draw.family(firsts, draw.made_of(entries))))
    write_files(files)
    click.echo(f"Wrote {len(drawn)} pictures of pages in {drawn[0][0].parent}.")


COMMANDS = (proof, review_sheet, gallery, proofs, pictures)
