"""Typeset many pages on all processors; a bad page affects only itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent import futures
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from printables.typeset.page import Page, Printed
from printables.workers import open_files
from printables.workers.cluster_address import ClusterRefused
from printables.workers.interrupts import held
from printables.workers.queue import Item, Queue
from printables.workers.supervisor import (
    ResourceLimits,
    Supervisor,
    ThreadSupervisors,
    Typeset,
    failed_page,
    typeset_page,
)
from printables.workers.temporary_folder import temporary_folder
from printables.workers.worker import end_ahead

In = TypeVar("In")
Out = TypeVar("Out")
Result = tuple[str, Printed]


def render_all(
    pages: Mapping[str, Page] | Iterable[Item],
    jobs: int,
    *,
    typeset: Typeset = typeset_page,
    executor: futures.Executor | None = None,
) -> Generator[Result, None, None]:
    """Yield every path with its finished page, in order of completion.

    `pages` may be a generator: they are consumed only a few ahead of printing. Each is printed in a worker process (see
    worker.py), up to `jobs` at a time.

    A page that raises, or that twice crashes its worker or exceeds its limits of time or memory, is returned without
    PDF and with a finding. `executor` replaces the local workers (a cluster; it is not closed, and `jobs` is its
    width); if it breaks, the rest is printed locally. Close the iterator, or let an exception pass through, to stop the
    workers at once.
    """
    todo = Queue(pages.items() if isinstance(pages, Mapping) else pages)
    if executor is not None:
        lost: list[Item] = []
        yield from _drain(executor, todo, jobs, typeset, lost)
        todo.put_back(lost)
    if todo.available(1):
        with workers(max(1, jobs)) as own:
            yield from _drain(own, todo, jobs, typeset, [])


def _drain(
    executor: futures.Executor, todo: Queue, jobs: int, work: Typeset, lost: list[Item]
) -> Generator[Result, None, None]:
    """Print all of `todo`. If the executor breaks, unfinished pages are in `lost` or still in `todo`.

    What is finished arrives in a queue, where Ctrl-C may interrupt the waiting (see `interrupts.held`).
    """
    # At most this many are submitted at a time, so that few wait in memory, and few are lost with a cluster.
    width = 2 * max(1, jobs)
    running: dict[futures.Future[Printed], Item] = {}
    finished: SimpleQueue[futures.Future[Printed]] = SimpleQueue()
    while running or (todo.available(1) and not lost):
        while len(running) < width and not lost and todo.available(1):
            item = todo.take()
            with held():
                if submitted := _submit(executor, item, work, lost):
                    running[submitted] = item
                    submitted.add_done_callback(finished.put)
        if running:
            future = finished.get()
            yield from _result(future, running.pop(future), lost)


def _submit(executor: futures.Executor, item: Item, work: Typeset, lost: list[Item]) -> futures.Future[Printed] | None:
    """Return the future of a page; None if the executor is broken, and then the page is in `lost`."""
    try:
        return executor.submit(work, item[1])
    except futures.BrokenExecutor:
        lost.append(item)
        return None


def _result(future: futures.Future[Printed], item: Item, lost: list[Item]) -> Iterator[Result]:
    """Yield the finished page of a future that is done; if its executor broke, the page is in `lost` instead."""
    try:
        with held():
            printed = future.result()
    except (futures.BrokenExecutor, futures.CancelledError):
        lost.append(item)
        return
    except ClusterRefused:
        raise  # a worker with other versions, which would print different bytes
    except Exception as error:  # noqa: BLE001 - it could not be sent or fetched; a cluster has errors of its own
        what = f"This page could not be printed ({type(error).__name__}: {str(error)[:300]})."
        printed = failed_page(what, "If its text looks right, please report this.")
    yield item[0], printed


class Workers(futures.Executor):
    """An executor of worker processes, each watched by a thread of this process."""

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self._threads = futures.ThreadPoolExecutor(count)
        self._own = ThreadSupervisors(folder=folder)
        self._all: set[Supervisor] = set()

    def submit(self, typeset: Typeset, page: Page) -> futures.Future[Printed]:  # type: ignore[override]
        """Typeset one page; every failure is returned as a finding."""
        return self._threads.submit(self._typeset, typeset, page)

    def each(self, work: Callable[[In], Out], given: Iterable[In]) -> Iterator[Out]:
        """Yield `work(one)` for each of `given`, in order. Raises WorkFailed, and WorkerEnded if a process ended."""
        finished: SimpleQueue[futures.Future[Out]] = SimpleQueue()
        with held():
            waiting = [self._threads.submit(self._run, work, one) for one in given]
            for future in waiting:
                future.add_done_callback(finished.put)
        done: set[futures.Future[Out]] = set()
        for future in waiting:
            while future not in done:
                done.add(finished.get())
            with held():
                result = future.result()
            yield result

    def _run(self, work: Callable[[In], Out], one: In) -> Out:
        return self._supervisor(typeset_page).run(work, one, ResourceLimits())

    def _typeset(self, typeset: Typeset, page: Page) -> Printed:
        return self._supervisor(typeset).typeset(page)

    def _supervisor(self, typeset: Typeset) -> Supervisor:
        """Return the supervisor of this thread, and note it for `shutdown`."""
        supervisor = self._own.supervisor(typeset)
        self._all.add(supervisor)
        return supervisor

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - its base's
        """End the processes, including busy ones if futures are cancelled."""
        if cancel_futures:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for supervisor in self._all:
                supervisor.close()
        self._threads.shutdown(wait)
        for supervisor in self._all:
            supervisor.close()


@contextlib.contextmanager
def workers(count: int) -> Iterator[Workers]:
    """Yield an executor of worker processes. They end with the block, and at once if it raises."""
    open_files.check()
    with temporary_folder() as folder:
        own = Workers(count, folder)
        try:
            yield own
        except BaseException:
            own.shutdown(cancel_futures=True)
            raise
        finally:
            end_ahead()
        own.shutdown()
