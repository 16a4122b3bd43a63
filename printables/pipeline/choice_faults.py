"""What is wrong with a choice: names that the library does not have, and editions that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from printables.library.editions import Edition
from printables.library.library import Library
from printables.plan import Choice, refusal, worksheet_refusal
from printables.problems import Problem, guess


def check_choice(library: Library, choice: Choice) -> Iterator[Problem]:
    """Yield problems of a choice: names that the library does not have, and editions that an audience cannot have."""
    therapies = [*library.therapies, *library.broken]
    for names, kind, known in (
        (choice.therapies, "therapy", therapies),
        (choice.audiences, "audience", list(library.audiences)),
        (choice.worksheets, "worksheet", [*library.worksheets, *library.broken]),
        ((choice.region,) if choice.region else (), "region", list(library.regions)),
        ((choice.clinic,) if choice.clinic else (), "clinic", list(library.clinics)),
    ):
        for name in names:
            if name not in known and not library.cannot_use(kind, name):
                hint = guess(name, known) or f" There are: {', '.join(sorted(known))}."
                yield Problem("command line", 0, f'There is no {kind} "{name}".', hint.strip())
    clinic = library.clinics.get(choice.clinic or "")
    if clinic and choice.region and choice.region != clinic.region:
        what = f'The clinic "{clinic.id}" is in the region "{clinic.region}", not "{choice.region}".'
        yield Problem("command line", 0, what, "Leave --region out.")
    yield from _refused(library, choice)


def _refused(library: Library, choice: Choice) -> Iterator[Problem]:
    """Yield editions that an audience cannot have: an error if the audience was named too, otherwise a warning."""
    for edition in () if choice.offered else choice.editions:
        for audience in library.audiences.values():
            reason = refusal(audience, edition)
            if reason and audience.id in (choice.audiences or [audience.id]) and not choice.worksheets:
                yield _no_edition(f'"{audience.id}" leaflets', edition, reason, fatal=bool(choice.audiences))
        reason = worksheet_refusal(edition)
        if reason and choice.worksheets:
            yield _no_edition("Worksheets", edition, reason, fatal=True)


def _no_edition(what: str, edition: Edition, reason: str, *, fatal: bool) -> Problem:
    message = f"{what} do not come as {edition.name}: {reason}"
    return Problem("command line", 0, message, "Choose another edition.", "error" if fatal else "warning")
