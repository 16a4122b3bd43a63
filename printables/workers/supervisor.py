"""Keep one worker running for page after page, and replace it regularly and when a page breaks it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from printables import limits
from printables.checklist import Rule
from printables.typeset.page import Finding, Page, Printed
from printables.workers.worker import Reason, Worker, WorkerEnded, WorkFailed

In = TypeVar("In")
Out = TypeVar("Out")
Typeset = Callable[[Page], Printed]

GENERATION = 500
"""Pages that a worker prints before it is replaced, so that memory leaks stay small."""


@dataclass(frozen=True)
class ResourceLimits:
    """Limits for one page: processor time in seconds, memory in bytes, and tries in new processes."""

    seconds: float = field(default_factory=lambda: limits.PRINTING)
    memory: int = field(default_factory=lambda: limits.MEMORY)
    tries: int = 2

    def of(self, page: Page) -> ResourceLimits:
        """Return the limits for this page: higher for a book."""
        if not page.numbering:
            return self
        return ResourceLimits(self.seconds * limits.BOOK_TIME, self.memory * limits.BOOK_MEMORY, self.tries)


def typeset_page(page: Page) -> Printed:
    """Typeset with the real engine, which is imported only when there is something to typeset."""
    from printables.typeset.engine import typeset

    return typeset(page)


class Supervisor:
    """Runs work in one worker, which is reused. `folder` is its temporary folder; None for the usual TMPDIR.

    A page that crashes the worker, or exceeds its limits, affects only itself: the next one gets a new worker.
    """

    def __init__(
        self, typeset: Typeset = typeset_page, most: ResourceLimits | None = None, *, folder: Path | None = None
    ) -> None:
        self._typeset, self._most, self._folder = typeset, most or ResourceLimits(), folder
        self._worker: Worker | None = None
        self._turns = 0
        self._closed = False
        self._starting = threading.Lock()

    def typeset(self, page: Page) -> Printed:
        """Typeset one page at a time, and block until it is finished. Failures are returned as findings."""
        most = self._most.of(page)
        try:
            return self.run(self._typeset, page, most)
        except WorkFailed as error:
            return failed_page(
                f"This page could not be printed ({error}).", "If its text looks right, please report this."
            )
        except WorkerEnded as ended:
            return _failure(ended.reason, most)

    def run(self, work: Callable[[In], Out], given: In, most: ResourceLimits) -> Out:
        """Return `work(given)`. Raises WorkFailed if it raises, and WorkerEnded after the last try."""
        for left in reversed(range(most.tries)):
            try:
                return self._ready().run(work, given, most.seconds, most.memory)
            except WorkerEnded as ended:
                self._discard()
                if not left or ended.reason == "stop":
                    raise
        raise WorkerEnded("stop")

    def _ready(self) -> Worker:
        """Return the running worker, or a new one after `GENERATION` pages."""
        self._turns += 1
        if self._turns % GENERATION == 0:
            self._discard()
        with self._starting:
            if self._closed:
                raise WorkerEnded("stop")
            self._worker = self._worker or Worker(self._folder)
            return self._worker

    def spent(self) -> float:
        """Return the seconds of processor time that the current page has used. Thread-safe."""
        own = self._worker
        return own.spent() if own else 0.0

    def _discard(self) -> None:
        with self._starting:
            worker, self._worker = self._worker, None
        if worker:
            worker.close()

    def stop(self) -> None:
        """End the worker at once; the current page is returned without PDF."""
        with self._starting:
            if self._worker:
                self._worker.stop()

    def close(self) -> None:
        """Stop, and start no worker again."""
        with self._starting:  # otherwise a worker that is just being started would not be ended
            self._closed = True
        self.stop()


class ThreadSupervisors(threading.local):
    """The supervisors of each thread. Threads share no process, so that no page affects another."""

    def __init__(self, most: ResourceLimits | None = None, folder: Path | None = None) -> None:
        self._most, self._folder = most, folder
        self._supervisors: dict[Typeset, Supervisor] = {}

    def supervisor(self, typeset: Typeset) -> Supervisor:
        """Return this thread's supervisor for the typesetting function."""
        if typeset not in self._supervisors:
            self._supervisors[typeset] = Supervisor(typeset, self._most, folder=self._folder)
        return self._supervisors[typeset]


def _failure(reason: Reason, most: ResourceLimits) -> Printed:
    """Return the result of a page whose worker ended, with a finding for its author."""
    often = {1: "", 2: ", twice"}.get(most.tries, f", {most.tries} times")
    messages = {
        "time": f"Printing this page took more than {most.seconds:g} seconds of processor time{often}.",
        "hang": f"The program that prints this page did nothing for {limits.HANGING / 60:g} minutes{often}.",
        "memory": f"Printing this page took more than {most.memory / limits.MIB:,.0f} MiB of memory{often}.",
        "crash": f"The program that prints this page crashed{often}.",
        "stop": "The program that prints this page was stopped.",
    }
    mend = "Look for very long words, very large pictures or deeply nested lists in its text, and for costly styles."
    if reason == "hang":
        mend = "Look whether a disk or a folder in the network does not answer, then build again."
    return failed_page(messages[reason], mend)


def failed_page(what: str, mend: str) -> Printed:
    """Return the result of a page that could not be printed."""
    return Printed(b"", 0, (Finding(Rule.A16, what, mend),))
