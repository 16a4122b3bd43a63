"""Is anything printed over a text: other text, a rule, the edge of a box, a picture? (standards A16)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from printables.checklist import Rule
from printables.typeset.inspect.source import HtmlWords
from printables.typeset.inspect.text import PdfPage, TextLine, more, short
from printables.typeset.page import Finding

OVERLAP = 0.08
"""A share of a line's height: an accent and a descender may touch, letters may not. In our leaflets nothing does."""
TOUCH = 1.5
"""Points of width that two texts must share, since the hook of a j reaches out of its box."""
TAIL, REACH = 4.0, 0.2
"""The same beside Arabic letters, whose last stroke reaches under what follows, and whose signs reach up and down."""
SQUEEZED = 0.15
"""The same for words on one baseline, as a share of the letters' size: a hook, a slanted stem, the bars over two narrow
letters (ĩī), not a whole letter."""


def printed_over(source: HtmlWords, sheets: list[PdfPage]) -> Iterator[Finding]:
    """Findings about text that lies on other text, and about text that something is drawn across."""
    for sheet in sheets:
        pair = next(chain(_colliding(sheet.lines), _squeezed(sheet.lines)), None)
        crossed = [line.text for line in sheet.lines if any(run.crossed for run in line.runs)]
        if pair:
            one, other = pair
            yield Finding(
                Rule.A16,
                f'The texts "{short(one)}" and "{short(other)}" are printed over each other on page {sheet.number}.',
                "Give one of them another place in the style sheet.",
                section=source.section_of(other),
            )
        elif crossed:
            yield Finding(
                Rule.A16,
                f'A line or the edge of a box runs through the text "{short(crossed[0])}"{more(crossed)} on page '
                f"{sheet.number}.",
                "Give the text or the box another place in the style sheet, or more room.",
                section=source.section_of(crossed[0]),
            )


def _colliding(lines: Iterable[TextLine]) -> Iterator[tuple[str, str]]:
    """Pairs of lines that share over TOUCH of width, and OVERLAP of the lower one's height."""
    placed = sorted(((line.rect, line) for line in lines if line.text.strip()), key=lambda pair: -pair[0][3])
    for at, (rect, line) in enumerate(placed):
        for other_rect, other in placed[at + 1 :]:
            if other_rect[3] <= rect[1]:
                break  # this one, and all after it, begin below
            width = min(rect[2], other_rect[2]) - max(rect[0], other_rect[0])
            height = other_rect[3] - max(rect[1], other_rect[1])
            left = line.runs_left or other.runs_left
            lower = min(rect[3] - rect[1], other_rect[3] - other_rect[1])
            if width > (TAIL if left else TOUCH) and height > (REACH if left else OVERLAP) * lower:
                yield line.text, other.text


def _squeezed(lines: Iterable[TextLine]) -> Iterator[tuple[str, str]]:
    """Words on one baseline of which the second begins before the first has ended, as in cells that are too narrow."""
    for line in lines:
        for before, after in pairwise(line.across):
            if before.rect[2] - after.rect[0] > SQUEEZED * max(before.size, after.size):
                yield before.text.strip(), after.text.strip()
