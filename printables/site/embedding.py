"""Leaflets inside other websites: pages to frame, fragments to fetch, and which files others may fetch."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container

from markupsafe import Markup

from printables.pages.formats.web_page import PageBody
from printables.site.drawings import lighter
from printables.site.model import SiteHandout

FRAMED, FRAGMENTS = "embed/", "fragments/"
"""Folders of leaflets without what stands around them: as pages of their own, and as their markup alone."""
OPEN = ("catalogue.json", "catalogue.schema.json", "feed.xml", "SHA256SUMS")
OPEN_FOLDERS = (FRAGMENTS, FRAMED)
"""Files, and folders of files, that scripts of any other website may read. They hold nothing about visitors."""
_LINK = re.compile(r'(?P<name>\s(?:href|src))="(?P<path>(?!#|[a-z][a-z0-9+.-]*:|/)[^"]*)"')


def relocated(html: str, page: str, place: str, address: str) -> str:
    """Return the markup of `page` for another `place`: its links are absolute, or relative without an `address`."""

    def link(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), found["path"]))
        root = address or "../" * place.count("/")
        return f'{found["name"]}="{root}{target}"'

    return _LINK.sub(link, html)


def framed(handout: SiteHandout, body: PageBody, framed_too: Container[str]) -> PageBody:
    """Return the leaflet for its page to frame.

    Links to pages of `framed_too` lead to what is framed of them. All other pages open in a window of their own, since
    nobody may frame them.
    """
    place = f"{FRAMED}{handout.page}"
    root = "../" * place.count("/")

    def inside(found: re.Match[str]) -> str:
        path = found["path"].removeprefix(root)
        if path in framed_too:
            return f' href="{root}{FRAMED}{path}"'
        return f'{found[0]} target="_blank" rel="noopener"' if path.endswith(".html") else found[0]

    html = _LINK.sub(inside, relocated(lighter(str(body.html)), handout.page, place, ""))
    return PageBody(body.classes, Markup(html))  # noqa: S704 - our own page, escaped when it was made


def fragment(handout: SiteHandout, body: PageBody, address: str) -> str:
    """Return the leaflet's markup alone, to be put into a page of another website, in the look of that."""
    html = relocated(str(body.html), handout.page, f"{FRAGMENTS}{handout.page}", address)
    about = f'lang="{handout.language}" data-code="{handout.code}" data-version="{handout.version}"'
    return f'<article class="{body.classes}" {about}>\n{html}\n</article>\n'
