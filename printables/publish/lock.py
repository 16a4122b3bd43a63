"""A lock that allows one build at a time in an output folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import filelock

from printables.files import plain_errors
from printables.problems import Problem

NAME = ".lock"


class Busy(Exception):
    """Another build is writing into the same folder; `problem` holds the message."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(self.problem)


@contextlib.contextmanager
def held(output: Path) -> Iterator[None]:
    """Hold the folder's lock. Raises Busy at once if another build holds it, OutputError if it cannot be created.

    The operating system releases the lock of a process that is killed, so a lock file left behind blocks nobody.
    """
    path = output / NAME
    lock = filelock.FileLock(path, timeout=0)
    with plain_errors(path):
        _acquire(lock, output)
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: filelock.BaseFileLock, output: Path) -> None:
    try:
        lock.acquire()
    except filelock.Timeout as error:  # itself an OSError, which `plain_errors` would catch
        what = "Another build is writing into this folder right now."
        raise Busy(Problem(str(output), 0, what, "Wait until it is done and try again.")) from error
