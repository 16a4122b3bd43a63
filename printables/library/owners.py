"""Find the record that a file defines. Problems of other files concern everything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from printables.library.file_reader import shown_path
from printables.library.folders import Folders

FOLDERS: Mapping[str, str] = {
    "therapy": "therapies",
    "worksheet": "worksheets",
    "clinic": "clinics",
    "region": "regions",
    "language": "locales",
    "site-words": "site",
    "pack": "packs",
}
"""The folder below the content of each kind of record with its own file."""
SINGLE: Mapping[str, str] = {"site": "site.yaml", "approvals": "approvals.yaml"}
"""Files directly in the content that not all leaflets need."""
EVERYTHING = ("", "")
Owner = tuple[str, str]
"""Kind and file name without ending, which need not be a valid id."""


def owner_of(path: str, content: Path | Folders) -> Owner:
    """Return the record of the file at `path` (as in a Problem); `EVERYTHING` for files that all leaflets need."""
    home, _, file = path.rpartition("/")
    layers = Folders.of(content).layers()
    single = next((kind for kind, name in SINGLE.items() if path in {shown_path(layer / name) for layer in layers}), "")
    if single:
        return single, single
    kinds = (kind for kind, folder in FOLDERS.items() if home in {shown_path(layer / folder) for layer in layers})
    kind = next(kinds, "")
    return (kind, PurePosixPath(file).stem) if kind else EVERYTHING
