"""Read record files: their bytes or their records by name, with the problems of each file."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic_core import PydanticCustomError

from printables import limits
from printables.library.fields import MAX_SLUG, Record, as_slug
from printables.library.folders import Folders, yaml_files
from printables.library.language_settings import LanguageSettings
from printables.library.record_reader import RecordText, WordLayer, read_merged, read_record
from printables.library.yaml_reader import Document
from printables.problems import Problem

R = TypeVar("R", bound=Record)

SOURCE = "en"
"""The language in which records are written, and from which others are translated."""


class LanguageLayers(Protocol):
    """The words of another language over all records (see translations/files.py)."""

    @property
    def code(self) -> str:
        """The code of the language."""

    @property
    def settings(self) -> LanguageSettings:
        """What language.yaml says."""

    def layer(self, kind: str, identity: str) -> WordLayer | None:
        """Return what lies over a record; None where its kind has no words to translate."""

    def is_begun(self, kind: str, identity: str) -> bool:
        """Return whether anybody has begun to translate a record."""


class FileReader:
    """Reads record files, and collects their documents and problems."""

    def __init__(self, language: LanguageLayers | None = None) -> None:
        """Read records as they are, or in another language."""
        self._language = language
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self._real = functools.cache(Path.resolve)
        """Resolved folders, cached because every file needs its own."""

    def read(self, kind: str, model: type[R], files: Sequence[Path], folders: Folders) -> R | None:
        """Return the record in `files`, the upper one last, or None; its problems are added to `problems`."""
        texts = [text for path in files if (text := self._text(path, folders))]
        if len(texts) < len(files):
            return None
        words = self._layer(kind)
        if len(texts) == 1 and words is None:
            record, document, problems = read_record(model, texts[0].data, texts[0].shown)
        else:
            record, document, problems = read_merged(model, (*texts,), words)
        self.problems.extend(problems)
        if document:
            self.documents[kind] = document
        return record

    def _layer(self, kind: str) -> WordLayer | None:
        """Return the words of another language over a record, named as in `documents`; None for records as they are."""
        name, _, identity = kind.partition(":")
        return self._language.layer(name, identity) if self._language else None

    def _text(self, path: Path, folders: Folders) -> RecordText | None:
        shown = shown_path(path)
        data, trouble = bytes_of(path, self._real(folders.root_of(path)), shown)
        self.problems.extend(trouble)
        return None if data is None else RecordText(data, shown)

    def read_named(
        self, kind: str, model: type[R], files: Iterable[tuple[str, Path]], folders: Folders
    ) -> dict[str, R]:
        """Return the records of `files` by id; the id in a file must equal its name."""
        named = ((name, [path]) for name, path in self._named(files))
        return self._by_id(kind, model, named, folders)

    def read_merged(self, kind: str, model: type[R], folder: str, folders: Folders) -> dict[str, R]:
        """Return the records of a folder by id, each merged from the own and the shipped file of its name."""
        named = self._named(folders.records(folder))
        return self._by_id(kind, model, ((name, self._layers(folder, path, folders)) for name, path in named), folders)

    def read_in_language(self, kind: str, model: type[R], folder: str, folders: Folders) -> dict[str, R]:
        """Return the record of a folder that is in English, in this reader's language and by its code."""
        found = [path for name, path in folders.records(folder) if name == SOURCE]
        if self._language is None or not found:
            return {}
        code = self._language.code
        record = self.read(f"{kind}:{code}", model, self._layers(folder, found[0], folders), folders)
        return {code: record} if record else {}

    def _layers(self, folder: str, path: Path, folders: Folders) -> list[Path]:
        """Return the files of one name, the upper one last; their endings may differ."""
        below = yaml_files(folders.shipped / folder) if folders.shipped else ()
        return list(dict.fromkeys([*(other for name, other in below if name == path.stem), path]))

    def _by_id(
        self, kind: str, model: type[R], files: Iterable[tuple[str, Sequence[Path]]], folders: Folders
    ) -> dict[str, R]:
        found: dict[str, R] = {}
        for name, layers in files:
            record = self.read(f"{kind}:{name}", model, layers, folders)
            if record is None:
                continue
            wrong = other_name(record, self.documents[f"{kind}:{name}"], name)
            self.problems.extend(wrong)
            if not wrong:
                found[name] = record
        return found

    def texts(self, kind: str, files: Iterable[tuple[str, Path]], folders: Folders) -> dict[str, RecordText]:
        """Return the bytes of `files` by name, for records that are read on first use."""
        texts = ((name, self._text(path, folders)) for name, path in self._named(files))
        return {name: replace(text, layer=self._layer(f"{kind}:{name}")) for name, text in texts if text}

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
    return [Problem(document.path_of((key,)), document.line((key,)), what, "Make them the same.")]


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
