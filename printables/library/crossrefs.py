"""Checks of references between records."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel

from printables.library.easy_read import refused_borrowing
from printables.library.library import ANY, Library
from printables.library.regions import Region
from printables.library.settings import Audience
from printables.library.therapies import RecordApproval, Therapy
from printables.library.traversal import values_with_keys
from printables.library.worksheets import Worksheet
from printables.library.yaml_reader import Key
from printables.problems import LISTED, Problem, guess, one_of

RecordNames = Mapping[Literal["therapy", "worksheet"], Collection[str]]
"""File names of therapies and worksheets by kind, including unreadable ones, whose problems are reported anyway."""


def of_record(library: Library, record: Therapy | Worksheet, names: RecordNames) -> Iterator[Problem]:
    """Yield a problem, with the record's id, for each broken reference in a therapy or worksheet."""
    for problem in _of_one(library, record, names):
        yield dataclasses.replace(problem, therapy=record.id)


def _of_one(library: Library, record: Therapy | Worksheet, names: RecordNames) -> Iterator[Problem]:
    if isinstance(record, Worksheet):
        return _worksheet(library, record, names)
    return _therapy(library, record, names)


def check(library: Library) -> Iterator[Problem]:
    """Yield a problem for each broken reference in shared files, and for each worksheet that no therapy lists."""
    yield from _unnamed(library)
    for kind in ("source", "condition", "term"):
        yield from _twice(library, kind)
    yield from _conditions(library)
    for region in library.regions.values():
        yield from _region(library, region)
    for audience in library.audiences.values():
        yield from _audience(library, audience)
    yield from _publisher(library)


class Reporter:
    """Creates problems with places in one file."""

    def __init__(self, library: Library, kind: str, identity: str = "") -> None:
        self.library, self.kind, self.identity = library, kind, identity

    def problem(self, key: Key, what: str, mend: str) -> Problem:
        name = f"{self.kind}:{self.identity}" if self.identity else self.kind
        document = self.library.documents[name]
        return Problem(document.path_of(key), document.line(key), what, mend)

    def unknown(self, key: Key, kind: str, name: str, known: Iterable[str], home: str) -> Iterator[Problem]:
        """Yield a problem if `name` is not `known`, unless its file exists but is unusable (reported anyway)."""
        known = list(known)
        if name not in known and not self.library.cannot_use(kind, name):
            hint = guess(name, known).strip() or self._otherwise(kind, name, known, home)
            yield self.problem(key, f'There is no {kind} "{name}".', hint)

    def _otherwise(self, kind: str, name: str, known: Sequence[str], home: str) -> str:
        """Return where to add it, and what there is; where that is too much to list, the most alike, and its files."""
        add = f"Add it to {home}, or use one of: {one_of(name, known)}"
        if len(known) <= LISTED:
            return f"{add}."
        files = self.library.files_of(kind) or [home]
        return f"{add}, or of the others in {' and '.join(files)}."


def _therapy(library: Library, therapy: Therapy, names: RecordNames) -> Iterator[Problem]:
    report = Reporter(library, "therapy", therapy.id)
    yield from report.unknown(("language",), "language", therapy.language, library.locales, "content/locales")
    yield from audience_keys(report, therapy)
    for key, name in _named(therapy, ("source", "sources")):
        yield from report.unknown(key, "source", name, library.sources, "content/sources.yaml")
    for index, claim in enumerate(therapy.claims):
        key = ("claims", index, "condition")
        yield from report.unknown(key, "condition", claim.condition, library.conditions, "content/conditions.yaml")
    yield from _approvals(report, therapy.review.approvals)
    for group in ("courses", "techniques", "claims"):
        yield from _ids_once(report, group, getattr(therapy, group))
    yield from _worksheets_of(report, therapy, names)
    yield from _fallbacks(report, therapy)
    silent = library.audiences.keys() - therapy.titles.keys() - therapy.not_for.keys()
    for name in silent if library.language is None else ():  # a translation may be for some readers only
        what = f'The record says nothing about the audience "{name}".'
        yield report.problem(("titles",), what, f"Add a title for {name}, or the reason for none in not_for.")


def _worksheets_of(report: Reporter, therapy: Therapy, names: RecordNames) -> Iterator[Problem]:
    for index, name in enumerate(therapy.worksheets):
        key = ("worksheets", index)
        yield from report.unknown(key, "worksheet", name, names["worksheet"], "content/worksheets")
        if name in therapy.worksheets[:index]:
            yield report.problem(("worksheets", index), f'The worksheet "{name}" stands twice.', "Delete one.")


def _worksheet(library: Library, sheet: Worksheet, names: RecordNames) -> Iterator[Problem]:
    report = Reporter(library, "worksheet", sheet.id)
    yield from report.unknown(("language",), "language", sheet.language, library.locales, "content/locales")
    yield from audience_keys(report, sheet)
    yield from _approvals(report, sheet.review.approvals)
    yield from _ids_once(report, "parts", sheet.parts)
    if sheet.id in names["therapy"]:
        yield report.problem(
            ("id",), f'The id "{sheet.id}" is that of a therapy.', "Rename the worksheet and its file."
        )


def _unnamed(library: Library) -> Iterator[Problem]:
    """Yield a problem for each worksheet that no therapy lists."""
    named = {name for summary in library.summaries.values() for name in summary.worksheets}
    for name in library.worksheets if not library.broken else ():
        if name not in named:
            what = "No therapy names this worksheet, so nobody gets it."
            mend = f'Add "{name}" under worksheets in the record of a therapy.'
            problem = Reporter(library, "worksheet", name).problem(("id",), what, mend)
            yield dataclasses.replace(problem, severity="warning", therapy=name)


