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

_HELP = re.compile(r'<div class="help-now" id="help-lines">(.*?)</div>', re.DOTALL)
_CALL, _TEXT = re.compile(r"(?<=Call )\d[\d ]+\d"), re.compile(r"(?<=Text )[A-Z]+ to (\d+)")


def running_text(library: Library, words: Words) -> tuple[dict[str, Markup], list[Problem]]:
    """Each page of running text as HTML, by its name, and what is wrong with its Markdown."""
    marks = Marks({}, {}, {}, "")
    converter = Converter(marks)
    made = {}
    for name, page in words.site.pages.items():
        place = library.place("site-words", words.site.language, ("pages", name, "text"))
        html = converter.html(page.text, place)
        # In a leaflet a heading in a text stands two levels lower than on a page of its own.
        made[str(name)] = Markup(re.sub(r"(</?h)[34]>", r"\g<1>2>", str(html)))  # noqa: S704 - it was safe before
    return made, marks.problems


def help_boxes(library: Library, built: Sequence[Subject]) -> Iterable[tuple[str, str, Markup]]:
    """For each reader who gets leaflets to take home: the id, the name, and the help lines as they are printed."""
    for audience in library.audiences.values():
        mine = (one for one in built if one.item.audience == audience.id and not one.item.worksheet)
        found = next((found for one in mine if (found := _HELP.search(one.html))), None)
        if found and not audience.not_a_handout:
            yield audience.id, audience.name[built[0].item.language], Markup(_help(found[1]))  # noqa: S704 - our own page


def _help(lines: str) -> str:
    """The lines with numbers that a phone calls when they are touched."""
    called = _CALL.sub(lambda m: f'<a href="tel:{m[0].replace(" ", "")}">{m[0]}</a>', lines)
    return f'<div class="help-now">{_TEXT.sub(lambda m: f"""<a href="sms:{m[1]}">{m[0]}</a>""", called)}</div>'


def worksheet_words(text: str) -> list[tuple[str, str]]:
    """The plain text of a worksheet as headings and paragraphs, each with the name of its element, without the title.

    Lines that the text edition broke at 72 characters are joined again; items of a list keep lines of their own.
    The numbers of empty lines to write on are left out.
    """
    found = []
    for block in re.split(r"\n{2,}", text.strip()):
        head, _, under = block.partition("\n")
        if re.fullmatch(r"-{3,}", under):
            found.append(("h3", head))
        elif not re.fullmatch(r"={3,}", under) and not block.isdigit():
            found.append(("p", re.sub(r"\n(?!\s*(?:[-*•]|\d+\.) )\s*", " ", block)))
    return found
