"""Checks of references in approvals.yaml. What an approval of something unknown misses is only itself: warnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from printables.library.approvals import Approval, ApprovalFault
from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.library.yaml_reader import Key
from printables.problems import Problem


def faults(library: Library) -> Iterator[ApprovalFault]:
    """Yield a warning for each approval of a record, audience or region that does not exist.

    A release makes errors of them: what such an approval was meant for must not count as withdrawn.
    """
    report = Reporter(library, "approvals", "")
    for index, given in library.approvals.items():
        for problem in _unknown(report, ("approvals", index), given):
            yield ApprovalFault(dataclasses.replace(problem, severity="warning"), given.record)


def _unknown(report: Reporter, key: Key, given: Approval) -> Iterator[Problem]:
    library = report.library
    for kind, name, known, home in (
        ("therapy", given.therapy, [*library.therapies, *library.broken], "content/therapies"),
        ("worksheet", given.worksheet, [*library.worksheets, *library.broken], "content/worksheets"),
        ("audience", given.audience, [*library.audiences], "templates"),
        ("region", given.region, [*library.regions, *library.unusable.get("region", ())], "content/regions"),
    ):
        if name:
            yield from report.unknown((*key, kind), kind, name, known, home)
    summaries = library.worksheet_summaries if given.worksheet else library.summaries
    readers = summaries[given.record].titles if given.record in summaries else (given.audience,)
    if given.audience in library.audiences and given.audience not in readers:
        what = f'There is no leaflet or worksheet "{given.record}" for "{given.audience}".'
        yield report.problem((*key, "audience"), what, f"Write one of: {', '.join(readers)}.")
