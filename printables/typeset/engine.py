"""`typeset`: one leaflet's HTML becomes PDF bytes and the list of everything wrong with them.

The one place that starts WeasyPrint, and only when there is something to typeset.
Same page, same bytes: in every process, time zone, hash seed and folder (standards A21).
"""

from __future__ import annotations

import gc
import threading
from dataclasses import dataclass
from functools import partial
from html import unescape
from typing import Any

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as internals
from printables.typeset.complaints import listening, refusals, said
from printables.typeset.fonts import font_assets, needs_arabic, needs_wider
from printables.typeset.growth import Growing
from printables.typeset.inspect.inspect import inspect_tree
from printables.typeset.limits import over_limits
from printables.typeset.page import BASE_URL, Finding, Page, Printed
from printables.typeset.parsed_styles import ParsedStyles, parsed_sheet
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
from printables.typeset.pdf.padding import (
    FILLERS,
    can_be_guessed,
    missing,
    own_pages,
    padded,
    padding_findings,
)
from printables.typeset.room import too_long, with_room
from printables.typeset.ruled_lines import rule_notes
from printables.typeset.start import load_engine

VARIANT = "pdf/ua-1"
_ONE_AT_A_TIME = threading.Lock()
"""The log belongs to the whole process: two threads would read each other's warnings. Threads gain nothing anyway."""


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
        words = unescape(page.html), page.filler, page.back, page.css
        sheet = parsed_sheet(page.css, page.shared_css, wider=needs_wider(*words), arabic=needs_arabic(*words))
        made, refused = _make(page, sheet)
    looks = inspect_tree(made.tree, made.pdf, page.rules, made.fillers) if made.pdf else []
    sheets, unfit = imposed(made.pdf, right_bound=page.right_bound) if page.booklet and made.pdf else (b"", [])
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
    """Typesets the page with what comes behind its own pages, if anything does."""
    from printables.typeset.pdf.finisher import finish, mark_pictures
    from printables.typeset.pdf.forms import place_fields
    from printables.typeset.pdf.sheet import on_sheet

    whole = _padded_at_once(page, sheet, fetcher) or _padded_afterwards(page, sheet, fetcher)
    if isinstance(whole, LaidOut):
        return whole
    pages = len(whole.document.pages)
    rule_notes(whole.document)
    place_fields(whole.document)
    mark_pictures(whole.document)
    finisher = partial(finish, front=whole.numbers.front)
    pdf = whole.document.write_pdf(finisher=finisher, pdf_variant=VARIANT)
    found = (*padding_findings(whole.own, pages, page.multiple, back=bool(page.back)), *whole.unsure)
    laid, unfit = on_sheet(whole.document, finisher, VARIANT, page.sheet) if page.sheet else (b"", [])
    sides = len(page.sheet.sides) if page.sheet and laid else pages
    return LaidOut(pdf, internals.root_element(whole.html), sides, pages - whole.own, laid, (*found, *unfit))


@dataclass(frozen=True)
class _Whole:
    """A document with its padding, laid out. `own` are its pages without the padding."""

    document: Any
    html: Any
    own: int
    numbers: PageNumbers
    unsure: tuple[Finding, ...] = ()


def _padded_afterwards(page: Page, sheet: ParsedStyles, fetcher: Any) -> _Whole | LaidOut:
    """The page laid out, and once more with its padding, if it needs any."""
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
    return _Whole(document, html, own, numbers, unsure)


def _padded_at_once(page: Page, sheet: ParsedStyles, fetcher: Any) -> _Whole | None:
    """The same from one layout, where the guess is right how many note pages it needs; None where that is not sure.

    A wrong guess says what is right, so that there are no more layouts than `_padded_afterwards` makes. The result is
    the same document, laid out with the same numbers.
    """
    if not can_be_guessed(page):
        return None
    numbers, fillers = guessed(page, sheet.last) or PageNumbers(), sheet.last.get(FILLERS, 1)
    for _ in range(TRIES):
        html = _parsed(padded(filled(page.html, numbers), page.filler, fillers, page.back), fetcher)
        tree = internals.root_element(html)
        if over_limits(tree, page.assets):
            return None
        document = _laid_out(html, sheet)
        own = own_pages(document, page, fillers)
        if own is None:
            return None
        before, numbers = (numbers, fillers), measured(document, None, page.html)
        fillers = missing(own + bool(page.back), page.multiple)
        if (numbers, fillers) == before:
            if len(document.pages) != own + fillers + bool(page.back):
                return None
            sheet.last.update({**numbers.starts, FILLERS: fillers})
            return _Whole(document, html, own, numbers, tuple(nowhere(numbers, page.html)))
    return None


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


def _stopped(error: Exception) -> Finding:
    what = "it is too large or too deeply nested" if _is_size(error) else "something in it breaks the engine"
    return Finding(
        Rule.A16,
        f"This leaflet could not be typeset: {what} ({type(error).__name__}).",
        "Make the last thing that was changed simpler: fewer boxes inside boxes, smaller tables, fewer joined cells.",
    )


def _is_size(error: Exception) -> bool:
    return isinstance(error, (RecursionError, MemoryError, OverflowError))
