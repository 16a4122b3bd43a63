"""Bring the site's folder up to date: write what changed, keep what did not, remove what is obsolete."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from printables import files
from printables.pipeline.options import Progress
from printables.publish import manifest
from printables.publish.manifest import File
from printables.workers import pool

KIND = "printables-site"
VERSION = 1

MANY = 80
"""Files from which on several processes are started for heavy parts. To make fewer takes no longer than a start."""

Contents = Mapping[str, bytes]


@dataclass(frozen=True)
class SitePart:
    """Files of the site that are made together, and only if `key` has changed.

    `make` returns their content by path. A `heavy` part is made in another process, so its `make` must be picklable.
    """

    key: str
    paths: tuple[str, ...]
    make: Callable[[], Contents]
    heavy: bool = False


def site_part(path: str, data: bytes) -> SitePart:
    """Return a part of one file whose content exists already."""
    return SitePart(manifest.digest(data), (path,), partial(dict, {path: data}))


@dataclass(frozen=True)
class SiteResult:
    """The result by path, sorted."""

    made: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True)
class StoredFile:
    """A file of the last run: the key of its part, and its content's hash."""

    key: str
    file: File


State = dict[str, StoredFile]


def read_state(path: Path) -> State:
    """Return what the last run wrote; empty if that is unknown, so that everything is made again."""
    try:
        whole = json.loads(path.read_bytes())
        if whole["kind"] != KIND or whole["version"] != VERSION:
            return {}
        return {name: StoredFile(str(key), File(name, str(sha), int(size))) for name, (key, sha, size) in _each(whole)}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _each(whole: Any) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in whole["files"].items() if files.is_safe(name))


def write_state(path: Path, state: State) -> None:
    """Save the state for the next run. Raises OutputError."""
    listed = {name: [known.key, known.file.sha256, known.file.bytes] for name, known in sorted(state.items())}
    files.write_atomic(path, json.dumps({"kind": KIND, "version": VERSION, "files": listed}, indent=0).encode() + b"\n")


@dataclass
class SiteFolder:
    """The site's folder during a run, with the states of the last run and of this one."""

    site: Path
    before: State
    workers: int
    progress: Progress = field(default_factory=Progress)
    """Told of parts that are made in other processes, which take longest."""
    now: State = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def write(self, parts: Sequence[SitePart]) -> None:
        """Make the parts that changed, keep the others. Raises OutputError."""
        todo, disk = [], manifest.OnDisk(self.site)
        for one in parts:
            if all(_is_there(disk, self.before.get(path), one.key) for path in one.paths):
                self.now |= {path: self.before[path] for path in one.paths}
            else:
                todo.append(one)
        if heavy := sum(one.heavy for one in todo):
            self.progress.on_start(heavy)
        for one, contents in _made(todo, self.workers):
            if one.heavy:
                self.progress.on_done(one.paths[0])
            for path, data in contents.items():
                self.now[path] = StoredFile(one.key, _write(self.site, path, data, self.before.get(path)))
                self.made.append(path)

    def leave(self, wanted: Callable[[str], bool]) -> None:
        """Keep these files of the last run that this one has not written."""
        self.now |= {path: known for path, known in self.before.items() if path not in self.now and wanted(path)}

    def remove_stale(self, *, but_below: str = "") -> None:
        """Remove files that the last run wrote and this one did not, and no others. Raises OutputError."""
        for path in sorted(self.before.keys() - self.now.keys()):
            if not (but_below and path.startswith(but_below)) and _remove(self.site, path):
                self.removed.append(path)

    def written(self) -> SiteResult:
        """Return the result."""
        kept = self.now.keys() - set(self.made)
        return SiteResult(tuple(sorted(self.made)), tuple(sorted(kept)), tuple(sorted(self.removed)))


def _is_there(disk: manifest.OnDisk, known: StoredFile | None, key: str) -> bool:
    return known is not None and known.key == key and disk.holds(known.file)


def _made(todo: Sequence[SitePart], workers: int) -> Iterator[tuple[SitePart, Contents]]:
    heavy = [one for one in todo if one.heavy]
    yield from ((one, one.make()) for one in todo if not one.heavy)
    if workers < 2 or sum(len(one.paths) for one in heavy) < MANY:
        yield from ((one, one.make()) for one in heavy)
        return
    with pool.workers(min(workers, len(heavy))) as executor:
        yield from zip(heavy, executor.each(_call, [one.make for one in heavy]), strict=True)


def _call(make: Callable[[], Contents]) -> Contents:
    return make()


def _write(site: Path, path: str, data: bytes, known: StoredFile | None) -> File:
    """Write a file unless its content is unchanged, so that its modification time is meaningful."""
    described = manifest.described(path, data)
    if known is None or known.file != described or not manifest.on_disk(site, described):
        target = files.inside(site, path)
        files.make_folder(target.parent)
        files.write_atomic(target, data)
    return described


def _remove(site: Path, path: str) -> bool:
    with contextlib.suppress(files.OutputError):
        target = files.inside(site, path)
        if files.is_file(target):
            files.remove(target)
            files.remove_empty(site, target.parent)
            return True
    return False
