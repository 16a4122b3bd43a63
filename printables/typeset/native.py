"""The system's libraries that print: which versions they are, and where they lie.

They are loaded to be asked, which takes a few milliseconds; the engine, which takes 500, is not.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from printables.typeset.weasyprint_internals import WINDOWS_FOLDERS


@dataclass(frozen=True)
class Library:
    """One library: its name, its file on Linux, on macOS and on Windows, and the function that tells its version.

    Without such a function, the name of its file stands for its version.
    """

    name: str
    files: tuple[str, str, str]
    version: str = ""


LIBRARIES = (
    Library("pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"), "pango_version_string"),
    Library("pangoft2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")),
    Library("harfbuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"), "hb_version_string"),
    Library("harfbuzz-subset", ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")),
    Library("fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")),
    Library("freetype", ("libfreetype.so.6", "libfreetype.6.dylib", "libfreetype-6.dll")),
    Library("fribidi", ("libfribidi.so.0", "libfribidi.0.dylib", "libfribidi-0.dll")),
    Library("glib", ("libglib-2.0.so.0", "libglib-2.0.0.dylib", "libglib-2.0-0.dll")),
)
"""What the engine loads, and what Pango loads to lay text out."""


@functools.cache
def versions() -> dict[str, str]:
    """The version of each library by its name; "absent" where the system has none."""
    return {library.name: _version(library, loaded) for library, loaded in _loaded().items()}


@functools.cache
def files() -> tuple[str, ...]:
    """The file of each library that is there: its real path, or its bare name where the system does not tell."""
    return tuple(_file(library, loaded) for library, loaded in _loaded().items() if loaded)


def _version(library: Library, loaded: ctypes.CDLL | None) -> str:
    if loaded is None:
        return "absent"
    if not library.version:
        return Path(_file(library, loaded)).name
    tell = getattr(loaded, library.version)
    tell.restype = ctypes.c_char_p
    return str(tell().decode("ascii"))


@functools.cache
def _loaded() -> dict[Library, ctypes.CDLL | None]:
    with _windows_folders():
        return {library: _load(library) for library in LIBRARIES}


def _load(library: Library) -> ctypes.CDLL | None:
    for name in library.files:
        with contextlib.suppress(OSError):
            return ctypes.CDLL(name)
    return None


@contextlib.contextmanager
def _windows_folders() -> Iterator[None]:
    """On Windows, libraries are looked for where the engine looks for them."""
    with contextlib.ExitStack() as stack:
        if sys.platform == "win32":
            for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", WINDOWS_FOLDERS).split(";"):
                with contextlib.suppress(OSError):
                    stack.enter_context(os.add_dll_directory(folder))
        yield


def _file(library: Library, loaded: ctypes.CDLL) -> str:
    if sys.platform == "linux":
        return os.path.realpath(_linked(loaded))
    else:  # noqa: RET505 - so that mypy passes over what is not for this system
        from ctypes.util import find_library  # on Linux it would start programs, and tell no path

        return next(filter(None, map(find_library, library.files)), library.files[0])


class _Link(ctypes.Structure):
    """The beginning of the linker's `struct link_map` (dlinfo(3))."""

    _fields_ = (("address", ctypes.c_void_p), ("path", ctypes.c_char_p))


_LINK_MAP = 2
"""RTLD_DI_LINKMAP of <dlfcn.h>."""


def _linked(loaded: ctypes.CDLL) -> str:
    """The path from which the linker of Linux took this library."""
    found = ctypes.POINTER(_Link)()
    ask = ctypes.CDLL(None).dlinfo
    ask.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    if ask(loaded._handle, _LINK_MAP, ctypes.byref(found)):  # noqa: SLF001 - the handle that every ctypes library has
        return str(loaded._name)  # noqa: SLF001 - not a path, so that it is never found unchanged
    return str(found.contents.path.decode(errors="surrogateescape"))
