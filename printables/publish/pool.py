"""Typeset many pages on all processors, so that one bad page costs nothing but itself."""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import gc
import itertools
import math
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent import futures
from multiprocessing import forkserver, util
from multiprocessing.context import BaseContext
from pathlib import Path

from printables.publish.coming import Item, Queue
from printables.publish.machines import Refused
from printables.typeset.page import Finding, Page, Printed

Typeset = Callable[[Page], Printed]
Result = tuple[str, Printed]

TIME_LIMIT = 120.0
"""Seconds for one page; hundreds of times what a leaflet takes."""
BOOK = 10
"""A book has as many pages as dozens of leaflets, and is laid out twice; it may take so many times as long."""
_PRELOAD = ["weasyprint", "printables.typeset.engine"]
_COLLECT_EVERY = 8
GENERATION = 500
"""Pages that a worker prints before a new one takes its place, so that no leak can grow."""
_turns = itertools.count(1)


def typeset_page(page: Page) -> Printed:
    """Typeset with the real engine, which is not imported before there is something to typeset."""
    from printables.typeset.engine import typeset

    return typeset(page)


def render_all(
    pages: Mapping[str, Page] | Iterable[Item],
    jobs: int,
    *,
    typeset: Typeset = typeset_page,
    executor: futures.Executor | None = None,
) -> Generator[Result, None, None]:
    """Every path with its finished page, in the order in which they get finished.

    `pages` are taken a few ahead of what is being printed, so that they may still be in the making.

    A page that raises, crashes its worker or takes longer than TIME_LIMIT comes back without PDF and with a finding
    that says so. One page, or `jobs` 1, is typeset in this process, where a crash or an endless loop cannot be caught.
    `executor` is used instead of our own workers (a cluster; it stays open, and `jobs` is its width); where it breaks,
    the rest is done here. Close the iterator, or let an exception pass through, to stop the workers at once.
    """
    todo = Queue(pages.items() if isinstance(pages, Mapping) else pages)
    if executor is None and (jobs <= 1 or todo.known(2) < 2):
        while todo.known(1):
            path, page = todo.take()
            yield path, _guarded(typeset, page)
        return
    if executor is not None:
        yield from _on(executor, todo, jobs, typeset)
    else:
        load_ahead()
    while todo.known(1):
        yield from _in_workers(todo, max(1, jobs), functools.partial(watched, typeset))


def load_ahead() -> None:
    """Let the workers' parent load the engine while the first pages are still being composed."""
    if _context().get_start_method() == "forkserver":
        forkserver.ensure_running()


def _on(executor: futures.Executor, todo: Queue, jobs: int, work: Typeset) -> Iterator[Result]:
    """Work through `todo` on a given executor; what it leaves undone because it broke stays in `todo`."""
    suspects: list[Item] = []
    yield from _drain(executor, todo, 2 * max(1, jobs), work, suspects)
    todo.put_back(suspects)


def _in_workers(todo: Queue, jobs: int, work: Typeset) -> Iterator[Result]:
    """Work through `todo` with one generation of workers, until it has done its share or one of them dies.

    What was under way when one died is tried again, each page alone.
    """
    suspects: list[Item] = []
    with workers(todo.known(jobs)) as own:
        yield from _drain(own, todo, 2 * jobs, work, suspects, GENERATION * jobs)
    for path, page in suspects:
        yield path, _alone(page, work)


def _drain(
    executor: futures.Executor,
    todo: Queue,
    width: int,
    work: Typeset,
    suspects: list[Item],
    most: float = math.inf,
) -> Iterator[Result]:
    # Never more than `width` under way: so few are in doubt after a crash, and few pages wait in memory.
    running: dict[futures.Future[Printed], Item] = {}
    taken = 0
    while (running or (taken < most and todo.known(1))) and not suspects:
        while taken < most and len(running) < width and todo.known(1) and not suspects:
            _submit(executor, todo.take(), work, running, suspects)
            taken += 1
        done, _ = futures.wait(running, return_when=futures.FIRST_COMPLETED)
        for future in done:
            yield from _result(future, running.pop(future), suspects)
    for future, item in running.items():
        yield from _result(future, item, suspects)


def _submit(
    executor: futures.Executor,
    item: Item,
    work: Typeset,
    running: dict[futures.Future[Printed], Item],
    suspects: list[Item],
) -> None:
    try:
        running[executor.submit(work, item[1])] = item
    except futures.BrokenExecutor:
        suspects.append(item)


def _result(future: futures.Future[Printed], item: Item, suspects: list[Item]) -> Iterator[Result]:
    try:
        yield item[0], future.result()
    except (futures.BrokenExecutor, futures.CancelledError):
        suspects.append(item)
    except Refused:
        raise  # a machine that would print other files
    except Exception as error:  # noqa: BLE001 - it could not be sent or fetched; a cluster has errors of its own
        yield item[0], _raised(error)


def _alone(page: Page, work: Typeset) -> Printed:
    try:
        with workers(1) as own:
            return own.submit(work, page).result()
    except futures.BrokenExecutor:
        what = f"The program that prints this page crashed or took more than {TIME_LIMIT:.0f} seconds, twice."
        return nothing(what, "Look for very long words, very large pictures or deeply nested lists in its text.")


def _guarded(typeset: Typeset, page: Page) -> Printed:
    """Typeset; an exception becomes a finding, so that the other pages go on."""
    try:
        return typeset(page)
    except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this page only
        return _raised(error)


def _raised(error: Exception) -> Printed:
    what = f"This page could not be printed ({type(error).__name__}: {str(error)[:300]})."
    return nothing(what, "If its text looks right, please report this.")


def nothing(what: str, mend: str) -> Printed:
    """A page that did not come about."""
    return Printed(b"", 0, (Finding("", what, mend),))


def longest(page: Page) -> float:
    """Seconds that this page may take."""
    return TIME_LIMIT * (BOOK if page.numbering else 1)


def watched(typeset: Typeset, page: Page, limit: float | None = None) -> Printed:
    """Typeset in a worker: with a time limit, and collecting garbage now and then only."""
    # This ends the process even while it is inside native code, which no signal handler of ours could.
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(limit or longest(page), exit=True, file=nowhere)
        try:
            return _guarded(typeset, page)
        finally:
            faulthandler.cancel_dump_traceback_later()
            if next(_turns) % _COLLECT_EVERY == 0:
                gc.collect()


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the build stops its workers itself
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    util.Finalize(None, _tidy_up, exitpriority=1)  # atexit is not for workers
    gc.freeze()
    gc.disable()


def _tidy_up() -> None:
    if "weasyprint" in sys.modules:
        from printables.typeset.engine import forget

        forget()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # a build that was killed leaves no workers behind


def new_workers(count: int) -> futures.ProcessPoolExecutor:
    """Processes that work on what they are sent, and leave with this one."""
    return futures.ProcessPoolExecutor(count, mp_context=_context(), initializer=_start_worker)


@contextlib.contextmanager
def workers(count: int) -> Iterator[futures.ProcessPoolExecutor]:
    """Processes that work on what they are sent, and leave with this one; an exception in the block stops them."""
    executor = new_workers(count)
    try:
        yield executor
    except BaseException:
        _kill(executor)
        raise
    executor.shutdown()


def _kill(executor: futures.ProcessPoolExecutor) -> None:
    # There is no public way before Python 3.14; after shutdown() the list is gone.
    workers = list((executor._processes or {}).values())  # noqa: SLF001
    # The executor's own threads lose their pipes when the workers go, and would say so with a traceback.
    threading.excepthook = lambda _: None
    executor.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()


def _context() -> BaseContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context
