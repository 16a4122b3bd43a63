"""The environment: everything but the data that affects results.

It is part of every key. There are two views of it: its value (`environment`), and the files whose stamps show that it
is unchanged (`files`), for the fast path, which must not load anything.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from printables.keys import key_of
from printables.typeset import fonts, native

PACKAGE = Path(__file__).parent.parent
LINKER_CACHE = Path("/etc/ld.so.cache")
"""The index of libraries on Linux, which is rewritten when one is added."""
PRINTING = (
    "weasyprint",
    "pypdfium2",
    "fontpkg-atkinson-hyperlegible",
    "fontpkg-fira-sans",
    "fontpkg-ibm-plex-sans-arabic",
)
"""The packages that `typeset` imports; their dependencies are added by `_needed`."""


@functools.cache
def environment() -> Mapping[str, str]:
    """Return versions or hashes by name: Python, our code, every package, fonts, and the native libraries that print.

    The value is computed once, because packages installed later are not those that this process has loaded.
    """
    return {
        **dict(_packages()),
        **native.versions(),
        "python": sys.version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "printables": key_of(list(contents(PACKAGE, ("_data",), ".py"))),
        "fonts": key_of([fonts.font_assets(), fonts.wider_assets(), fonts.arabic_assets()]),
        "libraries": key_of([_stamp(path) for path in native.files()]),
    }


def printing() -> dict[str, str]:
    """Return the part that affects the bytes of a PDF, which must be equal on all machines of a cluster."""
    names = (*_needed(PRINTING), "zlib", "printables", "fonts", *native.versions())
    whole = environment()
    return {name: whole.get(name, "absent") for name in sorted(names)}


def files() -> list[str]:
    """Return files and folders whose stamps change when packages, fonts or libraries change; our own code excluded.

    An entry that is not a path stands for a library that cannot be watched on this system.
    """
    cache = [LINKER_CACHE] if LINKER_CACHE.exists() else []
    return [
        *_package_folders(),
        *native.files(),
        *map(str, [*fonts.font_files(), *fonts.wider_files(), *fonts.arabic_files(), *cache]),
    ]


def contents(
    folder: Path, without: Iterable[str] = (), ending: str = "", largest: Callable[[Path], int | None] = lambda _: None
) -> Iterator[str]:
    """Yield, for each file below the folder in a fixed order, its relative path and then the hash of its content.

    A file above the size that `largest` gives for it is not read: its size stands for it.
    """
    skipped = {folder / name for name in without}
    for path in sorted(_below(folder, skipped)):
        if path.name.endswith(ending):
            yield path.relative_to(folder).as_posix()
            yield _content(path, largest(path))


def _content(path: Path, largest: int | None) -> str:
    """Return the hash of a file, which is read in pieces."""
    try:
        size = path.stat().st_size
        if largest is not None and size > largest:
            return f"{size} bytes"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"  # the reader of the file reports why


def _below(folder: Path, skipped: Iterable[Path]) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = [name for name in folders if name != "__pycache__" and here / name not in skipped]
        yield from (here / name for name in names if here / name not in skipped and (here / name).is_file())


def _stamp(path: str) -> tuple[str, int, int]:
    """Return name, size and time of a library: they differ between builds of one version, but not between copies."""
    try:
        info = os.stat(path)  # noqa: PTH116 - names from the linker
    except OSError:
        return path, 0, 0
    return os.path.basename(path), info.st_size, info.st_mtime_ns  # noqa: PTH119 - the same


def _package_folders() -> list[str]:
    """Return the folders of installed packages: site-packages, and Debian's dist-packages."""
    return [folder for folder in sys.path if folder.endswith("-packages") and os.path.isdir(folder)]  # noqa: PTH112 - 1 ms


def _packages() -> Iterator[tuple[str, str]]:
    """Yield name and version of every installed package, from the names of folders; no file is read."""
    for folder in reversed(_package_folders()):  # of two with one name, the first is imported
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names alone
            stem, _, ending = name.rpartition(".")
            if ending in ("dist-info", "egg-info"):
                package, _, version = stem.partition("-")
                yield _plain(package), version


def _needed(roots: Iterable[str]) -> set[str]:
    """Return these packages and all their dependencies, including those of the extras that they require."""
    packages: set[str] = set()
    waiting = [(name, "") for name in roots]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        packages.add(_plain(name))
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        more = {pair for line in lines for pair in _requirement(line, extra)} - seen
        seen |= more
        waiting += more
    return packages


def _requirement(line: str, extra: str) -> Iterator[tuple[str, str]]:
    """Yield (package, extra) pairs of a line such as `fonttools[woff]>=4.59; extra == "x"`; "" stands for no extra."""
    condition = re.search(r"extra\s*==\s*['\"]([^'\"]*)", line)
    requirement = re.match(r"([\w.-]+)\s*(?:\[([^]]*)\])?", line)
    if requirement and (condition is None or condition[1] == extra):
        yield requirement[1], ""
        yield from ((requirement[1], part.strip()) for part in (requirement[2] or "").split(",") if part.strip())


def _plain(name: str) -> str:
    """Return a package's normalised name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
