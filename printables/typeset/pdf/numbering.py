"""Page numbers inside of the text: "help is on page 4", contents, sheets of a handout, index.

They are known only once it is laid out: with guessed numbers first, then again with the right ones where the guess was
wrong. `{page:ID}` in the HTML becomes the number of the page on which the element begins, `{sheets:ID}` how many pages
a handout has, and `{index:TERM}` the pages on which a term stands. CSS could count the first (`target-counter`), but
the engine then lays out the page that names it two more times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as engine
from printables.typeset.page import Finding, NumberingRules, Page

MARK = re.compile(r"\{(page|sheets|index):([^{}]+)\}")
GUESS = {"page": "00", "sheets": "0", "index": "0, 00"}
AS_TYPED = str.maketrans("“”‘’", "\"\"''")
"""Terms of an index are looked for as they were typed, with straight quotation marks."""
MOST = 4
"""The page on which help stands at latest in our leaflets: a fifth holds sources."""
TRIES = 4
"""Layouts at most: numbers of another width can move a line, and with it a page."""


@dataclass(frozen=True)
class PageNumbers:
    """Where everything stands, in a laid-out book. Pages are counted from 0."""

    front: int = 0
    """Pages before page 1."""
    starts: dict[str, int] = field(default_factory=dict)
    """The page of every id that is asked for."""
    index: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def label(self, page: int) -> str:
        """What is printed at the foot of a page: roman before page 1."""
        return _roman(page + 1) if page < self.front else str(page - self.front + 1)

    def ranges(self, pages: tuple[int, ...]) -> str:
        """Pages as an index names them: three in a row and more are one range, "7, 12 to 15"."""
        runs: list[list[int]] = []
        for page in pages:
            if runs and page == runs[-1][-1] + 1:
                runs[-1].append(page)
            else:
                runs.append([page])
        return ", ".join(
            f"{self.label(run[0])} to {self.label(run[-1])}" if len(run) > 2 else ", ".join(map(self.label, run))
            for run in runs
        )

    def sheets(self, name: str) -> int:
        """How many pages a handout has."""
        return self.starts.get(end_of(name), 0) - self.starts.get(name, 0) + 1


def end_of(handout: str) -> str:
    """The id of the element that ends a handout."""
    return f"{handout}-end"


def guessed(page: Page, last: Mapping[str, int]) -> PageNumbers | None:
    """What a leaflet's numbers may be: those of the `last` one, or else where most have their help. None for a book."""
    if page.numbering:
        return None
    names = (unescape(name) for kind, name in MARK.findall(page.html) if kind == "page")
    return PageNumbers(starts={name: last.get(name, min(page.rules.max_pages, MOST) - 1) for name in names})


def filled(html: str, numbers: PageNumbers | None) -> str:
    """The HTML with its numbers, or with stand-ins of the usual width where they are not yet known."""

    def number(found: re.Match[str]) -> str:
        kind, name = found[1], unescape(found[2])
        if numbers is None:
            return GUESS[kind]
        if kind == "sheets":
            return str(numbers.sheets(name))
        if kind == "page":
            return numbers.label(numbers.starts[name]) if name in numbers.starts else "?"
        return numbers.ranges(numbers.index.get(name, ()))

    return MARK.sub(number, html)


def page_rules(numbers: PageNumbers | None, numbering: NumberingRules | None) -> str:
    """A book's style rules that start to count anew: pages after the front matter, sheets at each handout."""
    if not numbers or not numbering:
        return ""
    body = f"@page :nth({numbers.front + 1}) {{ counter-reset: page 1 }}\n"
    sheets = (numbers.starts[name] + 1 for name in numbering.handouts if name in numbers.starts)
    return body + "".join(f"@page :nth({page}) {{ counter-reset: sheet 0 }}\n" for page in sheets)


def measured(document: Any, numbering: NumberingRules | None, html: str) -> PageNumbers:
    """Where the elements and terms stand that the numbers of `html` are about."""
    if not numbering and not MARK.search(html):
        return PageNumbers()
    numbering = numbering or NumberingRules("")
    pages = list(enumerate(document.pages))
    anchors = {name: at for at, page in reversed(pages) for name in page.anchors}  # what goes on overleaf began before
    asked = {unescape(name) for kind, name in MARK.findall(html) if kind == "page"}
    wanted = asked | {part for name in numbering.handouts for part in (name, end_of(name))} | {numbering.body}
    front = anchors.get(numbering.body, 0)
    last = anchors.get(numbering.end, len(document.pages)) if numbering.end else len(document.pages)
    terms = [unescape(name) for kind, name in MARK.findall(html) if kind == "index"]
    texts = [_text(document.pages[at]) if front <= at < last and terms else "" for at in range(len(document.pages))]
    index = {term: tuple(at for at, text in enumerate(texts) if _stands_in(term, text)) for term in terms}
    return PageNumbers(front, {name: at for name, at in anchors.items() if name in wanted}, index)


def nowhere(numbers: PageNumbers, html: str) -> Iterator[Finding]:
    """What a number is asked for and is not in the book."""
    mend = "Take it out, or write it as it stands in the book."
    for kind, name in dict.fromkeys(MARK.findall(html)):
        shown = unescape(name)
        if kind == "index" and not numbers.index.get(shown):
            yield Finding(
                Rule.C1, f'The index lists "{shown}", which stands nowhere in the book.', mend, section="index"
            )
        if kind == "page" and shown not in numbers.starts:
            yield Finding(Rule.C1, f'The number of the page with "{shown}" is asked for, which is nowhere.', mend)


def unstable() -> Finding:
    """The numbers move the pages that they number."""
    what = "The page numbers in the text move the pages they are about, again and again."
    return Finding(Rule.C1, what, "Shorten an entry that just fills its line, or one that breaks.")


def _text(page: Any) -> str:
    return " ".join(" ".join(engine.text_of(page)).split()).casefold().translate(AS_TYPED)


def _stands_in(term: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term.casefold())}(?!\w)", text) is not None


def _roman(number: int) -> str:
    made = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        made += letters * count
    return made
