"""Everything that ships, read, composed and checked once for a run; and how much of it the tests look at."""

from __future__ import annotations

import dataclasses
import functools
import os
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from filelock import FileLock
from leaflet_case import ROOT, TODAY
from warm import PRINTED

from printables.pages.templates.render import Pages
from printables.pipeline import build

EVERYTHING = "EVERYTHING" in os.environ
"""Set by `make test-all`: tests that look at finished pages one by one take them all, not a sample."""
SAMPLE = 4
"""One in so many is looked at otherwise. The order is that of the paths, so every reader has some in it."""
T = TypeVar("T")


@functools.cache
def shipped() -> build.CheckedLibrary:
    """The whole library in its usual edition, without a clinic.

    The first process of a run that needs it leaves it for the others, without its templates, which cannot be sent.
    """
    folder = os.environ.get(PRINTED)
    found: build.CheckedLibrary
    if not folder:
        return _checked()
    kept = Path(folder, "shipped")
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            found = _checked()
            kept.write_bytes(pickle.dumps(dataclasses.replace(found, pages=None)))  # type: ignore[arg-type]
            return found
    templates = ROOT / "templates"
    found = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
    return dataclasses.replace(found, pages=Pages(templates, templates))


def _checked() -> build.CheckedLibrary:
    return build.check(build.Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY))


@functools.cache
def shipped_pages() -> dict[str, str]:
    """The HTML of every leaflet and worksheet by its path."""
    return {subject.item.path: subject.html for subject in shipped().subjects}


def sample(items: Iterable[T], one_in: int = SAMPLE) -> list[T]:
    """Return some of the items, at least one; all of them for `make test-all`."""
    found = list(items)
    return found if EVERYTHING else found[::one_in]
