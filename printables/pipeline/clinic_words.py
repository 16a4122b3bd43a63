"""Which of a clinic's own words a finding of the layout is about, so that the clinic is told what it can mend."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

from printables.library.clinics import Clinic
from printables.library.folders import Folders
from printables.library.library import Library, Place
from printables.library.traversal import values_with_keys
from printables.problems import Problem
from printables.typeset.page import Finding, PrintRules

NAMED = 3
"""Files that a joined message names; it counts the others."""
RUN = 3
"""Words in a row that a line must share with a text of the clinic to be of it, unless that is shorter."""
TOO_MUCH = "Shorten the clinic's own words, such as its name, its crisis line or a note; or leave it so."

Found = tuple[str, Finding, Problem]
"""The path of a finished page, what was found there, and that as a problem of its record."""


def of_clinic(library: Library, clinic: Clinic, found: Iterable[Found], folders: Folders) -> Iterator[Problem]:
    """Yield each of these warnings, and once, at the clinic's file, those that its own words cause in many leaflets.

    That is told by the words of a line that is too long; and our own records have no such fault without a clinic.
    """
    causes: dict[tuple[Place, str], list[Found]] = {}
    for one in found:
        _, finding, problem = one
        place = _place_of(library, clinic, finding.line)
        if place is None and folders.is_shipped(Path(problem.path)):
            place = library.place("clinic", clinic.id, ("name",))
        if place:
            causes.setdefault((place, "line" if finding.line else finding.what), []).append(one)
        else:
            yield problem
    yield from (_joined(place, group) for (place, _), group in causes.items())


def names_of(paths: Sequence[str]) -> str:
    """Return the names of the first few files, and how many more there are."""
    names = [PurePosixPath(path).name for path in paths]
    others = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{others}"


def _place_of(library: Library, clinic: Clinic, line: str) -> Place | None:
    """Return the place of the clinic's text that has the longest run of words in common with this line, if any has."""
    printed, best, place = _words(line), 0, None
    for key, value in values_with_keys(clinic):
        words = _words(value) if isinstance(value, str) and key != ("id",) else []
        match = SequenceMatcher(None, printed, words, autojunk=False).find_longest_match()
        length = sum(len(word) for word in words[match.b : match.b + match.size])
        if match.size and match.size >= min(RUN, len(words)) and length > best:
            best, place = length, library.place("clinic", clinic.id, key)
    return place


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _joined(place: Place, group: Sequence[Found]) -> Problem:
    """Return one problem at the clinic's file for what its words cause in these leaflets."""
    _, finding, problem = max(group, key=lambda one: len(one[1].line))
    what, mend = finding.what, TOO_MUCH
    if finding.line:
        what = (
            f"These words make lines of more than {PrintRules.max_line} characters, which are hard to read; "
            f'the longest has {len(finding.line)}: "{finding.line}".'
        )
        mend = "Shorten them; or leave it so."
    paths = [path for path, *_ in group]
    number = "1 PDF" if len(paths) == 1 else f"{len(paths)} PDFs"
    what = f"{what} This concerns {number}: {names_of(paths)}."
    return dataclasses.replace(
        problem,
        path=place.path,
        line=place.line,
        what=what,
        mend=mend,
        therapy="",
        audience="",
        section="",
        who="clinic",
    )
