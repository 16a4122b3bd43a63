"""The types of the public API: frozen data, with nothing of the program's inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from printables.problems import Problem


class PrintablesError(Exception):
    """What was asked for cannot be done at all. `problems` say why, each with its place and its remedy."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Library:
    """What there is to make leaflets of: ids with their names for people."""

    therapies: Mapping[str, str]
    worksheets: Mapping[str, str]
    audiences: Mapping[str, str]
    clinics: Mapping[str, str]
    regions: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    """What is wrong with records. Those that cannot be read are not listed above."""


@dataclass(frozen=True)
class Leaflet:
    """One leaflet or worksheet in one edition, as planned."""

    path: str
    """Its PDF below the output folder, with forward slashes."""
    title: str
    therapy: str
    worksheet: str
    """Empty for a leaflet."""
    audience: str
    edition: str
    language: str
    version: str
    good: bool
    """Whether no error stops it."""


@dataclass(frozen=True)
class Report:
    """The result of a check."""

    leaflets: tuple[Leaflet, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no error; there may be warnings and notes."""
        return all(problem.severity != "error" for problem in self.problems)


@dataclass(frozen=True)
class Built(Report):
    """The result of a build. Paths are below `output`, sorted, with forward slashes."""

    output: Path
    rendered: tuple[str, ...]
    """PDFs that were printed now."""
    kept: tuple[str, ...]
    """PDFs that were up to date."""
    failed: tuple[str, ...]
    """PDFs that were not made, because of an error. Their last good files stay."""
    removed: tuple[str, ...]
    """Files of leaflets that are no longer planned."""
