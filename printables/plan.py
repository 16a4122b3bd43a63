"""Step 2 plan: Library × audiences × editions → every output file, before any of them is made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from printables.library.clinics import Clinic
from printables.library.editions import STANDARD, USUAL, Edition
from printables.library.library import Library
from printables.library.settings import Audience
from printables.problems import Problem, guess


@dataclass(frozen=True)
class Item:
    """One leaflet or worksheet to be made: of which therapy, for whom, where, for which clinic, how printed."""

    therapy: str
    """The therapy; of a worksheet, the first therapy that names it."""
    audience: str
    language: str
    region: str
    clinic: str | None
    folder: str
    """Where it lies below the output: empty, or the folder of a clinic or of another region than the usual one."""
    today: date
    """The day of the build; an overdue review is measured against it. It is printed nowhere."""
    edition: Edition = USUAL
    worksheet: str | None = None
    """The worksheet's id, where this is one and not a leaflet."""

    @property
    def record(self) -> str:
        """The id of the record that its words stand in."""
        return self.worksheet or self.therapy

    @property
    def kind(self) -> str:
        """`leaflet` or `worksheet`: also the kind of its record's neighbours in the output."""
        return "worksheet" if self.worksheet else "leaflet"

    @property
    def path(self) -> str:
        """The path of its PDF below the output folder. It never changes with the version."""
        name = f"{self.record}-{self.audience}-{self.language}{self.edition.suffix}.pdf"
        return f"{self.folder}{self.kind}s/{self.audience}/{name}"


@dataclass(frozen=True)
class Handout:
    """A leaflet or worksheet for one reader, before it is known how and where it is printed."""

    therapies: tuple[str, ...]
    """Its therapy; of a worksheet, all that name it."""
    audience: str
    language: str
    worksheet: str | None = None


@dataclass(frozen=True)
class Choice:
    """What was asked for on the command line; empty means everything, in the usual edition."""

    therapies: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    region: str | None = None
    clinic: str | None = None
    worksheets: tuple[str, ...] = ()
    """Only these worksheets, and no leaflet."""
    no_worksheets: bool = False
    """Only leaflets."""
    editions: tuple[Edition, ...] = ()
    offered: bool = False
    """The editions are the website's own list: a reader who cannot have one of them goes without it."""
    every_edition: bool = False
    """Each of `STANDARD` that the reader can have."""
    off_shelf: bool = False
    """Also what does not stand on the clinic's shelf: a course says itself what it hands out."""
    website: bool = False
    """What the website is made from is asked for, too."""
    whole: bool = False
    """All that there is: also files that nothing of this is made from."""

    def wants(self, handout: Handout) -> bool:
        """Whether something of the whole plan was asked for; editions and places aside."""
        if self.worksheets and handout.worksheet not in self.worksheets:
            return False
        if self.no_worksheets and handout.worksheet:
            return False
        mine = any(_wanted(therapy, self.therapies) for therapy in handout.therapies)
        return mine and _wanted(handout.audience, self.audiences)

    def covers(self, record: str, therapy: str, audience: str, edition: str) -> bool:
        """Whether something that was published earlier was asked for again; places aside."""
        mine = _wanted(therapy, self.therapies) and _wanted(audience, self.audiences)
        return mine and _wanted(record, self.worksheets) and _wanted(edition, [one.name for one in self.editions])


def plan(library: Library, choice: Choice, today: date) -> list[Item]:
    """Everything that `choice` asks for: leaflets by therapy, audience and edition, then worksheets alike.

    A clinic with a shelf gets what stands on it; editions that were asked for take the place of the shelf's.
    """
    clinic = clinic_of(library, choice)
    region = choice.region or (clinic.region if clinic else library.publisher.region)
    folder = output_folder_of(library, region, choice.clinic)
    return [
        Item(
            handout.therapies[0],
            handout.audience,
            handout.language,
            region,
            clinic.id if clinic else None,
            folder,
            today,
            edition,
            handout.worksheet,
        )
        for handout in _handouts(library)
        if choice.wants(handout)
        for edition in _editions(clinic, choice, handout)
        if refusal(library.audiences[handout.audience], edition, handout.worksheet) is None
    ]


