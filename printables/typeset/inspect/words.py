"""Are all the words there, together where they must be, and not too many? (standards A3, A16, A17)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from printables.checklist import Rule
from printables.typeset.fonts import needs_wider
from printables.typeset.inspect.source import HtmlWords, runs_left, squash, words_in
from printables.typeset.inspect.text import PdfPage, TextLine
from printables.typeset.page import Finding, PrintRules

QUOTE = 12
"""Words that a message quotes."""
NUMBERS = "first-numbers"
"""The element that holds the numbers to ring."""
ADDED = "about"
"""The section that holds what a clinic adds."""
NEED_ROOM = (Rule.A3, Rule.A16, Rule.A17, Rule.T2)
"""Rules that a page may break only because something on it needs more room than usual."""
MORE_PAGES = "Room was made with more pages than its text alone may have."
LONGEST = 1000
"""Letters of the longest word worth mending; it bounds the work on a page of one-word lines."""


def inspect_words(source: HtmlWords, sheets: list[PdfPage], own: list[PdfPage], rules: PrintRules) -> list[Finding]:
    """Findings about all `sheets`; first page and budget are those of its `own`, without cover and note pages."""
    return [
        *_lost(source, sheets),
        *_split(source, sheets, rules),
        *_late(source, own, rules),
        *_numbers_later(source, own, rules),
        *_budget(source, own, rules),
        *_told_outside(sheets, rules),
    ]


def lost_words(source: HtmlWords, sheets: list[PdfPage]) -> Counter[str]:
    """Words of the HTML that are not in the PDF, with how often each is missing.

    Two words that touch each other, as in cells without padding, are told apart by the runs in which they are drawn.
    A word broken at the end of a line counts as found, and so does one moved into a header or footer.
    """
    wanted = Counter(word.folded for word in source.words)
    body = [line for sheet in sheets for line in sheet.body]
    drawn = Counter(word for line in body for word in line.words)
    missing = wanted - drawn
    if not missing:
        return missing
    missing -= Counter(word for sheet in sheets for line in sheet.margins for word in line.words)
    missing -= Counter(word for line in body for run in line.runs for word in words_in(run.text)) - drawn
    missing -= Counter(_mended(body))
    return missing - Counter(_of_two_fonts(missing, sheets))


def _of_two_fonts(missing: Counter[str], sheets: list[PdfPage]) -> dict[str, int]:
    """How often words are drawn that PDFium may part: of two typefaces, or from right to left."""
    left = any(line.runs_left for sheet in sheets for line in sheet.body)
    mixed = [word for word in missing if left or needs_wider(word)]
    whole = [_squashed(sheet.body) for sheet in sheets] if mixed else []
    across = [_across(sheet) for sheet in sheets] if mixed and left else []
    return {word: max(_count_in(whole, word), _count_in(across, word)) for word in mixed}


def _across(sheet: PdfPage) -> str:
    """The words of a page's lines as they stand from the left to the right, where codes and figures are whole."""
    return "".join(squash("".join(run.text for run in line.across)) for line in sheet.body)


def _count_in(pages: list[str], word: str) -> int:
    return sum(page.count(word) for page in pages)


def _mended(body: list[TextLine]) -> Iterator[str]:
    """What the last word of a line makes with the first of the next, and on where a line holds one word: an address."""
    lines = [line.words for line in body if line.words]
    for place, words in enumerate(lines[:-1]):
        joined = words[-1]
        for following in lines[place + 1 :]:
            joined += following[0]
            yield joined
            if len(following) > 1 or len(joined) > LONGEST:
                break


def _lost(source: HtmlWords, sheets: list[PdfPage]) -> Iterator[Finding]:
    missing = lost_words(source, sheets)
    if not missing:
        return
    first = _first_loss(source, missing)
    section = source.words[first].section
    quote = " ".join(word.shown for word in source.words[first : first + QUOTE])
    yield Finding(
        Rule.A16,
        f'{_count(missing.total())} missing from the PDF, near "{quote}"{_in(source, section)}.',
        "Take that text out of any box with a fixed height, float or absolute position, or make the text shorter.",
        section=section,
    )


def _first_loss(source: HtmlWords, missing: Counter[str]) -> int:
    """Where the loss most likely begins: the stretch of words with the greatest share of missing ones."""
    wanted = Counter(word.folded for word in source.words)
    share = [missing[word.folded] / wanted[word.folded] for word in source.words]
    best = max(range(len(share)), key=lambda place: sum(share[place : place + QUOTE]))
    return next(place for place in range(best, len(share)) if share[place])


