"""Which field of a record holds the words that somebody has pointed at on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from printables.editor.fields import Part
from printables.library.fields import MARK

_MARK = re.compile(MARK)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
ENOUGH = 0.6
"""The share of the words pointed at that a field must hold; facts that are filled in stand on the page only."""


def words_of(text: str) -> Counter[str]:
    """Return the words of a text as they are printed: marks say their term, and sources say nothing."""
    shown = _MARK.sub(lambda mark: " " if mark["sign"] else f" {mark['name']} {mark['plain'] or ''} ", text)
    return Counter(word.casefold().replace("’", "'") for word in _WORD.findall(shown))


def field_of(pointed: str, fields: Iterable[Part]) -> Part | None:
    """Return the field that holds most of these words; of two alike, the one with the fewest others. None: none does.

    What has a heading around it, such as an answer below its question, is found by its own words.
    """
    wanted = words_of(pointed)
    total = wanted.total()
    best: tuple[float, float] = (ENOUGH, 0.0)
    found = None
    for field in fields:
        if field.input not in ("line", "text") or not total:
            continue
        has = words_of(field.value)
        shared = (wanted & has).total()
        rank = (shared / total, shared / max(has.total(), 1))
        if shared and rank >= best:
            best, found = rank, field
    return found
