"""Stores for the cache: the output folder, or another store that machines share."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Protocol

from printables import files

NAME = ".known.json"


def name_of(language: str) -> str:
    """Return the name of the cache of another language, so that no build forgets what one of the others knows."""
    return f".known-{language}.json" if language else NAME


LAID_OUT = ".laid-out.json"
"""What was found on pages that a check laid out."""


class Store(Protocol):
    """A place for whole files. Machines that build one library may share one, such as a bucket of an object store."""

    def read(self, name: str) -> bytes | None:
        """Return what was last written under this name; None if there is nothing or it cannot be read."""

    def write(self, name: str, data: bytes) -> None:
        """Write this under the name, atomically. Raises nothing: what cannot be stored is made again next time."""


class FolderStore:
    """The usual store: an output folder. It is not created here."""

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
