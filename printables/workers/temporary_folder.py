"""A temporary folder for the engine's files, which is always removed, even after a killed build."""

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
    """Yield a folder below TMPDIR and remove it afterwards. Folders left by killed builds are removed first.

    The operating system releases the lock of a killed process, so a folder whose lock is free is not in use.
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
        with contextlib.suppress(filelock.Timeout, FileNotFoundError):  # another build took it for an abandoned one
            lock.acquire()
            return folder, lock


def _sweep(parent: Path) -> None:
    """Remove the folders of builds that ended, except those of other users."""
    for folder in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, filelock.Timeout):
            if folder.is_symlink() or not _is_ours(folder):
                continue
            if not (folder / _LOCK).is_file():
                folder.rmdir()  # killed before it locked it; a build that has only just made it will make another one
                continue
            with filelock.FileLock(folder / _LOCK, timeout=0):
                _empty(folder)
                shutil.rmtree(folder, ignore_errors=True)


def _empty(folder: Path) -> None:
    """Remove everything but the lock, so that the next build still recognises the folder if this one is killed now."""
    with contextlib.suppress(OSError):  # other programs may clean TMPDIR as well
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink()


def _is_ours(folder: Path) -> bool:
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
