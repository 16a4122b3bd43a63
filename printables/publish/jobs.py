"""What publishing is asked to do and what it did; and the key that says whether a leaflet must be printed again."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from printables import files
from printables.cache import store, up_to_date
from printables.keys import key_of
from printables.problems import Problem
from printables.publish import lock, manifest
from printables.publish.manifest import Entry
from printables.typeset.page import Finding, Page

OWN = (manifest.NAME, lock.NAME, up_to_date.NAME, store.NAME)
"""Our own files in an output folder."""


@dataclass(frozen=True)
class LeafletDetails:
    """What the manifest says of a leaflet or worksheet; `path` is relative to the output folder, with forward slashes.

    `worksheet` is its id where this is one, and `therapy` then the therapy that names it.
    """

    path: str
    title: str
    code: str
    version: str
    therapy: str
    audience: str
    language: str
    last_review: str
    next_review: str
    edition: str = "a4"
    worksheet: str = ""


ABOUT = frozenset(one.name for one in fields(LeafletDetails))


@dataclass(frozen=True, kw_only=True)
class PrintJob(LeafletDetails):
    """One leaflet or worksheet to publish.

    `twins` are the paths and contents of files that belong to it and are written as they are: the web page, the text.
    """

    page: Page
    twins: tuple[tuple[str, bytes], ...] = ()

    def paths(self) -> Iterator[str]:
        """Every file that this job writes."""
        yield self.path
        yield from (path for path, _ in self.twins)
        if self.page.booklet:
            yield sheets_path(self.path)

    def beside(self, suffix: str) -> bytes:
        """The content of the file beside the PDF whose name ends in `suffix`."""
        return dict(self.twins)[f"{self.path.removesuffix('.pdf')}{suffix}"]


@dataclass(frozen=True)
class LazyJob:
    """A job that need not be made where what was last published at its path has this `key`."""

    about: LeafletDetails
    key: str
    make: Callable[[], PrintJob]


def sheets_path(path: str) -> str:
    """Where the imposed sheets of a booklet go, beside its PDF at `path`."""
    return f"{path.removesuffix('.pdf')}-sheets.pdf"


@dataclass(frozen=True)
class PublishResult:
    """What a build did, by path, sorted; `entries` is the new manifest's list.

    `kept` were up to date. `failed` were not published because of an error; `stayed` are leaflets that nothing made
    this time but that were asked to stay. For both the last good file, if there is one, is untouched. `removed` names
    files (twins too). `findings` belong to leaflets rendered, failed and kept; `problems` to the folder as a whole.
    """

    rendered: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    findings: tuple[tuple[str, Finding], ...] = ()
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    def made(self) -> list[Entry]:
        """The entries of what was rendered now, or was up to date."""
        now = {*self.rendered, *self.kept}
        return [entry for entry in self.entries if entry.path in now]


def case_folded(path: str) -> str:
    """A path as a disk sees it that ignores case and how accents are spelled (macOS, Windows)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def check_unique(paths: Iterable[str]) -> list[Problem]:
    """Every path that is unsafe, is used twice (on any disk), is our own file's, or runs through another file."""
    problems: list[Problem] = []
    taken = {case_folded(own): own for own in OWN}
    in_order = sorted(paths, key=lambda path: (path.count("/"), path))  # a file comes before what would lie in it
    for path in in_order:
        clash = _clash(path, taken)
        if not files.is_safe(path):
            problems.append(_bad_path(path, "This is not a plain path inside of the output folder."))
        elif clash:
            problems.append(_bad_path(path, f'This file and "{clash}" would be written to the same place.'))
        taken.setdefault(case_folded(path), path)
    return problems


def _clash(path: str, taken: Mapping[str, str]) -> str:
    pure = PurePosixPath(case_folded(path))
    return next((taken[str(place)] for place in (pure, *pure.parents) if str(place) in taken), "")


def _bad_path(path: str, what: str) -> Problem:
    return Problem(path, 0, what, "Give one of them another name.")


def page_key(job: PrintJob, environment: Mapping[str, str]) -> str:
    """The key of all that decides what is published: each field of the job but those that only say what it is.

    What these say goes into the manifest every time. Of templates, a job holds what was made with them.
    """
    made_of = {one.name: getattr(job, one.name) for one in fields(job) if one.name not in ABOUT}
    return key_of(made_of, environment)
