"""The files that the editor may change: found by kind and id, written whole, with undo and redo.

A change is made only to the version of a file that its author saw. The version is the hash of the file's bytes.
"""

from __future__ import annotations

import hashlib
import stat
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from printables import paths
from printables.authoring import copies
from printables.editor import yaml_edit, yaml_forms
from printables.editor.values import Edit, EditRefused
from printables.files import OutputError, make_folder, write_atomic
from printables.library.fields import SLUG
from printables.library.file_reader import shown_path
from printables.library.folders import Folders
from printables.library.owners import FOLDERS
from printables.library.yaml_reader import Value

KINDS = ("therapy", "worksheet", "clinic")
"""Records with a file each that can be changed."""
LISTS = {"sources": "sources", "glossary": "terms"}
"""Files of entries that all records share, each with the key of its list."""
MOST_STEPS = 200
"""The most steps of a file that can be undone."""

UNKNOWN = EditRefused("There is no such record.", "Choose one on the page.", "unknown")
CHANGED = EditRefused(
    "The file was changed meanwhile, by another tab or program.", "Look at what stands there now.", "stale"
)


def version_of(data: bytes) -> str:
    """Return the version of a file."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class RecordFile:
    """A file as it is now: where it lies, where a change of it is written, and what it holds."""

    path: Path
    target: Path
    data: bytes

    @property
    def shown(self) -> str:
        """Its path for people."""
        return shown_path(self.target)

    @property
    def version(self) -> str:
        """See `version_of`."""
        return version_of(self.data)

    def obstacle(self) -> str:
        """Return why it cannot be written; empty if it can."""
        if paths.is_installed(self.target):
            return "This file is part of the installed Printables, and an upgrade would remove what is written there."
        if self.target.exists() and not self.target.stat().st_mode & stat.S_IWUSR:
            return f"{self.shown} can only be read."
        return ""


@dataclass
class _Steps:
    """What was written into one file: pairs of the bytes before and after."""

    done: list[tuple[bytes, bytes]] = field(default_factory=list)
    undone: list[tuple[bytes, bytes]] = field(default_factory=list)


class Records:
    """The files of one content folder, changed by one program. Safe to use from several threads."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = threading.Lock()
        self._steps: dict[tuple[str, str], _Steps] = {}

    def read(self, kind: str, identity: str) -> RecordFile:
        """Return a file. Raises EditRefused."""
        place = self._place(kind, identity)
        path = self._folders.own / place
        if not path.exists() and self._folders.shipped and kind in KINDS:
            path = self._folders.shipped / place
        root = self._folders.root_of(path).resolve()
        if not path.resolve().is_relative_to(root):
            raise UNKNOWN
        try:
            data = path.read_bytes() if path.exists() or kind in KINDS else b""
        except OSError as error:
            what = f"{shown_path(path)} cannot be read: {error.strerror or error}."
            raise EditRefused(what, "Look whether the file is there, and whether you may read it.", "unknown") from None
        return RecordFile(path, self._folders.own / place, data)

    def _place(self, kind: str, identity: str) -> str:
        if kind in LISTS and not identity:
            return f"{kind}.yaml"
        if kind not in KINDS or not SLUG.match(identity):
            raise UNKNOWN
        found = dict(self._folders.records(FOLDERS[kind])).get(identity)
        if found is None:
            raise UNKNOWN
        return found.relative_to(self._folders.root_of(found)).as_posix()

    def change(self, kind: str, identity: str, version: str, edits: Iterable[Edit]) -> RecordFile:
        """Make these edits, or none. Return the file as it is then. Raises EditRefused."""

        def made(file: RecordFile) -> bytes:
            data = file.data or yaml_edit_start(kind)
            return yaml_edit.edited(data, edits, file.shown)

        return self._write(kind, identity, version, made)

    def add(self, kind: str, entry: dict[str, Value]) -> RecordFile:
        """Add an entry to a file of shared entries. Raises EditRefused."""
        file = self.read(kind, "")
        listed = yaml_edit.read(file.data, file.shown).value if file.data else {}
        entries = listed.get(LISTS[kind], []) if isinstance(listed, dict) else []
        if any(isinstance(one, dict) and one.get("id", "") == entry.get("id") for one in entries):
            what = f'There is an entry with the id "{entry.get("id")}" already.'
            raise EditRefused(what, "Choose another id.", "invalid")
        edit = Edit("insert", (LISTS[kind], len(entries)), entry)
        return self.change(kind, "", file.version, [edit])

    def undo(self, kind: str, identity: str, version: str) -> RecordFile:
        """Take back the last change that this program made. Raises EditRefused."""
        return self._step(kind, identity, version, back=True)

    def redo(self, kind: str, identity: str, version: str) -> RecordFile:
        """Make the last change again that was taken back. Raises EditRefused."""
        return self._step(kind, identity, version, back=False)

    def steps(self, kind: str, identity: str) -> tuple[int, int]:
        """Return how many changes of a file can be undone and redone."""
        steps = self._steps.get((kind, identity), _Steps())
        return len(steps.done), len(steps.undone)

    def _step(self, kind: str, identity: str, version: str, *, back: bool) -> RecordFile:
        steps = self._steps.setdefault((kind, identity), _Steps())
        start, end = (steps.done, steps.undone) if back else (steps.undone, steps.done)

        def made(file: RecordFile) -> bytes:
            if not start:
                word = "undone" if back else "made again"
                raise EditRefused(f"Nothing is left that can be {word}.", "Go on writing.")
            before, after = start[-1]
            if file.data != (after if back else before):
                raise CHANGED
            return before if back else after

        file = self._write(kind, identity, version, made, is_step=True)
        end.append(start.pop())
        return file

    def _write(
        self,
        kind: str,
        identity: str,
        version: str,
        make: Callable[[RecordFile], bytes],
        *,
        is_step: bool = False,
    ) -> RecordFile:
        with self._lock:
            file = self.read(kind, identity)
            if file.version != version:
                raise CHANGED
            if why := file.obstacle():
                raise EditRefused(why, "Allow it to be written, or copy it into a folder of your own.", "readonly")
            data = make(file)
            if data == file.data:
                return file
            self._save(file, data)
            if not is_step:
                steps = self._steps.setdefault((kind, identity), _Steps())
                steps.done = [*steps.done, (file.data, data)][-MOST_STEPS:]
                steps.undone.clear()
            return RecordFile(file.target, file.target, data)

    def _save(self, file: RecordFile, data: bytes) -> None:
        """Write the file; one of ours is copied into the own folder first, and the copy is noted."""
        try:
            make_folder(file.target.parent)
            if file.path != file.target:
                self._note_copy(file)
            elif file.path.exists() and file.path.read_bytes() != file.data:
                raise CHANGED
            write_atomic(file.target, data, like=file.target if file.target.exists() else None)
        except OutputError as error:
            first = error.problems[0]
            what = f"{file.shown} could not be written: {first.what}"
            raise EditRefused(what, "Look at the folder and the disk, then save again.", "readonly") from None

    def _note_copy(self, file: RecordFile) -> None:
        noted = copies.read_copies(self._folders)
        if isinstance(noted, list):
            raise EditRefused(noted[0].what, noted[0].mend, "readonly")
        name = file.target.relative_to(self._folders.own).as_posix()
        for path, text in noted.files([name, *copies.pictures_of(self._folders, name)]):
            make_folder(path.parent)
            write_atomic(path, text.encode() if isinstance(text, str) else text)
        for picture in copies.pictures_of(self._folders, name):
            if self._folders.shipped:
                write_atomic(self._folders.own / picture, (self._folders.shipped / picture).read_bytes())


def yaml_edit_start(kind: str) -> bytes:
    """Return the text with which a file of shared entries begins."""
    return ("\n".join(yaml_forms.entry(LISTS[kind], [], 0)) + "\n").encode()
