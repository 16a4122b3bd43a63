"""Looks up the words of a worksheet for one reader, and names its fields.

A field is a box to write in. Its name is unique on the sheet, and its tip says on its own what belongs there, since a
screen reader meets it without the words around it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape

from printables.library.library import ANY
from printables.library.worksheets import Worksheet, WorksheetEntry, WorksheetPart
from printables.library.yaml_reader import Key
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Words
from printables.pages.compose.source_lines import as_block
from printables.problems import Problem

Data = dict[str, Any]

FIELD_KINDS = ("line", "lines", "tick", "choice")
"""One line of text, several, a box to tick, one of a group of points."""
LEAST = 1.5
"""Lines of handwriting to which a box may shrink where its page is full; on an emptier page, boxes grow."""


class WorksheetWriter:
    """Looks up the words of one worksheet for one reader, and keeps count of fields. Made new for each sheet."""

    def __init__(self, composer: Composer, sheet: Worksheet) -> None:
        self.composer, self.sheet = composer, sheet
        self.fields: set[str] = set()
        self.section = ""
        self._said: list[Words] = []

    def text(self, words: dict[str, str], *key: str | int) -> Words | None:
        """A text in this reader's words, as HTML, or None where there is none."""
        if not words or self._whose(words, key) is None:
            return None
        found = self.composer.words(words, "worksheet", self.sheet.id, key)
        return self._keep(found) if found else None

    def line(self, names: Mapping[str, str], *key: str | int) -> str:
        """A short line in this reader's words; empty where there is none."""
        whose = self._whose(names, key) if names else None
        if whose is None:
            return ""
        place, text = self.composer.library.place("worksheet", self.sheet.id, (*key, whose)), names[whose]
        return self._keep(Words(text, escape(text), (as_block(text, place),), place, whose, "")).text

    def field(self, name: str, tip: str, kind: str, lines: int = 1, least: float = LEAST, **more: object) -> Data:
        """A box to write in, as the template needs it. A name that stands twice is a problem of the sheet.

        `lines` of handwriting are wished for: what is free on a page is shared out by them. `least` there must be.
        `more` may say of a field in a table or drawing what it belongs to (`within`: Monday) and what it asks there on
        its own (`asks`: my mood): on a web page, fields stand below each other and not in rows.
        """
        if name in self.fields:
            self.problem(("parts",), f'Two fields of the sheet are called "{name}".', "Change the id of one.")
            name = f"{name}-{len(self.fields)}"
        self.fields.add(name)
        return {"name": name, "tip": tip, "kind": kind, "lines": lines, "least": min(lines, least), **more}

    def problem(self, key: Key, what: str, mend: str) -> None:
        """Something wrong at `key` of the record."""
        place = self.composer.library.place("worksheet", self.sheet.id, key)
        self.composer.converter.marks.problems.append(Problem(place.path, place.line, what, mend))

    def take(self) -> tuple[Words, ...]:
        """All words since the last call: those of one block."""
        said, self._said = tuple(self._said), []
        return said

    def _keep(self, words: Words) -> Words:
        named = dataclasses.replace(words, name=self.section)
        self._said.append(named)
        return named

    def _whose(self, words: Mapping[str, str], key: Key) -> str | None:
        """Whose words are used. Another reader's never fill in: where this reader's are missing, it is a problem."""
        whose = self.composer.whose(words) or (ANY if ANY in words else None)
        if whose is None:
            reader = self.composer.audience
            shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in key)
            what = f"{shown}: This has no words for {reader.name[self.composer.item.language]}."
            self.problem(key, what, f'Write "{reader.id}:" under it.')
        return whose


@dataclasses.dataclass(frozen=True)
class FieldWords:
    """An entry of the record in this reader's words."""

    id: str
    label: str
    tip: str
    example: str
    entry: WorksheetEntry


def asked_for(writer: WorksheetWriter, index: int, part: WorksheetPart, group: str = "items") -> Iterator[FieldWords]:
    """The entries of one list of a part, in this reader's words."""
    entries: list[WorksheetEntry] = getattr(part, group)
    for number, entry in enumerate(entries):
        key = ("parts", index, group, number)
        label = writer.line(entry.label, *key, "label")
        example = writer.line(entry.example, *key, "example")
        tip = writer.line(entry.tip, *key, "tip") or label
        yield FieldWords(entry.id, label, tip, example, entry)
