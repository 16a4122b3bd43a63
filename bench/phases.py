"""Where a leaflet's time goes: the seconds of each step, in one process, without what it calls of other steps.

    .venv/bin/python bench/phases.py FOLDER

FOLDER holds content and templates. Clocks around a dozen functions cost nothing that can be measured, unlike a
profiler, which makes small functions look dear. They count the time of this process alone, whatever else goes on.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pages

REST = "all else"
COLLECT_EVERY = 8
"""Pages between two collections of garbage, as in the workers."""


class Clock:
    """Gives every moment to the innermost step that is under way."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._now, self._since = now, now()
        self._steps = [REST]

    def __call__(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose time counts for `step`."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self._turn()
            self._steps.append(step)
            try:
                return function(*arguments, **named)
            finally:
                self._turn()
                self._steps.pop()

        return timed

    def _turn(self) -> None:
        now = self._now()
        self.seconds[self._steps[-1]] += now - self._since
        self._since = now

    def shares(self) -> dict[str, float]:
        """Per cent of each step, the largest first."""
        self._turn()
        whole = sum(self.seconds.values())
        largest = sorted(self.seconds.items(), key=lambda pair: -pair[1])
        return {step: round(100 * took / whole, 1) for step, took in largest}


def put_around(clock: Clock, step: str, place: str) -> None:
    """Put the clock around the function at `module:name`."""
    module, _, path = place.partition(":")
    *homes, name = path.split(".")
    try:
        home = functools.reduce(getattr, homes, importlib.import_module(module))
        setattr(home, name, clock(step, getattr(home, name)))
    except (ImportError, AttributeError):
        sys.exit(f"{place} is not there any more: mend STEPS in bench/pages.py.")


def measured(folder: Path) -> dict[str, Any]:
    """The shares of all steps, for every handout of the library in `folder`; for a process of its own."""
    pages.typeset(pages.small())  # starting the engine is no part of a leaflet
    gc.freeze()
    gc.disable()
    clock = Clock()
    for step, place in pages.STEPS:
        put_around(clock, step, place)
    collect = clock("collecting garbage", gc.collect)
    count = 0
    for count, job in enumerate(pages.made(folder), 1):
        pages.typeset(job.page)
        if count % COLLECT_EVERY == 0:
            collect()
    shares = clock.shares()
    return {"handouts": count, "ms_a_handout": 1000 * sum(clock.seconds.values()) / count, "shares": shares}


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]).resolve())))
