"""How results are shown: tables and lines on a terminal, plain data for JSON. Problems go to standard error."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from printables.checks.language import foreign
from printables.checks.subject import Subject
from printables.cli import messages
from printables.cli.messages import plural
from printables.pipeline.build import CheckedLibrary, Progress
from printables.pipeline.check_result import LeafletSummary, ReadingLevel
from printables.publish.jobs import PublishResult, draft_path
from printables.publish.manifest import Entry
from printables.reports.leaflet_figures import HEAD, LeafletFigures
from printables.reports.reading_levels import MEASURES, AudienceLevels


def reading_levels(checked: CheckedLibrary) -> list[ReadingLevel]:
    """Return the reading level of each leaflet that has words to measure."""
    return [leaflet.level for leaflet in checked.handouts if leaflet.level]


def page_counts(checked: CheckedLibrary, level: ReadingLevel) -> list[int]:
    """Return the number of pages of this leaflet in each edition that was laid out."""
    of = (level.therapy, level.audience, "")
    mine = [one.about for one in checked.handouts if (one.about.therapy, one.about.audience, one.about.worksheet) == of]
    return [count for about in mine if (count := checked.page_counts.get(about.path))]


def print_reading_levels(checked: CheckedLibrary) -> None:
    """Print the reading levels as a table; where pages were laid out, with their number in each edition."""
    head = (
        "Therapy",
        "Audience",
        "SMOG",
        "Limit",
        "Can be read by",
        "Mean sentence",
        "Longest",
        "Limit",
        "Words",
        "Sources",
        *(("Pages",) if checked.page_counts else ()),
    )
    cells = []
    for row in reading_levels(checked):
        figures = [_figure(value) for value in dataclasses.astuple(row)]
        pages = [", ".join(map(str, page_counts(checked, row)))] if checked.page_counts else []
        cells.append((*figures, *pages))
    print_table(head, cells)


def _figure(value: str | float | None) -> str:
    if value is None:
        return "no measure"
    return f"{value:g}" if isinstance(value, float) else str(value)


def print_leaflet_figures(rows: Iterable[LeafletFigures]) -> None:
    """Print the wording of each leaflet in figures as a table."""
    cells = [[getattr(row, name) for name in HEAD] for row in rows]
    print_table(tuple(HEAD.values()), [tuple(_shown(value) for value in row) for row in cells])


def _shown(value: str | float | None) -> str:
    return value if isinstance(value, str) else "no measure" if value is None else f"{value:g}"


def print_audience_levels(rows: Iterable[AudienceLevels]) -> None:
    """Print each audience's worst figures over the library, each with its limit, and whether all are within."""
    head = ("Audience", "Leaflets", *MEASURES, "Within limits")
    print_table(head, [(row.audience, str(row.leaflets), *_worst(row), "yes" if row.within else "NO") for row in rows])


def _worst(row: AudienceLevels) -> Iterator[str]:
    for name in MEASURES:
        limit = row.limits.get(name)
        yield f"{row.worst[name]:g}" + ("" if limit is None else f" of {limit:g}")


def print_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print columns as wide as their widest cell; figures are set to the right."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for number, row in enumerate([head, *rows]):
        cells = [_cell(text, width) for text, width in zip(row, widths, strict=True)]
        click.secho("  ".join(cells).rstrip(), bold=number == 0)


def _cell(text: str, width: int) -> str:
    return text.rjust(width) if text.replace(".", "").isdigit() else text.ljust(width)


def leaflet_data(leaflet: LeafletSummary) -> dict[str, str]:
    """Return one leaflet or worksheet of the plan as data."""
    about = leaflet.about
    return {
        "kind": "worksheet" if about.worksheet else "leaflet",
        "id": about.worksheet or about.therapy,
        "audience": about.audience,
        "edition": about.edition,
        "title": leaflet.heading,
        "code": about.code,
        "path": about.path,
    }


def print_leaflets(leaflets: Iterable[LeafletSummary]) -> None:
    """Print the leaflets of the plan as a table."""
    rows = [tuple(leaflet_data(leaflet).values()) for leaflet in leaflets]
    print_table(("Kind", "Id", "Audience", "Edition", "Title", "Code", "File"), rows)


