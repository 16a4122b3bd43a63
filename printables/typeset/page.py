"""What goes into the typesetting engine and what comes out: plain, frozen, picklable data."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    """Ids of elements whose words must all stand on page 1 (standards T2: `privacy`)."""


@dataclass(frozen=True)
class Page:
    """One leaflet ready to be typeset: a whole HTML document and its style sheet.

    `html` names assets relative to the virtual base (`https://assets.invalid/`); `assets` holds their bytes by name.
    Fonts are not in `assets`: they are served from the font package under `fonts/`.
    """

    html: str
    css: str
    assets: tuple[tuple[str, bytes], ...] = ()
    rules: PrintRules = field(default_factory=PrintRules)


@dataclass(frozen=True)
class Finding:
    """Something wrong with a finished page; `section` is the id of the HTML section it lies in, where known."""

    rule: str
    what: str
    mend: str
    severity: Severity = "error"
    section: str = ""


@dataclass(frozen=True)
class Printed:
    """A finished PDF with its number of pages and everything found wrong with it."""

    pdf: bytes
    pages: int
    findings: tuple[Finding, ...] = ()
