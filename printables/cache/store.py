"""Where the cache is kept: in the output folder, or in another store that machines share."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Protocol

from printables import files

NAME = ".known.json"


class Store(Protocol):
    """A place for whole files. Machines that work on one library may share one, such as a bucket of an object store."""

    def read(self, name: str) -> bytes | None:
        """Return what was last written under this name, whole; None where there is nothing or it cannot be had."""

    def write(self, name: str, data: bytes) -> None:
        """Keep this under the name, whole or not at all. Raises nothing: what cannot be kept is made anew."""


class FolderStore:
    """The usual store: an output folder, where it is there already."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """See Store."""
        with contextlib.suppress(OSError):
            return (self._folder / name).read_bytes()
        return None

    def write(self, name: str, data: bytes) -> None:
        """See Store."""
        with contextlib.suppress(OSError, files.OutputError):
            if self._folder.is_dir():
                files.write_atomic(self._folder / name, data)
