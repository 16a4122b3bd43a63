"""`typeset`: one leaflet's HTML becomes PDF bytes and the list of everything wrong with them.

The one place that starts WeasyPrint, and only when there is something to typeset. A style sheet is parsed once:
a third of a leaflet's time. Same page, same bytes: in every process, time zone, hash seed and folder (standards A21).
"""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import unescape
from typing import Any

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as internals
from printables.typeset.complaints import listening, refusals, said
from printables.typeset.fonts import font_assets, font_css, needs_wider, wider_assets
from printables.typeset.growth import Growing
from printables.typeset.inspect.inspect import inspect_tree
from printables.typeset.limits import over_limits
from printables.typeset.open_zero import open_zero_assets
from printables.typeset.page import BASE_URL, Finding, Page, Printed
from printables.typeset.pdf.imposition import imposed
from printables.typeset.pdf.numbering import (
    TRIES,
    PageNumbers,
    filled,
    guessed,
    measured,
    nowhere,
    page_rules,
    unstable,
)
from printables.typeset.pdf.padding import missing, padded, padding_findings
from printables.typeset.room import too_long, with_room
from printables.typeset.ruled_lines import rule_notes
from printables.typeset.start import load_engine

VARIANT = "pdf/ua-1"
_ONE_AT_A_TIME = threading.Lock()
"""The log belongs to the whole process: two threads would read each other's warnings. Threads gain nothing anyway."""


@dataclass(frozen=True)
class ParsedStyles:
    """A parsed style sheet; the font configuration must live as long as the fonts are used."""

    css: Any
    fonts: Any
    findings: tuple[Finding, ...]
    last: dict[str, int] = field(default_factory=dict)
    """Where things stood in the last leaflet of this look: a guess, which changes the time and never the page."""


@dataclass(frozen=True)
class LaidOut:
    """What one document became. Where something stopped the engine there is no PDF, and `failure` says why."""

    pdf: bytes = b""
    tree: Any = None
    pages: int = 0
    fillers: int = 0
    laid: bytes = b""
    """The same on the sides of a sheet, where the page has one."""
    failure: tuple[Finding, ...] = ()


def typeset(page: Page) -> Printed:
    """The finished PDF. What stops the engine is a finding and an empty PDF, never a traceback."""
    return with_room(page, _typeset)


def _typeset(page: Page) -> Printed:
    with _ONE_AT_A_TIME, listening() as log:
        load_engine()
        wider = needs_wider(unescape(page.html), page.filler, page.back, page.css)
        sheet = _sheet(page.css, page.shared_css, wider=wider)
        made, refused = _make(page, sheet)
    looks = inspect_tree(made.tree, made.pdf, page.rules, made.fillers) if made.pdf else []
    sheets, unfit = imposed(made.pdf) if page.booklet and made.pdf else (b"", [])
    findings = (*sheet.findings, *said(log), *refusals(refused), *made.failure, *looks, *unfit)
    return Printed(made.laid or made.pdf, made.pages, tuple(dict.fromkeys(findings)), sheets)


def _make(page: Page, sheet: ParsedStyles) -> tuple[LaidOut, list[str]]:
    """The PDF and the addresses that the page may not ask for."""
    from weasyprint.urls import FatalURLFetchingError

    from printables.typeset.fetcher import MemoryFetcher

    fetcher = MemoryFetcher(font_assets() | dict(page.assets))
    try:
        return _print(page, sheet, fetcher), fetcher.refused
    except FatalURLFetchingError:
        return LaidOut(), fetcher.refused
    except Exception as error:  # noqa: BLE001 - whatever the engine throws at a hostile or broken page
        return LaidOut(failure=(_stopped(error),)), fetcher.refused


def _print(page: Page, sheet: ParsedStyles, fetcher: Any) -> LaidOut:
    """Typesets the page; once more with what comes behind its own pages, if anything does."""
    from printables.typeset.pdf.finisher import finish, mark_pictures
    from printables.typeset.pdf.forms import place_fields
    from printables.typeset.pdf.sheet import on_sheet

    numbers = guessed(page, sheet.last)
    html = _parsed(filled(page.html, numbers), fetcher)
    if refused := over_limits(internals.root_element(html), page.assets):
        return LaidOut(failure=tuple(refused))
    numbers, html, document, unsure, growing = _numbered(page, numbers, html, sheet, fetcher)
    own = len(document.pages)
    if page.shorter and own > page.rules.max_pages:
        return LaidOut(pages=own, failure=(too_long(own, page.rules.max_pages),))  # a shorter one is tried next
    wanted = missing(own + bool(page.back), page.multiple)
    if wanted or page.back:
        html = _parsed(padded(filled(page.html, numbers), page.filler, wanted, page.back), fetcher)
        growing.apply(internals.root_element(html))
        document = _laid_out(html, sheet, page_rules(numbers, page.numbering))
    pages = len(document.pages)
    rule_notes(document)
    place_fields(document)
    mark_pictures(document)
    finisher = partial(finish, front=numbers.front)
    pdf = document.write_pdf(finisher=finisher, pdf_variant=VARIANT)
    found = (*padding_findings(own, pages, page.multiple, back=bool(page.back)), *unsure)
    laid, unfit = on_sheet(document, finisher, VARIANT, page.sheet) if page.sheet else (b"", [])
    sides = len(page.sheet.sides) if page.sheet and laid else pages
    return LaidOut(pdf, internals.root_element(html), sides, pages - own, laid, (*found, *unfit))


