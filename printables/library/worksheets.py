"""The worksheet record: parts with fields to fill in, and words for each audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from printables.library.fields import Day, Flag, Form, Language, Line, Names, Number, Record, Slug, Text, Words, wrong
from printables.library.therapies import RecordApproval, Title

Kind = Literal["words", "lines", "boxes", "scale", "table", "circles", "ticks"]
MAX_COLUMNS = 4
"""The most columns of a table that leave room to write on A5."""
RINGS = (2, 4)
"""The least and largest number of rings."""

NEEDS: Mapping[Kind, tuple[str, ...]] = {
    "words": ("words",),
    "lines": (),
    "boxes": ("items",),
    "scale": ("heading", "points", "low", "high"),
    "table": ("items",),
    "circles": ("heading", "items", "count"),
    "ticks": ("items",),
}
"""Required keys of each kind of part; `EITHER` lists keys of which one is required."""
EITHER: Mapping[str, tuple[str, str]] = {"lines": ("items", "count"), "table": ("rows", "count")}
MAY: Mapping[Kind, tuple[str, ...]] = {
    "words": (),
    "lines": ("items", "count", "side_by_side"),
    "boxes": ("side_by_side",),
    "scale": (),
    "table": ("rows", "count", "corner", "lines"),
    "circles": (),
    "ticks": ("side_by_side",),
}
"""Optional keys of each kind of part; every part may have a heading and words."""
IN_ITEMS: Mapping[str, tuple[str, ...]] = {
    "lines": ("example",),
    "boxes": ("example", "lines", "wide"),
    "table": ("example", "share"),
}
"""Optional keys of the items of each kind besides id, label and tip; rows of a table have no others."""


class WorksheetEntry(Record):
    """One thing to fill in: a labelled line or box, a column or row of a table, a ring, something to tick."""

    id: Slug = Field(description="The names of its fields in the PDF are made from it: monday and mood: monday-mood.")
    label: Names = Field(description="What stands beside it, for each audience.")
    example: Names = Field(default_factory=dict, description="A made-up answer, without a name; in a table, a row.")
    tip: Names = Field(
        default_factory=dict, description="The field described on its own, for screen readers; else the label."
    )
    lines: Number | None = Field(None, ge=1, le=12, description="The height of a box, in lines of handwriting.")
    share: Number | None = Field(None, ge=5, le=90, description="Of a table's column: its percentage of the width.")
    wide: Flag = Field(False, description="Of a box: it takes the whole width where others stand side by side.")


class WorksheetPart(Record):
    """One part of a worksheet. Its kind says how it is drawn, and which of the keys below it has."""

    id: Slug
    kind: Kind
    heading: Names = Field(default_factory=dict)
    words: Words = Field(default_factory=dict, description="What to do here; of the kind words, the text itself.")
    items: list[WorksheetEntry] = Field(
        default_factory=list, description="Labelled lines, boxes, columns of the table, rings from within, ticks."
    )
    rows: list[WorksheetEntry] = Field(
        default_factory=list, description="Of a table: rows with a heading, such as days."
    )
    corner: Names = Field(default_factory=dict, description="Of a table with such rows: what stands over them: Day.")
    count: Number | None = Field(
        None, ge=1, le=12, description="How many ruled lines, blank rows, or lines for people in each ring."
    )
    lines: Number | None = Field(None, ge=1, le=12, description="The height of a table's row, in lines.")
    side_by_side: Flag = Field(False, description="yes: in two columns; on A5 one below the other.")
    points: Literal["0 to 10", "1 to 5"] | None = Field(None, description="Of a scale.")
    low: Names = Field(default_factory=dict, description="Of a scale: what its lowest point means.")
    high: Names = Field(default_factory=dict, description="Of a scale: what its highest point means.")

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> WorksheetPart:
        for key in NEEDS[self.kind]:
            if not getattr(self, key):
                what = f'A part of the kind "{self.kind}" needs "{key}".'
                raise wrong(what, "Add it; docs/fields.md says what it holds.")
        for key in type(self).model_fields:
            if getattr(self, key) and key not in ("id", "kind", "heading", "words", *NEEDS[self.kind], *MAY[self.kind]):
                raise wrong(f'A part of the kind "{self.kind}" has no "{key}".', "Delete it, or choose another kind.")
        return self

    @model_validator(mode="after")
    def _can_be_drawn(self) -> WorksheetPart:
        one, other = EITHER.get(self.kind, ("", ""))
        if one and bool(getattr(self, one)) == bool(getattr(self, other)):
            what = f'A part of the kind "{self.kind}" needs "{one}" or "{other}", and not both.'
            raise wrong(what, "Keep one of the two keys.")
        if self.kind == "lines" and self.count and not self.heading:
            raise wrong("Ruled lines without labels need a heading.", "Say in it what they are for.")
        columns = len(self.items) + bool(self.rows)
        if self.kind == "table" and columns > MAX_COLUMNS:
            what = f"The table has {columns} columns; {MAX_COLUMNS} can be written in on a small page."
            raise wrong(what, "Take one out.")
        if self.kind == "circles" and not RINGS[0] <= len(self.items) <= RINGS[1]:
            raise wrong(f"The drawing has {len(self.items)} rings.", f"Give it {RINGS[0]} to {RINGS[1]}.")
        return self

    @model_validator(mode="after")
    def _shows_all_that_its_items_say(self) -> WorksheetPart:
        for entry in (*self.items, *self.rows):
            may = IN_ITEMS.get(self.kind, ()) if entry in self.items else ()
            for key in ("example", "lines", "wide", "share"):
                if getattr(entry, key) and key not in may:
                    what = f'"{entry.id}" has "{key}", which the kind "{self.kind}" does not show there.'
                    raise wrong(what, "Delete it.")
        return self


class WorksheetReview(Record):
    """Date of the last review, date of the next, and authors."""

    last_review: Day
    next_review: Day
    authors: Line
    tested_with: Names = Field(default_factory=dict, description="Which readers have used it, for each audience.")
    approvals: list[RecordApproval] = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_order(self) -> WorksheetReview:
        if self.next_review <= self.last_review:
            raise wrong("The next review is not after the last one.", "Write a later date in next_review.")
        return self


class Worksheet(Record):
    """A worksheet: content/worksheets/<id>.yaml. The therapies that use it name its id."""

    id: Slug = Field(description="The same as the file's name.")
    language: Language
    code: Form = Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$", description="Its part of the version code, such as GOALS.")
    version: Form = Field(pattern=r"^[0-9]+\.[0-9]+$", description="Such as 1.0; raise it when words change.")
    titles: dict[Slug, Title] = Field(min_length=1, description="For each audience that gets the worksheet.")
    start: Words = Field(description="What to do with the sheet, and that nobody else has to see it.")
    parts: list[WorksheetPart] = Field(min_length=1)
    care: Words = Field(description="What to do if filling it in stirs things up; the help numbers follow it.")
    review: WorksheetReview
    notes: Text | None = Field(None, description="For other authors; never printed.")
