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


def check_in_processes(check: Check, options: WorkerOptions, cache: Cache, keys: Sequence[str]) -> None:
    """Add to the cache the results of those of these batches that it does not hold, where they are many.

    Whatever does not come back (a process that was ended, a source that changed meanwhile, no room for files) is left
    to whoever asks for it next.
    """
    from printables.workers.pool import workers
    from printables.workers.worker import WorkerEnded, WorkFailed

    new = [key for key in keys if key not in cache]
    count = options.workers or os.cpu_count() or 1
    if count < 2 or len(new) < FEWEST_BATCHES:
        return
    number = count * math.ceil(len(new) / (count * LARGEST_SHARE))
    work = functools.partial(_check_share, check, options, cache.read_results)
    with contextlib.suppress(OutputError, OSError, WorkerEnded, WorkFailed), workers(count) as own:
        for results in own.each(work, [frozenset(new[first::number]) for first in range(number)]):
            cache.merge(results)


def _check_share(
    check: Check, options: WorkerOptions, read_results: Mapping[str, ReadResult], keys: frozenset[str]
) -> dict[str, str]:
    """In one of the processes: return the results of these batches."""
    cache = Cache()
    cache.read_results.update(read_results)
    check(options, cache, keep=False, only=keys)
    return cache.part(keys)