def _conditions(library: Library) -> Iterator[Problem]:
    """Yield a problem if a condition is `part_of` an unknown condition, or of one that is itself part of another."""
    report = Reporter(library, "condition")
    for index, condition in enumerate(library.conditions.values()):
        key = ("conditions", index, "part_of")
        if condition.part_of is None:
            continue
        yield from report.unknown(key, "condition", condition.part_of, library.conditions, "content/conditions.yaml")
        whole = library.conditions.get(condition.part_of)
        if whole and whole.part_of:
            what = f'"{condition.part_of}" is itself part of "{whole.part_of}".'
            yield report.problem(key, what, f'Write "part_of: {whole.part_of}" here, or take it out there.')


def _approvals(report: Reporter, approvals: Iterable[RecordApproval]) -> Iterator[Problem]:
    for index, approval in enumerate(approvals):
        key = ("review", "approvals", index, "audience")
        yield from report.unknown(key, "audience", approval.audience, report.library.audiences, "templates")


def audience_keys(report: Reporter, record: BaseModel) -> Iterator[Problem]:
    """Yield a problem for each unknown audience that is used as a key in the record."""
    known = [*report.library.audiences, ANY]
    for key, value in values_with_keys(record):
        if isinstance(value, Mapping) and key[-2:] != ("scene", "words"):
            for name in value:
                yield from report.unknown((*key, name), "audience", name, known, "templates")


def _named(record: BaseModel, fields: tuple[str, ...]) -> Iterator[tuple[Key, str]]:
    """Yield key and value of each id in fields of these names, single or in lists."""
    for key, value in values_with_keys(record):
        parents = [part for part in key if isinstance(part, str)]
        if isinstance(value, str) and parents and parents[-1] in fields:
            yield key, value


def _ids_once(report: Reporter, group: str, items: Iterable[Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        if item.id in seen:
            yield report.problem((group, index, "id"), f'The id "{item.id}" stands twice in {group}.', "Rename one.")
        seen.add(item.id)


def _fallbacks(report: Reporter, therapy: Therapy) -> Iterator[Problem]:
    for name, other in therapy.fallbacks.items():
        audience = report.library.audiences.get(name)
        if audience is None:
            continue
        key = ("fallbacks", name)
        yield from report.unknown(key, "audience", other, report.library.audiences, "templates")
        if other in report.library.audiences and other not in audience.fallback:
            yield report.problem(key, *refused_borrowing(vars(audience), name, other))


def _twice(library: Library, kind: str) -> Iterator[Problem]:
    """Yield a problem for each id that is used again in a file that holds a list."""
    document = library.documents[kind]
    group = {"source": "sources", "condition": "conditions", "term": "terms"}[kind]
    items: Any = dict(document.value)[group] if isinstance(document.value, dict) else []
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        name, path, line = item["id"], document.path_of((group, index)), document.line((group, index, "id"))
        if name in first:
            what = f'The id "{name}" stands twice; the first is on line {first[name]}.'
            yield Problem(path, line, what, "Rename or delete one.")
        first.setdefault(name, line)


def _region(library: Library, region: Region) -> Iterator[Problem]:
    report = Reporter(library, "region", region.id)
    known = [line.id for line in region.help_lines]
    for name, help_now in region.help_now.items():
        for index, line in enumerate(help_now.lines):
            yield from report.unknown(("help_now", name, "lines", index), "help line", line, known, "help_lines")
    for key, name in _named(region, ("source", "sources")):
        yield from report.unknown(key, "source", name, library.sources, "content/sources.yaml")
    yield from audience_keys(report, region)
    yield from _ids_once(report, "help_lines", region.help_lines)
    yield from _ids_once(report, "organisations", region.organisations)


def _audience(library: Library, audience: Audience) -> Iterator[Problem]:
    report = Reporter(library, "audience", audience.id)
    for index in range(len(audience.sections)):
        yield from _headings(library, report, audience, index)
    yield from _ids_once(report, "sections", audience.sections)
    for group in ("fallback", "not_shared_with"):
        for index, name in enumerate(getattr(audience, group)):
            yield from report.unknown((group, index), "audience", name, library.audiences, "templates")
    summaries = [*library.summaries.values(), *library.worksheet_summaries.values()]
    for language in sorted({summary.language for summary in summaries} & library.locales.keys()):
        for group in ("label", "name", "evidence", "verbs"):
            if language not in getattr(audience, group):
                what = f'There are no words in the language "{language}".'
                yield report.problem((group,), what, f'Add "{language}:" under {group}.')


def _headings(library: Library, report: Reporter, audience: Audience, index: int) -> Iterator[Problem]:
    section = audience.sections[index]
    for language, locale in library.locales.items():
        names = locale.headings.get(section.id, {})
        if section.heading and not (names.get(audience.id) or names.get(ANY)):
            mend = f'Add "{section.id}:" under headings in content/locales/{language}.yaml.'
            yield report.problem(("sections", index, "id"), f'The section "{section.id}" has no heading.', mend)


def _publisher(library: Library) -> Iterator[Problem]:
    report = Reporter(library, "publisher")
    regions = [*library.regions, *library.not_begun.get("region", ())]
    yield from report.unknown(("region",), "region", library.publisher.region, regions, "content/regions")
    if library.publisher.clinic:
        yield from report.unknown(("clinic",), "clinic", library.publisher.clinic, library.clinics, "content/clinics")
