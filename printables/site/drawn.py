"""The drawing of each therapy for pages outside of its leaflets: as adults see it, in the colours of the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from markupsafe import Markup

from printables.checks.subject import Subject
from printables.pages.compose.leaflet import Leaflet, LeafletStyle
from printables.pages.templates.render import Pages
from printables.pages.templates.scoping import scoped
from printables.site import styles

PLACE = ".picture"
"""The class of the element that holds a drawing; the site's style sheet gives it tokens."""


def scenes(pages: Pages, built: Iterable[Subject], look: LeafletStyle) -> dict[str, Markup]:
    """Return the drawing of each therapy that has one, by id. Of its leaflets, the first one's words lie over it."""
    found: dict[str, Markup] = {}
    for subject in built:
        if subject.leaflet.scene and not subject.item.worksheet and subject.item.therapy not in found:
            found[subject.item.therapy] = _drawn(pages, subject.leaflet, look)
    return found


def _drawn(pages: Pages, leaflet: Leaflet, look: LeafletStyle) -> Markup:
    """Return the drawing for one person, beside a title, whoever its words were written for."""
    plain = leaflet.audience.model_copy(update={"drawing": "beside"})
    beside = dataclasses.replace(leaflet, audience=plain, look=look)
    return Markup(pages.part("_site/scene.html", beside))  # noqa: S704 - our own template


def scene_rules(pages: Pages, look: LeafletStyle) -> str:
    """Return the rules of all drawings for places outside of leaflets. `look` is the one that they are drawn in."""
    return scoped(pages.scene_css(), PLACE, screen=True) + styles.drawings(pages.tokens(look), PLACE)
