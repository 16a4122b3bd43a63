"""What stands on the pages of handouts: leaflets in parts, with links to others, and worksheets as forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from printables.library.library import Library
from printables.library.logo.logo import Logo
from printables.library.related import sheet_readers
from printables.pages.formats.web_page import PageBody, page_body, with_sheet_links
from printables.pages.templates.render import Pages
from printables.pipeline.run import PlannedLeaflet
from printables.site.drawings import lighter
from printables.site.form import Form, form_of
from printables.site.leaflet_page import LeafletPage, addresses, leaflet_page, with_names, without_paper
from printables.site.model import SiteHandout, SiteModel, TherapyPage
from printables.site.survey import site_path
from printables.site.words import SiteTexts


def leaflets(
    library: Library, model: SiteModel, bodies: Mapping[str, str], logo: Logo | None, t: SiteTexts
) -> dict[str, LeafletPage]:
    """Return the parts of each leaflet by its page, with the logo that the whole site shares. `bodies`: by page."""
    others = addresses(model)
    return {
        one.page: leaflet_page(lighter(words), one.page, t("for-reader", reader=one.reader), others)
        for one, words in _linked(library, model, bodies, logo, t("sheets-linked"))
    }


def alone(
    library: Library, model: SiteModel, bodies: Mapping[str, str], logo: Logo | None, sheets: str
) -> dict[str, PageBody]:
    """Return each leaflet by its page as other websites show it, with the links of that page.

    `sheets` is the sentence before the names of worksheets, which lead there.
    """
    others = addresses(model)
    return {
        one.page: page_body(with_names(without_paper(words), one.page, others))
        for one, words in _linked(library, model, bodies, logo, sheets)
    }


def _linked(
    library: Library, model: SiteModel, bodies: Mapping[str, str], logo: Logo | None, sheets: str
) -> Iterator[tuple[SiteHandout, str]]:
    """Yield each leaflet with its page, where the names of worksheets are links."""
    homes = {therapy.id: therapy for therapy in model.therapies}
    for one in model.handouts():
        if one.kind == "leaflet":
            words = bodies[one.page].replace(logo.data_uri, f"../../{logo.src}") if logo else bodies[one.page]
            pages = _sheet_pages(one, homes[one.therapies[0]], library)
            yield one, with_sheet_links(words, pages, sheets)


def _sheet_pages(leaflet: SiteHandout, home: TherapyPage, library: Library) -> dict[str, str]:
    """Return where the worksheets that a leaflet names have their pages, as seen from the leaflet's own page."""
    up = "../" * leaflet.page.count("/")
    readers = reversed(sheet_readers(library, library.audiences[leaflet.audience]))
    return {sheet.record: up + sheet.page for one in readers for sheet in home.worksheets if sheet.audience == one}


def forms(
    planned: Sequence[PlannedLeaflet], pages: Pages, model: SiteModel, texts: Mapping[str, str]
) -> dict[str, Form]:
    """Return the form of each worksheet by its page, but for those whose record has other words than were published."""
    by_path = {site_path(one.item, one.item.path): one for one in planned}
    current = (one for one in model.handouts() if one.kind == "worksheet" and one.code in texts[one.page])
    return {one.page: form_of(by_path[one.main.path].compose(), pages) for one in current}
