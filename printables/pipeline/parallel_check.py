"""Much to check: several processes compose and check the therapies, each some of them."""

from __future__ import annotations

import contextlib
import functools
import math
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from printables.cache.cache import Cache
from printables.files import OutputError
from printables.library.summaries import ReadResult

FEWEST_BATCHES = 24
"""Therapies; for fewer, starting processes takes as long as they save."""
LARGEST_SHARE = 24
"""So many at a time, so that a slow machine is far from the time that one piece of work may take."""
Check = Callable[..., Any]
"""`build.check`."""


class WorkerOptions(Protocol):
    """What `build.Options` says of processes."""

    @property
    def workers(self) -> int:
        """How many; 0 is one for each core."""
        ...


def check_in_processes(check: Check, options: WorkerOptions, known: Cache, keys: Sequence[str]) -> None:
    """Note in `known` what comes of those of these units of which nothing is known, where they are many.

    Whatever does not come back (a process that was ended, a source that changed meanwhile, no room for files) is left
    to whoever asks for it next.
    """
    from printables.workers.pool import workers
    from printables.workers.worker import WorkerEnded, WorkFailed

    new = [key for key in keys if not known.knows(key)]
    count = options.workers or os.cpu_count() or 1
    if count < 2 or len(new) < FEWEST_BATCHES:
        return
    number = count * math.ceil(len(new) / (count * LARGEST_SHARE))
    work = functools.partial(_check_share, check, options, known.readings)
    with contextlib.suppress(OutputError, OSError, WorkerEnded, WorkFailed), workers(count) as own:
        for found in own.each(work, [frozenset(new[first::number]) for first in range(number)]):
            known.believe(found)


def _check_share(
    check: Check, options: WorkerOptions, readings: Mapping[str, ReadResult], keys: frozenset[str]
) -> dict[str, str]:
    """In one of the processes: what comes of these units."""
    memory = Cache()
    memory.readings.update(readings)
    check(options, memory, keep=False, only=keys)
    return memory.told(keys)
