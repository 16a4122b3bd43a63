"""Which record a file is: what is wrong with it concerns that record, or, where it is none, everything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from printables.library.file_reader import shown_path

FOLDERS: Mapping[str, str] = {
    "therapy": "therapies",
    "worksheet": "worksheets",
    "clinic": "clinics",
    "region": "regions",
    "language": "locales",
    "site-words": "site",
    "pack": "packs",
}
"""Each kind of record that has a file of its own, and its folder below the content."""
SITE = "site.yaml"
EVERYTHING = ("", "")
Owner = tuple[str, str]
"""Kind and name; the name is that of the file, which may be none that a record can have."""


def owner_of(path: str, content: Path) -> Owner:
    """The record in the file at `path`, as problems show it; `EVERYTHING` for what all leaflets are made from."""
    home, _, file = path.rpartition("/")
    if path == shown_path(content / SITE):
        return "site", "site"
    kind = next((kind for kind, folder in FOLDERS.items() if shown_path(content / folder) == home), "")
    return (kind, PurePosixPath(file).stem) if kind else EVERYTHING
