"""A library, one therapy at a time: its leaflets and worksheets are composed and checked together, and remembered.

A unit sees its own records and of all others only the summaries. So what came of it holds until one of these, or what all
records share, has changed: nothing else can have gone into it.
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
from printables.plan import Item
from printables.problems import Problem


@dataclass(frozen=True)
class Batch:
    """One therapy of the plan, with its leaflets and the worksheets that it is the first to name."""

    therapy: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Strictness:
    """What counts as an error."""

    allow_overdue: bool = False
    for_release: bool = False


def batches(items: Iterable[Item]) -> list[Batch]:
    """The plan by therapy, in its order."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.therapy, []).append(item)
    return [Batch(therapy, tuple(mine)) for therapy, mine in found.items()]


def library_for(library: Library, unit: Batch) -> Library:
    """The library as this unit sees it: of all other records, only their summaries."""
    mine = library.therapies.only([unit.therapy])
    # Those that another therapy named first may be mentioned, too.
    sheets = library.worksheets.only(library.summaries[unit.therapy].worksheets)
    documents = LazyDocuments(library.documents.shared, {"therapy": mine, "worksheet": sheets})
    return dataclasses.replace(library, therapies=mine, worksheets=sheets, documents=documents)


def compose_and_check(
    library: Library, pages: Pages, unit: Batch, strictness: Strictness
) -> tuple[list[Subject], list[Problem]]:
    """The leaflets and worksheets of the unit, and everything that is wrong with them."""
    seen = library_for(library, unit)
    leaflets, trouble = _leaflets(seen, unit.items)
    asked = {(item.record, item.audience) for item in unit.items}
    problems = [p for p in trouble if not p.audience or (p.therapy, p.audience) in asked]
    subjects = []
    for item in unit.items:
        leaflet = dataclasses.replace(leaflets[item.worksheet, item.audience], item=item)
        subject, found = _subject(seen, pages, leaflets, leaflet)
        subjects.append(subject)
        problems += found
    for subject in first_editions(subjects):
        if subject.html:  # otherwise its template's problem says it all
            allow = strictness.allow_overdue and not strictness.for_release
            problems += check_subject(subject, allow_overdue=allow, for_release=strictness.for_release)
    return subjects, problems


def first_editions(subjects: Iterable[Subject]) -> list[Subject]:
    """Each leaflet and worksheet once, though it is made in several editions: their words are the same."""
    return list({(s.item.record, s.item.audience): s for s in reversed(list(subjects))}.values())[::-1]


def _leaflets(library: Library, items: Sequence[Item]) -> tuple[dict[tuple[str | None, str], Leaflet], list[Problem]]:
    """One therapy's leaflets for all its audiences, since some checks compare them, and the worksheets among `items`.

    By worksheet and audience; the words of an edition are those of every other.
    """
    first = items[0]
    titles = library.therapies[first.therapy].titles
    readers = [
        dataclasses.replace(first, audience=name, worksheet=None) for name in library.audiences if name in titles
    ]
    leaflets, problems = {}, []
    for item in (*readers, *(item for item in items if item.worksheet)):
        if (item.worksheet, item.audience) not in leaflets:
            make = compose_worksheet if item.worksheet else compose
            leaflets[item.worksheet, item.audience], found = make(library, item)
            problems += found
    return leaflets, problems


def _subject(
    library: Library, pages: Pages, leaflets: Mapping[tuple[str | None, str], Leaflet], leaflet: Leaflet
) -> tuple[Subject, list[Problem]]:
    leaflet = print_job.with_look(library, pages, leaflet)
    html, found = pages.html(leaflet)
    item = leaflet.item
    others = {
        name: other for (sheet, name), other in leaflets.items() if sheet == item.worksheet and name != item.audience
    }
    return Subject(library, leaflet, html, others), found


def stopped_by(item: Item) -> tuple[tuple[str, str], ...]:
    """The (therapy, audience) pairs whose errors stop this leaflet: its own, its therapy's, its audience's."""
    return (item.record, item.audience), (item.record, ""), ("", item.audience)


def pairs_with_errors(problems: Iterable[Problem]) -> frozenset[tuple[str, str]]:
    """The (therapy, audience) pairs that have an error."""
    return frozenset((problem.therapy, problem.audience) for problem in problems if problem.severity == "error")


def check_result(
    subjects: Sequence[Subject], problems: Sequence[Problem], bad: frozenset[tuple[str, str]]
) -> CheckResult:
    """What came of the unit. `bad` are the pairs that have an error in what all records share."""
    bad |= pairs_with_errors(problems)
    firsts = {id(subject) for subject in first_editions(subjects)}
    known = (summary_of(s, good=not bad.intersection(stopped_by(s.item)), first=id(s) in firsts) for s in subjects)
    return CheckResult(tuple(problems), tuple(known))


def batch_keys(library: Library, planned: Iterable[Batch], basis: Sequence[Any]) -> Iterator[tuple[Batch, str]]:
    """Each unit with the key of all that decides it. `basis` stands for what all share and for what was asked for."""
    shared = key_of(*basis, library.summaries, library.worksheet_summaries)
    for unit in planned:
        items = [dataclasses.replace(item, today=date.min) for item in unit.items]  # see _own
        yield unit, key_of(shared, unit.therapy, items, list(_own(library, unit)))


def _own(library: Library, unit: Batch) -> Iterator[Any]:
    """Its records: each one's text, and whether its review is overdue, all that the day decides."""
    today = unit.items[0].today.isoformat()
    seen = library_for(library, unit)
    texts = {**seen.therapies.texts, **seen.worksheets.texts}  # no worksheet has the id of a therapy
    for name, text in texts.items():
        summary = library.summaries.get(name) or library.worksheet_summaries[name]
        yield name, text, summary.next_review < today
