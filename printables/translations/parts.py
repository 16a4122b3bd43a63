"""Which file of a translation holds the words of which record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from printables.library.library import Library
from printables.library.models import MODELS
from printables.library.owners import TRANSLATIONS
from printables.library.yaml_reader import Document

FOLDER = TRANSLATIONS
SETTINGS = "language.yaml"
HOMES: Mapping[str, str] = {
    "therapy": "therapies",
    "worksheet": "worksheets",
    "region": "regions",
    "clinic": "clinics",
    "pack": "packs",
    "audience": "audiences",
}
"""The folder of a language for each kind of record with its own file."""
SHARED: Mapping[str, str] = {
    "condition": "conditions",
    "term": "glossary",
    "publisher": "publisher",
    "locale": "locale",
    "site-words": "site",
}
"""The name of the file for each kind of which there is one."""
_MODELS: Mapping[str, str] = {"condition": "conditions", "term": "glossary"}
"""The model of what stands in one list, by the kind of its entries."""


@dataclass(frozen=True)
class Part:
    """The words of one English file."""

    kind: str
    id: str
    model: type[BaseModel]
    document: Document

    @property
    def file(self) -> str:
        """The path of its PO file, below the folder of the language."""
        return po_file(self.kind, self.id)


def po_file(kind: str, identity: str) -> str:
    """Return the path of a record's PO file, below the folder of the language."""
    return f"{HOMES[kind]}/{identity}.po" if kind in HOMES else f"{SHARED[kind]}.po"


def parts_of(library: Library, packs: Mapping[str, Document]) -> Iterator[Part]:
    """Yield every file with words to translate. `packs` are the documents of course packs, by "pack:id"."""
    for name in [*library.documents, *packs]:
        kind, _, identity = name.partition(":")
        if kind in HOMES or kind in SHARED:
            document = packs[name] if name in packs else library.documents[name]
            yield Part(kind, identity, MODELS[_MODELS.get(kind, kind)], document)