def _numbered(
    page: Page, numbers: PageNumbers | None, html: Any, sheet: ParsedStyles, fetcher: Any
) -> tuple[PageNumbers, Any, Any, tuple[Finding, ...], Growing]:
    """The page laid out with guessed numbers, and again until they are those of the pages that they name.

    Leaflets of one look mostly have their help on the same page, so that the numbers of the last one are right for the
    next. A book's are its own. Boxes to write in grow into what the first layout leaves free.
    """
    growing = Growing(internals.root_element(html), breaks=not page.numbering)
    for _ in range(TRIES):
        document = _laid_out(html, sheet, page_rules(numbers, page.numbering))
        before, numbers = numbers, measured(document, page.numbering, page.html)
        if growing.is_done(internals.root_element(html), document) and numbers == before:
            sheet.last.update({} if page.numbering else numbers.starts)
            return numbers, html, document, tuple(nowhere(numbers, page.html)), growing
        if page.numbering:  # a book of 200 pages takes half a gigabyte, full of cycles: never two at once
            document = None
            gc.collect()
        html = _parsed(filled(page.html, numbers), fetcher)
        growing.apply(internals.root_element(html))
    document = _laid_out(html, sheet, page_rules(numbers, page.numbering))
    return numbers or PageNumbers(), html, document, (unstable(),), growing


def _parsed(html: str, fetcher: Any) -> Any:
    from weasyprint import HTML

    return HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)


def _laid_out(html: Any, sheet: ParsedStyles, more: str = "") -> Any:
    from weasyprint import CSS

    sheets = [sheet.css, CSS(string=more)] if more else [sheet.css]
    return html.render(font_config=sheet.fonts, stylesheets=sheets, pdf_variant=VARIANT)


@lru_cache(maxsize=64)
def _sheet(css: str, shared: int = 0, *, wider: bool = False) -> ParsedStyles:
    """The parsed style sheet with its fonts, the wider typeface only where a letter needs it.

    Its first `shared` characters, which those of other looks begin with, too, are parsed for all of them at once: a
    look costs only the few rules of its own.
    """
    if not shared:
        return _parsed_styles(css, wider=wider)
    first = _sheet(css[:shared], wider=wider)
    return _parsed_styles(css[shared:], first, wider=wider)


def _parsed_styles(css: str, first: ParsedStyles | None = None, *, wider: bool) -> ParsedStyles:
    """The parsed style sheet: with the fonts, or continued where the `first` one ends.

    What is wrong with it is kept, since it is said only once.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError

    from printables.typeset.fetcher import MemoryFetcher

    fonts = first.fonts if first else FontConfiguration()
    fetcher = MemoryFetcher(font_assets() | open_zero_assets() | (wider_assets() if wider else {}))
    given = {"base_url": BASE_URL, "url_fetcher": fetcher, "font_config": fonts}
    with listening() as log:
        try:
            if first:
                parsed = internals.continued(first.css, css, **given)
            else:
                parsed = CSS(string=font_css(wider=wider) + css, **given)
        except FatalURLFetchingError:
            parsed = CSS(string="")
    before = first.findings if first else ()
    return ParsedStyles(parsed, fonts, (*before, *said(log), *refusals(fetcher.refused)))


def forget() -> None:
    """Let go of style sheets and fonts, and of the folders in TMPDIR that the engine keeps the fonts in."""
    _sheet.cache_clear()
    gc.collect()


def _stopped(error: Exception) -> Finding:
    what = "it is too large or too deeply nested" if _is_size(error) else "something in it breaks the engine"
    return Finding(
        Rule.A16,
        f"This leaflet could not be typeset: {what} ({type(error).__name__}).",
        "Make the last thing that was changed simpler: fewer boxes inside boxes, smaller tables, fewer joined cells.",
    )


def _is_size(error: Exception) -> bool:
    return isinstance(error, (RecursionError, MemoryError, OverflowError))
