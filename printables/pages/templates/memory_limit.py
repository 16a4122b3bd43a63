"""A limit on the memory that a process may take, in addition to what it has."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def kept_below(memory: int) -> Iterator[None]:
    """Limit this block to `memory` bytes of data more than the process has now. Beyond it, Python raises MemoryError.

    Only Linux enforces it.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = _usual()
    most = _data() + memory
    resource.setrlimit(resource.RLIMIT_DATA, (most if soft == resource.RLIM_INFINITY else min(most, soft), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@functools.cache
def _usual() -> tuple[int, int]:
    """Return the soft and hard limits that the process began with, whatever another thread has set since."""
    import resource

    return resource.getrlimit(resource.RLIMIT_DATA)


def _data() -> int:
    """Return the bytes that the system counts as this process's data."""
    with open("/proc/self/status", encoding="ascii") as said:  # noqa: PTH123 - once a page
        for line in said:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
