"""What comes from where, files of ours that were copied into an own folder, and what changed in ours since.

A copy is noted in `copied.yaml` of the own folder, with the version of Printables and the hash of the file. The file
as it was copied is kept in `.copied/`, so that a later report can tell what we changed from what the clinic changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from printables import __version__, paths
from printables.authoring.field_changes import FieldChange, field_changes
from printables.library.fields import Line, Record
from printables.library.file_reader import bytes_of, shown_path
from printables.library.folders import RECORD_ENDINGS, Folders
from printables.library.owners import FOLDERS, SINGLE
from printables.library.record_reader import read_record
from printables.library.yaml_reader import read_yaml
from printables.problems import Problem, guess

BASE = ".copied"
"""The folder in an own folder that keeps copied files as they were."""
LISTS = ("sources.yaml", "conditions.yaml", "glossary.yaml")
SETTINGS = ("publisher.yaml", "site.yaml")
MERGED_FOLDERS = ("locales", "site")
"""Files in these folders, and LISTS and SETTINGS, are merged, so that nobody needs a copy of them."""
HEAD = "# Files of ours that were copied here by `printables copy`; `printables upgrade-report` compares them.\n"
Origin = Literal["ours", "yours", "yours over ours", "yours and ours", "yours or ours"]
State = Literal["unchanged", "changed", "gone", "yours is gone", "not noted"]


class CopiedFile(Record):
    """One file of ours that was copied."""

    file: Line = Field(description="Its place in the content folder, such as therapies/ipt.yaml.")
    version: Line = Field(description="The version of Printables that it was copied from.")
    sha256: Line = Field(description="The hash of the file at that time.")


class Copied(Record):
    """copied.yaml in an own content folder"""

    copied: list[CopiedFile] = Field(default_factory=list)


@dataclass(frozen=True)
class Copies:
    """The noted copies of an own folder, by file."""

    folders: Folders
    noted: Mapping[str, CopiedFile]

    def files(self, names: Iterable[str]) -> list[tuple[Path, str | bytes]]:
        """Return what to write to note that these files are based on ours as they are now."""
        texts = {name: _bytes(self.folders.shipped, name) or b"" for name in names}
        new = {name: CopiedFile(file=name, version=__version__, sha256=_hash(data)) for name, data in texts.items()}
        return [
            *((self.folders.own / BASE / name, data) for name, data in texts.items()),
            (self.folders.own / paths.COPIED, _as_text({**self.noted, **new}.values())),
        ]

    def base(self, name: str) -> bytes | None:
        """Return the file as it was copied; None if that is not known any more."""
        data, noted = _bytes(self.folders.own / BASE, name), self.noted.get(name)
        return data if data is not None and noted and _hash(data) == noted.sha256 else None


@dataclass(frozen=True)
class UpgradeEntry:
    """What became of one file of ours since it was copied."""

    file: str
    state: State
    version: str = ""
    """The version of Printables that it was copied from."""
    edited: bool = True
    """Whether the own file differs from what was copied."""
    changes: tuple[FieldChange, ...] = ()
    compared_with: Literal["the copied file", "your file"] = "the copied file"


def read_copies(folders: Folders) -> Copies | list[Problem]:
    """Return the noted copies, or the problems of `copied.yaml`."""
    path = folders.own / paths.COPIED
    if not path.exists():
        return Copies(folders, {})
    data, problems = bytes_of(path, folders.own.resolve(), shown_path(path))
    record, _, found = read_record(Copied, data, shown_path(path)) if data is not None else (None, None, ())
    if record is None:
        return [*problems, *found]
    return Copies(folders, {entry.file: entry for entry in record.copied})


def origins(folders: Folders) -> dict[str, Origin]:
    """Return every file of the merged library, by its place in the content folder, and whose it is."""
    found: dict[str, Origin] = {}
    own, shipped = set(_files(folders.own)), set(_files(folders.shipped))
    stems = {_stem(name): name for name in own}
    alone: Origin = "yours or ours" if paths.is_shipped(folders.own) else "yours"
    for name in sorted(own | shipped):
        mine = name in own
        if not mine and _stem(name) in stems and _is_record(name):
            continue  # ours, under another ending, is not read
        both = mine and _stem(name) in {_stem(other) for other in shipped}
        over: Origin = "yours and ours" if is_merged(name) else "yours over ours"
        found[name] = over if both else alone if mine else "ours"
    if (folders.own / SINGLE["approvals"]).is_file():
        found[SINGLE["approvals"]] = "yours"  # only the own ones are read
    return found


def to_copy(folders: Folders, asked: str) -> str | Problem:
    """Return the file of ours that `asked` names: `ipt`, `therapies/ipt` or `therapies/ipt.yaml`."""
    ours = [name for name in _files(folders.shipped) if name.endswith(RECORD_ENDINGS)]
    wanted = asked.removeprefix("content/")
    found = [name for name in ours if wanted in {name, _stem(name), Path(name).stem}]
    if not found:
        hint = guess(wanted, {Path(name).stem for name in ours}).strip() or "See: printables where."
        return Problem("command line", 0, f'Printables comes with no file "{asked}".', hint)
    if len(found) > 1:
        names = " or ".join(_stem(name) for name in found)
        return Problem("command line", 0, f'More than one file of ours is called "{asked}".', f"Name it as {names}.")
    (name,) = found
    target = shown_path(folders.own / name)
    if is_merged(name):
        what = f"{name} needs no copy: what you write into {target} is put together with ours, and yours counts."
        part = "the entries that you add or change, each with its id" if name in LISTS else "the keys that you change"
        return Problem("command line", 0, what, f"Write there only {part}.")
    if _stem(name) in {_stem(other) for other in _files(folders.own)}:
        return Problem(target, 0, "Your own file is there already.", "Edit it, or delete it to copy ours again.")
    return name


def pictures_of(folders: Folders, name: str) -> list[str]:
    """Return our picture that a clinic's file of ours names and that no own one hides; it belongs to the copy."""
    data = _bytes(folders.shipped, name) if name.startswith(f"{FOLDERS['clinic']}/") else None
    document = read_yaml(data, name)[0] if data else None
    logo = document.value.get("logo") if document and isinstance(document.value, dict) else None
    picture = f"{FOLDERS['clinic']}/{logo}"
    is_ours = logo and picture in _files(folders.shipped) and picture not in _files(folders.own)
    return [picture] if is_ours else []


