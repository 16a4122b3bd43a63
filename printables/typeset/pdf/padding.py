"""Brings a leaflet to a whole number of sheets of paper, with note pages at its end.

The pages of a booklet come in fours, those of a duplex print in twos. The note pages are part of the HTML, not of the
PDF alone: so the footers count them, the tags hold them, and the words in them are looked for like any others.
A private cover has a back page, too, which comes last of all: what stands before it lies inside once it is folded.
"""

from __future__ import annotations

from printables.checklist import Rule
from printables.typeset.page import Finding

NUMBER = "{number}"
"""In a filler: its own number, so that two of them do not share an id."""


def missing(pages: int, multiple: int) -> int:
    """How many pages are wanting to the next multiple."""
    return -pages % max(multiple, 1)


def padded(html: str, filler: str, count: int, back: str = "") -> str:
    """The document with `count` fillers and the `back` page as the last things in its body."""
    pages = "".join(filler.replace(NUMBER, str(number)) for number in range(1, count + 1)) + back
    body, end, rest = html.rpartition("</body>")
    return f"{body}{pages}{end}{rest}" if end else html + pages


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
