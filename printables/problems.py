"""Problems for a clinic's administrator: what is wrong, where, and how to mend it; exit codes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from printables.checklist import Rule

Severity = Literal["error", "warning", "note"]
"""An error stops what it is about, a warning does not, and a note says what was done: nothing is to be mended."""
Who = Literal["author", "clinician", "clinic"]
"""Who can mend a problem: the author of the words, a clinician who answers for them, or the clinic that prints them."""


class Exit(IntEnum):
    """Exit codes of every command."""

    OK = 0
    PROBLEMS = 1
    USAGE = 2
    BUSY = 3
    INTERRUPTED = 130
    TERMINATED = 143


LISTED = 8
"""Names that a message lists; of more, it names those that are most like the wrong one."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, with its place.

    `path` is for display, if possible relative to the current folder; `line` counts from 1, and 0 is the whole file.
    `what` and `mend` are full sentences. `rule` is a line of the checklist, or empty; if several lines
    require it (B2, T1, Q1), it is the first. `therapy`, `audience` and `section` tell the affected leaflet, if
    known; `who` can mend it.
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
    who: Who = "author"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.what} {self.mend}".rstrip()


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return True if at least one problem is an error."""
    return any(problem.severity == "error" for problem in problems)


def guess(word: str, known: Iterable[str]) -> str:
    """Return ' Did you mean "x"?' with the most similar known word, or an empty text if none is similar."""
    near = most_similar(word, known)
    return f' Did you mean "{near}"?' if near else ""


def most_similar(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like `word`, or an empty text if none is similar."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else ""


def one_of(word: str, known: Iterable[str]) -> str:
    """Return what may stand in place of a word that is like none: all that are known, or of many the most alike."""
    names = sorted(known)
    if len(names) <= LISTED:
        return ", ".join(names)
    return ", ".join(difflib.get_close_matches(word, names, n=3, cutoff=0.0))
