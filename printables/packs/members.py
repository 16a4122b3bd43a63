"""Fit a leaflet's page into a book.

Its ids get a prefix, its headings become two levels lower, and its form fields are left for the pen.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from printables.pages.formats.web_page import PageBody, page_body

DEEPER = 2
"""Levels above a handout's headings: the book's title, and its sessions."""
_ID = re.compile(r'(?<=\s)(id|for|aria-labelledby)="([^"]+)"')
_INNER_LINK = re.compile(r'(?<=\s)href="#([^"]+)"')
_HEADING = re.compile(r"<(/?)h([1-4])(?=[\s>])")
_FIELD = re.compile(r'\sdata-(?:field|tip|kind|group|value)="[^"]*"')


def inside(page: str, name: str) -> PageBody:
    """Return the body of `page`, with the prefix `name` in every id and internal link.

    Raises ValueError if the page was not made by our templates.
    """
    own = page_body(page)
    html = _ID.sub(rf'\1="{name}-\2"', str(own.html))
    html = _INNER_LINK.sub(rf'href="#{name}-\1"', html)
    html = _FIELD.sub("", html)
    html = _HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + DEEPER}", html)
    return PageBody(own.classes, Markup(html))  # noqa: S704 - our own page, escaped when it was made
