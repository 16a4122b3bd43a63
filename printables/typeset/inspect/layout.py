"""Is everything large enough, short enough and in its place? (standards A12, A13, A16, A21)"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from printables.checklist import Rule
from printables.problems import Severity
from printables.typeset.fonts import (
    ARABIC_FAMILY,
    FAMILY,
    OPEN_ZERO,
    WIDER_FAMILY,
    covered,
    covered_by_arabic,
    covered_by_wider,
)
from printables.typeset.inspect.objects import Rect
from printables.typeset.inspect.overprint import printed_over
from printables.typeset.inspect.source import HtmlWords, squash
from printables.typeset.inspect.text import PdfPage, TextLine, more, short
from printables.typeset.inspect.words import ADDED
from printables.typeset.page import Finding, PrintRules

MARGIN = 15 * 72 / 25.4
"""15 mm: shapes nearer than this to the upper or lower edge belong to a header or footer."""
FOOT = 25 * 72 / 25.4
"""25 mm: where text may reach down to at least, even if no page of the leaflet is filled so far."""
OWN_FONTS = tuple(family.replace(" ", "") for family in (FAMILY, WIDER_FAMILY, ARABIC_FAMILY, OPEN_ZERO))
"""How the names of the leaflet's font files begin; any other font came from the machine at hand."""
SHORT_LAST_PAGE = "Room was made with a last page that is nearly empty."
ROUNDING = 0.05
"""Points: PDF stores sizes in pixels with six decimals, and 14 pt come back as 13.9995."""


def inspect_layout(source: HtmlWords, sheets: list[PdfPage], own: list[PdfPage], rules: PrintRules) -> list[Finding]:
    """Findings about all `sheets`; the last page is that of its `own`, without cover and note pages."""
    return [
        *_sizes(source, sheets, rules),
        *_lengths(source, sheets, rules),
        *_fonts(source, sheets),
        *_off_page(source, sheets),
        *printed_over(source, sheets),
        *_lonely_headings(source, sheets, rules),
        *_last_page(own, rules),
    ]


def _all_lines(sheets: list[PdfPage]) -> Iterator[TextLine]:
    for sheet in sheets:
        yield from sheet.lines


