"""What stands on the pages of handouts: leaflets in parts, with links to others, and worksheets as forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from printables.checks.subject import Subject
from printables.library.library import Library
from printables.library.logo.logo import Logo
from printables.library.related import sheet_readers
from printables.pages.formats.web_page import with_sheet_links
from printables.pages.templates.render import Pages
from printables.site.drawings import lighter
from printables.site.form import Form, form_of
from printables.site.leaflet_page import LeafletPage, addresses, leaflet_page
from printables.site.model import SiteHandout, SiteModel, TherapyPage
from printables.site.survey import site_path
from printables.site.words import SiteTexts


def leaflets(
    library: Library, model: SiteModel, bodies: Mapping[str, str], logo: Logo | None, t: SiteTexts
) -> dict[str, LeafletPage]:
    """Return the parts of each leaflet by its page, with the logo that the whole site shares. `bodies`: by page."""
    homes = {therapy.id: therapy for therapy in model.therapies}
    others = addresses(model)
    found = {}
    for one in model.handouts():
        if one.kind == "leaflet":
            words = bodies[one.page].replace(logo.data_uri, f"../../{logo.src}") if logo else bodies[one.page]
            linked = with_sheet_links(words, _sheet_pages(one, homes[one.therapies[0]], library), t("sheets-linked"))
            found[one.page] = leaflet_page(lighter(linked), one.page, t("for-reader", reader=one.reader), others)
    return found


def _sheet_pages(leaflet: SiteHandout, home: TherapyPage, library: Library) -> dict[str, str]:
    """Return where the worksheets that a leaflet names have their pages, as seen from the leaflet's own page."""
    up = "../" * leaflet.page.count("/")
    readers = reversed(sheet_readers(library, library.audiences[leaflet.audience]))
    return {sheet.record: up + sheet.page for one in readers for sheet in home.worksheets if sheet.audience == one}


def forms(subjects: Sequence[Subject], pages: Pages, model: SiteModel, texts: Mapping[str, str]) -> dict[str, Form]:
    """Return the form of each worksheet by its page, but for those whose record has other words than were published."""
    leaflets = {site_path(one.item, one.item.path): one.leaflet for one in subjects}
    current = (one for one in model.handouts() if one.kind == "worksheet" and one.code in texts[one.page])
    return {one.page: form_of(leaflets[one.main.path], pages) for one in current}
