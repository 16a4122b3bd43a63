"""The key of everything that records share: the environment, the shared content files, the templates."""

from __future__ import annotations

from pathlib import Path

from printables import paths
from printables.cache.environment import contents, environment
from printables.keys import key_of
from printables.library.folders import Folders

RECORDS = ("therapies", "worksheets", "packs", "approvals.yaml")
"""What has keys of its own: folders below the content that hold a record per file, and the approvals of each record."""


def library_key(content: Path | Folders, templates: Path) -> str:
    """Return the key. If it is equal, the same record gives the same leaflets and problems."""
    own = paths.own() / "templates"
    layers = [(layer, RECORDS) for layer in Folders.of(content).layers()]
    folders = [*layers, (templates, ()), *([(own, ())] if own.resolve() != templates.resolve() else [])]
    return key_of(environment(), [list(contents(folder, without)) for folder, without in folders])
