"""Step 4 check: reading level, wording, safety, sources and structure. Nothing here knows the typesetting engine."""

from __future__ import annotations

from printables.checklist import Rule
from printables.checks import evidence, help_numbers, readability, release, safety, structure, wording, worksheet
from printables.checks.subject import Subject
from printables.problems import Problem


def check_subject(subject: Subject, *, allow_overdue: bool = False, for_release: bool = False) -> list[Problem]:
    """Everything that is wrong with one leaflet or worksheet."""
    if subject.item.worksheet:
        return worksheet.check(subject, allow_overdue=allow_overdue, for_release=for_release)
    return check_leaflet(subject, allow_overdue=allow_overdue, for_release=for_release)


def check_leaflet(subject: Subject, *, allow_overdue: bool = False, for_release: bool = False) -> list[Problem]:
    """Everything that is wrong with one leaflet, in the order of its file, each thing once."""
    found = [
        *readability.check(subject),
        *wording.check(subject),
        *evidence.check(subject),
        *safety.check(subject, allow_overdue=allow_overdue),
        *help_numbers.check(subject),
        *(release.check(subject) if for_release else release.stale(subject)),
    ]
    template = f"templates/{subject.leaflet.item.audience}/leaflet.html"
    item = subject.leaflet.item
    for what, mend in structure.check(subject.html):
        found.append(Problem(template, 0, what, mend, "error", Rule.A15, item.therapy, item.audience))
    return sorted(set(found))
