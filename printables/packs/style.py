"""The style sheet of a book: its own rules, those of its handouts, and a rule for each kind of page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from printables.packs.book import Book, Member
from printables.packs.geometry import SIDE, TOP, geometry_of
from printables.packs.members import DEEPER
from printables.pages.compose.brand import readable
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.pages.templates.scoping import scoped

LENGTH = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)pt\b")
OF_PAGES = re.compile(r"(?:string-set|bookmark|break-)[\w-]*:[^;}]*;?")
"""What concerns whole pages, and so nothing inside of a picture."""
TAB, TAB_STEP = 54, 60
"""The height of a thumb tab, and the distance from one to the next, in points."""
MOST_TABS = 11
"""The number of thumb tabs on a page; then they start again at the top."""


def style_sheet(pages: Pages, book: Book, looks: Mapping[str, LeafletStyle]) -> str:
    """Return the whole style sheet. `looks` are the styles of the handouts by audience."""
    parts = [*(pages.source(name) for name in _own(book)), _brand(pages, book)]
    if book.leads:
        parts.append(_small(pages, book))
    parts += [
        scoped(pages.css(look), f".leaflet.{audience}", screen=False, deeper=DEEPER) for audience, look in looks.items()
    ]
    return "\n".join([*parts, *_page_rules(pages, book, looks)])


def _own(book: Book) -> tuple[str, ...]:
    """Return the style sheets of the book itself."""
    large = ["_pack/large-print.css"] if "large-print" in book.styles else []
    return ("_base/tokens.css", "_base/page.css", "_pack/pack.css", "_pack/session.css", *large)


def colours(pages: Pages, book: Book) -> dict[str, str]:
    """Return the colours of the book by role; `brand` is the clinic's, dark enough to read, or else the accent."""
    base = dict(re.findall(r"--([\w-]+):\s*(#\w+)", pages.source("_base/tokens.css")))
    return {**base, "brand": readable(book.brand, base) if book.brand else base["accent"]}


def _brand(pages: Pages, book: Book) -> str:
    return f":root {{ --brand: {colours(pages, book)['brand']} }}"


def _small(pages: Pages, book: Book) -> str:
    """Return the rules of the learner's page as it is drawn in the facilitator's book: the same ones, made smaller."""
    sheet = geometry_of(book.styles)
    rules = scoped("\n".join(pages.source(name) for name in _own(book)), ".small-page", screen=False)
    rules = LENGTH.sub(lambda found: f"{float(found[1]) * sheet.small:.3f}pt", OF_PAGES.sub("", rules))
    width, height = sheet.width * sheet.small, sheet.height * sheet.small
    frame = f"inline-size: {width:.2f}pt; block-size: {height:.2f}pt"
    inside = f"padding: {TOP * sheet.small:.2f}pt {SIDE * sheet.small:.2f}pt 0"
    return f"{rules}\n.picture {{ {frame} }} .small-page {{ {frame}; {inside} }} .rail {{ block-size: {height:.2f}pt }}"


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
        tab = _tab(chapter.number, "18pt/21pt" if large else "14pt/18pt", colours(pages, book)["brand"])
        yield f"@page tab-{chapter.number} {{ {tab} }} body > .tab-{chapter.number} {{ page: tab-{chapter.number} }}"
        for audience, sheet in sorted({(member.audience, _sheet(member)) for member in chapter.members}):
            name = f"tab-{chapter.number}-{audience}{sheet}"
            margin = _margin(pages, looks[audience], sheet, large=large)
            yield (
                f"@page {name} {{ {margin}; counter-increment: sheet page; {handout} {tab} }}"
                f" body > .handout{sheet and '.worksheet'}.tab-{chapter.number}.paper-{audience} {{ page: {name} }}"
            )


def _sheet(member: Member) -> str:
    """Return the name of the page that a worksheet is made for, such as -a4-sheet; nothing for all other pages."""
    classes = member.classes.split()
    paper = next((paper for paper in ("a4", "letter") if paper in classes), None)
    return f"-{paper}-sheet" if paper and "worksheet" in classes else ""


def _margin(pages: Pages, look: LeafletStyle, sheet: str, *, large: bool) -> str:
    """Return the margins that a handout has as a loose one; below, two lines of 18 points need more room."""
    tokens = pages.tokens(look)
    margin = f"margin: {tokens['page-top']} {tokens['page-side']} {tokens['page-foot']}"
    own = re.search(rf"@page {sheet[1:]} \{{([^}}]*)\}}", pages.css(look)) if sheet else None
    return "; ".join([margin, *([own[1].strip(" ;")] if own else []), *(["margin-bottom: 75pt"] if large else [])])


def _tab(number: int, letters: str, colour: str) -> str:
    """Return the rule of a thumb tab at the edge, lower for each session."""
    down = (number - 1) % MOST_TABS * TAB_STEP
    return (
        f'@right-top {{ content: "{number}"; width: 21pt; height: {TAB}pt; margin-top: {down}pt; margin-left: auto;'
        f' background: {colour}; color: #ffffff; font: 700 {letters} "Atkinson Hyperlegible", sans-serif;'
        " text-align: center; vertical-align: middle }"
    )
