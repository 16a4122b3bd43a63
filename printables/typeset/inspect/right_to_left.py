"""Lines with letters from right to left, as PDFium gives them: its words and figures are put into their order."""

from __future__ import annotations

import ctypes
import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from pypdfium2 import raw

from printables.typeset.inspect.glyph_run import GlyphRun, apart, gap
from printables.typeset.inspect.objects import Drawn
from printables.typeset.inspect.source import runs_left, tidy

TOUCHING = 0.3
"""Points: letters of one word from right to left touch, also where a vowel sign parts them into two pieces."""


def placed_letters(letters: Any) -> dict[int | None, list[tuple[float, str]]]:
    """The letters of each text on a page, with how far from the left they stand."""
    placed = defaultdict(list)
    for at in range(letters.count_chars()):
        across, up = ctypes.c_double(), ctypes.c_double()
        if raw.FPDFText_GetCharOrigin(letters, at, across, up):
            owner = raw.FPDFText_GetTextObject(letters, at)
            placed[_address(owner)].append((across.value, chr(raw.FPDFText_GetUnicode(letters, at))))
    return placed


def as_seen(each: Drawn, text: str, placed: Mapping[int | None, list[tuple[float, str]]]) -> str:
    """A Latin text as it is seen: beside letters from right to left PDFium turns its words round, and AR-1.2 too."""
    if any(map(runs_left, text)):
        return text
    return "".join(letter for _, letter in sorted(placed[_address(each.item)], key=itemgetter(0))) or text


def _address(item: Any) -> int | None:
    return ctypes.cast(item, ctypes.c_void_p).value


def read_order(runs: Sequence[GlyphRun]) -> list[GlyphRun]:
    """The runs as they are read: from right to left, but for Latin words and figures among them."""
    read: list[GlyphRun] = []
    forward = 0  # how many runs at the end are read from left to right
    for run in sorted(runs, key=lambda run: run.rect[2], reverse=True):
        forward = forward + 1 if runs_right(run.text) else 0
        read.insert(len(read) - max(forward - 1, 0), run)
    return read


def continues_left(group: list[GlyphRun], after: GlyphRun, continues: Callable[[GlyphRun, GlyphRun], bool]) -> bool:
    """Whether a run goes on to the left of a line that has letters from right to left."""
    if not any(runs_left(letter) for run in (*group, after) for letter in run.text):
        return False
    first = min(group, key=lambda run: run.rect[0])
    mirrored = GlyphRun(after.text, first.rect, after.baseline, after.size, after.font, after.margin)
    return continues(dataclasses.replace(first, rect=after.rect), mirrored)


def joined(runs: list[GlyphRun]) -> str:
    """The words of runs from right to left. A blank at an end of theirs is one only where the next does not touch."""
    parts = [tidy(runs[0].text).strip()]
    for before, after in pairwise(runs):
        beside = not (runs_right(before.text) and runs_right(after.text))  # figures of two typefaces are one number
        blank = beside and gap(before, after) > TOUCHING and " " in (before.text[-1:], after.text[:1])
        parts.append(" " * (blank or apart(before, after)) + tidy(after.text).strip())
    return " ".join("".join(parts).split())


def runs_right(text: str) -> bool:
    """Whether these are Latin words or figures, and no letters from right to left."""
    return any(letter.isalnum() for letter in text) and not any(map(runs_left, text))
