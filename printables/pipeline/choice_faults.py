"""What is wrong with a choice: names that the library or a shelf does not have, and editions that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from printables.library.clinics import Clinic, Shelf
from printables.library.editions import Edition
from printables.library.library import Library
from printables.plan import Choice, clinic_of, refusal, worksheet_refusal, worksheets_with
from printables.problems import Problem, Severity, guess


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
            if name in library.not_begun.get(kind, ()):
                yield _not_begun(library, kind, name)
            elif name not in known and not library.cannot_use(kind, name):
                hint = guess(name, known) or f" There are: {', '.join(sorted(known))}."
                yield Problem("command line", 0, f'There is no {kind} "{name}".', hint.strip())
    usual = library.publisher.region
    if not (choice.region or choice.clinic) and usual in library.not_begun.get("region", ()):
        yield _not_begun(library, "region", usual)
    clinic = library.clinics.get(choice.clinic or "")
    if clinic and choice.region and choice.region != clinic.region:
        what = f'The clinic "{clinic.id}" is in the region "{clinic.region}", not "{choice.region}".'
        yield Problem("command line", 0, what, "Leave --region out.")
    yield from _refused(library, choice)


def _not_begun(library: Library, kind: str, name: str) -> Problem:
    """Say that nobody has begun to translate something that was asked for."""
    code = library.language.language if library.language else ""
    what = f'Nobody has begun to translate the {kind} "{name}" into the language "{code}".'
    option = f" --{kind} {name}" if kind != "worksheet" else ""
    return Problem("command line", 0, what, f"Begin with: printables translate start {code}{option}")


def _refused(library: Library, choice: Choice) -> Iterator[Problem]:
    """Yield editions that an audience cannot have: an error if the audience was named too, otherwise a warning."""
    for edition in () if choice.offered else choice.editions:
        for audience in library.audiences.values():
            reason = refusal(audience, edition)
            if reason and audience.id in (choice.audiences or [audience.id]) and not choice.worksheets:
                yield _no_edition(f'"{audience.id}" leaflets', edition, reason, *_way_out(choice, audience.id))
        reason = worksheet_refusal(edition)
        if reason and choice.worksheets:
            yield _no_edition("Worksheets", edition, reason, "Choose another edition.", "error")


def _way_out(choice: Choice, audience: str) -> tuple[str, Severity]:
    """Return how to mend it, with the very option, and how severe it is."""
    if not choice.audiences:
        return "They are left out.", "warning"
    if set(choice.audiences) == {audience}:
        return "Choose another edition.", "error"
    return f'Take "--audience {audience}" out, or choose another edition.', "error"


def _no_edition(what: str, edition: Edition, reason: str, mend: str, severity: Severity) -> Problem:
    return Problem("command line", 0, f"{what} do not come as {edition.name}: {reason}", mend, severity)


def not_on_shelf(library: Library, choice: Choice) -> Iterator[Problem]:
    """Yield a problem for each name that the library has, and the clinic's shelf has not: nothing is made of it."""
    clinic = clinic_of(library, choice)
    if clinic is None or not clinic.shelf or choice.off_shelf:
        return
    named = [("worksheet", name) for name in choice.worksheets] or [("therapy", name) for name in choice.therapies]
    for kind, name in named:
        if name in (library.worksheet_summaries if kind == "worksheet" else library.summaries):
            yield from _missing(library, clinic, choice, kind, name)
    for audience in () if named else choice.audiences:
        if audience in library.audiences and not _for_reader(clinic.shelf, audience):
            what = f'Nothing on the shelf of the clinic "{clinic.id}" is for "{audience}".'
            yield _at_shelf(library, clinic, what, f'Add "{audience}" to the audiences of what is there.')


def _missing(library: Library, clinic: Clinic, choice: Choice, kind: str, name: str) -> Iterator[Problem]:
    rows = [row for row in clinic.shelf if name in (row.therapy, row.worksheet, *worksheets_with(library, clinic, row))]
    if not rows:
        there = dict.fromkeys(row.therapy if kind == "therapy" else row.worksheet for row in clinic.shelf)
        others = ", ".join(other for other in there if other)
        what = f'The {kind} "{name}" is not on the shelf of the clinic "{clinic.id}", so nothing is made of it.'
        mend = f'Add "- {kind}: {name}" there' + (f", or name what is there: {others}." if others else ".")
        yield _at_shelf(library, clinic, what, mend)
        return
    for audience in choice.audiences:
        if audience in library.audiences and not _for_reader(rows, audience):
            what = f'The {kind} "{name}" is not on the shelf of the clinic "{clinic.id}" for "{audience}".'
            yield _at_shelf(library, clinic, what, f'Add "{audience}" to its audiences there, or name another reader.')


def _for_reader(rows: Iterable[Shelf], audience: str) -> Sequence[Shelf]:
    return [row for row in rows if audience in (row.audiences or [audience])]


def _at_shelf(library: Library, clinic: Clinic, what: str, mend: str) -> Problem:
    place = library.place("clinic", clinic.id, ("shelf",))
    return Problem(place.path, place.line, what, mend)
