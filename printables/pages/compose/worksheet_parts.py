"""The parts of a worksheet as blocks: every text in this reader's words, and every field with its name and its tip.

Those with a drawing that is the writing space are in worksheet_drawn.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from printables.library.worksheets import WorksheetPart
from printables.pages.compose.leaflet import Block
from printables.pages.compose.worksheet_drawn import activity_hours, bus, ladder, night, nights
from printables.pages.compose.worksheet_writer import Data, FieldWords, WorksheetWriter, asked_for

BOX_LINES = 3
"""The height of a box for which the record says none, in lines of handwriting."""
ROW_LINES = 2
"""The same for a row of a table."""
ROW_LEAST = 1
"""The line to which a row of a table may shrink."""
POINTS = {"0 to 10": range(11), "1 to 5": range(1, 6)}
MIDDLE, EDGE = 16, 98
"""Radius of the drawing's middle and of its outermost ring; the drawing is 200 wide."""


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


def _nothing(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    return {}


def _lines(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:
    if part.items:
        return _boxes(writer, index, part, heading)
    t, numbers = writer.composer.t, range(1, (part.count or 0) + 1)
    lines = [
        writer.field(
            f"{part.id}-{number}",
            t("ws-tip-line", label=heading, number=number),
            "line",
            within=heading,
            asks=t("ws-line", number=number),
        )
        for number in numbers
    ]
    return {"pairs": False, "rows": [[{"label": "", "example": "", "wide": True, "field": line}] for line in lines]}


def _boxes(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """Labelled boxes, lines or ticks in rows: one in each, or two side by side."""
    kind = {"boxes": "lines", "lines": "line", "ticks": "tick"}[part.kind]
    rows: list[list[Data]] = []
    for asked in asked_for(writer, index, part):
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
    columns = list(asked_for(writer, index, part))
    return {
        "corner": writer.line(part.corner, "parts", index, "corner"),
        "named": bool(part.rows),
        "columns": [
            {"label": column.label, "share": column.entry.share, "example": column.example} for column in columns
        ],
        "example": [column.example for column in columns] if any(column.example for column in columns) else [],
        "rows": list(_rows(writer, index, part, columns)),
    }


def _rows(writer: WorksheetWriter, index: int, part: WorksheetPart, columns: list[FieldWords]) -> Iterator[Data]:
    """The rows to fill in: one for each row of the record, or blank ones that are counted."""
    t, lines = writer.composer.t, part.lines or ROW_LINES
    for row in asked_for(writer, index, part, "rows"):
        tips = (t("ws-tip-cell", row=row.tip, column=column.tip) for column in columns)
        cells = [
            writer.field(f"{row.id}-{column.id}", tip, "lines", lines, ROW_LEAST, within=row.tip, asks=column.tip)
            for column, tip in zip(columns, tips, strict=True)
        ]
        yield {"label": row.label, "cells": cells}
    for number in range(1, (part.count or 0) + 1):
        tips = (t("ws-tip-row", number=number, column=column.tip) for column in columns)
        within = t("ws-row", number=number)
        cells = [
            writer.field(f"{column.id}-{number}", tip, "lines", lines, ROW_LEAST, within=within, asks=column.tip)
            for column, tip in zip(columns, tips, strict=True)
        ]
        yield {"label": "", "cells": cells}


def _circles(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """Rings from within, each with numbered lines for people, and where its label stands in the drawing."""
    each = part.count or 0
    rings = []
    for place, ring in enumerate(asked_for(writer, index, part)):
        radius = MIDDLE + (EDGE - MIDDLE) * (place + 1) / len(part.items)
        numbers = range(place * each + 1, (place + 1) * each + 1)
        people = [_person(writer, number, ring) for number in numbers]
        rings.append({"label": ring.label, "radius": round(radius, 1), "first": numbers[0], "people": people})
    return {"middle": MIDDLE, "rings": rings}


def _person(writer: WorksheetWriter, number: int, ring: FieldWords) -> Data:
    t = writer.composer.t
    tip, asks = t("ws-tip-person", number=number, ring=ring.tip), t("ws-person", number=number)
    return writer.field(f"person-{number}", tip, "line", within=ring.tip, asks=asks)


BUILDERS: Mapping[str, Callable[[WorksheetWriter, int, WorksheetPart, str], Data]] = {
    "words": _nothing,
    "lines": _lines,
    "boxes": _boxes,
    "scale": _scale,
    "table": _table,
    "circles": _circles,
    "ticks": _boxes,
    "ladder": ladder,
    "nights": nights,
    "night": night,
    "bus": bus,
    "hours": activity_hours,
}
