"""Step 2, plan: list every leaflet and worksheet to make (Library × Choice × editions) before any is made."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from printables.library.clinics import Clinic, Shelf
from printables.library.editions import STANDARD, USUAL, Edition
from printables.library.library import Library
from printables.library.settings import Audience

KINDS = ("leaflet", "worksheet")


@dataclass(frozen=True)
class Item:
    """One leaflet or worksheet to make: therapy, audience, region, clinic and edition."""

    therapy: str
    """The therapy; for a worksheet, the first therapy that lists it."""
    audience: str
    language: str
    region: str
    clinic: str | None
    folder: str
    """Its folder below the output: empty, or that of a clinic or of a region other than the publisher's."""
    today: date
    """The day of the build, with which review dates are compared. It is not printed."""
    edition: Edition = USUAL
    worksheet: str | None = None
    """The id of the worksheet; None for a leaflet."""

    @property
    def record(self) -> str:
        """The id of the record that holds its words."""
        return self.worksheet or self.therapy

    @property
    def kind(self) -> str:
        """`leaflet` or `worksheet`; in the plural, also the name of its output folder."""
        return "worksheet" if self.worksheet else "leaflet"

    @property
    def path(self) -> str:
        """The path of its PDF below the output folder. It does not depend on the version."""
        name = f"{self.record}-{self.audience}-{self.language}{self.edition.suffix}.pdf"
        return f"{self.folder}{self.kind}s/{self.audience}/{name}"


@dataclass(frozen=True)
class Handout:
    """A leaflet or worksheet for one audience, without edition, region and clinic."""

    therapies: tuple[str, ...]
    """Its therapy; for a worksheet, all therapies that list it."""
    audience: str
    language: str
    worksheet: str | None = None


@dataclass(frozen=True)
class Choice:
    """What was selected on the command line; empty means everything, in the usual edition."""

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
    """Whether `editions` is the website's list: editions that an audience cannot have are skipped silently."""
    every_edition: bool = False
    """Every edition of `STANDARD` that the audience can have."""
    off_shelf: bool = False
    """Ignore the clinic's shelf, because a course lists its own handouts."""
    website: bool = False
    """Whether the website's own files are needed as well."""
    whole: bool = False
    """Whether problems of all files are reported, even of files that nothing selected depends on."""

    @property
    def is_everything(self) -> bool:
        """Return whether nothing was named on the command line that limits what is made of the library."""
        return not (self.therapies or self.audiences or self.worksheets or self.editions)

    def wants(self, handout: Handout) -> bool:
        """Return whether the handout is selected, regardless of edition, region and clinic."""
        if self.worksheets and handout.worksheet not in self.worksheets:
            return False
        if self.no_worksheets and handout.worksheet:
            return False
        mine = any(_wanted(therapy, self.therapies) for therapy in handout.therapies)
        return mine and _wanted(handout.audience, self.audiences)

    def covers(self, record: str, therapy: str, audience: str, edition: str) -> bool:
        """Return whether an earlier publication is selected, regardless of region and clinic."""
        mine = _wanted(therapy, self.therapies) and _wanted(audience, self.audiences)
        return mine and _wanted(record, self.worksheets) and _wanted(edition, [one.name for one in self.editions])


def plan(library: Library, choice: Choice, today: date) -> list[Item]:
    """Return everything that `choice` selects: leaflets by therapy, audience and edition, then worksheets likewise.

    A clinic with a shelf gets what is on the shelf; editions in `choice` replace those of the shelf.
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
        for edition in _editions(library, clinic, choice, handout)
        if refusal(library.audiences[handout.audience], edition, handout.worksheet) is None
    ]


def clinic_of(library: Library, choice: Choice) -> Clinic | None:
    """Return the selected clinic, or the publisher's own if neither clinic nor region is selected."""
    return library.clinics.get(choice.clinic or ("" if choice.region else library.publisher.clinic) or "")


def _handouts(library: Library) -> Iterator[Handout]:
    """Yield every leaflet and worksheet of the library once."""
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
    """Return, for each worksheet listed by a therapy, all therapies that list it."""
    homes: dict[str, tuple[str, ...]] = {}
    for therapy in library.summaries.values():
        for name in therapy.worksheets:
            if name in library.worksheet_summaries:
                homes[name] = (*homes.get(name, ()), therapy.id)
    return homes


def _editions(library: Library, clinic: Clinic | None, choice: Choice, handout: Handout) -> Iterable[Edition]:
    """Return the editions of one handout; none if it is not on the clinic's shelf."""
    asked = STANDARD if choice.every_edition else choice.editions
    if clinic is None or not clinic.shelf or choice.off_shelf:
        return asked or (USUAL,)
    kept = [
        edition
        for row in clinic.shelf
        if _wanted(handout.audience, row.audiences)
        for edition in _editions_in(library, clinic, row, handout)
    ]
    return (asked if kept else ()) or dict.fromkeys(kept)


def _editions_in(library: Library, clinic: Clinic, row: Shelf, handout: Handout) -> Iterable[Edition]:
    """Return the editions in which this row of the shelf holds the handout; none if it holds another one."""
    if (row.worksheet or row.therapy) == (handout.worksheet or handout.therapies[0]):
        return row.editions
    if handout.worksheet and handout.worksheet in worksheets_with(library, clinic, row):
        return [_unfolded(edition) for edition in row.editions]
    return ()


def worksheets_with(library: Library, clinic: Clinic, row: Shelf) -> Collection[str]:
    """Return the worksheets that a therapy on the shelf brings along: all of it, or none where the shelf names some."""
    therapy = library.summaries.get(row.therapy or "")
    if therapy is None:
        return ()
    named = {other.worksheet for other in clinic.shelf}
    brings = row.worksheets if row.worksheets is not None else named.isdisjoint(therapy.worksheets)
    return therapy.worksheets if brings else ()


def _unfolded(edition: Edition) -> Edition:
    """Return the edition in which a worksheet comes with a leaflet of this one: not folded, and without a cover."""
    paper = "a4" if edition.booklet else edition.paper
    return replace(edition, paper=paper, booklet=False, trifold=False, fold_marks=False, private_cover=False)


def refusal(audience: Audience, edition: Edition, worksheet: str | None = None) -> str | None:
    """Return why this audience's handouts do not come in this edition, or None if they do."""
    if worksheet:
        return worksheet_refusal(edition)
    return audience.refuses(edition)


def worksheet_refusal(edition: Edition) -> str | None:
    """Return why no worksheet comes in this edition, or None if they do."""
    return next((NO_WORKSHEET[name] for name in edition.features if name in NO_WORKSHEET), None)


NO_WORKSHEET = {
    "trifold": "a worksheet is one sheet to write on, so there is nothing to fold.",
    "booklet": "a worksheet is one sheet to write on, so there is nothing to fold.",
    "private-cover": "a worksheet is one sheet to write on, and its title says little.",
}
"""Features that make no sense for worksheets of any audience, with the reason."""


def output_folder_of(library: Library, region: str, clinic: str | None) -> str:
    """Return the folder of a clinic or region below the output, so that builds never overwrite each other."""
    if clinic:
        return f"clinics/{clinic}/"
    return "" if region == library.publisher.region else f"regions/{region}/"


def folder_of(path: str) -> str:
    """Return the folder part of an item's `path`: everything before leaflets/ or worksheets/."""
    return re.split(r"(?:leaflets|worksheets)/", path, maxsplit=1)[0]


def _wanted(name: str, names: Collection[str]) -> bool:
    return not names or name in names
