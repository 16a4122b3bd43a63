"""Read the settings that stand among the templates: audiences and scenes, a folder for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from printables.library.file_reader import FileReader
from printables.library.folders import Folders
from printables.library.scenes import Scene
from printables.library.settings import Audience
from printables.problems import Problem


def read_audiences(templates: Path) -> tuple[list[Audience], list[Problem]]:
    """Return only the audiences, in their order, and the problems of their files."""
    reader = FileReader()
    return list(audiences_in(reader, templates).values()), reader.problems


def audiences_in(reader: FileReader, templates: Path) -> Mapping[str, Audience]:
    """Return the audiences by id, in their order."""
    found = reader.read_named("audience", Audience, _files(templates, "*/audience.yaml"), Folders(templates))
    return dict(sorted(found.items(), key=lambda pair: (pair[1].order, pair[0])))


def scenes_in(reader: FileReader, templates: Path) -> Mapping[str, Scene]:
    """Return the scenes by id."""
    return reader.read_named("scene", Scene, _files(templates, "_scenes/*/scene.yaml"), Folders(templates))


def _files(templates: Path, pattern: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(templates.glob(pattern)):
        yield path.parent.name, path
