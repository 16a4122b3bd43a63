"""What the layout did to make room, in one line for each kind, and the other findings of finished pages as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from printables.pipeline.clinic_words import names_of, of_clinic
from printables.pipeline.options import Options
from printables.pipeline.run import CheckedLibrary
from printables.plan import clinic_of
from printables.problems import Problem
from printables.typeset.page import Finding


def notes_joined(
    checked: CheckedLibrary, findings: Iterable[tuple[str, Finding]], options: Options
) -> Iterator[Problem]:
    """Yield the findings of finished pages as problems; notes that say the same of many leaflets are one.

    So are warnings that a clinic's own words cause, which name the clinic's file.
    """
    notes: dict[Finding, list[str]] = {}
    others = []
    for path, finding in findings:
        if finding.severity == "note":
            notes.setdefault(finding, []).append(path)
        else:
            others.append((path, finding, checked.problem_of(path, finding)))
    clinic = clinic_of(checked.library, options.choice) if checked.library else None
    yield from (problem for _, finding, problem in others if finding.severity == "error" or not clinic)
    if checked.library and clinic:
        warnings = [one for one in others if one[1].severity == "warning"]
        yield from of_clinic(checked.library, clinic, warnings, options.folders)
    for finding, paths in notes.items():
        what = f"{finding.what} This concerns {names_of(paths)}."
        yield dataclasses.replace(checked.problem_of(paths[0], finding), what=what)
