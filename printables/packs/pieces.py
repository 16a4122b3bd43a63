"""The pieces of an activity: the paragraphs and lists between which a page may end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_VOID = {"br", "hr", "img", "wbr"}
_LEADS_IN = re.compile(
    r"(?:</h[1-6]>|:\s*(?:</\w+>\s*)+|<p><strong>(?:(?!</strong>|</p>).)*</strong>\s*</p>)$", re.DOTALL
)
"""A heading, a paragraph that ends in a colon, and one in bold letters."""


def pieces(html: str) -> list[str]:
    """Return the outermost elements of `html`, each with the line that leads into it."""
    found: list[str] = []
    for element in _elements(html):
        if found and _LEADS_IN.search(found[-1].strip()):
            found[-1] += element
        else:
            found.append(element)
    return found


def _elements(html: str) -> Iterator[str]:
    depth, start = 0, 0
    for tag in _TAG.finditer(html):
        if tag[2] in _VOID:
            continue
        depth += -1 if tag[1] else 1
        if depth == 0:
            yield html[start : tag.end()]
            start = tag.end()
    if html[start:].strip():
        yield html[start:]
