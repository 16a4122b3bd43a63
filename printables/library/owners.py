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
TRANSLATIONS = "translations"
"""The folder below the content with a folder for each other language."""
EVERYTHING = ("", "")
_SHARED_WORDS = {"locale.po": "language", "site.po": "site-words", "search.yaml": "site-words"}
Owner = tuple[str, str]
"""Kind and file name without ending, which need not be a valid id."""


def owner_of(path: str, content: Path | Folders) -> Owner:
    """Return the record of the file at `path` (as in a Problem); `EVERYTHING` for files that all leaflets need."""
    home, _, file = path.rpartition("/")
    layers = Folders.of(content).layers()
    if inside := next((path[len(top) :] for top in map(_translations, layers) if path.startswith(top)), ""):
        return _owner_of_words(*inside.split("/"))
    single = next((kind for kind, name in SINGLE.items() if path in {shown_path(layer / name) for layer in layers}), "")
    if single:
        return single, single
    kinds = (kind for kind, folder in FOLDERS.items() if home in {shown_path(layer / folder) for layer in layers})
    kind = next(kinds, "")
    return (kind, PurePosixPath(file).stem) if kind else EVERYTHING


def _translations(layer: Path) -> str:
    return f"{shown_path(layer / TRANSLATIONS)}/"


def _owner_of_words(language: str, *parts: str) -> Owner:
    """Return the record whose words a file of a language holds; of a shared file, everything."""
    if len(parts) > 1:
        kind = next((kind for kind, folder in FOLDERS.items() if folder == parts[0]), "")
        return (kind, PurePosixPath(parts[1]).stem) if kind else EVERYTHING
    single = _SHARED_WORDS.get(parts[0] if parts else "")
    return (single, language) if single else EVERYTHING
