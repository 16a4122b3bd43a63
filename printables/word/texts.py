"""The texts of a leaflet that a reviewer may change in Word, each known by its place and by its words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from printables.editor.fields import Form
from printables.editor.page_form import form_for
from printables.editor.yaml_edit import read
from printables.library.library import Library
from printables.library.models import MODELS
from printables.library.yaml_reader import Key

DIGITS = 12
"""Of each hash in a tag; Word keeps tags of up to 64 letters."""


@dataclass(frozen=True)
class ReviewText:
    """One text: its place in the record, what it is called, and its words in the Markdown of records."""

    path: Key
    label: str
    text: str
    one_line: bool

    @property
    def place(self) -> str:
        """A hash of its place."""
        return _hash(repr(self.path))

    @property
    def tag(self) -> str:
        """What marks it in the document: hashes of its place and of its words."""
        return f"{self.place}:{_hash(self.text)}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]


def texts_of(data: bytes, shown: str, library: Library, reader: str) -> list[ReviewText]:
    """Return the texts of a therapy's record for one reader, in the order of the form. Raises EditRefused."""
    audience = library.audiences[reader]
    form = form_for(audience, tuple(library.audiences), {}, {})
    return list(_texts(form, data, shown, reader))


def _texts(form: Form, data: bytes, shown: str, reader: str) -> Iterator[ReviewText]:
    for part in form.of(MODELS["therapy"], read(data, shown)):
        for field in part.fields():
            if reader in field.path and field.there and field.input in ("line", "text") and " " in field.value:
                above = [str(one).replace("_", " ") for one in field.path if one not in ("sections", reader)]
                label = ", ".join(str(int(one) + 1) if one.isdigit() else one for one in above)
                yield ReviewText(field.path, label.capitalize(), field.value, field.input == "line")


def by_place(texts: Sequence[ReviewText]) -> dict[str, ReviewText]:
    """Return texts by the hash of their place."""
    return {one.place: one for one in texts}
