"""What the layout did to make room, in one line for each kind, and the other findings of finished pages as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from printables.pipeline.run import CheckedLibrary
from printables.problems import Problem
from printables.typeset.page import Finding

NAMED = 3
"""Leaflets that a joined note names; it counts the others."""


def notes_joined(checked: CheckedLibrary, findings: Iterable[tuple[str, Finding]]) -> Iterator[Problem]:
    """Yield the findings of finished pages as problems; notes that say the same of many leaflets are one."""
    notes: dict[Finding, list[str]] = {}
    for path, finding in findings:
        if finding.severity == "note":
            notes.setdefault(finding, []).append(path)
        else:
            yield checked.problem_of(path, finding)
    for finding, paths in notes.items():
        names = [PurePosixPath(path).name for path in paths]
        others = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        what = f"{finding.what} This concerns {', '.join(names[:NAMED])}{others}."
        yield dataclasses.replace(checked.problem_of(paths[0], finding), what=what)
