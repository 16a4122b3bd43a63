"""Certificates of attendance and name badges: one PDF, printed at once, with names that are kept nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printables.library.clinics import Clinic
from printables.library.library import Library
from printables.library.packs import Pack
from printables.packs.make import time_spent
from printables.pages.compose.brand import readable
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.formats.typography import typographic
from printables.pages.templates.render import Pages, translator
from printables.typeset.page import Page, PrintRules

ON_A_SHEET = 10
"""Badges on a sheet of A4, two by five, of 90 × 54 mm each."""
SIZES = ((24, "large"), (44, "middle"))
"""Up to how many characters a name is printed how large; longer ones are small."""


@dataclass(frozen=True)
class Event:
    """When and where a course was given, and by whom; what is empty is left to be written by hand."""

    day: str = ""
    place: str = ""
    led_by: str = ""


@dataclass(frozen=True)
class Person:
    """A name as it is printed."""

    name: str
    size: str
    direction: str


def people(names: Sequence[str]) -> list[Person]:
    """Return names with the size and the direction of their letters."""
    return [
        Person(name, next((size for most, size in SIZES if len(name) <= most), "small"), _direction(name))
        for name in names
    ]


def _direction(name: str) -> str:
    """Return the direction of the first letter that has one (Unicode's bidirectional algorithm, rule P2)."""
    found = (unicodedata.bidirectional(letter) for letter in name)
    first = next((one for one in found if one in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


def certificates(
    pages: Pages, library: Library, pack: Pack, names: Sequence[str], event: Event, clinic: Clinic | None
) -> Page:
    """Return a page of A4 across for each name. Raises BadTemplate."""
    rules = PrintRules(min_pt=12.0, min_pages=len(names), max_pages=len(names), last_page_fill=0.0, max_line=100)
    return _page(pages, library, pack, clinic, rules, "certificates", people=people(names), event=event)


def badges(pages: Pages, library: Library, pack: Pack, names: Sequence[str], clinic: Clinic | None) -> Page:
    """Return sheets of A4 with badges to cut. Raises BadTemplate."""
    count = -(-len(names) // ON_A_SHEET)
    rules = PrintRules(min_pt=10.0, min_pages=count, max_pages=count, last_page_fill=0.0, max_line=100)
    return _page(pages, library, pack, clinic, rules, "badges", sheets=list(_sheets(people(names))))


def _sheets(found: Sequence[Person]) -> Iterator[list[Person]]:
    for start in range(0, len(found), ON_A_SHEET):
        yield list(found[start : start + ON_A_SHEET])


def _page(
    pages: Pages, library: Library, pack: Pack, clinic: Clinic | None, rules: PrintRules, kind: str, **more: object
) -> Page:
    locale = library.locales[pack.language]
    logo = library.logos.get(clinic.id) if clinic else None
    base = pages.tokens(LeafletStyle(next(iter(library.audiences))))
    colour = clinic.colours.get("any") if clinic else None
    brand = readable(colour, base) if colour else base["accent"]
    html = pages.site_page(
        f"_pack/{kind}.html",
        pack=pack,
        clinic=clinic,
        logo=logo,
        publisher=clinic.name if clinic else library.publisher.name,
        t=translator(locale),
        time=time_spent(pack.minutes - sum(session.pause for session in pack.sessions)),
        **more,
    )
    css = "\n".join(
        [pages.source("_base/tokens.css"), f":root {{ --brand: {brand} }}", pages.source(f"_pack/{kind}.css")]
    )
    return Page(typographic(html, locale.quotes), css, assets=((logo.src, logo.data),) if logo else (), rules=rules)
