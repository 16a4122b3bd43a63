"""Whether anything has been touched since the last good build: known from the files' stamps, without reading one.

A build that finds nothing to do has read, composed and checked everything to find that out. This answers first, and
only where it is sure: the same command, folder and day; every file of records, templates, code and environment (see
environment.py) as it was before the last good build began to read; every published file as that build left it. A stamp
holds the time of the last change (ctime), which no program can set back, besides the size, the file's number and its
time.
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

NAME = ".unchanged.json"
FORMAT = 2
SETTLED = 2 * 10**9
"""Nanoseconds for which a file must have been left alone: disks' clocks tick as slowly as once in two seconds (FAT)."""
LEADING = (
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
    "DYLD_INSERT_LIBRARIES",
    "WEASYPRINT_DLL_DIRECTORIES",
)
"""Variables that lead to other libraries."""

Stamps = dict[str, list[int]]


@dataclass(frozen=True)
class SourceState:
    """What a build is about to read: the command, every file below the folders, and the files of the environment."""

    command: list[Any]
    sources: dict[str, Stamps]
    environment: Stamps
    settled: bool
    """Whether nothing had been touched for long enough that the stamps can be trusted."""


def source_state(arguments: Sequence[str], folders: Iterable[Path], environment: Iterable[str]) -> SourceState | None:
    """The state before a build reads anything. None where it cannot be told, because of links or missing files."""
    began = time.time_ns()
    try:
        sources = {str(folder.resolve()): _stamps(folder) for folder in folders}
        around = {path: _stamp(path) for path in environment}
    except OSError:
        return None
    known = {folder: stamps for folder, stamps in sources.items() if stamps is not None}
    if len(known) < len(sources):
        return None
    newest = max((stamp[2] for stamps in (*known.values(), around) for stamp in stamps.values()), default=0)
    return SourceState(_command(arguments), known, around, newest < began - SETTLED)


def changed_since(seen: SourceState | None) -> list[str]:
    """Files of the sources that were made, changed or removed since that look, sorted."""
    found: set[str] = set()
    for folder, before in seen.sources.items() if seen else ():
        with contextlib.suppress(OSError):
            now = _stamps(Path(folder)) or {}
            found |= {folder + name for name in {*before, *now} if before.get(name) != now.get(name)}
    return sorted(found)


def remember(output: Path, seen: SourceState, published: Iterable[str], said: Any) -> None:
    """Keep `said`, what there is to say about this good build, with the stamps of all that it read and published.

    `said` is plain data for JSON. Raises OutputError.
    """
    state = {**vars(seen), "format": FORMAT, "published": {path: _stamp(output / path) for path in published}}
    files.write_atomic(output / NAME, json.dumps({**state, "said": said}).encode())


def recall(output: Path, arguments: Sequence[str]) -> Any:
    """What was said about the last good build where nothing has been touched since; None where one has to build."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        state = json.loads((output / NAME).read_bytes())
        same = state["format"] == FORMAT and state["command"] == _command(arguments)
        same = same and all(_stamp(path) == stamp for path, stamp in state["environment"].items())
        same = same and all(_stamps(Path(folder)) == stamps for folder, stamps in state["sources"].items())
        if same and all(_stamp(output / path) == stamp for path, stamp in state["published"].items()):
            return state["said"]
    return None


def touched(output: Path) -> bool:
    """Whether a file was made, changed or removed since the last good build, so that there is something to print."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        state = json.loads((output / NAME).read_bytes())
        return any(_stamps(Path(folder)) != stamps for folder, stamps in state["sources"].items())
    return False


def _command(arguments: Sequence[str]) -> list[Any]:
    """What else decides a build: what was asked for and where, the day, and where packages and libraries come from."""
    day = date.today().isoformat()  # noqa: DTZ011 - the clinic's day
    leading = [os.environ.get(name) for name in LEADING]
    return [list(arguments), os.getcwd(), day, sys.version, list(sys.path), leading]  # noqa: PTH109 - half the time of Path.cwd


def _stamps(folder: Path) -> Stamps | None:
    """The stamp of every file below `folder`; None where a link stands among them, whose target could be anywhere."""
    found: Stamps = {}
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_symlink():
                    return None
                if entry.is_dir():
                    waiting.extend([entry.path] if entry.name != "__pycache__" else [])
                else:
                    found[entry.path[len(str(folder)) :]] = _numbers(entry.stat())
    return found


def _stamp(path: Path | str) -> list[int]:
    return _numbers(os.lstat(path))


def _numbers(seen: os.stat_result) -> list[int]:
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]
