"""Step 2 plan: Library × audiences → every output file, before any of them is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from printables.library.library import Library
from printables.problems import Problem, guess


@dataclass(frozen=True)
class Item:
    """One leaflet to be made: which therapy, for whom, in which region and for which clinic."""

    therapy: str
    audience: str
    language: str
    region: str
    clinic: str | None
    folder: str
    """Where it lies below the output: empty, or the folder of a clinic or of another region than the usual one."""
    today: date
    """The day of the build; an overdue review is measured against it. It is printed nowhere."""

    @property
    def path(self) -> str:
        """The path of its PDF below the output folder. It never changes with the version."""
        return f"{self.folder}leaflets/{self.audience}/{self.therapy}-{self.audience}-{self.language}.pdf"


@dataclass(frozen=True)
class Choice:
    """What was asked for on the command line; empty means everything."""

    therapies: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    region: str | None = None
    clinic: str | None = None


def plan(library: Library, choice: Choice, today: date) -> list[Item]:
    """Every leaflet that `choice` asks for, in the order of therapies and then of audiences."""
    clinic = choice.clinic or (None if choice.region else library.publisher.clinic)
    region = choice.region or (library.clinics[clinic].region if clinic else library.publisher.region)
    folder = _folder(library, region, choice.clinic)
    return [
        Item(therapy.id, audience, therapy.language, region, clinic, folder, today)
        for therapy in library.therapies.values()
        for audience in library.audiences
        if audience in therapy.titles and _wanted(therapy.id, choice.therapies) and _wanted(audience, choice.audiences)
    ]


def _folder(library: Library, region: str, clinic: str | None) -> str:
    """Builds for a clinic or another region have folders of their own, so that they never overwrite the usual ones."""
    if clinic:
        return f"clinics/{clinic}/"
    return "" if region == library.publisher.region else f"regions/{region}/"


def _wanted(name: str, names: Collection[str]) -> bool:
    return not names or name in names


def check_choice(library: Library, choice: Choice) -> Iterator[Problem]:
    """Names on the command line that the library does not hold."""
    therapies = [*library.therapies, *library.broken]
    for names, kind, known in (
        (choice.therapies, "therapy", therapies),
        (choice.audiences, "audience", list(library.audiences)),
        ((choice.region,) if choice.region else (), "region", list(library.regions)),
        ((choice.clinic,) if choice.clinic else (), "clinic", list(library.clinics)),
    ):
        for name in names:
            if name not in known:
                hint = guess(name, known) or f" There are: {', '.join(sorted(known))}."
                yield Problem("command line", 0, f'There is no {kind} "{name}".', hint.strip())
    clinic = library.clinics.get(choice.clinic or "")
    if clinic and choice.region and choice.region != clinic.region:
        what = f'The clinic "{clinic.id}" is in the region "{clinic.region}", not "{choice.region}".'
        yield Problem("command line", 0, what, "Leave --region out.")
