"""The cache: results of reading and checking records in earlier runs, each under a key of its inputs (see keys.py).

An entry is either valid or not found, whichever machine stored it. If there is no cache, or none that this version can
decode, everything is made again.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from printables.cache.library_key import library_key
from printables.cache.store import Store, name_of
from printables.library.folders import Folders
from printables.library.summaries import ReadResult

FORMAT = 3
"""Increase it when the same data is to be decoded differently."""
VARIANTS = 3
"""Check results kept for each record, such as those of a build, a release check and a clinic's shelf."""


@dataclass
class _Contents:
    """The content of the store. Check results stay JSON until they are needed, because most runs need few of many."""

    format: int = FORMAT
    read_results: dict[str, ReadResult] = field(default_factory=dict)
    check_results: dict[str, str] = field(default_factory=dict)


@functools.cache
def _decoder() -> TypeAdapter[_Contents]:
    return TypeAdapter(_Contents)


class Cache:
    """Read results and check results by key. Starts empty; `load` fills it from a store, and `save` writes it there."""

    def __init__(self, language: str = "") -> None:
        """Return an empty cache for the records as they are, or for another language, which has a file of its own."""
        self._language = language
        self._contents = _Contents()
        self._folders: tuple[Path | Folders, Path] | None = None
        self.library_key = ""
        """The key of everything that records share; part of every other key."""

    @property
    def _name(self) -> str:
        return name_of(self._language)

    @property
    def read_results(self) -> dict[str, ReadResult]:
        """The result of reading each record, by the key that the library's loader computes."""
        return self._contents.read_results

    def begin(self, content: Path | Folders, templates: Path) -> None:
        """Compute `library_key` from the current state of these folders. Call it before reading them."""
        self._folders = content, templates
        self.library_key = library_key(content, templates, self._language)

    def __contains__(self, key: str) -> bool:
        return key in self._contents.check_results

    def get(self, key: str) -> str | None:
        """Return the check result of the batch with this key, as JSON; None if there is none."""
        results = self._contents.check_results
        if key in results:
            results[key] = results.pop(key)  # least recently used results are dropped first
        return results.get(key)

    def put(self, key: str, result: str) -> None:
        """Store the check result of a batch."""
        self._contents.check_results.pop(key, None)
        self._contents.check_results[key] = result
        self._drop_oldest()

    def drop(self, key: str) -> None:
        """Remove a check result that cannot be decoded."""
        self._contents.check_results.pop(key, None)

    def part(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the check results of these batches, for `merge` in another process."""
        results = self._contents.check_results
        return {key: results[key] for key in keys if key in results}

    def merge(self, results: Mapping[str, str]) -> None:
        """Add the check results of another process."""
        self._contents.check_results |= results

    def _drop_oldest(self) -> None:
        """Limit the number of check results, because a preview can run for days."""
        most = VARIANTS * max(1, len(self.read_results))
        for key in list(self._contents.check_results)[:-most]:
            del self._contents.check_results[key]

    def load(self, store: Store) -> Cache:
        """Take what an earlier run saved there, and return this cache. Content that cannot be decoded is ignored."""
        with contextlib.suppress(ValidationError):
            stored = _decoder().validate_json(store.read(self._name) or b"")
            self._contents = stored if stored.format == FORMAT else _Contents()
        return self

    def save(self, store: Store) -> None:
        """Write it for the next run, unless nothing is new, or a file that all records share changed meanwhile."""
        if self._folders is None or library_key(*self._folders, self._language) != self.library_key:
            return
        self._drop_oldest()
        data = _decoder().dump_json(self._contents)
        if store.read(self._name) != data:
            store.write(self._name, data)
