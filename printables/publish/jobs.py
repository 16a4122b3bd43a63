"""Input and result of publishing, and the key that decides whether a leaflet must be printed again."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath

from printables import files, paths
from printables.cache import store, up_to_date
from printables.keys import key_of
from printables.problems import Problem
from printables.publish import lock, manifest
from printables.publish.manifest import Entry
from printables.typeset.page import Finding, Page

DRAFTS = "drafts"
"""The folder of pages that were refused, to look at: no manifest lists them, and the next good build removes them."""
OWN = (manifest.NAME, lock.NAME, *up_to_date.NAMES.values(), store.NAME, store.LAID_OUT, DRAFTS)
"""Files in an output folder that belong to Printables itself; no leaflet may have such a path."""


@dataclass(frozen=True)
class LeafletDetails:
    """The manifest's details of a leaflet or worksheet. `path` is relative to the output folder, with forward slashes.

    For a worksheet, `worksheet` is its id, and `therapy` is the therapy that names it.
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
    approved: str = ""
    """It is "yes" if an approval stands on it; empty for a draft."""


ABOUT = frozenset(one.name for one in fields(LeafletDetails))


@dataclass(frozen=True, kw_only=True)
class PrintJob(LeafletDetails):
    """One leaflet or worksheet to print and publish.

    `siblings` are the paths and contents of the files beside the PDF, written as they are: web page, text, Braille.
    """

    page: Page
    siblings: tuple[tuple[str, bytes], ...] = ()

    def paths(self) -> Iterator[str]:
        """Yield the path of every file that this job writes."""
        yield self.path
        yield from (path for path, _ in self.siblings)
        if self.page.booklet:
            yield sheets_path(self.path)

    def beside(self, suffix: str) -> bytes:
        """The content of the file beside the PDF whose name ends in `suffix`."""
        return dict(self.siblings)[f"{self.path.removesuffix('.pdf')}{suffix}"]


@dataclass(frozen=True)
class LazyJob:
    """A job that is only made (by `make`) if the leaflet last published at its path has another `key`."""

    about: LeafletDetails
    key: str
    make: Callable[[], PrintJob]


def may_hold(output: Path, approved: str = "") -> bool:
    """Return whether the output folder may hold a leaflet: among what is released stands no draft."""
    return output.name != paths.RELEASE or bool(approved)


def draft_path(path: str) -> str:
    """Return where the page of the leaflet at `path` is kept if it is refused."""
    return f"{DRAFTS}/{path}"


def sheets_path(path: str) -> str:
    """Return the path of a booklet's imposed sheets, beside its PDF at `path`."""
    return f"{path.removesuffix('.pdf')}-sheets.pdf"


@dataclass(frozen=True)
class PublishResult:
    """The result of publishing: sorted paths by what was done with them, and the entries of the new manifest.

    `rendered` were printed, `kept` were up to date, and `failed` were not published because of an error. `stayed` were
    not planned this time, but `keep` asked for them. The last good files of `failed` and `stayed` are untouched.
    `removed` lists files, siblings included. `findings` are those of leaflets rendered, failed or kept; `problems`
    concern the folder as a whole.
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
        """Return the entries of leaflets that were rendered or up to date."""
        now = {*self.rendered, *self.kept}
        return [entry for entry in self.entries if entry.path in now]


def case_folded(path: str) -> str:
    """Return the path as compared by file systems that ignore case and Unicode form (macOS, Windows)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def check_unique(paths: Iterable[str]) -> list[Problem]:
    """Return a problem for each path that is unsafe, reserved, inside another file, or used twice on some disk."""
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
    """Return the key of everything that affects the published files: the environment and the job without its details.

    The details (`LeafletDetails`) are written to the manifest by every build, so a change of them alone needs no
    printing. Templates need no part of the key: the job holds their output.
    """
    content = {one.name: getattr(job, one.name) for one in fields(job) if one.name not in ABOUT}
    return key_of(content, environment)
