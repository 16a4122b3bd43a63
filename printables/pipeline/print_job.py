"""Make the print job of a checked leaflet: style sheet, sibling files, and the print rules of its edition."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Sequence

from printables.checks.subject import Subject
from printables.library.editions import Edition
from printables.library.library import Library
from printables.library.logo.logo import Logo
from printables.library.logo.pictures import asset
from printables.library.settings import Audience, PageRange
from printables.pages.compose.brand import brand_colours, clinic_problems
from printables.pages.compose.leaflet import Leaflet, LeafletStyle
from printables.pages.compose.trifold import left_out, trifolds
from printables.pages.formats.direction import isolated_in_part
from printables.pages.formats.registry import FinishedPage, asked_for
from printables.pages.formats.typography import typographic
from printables.pages.templates.panels import panels
from printables.pages.templates.render import BadTemplate, Pages
from printables.pipeline.check_result import details_of
from printables.pipeline.sheets import trifold_sheet
from printables.plan import Item
from printables.problems import Problem
from printables.publish.jobs import PrintJob, sheets_path
from printables.typeset.page import Page, PrintRules, Shorter

LARGE_PRINT = 18.0
"""Points: nothing in large print is smaller (UKAAF clear print)."""
FILL = 0.2
"""The least share of the last page that should be used; the contacts alone fill more."""
SPARE_LINE = re.compile(r'<li class="blank spare">.*?</li>\n?', re.DOTALL)
"""A line for a contact that the clinic did not give: it is printed where there is room."""
LONGEST_LINE = {"ltr": PrintRules.max_line, "rtl": 80}
"""Characters of the longest line (A13). Arabic letters are narrower than Latin ones: 80 is the most in WCAG 1.4.8."""
WORKSHEET_PAGES, WORKSHEET_PAGES_NARROW = 2, 5
"""Page limit on A4 and Letter, and on A5 and in large print, where a week of hours takes three tables."""


def with_look(library: Library, pages: Pages, leaflet: Leaflet) -> Leaflet:
    """Return the leaflet with the style of its edition and clinic (the ink saver has no colours), and its cover."""
    look = dataclasses.replace(leaflet.look, edition=leaflet.item.edition, brand=())
    clinic = library.clinics.get(leaflet.item.clinic or "")
    if clinic and not look.edition.ink_saver:
        colours, _ = brand_colours(clinic, look.audience, pages.tokens(look))
        look = dataclasses.replace(look, brand=tuple(sorted(colours.items())))
    return leaflet.dressed(look)


def branding_problems(library: Library, pages: Pages, items: Sequence[Item]) -> list[Problem]:
    """Return a problem for each clinic colour that had to be changed to be readable."""
    clinic = library.clinics.get(items[0].clinic or "") if items else None
    readers = dict.fromkeys(item.audience for item in items)
    return (
        clinic_problems(library, clinic, {name: pages.tokens(LeafletStyle(name)) for name in readers}) if clinic else []
    )


def print_job(pages: Pages, subject: Subject, formats: Collection[str] = (), *, strict: bool = False) -> PrintJob:
    """Return the job that prints and publishes one leaflet or worksheet.

    `strict` makes errors of layout faults that only an author can mend. `formats` names those that are made on request.
    Raises FormatMissing if one of them cannot be made on this machine.
    """
    leaflet, edition = subject.leaflet, subject.item.edition
    if edition.trifold:
        return PrintJob(**dataclasses.asdict(details_of(subject)), page=_folded_page(pages, subject, strict=strict))
    logo = _logo(subject)
    html = typographic(subject.html, leaflet.locale.quotes)
    page = Page(
        html=html,
        css=pages.css(leaflet.look),
        shared_css=len(pages.shared_css),
        assets=(*(((logo.src, logo.data),) if logo else ()), *((name, one.data) for name, one in _pictures(subject))),
        rules=print_rules(leaflet, strict=strict),
        tight="" if leaflet.item.worksheet and not makes_room(leaflet) else pages.source("_base/tight.css"),
        tight_html=SPARE_LINE.sub("", html) if SPARE_LINE.search(html) else "",
        multiple=4 if edition.booklet else 2 if edition.duplex else 1,
        filler=_part(pages.filler(leaflet), leaflet) if edition.booklet or edition.duplex else "",
        back=_part(pages.back(leaflet), leaflet) if edition.private_cover else "",
        booklet=edition.booklet,
        right_bound=edition.booklet and _from_the_right(leaflet),
    )
    siblings = tuple(_siblings(pages, subject, html, formats))
    return PrintJob(**dataclasses.asdict(details_of(subject)), page=page, siblings=siblings)


def _from_the_right(leaflet: Leaflet) -> bool:
    return leaflet.locale.direction == "rtl"


def _part(html: str, leaflet: Leaflet) -> str:
    """A page that is put in later, with its numbers in their own direction where the words run from right to left."""
    return isolated_in_part(html) if _from_the_right(leaflet) else html


def whole_html(library: Library, pages: Pages, subject: Subject) -> str:
    """Return all that is printed or shown of a leaflet, as far as words of a language can be missing in it."""
    leaflet = subject.leaflet
    if not subject.html:
        return ""
    if leaflet.item.edition.trifold:
        made = panels(pages, leaflet, list(trifolds(library, leaflet)))
        return "".join((*made.html, made.notes, made.back))
    edition = leaflet.item.edition
    filler = pages.filler(leaflet) if edition.booklet or edition.duplex else ""
    back = pages.back(leaflet) if edition.private_cover else ""
    return "".join((subject.html, pages.web_page(subject.html, leaflet), filler, back))


def panel_problems(library: Library, pages: Pages, leaflet: Leaflet) -> list[Problem]:
    """Return what is wrong in the templates of a tri-fold, while it can still be said at the therapy."""
    try:
        panels(pages, leaflet, [next(trifolds(library, leaflet))])
    except BadTemplate as bad:
        return [dataclasses.replace(bad.problem, therapy=leaflet.item.record, audience=leaflet.item.audience)]
    return []


def _folded_page(pages: Pages, subject: Subject, *, strict: bool) -> Page:
    """Return the panels of a tri-fold. Its short form has no files beside it: those of the leaflet say all."""
    leaflet, logo = subject.leaflet, _logo(subject)
    forms = list(trifolds(subject.library, leaflet))
    made = panels(pages, leaflet, forms)
    shorter = (
        Shorter(typographic(html, leaflet.locale.quotes), left_out(leaflet, form.without))
        for html, form in zip(made.html[1:], forms[1:], strict=True)
    )
    rules = print_rules(leaflet, strict=strict)
    return Page(
        html=typographic(made.html[0], leaflet.locale.quotes),
        css=made.css,
        shared_css=len(pages.shared_css),
        assets=((logo.src, logo.data),) if logo else (),
        rules=dataclasses.replace(
            rules, min_pages=3, max_pages=5, first_page=(), numbers_first=False, last_page_fill=0.0, makes_room=False
        ),
        tight=pages.source("_base/trifold-tight.css"),
        multiple=6,
        filler=_part(made.notes, leaflet),
        back=_part(made.back, leaflet),
        sheet=trifold_sheet(marks=leaflet.item.edition.fold_marks, from_the_right=_from_the_right(leaflet)),
        shorter=tuple(shorter),
    )


def job_paths(item: Item, formats: Collection[str] = ()) -> Iterator[str]:
    """Yield the path of every file that the job of this item will write."""
    stem = item.path.removesuffix(".pdf")
    yield item.path
    if not item.edition.trifold:
        yield from (f"{stem}{one.suffix}" for one in asked_for(formats))
    if item.edition.booklet:
        yield sheets_path(item.path)


def _siblings(pages: Pages, subject: Subject, html: str, formats: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the file of each format beside the PDF, which is made of `html`.

    A line that is printed only where there is room is in none of them: nobody writes on a screen, and `verify` looks in
    the PDF for all that they say.
    """
    stem, quotes = subject.item.path.removesuffix(".pdf"), subject.leaflet.locale.quotes
    web_page, logo = typographic(pages.web_page(subject.html, subject.leaflet), quotes), _logo(subject)
    if logo:  # embed it, because the web page is a single file
        web_page = web_page.replace(f'src="{logo.src}"', f'src="{logo.data_uri}"')
    for name, picture in _pictures(subject):
        web_page = web_page.replace(f'src="{name}"', f'src="{picture.data_uri}"')
    finished = FinishedPage(SPARE_LINE.sub("", html), SPARE_LINE.sub("", web_page), subject.leaflet)
    yield from ((f"{stem}{one.suffix}", one.make(finished)) for one in asked_for(formats))


