"""Split long lists over several pages, so that no page is too large for a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from printables.site.model import SiteHandout, TherapyPage

PER_PAGE = 50
"""Therapies on one page of the list."""
PER_SHELF = 100
"""Covers on one page of the print desk: 400 bytes each, with four editions, of the 60 KB that a page may weigh."""

Shelf = list[tuple[TherapyPage, list[SiteHandout]]]


def pieces(cards: Sequence[Any]) -> list[Sequence[Any]]:
    """Split the list into parts of `PER_PAGE`; at least one, which may be empty."""
    return [cards[at : at + PER_PAGE] for at in range(0, len(cards), PER_PAGE)] or [[]]


def shelved(therapies: Iterable[TherapyPage]) -> list[Shelf]:
    """Split the therapies' handouts into pages of `PER_SHELF`, each once a page, without splitting a therapy."""
    shelves: list[Shelf] = [[]]
    seen: set[str] = set()
    room = PER_SHELF
    for therapy in therapies:
        everything = [*therapy.leaflets, *therapy.worksheets]
        mine = [one for one in everything if one.page not in seen]
        if shelves[-1] and len(mine) > room:
            shelves.append([])
            seen, room, mine = set(), PER_SHELF, everything
        seen.update(one.page for one in mine)
        shelves[-1].append((therapy, mine))
        room -= len(mine)
    return shelves


def from_to(names: Sequence[str]) -> str:
    """Return the range of first letters of a part of a list, such as A to D."""
    if not names:
        return ""
    first, last = names[0][:1].upper(), names[-1][:1].upper()
    return first if first == last else f"{first}–{last}"
