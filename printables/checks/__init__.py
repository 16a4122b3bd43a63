"""Step 4 check: reading level, wording, safety, sources and structure. Nothing here knows the typesetting engine."""

from __future__ import annotations

from printables.checks import registry
from printables.checks.subject import Subject, WholeLibrary
from printables.problems import Problem


def check_subject(subject: Subject, *, allow_overdue: bool = False, for_release: bool = False) -> list[Problem]:
    """Everything that is wrong with one leaflet or worksheet, in the order of its file, each thing once."""
    found: set[Problem] = set()
    for check in registry.all_checks():
        if check.is_asked(subject, allow_overdue=allow_overdue, for_release=for_release):
            found.update(check(subject, for_release=for_release))
    return sorted(found)


def check_library(whole: WholeLibrary) -> list[Problem]:
    """Everything that is wrong with more than one leaflet at a time."""
    found = [problem for check in registry.all_library_checks() for problem in check(whole)]
    return [*found, *whole.pages.unescaped()]