def _split(source: HtmlWords, sheets: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    for name in rules.whole:
        words = source.inside(name)
        if not words:
            yield Finding(
                Rule.A3,
                f'The part "{name}", which every leaflet must have, is missing or empty.',
                "Add it to the template or give it its words; without it the leaflet is not published.",
                section=name,
            )
        elif not any(_holds(sheet, source, name) for sheet in sheets):
            yield Finding(
                Rule.A3,
                f'The part "{source.title_of(name)}" does not stand whole and in order on one page.',
                "Keep it together (break-inside: avoid), or shorten it until it fits on one page.",
                section=name,
            )


def _late(source: HtmlWords, own: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    for name in rules.first_page:
        if not source.inside(name) or not any(_holds(sheet, source, name) for sheet in own[:1]):
            yield Finding(
                Rule.T2,
                f'The part "{source.title_of(name)}" does not stand whole on page {rules.cover + 1}.',
                "Shorten what stands before it, or move it up in the audience's list of sections.",
                severity="warning" if rules.makes_room else "error",
                section=name,
            )


def _numbers_later(source: HtmlWords, own: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    """The engine puts a note that does not fit at the foot of its page at the foot of the next, and says nothing."""
    if not rules.numbers_first:
        return
    first, last = source.elements.get(NUMBERS, (0, 0))
    wanted = Counter(word.folded for word in source.words[first:last])
    if first == last or wanted - _drawn(own[:1], wanted):
        yield Finding(
            Rule.A3,
            f"The numbers to ring do not stand on page {rules.cover + 1}.",
            "Shorten what stands before them: the title, the first box or what follows it.",
            severity="warning" if rules.makes_room else "error",
            section=NUMBERS,
        )


def _holds(sheet: PdfPage, source: HtmlWords, name: str) -> bool:
    """Whether a page has all the words of an element, in their order where they are not written from right to left.

    There PDFium gives the words of a line in an order of its own: the order of figures is read from their places.
    """
    words = source.inside(name)
    if any(words in page for page in _readings(sheet)):
        return True
    first, last = source.elements[name]
    wanted = Counter(word.folded for word in source.words[first:last])
    return any(map(runs_left, words)) and not wanted - _drawn([sheet], wanted)


def _drawn(sheets: list[PdfPage], wanted: Iterable[str]) -> Counter[str]:
    """How often each word is drawn on these pages, and those wanted from right to left also where PDFium parts them."""
    drawn = Counter(word for sheet in sheets for line in sheet.body for word in line.words)
    whole = [_squashed(sheet.body) for sheet in sheets]
    for word in wanted:
        if any(map(runs_left, word)):
            drawn[word] = max(drawn[word], sum(page.count(word) for page in whole))
    return drawn


def _readings(sheet: PdfPage) -> Iterator[str]:
    """A page's words as drawn, and as they stand from top to bottom: list markers and floats are drawn late."""
    yield _squashed(sheet.body)
    yield _squashed(sorted(sheet.body, key=lambda line: (-round(line.runs[0].baseline), line.rect[0])))
    if any(line.runs_left for line in sheet.body):
        yield _squashed(sorted(sheet.body, key=lambda line: (-round(line.runs[0].baseline), -line.rect[2])))


def _squashed(lines: list[TextLine]) -> str:
    return "".join(word for line in lines for word in line.words)


def _budget(source: HtmlWords, own: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    if len(own) < rules.min_pages:
        yield Finding(
            Rule.A17,
            f"The leaflet has {_pages(len(own))}, fewer than the {rules.min_pages} that it should have.",
            "Look whether a section has been left out, or lower the least number of pages for this audience.",
            severity="warning",
        )
    over = own[rules.max_pages :]
    if not over:
        return
    if rules.makes_room:
        yield Finding(Rule.A17, MORE_PAGES, "", severity="note", section=ADDED)
        return
    words = sum(len(line.words) for sheet in over for line in sheet.body)
    longest, count = longest_section(source)
    title = f'; the longest section is "{source.title_of(longest)}" with {count} words' if longest else ""
    yield Finding(
        Rule.A17,
        f"The leaflet has {_pages(len(own))} and may have {rules.max_pages}.",
        f"Cut about {words} words{title}. Do not make the letters smaller.",
        section=longest,
    )


def _told_outside(sheets: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    """Words on the outer pages of a private cover, footers too, where a neutral title may stand and nothing more."""
    for sheet in (sheets[0], sheets[-1]) if rules.outside and sheets else ():
        texts = [line.text for line in sheet.lines]
        if squash(" ".join(texts)) not in ("", squash(rules.outside)):
            yield Finding(
                Rule.A16,
                f'Page {sheet.number} lies outside, and for all to see it says "{" ".join(texts)[:60].strip()}".',
                f'Leave no words on a private cover but "{rules.outside}": see cover.html, back.html and '
                "private-cover.css among the templates.",
            )


def longest_section(source: HtmlWords) -> tuple[str, int]:
    """The id and the number of words of the section with the most words."""
    counts = Counter(word.section for word in source.words if word.section)
    return counts.most_common(1)[0] if counts else ("", 0)


def _count(words: int) -> str:
    return "1 word is" if words == 1 else f"{words} words are"


def _pages(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"


def _in(source: HtmlWords, section: str) -> str:
    return f', in the section "{source.title_of(section)}"' if section else ""
