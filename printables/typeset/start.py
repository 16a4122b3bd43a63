"""Loads the engine, without asking a compiler where its libraries are.

The engine asks for each of its seven libraries by the names that it has on other systems first. On Linux, cffi has
Python look for those by `ldconfig`, `gcc` and `ld`, some sixty programs; the names that are right on Linux need no
search, and come last. So Python's search is replaced while the engine is imported, and given back right after.

A function of Python's that is replaced for a whole process, however briefly, has to earn its place: a start takes 0.64
instead of 0.84 s of processor time, 24 % less (8 pairs of starts, one after the other, Python 3.11), and every build
with something to print starts an engine in each of its processes. These do nothing else meanwhile.
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
