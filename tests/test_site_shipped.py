"""Every leaflet that ships as a page of the website: its help lines can be touched, and it fits a small screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from shipped_case import sample, shipped
from site_case import chromium

from printables.checks.subject import Subject
from printables.library.regions import HelpLine
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.formats.html_tree import Element, parse
from printables.pages.formats.typography import typographic
from printables.pages.formats.web_page import with_links
from printables.pages.templates.render import Pages
from printables.site import assets
from printables.site.leaflet_page import LeafletPage, leaflet_page

pytestmark = [pytest.mark.pdf, pytest.mark.slow]
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(TEMPLATES, TEMPLATES)


def leaflets() -> list[Subject]:
    return [subject for subject in shipped().subjects if not subject.item.worksheet]


def web(subject: Subject) -> LeafletPage:
    """The leaflet as the website shows it."""
    page = typographic(with_links(subject.html, subject.leaflet.locale.phone), subject.leaflet.locale.quotes)
    return leaflet_page(page, subject.item.path.replace(".pdf", ".html"), f"for {subject.item.audience}", {})


def out_of_reach(element: Element) -> Iterator[str]:
    """The texts in no link, in the order of the page."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag not in ("a", "title"):
            yield from out_of_reach(child)


def numbers_in(page: str, lines: Sequence[HelpLine]) -> list[str]:
    """The numbers of help lines that are no links, but for those in names: beside "NHS 111" stands its link."""
    text = " ".join(" ".join(out_of_reach(parse(page))).split())
    for line in lines:
        text = text.replace(line.name, "")
    numbers = "|".join(re.escape(line.number) for line in lines if line.number)
    return re.findall(rf"(?<![\w.–-])(?:{numbers})(?![\w–-])", text)


def test_every_number_of_a_help_line_is_a_link() -> None:
    """Also one that stands in running text."""
    found = {}
    for subject in leaflets():
        page, lines = web(subject), subject.leaflet.region.help_lines
        html = f"<div>{page.head}{page.first}{page.rest}</div>"
        assert len(re.findall(r'href="(?:tel|sms):', html)) >= 6
        found[subject.item.path] = numbers_in(html, lines)
    assert len(found) == 46
    assert {path for path, numbers in found.items() if numbers} == set()


def test_a_number_that_is_none_would_be_noticed() -> None:
    lines = leaflets()[0].leaflet.region.help_lines
    assert numbers_in('<p>NHS 111: <a href="tel:999">999</a>, or 116 123.</p>', lines) == ["116 123"]


WIDE = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
BEYOND = """() => [...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('.quiet, .reach-end, svg') && one.checkVisibility() && one.getClientRects().length
        && (one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
            || one.getBoundingClientRect().left < -1))
    .map((one) => `${one.closest('section')?.id}: ${one.tagName} ${one.textContent.trim().slice(0, 60)}`)"""


@pytest.mark.parametrize("audience", ["adults", "teens", "parents", "professionals"])
def test_a_leaflet_fits_320_pixels_with_wide_letters(browser: Browser, pages: Pages, audience: str) -> None:
    """WCAG 2.2, 1.4.10 and 1.4.12."""
    look = LeafletStyle(audience)
    rules = "".join(pages.source(f"_site/{name}.css") for name in ("site", "reading")) + assets.leaflet_sheet(
        pages, look
    )
    page = browser.new_page(viewport={"width": 320, "height": 800})
    wrong = {}
    for subject in sample(one for one in leaflets() if one.item.audience == audience):
        shown = web(subject)
        classes, html = shown.classes, f"{shown.head}<div>{shown.first}</div>"
        parts = f'<div class="{classes} opening">{html}</div><div class="{classes} following">{shown.rest}</div>'
        page.set_content(
            f'<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><style>{rules}{WIDE}'
            f'</style><main><article class="reading for-{audience}">{parts}</article></main>'
        )
        found = page.evaluate(BEYOND)
        if found:
            wrong[subject.item.path] = found
    page.close()
    assert wrong == {}
