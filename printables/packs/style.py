"""A book's style sheet: its own, those of the handouts in it, and a rule for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from printables.packs.book import Book
from printables.packs.members import DEEPER
from printables.pages.leaflet import Look
from printables.pages.render import Pages
from printables.pages.scoping import scoped

TAB, TAB_STEP = 54, 60
"""Height of a thumb tab, and the way from one to the next, in points."""
MOST_TABS = 11
"""More would run off the page; then they begin anew at the top."""


def style_sheet(pages: Pages, book: Book, looks: Mapping[str, Look]) -> str:
    """The whole style sheet. `looks` are those of the handouts by audience."""
    parts = [pages.source("_base/tokens.css"), pages.source("_base/page.css"), pages.source("_pack/pack.css")]
    parts += [
        scoped(pages.css(look), f".leaflet.{audience}", screen=False, deeper=DEEPER) for audience, look in looks.items()
    ]
    return "\n".join([*parts, *_page_rules(pages, book, looks)])


def _page_rules(pages: Pages, book: Book, looks: Mapping[str, Look]) -> Iterator[str]:
    """Heads, feet and thumb tabs. Front matter has roman numbers, the cover has none, handouts count their sheets."""
    size = {"letter": "Letter", "a5": "A5"}.get(book.styles[0], "A4")
    font = 'font: 12pt/15pt "Atkinson Hyperlegible", sans-serif; color: #1b1b1b; vertical-align: top; padding-top: 9pt'
    foot = f"@bottom-left {{ content: string(title); {font}; width: 80% }}"
    number = f"@bottom-right {{ content: counter(page); {font}; font-weight: 700; width: 20% }}"
    yield f"@page {{ size: {size}; {foot} {number} }}"
    yield f"@page front {{ @bottom-right {{ content: counter(page, lower-roman); {font}; font-weight: 700 }} }}"
    yield "@page cover { @bottom-left { content: none } @bottom-right { content: none } }"
    sheet = 'string(sheet) " " counter(sheet) " " string(of) " " string(sheets)'
    for chapter in book.chapters:
        tab = _tab(chapter.number)
        yield f"@page tab-{chapter.number} {{ {tab} }} body > .tab-{chapter.number} {{ page: tab-{chapter.number} }}"
        for audience in sorted({member.audience for member in chapter.members}):
            tokens = pages.tokens(looks[audience])
            name = f"tab-{chapter.number}-{audience}"
            margin = f"margin: {tokens['page-top']} {tokens['page-side']} {tokens['page-foot']}"
            told = f"@bottom-left {{ content: {sheet}; {font}; width: 80% }}"
            yield (
                f"@page {name} {{ {margin}; counter-increment: sheet page; {told} {tab} }}"
                f" body > .handout.tab-{chapter.number}.paper-{audience} {{ page: {name} }}"
            )


def _tab(number: int) -> str:
    """A thumb tab at the edge: lower for each session."""
    down = (number - 1) % MOST_TABS * TAB_STEP
    return (
        f'@right-top {{ content: "{number}"; width: 21pt; height: {TAB}pt; margin-top: {down}pt; margin-left: auto;'
        ' background: #0b4a45; color: #ffffff; font: 700 14pt/18pt "Atkinson Hyperlegible", sans-serif;'
        " text-align: center; vertical-align: middle }"
    )
