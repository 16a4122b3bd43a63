"""How results are told: on a terminal, as plain lines, or as JSON. Problems go to standard error."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from printables.checks import english
from printables.checks.language import reading
from printables.checks.subject import Subject
from printables.checks.text import plain
from printables.cli import messages
from printables.cli.messages import many
from printables.pipeline.build import CheckedLibrary, Progress
from printables.pipeline.check_result import LeafletSummary, ReadingLevel
from printables.publish.jobs import PublishResult
from printables.publish.manifest import Entry
from printables.reports.reading_levels import MEASURES, AudienceLevels


def levels(checked: CheckedLibrary) -> list[ReadingLevel]:
    """The reading level of each leaflet."""
    return [known.level for known in checked.handouts if known.level]


def level_table(rows: Iterable[ReadingLevel]) -> None:
    """The reading levels as a table."""
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
    )
    cells = [
        tuple(f"{value:g}" if isinstance(value, float) else str(value) for value in dataclasses.astuple(row))
        for row in rows
    ]
    _table(head, cells)


def tone_table(rows: Iterable[AudienceLevels]) -> None:
    """Each audience's worst figures over the library, each with its limit, and whether all are within."""
    head = ("Audience", "Leaflets", *MEASURES, "Within limits")
    _table(head, [(row.audience, str(row.leaflets), *_worst(row), "yes" if row.within else "NO") for row in rows])


def _worst(row: AudienceLevels) -> Iterator[str]:
    for name in MEASURES:
        limit = row.limits.get(name)
        yield f"{row.worst[name]:g}" + ("" if limit is None else f" of {limit:g}")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A table with columns as wide as their widest cell; figures to the right."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for number, row in enumerate([head, *rows]):
        cells = [_cell(text, width) for text, width in zip(row, widths, strict=True)]
        click.secho("  ".join(cells).rstrip(), bold=number == 0)


def _cell(text: str, width: int) -> str:
    return text.rjust(width) if text.replace(".", "").isdigit() else text.ljust(width)


def item_data(known: LeafletSummary) -> dict[str, str]:
    """One leaflet of the plan as data."""
    about = known.about
    return {
        "kind": "worksheet" if about.worksheet else "leaflet",
        "id": about.worksheet or about.therapy,
        "audience": about.audience,
        "edition": about.edition,
        "title": known.heading,
        "code": about.code,
        "path": about.path,
    }


def item_table(handouts: Iterable[LeafletSummary]) -> None:
    """The leaflets of the plan."""
    rows = [tuple(item_data(known).values()) for known in handouts]
    _table(("Kind", "Id", "Audience", "Edition", "Title", "Code", "File"), rows)


def explain(subject: Subject) -> None:
    """Each section of one leaflet: its words' home, its reading level, and what is not shown."""
    leaflet = subject.leaflet
    click.secho(f"{leaflet.title} ({leaflet.label}), {leaflet.code}", bold=True)
    for section in leaflet.sections:
        click.secho(f"\n{section.heading or section.id}", bold=True)
        for block in section.blocks:
            click.echo(f"  {block.show}, drawn as {block.component}")
            for words in block.words:
                measured = reading.measure(plain(words.html), subject.names)
                borrowed = "" if words.audience == subject.item.audience else f", words of {words.audience}"
                level = f"SMOG {measured.smog:.1f} (a hint: it is short)"
                if english.is_foreign(plain(words.html)):
                    level = "no measure, since it is not in English"
                click.echo(
                    f"    {words.place.path}:{words.place.line}{borrowed}: {many(measured.words, 'word')},"
                    f" longest sentence {measured.longest_sentence}, {level}"
                )
            if not block.words:
                click.echo("    made from the facts of the record, the region or the sources")
    for show, reason in [*leaflet.not_shown, *_not_listed(subject)]:
        click.echo(f"\nNot shown: {show}: {reason}.")


def _not_listed(subject: Subject) -> Iterator[tuple[str, str]]:
    """Sections of the record that this audience's list leaves out."""
    shown = {block.show for section in subject.leaflet.audience.sections for block in section.blocks}
    therapy = subject.library.therapies[subject.item.therapy]
    for name in type(therapy.sections).model_fields:
        if name not in shown and getattr(therapy.sections, name):
            yield name, f"templates/{subject.item.audience}/audience.yaml does not list it"


@contextlib.contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, plain lines elsewhere, nothing when quiet."""
    if quiet:
        yield Progress()
    elif not sys.stdout.isatty():
        yield Progress(lambda path: click.echo(f"printed {path}"))
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        with Bar(
            TextColumn("Printing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), transient=True
        ) as bar:
            task = bar.add_task("printing", total=None, visible=False)
            yield Progress(
                lambda _: bar.update(task, advance=1, visible=True),  # it shows where there is something to print
                lambda _: bar.advance(task),
                lambda count: bar.update(task, total=count),
            )


def outcome_data(outcome: PublishResult, seconds: float) -> dict[str, Any]:
    """What a build did, as data."""
    lists = ("rendered", "kept", "failed", "stayed", "removed")
    return {name: list(getattr(outcome, name)) for name in lists} | {"seconds": round(seconds, 2)}


def sizes(made: Sequence[Entry]) -> str:
    """How many leaflets, worksheets, pages and kilobytes there are."""
    pages = sum(entry.pages for entry in made)
    size = sum(entry.bytes for entry in made) / 1024
    sheets = sum(bool(entry.worksheet) for entry in made)
    kinds = many(len(made) - sheets, "leaflet") + (f", {many(sheets, 'worksheet')}" if sheets else "")
    return f"{kinds} ({many(pages, 'page')}, {size:,.0f} KB)"


def summary(checked: CheckedLibrary, outcome: PublishResult, output: Path, seconds: float, *, quiet: bool) -> None:
    """The closing lines of a build."""
    if quiet:
        return
    made = outcome.made()
    planned = {known.about.path for known in checked.handouts}
    refused = planned - {entry.path for entry in made}
    counts = len(outcome.rendered), len(outcome.kept), len(outcome.removed)
    messages.built(sizes(made), output, counts, seconds)
    there = {entry.path for entry in outcome.entries}
    for path in sorted(refused):
        kept = "the last good one stays" if path in there else "it was not made"
        click.echo(f"Not printed: {path} ({kept}; see above).", err=True)
    messages.count(checked.problems)
