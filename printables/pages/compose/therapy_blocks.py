"""The blocks made from the therapy record: its courses, techniques and claims as data for a component."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from printables.library.courses import Course, Phase
from printables.library.therapies import Claim, Technique
from printables.pages.compose import wording
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words

LEVELS = {"none": 0, "limited": 1, "moderate": 2, "strong": 3}
"""Strength as a number of three, for a meter that is read as words too."""
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
        if name == "every" and course.each:
            label = _course_name(composer, course, course.each, "each")
        yield {"figure": wording.sentence_case(text), "label": label, "icon": ICONS[name], "course": course.id}


def _beside(composer: Composer, course: Course) -> Iterator[dict[str, Any]]:
    for index, other in enumerate(course.beside):
        figure = wording.sentence_case(wording.every(other.every, composer.locale))
        label = _course_name(composer, course, other.name, "beside", index, "name")
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
        phases = list(_phases(composer, course, words))
        if phases:
            courses.append({"id": course.id, "name": _population(composer, course.population), "phases": phases})
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
        return {"sessions": None, "first": None, "last": None, "total": None}
    first, last = phase.sessions.from_, phase.sessions.last
    label = composer.t("timeline-one" if first == last else "timeline-label", **{"from": first, "to": last})
    return {"sessions": label, "first": first, "last": last, "total": course.sessions.last}


def profile(composer: Composer, show: str) -> Block:
    """The session profile: five scales with a word for each point, and the record's remark."""
    scales = [
        {"name": scale.name, "point": point, "word": scale.points[point - 1], "points": range(1, 6)}
        for name, scale in composer.locale.scales.items()
        for point in [getattr(composer.therapy.profile, name)]
    ]
    key = ("sections", "profile")
    words = composer.words(composer.therapy.sections.profile, "therapy", composer.therapy.id, key, line=True)
    data = {"scales": scales, "html": words.html if words else None}
    return Block("profile", show, data, (words,) if words else ())


def techniques(composer: Composer, show: str) -> Block | None:
    """What therapist and client do together, with the record's lead-in."""
    therapy = composer.therapy
    lead = composer.words(therapy.sections.techniques, "therapy", therapy.id, ("sections", "techniques"))
    words = [lead] if lead else []
    items = [item for index in range(len(therapy.techniques)) if (item := _technique(composer, index, words))]
    return (
        Block("techniques", show, {"lead": lead.html if lead else None, "items": items}, tuple(words))
        if items
        else None
    )


def _technique(composer: Composer, index: int, words: list[Words]) -> dict[str, Any] | None:
    technique: Technique = composer.therapy.techniques[index]
    key = ("techniques", index)
    found = composer.words(technique.words, "therapy", composer.therapy.id, (*key, "words"), line=True)
    aim = composer.words(technique.aim, "therapy", composer.therapy.id, (*key, "aim"), line=True)
    if found is None:
        return None
    words.extend(text for text in (found, aim) if text)
    return {
        "name": composer.name(technique.name, "therapy", composer.therapy.id, *key, "name"),
        "html": found.html,
        "aim": aim.html if aim else None,
        "cites": composer.cites(technique.sources) if composer.in_full else Markup(""),
    }


def claims(composer: Composer, show: str) -> Block | None:
    """What it helps with: only claims for this reader's population, worded by their strength."""
    words: list[Words] = []
    rows = [
        _claim(composer, index, claim, words)
        for index, claim in enumerate(composer.therapy.claims)
        if claim.population in composer.audience.populations
    ]
    return Block("claims", show, {"rows": rows}, tuple(words)) if rows else None


def _claim(composer: Composer, index: int, claim: Claim, words: list[Words]) -> dict[str, Any]:
    audience, language = composer.audience, composer.item.language
    note = composer.words(claim.words, "therapy", composer.therapy.id, ("claims", index, "words"), line=True)
    words.extend([note] if note else [])
    return {
        "id": claim.id,
        "condition": wording.sentence_case(_condition(composer, claim.condition)),
        "population": _population(composer, claim.population),
        "show_ages": claim.population != "adults" and claim.ages is not None,
        "ages": wording.ages(claim.ages, composer.locale) if claim.ages else None,
        "phrase": wording.sentence_case(audience.evidence[language][claim.strength]),
        "level": LEVELS[claim.strength],
        "cites": composer.cites(claim.sources),
        "checked": claim.status == "confirmed",
        "guideline": _guideline(composer, index, claim, words),
        "html": note.html if note else None,
    }


def _condition(composer: Composer, identity: str) -> str:
    conditions = composer.library.conditions
    key = ("conditions", list(conditions).index(identity), "name")
    return composer.name(conditions[identity].name, "condition", "", *key)


def _guideline(composer: Composer, index: int, claim: Claim, words: list[Words]) -> dict[str, Any] | None:
    """What the guideline says, in its own verb; a claim that nobody has checked says so."""
    if claim.guidance is None:
        return None
    key = ("claims", index, "guidance", "words")
    remark = composer.words(claim.guidance.words, "therapy", composer.therapy.id, key, line=True)
    words.extend([remark] if remark else [])
    source = composer.library.sources[claim.guidance.source]
    return {
        "verb": wording.sentence_case(composer.audience.verbs[composer.item.language][claim.guidance.verb]),
        "code": source.title.split(":")[0] if source.kind == "guideline" else source.organisation,
        "year": source.year,
        "cites": composer.cites([claim.guidance.source]),
        "html": remark.html if remark else None,
    }


def _population(composer: Composer, population: str) -> str:
    return composer.t(f"population-{population}")


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