def print_unsigned(subjects: Iterable[Subject], voids: Mapping[tuple[str, str], str]) -> None:
    """Print leaflets and worksheets that nobody has approved as a table, with the numbers of their words."""
    rows = [
        (
            one.item.kind,
            one.item.record,
            one.item.audience,
            one.item.region,
            one.leaflet.version,
            one.leaflet.content[:8],
            voids.get((one.item.record, one.item.audience), "not yet approved"),
        )
        for one in subjects
    ]
    print_table(("Kind", "Id", "Audience", "Region", "Version", "Words", "State"), rows)


def print_explanation(subject: Subject) -> None:
    """Print for each section of a leaflet where its words come from and how hard they are, then what is not shown."""
    leaflet = subject.leaflet
    click.secho(f"{leaflet.title} ({leaflet.label}), {leaflet.code}", bold=True)
    for section in leaflet.sections:
        click.secho(f"\n{section.heading or section.id}", bold=True)
        for block in section.blocks:
            click.echo(f"  {block.show}, drawn as {block.component}")
            for words in block.words:
                measured = subject.measure(words.plain)
                borrowed = "" if words.audience == subject.item.audience else f", words of {words.audience}"
                level = f"SMOG {measured.smog:.1f} (a hint: it is short)"
                if foreign.is_foreign(words.plain, subject.language):
                    level = "no measure, since it is not in English"
                click.echo(
                    f"    {words.place.path}:{words.place.line}{borrowed}: {plural(measured.words, 'word')},"
                    f" longest sentence {measured.longest_sentence}, {level}"
                )
            if not block.words:
                click.echo("    made from the facts of the record, the region or the sources")
    for show, reason in [*leaflet.not_shown, *_not_listed(subject)]:
        click.echo(f"\nNot shown: {show}: {reason}.")


def _not_listed(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the sections of the record that this audience's list leaves out, each with the reason."""
    shown = {block.show for section in subject.leaflet.audience.sections for block in section.blocks}
    therapy = subject.library.therapies[subject.item.therapy]
    for name in type(therapy.sections).model_fields:
        if name not in shown and getattr(therapy.sections, name):
            yield name, f"templates/{subject.item.audience}/audience.yaml does not list it"


@contextlib.contextmanager
def progress(*, quiet: bool, doing: str = "Printing", done: str = "printed") -> Iterator[Progress]:
    """Give a build somebody to report to: a progress bar on a terminal, plain lines elsewhere, nothing when quiet."""
    if quiet:
        yield Progress()
    elif not sys.stdout.isatty():
        yield Progress(lambda path: click.echo(f"{done} {path}"))
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        with Bar(TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True) as bar:
            task = bar.add_task("printing", total=None, visible=False)
            yield Progress(
                lambda _: bar.update(task, advance=1, visible=True),  # it shows where there is something to print
                lambda _: bar.advance(task),
                lambda count: bar.update(task, total=count),
            )


def result_data(result: PublishResult, seconds: float) -> dict[str, Any]:
    """Return what a build did as data: lists of paths, and the seconds it took."""
    lists = ("rendered", "kept", "failed", "stayed", "removed")
    return {name: list(getattr(result, name)) for name in lists} | {"seconds": round(seconds, 2)}


def sizes(entries: Sequence[Entry]) -> str:
    """Return how many leaflets, worksheets, pages and kilobytes these entries of the manifest are, in words."""
    pages = sum(entry.pages for entry in entries)
    size = sum(entry.bytes for entry in entries) / 1024
    sheets = sum(bool(entry.worksheet) for entry in entries)
    kinds = plural(len(entries) - sheets, "leaflet") + (f", {plural(sheets, 'worksheet')}" if sheets else "")
    return f"{kinds} ({plural(pages, 'page')}, {size:,.0f} KB)"


def print_result(checked: CheckedLibrary, result: PublishResult, output: Path, seconds: float, *, quiet: bool) -> None:
    """Print the closing lines of a build: what is in the output folder, and which leaflets could not be printed."""
    if quiet:
        return
    entries = result.made()
    planned = {leaflet.about.path for leaflet in checked.handouts}
    for path in result.removed:
        if path.endswith(".pdf"):
            click.echo(f"removed {path}")
    counts = len(result.rendered), len(result.kept), len(result.removed)
    messages.print_build_summary(sizes(entries), output, counts, seconds)
    published = {entry.path for entry in result.entries}
    for path in sorted(planned - {entry.path for entry in entries}):
        kept = "the last good one stays" if path in published else "it was not made"
        draft = output / draft_path(path)
        look = f"look at {draft}" if path in result.failed and draft.exists() else "see above"
        click.echo(f"Not printed: {path} ({kept}; {look}).", err=True)
    messages.print_count(checked.problems)