def _sizes(source: HtmlWords, sheets: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    references = source.inside("references")
    small: dict[float, list[str]] = defaultdict(list)
    for line in _all_lines(sheets):
        cited = not line.margin and "".join(line.words) in references
        floor = rules.min_pt_references if cited else rules.min_pt
        for run in line.runs:
            if run.size < floor - ROUNDING:
                small[round(run.size, 1)].append(line.text if len(run.text) < 4 else run.text.strip())
    for size, found in sorted(small.items()):
        texts = list(dict.fromkeys(found))
        yield Finding(
            Rule.A12,
            f'The text "{short(texts[0])}"{more(texts)} is printed at {size:g} points, which is too small to read.',
            f"Set it to at least {rules.min_pt:g} points in the style sheet, or in the picture that holds it.",
            section=source.section_of(texts[0]),
        )


def _lengths(source: HtmlWords, sheets: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    long = [line for line in _all_lines(sheets) if len(line.text) > rules.max_line]
    if long:
        worst = max(long, key=lambda line: len(line.text))
        count = "One line has" if len(long) == 1 else f"{len(long)} lines have"
        yield Finding(
            Rule.A13,
            f"{count} more than {rules.max_line} characters, the longest on page {worst.page} with "
            f'{len(worst.text)}: "{worst.text}".',
            "Make the column narrower or the letters larger in the style sheet.",
            # A clinic's long name in narrow letters may make it so; our own words are held to it without a clinic.
            severity="warning" if rules.makes_room else "error",
            section=source.section_of(worst.text),
            line=worst.text,
        )


def _fonts(source: HtmlWords, sheets: list[PdfPage]) -> Iterator[Finding]:
    foreign: dict[str, list[str]] = defaultdict(list)
    for line in _all_lines(sheets):
        for run in line.runs:
            if not run.font.replace("-", "").startswith(OWN_FONTS):
                foreign[run.font].append(run.text.strip())
    for font, texts in sorted(foreign.items()):
        yield Finding(
            Rule.A21,
            f'The text "{short(texts[0])}"{more(texts)} is printed in the font "{font}" of this computer, since the '
            f"leaflet's own fonts {_lacking(texts)}.",
            "Say it in other words or letters, and name only the leaflet's fonts in the style sheet.",
            section=source.section_of(texts[0]),
        )


def _lacking(texts: list[str]) -> str:
    """Name the first character that the leaflet's fonts lack, by number and name."""
    numbers = sorted(
        {ord(sign) for text in texts for sign in text} - covered() - covered_by_wider() - covered_by_arabic()
    )
    if not numbers:
        return "were not asked for"
    sign = chr(numbers[0])
    return f'lack "{sign}" (U+{ord(sign):04X}, {unicodedata.name(sign, "without a name")})'


def _off_page(source: HtmlWords, sheets: list[PdfPage]) -> Iterator[Finding]:
    for sheet in sheets:
        out = [line.text for line in sheet.lines if not _within(line.rect, sheet)]
        if out:
            yield Finding(
                Rule.A16,
                f'The text "{short(out[0])}"{more(out)} runs off the edge of page {sheet.number}.',
                "Shorten the words that cannot be broken, or let the box that holds them be wider.",
                section=source.section_of(out[0]),
            )


def _within(rect: Rect, sheet: PdfPage) -> bool:
    left, bottom, right, top = rect
    return left >= -1 and bottom >= -1 and right <= sheet.width + 1 and top <= sheet.height + 1


def _lonely_headings(source: HtmlWords, sheets: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    headings = {squash(text): (text, section) for text, section in source.headings if squash(text)}
    for sheet in sheets:
        for lines in _stretches(sheet.body):
            squashed = "".join(word for line in lines for word in line.words)
            if squashed in headings and not _followed(lines, sheet):
                text, section = headings[squashed]
                yield Finding(
                    Rule.A16,
                    f'The heading "{text}" stands alone at the foot of page {sheet.number}.',
                    "Keep it with what follows (break-after: avoid), or cut a few words before it.",
                    severity=_for_authors(rules),
                    section=section,
                )


def _stretches(lines: list[TextLine]) -> Iterator[list[TextLine]]:
    """Every one, two and three lines drawn one after the other: a heading may be that long."""
    for count in (1, 2, 3):
        for start in range(len(lines) - count + 1):
            yield lines[start : start + count]


def _followed(lines: list[TextLine], sheet: PdfPage) -> bool:
    """Whether anything stands below these lines in the same column: a line of text, a picture, a rule to write on.

    A heading hung in the margin is followed by the text that begins beside it, at the same height.
    """
    if any(_hangs_beside(lines[0], line) for line in sheet.body):
        return True
    foot = min(line.rect[1] for line in lines)
    left, right = min(line.rect[0] for line in lines), max(line.rect[2] for line in lines)
    return any(
        rect[3] <= foot + 1 and rect[0] < right and rect[2] > left
        for rect in (*(line.rect for line in sheet.body if line not in lines), *_body_shapes(sheet))
    )


def _hangs_beside(heading: TextLine, line: TextLine) -> bool:
    """Whether `line` begins to the right of a hung heading, level with it to half a line (8 points)."""
    return line.rect[0] >= heading.rect[2] and abs(line.rect[3] - heading.rect[3]) < 8


def _body_shapes(sheet: PdfPage) -> list[Rect]:
    """Shapes that stand in the text area; a tinted page's background and a footer's rule do not."""
    return [rect for rect in sheet.shapes if rect[1] > MARGIN and rect[3] < sheet.height - MARGIN]


def _last_page(own: list[PdfPage], rules: PrintRules) -> Iterator[Finding]:
    if len(own) < 2:
        return
    tops = [line.rect[3] for sheet in own for line in sheet.body]
    feet = [line.rect[1] for sheet in own for line in sheet.body]
    if not tops:
        return
    top, foot = max(tops), min(*feet, FOOT)
    last = own[-1]
    drawn = [rect[1] for rect in (*(line.rect for line in last.body), *_body_shapes(last))]
    used = (top - min(drawn, default=top)) / (top - foot)
    if used >= rules.last_page_fill:
        return
    if rules.makes_room and not rules.strict:
        yield Finding(Rule.A16, SHORT_LAST_PAGE, "", severity="note", section=ADDED)
    else:
        yield Finding(
            Rule.A16,
            f"The last page ({last.number}) is only {used:.0%} full; it should be {rules.last_page_fill:.0%} at least.",
            f"Cut about {sum(len(line.words) for line in last.body)} words, or add something useful.",
            severity=_for_authors(rules),
        )


def _for_authors(rules: PrintRules) -> Severity:
    """An author can mend it; who adds a telephone number cannot, and must not be refused the leaflet."""
    return "error" if rules.strict else "warning"
