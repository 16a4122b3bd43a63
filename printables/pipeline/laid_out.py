"""Lay pages out for a check: their number and what is wrong with them is kept, the PDFs are not.

What was found of a page's job is stored under the job's key, beside the cache, so that the next check lays out
only what changed. What the last build printed is not laid out again either.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from printables import files
from printables.cache.store import LAID_OUT, Store
from printables.pipeline.options import Options, Progress
from printables.publish import manifest
from printables.publish.jobs import LazyJob
from printables.typeset.page import Finding
from printables.workers import pool
from printables.workers.queue import Item


@dataclass(frozen=True)
class Found:
    """What was found when a leaflet was laid out. `pages` is 0 where it could not be finished."""

    pages: int
    findings: tuple[Finding, ...] = ()


KEPT = 4000
"""Leaflets of which this is stored: a clinic's library in several states, as while its file is being written."""


@functools.cache
def _decoder() -> TypeAdapter[dict[str, Found]]:
    return TypeAdapter(dict[str, Found])


@dataclass
class _LaidOut:
    """What is known of pages, by the keys of their jobs, and what this check asks for."""

    known: dict[str, Found]
    output: Path
    progress: Progress
    keys: dict[str, str] = field(default_factory=dict)
    """The key of each page that is being laid out, by path."""
    found: dict[str, Found] = field(default_factory=dict)

    def unknown(self, jobs: Iterable[LazyJob]) -> Iterator[Item]:
        """Yield the pages that must be laid out; what was found of all others is taken as it is."""
        printed = {entry.key: Found(entry.pages, entry.findings) for entry in manifest.read(self.output)[0].entries}
        for job in jobs:
            path, key = job.about.path, job.key
            if key in self.known:
                self._add(path, key, self.known.pop(key))  # what was asked for last is dropped last
                self.progress.on_kept(path)
            elif key in printed:
                self._add(path, "", printed[key])
                self.progress.on_kept(path)
            else:
                self.keys[path] = key
                yield path, job.make().page

    def laid_out(self, path: str, found: Found, *, done: bool) -> None:
        """Take what was found on a page. Of one that could not be finished, the next check may find something else."""
        self._add(path, self.keys[path] if done else "", found)
        self.progress.on_done(path)

    def _add(self, path: str, key: str, found: Found) -> None:
        self.found[path] = found
        if key:
            self.known[key] = found


def lay_out(jobs: Iterable[LazyJob], options: Options, progress: Progress) -> dict[str, Found]:
    """Return what is found on the pages of these jobs, by the path of each leaflet, in the order of the paths."""
    state = _LaidOut(_read(options.store()), options.output, progress)
    results = pool.render_all(state.unknown(jobs), options.workers or os.cpu_count() or 1)
    try:
        with contextlib.closing(results):
            for path, printed in results:
                found = Found(printed.pages if printed.pdf else 0, printed.findings)
                state.laid_out(path, found, done=bool(printed.pdf))
    finally:  # after Ctrl-C, too: the next check goes on from here
        _keep(options, state.known)
    return dict(sorted(state.found.items()))


def _read(store: Store) -> dict[str, Found]:
    with contextlib.suppress(ValidationError):
        return _decoder().validate_json(store.read(LAID_OUT) or b"{}")
    return {}


def _keep(options: Options, known: Mapping[str, Found]) -> None:
    """Write what is known for the next check, if that is possible."""
    with contextlib.suppress(files.OutputError):
        files.make_folder(options.output)
    options.store().write(LAID_OUT, _decoder().dump_json(dict(list(known.items())[-KEPT:])))
