"""Decide from file stamps alone, without reading files, whether anything changed since the last good build.

Without this, a build would read, compose and check everything only to find nothing to do. The answer is positive only
if it is certain: same command, folder and day; every file of records, templates, code and environment (see
environment.py) as it was before the last good build started reading; every published file as that build left it. A
stamp holds size, modification time, inode number and the time of the last change (ctime), which programs cannot set.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from printables import files

NAME, OF_SITE = ".unchanged.json", ".unchanged-site.json"
NAMES = {"build": NAME, "site": OF_SITE}
"""Where the last result of each command is kept, in the output folder."""
FORMAT = 3
TRANSLATIONS = "translations"
"""The folder of other languages below the content."""
SETTLED = 2 * 10**9
"""Nanoseconds without a change before a stamp is trusted: the time resolution of disks is up to two seconds (FAT)."""
LEADING = (
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "DYLD_INSERT_LIBRARIES",
    "WEASYPRINT_DLL_DIRECTORIES",
)
"""Environment variables that select native libraries."""

Stamps = dict[str, list[int]]


@dataclass(frozen=True)
class SourceState:
    """The state before a build: the command, and the stamps of its source files and of the environment's files."""

    command: list[Any]
    sources: dict[str, Stamps]
    environment: Stamps
    settled: bool
    """Whether the newest change is old enough (`SETTLED`) that the stamps can be trusted."""


def source_state(arguments: Sequence[str], folders: Iterable[Path], environment: Iterable[str]) -> SourceState | None:
    """Return the current state. None if it cannot be determined because of links, or of missing environment files."""
    began = time.time_ns()
    try:
        skipped = _skipped(arguments)
        sources = {str(folder.resolve()): _stamps(folder, skipped) for folder in folders}
        around = {path: _stamp(path) for path in environment}
    except OSError:
        return None
    complete = {folder: stamps for folder, stamps in sources.items() if stamps is not None}
    if len(complete) < len(sources):
        return None
    newest = max((stamp[2] for stamps in (*complete.values(), around) for stamp in stamps.values()), default=0)
    return SourceState(_command(arguments), complete, around, newest < began - SETTLED)


def changed_since(state: SourceState | None) -> list[str]:
    """Return the source files that were added, changed or removed since that state, sorted."""
    changed: set[str] = set()
    for folder, before in state.sources.items() if state else ():
        with contextlib.suppress(OSError):
            now = _stamps(Path(folder), _skipped(state.command[0] if state else ())) or {}
            changed |= {folder + name for name in {*before, *now} if before.get(name) != now.get(name)}
    return sorted(changed)


def record_result(
    output: Path, before: SourceState, published: Iterable[str], result: Any, command: str = "build"
) -> None:
    """Store the `result` of a good run of `command` with its state `before` and the stamps of the `published` files.

    `result` is plain JSON data. Raises OutputError.
    """
    state = {**vars(before), "format": FORMAT, "published": {path: _stamp(output / path) for path in published}}
    files.write_atomic(output / NAMES[command], json.dumps({**state, "result": result}).encode())


def recorded_result(output: Path, arguments: Sequence[str], command: str = "build") -> Any:
    """Return the result of the last good run of `command` if nothing has changed since; None if a run is needed."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        state = json.loads((output / NAMES[command]).read_bytes())
        same = state["format"] == FORMAT and state["command"] == _command(arguments)
        same = same and all(_stamp(path) == stamp for path, stamp in state["environment"].items())
        skipped = _skipped(arguments)
        same = same and all(_stamps(Path(folder), skipped) == stamps for folder, stamps in state["sources"].items())
        if same and all(_stamp(output / path) == stamp for path, stamp in state["published"].items()):
            return state["result"]
    return None


def touched(output: Path, command: str = "build") -> bool:
    """Return whether a source file was added, changed or removed since the last good run of `command`."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        state = json.loads((output / NAMES[command]).read_bytes())
        skipped = _skipped(state["command"][0])
        return any(_stamps(Path(folder), skipped) != stamps for folder, stamps in state["sources"].items())
    return False


def _command(arguments: Sequence[str]) -> list[Any]:
    """Return what else affects a build: arguments, folder, day, and where packages and libraries come from."""
    day = date.today().isoformat()  # noqa: DTZ011 - the clinic's day
    leading = [os.environ.get(name) for name in LEADING]
    return [list(arguments), os.getcwd(), day, sys.version, list(sys.path), leading]  # noqa: PTH109 - half the time of Path.cwd


def _skipped(arguments: Iterable[str]) -> str:
    """Return the name of folders that do not matter: words of other languages, where none is asked for."""
    return "" if any(argument.partition("=")[0] == "--language" for argument in arguments) else TRANSLATIONS


def _stamps(folder: Path, skipped: str) -> Stamps | None:
    """Return the stamp of every file below `folder`; None if one is a link, whose target could be anywhere.

    Folders with the name `skipped` are passed over, unless they hold code.

    A folder that is not there has none: somebody who has no content folder has not yet put anything over ours.
    """
    stamps: Stamps = {}
    if not os.path.lexists(folder):
        return stamps
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    return None
                if entry.is_dir():
                    waiting.extend([] if _is_skipped(entry.path, entry.name, skipped) else [entry.path])
                else:
                    stamps[entry.path[len(str(folder)) :]] = _numbers(entry.stat())
    return stamps


def _is_skipped(path: str, name: str, skipped: str) -> bool:
    return name == "__pycache__" or (name == skipped and not os.path.exists(f"{path}/__init__.py"))  # noqa: PTH110 - fast


def _stamp(path: Path | str) -> list[int]:
    return _numbers(os.lstat(path))


def _numbers(info: os.stat_result) -> list[int]:
    return [info.st_size, info.st_mtime_ns, info.st_ctime_ns, info.st_ino]
