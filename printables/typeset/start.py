"""Loads the engine, without asking a compiler where its libraries are.

The engine asks for each of its seven libraries by the names that it has on other systems first. On Linux, cffi has
Python look for those by `ldconfig`, `gcc` and `ld`: some sixty programs, a third of the time that a start takes. The
names that are right on Linux need no search, and come last.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import importlib
import io
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def _without_search() -> Iterator[None]:
    """Libraries are found by their whole names only."""
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the name of Python's own parameter
    try:
        yield
    finally:
        ctypes.util.find_library = search


def load_engine() -> None:
    """Import WeasyPrint, once in a process. Raises OSError where one of its libraries is missing."""
    if "weasyprint" in sys.modules:
        return
    if sys.platform == "linux":
        # Where a library has another name after all, the engine prints advice, and the search below finds it.
        with contextlib.suppress(OSError), contextlib.redirect_stdout(io.StringIO()), _without_search():
            importlib.import_module("weasyprint")
            return
    importlib.import_module("weasyprint")
