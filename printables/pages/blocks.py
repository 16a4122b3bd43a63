"""The built-in blocks: facts of the record and of the region as data for a component. `BUILDERS` is the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup

from printables.library.library import Place
from printables.library.records import Claim, Course, Technique, Therapy
from printables.library.settings import Clinic, HelpLine, Source
from printables.pages import wording
from printables.pages.composer import Composer
from printables.pages.leaflet import Block, Words

LONGEST_ADDRESS = 44
"""Nobody types more characters than this from paper."""

LEVELS = {"none": 0, "limited": 1, "moderate": 2, "strong": 3}
"""Strength as a number of three, for a meter that is read as words too."""


def facts(composer: Composer, show: str) -> Block | None:
    """Sessions, length and frequency of the reader's course, as three short figures."""
    if not composer.courses:
        return None
    items = [
        {"figure": wording.sentence_case(text), "label": composer.t(f"fact-{name}"), "course": course.id}
        for course in composer.courses[:1]
        for name, text in composer.course_facts(course)
    ]
    return Block("facts", show, {"items": items})


def timeline(composer: Composer, show: str) -> Block | None:
    """The phases of the reader's courses; `first`, `last` and `total` count sessions."""
    courses: list[dict[str, Any]] = []
    words: list[Words] = []
    for course in composer.courses:
        phases = list(_phases(composer, course, words))
        if phases:
            courses.append({"id": course.id, "name": _population(composer, course.population), "phases": phases})
    return Block("timeline", show, {"courses": courses, "several": len(courses) > 1}, tuple(words)) if courses else None


def _phases(composer: Composer, course: Course, words: list[Words]) -> Iterator[dict[str, Any]]:
    index = composer.therapy.courses.index(course)
    total = course.phases[-1].sessions.last if course.phases else 0
    for number, phase in enumerate(course.phases):
        key = ("courses", index, "phases", number, "words")
        found = composer.words(phase.words, "therapy", composer.therapy.id, key, line=True)
        if found is None:
            continue
        words.append(found)
        first, last = phase.sessions.from_, phase.sessions.last
        label = "timeline-one" if first == last else "timeline-label"
        yield {
            "name": composer.name(phase.name),
            "html": found.html,
            "sessions": composer.t(label, **{"from": first, "to": last}),
            "first": first,
            "last": last,
            "total": total,
            "cites": composer.cites(phase.sources) if composer.in_full else Markup(""),
        }


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
        "name": composer.name(technique.name),
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
    sources = list(claim.sources)
    guideline = None
    if claim.guidance:
        sources = [claim.guidance.source, *(name for name in sources if name != claim.guidance.source)]
        key = ("claims", index, "guidance", "words")
        remark = composer.words(claim.guidance.words, "therapy", composer.therapy.id, key, line=True)
        words.extend([remark] if remark else [])
        source = composer.library.sources[claim.guidance.source]
        guideline = {
            "verb": wording.sentence_case(audience.verbs[language][claim.guidance.verb]),
            "code": source.title.split(":")[0] if source.kind == "guideline" else source.organisation,
            "year": source.year,
            "html": remark.html if remark else None,
        }
    return {
        "id": claim.id,
        "condition": wording.sentence_case(composer.name(composer.library.conditions[claim.condition].name)),
        "population": _population(composer, claim.population),
        "show_ages": claim.population != "adults",
        "ages": wording.ages(claim.ages, composer.locale),
        "phrase": wording.sentence_case(audience.evidence[language][claim.strength]),
        "level": LEVELS[claim.strength],
        "guideline": guideline,
        "html": note.html if note else None,
        "cites": composer.cites(sources),
    }


def _population(composer: Composer, population: str) -> str:
    return composer.t(f"population-{population}")


def courses_table(composer: Composer, show: str) -> Block:
    """All courses as rows."""
    rows = []
    for course in composer.courses:
        values = dict(composer.course_facts(course))
        rows.append(
            {"name": _population(composer, course.population), **values, "cites": composer.cites(course.sources)}
        )
    return Block("courses-table", show, {"rows": rows})


def region_privacy(composer: Composer, show: str) -> Block | None:
    """The region's rules on privacy, and what is special to this therapy."""
    return _rules(composer, show, "privacy")


def region_consent(composer: Composer, show: str) -> Block | None:
    """The region's rules on consent, and what is special to this therapy."""
    return _rules(composer, show, "consent")


def _rules(composer: Composer, show: str, field: str) -> Block | None:
    region, therapy = composer.region, composer.therapy
    general = composer.words(getattr(region, field), "region", region.id, (field,))
    special = composer.words(getattr(therapy.sections, field), "therapy", therapy.id, ("sections", field))
    words = tuple(text for text in (general, special) if text)
    return Block("prose", show, {"html": Markup("\n").join(text.html for text in words)}, words) if general else None


