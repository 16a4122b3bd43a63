"""Compose and check a library in batches: the leaflets and worksheets of one therapy, whose result is cached.

A batch sees its own records and only the summaries of all others. So its result is valid until one of these, or
something that all records share, changes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from printables.checks import check_subject
from printables.checks.subject import Subject
from printables.keys import key_of
from printables.library.lazy_records import LazyDocuments
from printables.library.library import Library
from printables.pages.compose.compose import compose
from printables.pages.compose.leaflet import Leaflet
from printables.pages.compose.worksheet import compose_worksheet
from printables.pages.templates.render import Pages
from printables.pipeline import print_job
from printables.pipeline.check_result import CheckResult, summary_of
from printables.pipeline.untranslated import untranslated
from printables.plan import Item
from printables.problems import Problem


@dataclass(frozen=True)
class Batch:
    """One therapy of the plan, with its leaflets and the worksheets that it is the first to name."""

    therapy: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Strictness:
    """Which rules count as errors: overdue reviews may be allowed; a release requires approvals and checked facts."""

    allow_overdue: bool = False
    for_release: bool = False
    layout: bool = False
    """Whether faults of the layout that only an author can mend are errors (`--strict`)."""


def batches(items: Iterable[Item]) -> list[Batch]:
    """Group the items of the plan by therapy, in the order of the plan."""
    by_therapy: dict[str, list[Item]] = {}
    for item in items:
        by_therapy.setdefault(item.therapy, []).append(item)
    return [Batch(therapy, tuple(own)) for therapy, own in by_therapy.items()]


def library_for(library: Library, batch: Batch) -> Library:
    """Return the library as this batch sees it: without the records of other therapies, but with their summaries."""
    mine = library.therapies.only([batch.therapy])
    # All worksheets that the therapy names: leaflets may mention one that belongs to another batch.
    sheets = library.worksheets.only(library.summaries[batch.therapy].worksheets)
    documents = LazyDocuments(library.documents.shared, {"therapy": mine, "worksheet": sheets})
    return dataclasses.replace(library, therapies=mine, worksheets=sheets, documents=documents)


def compose_and_check(
    library: Library, pages: Pages, batch: Batch, strictness: Strictness
) -> tuple[list[Subject], list[Problem]]:
    """Return the leaflets and worksheets of the batch with their HTML, and all their problems."""
    visible = library_for(library, batch)
    leaflets, compose_problems = _leaflets(visible, batch.items)
    planned = {(item.record, item.audience) for item in batch.items}
    problems = [p for p in compose_problems if not p.audience or (p.therapy, p.audience) in planned]
    subjects: list[Subject] = []
    for item in batch.items:
        leaflet = dataclasses.replace(leaflets[item.worksheet, item.audience], item=item)
        subject, template_problems = _subject(visible, pages, leaflets, leaflet)
        subjects.append(subject)
        problems += template_problems
    unfinished = list(untranslated(visible, pages, subjects))
    blank = {(problem.therapy, problem.audience) for problem in unfinished}
    problems = [*unfinished, *(p for p in problems if (p.therapy, p.audience) not in blank)]
    for subject in first_editions(subjects):
        if (subject.item.record, subject.item.audience) in blank:
            continue
        if subject.html:  # otherwise the template failed, and its problem is reported already
            allow = strictness.allow_overdue and not strictness.for_release
            problems += check_subject(subject, allow_overdue=allow, for_release=strictness.for_release)
    return subjects, _without_clinic_errors(library, batch, problems)


def compose_one(library: Library, batch: Batch, item: Item) -> Leaflet:
    """Return a leaflet or worksheet of a batch that was checked before, composed as it was then."""
    visible, key = library_for(library, batch), (item.worksheet, item.audience)
    make = compose_worksheet if item.worksheet else compose
    first = next(one for one in _to_compose(visible, batch.items) if (one.worksheet, one.audience) == key)
    return dataclasses.replace(make(visible, first)[0], item=item)


def _without_clinic_errors(library: Library, batch: Batch, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems; those of the clinic's local words are warnings, as its leaflets are printed all the same."""
    clinic = batch.items[0].clinic
    path = library.place("clinic", clinic).path if clinic else ""
    return [dataclasses.replace(p, severity="warning") if p.path == path else p for p in problems]


