"""A process that prints one page after the other and can be ended at any moment.

The engine runs only in such processes. If a page makes it crash, loop or use up memory, only this process is affected:
its parent watches its processor time and memory, ends it, and starts another one.
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
"""Seconds between two measurements of a process. Faster growth of memory meets the system's own limit."""
_one_at_a_time = threading.Lock()
"""Held while starting and ending processes, because multiprocessing is not thread-safe there."""
_ahead: list[Started] = []
"""Processes started before they are needed: pairs of connection and process."""


class WorkerEnded(Exception):
    """The process ended, or was ended, before the work was done."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class WorkFailed(Exception):
    """The work raised an exception. Holds its text, because the exception itself may not be picklable."""


class Worker:
    """One process. `folder` is its TMPDIR, or None for the usual one.

    One thread may call `run` while another calls `stop`. Raises WorkerEnded if the process cannot be started.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._stopped = self._ready = False
        self._ours, self._process = _take_ahead() or _start()
        self._watch: Watch | None = None
        with contextlib.suppress(OSError):  # if it has ended meanwhile, `run` reports it
            self._ours.send(folder)

    def run(self, work: Callable[[In], Out], given: In, seconds: float, memory: int) -> Out:
        """Return `work(given)`, computed in the process; both are pickled.

        `seconds` of processor time and `memory` in bytes are its limits. Raises WorkFailed if `work` raises, and
        WorkerEnded if the process crashed, hung, was stopped or exceeded a limit; then only `close` may be called.
        """
        try:
            self._wait_until_ready()
            self._ours.send((work, given, memory))
            self._wait(seconds, memory)
            good, result = self._ours.recv()
        except (EOFError, OSError) as error:
            raise WorkerEnded("stop" if self._stopped else "crash") from error
        finally:
            self._watch = None
        if not good and result.startswith("MemoryError"):
            raise self._ended("memory")
        if not good:
            raise WorkFailed(result)
        output: Out = result
        return output

    def _wait_until_ready(self) -> None:
        """Wait until the process has started, so that its start does not count against the limits of a page."""
        if not self._ready:
            self._wait(limits.STARTING, limits.MEMORY)
            self._ready = self._ours.recv()

    def spent(self) -> float:
        """Return the seconds of processor time that the current work has used. Thread-safe."""
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
        """End the process at once."""
        self._stopped = True
        self._process.kill()

    def close(self) -> None:
        """Let an idle process end by itself, or join one that has ended."""
        self._ours.close()
        with _one_at_a_time:
            self._process.join()
            self._process.close()


def load_ahead(count: int) -> None:
    """Start up to `count` processes that load the engine while the first pages are still being composed.

    Raises OutputError if the system allows too few open files.
    """
    open_files.check()
    with contextlib.suppress(WorkerEnded):
        while len(_ahead) < min(count, 4):  # the first few pages; more processes start when they are needed
            _ahead.append(_start(_serve_engine))


def end_ahead() -> None:
    """End the processes that were started ahead and not used."""
    while started := _take_ahead():
        started[1].kill()
        started[1].join()


def _take_ahead() -> Started | None:
    with contextlib.suppress(IndexError):
        return _ahead.pop()
    return None


def _start(serve: Callable[[connection.Connection], None] | None = None) -> Started:
    """Start a process and return the connection to it, and the process. Raises WorkerEnded if none can be started."""
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
    """Block Ctrl-C in processes started here. It reaches the whole group; a build stops its workers itself."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve_engine(theirs: connection.Connection) -> None:
    """Load the engine, so that the first page need not wait for it, and serve."""
    with contextlib.suppress(Exception):  # the first page reports what is missing
        importlib.import_module("printables.typeset.engine").load_engine()
    _serve(theirs)


def _serve(theirs: connection.Connection) -> None:
    """Do one piece of work after the other until the connection is closed. Runs in the process."""
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
        theirs.send(_result_of(work, given))
        del work, given
        turns += 1
        if turns % _COLLECT_EVERY == 0:
            gc.collect()
        if turns == _COLLECT_EVERY:  # exempt what is still alive: the engine, its fonts and style sheets
            gc.freeze()


def _be_silent() -> None:
    """Discard stderr: messages of crashing libraries do not help a clinic, and the parent reports the page."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _result_of(work: Callable[[Any], Any], given: Any) -> tuple[bool, Any]:
    try:
        return True, work(given)
    except Exception as error:  # noqa: BLE001 - whatever it is, it concerns this piece of work only
        return False, f"{type(error).__name__}: {str(error)[:300]}"


def _limit_memory(most: int) -> None:
    """Set the system's own memory limit (Linux), because the parent's periodic measurement may come too late."""
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _tidy_up() -> None:
    """Remove the engine's temporary folders of fonts."""
    if "weasyprint" in sys.modules:
        from printables.typeset.parsed_styles import forget

        forget()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # a build that was killed leaves no workers behind
