"""The worksheet record: parts with fields to fill in, and words for each audience."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from printables.library.fields import (
    Day,
    Flag,
    Form,
    Language,
    Names,
    Number,
    ProperName,
    Record,
    Remark,
    Slug,
    Words,
    wrong,
)
from printables.library.therapies import RecordApproval, Title

Kind = Literal[
    "words", "lines", "boxes", "scale", "table", "circles", "ticks", "ladder", "nights", "night", "bus", "hours"
]
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
MAX_COLUMNS = 4
"""The most columns of a table that leave room to write on A5."""
RINGS = (2, 4)
"""The least and largest number of rings."""
MOST_ITEMS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "ladder": (("items", 2), ("ratings", 3), ("beside", 2)),
    "nights": (("items", 9), ("rows", 7)),
    "bus": (("items", 1),),
    "hours": (("items", 1), ("ratings", 2), ("beside", 2), ("rows", 7)),
}
"""How many entries of each list a drawing has room for."""
NIGHT_START, NIGHT_HOURS = 20, 16
"""A night that is drawn begins at 8 in the evening and ends at noon."""

NEEDS: Mapping[Kind, tuple[str, ...]] = {
    "words": ("words",),
    "lines": (),
    "boxes": ("items",),
    "scale": ("heading", "points", "low", "high"),
    "table": ("items",),
    "circles": ("heading", "items", "count"),
    "ticks": ("items",),
    "ladder": ("items", "count", "low", "high"),
    "nights": ("items", "rows"),
    "night": ("items",),
    "bus": ("items", "count"),
    "hours": ("items", "rows", "first_hour", "last_hour"),
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
    "ladder": ("ratings", "beside"),
    "nights": ("corner", "count", "night"),
    "night": (),
    "bus": ("lines",),
    "hours": ("ratings", "beside", "corner"),
}
"""Optional keys of each kind of part; every part may have a heading and words."""
IN_ITEMS: Mapping[str, tuple[str, ...]] = {
    "lines": ("example",),
    "boxes": ("example", "lines", "wide"),
    "table": ("example", "share"),
    "ladder": ("example",),
    "nights": ("example",),
    "bus": ("example",),
    "hours": ("example",),
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


class ExampleNight(Record):
    """A made-up night as it is drawn on the axis: times such as 23:30, and when somebody slept."""

    bed_time: Form = Field(alias="bed", pattern=TIME)
    up_time: Form = Field(alias="up", pattern=TIME)
    asleep: list[Form] = Field(min_length=1, max_length=4, description='Such as "23:30 to 02:00".')

    @model_validator(mode="after")
    def _in_order(self) -> ExampleNight:
        for span in self.asleep:
            if not re.fullmatch(f"{TIME[1:-1]} to {TIME[1:-1]}", span):
                raise wrong(f'"{span}" is not a span of time.', 'Write it like "23:30 to 02:00".')
        times = [self.bed, *(time for span in self.spans for time in span), self.up]
        if times != sorted(times) or times[-1] > NIGHT_HOURS:
            raise wrong("The times of the night are not in order.", "Write them from 20:00 to 12:00 at most.")
        return self

    @property
    def bed(self) -> float:
        """Hours since the beginning of the drawing; so are the others."""
        return _since_start(self.bed_time)

    @property
    def up(self) -> float:
        return _since_start(self.up_time)

    @property
    def spans(self) -> list[tuple[float, float]]:
        """When somebody slept, from and to."""
        pairs = (span.split(" to ") for span in self.asleep)
        return [(_since_start(start), _since_start(end)) for start, end in pairs]


def _since_start(time: str) -> float:
    hours, minutes = time.split(":")
    return (int(hours) - NIGHT_START) % 24 + int(minutes) / 60


class WorksheetPart(Record):
    """One part of a worksheet. Its kind says how it is drawn, and which of the keys below it has."""

    id: Slug
    kind: Kind
    heading: Names = Field(default_factory=dict)
    words: Words = Field(default_factory=dict, description="What to do here; of the kind words, the text itself.")
    items: list[WorksheetEntry] = Field(
        default_factory=list,
        description="Labelled lines, boxes, columns of the table, rings from within, ticks; what a rung holds.",
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
    low: Names = Field(default_factory=dict, description="Of a scale or ladder: what its lowest point means.")
    high: Names = Field(default_factory=dict, description="Of a scale or ladder: what its highest point means.")
    ratings: list[WorksheetEntry] = Field(
        default_factory=list, description="Of a ladder or of hours: small boxes for a number, such as how hard it was."
    )
    beside: list[WorksheetEntry] = Field(
        default_factory=list, description="Of a ladder: lines beside each rung. Of hours: what is asked once a day."
    )
    night: ExampleNight | None = Field(None, description="Of nights: the made-up night, as it is drawn.")
    first_hour: Number | None = Field(None, ge=1, le=23, description="Of hours: the first hour of a day, such as 7.")
    last_hour: Number | None = Field(None, ge=2, le=26, description="Of hours: the last; 24 is midnight.")

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
        for key, most in MOST_ITEMS.get(self.kind, ()):
            if len(getattr(self, key)) > most:
                what = f'A part of the kind "{self.kind}" has room for {most} under "{key}".'
                raise wrong(what, "Take the others out.")
        if self.kind == "circles" and not RINGS[0] <= len(self.items) <= RINGS[1]:
            raise wrong(f"The drawing has {len(self.items)} rings.", f"Give it {RINGS[0]} to {RINGS[1]}.")
        return self

    @model_validator(mode="after")
    def _shows_all_that_its_items_say(self) -> WorksheetPart:
        for entry in (*self.items, *self.rows, *self.ratings, *self.beside):
            drawn = entry in self.items or (entry not in self.rows and self.kind in MOST_ITEMS)
            may = IN_ITEMS.get(self.kind, ()) if drawn else ()
            for key in ("example", "lines", "wide", "share"):
                if getattr(entry, key) and key not in may:
                    what = f'"{entry.id}" has "{key}", which the kind "{self.kind}" does not show there.'
                    raise wrong(what, "Delete it.")
        return self


class WorksheetReview(Record):
    """Date of the last review, date of the next, and authors."""

    last_review: Day
    next_review: Day
    authors: ProperName
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
    notes: Remark | None = Field(None, description="For other authors; never printed.")
