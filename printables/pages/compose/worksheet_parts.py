"""The parts of a worksheet as blocks: every text in this reader's words, and every field with its name and its tip.

A field is a box to write in. Its name is unique on the sheet, and its tip says on its own what belongs there, since a
screen reader meets it without the words around it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import escape

from printables.library.library import ANY
from printables.library.worksheets import Worksheet, WorksheetEntry, WorksheetPart
from printables.library.yaml_reader import Key
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words
from printables.pages.compose.source_lines import as_block
from printables.problems import Problem

Data = dict[str, Any]

FIELD_KINDS = ("line", "lines", "tick", "choice")
"""One line of text, several, a box to tick, one of a group of points."""
BOX_LINES = 3
"""The height of a box for which the record says none, in lines of handwriting."""
ROW_LINES = 2
"""The same for a row of a table."""
POINTS = {"0 to 10": range(11), "1 to 5": range(1, 6)}
MIDDLE, EDGE = 16, 98
"""Radius of the drawing's middle and of its outermost ring; the drawing is 200 wide."""


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

    def field(self, name: str, tip: str, kind: str, lines: int = 1, **more: object) -> Data:
        """A box to write in, as the template needs it. A name that stands twice is a problem of the sheet."""
        if name in self.fields:
            self.problem(("parts",), f'Two fields of the sheet are called "{name}".', "Change the id of one.")
            name = f"{name}-{len(self.fields)}"
        self.fields.add(name)
        return {"name": name, "tip": tip, "kind": kind, "lines": lines, **more}

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


def part_block(writer: WorksheetWriter, index: int, part: WorksheetPart) -> tuple[str, Block]:
    """A part's heading, and the block that draws it."""
    writer.section = part.id
    heading = writer.line(part.heading, "parts", index, "heading")
    intro = writer.text(part.words, "parts", index, "words")
    data = BUILDERS[part.kind](writer, index, part, heading)
    component = f"ws-{part.kind}"
    if part.kind == "words":  # numbered steps look as they do on a leaflet
        component = "steps" if intro and "<ol" in intro.html else "prose"
    return heading, Block(component, part.id, {"html": intro.html if intro else None, **data}, writer.take())


def _asked(writer: WorksheetWriter, index: int, part: WorksheetPart, group: str = "items") -> Iterator[FieldWords]:
    entries: list[WorksheetEntry] = getattr(part, group)
    for number, entry in enumerate(entries):
        key = ("parts", index, group, number)
        label = writer.line(entry.label, *key, "label")
        example = writer.line(entry.example, *key, "example")
        tip = writer.line(entry.tip, *key, "tip") or label
        yield FieldWords(entry.id, label, tip, example, entry)


def _nothing(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    return {}


def _lines(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:
    if part.items:
        return _boxes(writer, index, part, heading)
    t, numbers = writer.composer.t, range(1, (part.count or 0) + 1)
    lines = [writer.field(f"{part.id}-{n}", t("ws-tip-line", label=heading, number=n), "line") for n in numbers]
    return {"pairs": False, "rows": [[{"label": "", "example": "", "wide": True, "field": line}] for line in lines]}


def _boxes(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """Labelled boxes, lines or ticks in rows: one in each, or two side by side."""
    kind = {"boxes": "lines", "lines": "line", "ticks": "tick"}[part.kind]
    rows: list[list[Data]] = []
    for asked in _asked(writer, index, part):
        lines = (asked.entry.lines or BOX_LINES) if kind == "lines" else 1
        field = writer.field(asked.id, asked.tip, kind, lines)
        item = {"label": asked.label, "example": asked.example, "wide": asked.entry.wide, "field": field}
        if part.side_by_side and rows and len(rows[-1]) == 1 and not (item["wide"] or rows[-1][0]["wide"]):
            rows[-1].append(item)
        else:
            rows.append([item])
    return {"pairs": part.side_by_side, "rows": rows}


def _scale(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:
    low, high = (writer.line(getattr(part, end), "parts", index, end) for end in ("low", "high"))
    points = POINTS[part.points or "0 to 10"]
    tell = {"label": heading, "first": points[0], "low": low, "last": points[-1], "high": high}
    return {
        "low": low,
        "high": high,
        "points": [
            writer.field(
                f"{part.id}-{value}",
                writer.composer.t("ws-tip-scale", value=value, **tell),
                "choice",
                group=part.id,
                value=str(value),
            )
            for value in points
        ],
    }


def _table(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    columns = list(_asked(writer, index, part))
    return {
        "corner": writer.line(part.corner, "parts", index, "corner"),
        "named": bool(part.rows),
        "columns": [{"label": column.label, "share": column.entry.share} for column in columns],
        "example": [column.example for column in columns] if any(column.example for column in columns) else [],
        "rows": list(_rows(writer, index, part, columns)),
    }


def _rows(writer: WorksheetWriter, index: int, part: WorksheetPart, columns: list[FieldWords]) -> Iterator[Data]:
    """The rows to fill in: one for each row of the record, or blank ones that are counted."""
    t, lines = writer.composer.t, part.lines or ROW_LINES
    for row in _asked(writer, index, part, "rows"):
        tips = (t("ws-tip-cell", row=row.tip, column=column.tip) for column in columns)
        cells = [
            writer.field(f"{row.id}-{column.id}", tip, "lines", lines)
            for column, tip in zip(columns, tips, strict=True)
        ]
        yield {"label": row.label, "cells": cells}
    for number in range(1, (part.count or 0) + 1):
        tips = (t("ws-tip-row", number=number, column=column.tip) for column in columns)
        cells = [
            writer.field(f"{column.id}-{number}", tip, "lines", lines)
            for column, tip in zip(columns, tips, strict=True)
        ]
        yield {"label": "", "cells": cells}


def _circles(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """Rings from within, each with numbered lines for people, and where its label stands in the drawing."""
    t, each = writer.composer.t, part.count or 0
    rings = []
    for place, ring in enumerate(_asked(writer, index, part)):
        radius = MIDDLE + (EDGE - MIDDLE) * (place + 1) / len(part.items)
        numbers = range(place * each + 1, (place + 1) * each + 1)
        people = [writer.field(f"person-{n}", t("ws-tip-person", number=n, ring=ring.tip), "line") for n in numbers]
        rings.append({"label": ring.label, "radius": round(radius, 1), "first": numbers[0], "people": people})
    return {"middle": MIDDLE, "rings": rings}


BUILDERS: Mapping[str, Callable[[WorksheetWriter, int, WorksheetPart, str], Data]] = {
    "words": _nothing,
    "lines": _lines,
    "boxes": _boxes,
    "scale": _scale,
    "table": _table,
    "circles": _circles,
    "ticks": _boxes,
}
