"""The author's choice, the available choices, and the last good result: plain, frozen data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urlencode

from printables.library.editions import STANDARD, USUAL, Edition
from printables.library.library import Library
from printables.plan import Choice
from printables.problems import Problem


@dataclass(frozen=True)
class PreviewChoice:
    """One leaflet or worksheet, as selected in the form; an empty name means the default, or none."""

    therapy: str
    audience: str
    edition: Edition = USUAL
    clinic: str = ""
    region: str = ""
    worksheet: str = ""

    def choice(self) -> Choice:
        """Return the choice for the pipeline."""
        return Choice(
            therapies=(self.therapy,),
            audiences=(self.audience,),
            region=self.region or None,
            clinic=self.clinic or None,
            worksheets=(self.worksheet,) if self.worksheet else (),
            no_worksheets=not self.worksheet,
            editions=(self.edition,),
        )

    def query(self) -> str:
        """Return the choice as a query string, in a canonical form."""
        named = {
            "therapy": self.therapy,
            "worksheet": self.worksheet,
            "audience": self.audience,
            "edition": "" if self.edition == USUAL else self.edition.name,
            "clinic": self.clinic,
            "region": self.region,
        }
        return urlencode({name: value for name, value in named.items() if value})


@dataclass(frozen=True)
class ChoiceNames:
    """The available choices: ids with their display names."""

    therapies: Mapping[str, str] = field(default_factory=dict)
    audiences: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    clinics: Mapping[str, str] = field(default_factory=dict)
    worksheets: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    sheets_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The worksheets that each therapy lists."""

    def with_older(self, older: ChoiceNames) -> ChoiceNames:
        """Return these and the older names, because a shown record may have been deleted from the disk."""
        return ChoiceNames(
            {**older.therapies, **self.therapies},
            {**older.audiences, **self.audiences},
            {**older.regions, **self.regions},
            {**older.clinics, **self.clinics},
            {**older.worksheets, **self.worksheets},
            {**older.editions, **self.editions},
            {**older.sheets_of, **self.sheets_of},
        )


def names_in(library: Library, unreadable: Mapping[str, str]) -> ChoiceNames:
    """Return the available choices of this library. `unreadable`: display names of therapies with a broken record."""
    kept = [edition for clinic in library.clinics.values() for row in clinic.shelf for edition in row.editions]
    return ChoiceNames(
        {**{summary.id: summary.name for summary in library.summaries.values()}, **unreadable},
        {audience.id: next(iter(audience.name.values())) for audience in library.audiences.values()},
        {region.id: region.name for region in library.regions.values()},
        {clinic.id: clinic.name for clinic in library.clinics.values()},
        {summary.id: summary.name for summary in library.worksheet_summaries.values()},
        {edition.name: edition for edition in (*STANDARD, *kept)},
        {summary.id: summary.worksheets for summary in library.summaries.values()},
    )


def read_choice(query: Mapping[str, str], names: ChoiceNames) -> PreviewChoice | None:
    """Return the choice in a query string, or None if it has a name that is not among `names`.

    A worksheet of another therapy is ignored: the form sends one when only the therapy was changed.
    """
    therapy = query.get("therapy") or next(iter(names.therapies), "")
    audience = query.get("audience") or next(iter(names.audiences), "")
    edition = names.editions.get(query.get("edition") or USUAL.name)
    clinic, region, sheet = (query.get(name, "") for name in ("clinic", "region", "worksheet"))
    is_available = (
        therapy in names.therapies
        and audience in names.audiences
        and clinic in {"", *names.clinics}
        and region in {"", *names.regions}
        and sheet in {"", *names.worksheets}
    )
    if edition is None or not is_available:
        return None
    mine = sheet if sheet in names.sheets_of.get(therapy, (sheet,)) else ""
    return PreviewChoice(therapy, audience, edition, clinic, region, mine)


@dataclass(frozen=True)
class PreviewPage:
    """The web page of a leaflet, with the time of day when it was made."""

    html: bytes
    title: str
    at: str

    @property
    def mark(self) -> str:
        """A hash for the address, so that browsers load a new version."""
        return digest(self.html)


@dataclass(frozen=True)
class PagePictures:
    """The pages of its PDF as PNG, with the time of day when they were made, and the PDF itself."""

    pngs: tuple[bytes, ...]
    at: str
    pdf: bytes = b""

    @property
    def mark(self) -> str:
        """See `PreviewPage.mark`."""
        return digest(*self.pngs)


Printing = Literal["none", "working", "done", "failed"]


@dataclass(frozen=True)
class PreviewState:
    """Everything that the page shows for one choice. `web` and `pictures` are the last good ones, which may be old."""

    asked: PreviewChoice | None = None
    problems: tuple[Problem, ...] = ()
    found: tuple[Problem, ...] = ()
    """Problems of the PDF, available after typesetting."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """The heading of each section by id, and of each text's section by the text's key."""
    web: PreviewPage | None = None
    fresh: bool = False
    """Whether `web` was made from the current files."""
    pictures: PagePictures | None = None
    printing: Printing = "none"
    serial: int = 0
    """Increases with every change."""


def digest(*parts: bytes) -> str:
    """Return a short hash of these bytes."""
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


def now() -> str:
    """Return the local time of day."""
    return datetime.now(tz=UTC).astimezone().strftime("%H:%M:%S")
