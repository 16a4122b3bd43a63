"""What stands on the website, as data: every handout with its files, and every therapy with its readers.

All paths are relative to the site's folder, with forward slashes; `templates/_site` turns them into links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

AGES = ("0-11", "12-17", "18")
"""The groups of ages that visitors filter by: children, young people, adults."""


PICTURES = "pictures/"
"""The folder of the pictures of pages; below it, each stands where its PDF does on the site."""


CONDITION_PAGES = "conditions/"
"""The folder with a page for each kind of problem."""


def page_path(therapy: str) -> str:
    """Where the page of a therapy lies."""
    return f"therapies/{therapy}.html"


def archive_path(therapy: str) -> str:
    """Where the ZIP with all of a therapy lies."""
    return f"zip/therapy-{therapy}.zip"


def card_path(therapy: str) -> str:
    """Where the picture for shared links of a therapy lies."""
    return f"cards/{therapy}.png"


@dataclass(frozen=True)
class Download:
    """One file to download, as it was published.

    `label` is what its button says: "Interpersonal psychotherapy: for teenagers (PDF, 2 pages, 45 KB)". `short` is
    the same where the title stands above it. `pages` is 0 where the format has none.
    """

    path: str
    form: str
    """PDF, SHEETS for a booklet's sheets to print and fold, or the label of a format, such as TXT."""
    edition: str
    label: str
    short: str
    pages: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class PagePicture:
    """A page of a PDF as a PNG in two sizes: `width` by `height` pixels, and half of it."""

    small: str
    large: str
    width: int
    height: int
    pdf: str
    page: int
    """Which page of the PDF, from 1."""


@dataclass(frozen=True)
class SiteHandout:
    """A leaflet or worksheet for one reader, with all its editions; the usual one comes first."""

    kind: str
    record: str
    therapies: tuple[str, ...]
    """Its therapy; of a worksheet, all that name it."""
    audience: str
    reader: str
    """The audience in words: teenagers."""
    language: str
    title: str
    purpose: str
    name: str
    """Interpersonal psychotherapy: for teenagers."""
    label: str
    code: str
    version: str
    last_review: str
    next_review: str
    approved: bool
    page: str
    """Its own page on the site."""
    documents: tuple[Download, ...]
    pictures: tuple[PagePicture, ...]
    """Every page of the usual edition."""
    covers: Mapping[str, PagePicture]
    """The first page of each edition, by the edition's name."""
    conditions: tuple[str, ...] = ()
    """Ids of the conditions that it claims something for, for its own reader."""
    broader: tuple[str, ...] = ()
    """Ids of those that they are part of."""
    ages: tuple[str, ...] = ()

    @property
    def pdfs(self) -> tuple[Download, ...]:
        """One PDF an edition."""
        return tuple(document for document in self.documents if document.form == "PDF")

    @property
    def main(self) -> Download:
        """The PDF of the usual edition, or of the first one that a clinic keeps."""
        return self.pdfs[0]


@dataclass(frozen=True)
class TherapyPage:
    """One therapy: its leaflets in the order of the readers, its worksheets, and who gets none, with the reason."""

    id: str
    name: str
    abbreviation: str
    also_called: tuple[str, ...]
    language: str
    page: str
    conditions: tuple[tuple[str, str], ...]
    """Id and name of all that its leaflets for patients speak of; of parts of one condition, the whole."""
    leaflets: tuple[SiteHandout, ...]
    worksheets: tuple[SiteHandout, ...]
    without: tuple[tuple[str, str], ...]
    archive: str
    """The ZIP with all of it."""


@dataclass(frozen=True)
class SiteReader:
    """One audience: its name, its label, and the ZIP with all that is for it."""

    id: str
    name: str
    label: str
    archive: str
    count: int


@dataclass(frozen=True)
class SiteModel:
    """The whole site."""

    publisher: str
    about: str
    language: str
    forms: str
    """Babel's name for the forms of dates and numbers."""
    therapies: tuple[TherapyPage, ...]
    readers: tuple[SiteReader, ...]
    conditions: Mapping[str, str]
    """The name of every condition that a leaflet speaks of, by id, in the order of the alphabet."""
    editions: tuple[tuple[str, str], ...]
    """Name and label of every edition that something comes in."""
    languages: tuple[tuple[str, str], ...]
    clinic: str | None = None

    def handouts(self) -> Iterator[SiteHandout]:
        """Every leaflet and worksheet, each once."""
        seen = set()
        for therapy in self.therapies:
            for handout in (*therapy.leaflets, *therapy.worksheets):
                if handout.page not in seen:
                    seen.add(handout.page)
                    yield handout

    @property
    def approved(self) -> bool:
        """Whether somebody approved every leaflet that is shown."""
        return all(handout.approved for handout in self.handouts())

    @property
    def some_approved(self) -> bool:
        """Whether somebody approved at least one of them."""
        return any(handout.approved for handout in self.handouts())