def first_editions(subjects: Iterable[Subject]) -> list[Subject]:
    """Return each leaflet and worksheet in its first edition only, because the words of all editions are the same."""
    return list({(s.item.record, s.item.audience): s for s in reversed(list(subjects))}.values())[::-1]


def _leaflets(library: Library, items: Sequence[Item]) -> tuple[dict[tuple[str | None, str], Leaflet], list[Problem]]:
    """Return the therapy's leaflets for all its audiences, the worksheets among `items`, and their problems.

    The keys are worksheet id (None for a leaflet) and audience; editions share them. Audiences that are not planned
    are composed too, because some checks compare the leaflets of a therapy.
    """
    leaflets, problems = {}, []
    for item in _to_compose(library, items):
        if (item.worksheet, item.audience) not in leaflets:
            make = compose_worksheet if item.worksheet else compose
            leaflets[item.worksheet, item.audience], found = make(library, item)
            problems += found
    return leaflets, problems


def _to_compose(library: Library, items: Sequence[Item]) -> Iterator[Item]:
    """Yield an item for the leaflet of each audience of the therapy, and those of the worksheets."""
    first = items[0]
    titles = library.therapies[first.therapy].titles
    for name in library.audiences:
        if name in titles:
            yield dataclasses.replace(first, audience=name, worksheet=None)
    yield from (item for item in items if item.worksheet)


def _subject(
    library: Library, pages: Pages, leaflets: Mapping[tuple[str | None, str], Leaflet], leaflet: Leaflet
) -> tuple[Subject, list[Problem]]:
    leaflet = print_job.with_look(library, pages, leaflet)
    html, found = pages.html(leaflet)
    if html and leaflet.item.edition.trifold:
        found += print_job.panel_problems(library, pages, leaflet)
    item = leaflet.item
    others = {
        name: other for (sheet, name), other in leaflets.items() if sheet == item.worksheet and name != item.audience
    }
    return Subject(library, leaflet, html, others), found


def stopped_by(item: Item) -> tuple[tuple[str, str], ...]:
    """Return the (therapy, audience) pairs whose errors stop this leaflet: its own, its therapy's, its audience's."""
    return (item.record, item.audience), (item.record, ""), ("", item.audience)


def pairs_with_errors(problems: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """Return the (therapy, audience) pairs that have an error."""
    return frozenset((problem.therapy, problem.audience) for problem in problems if problem.severity == "error")


def check_result(
    subjects: Sequence[Subject], problems: Sequence[Problem], bad: frozenset[tuple[str, str]]
) -> CheckResult:
    """Return the check result of a batch. `bad` are the pairs with an error in what all records share."""
    bad |= pairs_with_errors(problems)
    firsts = {id(subject) for subject in first_editions(subjects)}
    summaries = (summary_of(s, good=not bad.intersection(stopped_by(s.item)), first=id(s) in firsts) for s in subjects)
    return CheckResult(tuple(problems), tuple(summaries))


def batch_keys(library: Library, planned: Iterable[Batch], basis: Sequence[Any]) -> Iterator[tuple[Batch, str]]:
    """Yield each batch with its key. `basis` is the part that all keys share: the library's key and the options."""
    shared = key_of(*basis, library.summaries, library.worksheet_summaries)
    for batch in planned:
        items = [dataclasses.replace(item, today=date.min) for item in batch.items]  # the day: see _own_records
        approvals = list(_own_approvals(library, batch))
        yield batch, key_of(shared, batch.therapy, items, list(_own_records(library, batch)), approvals)


def _own_approvals(library: Library, batch: Batch) -> Iterator[Any]:
    """Yield the approvals of the batch, each with its place, which messages name, and what cannot be read of them."""
    records = {item.record for item in batch.items} | {batch.therapy}
    for index, given in library.approvals.items():
        if given.record in records:
            yield given.model_dump(mode="json"), library.place("approvals", "", ("approvals", index))
    yield [fault for fault in library.approval_faults if any(fault.may_be_of(record) for record in records)]


def _own_records(library: Library, batch: Batch) -> Iterator[Any]:
    """Yield name and text of each record of the batch, and whether its review is overdue: all that the day affects."""
    today = batch.items[0].today.isoformat()
    visible = library_for(library, batch)
    texts = {**visible.therapies.texts, **visible.worksheets.texts}  # no worksheet has the id of a therapy
    for name, text in texts.items():
        summary = library.summaries.get(name) or library.worksheet_summaries[name]
        yield name, text, summary.next_review < today
