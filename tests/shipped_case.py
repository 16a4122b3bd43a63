"""Everything that ships, read, composed and checked once for each process; and how much of it the tests look at."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from leaflet_case import ROOT, TODAY

from printables.pipeline import build

EVERYTHING = "EVERYTHING" in os.environ
"""Set by `make test-all`: tests that look at finished pages one by one take them all, not a sample."""
SAMPLE = 4
"""One in so many is looked at otherwise. The order is that of the paths, so every reader has some in it."""
T = TypeVar("T")


@functools.cache
def shipped() -> build.CheckedLibrary:
    """The whole library in its usual edition, without a clinic."""
    return build.check(build.Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY))


@functools.cache
def shipped_pages() -> dict[str, str]:
    """The HTML of every leaflet and worksheet by its path."""
    return {subject.item.path: subject.html for subject in shipped().subjects}


def sample(items: Iterable[T], one_in: int = SAMPLE) -> list[T]:
    """Return some of the items, at least one; all of them for `make test-all`."""
    found = list(items)
    return found if EVERYTHING else found[::one_in]
