"""A queue of pages for the workers that composes only a few pages ahead."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from printables.typeset.page import Page

Item = tuple[str, Page]
"""The path of a PDF, and its page."""
AHEAD = 16
"""Pages that are composed ahead, so that workers need not wait and large pages can go first."""


class Queue:
    """Pages to be printed. A few are taken ahead from `pages` (an iterable); among these, the largest goes first."""

    def __init__(self, pages: Iterable[Item]) -> None:
        self._source, self._ready = iter(pages), list[Item]()
        self._taken = 0

    def available(self, count: int) -> int:
        """Return how many pages are left, counting up to `count`."""
        self._ready.extend(itertools.islice(self._source, max(0, count - len(self._ready))))
        return min(count, len(self._ready))

    def take(self) -> Item:
        """Return the largest page of those taken ahead: few at first, so that workers start early, later `AHEAD`."""
        self._taken += 1
        self.available(min(AHEAD, self._taken))
        return self._ready.pop(max(range(len(self._ready)), key=lambda at: len(self._ready[at][1].html)))

    def put_back(self, items: Iterable[Item]) -> None:
        """Return pages to the queue that were taken but not printed."""
        self._ready.extend(items)
