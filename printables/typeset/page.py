"""What goes into the typesetting engine and what comes out: plain, frozen, picklable data."""

from __future__ import annotations

from dataclasses import dataclass, field

from printables.checklist import Rule
from printables.problems import Severity

BASE_URL = "https://assets.invalid/"
"""The virtual base of every leaflet: no such host can exist, so nothing is ever fetched and no path leaks."""


@dataclass(frozen=True)
class PrintRules:
    """What the finished PDF must satisfy. Sizes are in points, counts in pages or characters."""

    min_pt: float = 12.0
    """No text on the page may be smaller (standards A12)."""
    min_pt_references: float = 12.0
    """The floor for text inside the element with id `references` only (11 for professionals)."""
    max_pages: int = 4
    min_pages: int = 1
    max_line: int = 75
    """Most characters in a line of running text (standards A13)."""
    last_page_fill: float = 0.3
    """The share of the last page's text height that must be used (standards A16)."""
    whole: tuple[str, ...] = ()
    """Ids of elements whose words must all stand on one page (standards A3: `help-now`)."""
    first_page: tuple[str, ...] = ()
    """Ids of elements whose words must all stand on the leaflet's first page (standards T2: `privacy`)."""
    numbers_first: bool = False
    """Whether the element `first-numbers` has to stand on page 1: the numbers to ring (standards A3)."""
    cover: int = 0
    """Pages before the leaflet's first: they count for no budget, and page 1 is the one after them."""
    outside: str = ""
    """The title on a private cover: no other words may stand on the first page and the last. Empty without one."""
    makes_room: bool = False
    """Whether a clinic's words or an approval are on the page: they may take more pages than `max_pages`."""
    strict: bool = False
    """Whether layout faults that only an author can mend are errors."""


@dataclass(frozen=True)
class NumberingRules:
    """How the pages of a book are counted: by ids of elements in its HTML."""

    body: str
    """Its page is page 1; those before it have roman numbers."""
    handouts: tuple[str, ...] = ()
    """Elements whose pages are counted by themselves, too: sheet 2 of 3. Each ends at an element `<id>-end`."""
    end: str = ""
    """From here on, nothing is looked up for the index."""


@dataclass(frozen=True)
class Placed:
    """Where a page, counted from 0, lies on the side of a sheet: points from its left and lower edge."""

    page: int
    across: float
    up: float


@dataclass(frozen=True)
class Sheet:
    """How small pages are laid on the sides of a sheet of paper, which is folded or cut. Lengths are in points.

    `sizes` are those of the pages, which must be as many. A page that is laid twice is read out once. `lines` are
    drawn on each side, to fold or cut at: left, lower, right and upper end.
    """

    width: float
    height: float
    sizes: tuple[tuple[float, float], ...]
    sides: tuple[tuple[Placed, ...], ...]
    lines: tuple[tuple[tuple[float, float, float, float], ...], ...] = ()


@dataclass(frozen=True)
class Shorter:
    """The HTML of a page without some of its parts, and what these are called; its sheet, if that is another one."""

    html: str
    without: tuple[str, ...]
    sheet: Sheet | None = None


@dataclass(frozen=True)
class Page:
    """One leaflet ready to be typeset: a whole HTML document and its style sheet.

    `html` names assets relative to the virtual base (`https://assets.invalid/`); `assets` holds their bytes by name.
    Fonts are not in `assets`: they are served from the font package under `fonts/`.
    """

    html: str
    css: str
    shared_css: int = field(default=0, kw_only=True)
    """The number of characters at the start of `css` that pages of every look share: they are parsed only once."""
    assets: tuple[tuple[str, bytes], ...] = ()
    rules: PrintRules = field(default_factory=PrintRules)
    multiple: int = 1
    """The number of pages is brought to a multiple of this: 2 for sheets printed on both sides, 4 for a booklet."""
    filler: str = ""
    """The HTML of one page that does so, a `<section>` that begins a page; `{number}` in it becomes 1, 2 and so on."""
    back: str = ""
    """The HTML of one page that comes last of all, behind the note pages: the outer back page of a private cover."""
    numbering: NumberingRules | None = None
    """For a book, whose contents and index hold page numbers (see numbering.py)."""
    tight: str = ""
    """CSS with smaller gaps, which is tried where the page breaks a rule that room would mend; empty for never."""
    tight_html: str = ""
    """The HTML that goes with `tight`, without lines that give way there; empty where it is the same."""
    booklet: bool = False
    """Whether the pages (A5, in fours) are also wanted two by two on the A4 sheets that are folded to a booklet."""
    right_bound: bool = False
    """Whether the booklet opens to the right, since its words run from right to left."""
    sheet: Sheet | None = None
    """How the pages are laid on the sides of a sheet, which are then the pages of the PDF."""
    shorter: tuple[Shorter, ...] = ()
    """The same page with less on it, from most to least: the first one that has room enough is printed."""


@dataclass(frozen=True)
class Finding:
    """Something wrong with a finished page; `section` is the id of the HTML section it lies in, where known."""

    rule: Rule
    what: str
    mend: str
    severity: Severity = "error"
    section: str = ""
    line: str = ""
    """The printed line that it is about, by which a clinic's own words are known."""


@dataclass(frozen=True)
class Printed:
    """A finished PDF with its number of pages and everything found wrong with it."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...] = ()
    sheets: bytes = b""
    """A booklet's sheets, another PDF: for the printer alone, without tags."""
