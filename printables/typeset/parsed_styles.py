"""Style sheets as the engine parsed them, with their fonts: parsed once, which is a third of a leaflet's time."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from printables.typeset import weasyprint_internals as internals
from printables.typeset.complaints import listening, refusals, said
from printables.typeset.fonts import arabic_assets, font_assets, font_css, wider_assets
from printables.typeset.open_zero import open_zero_assets
from printables.typeset.page import BASE_URL, Finding


@dataclass(frozen=True)
class ParsedStyles:
    """A parsed style sheet; the font configuration must live as long as the fonts are used."""

    css: Any
    fonts: Any
    findings: tuple[Finding, ...]
    last: dict[str, int] = field(default_factory=dict)
    """Where things stood in the last leaflet of this look: a guess, which changes the time and never the page."""


@lru_cache(maxsize=64)
def parsed_sheet(css: str, shared: int = 0, *, wider: bool = False, arabic: bool = False) -> ParsedStyles:
    """The parsed style sheet with its fonts, the wider and the Arabic typeface only where a letter needs them.

    Its first `shared` characters, which those of other looks begin with, too, are parsed for all of them at once: a
    look costs only the few rules of its own.
    """
    if not shared:
        return _parsed_styles(css, wider=wider, arabic=arabic)
    first = parsed_sheet(css[:shared], wider=wider, arabic=arabic)
    return _parsed_styles(css[shared:], first, wider=wider, arabic=arabic)


def _parsed_styles(css: str, first: ParsedStyles | None = None, *, wider: bool, arabic: bool) -> ParsedStyles:
    """The parsed style sheet: with the fonts, or continued where the `first` one ends.

    What is wrong with it is kept, since it is said only once.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from printables.typeset.fetcher import MemoryFetcher

    fonts = first.fonts if first else FontConfiguration()
    more = (wider_assets() if wider else {}) | (arabic_assets() if arabic else {})
    fetcher = MemoryFetcher(font_assets() | open_zero_assets() | more)
    given = {"base_url": BASE_URL, "url_fetcher": fetcher, "font_config": fonts}
    with listening() as log:
        try:
            if first:
                parsed = internals.continued(first.css, css, **given)
            else:
                parsed = CSS(string=font_css(wider=wider, arabic=arabic) + css, **given)
        except FatalURLFetchingError:
            parsed = CSS(string="")
    before = first.findings if first else ()
    return ParsedStyles(parsed, fonts, (*before, *said(log), *refusals(fetcher.refused)))


def forget() -> None:
    """Let go of style sheets and fonts, and of the folders in TMPDIR that the engine keeps the fonts in."""
    parsed_sheet.cache_clear()
    gc.collect()
