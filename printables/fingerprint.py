"""A hash of all that decides what records come to, besides the records: shared files, templates, code, packages."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from printables import paths

RECORDS = ("therapies", "worksheets", "packs")
"""Folders below the content whose files are records of their own."""


def fingerprint(content: Path, templates: Path) -> str:
    """The hash, in hexadecimal. Two equal ones mean that the same record comes to the same leaflets and problems."""
    own = paths.own() / "templates"
    folders = [(content, RECORDS), (templates, ()), *([(own, ())] if own.resolve() != templates.resolve() else [])]
    return _hash([_code(), *(part for folder, without in folders for part in _files(folder, without))])


@functools.cache
def _code() -> str:
    """Our own code and the installed packages, by their names and versions."""
    packages = sorted(name for name in os.listdir(sysconfig.get_path("purelib")) if name.endswith(".dist-info"))  # noqa: PTH208 - names alone
    return _hash([sys.version, *packages, *_files(Path(__file__).parent, ("_data",), ".py")])


def _files(folder: Path, without: Iterable[str] = (), ending: str = "") -> Iterator[str]:
    """Each file below the folder: its path in it and the hash of its content, in one order."""
    skipped = {folder / name for name in without}
    for path in sorted(_below(folder, skipped)):
        if path.name.endswith(ending):
            yield path.relative_to(folder).as_posix()
            yield _content(path)


def _content(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "unreadable"  # whoever needs the file says why


def _below(folder: Path, skipped: Iterable[Path]) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = [name for name in folders if name != "__pycache__" and here / name not in skipped]
        yield from (here / name for name in names if (here / name).is_file())


def _hash(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(f"{len(part)}:{part}".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()