def upgrade_report(copies: Copies) -> list[UpgradeEntry]:
    """Return what became of each copied file, and of own files over ours that no note says where they come from."""
    entries = [_entry(copies, noted) for noted in copies.noted.values()]
    over = [name for name, origin in origins(copies.folders).items() if origin == "yours over ours"]
    return [*entries, *(UpgradeEntry(name, "not noted") for name in over if name not in copies.noted)]


def _entry(copies: Copies, noted: CopiedFile) -> UpgradeEntry:
    name = noted.file
    own, ours = _bytes(copies.folders.own, name), _bytes(copies.folders.shipped, name)
    if own is None:
        return UpgradeEntry(name, "yours is gone", noted.version)
    edited = _hash(own) != noted.sha256
    if ours is None:
        return UpgradeEntry(name, "gone", noted.version, edited)
    if _hash(ours) == noted.sha256:
        return UpgradeEntry(name, "unchanged", noted.version, edited)
    base = copies.base(name)
    changes = tuple(field_changes(own if base is None else base, ours))
    against: Literal["the copied file", "your file"] = "your file" if base is None else "the copied file"
    return UpgradeEntry(name, "changed", noted.version, edited, changes, against)


def is_merged(name: str) -> bool:
    """Whether own and shipped files of this name are merged."""
    return name in (*LISTS, *SETTINGS) or Path(name).parent.as_posix() in MERGED_FOLDERS


def _is_record(name: str) -> bool:
    return Path(name).parent.as_posix() in FOLDERS.values() and name.endswith(RECORD_ENDINGS)


def _files(content: Path | None) -> Iterator[str]:
    """Yield the files of a library in a content folder: shared files, records, and clinics' pictures."""
    if content is None:
        return
    for name in (*LISTS, *SETTINGS):
        if (content / name).is_file():
            yield name
    for folder in FOLDERS.values():
        for path in sorted((content / folder).glob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield f"{folder}/{path.name}"


def _stem(name: str) -> str:
    """Return a file's place without the ending of records, of which there are two."""
    return name.removesuffix(".yaml").removesuffix(".yml")


def _bytes(root: Path | None, name: str) -> bytes | None:
    if root is None:
        return None
    data, _ = bytes_of(root / name, root.resolve(), name)
    return data


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _as_text(entries: Iterable[CopiedFile]) -> str:
    lines = [HEAD, "copied:\n"]
    for entry in sorted(entries, key=lambda entry: entry.file):
        keys = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.model_dump().items()]
        lines.append("  - " + "\n    ".join(keys) + "\n")
    return "".join(lines)
