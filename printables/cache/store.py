"""What an earlier run found out, kept so that nobody need find it out again: in the output folder, or in another store.

Every part is kept under a hash of all that decides it, so a part is either right or not found, whoever kept it and
wherever. Where there is nothing, or nothing that this version can read, everything is looked at anew.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from printables import files

NAME = ".known.json"
FORMAT = 2


class Store(Protocol):
    """Where it is kept. Machines that work on one library may share one, such as a bucket of an object store."""

    def read(self, name: str) -> bytes | None:
        """What was last written under this name, whole; None where there is nothing or it cannot be had."""

    def write(self, name: str, data: bytes) -> None:
        """Keep this under the name, whole or not at all. Raises nothing: what cannot be kept is found out again."""


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


def read(store: Store) -> dict[str, dict[str, Any]]:
    """The parts by kind and hash."""
    with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError):
        whole = json.loads(store.read(NAME) or b"{}")
        if whole["format"] == FORMAT:
            return {kind: dict(parts) for kind, parts in whole["parts"].items()}
    return {}


def write(store: Store, parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Keep the parts, data for JSON and dataclasses, where they say anything new."""
    data = json.dumps({"format": FORMAT, "parts": parts}, separators=(",", ":"), default=vars).encode()
    if store.read(NAME) != data:
        store.write(NAME, data)
