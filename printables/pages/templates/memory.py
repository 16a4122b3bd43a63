"""A limit on the memory of this process, for as long as a template is filled in."""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def kept_below(memory: int) -> Iterator[None]:
    """The process may take so many bytes more than it has now. Elsewhere than on Linux, systems do not heed it."""
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
    """The limits that the process began with; what is set here in one thread is not what another one finds."""
    import resource

    return resource.getrlimit(resource.RLIMIT_DATA)


def _data() -> int:
    """Bytes that the system counts as this process's data."""
    with open("/proc/self/status", encoding="ascii") as said:  # noqa: PTH123 - once a page
        for line in said:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
