"""Templates that cannot run for ever or take all memory: Jinja's sandbox, and what it lacks.

The sandbox keeps templates away from Python and from changing what they are given. It does not stop loops inside loops,
`"x" * 10000000000`, or text that is doubled again and again.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from printables import limits

LARGEST = 10**9
"""Numbers that templates may reckon with."""
_SHORTEST = 0.01
"""Seconds between two looks at a block that has nearly used up its time."""
_WHY = "Look for loops inside loops, and for text that is joined to itself."


class TemplateLimit(Exception):
    """A template takes more than it may; says what, and where to look."""


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, in which text cannot be repeated and numbers cannot be raised beyond all measure."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, or take the rest. Raises SecurityError for text, for powers and for numbers beyond measure."""
        numbers = all(isinstance(one, int | float) and abs(one) <= LARGEST for one in (left, right))
        if operator == "**" or not numbers:
            raise SecurityError(f'"{operator}" is for numbers up to {LARGEST:,}' if operator != "**" else "no powers")
        return super().call_binop(context, operator, left, right)


@contextlib.contextmanager
def time_limited(seconds: float | None = None) -> Iterator[None]:
    """Raises TooMuch where the block works longer, or takes more bytes (on Linux), than limits.py allows a template.

    `seconds` are those of processor time: beside much other work, a block may take many times as long by the clock.

    Works in any thread: the exception is raised where that thread is, between two steps of Python. What a single step
    could do is kept small by BoundedEnvironment and by the limit on memory.
    """
    with _ended_after(seconds or limits.COMPOSING), _kept_below(limits.MEMORY):
        try:
            yield
        except MemoryError:
            raise TemplateLimit(f"it takes more than {limits.MEMORY // limits.MIB:,} MiB of memory. {_WHY}") from None


def processor_clock() -> Callable[[], float]:
    """Seconds of processor time of the thread that asks for this; any other thread may look at them.

    Where the system does not tell threads apart (macOS, Windows), those of all threads of this process.
    """
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    return functools.partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))


@contextlib.contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    here, over, lock = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.Lock()
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc
    used = processor_clock()
    end = used() + seconds

    def watch() -> None:
        left = seconds
        while not over.wait(max(left, _SHORTEST)):  # nobody works longer than the clock runs
            with lock:
                left = end - used()
                if left <= 0 and not over.is_set():
                    throw(here, ctypes.py_object(_TimeIsUp))
                if left <= 0:
                    return

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        try:
            watcher.start()
            yield
        finally:
            with lock:
                over.set()
            _arrive()
    except _TimeIsUp as error:
        what = TemplateLimit(f"it takes more than {seconds:g} seconds of processor time. {_WHY}")
        raise what.with_traceback(error.__traceback__) from None


def _arrive() -> None:
    """An exception that was thrown just now arrives here at the latest: where a function begins, Python looks for it.

    Taking it back instead (throwing nothing) leaves Python 3.11 looking for ever: slow, and endless under a profiler.
    """


class _TimeIsUp(BaseException):
    """Thrown into a thread. Not an Exception, which whatever runs there might catch."""


@contextlib.contextmanager
def _kept_below(memory: int) -> Iterator[None]:
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
