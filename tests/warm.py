"""What many tests do first, done once: our library is read, its templates are compiled, and its pages are printed.

Each test has a copy of our library in a folder of its own. To read our records takes no longer there than elsewhere,
since `record_reader` knows them by their bytes; to compile our templates would, since the engine of templates knows
them by their place. And the same page is the same bytes wherever it is printed (standards A21), so that processes that
print do so once for all tests of a run. `make test-all` prints it each time.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from types import CodeType
from unittest import mock

import jinja2
from jinja2.bccache import Bucket
from library_case import TODAY, copy_of_ours

from printables.pages.templates import render
from printables.pipeline.build import Options, check
from printables.typeset.page import Page, Printed

PRINTED = "PRINTABLES_TESTS_PRINTED"
"""The variable that names the folder of the pages that were printed in this run. Without it, none is kept."""


class CompiledOnce(render._Compiled):
    """Keeps what a template was compiled to for all copies of it; each is told where it lies, as messages say it."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return super().get_cache_key(name)

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code and filename:
            bucket.code = _at(bucket.code, filename)
        return bucket


def _at(code: CodeType, filename: str) -> CodeType:
    """The same code of another file."""
    inner = (_at(one, filename) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(inner))


def compile_once() -> None:
    """Let every library from now on share what its templates are compiled to."""
    render._COMPILED = CompiledOnce()


def collect_less_often() -> None:
    """Look for unused objects less often, and not among those that are there now: it is a tenth of what checks take."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def read_ours() -> None:
    """Read and compose our library, so that what is the same in a copy of it need not be read again."""
    compile_once()
    with TemporaryDirectory(prefix="printables-tests-") as folder:
        root = copy_of_ours(Path(folder))
        check(Options(root / "content", root / "templates", root / "output", TODAY))


def printed_once(typeset: Callable[[Page], Printed]) -> Callable[[Page], Printed]:
    """The same engine, which takes a page from the folder of this run where it lies there."""
    folder = os.environ.get(PRINTED)
    if not folder:
        return typeset

    def printed(page: Page) -> Printed:
        kept = Path(folder, hashlib.sha256(repr(page).encode("utf-8", "surrogatepass")).hexdigest())
        with contextlib.suppress(FileNotFoundError):
            found: Printed = pickle.loads(kept.read_bytes())  # noqa: S301 - our own
            return found
        made = typeset(page)
        with NamedTemporaryFile(dir=folder, delete=False) as new:
            new.write(pickle.dumps(made))
        Path(new.name).replace(kept)
        return made

    return printed


@contextlib.contextmanager
def forked_workers() -> Iterator[None]:
    """Fork the processes that print from one that has loaded the engine, here and in all that is forked from here."""
    usual = multiprocessing.get_context

    def forked(method: str | None = None) -> object:
        if method != "spawn" or not hasattr(os, "fork"):
            return usual(method)
        start_server()
        return usual("forkserver")

    with mock.patch.object(multiprocessing, "get_context", forked):
        yield


@functools.cache
def start_server() -> None:
    """Start the process from which they are forked; those that are forked from this one talk to it as this one does."""
    from multiprocessing import forkserver  # not on Windows

    server = forkserver._forkserver
    server.set_forkserver_preload(["engine_loaded"])
    with mock.patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
        server.ensure_running()
    server.ensure_running = lambda: None  # type: ignore[method-assign]
