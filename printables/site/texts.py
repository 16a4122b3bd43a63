"""The running text of the website, and the words of a worksheet."""

from __future__ import annotations

import re
from collections.abc import Mapping

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


SheetWords = list[tuple[str, str | list[Markup]]]
"""Blocks of a text (headings, paragraphs, lists), each with its element name."""


def worksheet_words(text: str, help_lines: Mapping[str, Markup]) -> SheetWords:
    """Convert the plain text of a worksheet, without its title, to blocks.

    Lines that the text edition wrapped at 72 characters are joined; list items keep their own lines.
    Numbers of empty lines to write on are left out. `help_lines` are inserted as a list with links.
    """
    found: SheetWords = []
    for block in re.split(r"\n{2,}", text.strip()):
        head, _, under = block.partition("\n")
        if re.fullmatch(r"-{3,}", under):
            found.append(("h3", head))
        elif not re.fullmatch(r"={3,}", under) and not block.isdigit():
            words = re.sub(r"\n(?!\s*(?:[-*•]|\d+\.) )\s*", " ", block)
            lines = [line.removeprefix("- ") for line in words.split("\n")]
            helps = [help_lines[line] for line in lines if line in help_lines]
            found.append(("ul", helps) if len(helps) == len(lines) else ("p", words))
    return found
