"""`printables check`: what is wrong with the records, and how hard the leaflets are to read."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

import click

from printables.checks import shared_runs
from printables.cli import console, messages
from printables.cli.actions import write_files
from printables.cli.messages import stop
from printables.cli.options import (
    EDITIONS,
    FILTERS,
    FOLDERS,
    JSON,
    LANGUAGE,
    QUIET,
    STRICT,
    examples,
    read_options,
    with_options,
)
from printables.library.pack_loader import load_packs
from printables.pipeline import build
from printables.pipeline.check_result import LeafletSummary, ReadingLevel, shared_with_others
from printables.plan import Choice
from printables.problems import Exit, Problem
from printables.reports import leaflet_figures, reading_levels, reading_levels_page
from printables.reports.leaflet_figures import LeafletFigures


@click.command(epilog=examples("printables check", "printables check --clinic riverside", "printables check --report"))
@with_options(FOLDERS, FILTERS, LANGUAGE, EDITIONS, STRICT)
@click.option(
    "--pages/--no-pages", "pages", default=None, help="Lay the pages out, too [with --clinic], as build would."
)
@click.option("--report", is_flag=True, help="Say each leaflet's wording in figures; write those of its tone, too.")
@with_options(QUIET, JSON)
def command(*, pages: bool | None, report: bool, quiet: bool, as_json: bool, **values: Any) -> None:
    """Say what is wrong, with file and line, and how hard each leaflet is to read. Makes no leaflet.

    For a clinic, the pages are laid out as well, so that what a build would refuse or note is said here, and how many
    pages each leaflet has.
    """
    options = _whole_unless_narrowed(read_options(**values))
    if report and options.language:
        what = "The report compares measures of English, and the words of a translation have none."
        stop([Problem("command line", 0, what, "Leave --report or --language out.")], Exit.PROBLEMS, as_json=as_json)
    laid_out = bool(options.choice.clinic) if pages is None else pages
    checked = _with_packs(_checked(options, keep=report, laid_out=laid_out, quiet=quiet or as_json), options)
    rows: list[LeafletFigures] = []
    if report:
        checked, rows = _with_figures(checked, options)
    if as_json:
        leaflets = [_level_data(checked, level) for level in console.reading_levels(checked)]
        figures = {"report": [dataclasses.asdict(row) for row in rows]} if report else {}
        messages.print_json(checked.problems, leaflets=leaflets, **figures)
    else:
        messages.print_problems(checked.problems)
        if not quiet:
            console.print_leaflet_figures(rows) if report else console.print_reading_levels(checked)
            messages.print_count(checked.problems)
    if report and checked.subjects:
        _write_report(checked, options, quiet=quiet or as_json)
    sys.exit(Exit.OK if build.succeeded(checked) else Exit.PROBLEMS)


def _level_data(checked: build.CheckedLibrary, level: ReadingLevel) -> dict[str, Any]:
    """Return one row of the table as data; `pages` only where they were laid out."""
    pages = {"pages": console.page_counts(checked, level)} if checked.page_counts else {}
    return {**dataclasses.asdict(level), **pages}


def _with_figures(
    checked: build.CheckedLibrary, options: build.Options
) -> tuple[build.CheckedLibrary, list[LeafletFigures]]:
    """Compare the chosen leaflets with all others. Return their figures, and what is wrong with the words they share.

    The check of the whole library has said the latter already.
    """
    if checked.library is None:
        return checked, []
    everybody = checked.handouts if options.choice.whole else _handouts_of_all(options)
    shared = shared_with_others(everybody)
    rows = leaflet_figures.figures(checked.handouts, shared)
    chosen = {(row.therapy, row.audience) for row in rows}
    mine = (one for one in shared if (one.own.therapy, one.own.audience) in chosen)
    found = {*checked.problems, *shared_runs.problems(checked.library, mine)}
    return dataclasses.replace(checked, problems=tuple(sorted(found))), rows


def _handouts_of_all(options: build.Options) -> tuple[LeafletSummary, ...]:
    """Return the summary of every leaflet of the library, most of them from the cache."""
    cache = options.new_cache()
    checked = build.check(dataclasses.replace(options, choice=Choice(whole=True)), cache, keep=False)
    cache.save(options.store())
    return checked.handouts


def _checked(options: build.Options, *, keep: bool, laid_out: bool, quiet: bool) -> build.CheckedLibrary:
    if laid_out:
        # Lines for each page are for a build, whose files they name; here, a bar on a terminal says that it goes on.
        with console.progress(quiet=quiet or not sys.stdout.isatty(), doing="Laying out") as progress:
            return build.check_pages(options, progress, keep=keep)
    cache = options.new_cache()
    checked = build.check(options, cache, keep=keep)
    cache.save(options.store())
    return checked


def _whole_unless_narrowed(options: build.Options) -> build.Options:
    """Ask for the whole library, so that any bad file is an error, unless only some leaflets were asked for."""
    choice = options.choice
    narrowed = choice.therapies or choice.audiences or choice.worksheets or choice.region or choice.clinic
    return dataclasses.replace(options, choice=dataclasses.replace(choice, whole=not narrowed))


def _with_packs(checked: build.CheckedLibrary, options: build.Options) -> build.CheckedLibrary:
    """Add what is wrong with course packs, unless only some leaflets were asked for."""
    if checked.library is None or not options.choice.whole or options.language:
        return checked
    return dataclasses.replace(checked, problems=(*checked.problems, *load_packs(checked.library, options.folders)[1]))


def _write_report(checked: build.CheckedLibrary, options: build.Options, *, quiet: bool) -> None:
    """Write the reading levels as a page and as JSON, beside those of the last report; print each audience's worst."""
    folder = options.output / "reports"
    rows = reading_levels.levels_of_all(checked.subjects)
    last_day, last = _last_report(folder / "tone.json")
    page = reading_levels_page.page(checked, rows, options.today, last_day, last)
    write_files([(folder / "tone.html", page), (folder / "tone.json", reading_levels.as_text(rows, options.today))])
    if not quiet:
        console.print_audience_levels(reading_levels.summaries(rows))
        click.echo(f"Wrote {folder / 'tone.html'} and {folder / 'tone.json'}.")


def _last_report(path: Path) -> tuple[str, reading_levels.Trend]:
    """Return the last report's day and figures; none where there is no report, or, with a warning, a broken one."""
    if not path.is_file():
        return "", {}
    try:
        return reading_levels.read_last(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        what, mend = "The last report of tone cannot be read, so nothing is compared.", "It is written anew."
        messages.print_problems([Problem(str(path), 0, what, mend, "warning")])
        return "", {}
