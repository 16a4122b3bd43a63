"""Style sheets, scripts, fonts and icons that all pages of the website share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from markupsafe import Markup

from printables.cache.environment import environment
from printables.keys import key_of
from printables.library.clinics import Clinic
from printables.library.crisis import CrisisWords
from printables.pages.compose.brand import brand_colours
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.pages.templates.scoping import scoped
from printables.publish.manifest import File
from printables.site import fonts, pictures, styles
from printables.site.hosting import Inline, short_hash
from printables.site.writing import SitePart

FOLDER = "assets/"
SHEET, SCRIPT = "assets/site.css", "assets/site.js"
DESK, DESK_SHEET = "assets/desk.js", "assets/desk.css"
WORKSHEET, WORKSHEET_SHEET = "assets/worksheet.js", "assets/worksheet.css"
WORDS = "assets/words.js"
"""What the search knows (`everyday.script`), loaded when somebody begins to type."""
STYLES = ("search", "home", "reading")
"""Style sheets of parts that the page for missing addresses does not have."""
SCRIPTS = ("crisis", "words", "search", "carry", "site")
CODES = "assets/infobutton.js"
ASKING = "assets/asking.js"
"""What must be known before the first page is shown."""
READING = "assets/reading.js"
READING_PARTS = ("leave", "tools", "qr", "listen")
"""The scripts of pages to read: a quick way out, buttons, a code for the screen, reading aloud."""
WORKSHEET_PARTS = ("leave", "tools", "qr", "worksheet")
"""Those of a worksheet, which nobody reads aloud."""
DARK = "@media screen and (prefers-color-scheme:dark)"


def costly(
    pages: Pages, audiences: Iterable[str], clinic: Clinic | None, letters: str, library_key: str
) -> Iterator[SitePart]:
    """Yield the parts that take long to make: fonts, icons, and the style sheets of leaflets.

    `letters` are the characters that the fonts must contain. Where nothing that they are made of has changed, they are
    not made again.
    """
    yield SitePart(key_of(environment(), letters), fonts.PATHS, partial(fonts.font_files, letters))
    yield SitePart(key_of(environment()), pictures.ICONS, pictures.icons)
    for audience in audiences:
        key = key_of(library_key, audience, clinic.id if clinic else "")
        yield SitePart(key, (sheet_path(audience),), partial(_leaflet_sheet_of, pages, audience, clinic))


def _leaflet_sheet_of(pages: Pages, audience: str, clinic: Clinic | None) -> dict[str, bytes]:
    return {sheet_path(audience): leaflet_sheet(pages, look_of(pages, audience, clinic)).encode()}


def make(
    pages: Pages,
    audiences: Iterable[str],
    clinic: Clinic | None,
    font_versions: Mapping[str, str],
    crisis: CrisisWords,
) -> dict[str, bytes]:
    """Return every other shared file by path. `font_versions` are short hashes of the fonts."""
    looks = [look_of(pages, name, clinic) for name in audiences]
    texts = {
        SHEET: fonts.font_css(font_versions)
        + _site_rules(pages, looks[0])
        + "".join(styles.smaller(pages.source(f"_site/{name}.css")) for name in STYLES)
        + "".join(_reader(look.audience, pages.tokens(look)) for look in looks),
        SCRIPT: _crisis(crisis) + "".join(pages.source(f"_site/{name}.js") for name in SCRIPTS),
        DESK: pages.source("_site/desk-files.js") + pages.source("_site/desk.js"),
        DESK_SHEET: styles.smaller(pages.source("_site/desk.css")),
        WORKSHEET: "".join(pages.source(f"_site/{name}.js") for name in WORKSHEET_PARTS),
        WORKSHEET_SHEET: styles.smaller(pages.source("_site/worksheet.css")),
        READING: "".join(pages.source(f"_site/{name}.js") for name in READING_PARTS),
        CODES: pages.source("_site/infobutton.js"),
        ASKING: pages.source("_site/asking.js"),
    }
    return {path: text.encode() for path, text in texts.items()}


def inline(pages: Pages, audiences: Iterable[str], clinic: Clinic | None) -> Inline:
    """Return what the "not found" page has inline: the styles of all pages without fonts, and its script."""
    first = look_of(pages, next(iter(audiences)), clinic)
    script = " ".join(pages.source("_site/missing.js").split())
    return Inline(Markup(_site_rules(pages, first)), Markup(script))  # noqa: S704 - our own templates


def _site_rules(pages: Pages, first: LeafletStyle) -> str:
    """Return the rules that all pages share, in the clinic's colour if it has one."""
    return styles.smaller(pages.source("_site/site.css")) + (_frame(pages.tokens(first)) if first.brand else "")


def versions(written: Iterable[File]) -> dict[str, str]:
    """Return a short hash of each style sheet, script and font among these files, by path."""
    return {
        one.path: short_hash(one.sha256)
        for one in written
        if one.path.startswith(FOLDER) and one.path.endswith((".css", ".js", ".woff2"))
    }


def _crisis(words: CrisisWords) -> str:
    """Return the words of a crisis as a script: they must be there when nothing else can be loaded."""
    return f"const crisisWords = {json.dumps(words.patterns(), ensure_ascii=False, separators=(',', ':'))};\n"


def sheet_path(audience: str) -> str:
    """Return the path of the style sheet of this audience's leaflets."""
    return f"assets/leaflet-{audience}.css"


def look_of(pages: Pages, audience: str, clinic: Clinic | None) -> LeafletStyle:
    """Return the style of this audience's leaflets, in the clinic's colours."""
    plain = LeafletStyle(audience)
    colours = brand_colours(clinic, audience, pages.tokens(plain))[0] if clinic else {}
    return LeafletStyle(audience, brand=tuple(sorted(colours.items())))


def leaflet_sheet(pages: Pages, look: LeafletStyle) -> str:
    """Return a leaflet's style sheet for the website: printed rules, changes for screens, drawings, dark mode."""
    tokens = pages.tokens(look)
    night = styles.custom_properties(styles.dark(tokens))
    printed = scoped(pages.css(look) + pages.screen_css(), styles.SCOPE, screen=True)
    own = styles.smaller(pages.source("_site/leaflet.css"))
    return f"{printed}{styles.drawings(tokens)}{own}{DARK}{{{styles.SCOPE}{{{night}}}}}"


def _frame(tokens: Mapping[str, str]) -> str:
    """Return rules for the clinic's colour around the leaflets, in light and dark mode."""
    night = styles.dark(tokens)
    day = f"--accent:{tokens['clinic']};--tint:{tokens['clinic-tint']}"
    dark = f"--accent:{night['clinic']};--tint:{night['clinic-tint']};--on-accent:{night['paper']}"
    return f":root{{{day}}}{DARK}{{:root{{{dark}}}}}"


def _reader(audience: str, tokens: Mapping[str, str]) -> str:
    """Return rules for this audience's colour around the leaflets, in light and dark mode."""
    night = styles.dark(tokens)
    day = f"--reader:{tokens['accent']};--reader-tint:{tokens['accent-tint']}"
    dark = f"--reader:{night['accent']};--reader-tint:{night['accent-tint']}"
    return f".for-{audience}{{{day}}}{DARK}{{.for-{audience}{{{dark}}}}}"
