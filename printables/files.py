"""Atomic writes inside the output folder. No other module writes files there."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from printables.problems import Problem

PREFIX = ".printables-"
_LEFT_OVER = re.compile(re.escape(PREFIX) + r"[0-9a-f]{16}\.tmp")
_UNWANTED = re.compile(r"[\x00-\x1f\x7f\\:]")

_REASONS = {
    errno.ENOSPC: ("The disk is full.", "Make room and run the command again."),
    errno.EIO: ("The disk does not work as it should.", "Look at the disk, or choose an output folder on another one."),
    errno.EMFILE: ("Too many files are open.", "Close other programs, or raise the limit (ulimit -n)."),
    errno.ENFILE: ("Too many files are open.", "Close other programs, or raise the limit (ulimit -n)."),
    errno.ENAMETOOLONG: ("The path is too long for this disk.", "Choose an output folder with a shorter path."),
    errno.EDQUOT: ("The disk quota is used up.", "Make room and run the command again."),
    errno.EACCES: ("You are not allowed to write here.", "Ask for permission or choose another output folder."),
    errno.EPERM: ("You are not allowed to write here.", "Ask for permission or choose another output folder."),
    errno.EROFS: ("This disk can only be read.", "Choose an output folder on another disk."),
    errno.ENOTDIR: ("A file stands where a folder is needed.", "Move that file away."),
    errno.EEXIST: ("A file stands where a folder is needed.", "Move that file away."),
    errno.EISDIR: ("A folder stands where a file is needed.", "Move that folder away."),
}


class OutputError(Exception):
    """The output folder cannot be used as requested; `problems` holds the messages."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@contextlib.contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turn an operating system's error about `path` into an OutputError."""
    try:
        yield
    except OSError as error:
        usual = (f"This could not be written: {error.strerror or error}.", "Check the output folder.")
        what, mend = _REASONS.get(error.errno or 0, usual)
        raise OutputError(Problem(str(path), 0, what, mend)) from error


def is_safe(relative: str) -> bool:
    """Return True for a normalised relative path with forward slashes and without `..`."""
    pure = PurePosixPath(relative)
    plain = not _UNWANTED.search(relative) and str(pure) == relative != "."
    return plain and not pure.is_absolute() and ".." not in pure.parts


def inside(root: Path, relative: str) -> Path:
    """Return the path of `relative` below `root`.

    Raises OutputError if the path is absolute, contains "..", or passes through a link that leads out of `root`.
    The last part may be a link: writing replaces the link and removing removes it; neither follows it.
    """
    path = root / relative
    with plain_errors(path):
        if is_safe(relative) and path.parent.resolve().is_relative_to(root.resolve()):
            return path
    raise OutputError(Problem(relative, 0, "This path leads out of the output folder.", "Nothing was written to it."))


def is_file(path: Path) -> bool:
    """Return True for a regular file, False for a link to one."""
    return path.is_file() and not path.is_symlink()


def make_folder(path: Path) -> None:
    """Create the folder and its parents. Raises OutputError."""
    with plain_errors(path):
        path.mkdir(parents=True, exist_ok=True)


def write_atomic(path: Path, data: bytes, *, like: Path | None = None) -> None:
    """Write `data` to `path` atomically: after a crash at any moment, the old or the new file is there, whole.

    The folder must exist. If OutputError is raised, the old file is untouched. The new file may be read and written by
    those who may read and write the file `like`, if one is named.
    """
    # Not tempfile: only the owner could read its files, but a web server must read these.
    temporary = path.with_name(f"{PREFIX}{secrets.token_hex(8)}.tmp")
    with plain_errors(path):
        try:
            _write_synced(temporary, data)
            if like:
                temporary.chmod(stat.S_IMODE(like.stat().st_mode))
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # Some platforms and network disks do not support this; the file itself is already written.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file or a link, if it is there. Raises OutputError."""
    with plain_errors(path):
        path.unlink(missing_ok=True)


def remove_empty(root: Path, folder: Path) -> None:
    """Remove `folder` and its parents below `root`, as long as they are empty."""
    while folder != root and folder.is_relative_to(root):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def sweep(folder: Path) -> None:
    """Remove temporary files of killed builds; links to folders are not followed. Raises OutputError."""
    for path in walk(folder, lambda name: _LEFT_OVER.fullmatch(name) is not None):
        remove(path)


def walk(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Path]:
    """Yield the files below `folder` whose name is `wanted`, sorted; links to folders are not followed."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(parent, name) for name in sorted(names) if wanted(name))
