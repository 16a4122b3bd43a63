"""Make the print jobs of cards and posters."""

from __future__ import annotations

from collections.abc import Iterator

from printables.library.clinics import Clinic
from printables.library.library import Library
from printables.library.logo.logo import Logo
from printables.pages.compose.brand import brand_colours
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.formats.web_page import with_whole_numbers
from printables.pages.templates.render import Pages, translator
from printables.pipeline.sheets import card_sheet
from printables.publish.jobs import PrintJob
from printables.rack.card import PLAN, SIZES, Card, CardSize
from printables.rack.poster import Poster
from printables.typeset.page import Page, PrintRules, Shorter

PAPERS = {"a3": 18.0, "a4": 12.7}
"""The papers of a poster, and the smallest letters on it in points."""


def card_job(pages: Pages, card: Card, folder: str) -> PrintJob:
    """Return the job of one card: as many as fit on both sides of A4. Raises BadTemplate."""
    audience, language = card.audience.id, card.locale.language
    first, *larger = ((_card_html(pages, card, size), card_sheet(size.across, size.down)) for size in SIZES)
    return PrintJob(
        path=f"{folder}cards/{audience}/crisis-card-{audience}-{language}.pdf",
        title=card.locale.words["card-document"].format(label=card.audience.label[language]),
        code=card.code,
        version="1",
        therapy="",
        audience=audience,
        language=language,
        last_review=card.last_review,
        next_review=card.next_review,
        page=Page(
            html=first[0],
            css=pages.css(_look(pages, card.clinic, audience)) + pages.source("_rack/card.css"),
            rules=PrintRules(min_pages=2, max_pages=2, last_page_fill=0.0, whole=("help-lines",)),
            sheet=first[1],
            shorter=tuple(Shorter(html, ("the smallest size of card",), sheet) for html, sheet in larger),
        ),
    )


def _card_html(pages: Pages, card: Card, size: CardSize) -> str:
    t = translator(card.locale)
    return with_whole_numbers(pages.site_page("_rack/card.html", card=card, size=size, plan=PLAN[: size.plan], t=t))


def poster_jobs(pages: Pages, library: Library, poster: Poster, folder: str) -> Iterator[PrintJob]:
    """Yield the job of a poster on each paper. Raises BadTemplate."""
    language, t = poster.locale.language, translator(poster.locale)
    logo, first = _logo(library, poster.clinic), next(iter(library.audiences))
    look = _look(pages, poster.clinic, first)
    accent, css = pages.tokens(look)["accent"], pages.css(look) + pages.source("_rack/poster.css")
    for paper, smallest in PAPERS.items():
        html = pages.site_page("_rack/poster.html", poster=poster, paper=paper, logo=logo, t=t, accent=accent)
        count = len(poster.sheets)
        yield PrintJob(
            path=f"{folder}posters/poster-{language}-{paper}.pdf",
            title=poster.locale.words["poster-document"],
            code=poster.code,
            version="1",
            therapy="",
            audience="",
            language=language,
            last_review=poster.last_review,
            next_review=poster.next_review,
            edition=paper,
            page=Page(
                html=with_whole_numbers(html),
                css=css + (pages.source("_rack/poster-a4.css") if paper == "a4" else ""),
                assets=((logo.src, logo.data),) if logo else (),
                rules=PrintRules(
                    min_pt=smallest,
                    min_pt_references=smallest,
                    min_pages=count,
                    max_pages=count,
                    last_page_fill=0.0,
                    whole=("help-lines",),
                ),
            ),
        )


def _logo(library: Library, clinic: Clinic | None) -> Logo | None:
    return library.logos.get(clinic.id) if clinic else None


def _look(pages: Pages, clinic: Clinic | None, audience: str) -> LeafletStyle:
    """Return the look of an audience's leaflets, in the clinic's colour."""
    look = LeafletStyle(audience)
    colours = brand_colours(clinic, audience, pages.tokens(look))[0] if clinic else {}
    return LeafletStyle(audience, brand=tuple(sorted(colours.items())))
