"""A leaflet's page → the same leaflet inside of a book.

Its places get names of their own, its headings stand two levels lower, and its fields are for the pen only.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from printables.pages.formats.web_page import PageBody, page_body

DEEPER = 2
"""A book has the first level for its title and the second for its sessions."""
_ID = re.compile(r'(?<=\s)(id|for|aria-labelledby)="([^"]+)"')
_INNER_LINK = re.compile(r'(?<=\s)href="#([^"]+)"')
_NUMBER = 'data-number="{page:'
_HEADING = re.compile(r"<(/?)h([1-4])(?=[\s>])")
_FIELD = re.compile(r'\sdata-(?:field|tip|kind|group|value)="[^"]*"')


def inside(page: str, name: str) -> PageBody:
    """What stands in the body of `page`, with every id and link inside of it beginning with `name`.

    Raises ValueError where this is no page of ours.
    """
    own = page_body(page)
    html = _ID.sub(rf'\1="{name}-\2"', str(own.html))
    html = _INNER_LINK.sub(rf'href="#{name}-\1"', html)
    html = html.replace(_NUMBER, f"{_NUMBER}{name}-")
    html = _FIELD.sub("", html)
    html = _HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + DEEPER}", html)
    return PageBody(own.classes, Markup(html))  # noqa: S704 - our own page, escaped when it was made
