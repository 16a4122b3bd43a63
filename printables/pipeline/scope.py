"""Which files a choice depends on. Errors in all other files become warnings.

A fault in a file affects what is made from that file: a clinic's, region's, language's or record's own leaflets. Faults
in files that all leaflets need (sources, conditions, glossary, publisher, and audiences, because each leaflet names the
other audiences) affect everything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from printables.library.clinics import Clinic
from printables.library.folders import Folders
from printables.library.library import Library
from printables.library.owners import EVERYTHING, Owner, owner_of
from printables.pipeline.choice_faults import check_choice, not_on_shelf
from printables.plan import Choice, clinic_of, therapies_by_worksheet, worksheets_with
from printables.problems import Problem, has_errors


def problems_of_choice(
    library: Library | None, choice: Choice, problems: Iterable[Problem], content: Path | Folders
) -> tuple[list[Problem], bool]:
    """Return the problems that concern this choice, in files and in its own names, and whether it can be planned."""
    if library is None:
        return list(problems), False
    choice_problems = list(check_choice(library, choice))
    can_be_planned = _can_be_planned(library, choice) and not has_errors(choice_problems)
    if can_be_planned:
        choice_problems += not_on_shelf(library, choice)
    return [*relevant_problems(library, choice, problems, content), *choice_problems], can_be_planned


def relevant_problems(
    library: Library, choice: Choice, problems: Iterable[Problem], content: Path | Folders
) -> list[Problem]:
    """Return these problems of files as far as they concern this choice.

    Errors in files that it does not depend on become warnings; warnings in such files are dropped.
    """
    if choice.whole:
        return list(problems)
    return [one for problem in problems for one in _relevant(library, choice, problem, content)]


def _relevant(library: Library, choice: Choice, problem: Problem, content: Path | Folders) -> list[Problem]:
    owner = owner_of(problem.path, content)
    if owner == EVERYTHING or needs(library, choice, owner):
        return [problem]
    return [dataclasses.replace(problem, severity="warning")] if problem.severity == "error" else []


class Faults:
    """The errors of files by record, for products that depend on some records; it tracks which were asked for."""

    def __init__(self, problems: Iterable[Problem], content: Path | Folders) -> None:
        self._errors = [(owner_of(one.path, content), one) for one in problems if one.severity == "error"]
        self._asked: set[Owner] = set()

    def of(self, owner: Owner) -> list[Problem]:
        """Return the errors in the file of this record."""
        self._asked.add(owner)
        return [problem for its, problem in self._errors if its == owner]

    def elsewhere(self) -> list[Problem]:
        """Return, as warnings, the errors of all records that `of` was not asked for."""
        return [dataclasses.replace(one, severity="warning") for its, one in self._errors if its not in self._asked]


def _can_be_planned(library: Library, choice: Choice) -> bool:
    """Return whether the selected clinic and region can be used."""
    clinic, region = clinic_name(library, choice), region_name(library, choice)
    return not (library.cannot_use("clinic", clinic) or library.cannot_use("region", region))


def clinic_name(library: Library, choice: Choice) -> str:
    """Return the id of the clinic of this choice; empty for none."""
    return choice.clinic or ("" if choice.region else library.publisher.clinic) or ""


def region_name(library: Library, choice: Choice) -> str:
    """Return the id of the region of this choice."""
    clinic = clinic_of(library, choice)
    return choice.region or (clinic.region if clinic else library.publisher.region)


def needs(library: Library, choice: Choice, owner: Owner) -> bool:
    """Return whether something of this choice is made from the record."""
    kind, name = owner
    return kind in _NEEDS and _NEEDS[kind](library, choice, name)


def _needs_clinic(library: Library, choice: Choice, name: str) -> bool:
    return name == clinic_name(library, choice)


def _needs_region(library: Library, choice: Choice, name: str) -> bool:
    return name == region_name(library, choice)


def _needs_language(library: Library, choice: Choice, name: str) -> bool:
    return any(language == name and needs(library, choice, one) for one, language in library.unworded.items())


def _needs_site_words(library: Library, choice: Choice, name: str) -> bool:
    region = library.regions.get(region_name(library, choice))
    return choice.website and region is not None and region.language == name


def _needs_site(_: Library, choice: Choice, __: str) -> bool:
    return choice.website


def _shelved(library: Library, choice: Choice) -> Clinic | None:
    """Return the clinic whose shelf limits what is made, if any."""
    clinic = clinic_of(library, choice)
    return clinic if clinic and clinic.shelf and not choice.off_shelf else None


def _needs_therapy(library: Library, choice: Choice, name: str) -> bool:
    clinic = _shelved(library, choice)
    sheets = {*choice.worksheets, *(row.worksheet for row in (clinic.shelf if clinic else ()) if row.worksheet)}
    if sheets - therapies_by_worksheet(library).keys() - library.broken:
        return True  # a therapy that cannot be read may be the one that names it
    if choice.worksheets:
        return False
    on_shelf = clinic is None or name in {row.therapy for row in clinic.shelf}
    return on_shelf and (not choice.therapies or name in choice.therapies)


def _needs_worksheet(library: Library, choice: Choice, name: str) -> bool:
    clinic = _shelved(library, choice)
    if choice.no_worksheets or (clinic and not _is_shelved(library, clinic, name)):
        return False
    if choice.worksheets:
        return name in choice.worksheets
    selected = [library.summaries[therapy] for therapy in choice.therapies if therapy in library.summaries]
    return not choice.therapies or any(name in summary.worksheets for summary in selected)


def _is_shelved(library: Library, clinic: Clinic, worksheet: str) -> bool:
    """Return whether a worksheet is on the shelf: named there, or brought by a therapy."""
    return any(worksheet in (row.worksheet, *worksheets_with(library, clinic, row)) for row in clinic.shelf)


_NEEDS: Mapping[str, Callable[[Library, Choice, str], bool]] = {
    "therapy": _needs_therapy,
    "worksheet": _needs_worksheet,
    "clinic": _needs_clinic,
    "region": _needs_region,
    "language": _needs_language,
    "site": _needs_site,
    "approvals": lambda *_: True,
    "site-words": _needs_site_words,
}
"""Tests by kind of record. Courses are missing: only a course depends on a course."""
