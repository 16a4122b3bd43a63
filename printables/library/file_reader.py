"""Read record files: their bytes or their records by name, with the problems of each file."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic_core import PydanticCustomError

from printables import limits
from printables.library.fields import MAX_SLUG, Record, as_slug
from printables.library.lazy_records import RecordText
from printables.library.record_reader import read_record
from printables.library.yaml_reader import Document
from printables.problems import Problem

R = TypeVar("R", bound=Record)


class FileReader:
    """Reads record files, and collects their documents and problems."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self._real = functools.cache(Path.resolve)
        """Resolved folders, cached because every file needs its own."""

    def read(self, kind: str, model: type[R], path: Path, root: Path) -> R | None:
        """Return the record in `path`, or None; its problems are added to `problems`."""
        shown = shown_path(path)
        data, trouble = bytes_of(path, self._real(root), shown)
        if data is None:
            self.problems.extend(trouble)
            return None
        record, document, problems = read_record(model, data, shown)
        self.problems.extend(problems)
        if document:
            self.documents[kind] = document
        return record

    def read_named(self, kind: str, model: type[R], files: Iterable[tuple[str, Path]], root: Path) -> dict[str, R]:
        """Return the records of `files` by id; the id in a file must equal its name."""
        found: dict[str, R] = {}
        for name, path in self._named(files):
            record = self.read(f"{kind}:{name}", model, path, root)
            if record is None:
                continue
            wrong = other_name(record, self.documents[f"{kind}:{name}"], name)
            self.problems.extend(wrong)
            if not wrong:
                found[name] = record
        return found

    def texts(self, files: Iterable[tuple[str, Path]], root: Path) -> dict[str, RecordText]:
        """Return the bytes of `files` by name, for records that are read on first use."""
        found: dict[str, RecordText] = {}
        for name, path in self._named(files):
            shown = shown_path(path)
            data, trouble = bytes_of(path, self._real(root), shown)
            self.problems.extend(trouble)
            if data is not None:
                found[name] = RecordText(data, shown)
        return found

    def _named(self, files: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Path]]:
        taken: dict[str, Path] = {}
        for name, path in files:
            if self._may_be_named(name, path, taken):
                yield name, path

    def _may_be_named(self, name: str, path: Path, taken: dict[str, Path]) -> bool:
        """Return False, and add a problem, if a file's name is not a valid id or is taken by an earlier file."""
        what = mend = ""
        try:
            as_slug(name)
        except PydanticCustomError:
            what = f'"{_printable(name)}" cannot be the name of a record\'s file or folder.'
            mend = f"Use small letters a to z, figures and single hyphens, {MAX_SLUG} characters at most."
        if name in taken:
            what, mend = f"{shown_path(taken[name])} holds the same record.", "Delete one of the two."
        if what:
            self.problems.append(Problem(shown_path(path), 0, what, mend))
        taken.setdefault(name, path)
        return not what


def other_name(record: Record, document: Document, name: str) -> list[Problem]:
    """Return a problem if the id in a file differs from its name."""
    key = "id" if hasattr(record, "id") else "language"
    identity = getattr(record, key)
    if identity == name:
        return []
    what = f'The id "{identity}" is not the name of its file or folder, "{name}".'
    return [Problem(document.path, document.line((key,)), what, "Make them the same.")]


def yaml_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and path of a folder's YAML files, in the same order on every machine."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
            yield path.stem, path


def bytes_of(path: Path, root: Path, shown: str) -> tuple[bytes | None, list[Problem]]:
    """Return the bytes of a regular file inside `root`, a resolved path. Refuses pipes and links that lead out."""
    try:
        if not path.resolve(strict=True).is_relative_to(root):
            return None, [Problem(shown, 0, "The file is a link that leads out of its folder.", "Copy the file here.")]
        if not path.is_file():
            return None, [Problem(shown, 0, "This is not a regular file.", "Replace it by a text file.")]
        with path.open("rb") as file:
            return file.read(limits.FILE_BYTES + 1), []
    except FileNotFoundError:
        if path.is_symlink():
            return None, [Problem(shown, 0, "The file is a link that leads nowhere.", "Copy the file here.")]
        return None, [Problem(shown, 0, "The file is missing.", "Write it; docs/fields.md lists what it holds.")]
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it links to itself"
        return None, [Problem(shown, 0, f"The file cannot be read: {reason}.", "Check its name and permissions.")]


def shown_path(path: Path) -> str:
    """Return `path` for display: relative to the current folder if it is below it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return _printable(path.as_posix())
    return _printable(path.as_posix() if relative.startswith("..") else Path(relative).as_posix())


def _printable(name: str) -> str:
    """Return `name` with invisible characters escaped, so that a file name cannot reverse text in the terminal."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in name)
