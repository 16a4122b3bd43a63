"""Numbers to call stay whole on a page; on a screen they can be touched, and its body can be put into another page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from printables.library.phone import PhoneWords, reaches, unbroken
from printables.pages.formats.registry import Format

_BODY = re.compile(r'<body class="(?P<classes>[^"]*)"[^>]*>(?P<inside>.*)</body>', re.DOTALL)
_MAIN = re.compile(r"<(/?)main>")
_PHONE = re.compile(
    r'<(?P<tag>\w+)(?P<before>[^>]*) data-phone(?:="(?P<said>[^"]*)")?(?P<after>[^>]*)>(?P<inside>.*?)</(?P=tag)>',
    re.DOTALL,
)
"""An element in whose words numbers are looked for; none of the same name stands in it. Where it holds a number alone,
the value of `data-phone` says what to do with it: Text SHOUT to 85258."""


_TARGET = re.compile(r'<span data-target="(?P<id>[\w-]+)"(?P<rest>[^>]*)>(?P<inside>.*?)</span>', re.DOTALL)
"""What leads to a place on the same page on a screen only; no span stands in it."""


_SHEET = re.compile(r'<li data-worksheet="(?P<id>[\w-]+)">(?P<title>[^<]*)</li>')
"""The name of a worksheet, which is a link where it has a page."""
_SHEETS_FROM = re.compile(r'(?P<start><div class="worksheets">\s*<p>).*?(?=</p>)', re.DOTALL)
"""The sentence before the names of worksheets, which says where to get them on paper."""


@dataclass(frozen=True)
class PageBody:
    """The leaflet's own markup, and the classes that its style sheet goes by."""

    classes: str
    html: Markup


def with_whole_numbers(page: str) -> str:
    """The same page, where the groups of a number stay on one line in elements with the mark `data-phone`."""
    return _PHONE.sub(lambda found: found[0].replace(found["inside"], unbroken(found["inside"])), page)


def with_links(page: str, words: PhoneWords) -> str:
    """The same page, where the numbers in elements with the mark `data-phone` are called or texted when touched.

    Paper has no links there: in print, the page with its marks is laid out as if they were not there.
    """
    page = _TARGET.sub(r'<a href="#\g<id>"\g<rest>>\g<inside></a>', page)
    return _PHONE.sub(lambda m: _touched(m, words), page)


def with_sheet_links(page: str, pages: Mapping[str, str], said: str = "") -> str:
    """The same page, where the names of worksheets with a page lead there. `pages`: its address by the sheet's id.

    Where all of them do, nobody has to ask for a sheet, so that the text `said` stands before their names.
    """

    def linked_sheet(found: re.Match[str]) -> str:
        address = pages.get(found["id"])
        return f'<li><a href="{escape(address)}">{found["title"]}</a></li>' if address else found[0]

    if said and all(found["id"] in pages for found in _SHEET.finditer(page)):
        page = _SHEETS_FROM.sub(lambda found: f"{found['start']}{escape(said)}", page)
    return _SHEET.sub(linked_sheet, page)


def _touched(found: re.Match[str], words: PhoneWords) -> str:
    if found["said"]:
        return _touched_whole(found, words)
    pieces = re.split(r"(<[^>]*>)", found["inside"])
    inside = "".join(one if one[:1] == "<" else linked(html.unescape(one), words) for one in pieces)
    return f"<{found['tag']}{found['before']}{found['after']}>{inside}</{found['tag']}>"


def _touched_whole(found: re.Match[str], words: PhoneWords) -> str:
    """The element with all that is in it as one link, as the words say that it is called or texted."""
    said = html.unescape(found["said"])
    reach = next(iter(reaches(said, words)), None)
    link = Markup('<a class="reach" href="{}" aria-label="{}">').format(reach.address, said) if reach else ""
    end = "</a>" if reach else ""
    return f"<{found['tag']}{found['before']}{found['after']}>{link}{found['inside']}{end}</{found['tag']}>"


def linked(text: str, words: PhoneWords) -> Markup:
    """A text as HTML with its numbers as links. Its words stay as they are."""
    made, at = Markup(""), 0
    link, mark = Markup('<a class="reach" href="{}"{}>{}</a>'), Markup('<span class="reach-end">{}</span>')
    for reach in reaches(text, words):
        name = Markup(' aria-label="{}"').format(reach.name) if reach.name else ""
        made += escape(text[at : reach.start]) + link.format(reach.address, name, text[reach.start : reach.end])
        at = reach.end
        if text[at : at + 1] in tuple(".,;:"):  # spoken and copied, and not seen behind what looks like a button
            made += mark.format(text[at])
            at += 1
    return made + escape(text[at:])


def page_body(page: str) -> PageBody:
    """What stands in the body of `page`, to be put into a page that has a `<main>` already.

    Raises ValueError where this is no page of ours.
    """
    found = _BODY.search(page)
    if found is None:
        raise ValueError("a page without a body")
    inside = _MAIN.sub(r"<\1div>", found["inside"])
    return PageBody(found["classes"], Markup(inside))  # noqa: S704 - our own page, escaped when it was made


FORMAT = Format(
    name="web-page",
    suffix=".html",
    title="web page",
    media_type="text/html; charset=utf-8",
    make=lambda page: page.screen.encode(),
    on_website=False,
)
