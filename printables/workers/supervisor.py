"""One worker for page after page: warm, replaced now and then, and replaced where a page breaks it."""

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
"""Pages that a worker prints before a new one takes its place, so that no leak can grow."""


@dataclass(frozen=True)
class ResourceLimits:
    """What one page may take, and how often it is tried where its worker ends before it does.

    `seconds` are those of processor time, `memory` is in bytes.
    """

    seconds: float = field(default_factory=lambda: limits.PRINTING)
    memory: int = field(default_factory=lambda: limits.MEMORY)
    tries: int = 2

    def of(self, page: Page) -> ResourceLimits:
        """What this page may take: a book more than a leaflet."""
        if not page.numbering:
            return self
        return ResourceLimits(self.seconds * limits.BOOK_TIME, self.memory * limits.BOOK_MEMORY, self.tries)


def typeset_page(page: Page) -> Printed:
    """Typeset with the real engine, which is not imported before there is something to typeset."""
    from printables.typeset.engine import typeset

    return typeset(page)


class Supervisor:
    """One worker that stays warm between pages. `folder` is where it keeps files, or None for the usual TMPDIR.

    A page that crashes it, or takes more than it may, costs only itself: the next one gets a new worker.
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
        """Blocks until the page is finished; one at a time. What goes wrong with it comes back as a finding."""
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
        """What `work` makes of what it is `given`. Raises Failed, and Ended where it was tried often enough."""
        for left in reversed(range(most.tries)):
            try:
                return self._ready().run(work, given, most.seconds, most.memory)
            except WorkerEnded as ended:
                self._discard()
                if not left or ended.reason == "stop":
                    raise
        raise WorkerEnded("stop")

    def _ready(self) -> Worker:
        """The warm worker; a new one after so many pages."""
        self._turns += 1
        if self._turns % GENERATION == 0:
            self._discard()
        with self._starting:
            if self._closed:
                raise WorkerEnded("stop")
            self._worker = self._worker or Worker(self._folder)
            return self._worker

    def spent(self) -> float:
        """Seconds of processor time that the page under way has used; any thread may ask."""
        own = self._worker
        return own.spent() if own else 0.0

    def _discard(self) -> None:
        with self._starting:
            worker, self._worker = self._worker, None
        if worker:
            worker.close()

    def stop(self) -> None:
        """End the worker, whatever it is doing; a page under way comes back without PDF."""
        with self._starting:
            if self._worker:
                self._worker.stop()

    def close(self) -> None:
        """The same, for good."""
        with self._starting:  # a worker that is only half there could not be ended
            self._closed = True
        self.stop()


class ThreadSupervisors(threading.local):
    """What a thread prints with. No two threads share a process, so that no page pays for its neighbour."""

    def __init__(self, most: ResourceLimits | None = None, folder: Path | None = None) -> None:
        self._most, self._folder = most, folder
        self._supervisors: dict[Typeset, Supervisor] = {}

    def supervisor(self, typeset: Typeset) -> Supervisor:
        """The warm one."""
        if typeset not in self._supervisors:
            self._supervisors[typeset] = Supervisor(typeset, self._most, folder=self._folder)
        return self._supervisors[typeset]


def _failure(reason: Reason, most: ResourceLimits) -> Printed:
    """A page whose worker was ended, in words for whoever wrote it."""
    often = {1: "", 2: ", twice"}.get(most.tries, f", {most.tries} times")
    said = {
        "time": f"Printing this page took more than {most.seconds:g} seconds of processor time{often}.",
        "hang": f"The program that prints this page did nothing for {limits.HANGING / 60:g} minutes{often}.",
        "memory": f"Printing this page took more than {most.memory / limits.MIB:,.0f} MiB of memory{often}.",
        "crash": f"The program that prints this page crashed{often}.",
        "stop": "The program that prints this page was stopped.",
    }
    mend = "Look for very long words, very large pictures or deeply nested lists in its text, and for costly styles."
    if reason == "hang":
        mend = "Look whether a disk or a folder in the network does not answer, then build again."
    return failed_page(said[reason], mend)


def failed_page(what: str, mend: str) -> Printed:
    """A page that did not come about."""
    return Printed(b"", 0, (Finding(Rule.A16, what, mend),))
