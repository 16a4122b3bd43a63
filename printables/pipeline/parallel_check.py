"""Check many batches in several processes, each of which composes and checks a share."""

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
"""Batches. For fewer, starting processes costs as much time as they save."""
LARGEST_SHARE = 24
"""Batches in one piece of work, so that even a slow machine stays far below the time limit of a worker."""
Check = Callable[..., Any]
"""`build.check`."""


class WorkerOptions(Protocol):
    """The part of `build.Options` that concerns processes."""

    @property
    def language(self) -> str:
        """The code of the language to make leaflets in; empty for that of the records."""
        ...

    @property
    def workers(self) -> int:
        """Number of processes; 0 means one for each core."""
        ...


def check_in_processes(check: Check, options: WorkerOptions, cache: Cache, keys: Sequence[str]) -> None:
    """Check the batches with these keys that are not cached, if there are many, and add the results to the cache.

    Failures are ignored (a process that was ended, a source that changed meanwhile, a full disk): the caller checks
    what is still missing.
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
    """Return the results of these batches, as JSON by key. Runs in a worker process."""
    cache = Cache(options.language)
    cache.read_results.update(read_results)
    check(options, cache, keep=False, only=keys)
    return cache.part(keys)
