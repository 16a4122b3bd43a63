"""The running text of the website, and the help lines that stand on every leaflet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from printables.checks.subject import Subject
from printables.library.library import Library
from printables.pages.marks import Marks
from printables.pages.markup import Converter
from printables.problems import Problem
from printables.site.words import Words

_HELP = re.compile(r'<div class="help-now" id="help-lines">.*?</div>', re.DOTALL)


def running_text(library: Library, words: Words) -> tuple[dict[str, Markup], list[Problem]]:
    """Each page of running text as HTML, by its name, and what is wrong with its Markdown."""
    marks = Marks({}, {}, {}, "")
    converter = Converter(marks)
    made = {}
    for name, page in words.site.pages.items():
        place = library.place("site-words", words.site.language, ("pages", name, "text"))
        html = converter.html(page.text, place)
        # In a leaflet "###" stands below a section's heading; here it is the section's heading.
        made[str(name)] = Markup(re.sub(r"(</?)h3>", r"\1h2>", html))  # noqa: S704 - it was safe before
    return made, marks.problems


def help_boxes(library: Library, built: Sequence[Subject]) -> Iterable[tuple[str, str, Markup]]:
    """For each reader who gets leaflets to take home: the id, the name, and the help lines as they are printed."""
    for audience in library.audiences.values():
        mine = (one for one in built if one.item.audience == audience.id and not one.item.worksheet)
        found = next((found for one in mine if (found := _HELP.search(one.html))), None)
        if found and not audience.not_a_handout:
            yield audience.id, audience.name[built[0].item.language], Markup(found[0].replace(' id="help-lines"', ""))  # noqa: S704 - our own page
