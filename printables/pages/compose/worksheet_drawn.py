"""Parts of a worksheet whose drawing is the writing space: a ladder, nights, a bus, the hours of a week.

The builders return positions along a night as a share of its axis, in per cent from where the line begins, so that a
page that is read from right to left needs no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from printables.library.worksheets import NIGHT_HOURS, NIGHT_START, ExampleNight, WorksheetPart
from printables.pages.compose.worksheet_writer import Data, FieldWords, WorksheetWriter, asked_for

Say = Callable[..., str]
LABELLED = 2
"""Every second hour of a night has its time written beside it."""
WINDOWS = 3
"""Windows in each row of a bus."""
DAYS, DAYS_NARROW = 4, 3
"""The most days of a week that stand side by side, and where few letters fit into a line; the rest follow below."""
RUNG, HOUR, NIGHT = 54.0, 54.0, 60.0
"""The greatest height of one line of each, in points, where few of them stand on a page."""


def ladder(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """Rungs from the highest number down to 1: what is written on each, rated, and written beside it."""
    on = list(asked_for(writer, index, part))
    rated = list(asked_for(writer, index, part, "ratings"))
    beside = list(asked_for(writer, index, part, "beside"))
    high, low = (writer.line(words, "parts", index, name) for words, name in ((part.high, "high"), (part.low, "low")))
    lines, ends = max(2, len(on), len(beside)), {part.count: high, 1: low}
    rungs = [
        {
            "number": number,
            "steps": [_numbered(writer, number, one, "lines", lines // len(on), ends=ends) for one in on],
            "ratings": [_numbered(writer, number, one, "line", ends=ends, middle=True) for one in rated],
            "beside": [_numbered(writer, number, one, "lines", ends=ends) for one in beside],
        }
        for number in range(part.count or 0, 0, -1)
    ]
    return {
        "steps": [_shown(one) for one in on],
        "ratings": [_shown(one) for one in rated],
        "beside": [_shown(one) for one in beside],
        "example": any(one.example for one in (*on, *rated, *beside)),
        "high": high,
        "low": low,
        "most": RUNG,
        "rungs": rungs,
    }


def nights(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """Weeks of nights, each with an axis to draw on and boxes for its numbers; the first row is made up."""
    t, columns = writer.composer.t, list(asked_for(writer, index, part))
    days, weeks = list(asked_for(writer, index, part, "rows")), part.count or 1
    made = []
    for week in range(1, weeks + 1):
        name = t("ws-week", number=week) if weeks > 1 else ""
        made.append(
            {
                "heading": name,
                "rows": [
                    {
                        "label": day.label,
                        "cells": [_of_night(writer, week, name, day, column) for column in columns],
                    }
                    for day in days
                ],
            }
        )
    return {
        "corner": writer.line(part.corner, "parts", index, "corner"),
        "hours": list(_night_hours(t)),
        "columns": [_shown(column) for column in columns],
        "example": _drawn_night(part.night) if part.night else None,
        "most": NIGHT,
        "weeks": made,
    }


def night(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """One night to draw on, with a line for each of its times below."""
    times = [
        {"label": one.label, "field": writer.field(one.id, one.tip, "line")} for one in asked_for(writer, index, part)
    ]
    return {"hours": list(_night_hours(writer.composer.t)), "times": times}


def bus(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """A bus with windows to write in, in rows."""
    (window,) = asked_for(writer, index, part)
    count, lines = part.count or WINDOWS, part.lines or WINDOWS
    fields = [
        {"number": number, "field": _numbered(writer, number, window, "lines", lines)} for number in range(1, count + 1)
    ]
    return {
        "label": window.label,
        "example": window.example,
        "lines": lines,
        "rows": [fields[first : first + WINDOWS] for first in range(0, count, WINDOWS)],
    }


def activity_hours(writer: WorksheetWriter, index: int, part: WorksheetPart, heading: str) -> Data:  # noqa: ARG001 - a builder like the others
    """The hours of some days side by side: what was done, its ratings, and below what is asked once a day."""
    t, days = writer.composer.t, list(asked_for(writer, index, part, "rows"))
    (what,), rated = asked_for(writer, index, part), list(asked_for(writer, index, part, "ratings"))
    daily = list(asked_for(writer, index, part, "beside"))
    hours = range(part.first_hour or 0, (part.last_hour or 0) + 1)
    boxes = {
        (day.id, hour): [_of_hour(writer, day, hour, each, small=each is not what) for each in (what, *rated)]
        for day in days
        for hour in hours
    }
    totals = {(day.id, one.id): _of_day(writer, day, one) for day in days for one in daily}

    def tables(side_by_side: int) -> list[Data]:
        most = -(-len(days) // -(-len(days) // side_by_side))
        return [
            {
                "days": [day.label for day in here],
                "blank": most - len(here),
                "rows": [{"label": hour_of(t, hour), "days": [boxes[day.id, hour] for day in here]} for hour in hours],
                "daily": [{"label": one.label, "fields": [totals[day.id, one.id] for day in here]} for one in daily],
            }
            for here in (days[first : first + most] for first in range(0, len(days), most))
        ]

    return {
        "corner": writer.line(part.corner, "parts", index, "corner"),
        "what": _shown(what),
        "ratings": [_shown(one) for one in rated],
        "daily": [_shown(one) for one in daily],
        "most": HOUR,
        "tables": tables(DAYS),
        "narrow_tables": tables(DAYS_NARROW),
    }


def hour_of(t: Say, hour: int) -> str:
    """An hour of the day in the words of its language: 20 is 8pm."""
    hour %= 24
    if hour % 12 == 0:
        return t("ws-hour-noon" if hour else "ws-hour-midnight")
    return t("ws-hour-pm" if hour > 12 else "ws-hour-am", hour=hour % 12)


def _shown(asked: FieldWords) -> Data:
    return {"label": asked.label, "example": asked.example, "share": asked.entry.share}


def _numbered(
    writer: WorksheetWriter,
    number: int,
    asked: FieldWords,
    kind: str,
    lines: int = 1,
    *,
    ends: Mapping[int | None, str] = MappingProxyType({}),
    middle: bool = False,
) -> Data:
    """One of several numbered fields. `ends` says what the first and the last number mean."""
    t, end = writer.composer.t, ends.get(number)
    tip = t("ws-tip-number", number=number, label=asked.tip)
    within = t("ws-rung-end", number=number, end=end) if end else t("ws-rung", number=number)
    more: Data = {"within": within, "asks": asked.tip, **_centred(middle)}
    return writer.field(f"{asked.id}-{number}", tip, kind, lines, **more)


def _centred(is_so: bool) -> Data:  # noqa: FBT001 - it has no other argument
    """What a field says that holds a number or a time and nothing else."""
    return {"middle": True} if is_so else {}


def _of_night(writer: WorksheetWriter, week: int, name: str, day: FieldWords, column: FieldWords) -> Data:
    night = f"{name}, {day.tip}" if name else day.tip
    tip = writer.composer.t("ws-tip-cell", row=night, column=column.tip)
    field = f"{day.id}-{column.id}" if not name else f"{day.id}-{week}-{column.id}"
    return writer.field(field, tip, "line", middle=True, within=night, asks=column.tip)


def _of_hour(writer: WorksheetWriter, day: FieldWords, hour: int, asked: FieldWords, *, small: bool) -> Data:
    said = writer.composer.t
    tip = said("ws-tip-hour", day=day.tip, hour=hour_of(said, hour), label=asked.tip)
    asks = said("ws-tip-cell", row=hour_of(said, hour), column=asked.tip)
    name, kind = f"{day.id}-{asked.id}-{hour}", "line" if small else "lines"
    return writer.field(name, tip, kind, within=day.tip, asks=asks, **_centred(small))


def _of_day(writer: WorksheetWriter, day: FieldWords, asked: FieldWords) -> Data:
    tip = writer.composer.t("ws-tip-cell", row=day.tip, column=asked.tip)
    return writer.field(f"{day.id}-{asked.id}", tip, "line", middle=True, within=day.tip, asks=asked.tip)


def _night_hours(t: Say) -> Iterator[Data]:
    """The hours of a night from its beginning to its end, with their place and, for some, their time."""
    for count in range(NIGHT_HOURS + 1):
        hour = (NIGHT_START + count) % 24
        yield {
            "at": _share(count),
            "label": hour_of(t, hour) if count % LABELLED == 0 else "",
            "sign": {0: "midnight", 7: "morning"}.get(hour, ""),
        }


def _drawn_night(night: ExampleNight) -> Data:
    """Where the signs of a made-up night stand on the axis."""
    return {
        "bed": _share(night.bed),
        "up": _share(night.up),
        "asleep": [{"at": _share(start), "wide": _share(end - start)} for start, end in night.spans],
    }


def _share(hours: float) -> float:
    """Hours since the beginning of the night, in per cent of its axis."""
    return round(hours * 100 / NIGHT_HOURS, 2)
