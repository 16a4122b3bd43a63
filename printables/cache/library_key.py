"""A hash of all that decides what records come to, besides the records: the environment, shared files, templates."""

from __future__ import annotations

from pathlib import Path

from printables import paths
from printables.cache.environment import contents, environment
from printables.keys import key_of

RECORDS = ("therapies", "worksheets", "packs")
"""Folders below the content whose files are records of their own."""


def fingerprint(content: Path, templates: Path) -> str:
    """The hash, in hexadecimal. Two equal ones mean that the same record comes to the same leaflets and problems."""
    own = paths.own() / "templates"
    folders = [(content, RECORDS), (templates, ()), *([(own, ())] if own.resolve() != templates.resolve() else [])]
    return key_of(environment(), [list(contents(folder, without)) for folder, without in folders])
