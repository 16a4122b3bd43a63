"""The running text of the website."""

from __future__ import annotations

import re

from markupsafe import Markup

from printables.library.library import Library
from printables.pages.compose.marks import Marks
from printables.pages.compose.markup import Converter
from printables.problems import Problem
from printables.site.words import SiteTexts


def running_text(library: Library, words: SiteTexts) -> tuple[dict[str, Markup], list[Problem]]:
    """Return each page of running text as HTML, by name, and the problems of its Markdown."""
    marks = Marks({}, {}, {}, "")
    converter = Converter(marks)
    made = {}
    for name, page in words.site.pages.items():
        place = library.place("site-words", words.site.language, ("pages", name, "text"))
        html = converter.html(page.text, place)
        # In a leaflet a heading in a text stands two levels lower than on a page of its own.
        made[str(name)] = Markup(re.sub(r"(</?h)[34]>", r"\g<1>2>", str(html)))  # noqa: S704 - it was safe before
    return made, marks.problems
