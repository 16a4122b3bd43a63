"""The web page of a leaflet → what stands in its body, to be put into another page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

_BODY = re.compile(r'<body class="(?P<classes>[^"]*)"[^>]*>(?P<inside>.*)</body>', re.DOTALL)
_MAIN = re.compile(r"<(/?)main>")
_NUMBER = re.compile(r' data-number="[^"]*"')


@dataclass(frozen=True)
class Twin:
    """The leaflet's own markup, and the classes that its style sheet goes by."""

    classes: str
    html: Markup


def without_numbers(page: str) -> str:
    """The same page for the screen, where nothing stands on a page with a number."""
    return _NUMBER.sub("", page)


def twin(page: str) -> Twin:
    """What stands in the body of `page`, to be put into a page that has a `<main>` already.

    Raises ValueError where this is no page of ours.
    """
    found = _BODY.search(page)
    if found is None:
        raise ValueError("a page without a body")
    inside = _MAIN.sub(r"<\1div>", found["inside"])
    return Twin(found["classes"], Markup(inside))  # noqa: S704 - our own page, escaped when it was made
