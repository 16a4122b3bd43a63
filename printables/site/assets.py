"""Style sheets, scripts, fonts and signs of the website: all that its pages share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from printables.library.clinics import Clinic
from printables.pages.compose.brand import brand_colours
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.compose.wording import sentence_case
from printables.pages.templates.render import Pages
from printables.pages.templates.scoping import scoped
from printables.site import fonts, pictures, styles
from printables.site.hosting import Inline, version_of

SHEET, SCRIPT, DESK = "assets/site.css", "assets/site.js", "assets/desk.js"
CONDITIONS = "assets/conditions.json"
DARK = "@media screen and (prefers-color-scheme:dark)"


def make(pages: Pages, audiences: Iterable[str], clinic: Clinic | None, letters: str) -> dict[str, bytes]:
    """Every shared file by path. `letters` are the characters that the fonts must have."""
    looks = [look_of(pages, name, clinic) for name in audiences]
    cut = fonts.font_files(letters)
    texts = {
        SHEET: fonts.font_css({path: version_of(data) for path, data in cut.items()})
        + _site_rules(pages, looks[0])
        + "".join(_reader(look.audience, pages.tokens(look)) for look in looks),
        SCRIPT: pages.source("_site/crisis.js") + pages.source("_site/site.js"),
        DESK: pages.source("_site/desk.js"),
        **{sheet_path(look.audience): leaflet_sheet(pages, look) for look in looks},
    }
    return {**{path: text.encode() for path, text in texts.items()}, **cut, **pictures.icons()}


def inline(pages: Pages, audiences: Iterable[str], clinic: Clinic | None) -> Inline:
    """What the page for missing pages brings along: the styles of all pages but their fonts, and its script."""
    first = look_of(pages, next(iter(audiences)), clinic)
    script = " ".join(pages.source("_site/missing.js").split())
    return Inline(Markup(_site_rules(pages, first)), Markup(script))  # noqa: S704 - our own templates


def _site_rules(pages: Pages, first: LeafletStyle) -> str:
    """The rules that all pages share, in the clinic's colour where it has one."""
    return styles.smaller(pages.source("_site/site.css")) + (_frame(pages.tokens(first)) if first.brand else "")


def versions(files: Mapping[str, bytes]) -> dict[str, str]:
    """A short hash of each style sheet, script and list."""
    return {path: version_of(data) for path, data in files.items() if path.endswith((".css", ".js", ".json"))}


def choices(conditions: Mapping[str, str]) -> bytes:
    """What the search can be narrowed to, ids with names: too long for the first page of a large library."""
    return json.dumps([[key, sentence_case(name)] for key, name in conditions.items()]).encode()


def sheet_path(audience: str) -> str:
    """Where the style sheet of this reader's leaflets lies."""
    return f"assets/leaflet-{audience}.css"


def look_of(pages: Pages, audience: str, clinic: Clinic | None) -> LeafletStyle:
    """The look of this reader's leaflets, in the clinic's colours."""
    plain = LeafletStyle(audience)
    colours = brand_colours(clinic, audience, pages.tokens(plain))[0] if clinic else {}
    return LeafletStyle(audience, brand=tuple(sorted(colours.items())))


def leaflet_sheet(pages: Pages, look: LeafletStyle) -> str:
    """A leaflet's style sheet on the website: what is printed, what a screen changes, drawings, and the dark page."""
    tokens = pages.tokens(look)
    night = styles.custom_properties(styles.dark(tokens))
    printed = scoped(pages.css(look) + pages.source("_base/screen.css"), styles.SCOPE, screen=True)
    own = styles.smaller(pages.source("_site/leaflet.css"))
    return f"{printed}{styles.drawings(tokens)}{own}{DARK}{{{styles.SCOPE}{{{night}}}}}"


def _frame(tokens: Mapping[str, str]) -> str:
    """The clinic's colour on the pages around the leaflets, by day and by night."""
    night = styles.dark(tokens)
    day = f"--accent:{tokens['accent']};--tint:{tokens['accent-tint']}"
    dark = f"--accent:{night['accent']};--tint:{night['accent-tint']};--on-accent:{night['paper']}"
    return f":root{{{day}}}{DARK}{{:root{{{dark}}}}}"


def _reader(audience: str, tokens: Mapping[str, str]) -> str:
    """This reader's colour on the pages around the leaflets, by day and by night."""
    night = styles.dark(tokens)
    day = f"--reader:{tokens['accent']};--reader-tint:{tokens['accent-tint']}"
    dark = f"--reader:{night['accent']};--reader-tint:{night['accent-tint']}"
    return f".for-{audience}{{{day}}}{DARK}{{.for-{audience}{{{dark}}}}}"
