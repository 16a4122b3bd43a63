"""A folder for what the engine keeps in files while it prints; nothing of it stays, however a build ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import filelock

PREFIX = "printables-print-"
_LOCK = "lock"


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder below TMPDIR for as long as the block runs. What killed builds left there before is removed.

    The operating system drops the lock of a process that is killed; so a folder whose lock can be had is nobody's.
    """
    _sweep(Path(tempfile.gettempdir()))
    folder, lock = _taken()
    try:
        yield folder
    finally:
        _empty(folder)
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _taken() -> tuple[Path, filelock.BaseFileLock]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = filelock.FileLock(folder / _LOCK, timeout=0)
        with contextlib.suppress(filelock.Timeout, FileNotFoundError):  # another build took it for a killed one's
            lock.acquire()
            return folder, lock


def _sweep(parent: Path) -> None:
    """Remove the folders of builds that are gone. Those of other people stay."""
    for folder in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, filelock.Timeout):
            if folder.is_symlink() or not _is_ours(folder):
                continue
            if not (folder / _LOCK).is_file():
                folder.rmdir()  # killed before it had its lock; whoever has just made it makes another one
                continue
            with filelock.FileLock(folder / _LOCK, timeout=0):
                _empty(folder)
                shutil.rmtree(folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    """Remove all but the lock, which goes last: a build that is killed meanwhile leaves what the next one knows."""
    with contextlib.suppress(OSError):  # somebody else tidies TMPDIR, too
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink()


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
