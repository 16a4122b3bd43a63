"""The content of the website as data: every handout with its files, and every therapy with its audiences.

All paths are relative to the site's folder, with forward slashes; `templates/_site` turns them into links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

AGES = ("0-11", "12-17", "18")
"""The age groups that visitors filter by: children, young people, adults."""


PICTURES = "pictures/"
"""The folder of page pictures; below it, paths are those of the PDFs."""


CONDITION_PAGES = "conditions/"
"""The folder with a page for each kind of problem."""


def problem_path(condition: str) -> str:
    """Return the path of a problem's page."""
    return f"{CONDITION_PAGES}{condition}.html"


def page_path(therapy: str) -> str:
    """Return the path of a therapy's page."""
    return f"therapies/{therapy}.html"


def archive_path(therapy: str) -> str:
    """Return the path of the ZIP with all files of a therapy."""
    return f"zip/therapy-{therapy}.zip"


def card_path(therapy: str) -> str:
    """Return the path of a therapy's picture for shared links."""
    return f"cards/{therapy}.png"


@dataclass(frozen=True)
class Download:
    """One file to download, as it was published.

    `label` is the text of its button: "Interpersonal psychotherapy: for teenagers (PDF, 2 pages, 45 KB)". `short` is
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

    @property
    def details(self) -> str:
        """What its label says in brackets, such as "PDF, 2 pages, 45 KB"."""
        return self.label.rpartition(" (")[2].removesuffix(")")


@dataclass(frozen=True)
class PagePicture:
    """A page of a PDF as a PNG in two sizes: `width` by `height` pixels, and half of it."""

    small: str
    large: str
    width: int
    height: int
    pdf: str
    page: int
    """Number of the page, from 1."""


@dataclass(frozen=True)
class SiteHandout:
    """A leaflet or worksheet for one reader, with all its editions; the usual one comes first."""

    kind: str
    record: str
    therapies: tuple[str, ...]
    """Its therapy; for a worksheet, all therapies that list it."""
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
    """The path of its page."""
    documents: tuple[Download, ...]
    pictures: tuple[PagePicture, ...]
    """All pages of the usual edition."""
    covers: Mapping[str, PagePicture]
    """The first page of each edition, by the edition's name."""
    conditions: tuple[str, ...] = ()
    """Ids of the conditions for which it has claims for its audience."""
    broader: tuple[str, ...] = ()
    """Ids of the broader conditions that these are part of."""
    strengths: Mapping[str, int] = field(default_factory=dict)
    """How strong the evidence is for each of these conditions; 0 is the strongest."""
    ages: tuple[str, ...] = ()
    quick_exit: bool = False
    """Whether its pages have a button that leaves them at once."""

    @property
    def pdfs(self) -> tuple[Download, ...]:
        """The PDF of each edition."""
        return tuple(document for document in self.documents if document.form == "PDF")

    @property
    def main(self) -> Download:
        """The PDF of the usual edition, or of the first one on a clinic's shelf."""
        return self.pdfs[0]


@dataclass(frozen=True)
class TherapyPage:
    """One therapy: leaflets in the order of audiences, worksheets, and audiences without a leaflet, with the reason."""

    id: str
    name: str
    abbreviation: str
    """Its name where it has none."""
    also_called: tuple[str, ...]
    language: str
    page: str
    conditions: tuple[tuple[str, str], ...]
    """Id and name of the conditions that its leaflets for patients cover; broader ones instead of their parts."""
    leaflets: tuple[SiteHandout, ...]
    worksheets: tuple[SiteHandout, ...]
    without: tuple[tuple[str, str], ...]
    archive: str
    """The path of the ZIP with all its files."""

    @property
    def full_name(self) -> str:
        """Return the name, with the abbreviation if there is one that differs by more than a capital letter."""
        return self.name if self.abbreviation.lower() == self.name.lower() else f"{self.name} ({self.abbreviation})"


@dataclass(frozen=True)
class SiteProblem:
    """A problem as visitors call it: an entry of the A to Z."""

    id: str
    """The id of its condition."""
    name: str
    about: str
    """What it is, in one sentence; empty if nobody wrote one."""
    official: str
    """What professionals call it; empty if that is its name."""
    words: tuple[str, ...]
    """What people type who have it."""
    parts: tuple[str, ...]
    """The ids of conditions that are part of it and have no entry of their own; a page for each shows the same."""
    leaflets: tuple[SiteHandout, ...]
    """All leaflets about it or a part of it: by reader, those with the strongest evidence first."""

    @property
    def page(self) -> str:
        """The path of its page."""
        return problem_path(self.id)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return the ids of all conditions with a page for it, its own first."""
        return (self.id, *self.parts)

    @property
    def readers(self) -> tuple[str, ...]:
        """Return the ids of the audiences with a leaflet."""
        return tuple(dict.fromkeys(leaflet.audience for leaflet in self.leaflets))


@dataclass(frozen=True)
class SiteReader:
    """One audience: its name, its label, the path of the ZIP with all its files, and how many handouts it has."""

    id: str
    name: str
    label: str
    archive: str
    count: int
    is_professional: bool


@dataclass(frozen=True)
class SiteModel:
    """The whole site."""

    publisher: str
    about: str
    language: str
    forms: str
    """Babel's locale for dates and numbers."""
    therapies: tuple[TherapyPage, ...]
    readers: tuple[SiteReader, ...]
    editions: tuple[tuple[str, str], ...]
    """Name and label of every edition in use."""
    problems: tuple[SiteProblem, ...]
    """Every problem that a leaflet covers, by its everyday name, in alphabetical order."""
    languages: tuple[tuple[str, str], ...]
    clinic: str | None = None
    leave_to: str = ""
    """Where the button leads that leaves a page at once."""

    def handouts(self) -> Iterator[SiteHandout]:
        """Yield every leaflet and worksheet once."""
        seen = set()
        for therapy in self.therapies:
            for handout in (*therapy.leaflets, *therapy.worksheets):
                if handout.page not in seen:
                    seen.add(handout.page)
                    yield handout

    @property
    def approved(self) -> bool:
        """Whether every leaflet on the site is approved."""
        return all(handout.approved for handout in self.handouts())

    @property
    def some_approved(self) -> bool:
        """Whether at least one leaflet on the site is approved."""
        return any(handout.approved for handout in self.handouts())