def _logo(subject: Subject) -> Logo | None:
    return subject.library.logos.get(subject.item.clinic or "")


def _pictures(subject: Subject) -> Iterator[tuple[str, Logo]]:
    """Yield the clinic's own pictures that stand on an Easy Read page, each with its name among the assets."""
    for name, picture in subject.library.pictures.get(subject.item.clinic or "", {}).items():
        if f'src="{asset(name, picture)}"' in subject.html:
            yield asset(name, picture), picture


def makes_room(leaflet: Leaflet) -> bool:
    """Return whether it holds more than the shipped text, which the budget of pages is for: a clinic, an approval."""
    return leaflet.approved or leaflet.item.clinic is not None


def print_rules(leaflet: Leaflet, *, strict: bool = False) -> PrintRules:
    """Return the rules for the finished PDF: those of the audience, adapted to the edition."""
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
        numbers_first=leaflet.numbers_first and not leaflet.item.worksheet,
        cover=int(edition.private_cover),
        outside=leaflet.cover or "",
        makes_room=makes_room(leaflet),
        strict=strict,
        max_line=LONGEST_LINE[leaflet.locale.direction],
    )


def _budget(leaflet: Leaflet) -> tuple[int, int]:
    """Return the least and the largest number of pages (standards A17)."""
    if leaflet.item.worksheet:
        return 1, WORKSHEET_PAGES_NARROW if "narrow" in leaflet.item.edition.styles else WORKSHEET_PAGES
    pages = _pages(leaflet.audience, leaflet.item.edition)
    return pages.from_, pages.to


def _pages(audience: Audience, edition: Edition) -> PageRange:
    special = [name for name in edition.features if name in audience.pages_in]
    return audience.pages_in[special[-1]] if special else audience.pages
