"""Each therapy's drawing as a picture, taken from a published leaflet; in the dark it changes its colours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from printables.library.clinics import Clinic
from printables.library.library import Library
from printables.library.settings import Audience
from printables.pages.templates.render import Pages
from printables.site import styles
from printables.site.assets import look_of
from printables.site.model import PICTURES, SiteHandout, SiteModel, TherapyPage

_DRAWING = re.compile(
    r'<div class="scene [^"]*">\s*<svg viewBox="([^"]*)"[^>]*>(?:<title>.*?</title>)?(.*?)</svg>', re.DOTALL
)
MANNERS = ("beside", "wide", "together")
"""Manners of drawing, the one that looks best in a card first; a sign is too small for it."""


def scene_path(therapy: str) -> str:
    """Return the path of a therapy's drawing."""
    return f"{PICTURES}scenes/{therapy}.svg"


def scenes(
    model: SiteModel, bodies: Mapping[str, str], pages: Pages, library: Library, clinic: Clinic | None
) -> dict[str, bytes]:
    """Return the drawing of each therapy that has one, by its path. `bodies` are the published pages by path."""
    found = {scene_path(one.id): _scene(one, bodies, pages, library.audiences, clinic) for one in model.therapies}
    return {path: data for path, data in found.items() if data}


def _scene(
    therapy: TherapyPage,
    bodies: Mapping[str, str],
    pages: Pages,
    audiences: Mapping[str, Audience],
    clinic: Clinic | None,
) -> bytes:
    for leaflet in _first(therapy, audiences):
        drawn = _DRAWING.search(bodies[leaflet.page])
        if drawn:
            tokens = pages.tokens(look_of(pages, leaflet.audience, clinic))
            ground = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawn[1]}">'
            return f"{ground}<style>{_night(tokens)}</style>{drawn[2].strip()}</svg>\n".encode()
    return b""


def _first(therapy: TherapyPage, audiences: Mapping[str, Audience]) -> list[SiteHandout]:
    """Return the leaflets with a large drawing, the one that is preferred first."""
    mine = [one for one in therapy.leaflets if audiences[one.audience].drawing in MANNERS]
    return sorted(mine, key=lambda one: MANNERS.index(audiences[one.audience].drawing))


def _night(tokens: Mapping[str, str]) -> str:
    night = styles.dark(tokens)
    rules = "".join(
        f'[{part}="{tokens[name]}"]{{{part}:{night[name]}}}' for name in styles.DRAWN for part in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{rules}}}"
