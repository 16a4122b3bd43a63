"""What can be wrong, where it is, and how it is said to a clinic's administrator."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from printables.checklist import Rule

Severity = Literal["error", "warning"]


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    BUSY = 3
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, with its place.

    `path` is shown as it is (relative to where the reader stands, where possible); `line` counts from 1, and 0 means
    "the file as a whole". `what` and `mend` are full sentences. `rule` is a line of our checklist, or empty;
    where several lines ask for it (B2, T1, Q1), it is the first. `therapy`, `audience` and `section` say which leaflet
    it touches, where known.
    """

    path: str
    line: int
    what: str
    mend: str
    severity: Severity = "error"
    rule: Rule | Literal[""] = ""
    therapy: str = ""
    audience: str = ""
    section: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what} {self.mend}".rstrip()


def has_errors(problems: Iterable[Problem]) -> bool:
    """True where at least one problem stops a leaflet from being published."""
    return any(problem.severity == "error" for problem in problems)


def guess(word: str, known: Iterable[str]) -> str:
    """' Did you mean "x"?' for the known word most like `word`, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""