def clinic_of(library: Library, choice: Choice) -> Clinic | None:
    """The clinic that was asked for, or the publisher's own where no region was."""
    return library.clinics.get(choice.clinic or ("" if choice.region else library.publisher.clinic) or "")


def _handouts(library: Library) -> Iterator[Handout]:
    """Everything that there is, each once."""
    for therapy in library.summaries.values():
        for audience in library.audiences:
            if audience in therapy.titles:
                yield Handout((therapy.id,), audience, therapy.language)
    for name, therapies in therapies_by_worksheet(library).items():
        sheet = library.worksheet_summaries[name]
        for audience in library.audiences:
            if audience in sheet.titles:
                yield Handout(therapies, audience, sheet.language, name)


def therapies_by_worksheet(library: Library) -> dict[str, tuple[str, ...]]:
    """Each worksheet that a therapy names, with all that do."""
    homes: dict[str, tuple[str, ...]] = {}
    for therapy in library.summaries.values():
        for name in therapy.worksheets:
            if name in library.worksheet_summaries:
                homes[name] = (*homes.get(name, ()), therapy.id)
    return homes


def _editions(clinic: Clinic | None, choice: Choice, handout: Handout) -> Iterable[Edition]:
    """The editions of one handout: none where a clinic's shelf does not hold it."""
    asked = STANDARD if choice.every_edition else choice.editions
    if clinic is None or not clinic.shelf or choice.off_shelf:
        return asked or (USUAL,)
    kept = [
        edition
        for row in clinic.shelf
        if (row.worksheet == handout.worksheet if handout.worksheet else row.therapy in handout.therapies)
        and _wanted(handout.audience, row.audiences)
        for edition in row.editions
    ]
    return (asked if kept else ()) or dict.fromkeys(kept)


def refusal(audience: Audience, edition: Edition, worksheet: str | None = None) -> str | None:
    """Why this reader's handouts do not come in this edition, or None where they do."""
    if worksheet:
        return _worksheet_refusal(edition)
    return next((audience.not_in[name] for name in edition.features if name in audience.not_in), None)


def _worksheet_refusal(edition: Edition) -> str | None:
    return next((NO_WORKSHEET[name] for name in edition.features if name in NO_WORKSHEET), None)


NO_WORKSHEET = {
    "booklet": "a worksheet is one sheet to write on, so there is nothing to fold.",
    "private-cover": "a worksheet is one sheet to write on, and its title says little.",
}
"""Features that make no sense for worksheets, whoever reads them."""


def output_folder_of(library: Library, region: str, clinic: str | None) -> str:
    """Builds for a clinic or another region have folders of their own, so that they never overwrite the usual ones."""
    if clinic:
        return f"clinics/{clinic}/"
    return "" if region == library.publisher.region else f"regions/{region}/"


def folder_of(path: str) -> str:
    """The folder of the item that was written to `path`: everything before leaflets/ or worksheets/."""
    return re.split(r"(?:leaflets|worksheets)/", path, maxsplit=1)[0]


def _wanted(name: str, names: Collection[str]) -> bool:
    return not names or name in names


def check_choice(library: Library, choice: Choice) -> Iterator[Problem]:
    """Names on the command line that the library does not hold, and editions that a reader cannot have."""
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
    """Editions asked for by name that a reader cannot have: an error for readers named too, a warning elsewhere."""
    for edition in () if choice.offered else choice.editions:
        for audience in library.audiences.values():
            reason = refusal(audience, edition)
            if reason and _wanted(audience.id, choice.audiences) and not choice.worksheets:
                yield _no_edition(f'"{audience.id}" leaflets', edition, reason, fatal=bool(choice.audiences))
        reason = _worksheet_refusal(edition)
        if reason and choice.worksheets:
            yield _no_edition("Worksheets", edition, reason, fatal=True)


def _no_edition(what: str, edition: Edition, reason: str, *, fatal: bool) -> Problem:
    said = f"{what} do not come as {edition.name}: {reason}"
    return Problem("command line", 0, said, "Choose another edition.", "error" if fatal else "warning")
