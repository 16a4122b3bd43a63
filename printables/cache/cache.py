"""The cache: what earlier runs read and found wrong, each part under a key of all that decides it (see keys.py).

A part is either right or not found, whoever kept it and wherever. Where there is nothing, or nothing that this version
can decode, everything is made anew.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from printables.cache.library_key import library_key
from printables.cache.store import NAME, Store
from printables.library.summaries import ReadResult

FORMAT = 3
"""Raise it where the same data is to be decoded in another way."""
VARIANTS = 3
"""So many check results are kept for each record: of a build, of a check for a release, of a clinic's shelf."""


@dataclass
class _Contents:
    """What the store holds. A check result stays JSON until somebody asks for it: most runs need few of many."""

    format: int = FORMAT
    read_results: dict[str, ReadResult] = field(default_factory=dict)
    check_results: dict[str, str] = field(default_factory=dict)


@functools.cache
def _decoder() -> TypeAdapter[_Contents]:
    return TypeAdapter(_Contents)


class Cache:
    """Begins empty. `load` fills it from a store, which an output folder is, and `save` writes it there."""

    def __init__(self) -> None:
        self._contents = _Contents()
        self._folders: tuple[Path, Path] | None = None
        self.library_key = ""
        """Of all that records share; part of every other key."""

    @property
    def read_results(self) -> dict[str, ReadResult]:
        """The result of reading each record, by the key that the library's loader gives it."""
        return self._contents.read_results

    def begin(self, content: Path, templates: Path) -> None:
        """Compute the key of what all records share, as these two folders hold it now."""
        self._folders = content, templates
        self.library_key = library_key(content, templates)

    def __contains__(self, key: str) -> bool:
        return key in self._contents.check_results

    def get(self, key: str) -> str | None:
        """Return the check result of the batch with this key, as JSON; None where nobody has checked it before."""
        results = self._contents.check_results
        if key in results:
            results[key] = results.pop(key)  # what was of use last is dropped last
        return results.get(key)

    def put(self, key: str, result: str) -> None:
        """Keep the check result of a batch."""
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
        """Bound the number of check results: a preview goes on for days."""
        most = VARIANTS * max(1, len(self.read_results))
        for key in list(self._contents.check_results)[:-most]:
            del self._contents.check_results[key]

    def load(self, store: Store) -> Cache:
        """Take what an earlier run saved there. Whatever cannot be decoded is as good as nothing."""
        with contextlib.suppress(ValidationError):
            found = _decoder().validate_json(store.read(NAME) or b"")
            self._contents = found if found.format == FORMAT else _Contents()
        return self

    def save(self, store: Store) -> None:
        """Write it for the next run, unless what all records share was changed meanwhile, or nothing is new."""
        if self._folders is None or library_key(*self._folders) != self.library_key:
            return
        self._drop_oldest()
        data = _decoder().dump_json(self._contents)
        if store.read(NAME) != data:
            store.write(NAME, data)
