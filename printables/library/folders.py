"""A clinic's own content folder, and the shipped one that it lies over, file by file.

A record with a file of its own (a therapy, a clinic) comes from the own folder if a file of this name is there, else
from the shipped one. Of a shared file such as sources.yaml both are read, and merged (see merging.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RECORD_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True)
class Folders:
    """The folders of a library. `shipped` is None where nothing lies below: a whole library of one's own."""

    own: Path
    shipped: Path | None = None

    @classmethod
    def of(cls, content: Path | Folders) -> Folders:
        """Return the folders; a single one stands alone."""
        return content if isinstance(content, Folders) else cls(content)

    def layers(self) -> tuple[Path, ...]:
        """Return the folders, the lower one first."""
        return (self.own,) if self.shipped is None else (self.shipped, self.own)

    def root_of(self, path: Path) -> Path:
        """Return the folder that holds `path`."""
        return self.own if self.shipped is None or path.is_relative_to(self.own) else self.shipped

    def is_shipped(self, path: Path) -> bool:
        """Return whether the file came with Printables and lies below an own folder: nobody here can mend it."""
        return self.shipped is not None and path.resolve().is_relative_to(self.shipped.resolve())

    def records(self, folder: str) -> list[tuple[str, Path]]:
        """Return name and path of the record files in this folder: all own ones, and the shipped ones beside them."""
        own = list(yaml_files(self.own / folder))
        taken = {name for name, _ in own}
        shipped = yaml_files(self.shipped / folder) if self.shipped else ()
        return sorted([*own, *((name, path) for name, path in shipped if name not in taken)])

    def shared(self, file: str) -> list[Path]:
        """Return the files of this name that are merged, the lower one first; the own one if there is none at all."""
        found = [path for layer in self.layers() if os.path.lexists(path := layer / file)]
        return found or [self.own / file]

    def beside(self, folder: str, name: str) -> Path:
        """Return the folder that holds a record's picture: the own one if it has a file of this name."""
        found = (layer / folder for layer in reversed(self.layers()) if os.path.lexists(layer / folder / name))
        return next(found, self.own / folder)


def yaml_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path of a folder's YAML files, in the same order on every machine."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix.lower() in RECORD_ENDINGS and not path.name.startswith("."):
            yield path.stem, path