def help_now(composer: Composer, show: str) -> Block | None:
    """The help lines of the region for this reader, in the order that the region's file gives."""
    region = composer.region
    whose = composer.whose(region.help_now)
    if whose is None:
        return None
    box = region.help_now[whose]
    by_id = {line.id: line for line in region.help_lines}
    lead, end = (_help_text(composer, whose, part, getattr(box, part)) for part in ("lead", "end"))
    words = tuple(text for text in (lead, end) if text)
    data = {
        "lead": lead.html if lead else None,
        "lines": [_help_line(by_id[name]) for name in box.lines if name in by_id],
        "end": end.html if end else None,
    }
    return Block("help-now", show, data, words)


def _help_text(composer: Composer, whose: str, part: str, text: str | None) -> Words | None:
    if text is None:
        return None
    place = composer.library.place("region", composer.region.id, ("help_now", whose, part))
    return Words(text, composer.converter.html(text, place), place, whose, part)


def _help_line(line: HelpLine) -> dict[str, str]:
    parts = {"name": line.name, "how": line.how, "hours": line.hours, "for_whom": line.for_whom}
    return {name: text.rstrip(".") for name, text in parts.items()}


def glossary(composer: Composer, show: str) -> Block | None:
    """The terms that this leaflet explains in a box."""
    terms = sorted(composer.converter.marks.explained.values(), key=lambda pair: pair[0].lower())
    if not terms or composer.audience.explain != "box":
        return None
    return Block("glossary", show, {"terms": [{"term": term, "plain": plain} for term, plain in terms]})


def other_leaflets(composer: Composer, show: str) -> Block | None:
    """The other leaflets of this therapy, with their codes."""
    therapy: Therapy = composer.therapy
    rows = [
        {
            "title": therapy.titles[name].title,
            "for_whom": audience.label[therapy.language],
            "code": composer.code(audience),
        }
        for name, audience in composer.library.audiences.items()
        if name in therapy.titles and name != composer.audience.id
    ]
    return Block("other-leaflets", show, {"rows": rows}) if rows else None


def sources(composer: Composer, show: str) -> Block | None:
    """The sources cited on this leaflet, in the order of their numbers."""
    cited = [composer.library.sources[name] for name in composer.converter.marks.cited]
    rows = [
        {
            "number": number,
            "title": _title(composer, source),
            "address": source.address,
            "shown": _short(source.address),
        }
        | {"by": _by(composer, source)}
        for number, source in enumerate(cited, 1)
    ]
    return Block("sources", show, {"rows": rows}) if rows else None


def _by(composer: Composer, source: Source) -> str:
    if source.year is None:
        return composer.t("source-no-year", organisation=source.organisation)
    return composer.t("source-year", organisation=source.organisation, year=source.year)


def _title(composer: Composer, source: Source) -> str:
    return source.title if composer.in_full or source.short is None else source.short


def _short(address: str) -> str:
    """An address as it is printed: without https:// and www., and of one too long to type only the host.

    The link itself always holds the whole address.
    """
    bare = address.removeprefix("https://").removeprefix("www.").removesuffix("/")
    return bare if len(bare) <= LONGEST_ADDRESS else bare.split("/")[0]


def about(composer: Composer, show: str) -> Block:
    """Version, dates, approval, publisher and contact."""
    review, locale = composer.therapy.review, composer.locale
    approval = composer.approval()
    data = {
        "code": composer.code(composer.audience),
        "last_review": wording.day(review.last_evidence_review, locale),
        "next_review": wording.day(review.next_review, locale),
        "overdue": review.next_review < composer.item.today,
        "approval": approval and {**approval.model_dump(), "date": wording.day(approval.date, locale)},
        "authors": review.authors,
        "conflicts": review.conflicts,
        "funding": review.funding,
        "in_full": composer.in_full,
        "publisher": composer.library.publisher.name,
        "about": composer.library.publisher.about[composer.item.language],
        "contact": _contact(composer, composer.clinic),
    }
    local = composer.words(composer.clinic.words, "clinic", composer.clinic.id, ("words",)) if composer.clinic else None
    return Block("about", show, {**data, "local": local.html if local else None}, (local,) if local else ())


def _contact(composer: Composer, clinic: Clinic | None) -> list[dict[str, str | None]]:
    """One row for each way to reach the service; a row without a value is a blank line to write on."""
    names = ("name", "phone", "hours", "email", "web", "feedback", "other_formats", "languages")
    blank = ("name", "phone", "hours", "feedback", "other_formats")
    return [
        {"label": composer.t(f"contact-{name.replace('_', '-')}"), "value": getattr(clinic, name) if clinic else None}
        for name in names
        if (getattr(clinic, name) if clinic else name in blank)
    ]


def location(block: Block) -> Place | None:
    """Where the first of the block's words stands."""
    return block.words[0].place if block.words else None


BUILDERS: dict[str, Callable[[Composer, str], Block | None]] = {
    "facts": facts,
    "timeline": timeline,
    "profile": profile,
    "techniques": techniques,
    "claims": claims,
    "courses-table": courses_table,
    "region-privacy": region_privacy,
    "region-consent": region_consent,
    "help-now": help_now,
    "glossary": glossary,
    "other-leaflets": other_leaflets,
    "sources": sources,
    "about": about,
}
