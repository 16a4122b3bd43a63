"""What a choice is made from. A fault in any other file stops nothing of it, and is worth a warning.

What one file gets wrong stops what is made from that file: a clinic's, its own leaflets; a region's, those for that
region; a language's, those in it; a record's, its own. What all leaflets are made from (sources, conditions, glossary,
publisher, audiences, since each leaflet names the other readers) stops everything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from printables.library.clinics import Clinic
from printables.library.library import Library
from printables.library.owners import EVERYTHING, Owner, owner_of
from printables.plan import Choice, check_choice, clinic_of, homes_of
from printables.problems import Problem, has_errors


def asked_of(
    library: Library | None, choice: Choice, problems: Iterable[Problem], content: Path
) -> tuple[list[Problem], bool]:
    """What this choice is told of the files' problems and of its own names, and whether it can be planned."""
    if library is None:
        return list(problems), False
    wrong = list(check_choice(library, choice))
    fine = _can_be_planned(library, choice) and not has_errors(wrong)
    return [*told(library, choice, problems, content), *wrong], fine


def told(library: Library, choice: Choice, problems: Iterable[Problem], content: Path) -> list[Problem]:
    """These problems of files as this choice is told of them.

    Errors of files that nothing of it is made from become warnings; of their warnings, nothing is said.
    """
    if choice.whole:
        return list(problems)
    return [one for problem in problems for one in _as_told(library, choice, problem, content)]


def _as_told(library: Library, choice: Choice, problem: Problem, content: Path) -> list[Problem]:
    owner = owner_of(problem.path, content)
    if owner == EVERYTHING or needs(library, choice, owner):
        return [problem]
    return [dataclasses.replace(problem, severity="warning")] if problem.severity == "error" else []


class Faults:
    """Errors of files, for what is made of several: whoever needs a record asks for its errors."""

    def __init__(self, problems: Iterable[Problem], content: Path) -> None:
        self._errors = [(owner_of(one.path, content), one) for one in problems if one.severity == "error"]
        self._asked: set[Owner] = set()

    def of(self, owner: Owner) -> list[Problem]:
        """What is wrong with the file of this record."""
        self._asked.add(owner)
        return [problem for its, problem in self._errors if its == owner]

    def elsewhere(self) -> list[Problem]:
        """Those for which nobody asked, as warnings."""
        return [dataclasses.replace(one, severity="warning") for its, one in self._errors if its not in self._asked]


def _can_be_planned(library: Library, choice: Choice) -> bool:
    """Whether the clinic and the region that everything is made for can be used."""
    clinic, region = clinic_name(library, choice), region_name(library, choice)
    return not (library.cannot_use("clinic", clinic) or library.cannot_use("region", region))


def clinic_name(library: Library, choice: Choice) -> str:
    """The id of the clinic that this choice is made for; empty for none."""
    return choice.clinic or ("" if choice.region else library.publisher.clinic) or ""


def region_name(library: Library, choice: Choice) -> str:
    """The id of the region that this choice is made for."""
    clinic = clinic_of(library, choice)
    return choice.region or (clinic.region if clinic else library.publisher.region)


def needs(library: Library, choice: Choice, owner: Owner) -> bool:
    """Whether something of this choice is made from the record."""
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
    """The clinic whose shelf says what is made."""
    clinic = clinic_of(library, choice)
    return clinic if clinic and clinic.shelf and not choice.off_shelf else None


def _needs_therapy(library: Library, choice: Choice, name: str) -> bool:
    clinic = _shelved(library, choice)
    sheets = {*choice.worksheets, *(row.worksheet for row in (clinic.shelf if clinic else ()) if row.worksheet)}
    if sheets - homes_of(library).keys() - library.broken:
        return True  # a therapy that cannot be read may be the one that names it
    if choice.worksheets:
        return False
    on_shelf = clinic is None or name in {row.therapy for row in clinic.shelf}
    return on_shelf and (not choice.therapies or name in choice.therapies)


def _needs_worksheet(library: Library, choice: Choice, name: str) -> bool:
    clinic = _shelved(library, choice)
    if choice.no_worksheets or (clinic and name not in {row.worksheet for row in clinic.shelf}):
        return False
    if choice.worksheets:
        return name in choice.worksheets
    known = [library.summaries[therapy] for therapy in choice.therapies if therapy in library.summaries]
    return not choice.therapies or any(name in summary.worksheets for summary in known)


_NEEDS: Mapping[str, Callable[[Library, Choice, str], bool]] = {
    "therapy": _needs_therapy,
    "worksheet": _needs_worksheet,
    "clinic": _needs_clinic,
    "region": _needs_region,
    "language": _needs_language,
    "site": _needs_site,
    "site-words": _needs_site_words,
}
"""By kind; nothing but a course is made from a course."""
