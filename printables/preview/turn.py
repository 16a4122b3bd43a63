"""One task for a thread, with the processor time that it has used, and the error if that is too much."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from printables import limits
from printables.problems import Problem
from printables.workers.usage import Over

T = TypeVar("T")


class Turn(Generic[T]):
    """A task. While it waits for its thread, it uses no processor time."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._clock: Callable[[], float] | None = None
        self._began = 0.0

    def __call__(self) -> T:
        clock = processor_clock()
        self._began, self._clock = clock(), clock
        return self._work()

    def used(self) -> float:
        """Return the seconds of processor time used. Thread-safe."""
        with contextlib.suppress(OSError):  # the thread, and so the task, has ended meanwhile
            return self._clock() - self._began if self._clock else 0.0
        return 0.0


def processor_clock() -> Callable[[], float]:
    """Seconds of processor time of the thread that asks for this; any other thread may look at them.

    Where the system does not tell threads apart (macOS, Windows), those of all threads of this process.
    """
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    return functools.partial(time.clock_gettime, time.pthread_getcpuclockid(threading.get_ident()))


class GivenUp(Exception):
    """A task exceeded its processor time, or hung; `problem` says what to do."""

    def __init__(self, reason: Over, seconds: float) -> None:
        if reason == "time":
            what = f"The check took more than {seconds:g} seconds of processor time."
            mend = "Look for loops inside loops in the template that was changed last."
        else:
            what = f"The check did nothing for {limits.HANGING / 60:g} minutes."
            mend = "Look whether a disk or a folder in the network does not answer, then save again."
        super().__init__(what)
        self.problem = Problem("templates", 0, what, mend)
