"""Watches every Python process of a build: fails on any connection and on any file outside of an allow-list.

Python imports this by its name where it finds it on PYTHONPATH; the build's workers inherit that. What was refused is
written to the file that GUARDED_LOG names, and raised as well. Only Python's own calls are seen: what libraries written
in C open is seen by strace, in tests/test_no_network.py.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_LOG = os.environ.get("GUARDED_LOG", "")
_WRITABLE = tuple(os.environ.get("GUARDED_WRITE", "").split(os.pathsep))
_READABLE = (*os.environ.get("GUARDED_READ", "").split(os.pathsep), *_WRITABLE)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}
_AT = {"os.remove", "os.rmdir", "os.mkdir", "os.rename"}
"""These may name a file by an open folder and a name in it; the folder is their last number."""
_NETWORK = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"}
_PROGRAMS = ("python", "ldconfig", "gcc", "cc", "objdump", "ld", "sh", "uname")
"""What may be started: Python itself, and what `ctypes.util.find_library` asks where a library is."""
_busy = False


def _inside(path: Any, folders: tuple[str, ...]) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return True  # a number: a file that is open already
    name = os.path.realpath(os.fsdecode(path))
    return any(name == folder or name.startswith(folder.rstrip("/") + "/") for folder in folders if folder)


def _refused(event: str, given: tuple[Any, ...]) -> str:
    """What is wrong with an event; nothing where all is well."""
    if event in _NETWORK:
        address = given[1] if event != "socket.getaddrinfo" and len(given) > 1 else given[0]
        local = address is None or isinstance(address, str | bytes)  # one that is connected already, or a path
        return "" if local and event != "socket.getaddrinfo" else f"{event} {address!r}"
    if event == "open":
        path, mode, flags = given
        writes = bool(set(mode or "") & set("wax+")) or bool((flags or 0) & _WRITING)
        return "" if _inside(path, _WRITABLE if writes else _READABLE) else f"{'write' if writes else 'read'} {path!r}"
    if event in _CHANGES:
        start = f"/proc/self/fd/{given[-1]}/" if event in _AT and given[-1] > 2 else ""
        named = [start + os.fsdecode(one) for one in given if isinstance(one, str | bytes)]
        return "" if all(_inside(one, _WRITABLE) for one in named) else f"{event} {given!r}"
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        program = os.fsdecode(given[0]).rpartition("/")[2] if given[0] else ""
        return "" if program.startswith(_PROGRAMS) else f"{event} {given[0]!r}"
    return ""


def _look(event: str, given: tuple[Any, ...]) -> None:
    global _busy  # noqa: PLW0603 - the log is a file, too
    if _busy or not event.startswith(("socket.", "open", "os.", "subprocess.")):
        return
    _busy = True
    try:
        said = _refused(event, given)
        if said:
            with open(_LOG, "a", encoding="utf-8", errors="backslashreplace") as log:  # noqa: PTH123
                log.write(said + "\n")
    finally:
        _busy = False
    if said:
        raise PermissionError(f"guarded: {said}")


if _LOG:
    sys.addaudithook(_look)
