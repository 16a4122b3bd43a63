"""The panels of a tri-fold as HTML: all that its page needs."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from printables.pages.compose.leaflet import Leaflet
from printables.pages.compose.trifold import Trifold
from printables.pages.formats.web_page import with_whole_numbers
from printables.pages.templates.render import Pages


@dataclass(frozen=True)
class Panels:
    """The HTML of cover, flap and inside, first with everything and then with ever less; a note panel; the back."""

    html: tuple[str, ...]
    notes: str
    back: str
    css: str


def panels(pages: Pages, leaflet: Leaflet, forms: Sequence[Trifold]) -> Panels:
    """Return the panels of a leaflet in its short forms. Raises BadTemplate."""
    first = forms[0]
    look = dataclasses.replace(leaflet.look, brand=(*leaflet.look.brand, ("card", f"{first.card}pt")))
    return Panels(
        html=tuple(with_whole_numbers(pages.part("_base/trifold.html", leaflet, trifold=form)) for form in forms),
        notes=pages.part("_base/trifold-notes.html", leaflet, trifold=first),
        back=with_whole_numbers(pages.part("_base/trifold-back.html", leaflet, trifold=first)),
        css=pages.css(look),
    )
