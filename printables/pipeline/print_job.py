"""From a checked leaflet to the print job: its look, its style sheet, its files, and the rules of its edition."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence

from printables.checks.subject import Subject
from printables.library.editions import Edition
from printables.library.library import Library
from printables.library.logo.logo import Logo
from printables.library.settings import Audience, PageRange
from printables.pages.compose.brand import brand_colours, clinic_problems
from printables.pages.compose.leaflet import Leaflet, LeafletStyle
from printables.pages.formats.registry import FinishedPage, asked_for
from printables.pages.templates.render import Pages
from printables.pipeline.check_result import details_of
from printables.plan import Item
from printables.problems import Problem
from printables.publish.jobs import PrintJob, sheets_path
from printables.typeset.page import Page, PrintRules

LARGE_PRINT = 18.0
"""Points: nothing in large print is smaller (UKAAF clear print)."""
FILL = 0.2
"""The share of the last page that should be used: the contacts alone fill more, and no sense is cut to fill a page."""
WORKSHEET_PAGES = 2
"""On A4 and Letter; twice as many where a page holds less."""


def with_look(library: Library, pages: Pages, leaflet: Leaflet) -> Leaflet:
    """The leaflet in the colours of its clinic and edition, with its cover; the ink saver has no colours to give."""
    look = LeafletStyle(leaflet.audience.id, leaflet.item.edition)
    clinic = library.clinics.get(leaflet.item.clinic or "")
    if clinic and not look.edition.ink_saver:
        colours, _ = brand_colours(clinic, look.audience, pages.tokens(look))
        look = dataclasses.replace(look, brand=tuple(sorted(colours.items())))
    return leaflet.dressed(look)


def branding_problems(library: Library, pages: Pages, items: Sequence[Item]) -> list[Problem]:
    """What is changed in a clinic's colours so that its leaflets can be read."""
    clinic = library.clinics.get(items[0].clinic or "") if items else None
    readers = dict.fromkeys(item.audience for item in items)
    return (
        clinic_problems(library, clinic, {name: pages.tokens(LeafletStyle(name)) for name in readers}) if clinic else []
    )


def print_job(pages: Pages, subject: Subject, formats: Collection[str] = ()) -> PrintJob:
    """Everything that printing and publishing one leaflet or worksheet needs.

    `formats` names those that are made on request. Raises FormatMissing where one of them cannot be made here.
    """
    leaflet, edition = subject.leaflet, subject.item.edition
    logo = _logo(subject)
    page = Page(
        html=subject.html,
        css=pages.css(leaflet.look),
        assets=((logo.src, logo.data),) if logo else (),
        rules=print_rules(leaflet),
        multiple=4 if edition.booklet else 2 if edition.duplex else 1,
        filler=pages.filler(leaflet) if edition.booklet or edition.duplex else "",
        back=pages.back(leaflet) if edition.private_cover else "",
        booklet=edition.booklet,
    )
    twins = tuple(_twins(pages, subject, formats))
    return PrintJob(**dataclasses.asdict(details_of(subject)), page=page, twins=twins)


def job_paths(item: Item, formats: Collection[str] = ()) -> Iterator[str]:
    """Every file that the job of this leaflet or worksheet will write."""
    stem = item.path.removesuffix(".pdf")
    yield item.path
    yield from (f"{stem}{one.suffix}" for one in asked_for(formats))
    if item.edition.booklet:
        yield sheets_path(item.path)


def _twins(pages: Pages, subject: Subject, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """The path and content of each file beside the PDF."""
    stem = subject.item.path.removesuffix(".pdf")
    screen, logo = pages.twin(subject.html, subject.leaflet), _logo(subject)
    if logo:  # a page of its own holds its pictures, too
        screen = screen.replace(f'src="{logo.src}"', f'src="{logo.data_uri}"')
    finished = FinishedPage(subject.html, screen, subject.leaflet)
    yield from ((f"{stem}{one.suffix}", one.make(finished)) for one in asked_for(formats))


def _logo(subject: Subject) -> Logo | None:
    return subject.library.logos.get(subject.item.clinic or "")


def print_rules(leaflet: Leaflet) -> PrintRules:
    """What the finished PDF must satisfy: the reader's rules, changed by the edition."""
    audience, edition = leaflet.audience, leaflet.item.edition
    fewest, most = _budget(leaflet)
    return PrintRules(
        min_pt=LARGE_PRINT if edition.large_print else audience.print.smallest,
        min_pt_references=LARGE_PRINT if edition.large_print else audience.print.references,
        min_pages=fewest,
        max_pages=most,
        whole=("help-lines",),
        last_page_fill=FILL,
        first_page=() if leaflet.item.worksheet else tuple(audience.first_page),
        cover=int(edition.private_cover),
        outside=leaflet.cover or "",
    )


def _budget(leaflet: Leaflet) -> tuple[int, int]:
    """At least and at most so many pages (standards A17)."""
    if leaflet.item.worksheet:
        edition = leaflet.item.edition
        return 1, WORKSHEET_PAGES * (2 if edition.paper == "a5" or edition.large_print else 1)
    pages = _pages(leaflet.audience, leaflet.item.edition)
    return pages.from_, pages.to


def _pages(audience: Audience, edition: Edition) -> PageRange:
    special = [name for name in edition.features if name in audience.pages_in]
    return audience.pages_in[special[-1]] if special else audience.pages
