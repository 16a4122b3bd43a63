"""The environment: all that decides what comes of data besides the data, and the one place that knows it.

Every key and everything that is remembered is believed by it. There are two views of it: what it is (`environment`),
and the files whose stamps show that it is still the same (`files`), for an answer that must not load anything.
"""

from __future__ import annotations

import functools
import hashlib
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path

from printables.keys import key_of
from printables.typeset import fonts, native

PACKAGE = Path(__file__).parent.parent
LINKER_CACHE = Path("/etc/ld.so.cache")
"""Where Linux notes which libraries there are; it is written anew where one is added."""
PRINTING = ("weasyprint", "pypdfium2", "fontpkg-atkinson-hyperlegible")
"""What `typeset` imports; what these need comes with them."""


@functools.cache
def environment() -> Mapping[str, str]:
    """By name: Python, our code, every package, the fonts, and the system's libraries that print.

    It is that of this process: what is installed while it runs is not what it has loaded.
    """
    return {
        **dict(_packages()),
        **native.versions(),
        "python": sys.version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "printables": key_of(list(contents(PACKAGE, ("_data",), ".py"))),
        "fonts": key_of(fonts.font_assets()),
        "libraries": key_of([_stamp(path) for path in native.files()]),
    }


def printing() -> dict[str, str]:
    """The part of it that decides the bytes of a PDF: machines that print together must have it alike."""
    named = (*_needed(PRINTING), "zlib", "printables", "fonts", *native.versions())
    whole = environment()
    return {name: whole.get(name, "absent") for name in sorted(named)}


def files() -> list[str]:
    """Files and folders that are touched where packages, fonts or libraries change; our own code aside.

    One that is no path is a library that cannot be watched on this system.
    """
    cache = [LINKER_CACHE] if LINKER_CACHE.exists() else []
    return [*_package_folders(), *native.files(), *map(str, [*fonts.font_files(), *cache])]


def contents(folder: Path, without: Iterable[str] = (), ending: str = "") -> Iterator[str]:
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


def _stamp(path: str) -> tuple[str, int, int]:
    """Name, size and time of a library: other builds of one version differ in these, copies do not."""
    try:
        seen = os.stat(path)  # noqa: PTH116 - names from the linker
    except OSError:
        return path, 0, 0
    return os.path.basename(path), seen.st_size, seen.st_mtime_ns  # noqa: PTH119 - the same


def _package_folders() -> list[str]:
    """Where packages are installed: site-packages, and Debian's dist-packages."""
    return [folder for folder in sys.path if folder.endswith("-packages") and os.path.isdir(folder)]  # noqa: PTH112 - 1 ms


def _packages() -> Iterator[tuple[str, str]]:
    """Every installed package with its version, as the names of folders tell it; no file is read."""
    for folder in reversed(_package_folders()):  # of two with one name, the first is imported
        for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names alone
            stem, _, ending = name.rpartition(".")
            if ending in ("dist-info", "egg-info"):
                package, _, version = stem.partition("-")
                yield _plain(package), version


def _needed(roots: Iterable[str]) -> set[str]:
    """These packages and all that they need, with what is needed for the extras that they ask for."""
    found: set[str] = set()
    waiting = [(name, "") for name in roots]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        found.add(_plain(name))
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        more = {pair for line in lines for pair in _requirement(line, extra)} - seen
        seen |= more
        waiting += more
    return found


def _requirement(line: str, extra: str) -> Iterator[tuple[str, str]]:
    """What a line such as `fonttools[woff]>=4.59; extra == "x"` asks for: package and extra, "" for the package."""
    asked = re.search(r"extra\s*==\s*['\"]([^'\"]*)", line)
    what = re.match(r"([\w.-]+)\s*(?:\[([^]]*)\])?", line)
    if what and (asked is None or asked[1] == extra):
        yield what[1], ""
        yield from ((what[1], part.strip()) for part in (what[2] or "").split(",") if part.strip())


def _plain(name: str) -> str:
    """A package's name as all tools compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
