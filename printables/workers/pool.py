"""Typeset many pages on all processors, so that one bad page costs nothing but itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent import futures
from pathlib import Path
from typing import TypeVar

from printables.typeset.page import Page, Printed
from printables.workers import open_files
from printables.workers.cluster_address import ClusterRefused
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
    """Every path with its finished page, in the order in which they get finished.

    `pages` are taken a few ahead of what is being printed, so that they may still be in the making. Each is printed by
    a process of its own (see worker.py), up to `jobs` at a time.

    A page that raises, crashes its worker or takes more time or memory than it may, twice, comes back without PDF and
    with a finding that says so. `executor` is used instead of our own workers (a cluster; it stays open, and `jobs` is
    its width); where it breaks, the rest is done here. Close the iterator, or let an exception pass through, to stop
    the workers at once.
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
    """Work through `todo`; what is left undone because the executor broke comes to `lost`, or stays in `todo`."""
    # Never more than this under way: few pages wait in memory, and few are lost with a cluster.
    width = 2 * max(1, jobs)
    running: dict[futures.Future[Printed], Item] = {}
    while (running or todo.available(1)) and not lost:
        while len(running) < width and todo.available(1) and not lost:
            _submit(executor, todo.take(), work, running, lost)
        done, _ = futures.wait(running, return_when=futures.FIRST_COMPLETED)
        for future in done:
            yield from _result(future, running.pop(future), lost)
    for future, item in running.items():
        yield from _result(future, item, lost)


def _submit(
    executor: futures.Executor,
    item: Item,
    work: Typeset,
    running: dict[futures.Future[Printed], Item],
    lost: list[Item],
) -> None:
    try:
        running[executor.submit(work, item[1])] = item
    except futures.BrokenExecutor:
        lost.append(item)


def _result(future: futures.Future[Printed], item: Item, lost: list[Item]) -> Iterator[Result]:
    try:
        yield item[0], future.result()
    except (futures.BrokenExecutor, futures.CancelledError):
        lost.append(item)
    except ClusterRefused:
        raise  # a machine that would print other files
    except Exception as error:  # noqa: BLE001 - it could not be sent or fetched; a cluster has errors of its own
        what = f"This page could not be printed ({type(error).__name__}: {str(error)[:300]})."
        yield item[0], failed_page(what, "If its text looks right, please report this.")


class Workers(futures.Executor):
    """Processes that work on what they are sent: each has a thread here that watches it."""

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self._threads = futures.ThreadPoolExecutor(count)
        self._own = ThreadSupervisors(folder=folder)
        self._all: set[Supervisor] = set()

    def submit(self, typeset: Typeset, page: Page) -> futures.Future[Printed]:  # type: ignore[override]
        """One page; whatever happens to it comes back as a finding."""
        return self._threads.submit(self._typeset, typeset, page)

    def each(self, work: Callable[[In], Out], given: Iterable[In]) -> Iterator[Out]:
        """Other work, in the order in which it is given. Raises Failed, and Ended where a process ended."""
        return self._threads.map(lambda one: self._supervisor(typeset_page).run(work, one, ResourceLimits()), given)

    def _typeset(self, typeset: Typeset, page: Page) -> Printed:
        return self._supervisor(typeset).typeset(page)

    def _supervisor(self, typeset: Typeset) -> Supervisor:
        """That of this thread, which whoever shuts down must be able to end."""
        found = self._own.supervisor(typeset)
        self._all.add(found)
        return found

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - its base's
        """End the processes; those that are at work, too, where futures are cancelled."""
        if cancel_futures:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for supervisor in self._all:
                supervisor.close()
        self._threads.shutdown(wait)
        for supervisor in self._all:
            supervisor.close()


@contextlib.contextmanager
def workers(count: int) -> Iterator[Workers]:
    """Processes that work on what they are sent, and leave with this one; an exception in the block stops them."""
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
