"""Checks of references in approvals.yaml. What an approval of something unknown misses is only itself: warnings."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from printables.library.approvals import Approval
from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.library.yaml_reader import Key
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Yield a warning for each approval of a record, audience or region that does not exist."""
    report = Reporter(library, "approvals", "")
    for index, given in enumerate(library.approvals):
        for problem in _unknown(report, ("approvals", index), given):
            yield dataclasses.replace(problem, severity="warning")


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
