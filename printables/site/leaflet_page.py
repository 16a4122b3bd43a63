"""A leaflet's published page in parts, between which the website puts what can be done with it; the ways to others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from printables.pages.formats.html_tree import parse
from printables.pages.formats.web_page import page_body
from printables.site.model import SiteHandout, SiteModel

STRIP = 'class="number-strip"'
"""The numbers to ring below the title."""
_OF_PAPER = (
    re.compile(r'<section class="cover".*?</section>', re.DOTALL),
    re.compile(r'<li class="blank">.*?</li>\n?', re.DOTALL),
    re.compile(r'<div class="about-service">\s*<h3>[^<]*</h3>\s*<ul class="contact">\s*</ul>\s*</div>\n?'),
)
"""A private cover, and lines on which a service writes who it is; where there are no others, all that is about it."""
_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_PARTS = re.compile(r"(?P<head>.*?)<div>\s*(?P<first><section .*?</section>)(?P<rest>.*)</div>\s*", re.DOTALL)
"""The only `<div>` without attributes before the first section is what was `<main>`. No section holds another one."""
_OTHER = re.compile(
    r'<span data-handout="(?P<therapy>[\w-]+) (?P<reader>[\w-]+)">'
    r'(?P<inside>(?:[^<]|<span class="whole">[^<]*</span>)*)</span>'
)
"""The name of another leaflet; a compound in it that no line may break stands in a span of its own."""


@dataclass(frozen=True)
class LeafletPage:
    """A leaflet's page. `title` is the text of its h1; `classes` are those that its style sheet goes by.

    `head` is the title band with the numbers to ring, `first` the first section, `rest` all others.
    """

    title: str
    classes: str
    head: Markup
    first: Markup
    rest: Markup

    @property
    def has_numbers(self) -> bool:
        """Whether numbers to ring stand below the title."""
        return STRIP in self.head


Addresses = Mapping[tuple[str, str], str]
"""The path of every leaflet of the site, by therapy and audience."""


def addresses(model: SiteModel) -> Addresses:
    """Return the path of each leaflet of the site."""
    return {(one.record, one.audience): one.page for one in model.handouts() if one.kind == "leaflet"}


def goes_with(model: SiteModel, sheet: SiteHandout) -> list[tuple[str, str]]:
    """Return path and name of what a worksheet goes with: the leaflet for its reader, or the page of the therapy."""
    pages = addresses(model)
    therapies = [one for one in model.therapies if one.id in sheet.therapies]
    return [(pages.get((one.id, sheet.audience), one.page), one.name) for one in therapies]


def leaflet_page(page: str, path: str, whom: str, others: Addresses) -> LeafletPage:
    """Return the parts of a published page that will stand at `path`, without what only paper has.

    `whom` ("for teenagers") is added to its title, unseen, so that no two pages of a therapy are called the same: the
    eye sees it in the label above. Without sections it is all head. Raises ValueError where this is no page of ours.
    """
    body = page_body(page)
    whole = without_paper(body.html).strip()
    title, found = _TITLE.search(whole), _PARTS.fullmatch(whole)
    if title is None:
        raise ValueError("a leaflet without a title")
    head, first, rest = (found["head"], found["first"], found["rest"]) if found else (whole, "", "")
    words = parse(f"{title[1]} {escape(whom)}").words
    heading = Markup('<h1>{}<span class="quiet"> {}</span></h1>').format(words.removesuffix(f" {whom}"), whom)
    head = head.replace(title[0], heading)
    parts = (Markup(with_names(part, path, others)) for part in (head, first, rest))  # noqa: S704 - see page_body
    return LeafletPage(words, body.classes, *parts)


def without_paper(html: str) -> str:
    """Return the page without what only paper has."""
    for one in _OF_PAPER:
        html = one.sub("", html)
    return html


def with_names(html: str, path: str, others: Addresses) -> str:
    """Return what stands at `path` with the names of other leaflets of the site as links; others stay words."""
    root = "../" * path.count("/")

    def link(name: re.Match[str]) -> str:
        path = others.get((name["therapy"], name["reader"]))
        return f'<a href="{root}{path}">{name["inside"]}</a>' if path else name["inside"]

    return _OTHER.sub(link, html)
