"""The registry of checks: what each says of itself, and the list of all that the modules of this folder hold.

A check is a function that yields a `Fault` for each place that is wrong, and an entry in its module's `CHECKS` (or
`LIBRARY_CHECKS`) with the line of the checklist that this breaks. That is all it needs to be asked. The first line of
its docstring names what it finds; docs/standards.md prints it.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Literal

from printables import checks
from printables.checklist import Rule
from printables.checks.language.profile import Skill
from printables.checks.subject import Fault, Subject, WholeLibrary
from printables.problems import Problem, Severity, Who

Kind = Literal["leaflet", "worksheet"]


@dataclass(frozen=True)
class Check:
    """One check of a leaflet or worksheet. Call it with a subject for the problems that it finds there."""

    rule: Rule
    """The line of the checklist that its problems carry."""
    find: Callable[[Subject], Iterable[Fault]]
    also: tuple[Rule, ...] = ()
    """Other lines that it looks at."""
    severity: Severity | None = "error"
    """None where each fault says its own: above the `warn` of a limit a warning, above its `stop` an error."""
    of: tuple[Kind, ...] = ("leaflet", "worksheet")
    looks_at: Literal["leaflet", "page"] = "leaflet"
    """The composed leaflet, its HTML and the library that it comes from; or its HTML alone."""
    patients_only: bool = False
    """Not asked where the audience is `not_a_handout`."""
    needs: Skill | None = None
    """What it can look for only in a language that has rules for that."""
    of_english: bool = False
    """Asked of the English alone: what it looks at is the same in every language."""
    measures: bool = False
    """Not asked where words are of another language: its figures would be wrong."""
    only_for_release: bool = False
    error_for_release: bool = False
    """A warning that becomes an error with `--release`."""
    waived_by_allow_overdue: bool = False
    who: Who = "author"
    """Who can mend what it finds."""

    def __call__(self, subject: Subject, *, for_release: bool = False) -> Iterator[Problem]:
        """The problems that it finds, whether or not it would be asked."""
        severity = "error" if for_release and self.error_for_release else self.severity
        for fault in self.find(subject):
            problem = subject.problem_of(fault, self.rule, fault.severity or severity or "error")
            yield problem if self.who == problem.who else replace(problem, who=self.who)

    def is_asked(self, subject: Subject, *, allow_overdue: bool = False, for_release: bool = False) -> bool:
        """Whether it has a say about such a subject, as strict as the user wants to be."""
        return (
            subject.item.kind in self.of
            and not (self.patients_only and subject.leaflet.audience.not_a_handout)
            and (subject.is_measured or not self.measures)
            and not (self.of_english and subject.library.language)
            and self.needs not in subject.language.lacks
            and not (self.only_for_release and not for_release)
            and not (self.waived_by_allow_overdue and allow_overdue)
        )


@dataclass(frozen=True)
class LibraryCheck:
    """One check of what no single leaflet shows. Call it with the library for the problems that it finds."""

    rules: tuple[Rule, ...]
    """The lines of the checklist that it looks at; a problem carries that of its fault, or the first."""
    find: Callable[[WholeLibrary], Iterable[Fault]]
    severity: Severity = "error"

    def __call__(self, whole: WholeLibrary) -> Iterator[Problem]:
        """The problems that it finds."""
        for fault in self.find(whole):
            rule, severity = fault.rule or self.rules[0], fault.severity or self.severity
            path, line = fault.place.path, fault.place.line
            yield Problem(path, line, fault.what, fault.mend, severity, rule, "", fault.audience, fault.section)


@functools.cache
def all_checks() -> tuple[Check, ...]:
    """Every check of a leaflet or worksheet, by module and in the order of its entries."""
    return tuple(check for module in _modules() for check in getattr(module, "CHECKS", ()))


@functools.cache
def all_library_checks() -> tuple[LibraryCheck, ...]:
    """The same for the library as a whole."""
    return tuple(check for module in _modules() for check in getattr(module, "LIBRARY_CHECKS", ()))


def _modules() -> list[ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__) if not module.ispkg)
    return [importlib.import_module(f"{checks.__name__}.{name}") for name in names]
