"""The blocks made from the courses of a therapy: figures, timeline and table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from printables.library.courses import Course, Phase
from printables.pages.compose import to_scale, wording
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words

ICONS = {"sessions": 0, "length": 1, "every": 2}
"""The picture beside each figure, by its number in the component."""
NO_FACTS = {"sessions": None, "length": None, "every": None, "html": None}
"""A row of the table of courses for which no source gave anything."""


def facts(composer: Composer, show: str) -> Block | None:
    """Sessions, length and frequency of the reader's course as short figures, and what goes on beside them."""
    if not composer.courses:
        return None
    course = composer.courses[0]
    remark = _remark(composer, course)
    items = [*_figures(composer, course), *_beside(composer, course)]
    data = {"items": items, "html": remark.html if remark else None}
    return Block("facts", show, data, (remark,) if remark else ()) if items or remark else None


def _figures(composer: Composer, course: Course) -> Iterator[dict[str, Any]]:
    for name, text in composer.course_facts(course):
        label = composer.t(f"fact-{name}")
        if name != "length" and course.each:
            label = _course_name(composer, course, course.each, "each")
        yield {"figure": wording.sentence_case(text), "label": label, "icon": ICONS[name], "course": course.id}


def _beside(composer: Composer, course: Course) -> Iterator[dict[str, Any]]:
    for index, other in enumerate(course.beside):
        figure = wording.sentence_case(wording.every(other.every, composer.locale))
        label = _course_name(composer, course, other.name, "beside", index, "name")
        if other.length:
            label = composer.t("fact-beside", name=label, length=wording.span(other.length, composer.locale))
        yield {"figure": figure, "label": label, "icon": ICONS["every"], "course": course.id}


def _course_name(composer: Composer, course: Course, names: Mapping[str, str], *key: str | int) -> str:
    """A short name that stands in a course at `key`."""
    index = composer.therapy.courses.index(course)
    return composer.name(names, "therapy", composer.therapy.id, "courses", index, *key)


def _remark(composer: Composer, course: Course) -> Words | None:
    """What the numbers of a course mean, in this reader's words."""
    key = ("courses", composer.therapy.courses.index(course), "remark")
    return composer.words(course.remark, "therapy", composer.therapy.id, key, line=True)


def timeline(composer: Composer, show: str) -> Block | None:
    """The phases of the reader's courses; `first`, `last` and `total` count sessions, where their number is known."""
    courses: list[dict[str, Any]] = []
    words: list[Words] = []
    for course in composer.courses:
        phases = _to_scale(list(_phases(composer, course, words)))
        if phases:
            kind = _kind(course, phases)
            name = _population(composer, course.population)
            caption = _caption(composer, course, kind, len(phases))
            courses.append({"id": course.id, "name": name, "kind": kind, "caption": caption, "phases": phases})
    return Block("timeline", show, {"courses": courses, "several": len(courses) > 1}, tuple(words)) if courses else None


def _phases(composer: Composer, course: Course, words: list[Words]) -> Iterator[dict[str, Any]]:
    index = composer.therapy.courses.index(course)
    for number, phase in enumerate(course.phases):
        key = ("courses", index, "phases", number, "words")
        found = composer.words(phase.words, "therapy", composer.therapy.id, key, line=True)
        if found is None:
            continue
        words.append(found)
        yield {
            "name": composer.name(phase.name, "therapy", composer.therapy.id, *key[:-1], "name"),
            "html": found.html,
            "cites": composer.cites(phase.sources) if composer.in_full else Markup(""),
            **_sessions_of(composer, course, phase),
        }


def _sessions_of(composer: Composer, course: Course, phase: Phase) -> dict[str, Any]:
    """The sessions of a phase in words and as numbers; None where the course gives none."""
    if phase.sessions is None or course.sessions is None:
        return {"sessions": None, "when": None, "first": None, "last": None, "total": None}
    first, last = phase.sessions.from_, phase.sessions.last
    span = {"from": first, "to": last}
    one, many = ("", "") if first == last else ("two-", "s") if last == first + 1 else ("", "s")
    sessions = composer.t(f"timeline-{one}session{many}", **span)
    weeks = composer.t(f"timeline-{one}week{many}", **span)
    when = weeks if _in_weeks(course) else sessions
    return {"sessions": sessions, "when": when, "first": first, "last": last, "total": course.sessions.last}


def _in_weeks(course: Course) -> bool:
    """Whether a long course is told in weeks: it has one session in each."""
    every, sessions = course.every, course.sessions
    weekly = every is not None and (every.from_, every.last, every.unit) == (1, 1, "weeks")
    return weekly and sessions is not None and not to_scale.numbered(sessions.last)


def _kind(course: Course, phases: list[dict[str, Any]]) -> str:
    """How the line of a course is drawn: each session numbered, a ruler, or plain where nobody has counted them."""
    if phases[0]["total"] is None or course.sessions is None:
        return "plain"
    return "numbered" if to_scale.numbered(course.sessions.last) else "ruler"


def _caption(composer: Composer, course: Course, kind: str, count: int) -> str | None:
    """How to read the line of stages; nothing where it has only one."""
    if kind == "ruler":
        kind = "weeks" if _in_weeks(course) else "sessions"
    return wording.counted(f"stages-{kind}", count, composer.locale) if count > 1 else None


def _to_scale(phases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The phases with their share of the line, and with the sessions or weeks that stand in each."""
    if not phases or phases[0]["total"] is None:
        return [{**phase, "share": 100 // len(phases), "cells": []} for phase in phases]
    widths = to_scale.shares([phase["last"] - phase["first"] + 1 for phase in phases])
    return [
        {**phase, "share": share, "cells": to_scale.cells(phase["first"], phase["last"], phase["total"])}
        for phase, share in zip(phases, widths, strict=True)
    ]


def courses_table(composer: Composer, show: str) -> Block:
    """All courses as rows, and what goes on beside them as rows of their own."""
    rows: list[dict[str, Any]] = []
    words: list[Words] = []
    for course in composer.courses:
        remark = _remark(composer, course)
        words.extend([remark] if remark else [])
        name = _population(composer, course.population)
        each = f"{name}: {_course_name(composer, course, course.each, 'each')}" if course.each else name
        known = {"html": remark.html if remark else None, "cites": composer.cites(course.sources)}
        rows.append({**NO_FACTS, "name": each, **dict(composer.course_facts(course)), **known})
        for index, other in enumerate(course.beside):
            every = wording.every(other.every, composer.locale)
            length = wording.span(other.length, composer.locale) if other.length else None
            label = _course_name(composer, course, other.name, "beside", index, "name")
            beside = {"name": f"{name}: {label}", "sessions": composer.t("alongside")}
            rows.append({**NO_FACTS, **beside, "length": length, "every": every, "cites": Markup("")})
    return Block("courses-table", show, {"rows": rows}, tuple(words))


def _population(composer: Composer, population: str) -> str:
    return composer.t(f"population-{population}")


BLOCKS = (
    BlockKind(
        "facts",
        "sessions, length and frequency as figures, and what goes on beside them",
        facts,
        key=("courses",),
        mend="Add a course for {populations}.",
    ),
    BlockKind(
        "timeline",
        "the phases of the course, drawn to scale or as a table",
        timeline,
        key=("courses",),
        mend='Add phases with words for "{audience}" to a course for {populations}.',
    ),
    BlockKind("courses-table", "all courses: population, sessions, length, frequency", courses_table),
)
