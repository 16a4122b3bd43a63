"""`manifest.json`: every published file, the key of its inputs, and the warnings about it."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from printables import files
from printables.problems import Problem, Severity
from printables.typeset.page import Finding

NAME = "manifest.json"
KIND = "printables-manifest"
VERSION = 2
READABLE = (1, VERSION)
MISSING = {"edition": "a4", "worksheet": "", "approved": ""}
"""Fields that older manifests lack, with what is assumed: the only values of version 1, and that all were drafts."""

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class File:
    """A published file: path relative to the output folder, SHA-256 of its content, size in bytes."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Entry:
    """One published leaflet or worksheet. `key` covers everything it was made from; `bytes` and `pages` are the PDF's.

    `files` are its siblings: web page, text, sheets of a booklet. `findings` are kept so that warnings
    about a leaflet that need not be printed again are still shown.
    """

    path: str
    key: str
    sha256: str
    bytes: int
    pages: int
    title: str
    code: str
    version: str
    therapy: str
    audience: str
    language: str
    last_review: str
    next_review: str
    findings: tuple[Finding, ...] = ()
    files: tuple[File, ...] = ()
    edition: str = "a4"
    worksheet: str = ""
    approved: str = ""
    """It is "yes" if an approval stands on it; empty for a draft."""

    @property
    def record(self) -> str:
        """The id of the record that holds its words."""
        return self.worksheet or self.therapy

    def all_files(self) -> Iterator[File]:
        """Yield the PDF and its siblings."""
        yield self.pdf()
        yield from self.files

    def pdf(self) -> File:
        """Return the PDF."""
        return File(self.path, self.sha256, self.bytes)


@dataclass(frozen=True)
class Manifest:
    """The content of an output folder; paths are unique."""

    version: int = VERSION
    entries: tuple[Entry, ...] = ()


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def described(path: str, data: bytes) -> File:
    """Return the manifest's description of `data` at `path`."""
    return File(path, digest(data), len(data))


def on_disk(output: Path, file: File) -> bool:
    """Return True if the file is a regular file inside `output` and has exactly the content in the manifest."""
    return OnDisk(output).holds(file)


class OnDisk:
    """`on_disk` for many files, with each folder resolved only once."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._is_inside = functools.cache(self._resolves_inside)

    def holds(self, file: File) -> bool:
        """See on_disk."""
        path = self._output / file.path
        try:
            if not (files.is_safe(file.path) and self._is_inside(path.parent) and files.is_file(path)):
                return False
            return described(file.path, path.read_bytes()) == file
        except OSError:
            return False

    def _resolves_inside(self, folder: Path) -> bool:
        return folder.resolve().is_relative_to(self._output.resolve())


def dump(manifest: Manifest) -> bytes:
    """Return the manifest as JSON; the same content gives the same bytes on every machine."""
    entries = [_plain(entry) for entry in sorted(manifest.entries, key=lambda entry: entry.path)]
    whole = {"kind": KIND, "version": manifest.version, "entries": entries}
    text = json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return text.encode("utf-8", "backslashreplace")  # half a surrogate pair becomes \udxxx, which is valid JSON


def _plain(entry: Entry) -> dict[str, object]:
    # Not dataclasses.asdict, which copies deeply and takes half a second for 1,000 leaflets.
    findings = [dict(vars(finding)) for finding in entry.findings]
    return {**vars(entry), "findings": findings, "files": [dict(vars(file)) for file in sorted(entry.files)]}


def read(output: Path) -> tuple[Manifest, list[Problem]]:
    """Return the folder's manifest: empty if there is none, and empty with one warning if it cannot be decoded.

    Entries with a path outside the folder are dropped, so that nothing there is ever overwritten or removed.
    """
    path = output / NAME
    try:
        whole = json.loads(path.read_bytes())
        return Manifest(entries=_entries(whole)), []
    except FileNotFoundError:
        return Manifest(), []
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        what = "This is not a manifest that this version can read."
        return Manifest(), [Problem(str(path), 0, what, "Everything will be rendered again.", "warning")]


def _entries(whole: Any) -> tuple[Entry, ...]:
    if whole["kind"] != KIND or whole["version"] not in READABLE:
        raise ValueError("another program's manifest, or a later version")
    entries = [_entry(_complete(raw)) for raw in _typed(whole["entries"], list)]
    if len({entry.path for entry in entries}) < len(entries):
        raise ValueError("one path twice")
    return tuple(entry for entry in entries if _is_safe(entry))


def _is_safe(entry: Entry) -> bool:
    return all(files.is_safe(file.path) for file in entry.all_files())


def _complete(raw: Any) -> Any:
    """Return a raw entry with the fields that older manifests lack."""
    return {**MISSING, **raw}


def _entry(raw: Any) -> Entry:
    simple = _fields(Entry, raw, skip=("findings", "files"))
    return Entry(**simple, findings=_each(raw["findings"], _finding), files=_each(raw["files"], _file))


def _finding(raw: Any) -> Finding:
    finding = Finding(**_fields(Finding, {"line": "", **raw}))  # older manifests lack it
    if finding.severity not in get_args(Severity):
        raise ValueError("an unknown severity")
    return finding


def _file(raw: Any) -> File:
    return File(**_fields(File, raw))


def _fields(kind: type, raw: Any, skip: tuple[str, ...] = ()) -> dict[str, Any]:
    # Annotations are strings here; the only fields that are not text are the integers.
    wanted = {name: int if hint == "int" else str for name, hint in kind.__annotations__.items() if name not in skip}
    return {name: _typed(raw[name], of) for name, of in wanted.items()}


def _each(raw: Any, make: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(make(item) for item in _typed(raw, list))


def _typed(value: Any, of: type) -> Any:
    if type(value) is not of:  # not isinstance, which would accept True as an int
        raise TypeError(f"{value!r} is no {of.__name__}")
    return value
