"""A process that prints one page after the other, and that can be ended at any moment.

The engine runs in no other place. Whatever a page does to it (crash, endless loop, all memory) happens to this process:
its parent watches its processor time and its memory, ends it, and starts another one.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from multiprocessing import connection
from pathlib import Path
from typing import Any, Literal, TypeVar

from printables import limits
from printables.workers import open_files
from printables.workers.usage import Watch, memory_of, time_of

In = TypeVar("In")
Out = TypeVar("Out")
Reason = Literal["crash", "time", "hang", "memory", "stop"]
Started = tuple[Any, Any]

_COLLECT_EVERY = 8
_TICK = 0.1
"""Seconds between two looks at a process. What grows faster meets the system's own limit."""
_one_at_a_time = threading.Lock()
"""For starting and ending processes, which multiprocessing does not do from several threads."""
_ahead: list[Started] = []
"""Processes that have been started before they were needed, each after the connection to it."""


class WorkerEnded(Exception):
    """The process ended before the work did, or was ended."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class WorkFailed(Exception):
    """The work raised an error; this is what it said. The error itself may be of a kind that cannot be sent."""


class Worker:
    """One process. `folder` is its TMPDIR, or None for the usual one.

    One thread may ask it to `run` something, another one may `stop` it meanwhile. Raises Ended where it cannot start.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._stopped = self._ready = False
        self._ours, self._process = _taken() or _started()
        self._watch: Watch | None = None
        with contextlib.suppress(OSError):  # what has ended meanwhile is seen when it is asked for something
            self._ours.send(folder)

    def run(self, work: Callable[[In], Out], given: In, seconds: float, memory: int) -> Out:
        """What `work` makes of what it is `given`; both are sent to the process.

        Raises Failed where `work` raises anything, and Ended where the process crashed, hung, was stopped, or took more
        than so many bytes or seconds of processor time. After Ended there is nothing to do but `close`.
        """
        try:
            self._wait_until_ready()
            self._ours.send((work, given, memory))
            self._wait(seconds, memory)
            good, came = self._ours.recv()
        except (EOFError, OSError) as error:
            raise WorkerEnded("stop" if self._stopped else "crash") from error
        finally:
            self._watch = None
        if not good and came.startswith("MemoryError"):
            raise self._ended("memory")
        if not good:
            raise WorkFailed(came)
        done: Out = came
        return done

    def _wait_until_ready(self) -> None:
        """A page need not pay for the start of its process."""
        if not self._ready:
            self._wait(limits.STARTING, limits.MEMORY)
            self._ready = self._ours.recv()

    def spent(self) -> float:
        """Seconds of processor time that what is under way has used; any thread may ask."""
        watch = self._watch
        return watch.spent if watch and self._ready else 0.0

    def _wait(self, seconds: float, memory: int) -> None:
        pid = self._process.pid
        self._watch = watch = Watch(lambda: time_of(pid), seconds)
        while not self._ours.poll(_TICK):
            if reason := watch.over():
                raise self._ended(reason)
            if memory_of(pid) > memory:
                raise self._ended("memory")

    def _ended(self, reason: Reason) -> WorkerEnded:
        self._process.kill()
        return WorkerEnded(reason)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """Let an idle process end by itself; one that has been ended is buried."""
        self._ours.close()
        with _one_at_a_time:
            self._process.join()
            self._process.close()


def load_ahead(count: int) -> None:
    """Start up to so many processes, and have them load the engine, while the first pages are still being composed.

    Raises OutputError where the system lets too few files be open for several processes.
    """
    open_files.check()
    with contextlib.suppress(WorkerEnded):
        while len(_ahead) < min(count, 4):  # the first few pages; more processes start when they are needed
            _ahead.append(_started(_serve_engine))


def end_ahead() -> None:
    """End the processes that nobody needed."""
    while found := _taken():
        found[1].kill()
        found[1].join()


def _taken() -> Started | None:
    with contextlib.suppress(IndexError):
        return _ahead.pop()
    return None


def _started(serve: Callable[[connection.Connection], None] | None = None) -> Started:
    """A new process. Raises Ended where none can be started."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve or _serve, args=(theirs,), daemon=True)
    try:
        with _one_at_a_time, _without_interrupts():
            process.start()
    except OSError as error:
        ours.close()
        raise WorkerEnded("crash") from error
    finally:
        theirs.close()
    return ours, process


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started here never hears of Ctrl-C, which reaches the whole group: a build stops its workers itself."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve_engine(theirs: connection.Connection) -> None:
    """The same with the engine loaded, so that the first page need not wait for it."""
    with contextlib.suppress(Exception):  # the first page says what is missing
        importlib.import_module("printables.typeset.engine").load_engine()
    _serve(theirs)


def _serve(theirs: connection.Connection) -> None:
    """In the process: one piece of work after the other, until nobody asks for more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _be_silent()
    with contextlib.suppress(EOFError):
        theirs.send(True)
        if folder := theirs.recv():
            tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        _work(theirs)
    _tidy_up()


def _work(theirs: connection.Connection) -> None:
    own, turns = memory_of(os.getpid()), 0
    gc.disable()
    while True:
        work, given, memory = theirs.recv()
        _limit_memory(own + memory)
        theirs.send(_done(work, given))
        del work, given
        turns += 1
        if turns % _COLLECT_EVERY == 0:
            gc.collect()
        if turns == _COLLECT_EVERY:  # what is still there stays: the engine, its fonts and style sheets
            gc.freeze()


def _be_silent() -> None:
    """What libraries say while they crash is nothing for a clinic: the page is named, by its parent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _done(work: Callable[[Any], Any], given: Any) -> tuple[bool, Any]:
    try:
        return True, work(given)
    except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this piece of work only
        return False, f"{type(error).__name__}: {str(error)[:300]}"


def _limit_memory(most: int) -> None:
    """Have the system itself refuse more, at once: a parent that looks now and then may look too late."""
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _tidy_up() -> None:
    """The engine keeps fonts in folders of its own."""
    if "weasyprint" in sys.modules:
        from printables.typeset.engine import forget

        forget()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # a build that was killed leaves no workers behind
