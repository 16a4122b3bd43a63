"""The style sheet of a book: its own rules, those of its handouts, and a rule for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from printables.packs.book import Book
from printables.packs.members import DEEPER
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.pages.templates.scoping import scoped

TAB, TAB_STEP = 54, 60
"""The height of a thumb tab, and the distance from one to the next, in points."""
MOST_TABS = 11
"""The number of thumb tabs on a page; then they start again at the top."""


def style_sheet(pages: Pages, book: Book, looks: Mapping[str, LeafletStyle]) -> str:
    """Return the whole style sheet. `looks` are the styles of the handouts by audience."""
    large = ["_pack/large-print.css"] if "large-print" in book.styles else []
    own = ("_base/tokens.css", "_base/page.css", "_pack/pack.css", *large)
    parts = [pages.source(name) for name in own]
    parts += [
        scoped(pages.css(look), f".leaflet.{audience}", screen=False, deeper=DEEPER) for audience, look in looks.items()
    ]
    return "\n".join([*parts, *_page_rules(pages, book, looks)])


def _page_rules(pages: Pages, book: Book, looks: Mapping[str, LeafletStyle]) -> Iterator[str]:
    """Yield rules for headers, footers and thumb tabs. Front matter has roman numbers, the cover has none."""
    size = next((name for part, name in (("letter", "Letter"), ("a5", "A5")) if part in book.styles), "A4")
    large = "large-print" in book.styles
    letters = "18pt/21pt" if large else "12pt/15pt"
    left = 58 if large else 72  # the rest of the footer is for the sheet and page number
    font = f'font: {letters} "Atkinson Hyperlegible", sans-serif; color: #1b1b1b; vertical-align: top; padding-top: 9pt'
    foot = f"@bottom-left {{ content: string(title); {font}; width: 80% }}"
    number = f"@bottom-right {{ content: counter(page); {font}; font-weight: 700; width: 20% }}"
    yield f"@page {{ size: {size}; {foot} {number} }}"
    roman = f"@bottom-right {{ content: counter(page, lower-roman); {font}; font-weight: 700 }}"
    yield f"@page front {{ @bottom-left {{ content: none }} {roman} }}"
    for kind in ("cover", ":blank"):
        yield f"@page {kind} {{ @bottom-left {{ content: none }} @bottom-right {{ content: none }} }}"
    sheet = 'string(sheet) " " counter(sheet) " " string(of) " " string(sheets)'
    handout = (
        f"@bottom-left {{ content: string(running); {font}; width: {left}% }}"
        f' @bottom-right {{ content: {sheet} "\\A0\\A0\\A0\\A0 " counter(page); {font};'
        f" font-weight: 700; width: {100 - left}% }}"
    )
    for chapter in book.chapters:
        tab = _tab(chapter.number, "18pt/21pt" if "large-print" in book.styles else "14pt/18pt")
        yield f"@page tab-{chapter.number} {{ {tab} }} body > .tab-{chapter.number} {{ page: tab-{chapter.number} }}"
        for audience in sorted({member.audience for member in chapter.members}):
            tokens = pages.tokens(looks[audience])
            name = f"tab-{chapter.number}-{audience}"
            below = "75pt" if large else tokens["page-foot"]  # two lines of 18 points need more room
            margin = f"margin: {tokens['page-top']} {tokens['page-side']} {below}"
            yield (
                f"@page {name} {{ {margin}; counter-increment: sheet page; {handout} {tab} }}"
                f" body > .handout.tab-{chapter.number}.paper-{audience} {{ page: {name} }}"
            )


def _tab(number: int, letters: str) -> str:
    """Return the rule of a thumb tab at the edge, lower for each session."""
    down = (number - 1) % MOST_TABS * TAB_STEP
    return (
        f'@right-top {{ content: "{number}"; width: 21pt; height: {TAB}pt; margin-top: {down}pt; margin-left: auto;'
        f' background: #0b4a45; color: #ffffff; font: 700 {letters} "Atkinson Hyperlegible", sans-serif;'
        " text-align: center; vertical-align: middle }"
    )
