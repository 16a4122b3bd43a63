"""Brings a leaflet to a whole number of sheets of paper, with note pages at its end.

The pages of a booklet come in fours, those of a duplex print in twos. The note pages are part of the HTML, not of the
PDF alone: so the footers count them, the tags hold them, and the words in them are looked for like any others.
A private cover has a back page, too, which comes last of all: what stands before it lies inside once it is folded.
"""

from __future__ import annotations

import re
from typing import Any

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as engine
from printables.typeset.page import Finding, Page

NUMBER = "{number}"
"""In a filler: its own number, so that two of them do not share an id."""
FILLERS = "{fillers}"
"""The name of a guess: how many fillers the last page of a look needed. No id looks like it (see numbering.py)."""
GROWS = "data-grow"
"""What marks boxes that grow into the free height of a page (see growth.py)."""
_BEGINS = re.compile(r'\s*<section\b[^>]*\bid="([^"&]+)"')


def missing(pages: int, multiple: int) -> int:
    """How many pages are wanting to the next multiple."""
    return -pages % max(multiple, 1)


def padded(html: str, filler: str, count: int, back: str = "") -> str:
    """The document with `count` fillers and the `back` page as the last things in its body."""
    pages = "".join(filler.replace(NUMBER, str(number)) for number in range(1, count + 1)) + back
    body, end, rest = html.rpartition("</body>")
    return f"{body}{pages}{end}{rest}" if end else html + pages


def can_be_guessed(page: Page) -> bool:
    """Whether a page may be laid out with a guessed number of fillers: a leaflet in which no box grows.

    Both the fillers and the back page have to begin with a section that has an id, by which they are found.
    """
    behind = [one for one in (page.filler if page.multiple > 1 else "", page.back) if one]
    is_plain = not (page.numbering or page.shorter or GROWS in page.html)
    return is_plain and bool(behind) and all(_BEGINS.match(one) for one in behind)


def own_pages(document: Any, page: Page, fillers: int) -> int | None:
    """How many pages come before the padding of a document; None where it does not begin a page of its own."""
    first = page.filler.replace(NUMBER, "1") if fillers else page.back
    if not first:
        return len(document.pages)
    found = _BEGINS.match(first)
    for at, laid in enumerate(document.pages if found else ()):
        if found and found[1] in laid.anchors:
            return at if _first_on(laid) == found[1] else None
    return None


def _first_on(page: Any) -> str:
    """The id of the first element on a page, below the body."""
    for box in engine.in_page_area(page):
        element = engine.element_of(box)
        if element is not None and element.tag not in ("html", "body"):
            return str(element.get("id", ""))
    return ""


def padding_findings(own: int, pages: int, multiple: int, *, back: bool = False) -> list[Finding]:
    """What is wrong where `own` pages with their fillers, and the `back` page, came to `pages`."""
    wanted = missing(own + back, multiple) + back
    if pages - own == wanted:
        return []
    if back:
        notes = "note pages and the outer back page" if wanted > 1 else "outer back page"
        what = f"The {notes} should take {_pages(wanted)} in all, not {_pages(pages - own)}."
        return [Finding(Rule.A16, what, "Begin each on a page of its own, and take away from it until it fits on one.")]
    if pages == own:
        what = f"The leaflet has {own} pages, which is no multiple of {multiple}, and the note page is empty."
        return [Finding(Rule.A16, what, "Give the note page a heading and lines to write on in its template.")]
    what = f"The note pages that fill up the leaflet should take {wanted} pages and take {pages - own}."
    return [Finding(Rule.A16, what, "Begin each on a page of its own, and take away lines until it fits on one page.")]


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"
