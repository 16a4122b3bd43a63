"""Pages on their way to the workers: a few are composed ahead of need, the others only when their turn comes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from printables.typeset.page import Page

Item = tuple[str, Page]
"""A page and the path that it will have."""
AHEAD = 16
"""Pages that are composed before they are needed, so that workers need not wait and large ones can go first."""


class Queue:
    """Pages to be printed, looked at a few ahead of need: among these, large ones go first, and few are in memory."""

    def __init__(self, pages: Iterable[Item]) -> None:
        self._source, self._ready = iter(pages), list[Item]()
        self._taken = 0

    def available(self, count: int) -> int:
        """How many there are, up to `count`."""
        self._ready.extend(itertools.islice(self._source, max(0, count - len(self._ready))))
        return min(count, len(self._ready))

    def take(self) -> Item:
        """The largest of those that can be seen: at first few, so that the workers can begin, later `AHEAD`."""
        self._taken += 1
        self.available(min(AHEAD, self._taken))
        return self._ready.pop(max(range(len(self._ready)), key=lambda at: len(self._ready[at][1].html)))

    def put_back(self, items: Iterable[Item]) -> None:
        """Pages that were taken in vain."""
        self._ready.extend(items)
