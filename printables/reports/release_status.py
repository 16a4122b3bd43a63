"""For each leaflet and worksheet: what is missing before it can be released, and who can mend it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from printables.library.folders import Folders
from printables.library.owners import owner_of
from printables.pipeline.build import CheckedLibrary
from printables.pipeline.check_result import LeafletSummary
from printables.problems import Problem, Who
from printables.publish.manifest import Entry

OF_A_CLINIC = ("clinic", "approvals")
"""Kinds of files that a clinic writes; what is wrong in them is the clinic's to mend."""


@dataclass(frozen=True)
class ReleaseState:
    """One leaflet or worksheet, in its first edition, with what stops its release."""

    summary: LeafletSummary
    missing: tuple[Problem, ...]
    is_released: bool
    """Whether the released leaflet has these words."""

    @property
    def state(self) -> str:
        """`released`, `ready` or `missing`."""
        if self.missing:
            return "missing"
        return "released" if self.is_released else "ready"

    def of(self, who: Who) -> list[Problem]:
        """Return what this person can mend."""
        return [problem for problem in self.missing if problem.who == who]


def release_states(checked: CheckedLibrary, released: Iterable[Entry], folders: Folders) -> list[ReleaseState]:
    """Return the state of everything that was checked for a release; `released` is the manifest of that folder."""
    codes = {entry.path: entry.code for entry in released}
    first = {(one.about.worksheet or one.about.therapy, one.about.audience): one for one in reversed(checked.handouts)}
    errors = [with_who(problem, folders) for problem in checked.problems if problem.severity == "error"]
    return [
        ReleaseState(one, tuple(_of(errors, *name)), codes.get(one.about.path) == one.about.code)
        for name, one in reversed(first.items())
    ]


def shared_errors(checked: CheckedLibrary, folders: Folders) -> list[Problem]:
    """Return the errors of no single leaflet, record or audience, such as those of approvals.yaml."""
    errors = (problem for problem in checked.problems if problem.severity == "error")
    return [with_who(problem, folders) for problem in errors if not (problem.therapy or problem.audience)]


def with_who(problem: Problem, folders: Folders) -> Problem:
    """Return a problem with who can mend it: that of a clinic's file is the clinic's."""
    is_theirs = owner_of(problem.path, folders)[0] in OF_A_CLINIC and problem.who == "author"
    return dataclasses.replace(problem, who="clinic") if is_theirs else problem


def _of(errors: Iterable[Problem], record: str, audience: str) -> Iterator[Problem]:
    stopping = ((record, audience), (record, ""), ("", audience))
    return (problem for problem in errors if (problem.therapy, problem.audience) in stopping)


def by_who(states: Iterable[ReleaseState]) -> Iterator[tuple[Who, list[Problem]]]:
    """Yield everything that is missing once, by who can mend it."""
    missing = sorted({problem for state in states for problem in state.missing})
    for who in get_args(Who):
        if mine := [problem for problem in missing if problem.who == who]:
            yield who, mine
