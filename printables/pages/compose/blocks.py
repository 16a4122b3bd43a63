"""The built-in blocks, listed in `BUILDERS`; here are those made from the region, the sources and the review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from markupsafe import Markup

from printables.library.clinics import Clinic, CrisisLine
from printables.library.related import related
from printables.library.settings import HelpLine, Source
from printables.library.therapies import Therapy
from printables.pages.compose import wording
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words
from printables.pages.compose.qr import QR, qr
from printables.pages.compose.therapy_blocks import claims, courses_table, facts, profile, techniques, timeline

MOST_RELATED = 2
"""A reader needs somewhere to go on reading, not a catalogue; professionals have the whole list."""
LONGEST_ADDRESS = 44
"""Nobody types more characters than this from paper."""


def region_privacy(composer: Composer, show: str) -> Block | None:
    """The region's rules on privacy, and what is special to this therapy."""
    return _rules(composer, show, "privacy")


def region_privacy_self_harm(composer: Composer, show: str) -> Block | None:
    """What is told of self-harm, and what is not, in the region's words; only where the therapy is for it."""
    if not composer.therapy.for_self_harm:
        return None
    words = composer.words(composer.region.privacy_self_harm, "region", composer.region.id, ("privacy_self_harm",))
    if words is None:
        reader = composer.audience.name[composer.item.language]
        what = f'The therapy is for self-harm, and "privacy_self_harm" has nothing for {reader}.'
        composer.error(("privacy",), what, f'Write "{composer.audience.id}:" under privacy_self_harm.', "region")
        return None
    return Block("prose", show, {"html": words.html}, (words,))


def region_consent(composer: Composer, show: str) -> Block | None:
    """The region's rules on consent, and what is special to this therapy."""
    return _rules(composer, show, "consent")


def _rules(composer: Composer, show: str, field: str) -> Block | None:
    region, therapy = composer.region, composer.therapy
    general = composer.words(getattr(region, field), "region", region.id, (field,))
    special = composer.words(getattr(therapy.sections, field), "therapy", therapy.id, ("sections", field))
    words = tuple(text for text in (general, special) if text)
    return Block("prose", show, {"html": Markup("\n").join(text.html for text in words)}, words) if general else None


def region_emergency(composer: Composer, show: str) -> Block | None:
    """When to call the emergency number at once, in the words of the region."""
    words = composer.words(composer.region.emergency, "region", composer.region.id, ("emergency",))
    return Block("prose", show, {"html": words.html}, (words,)) if words else None


def help_now(composer: Composer, show: str) -> Block | None:
    """The help lines of the region for this reader, in the order that the region's file gives, and the clinic's."""
    region = composer.region
    whose = composer.whose(region.help_now)
    if whose is None:
        return None
    box = region.help_now[whose]
    by_id = {line.id: line for line in region.help_lines}
    lead, end = (_help_text(composer, whose, part, getattr(box, part)) for part in ("lead", "end"))
    words = tuple(text for text in (lead, end) if text)
    lines = [_help_line(line) for line in _with_crisis(composer, [by_id[n] for n in box.lines if n in by_id])]
    data = {
        "lead": lead.html if lead else None,
        "lines": lines,
        # Said once where most share it: fewer words to find the number among.
        "hours": _common_hours([line["hours"] for line in lines]),
        "end": end.html if end else None,
    }
    return Block("help-now", show, data, words)


def _common_hours(hours: list[str]) -> str | None:
    """The hours that most lines answer, where more than one does, as they stand inside of a sentence."""
    most, count = Counter(hours).most_common(1)[0]
    return most[:1].lower() + most[1:] if count > 1 else None


def _help_text(composer: Composer, whose: str, part: str, text: str | None) -> Words | None:
    if text is None:
        return None
    place = composer.library.place("region", composer.region.id, ("help_now", whose, part))
    return Words(text, *composer.converter.read(text, place), place, whose, part)


def _with_crisis(composer: Composer, lines: list[HelpLine]) -> list[HelpLine | CrisisLine]:
    """The clinic's own number comes second: the line that a reader must find first stays first (standards T4)."""
    crisis = composer.clinic.crisis if composer.clinic else None
    return [*lines[:1], *([crisis] if crisis else []), *lines[1:]]


def _help_line(line: HelpLine | CrisisLine) -> dict[str, str]:
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


def related_leaflets(composer: Composer, show: str) -> Block | None:
    """The other therapies that have a leaflet for this reader about the same kind of problem; the firmest first."""
    others = related(composer.library, composer.library.cards[composer.therapy.id], composer.audience)
    shown = others if composer.in_full else others[:MOST_RELATED]
    names = [f"{other.name[:1].lower()}{other.name[1:]}" for other in shown]
    return Block("related-leaflets", show, {"names": "; ".join(names)}) if names else None


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
    """Version, dates, publisher and contact. `approved` adds the approval, which depends on all other blocks."""
    review, locale = composer.therapy.review, composer.locale
    data = {
        "code": composer.code(composer.audience),
        "last_review": wording.day(review.last_evidence_review, locale),
        "next_review": wording.day(review.next_review, locale),
        "overdue": review.next_review < composer.item.today,
        "approval": None,
        "authors": review.authors,
        "conflicts": review.conflicts,
        "funding": review.funding,
        "in_full": composer.in_full,
        "others": "; ".join(_others(composer)) if not composer.in_full else "",
        "publisher": composer.library.publisher.name,
        "about": composer.library.publisher.about[composer.item.language],
        "contact": _contact(composer, composer.clinic),
        "qr": _code(composer, composer.clinic),
    }
    local = composer.words(composer.clinic.words, "clinic", composer.clinic.id, ("words",)) if composer.clinic else None
    return Block("about", show, {**data, "local": local.html if local else None}, (local,) if local else ())


def _others(composer: Composer) -> Iterator[str]:
    """For whom the other leaflets of this therapy are: "for adults"."""
    for name, audience in composer.library.audiences.items():
        if name in composer.therapy.titles and name != composer.audience.id:
            label = audience.label[composer.item.language]
            yield label[:1].lower() + label[1:]


ALWAYS = ("feedback", "other_formats", "languages")
"""What every leaflet has a line for, to be written in by hand where no clinic's file says it (standards A11)."""


def _contact(composer: Composer, clinic: Clinic | None) -> list[dict[str, str | None]]:
    """One row for each way to reach the service; a row without a value is a blank line to write on.

    A clinic's name is left out: it stands at the top of page 1 as the publisher.
    """
    if clinic:
        names = [name for name in ("phone", "hours", "email", "web") if getattr(clinic, name)]
    else:
        names = ["name", "phone", "hours"]
    return [
        {"label": composer.t(f"contact-{name.replace('_', '-')}"), "value": getattr(clinic, name) if clinic else None}
        for name in (*names, *ALWAYS)
    ]


def _code(composer: Composer, clinic: Clinic | None) -> QR | None:
    """The clinic's web address as a QR code."""
    if clinic is None or clinic.web is None:
        return None
    return qr(clinic.web, composer.t("qr-label", address=_short(clinic.web)))


BUILDERS: dict[str, Callable[[Composer, str], Block | None]] = {
    "facts": facts,
    "timeline": timeline,
    "profile": profile,
    "techniques": techniques,
    "claims": claims,
    "courses-table": courses_table,
    "region-privacy": region_privacy,
    "region-privacy-self-harm": region_privacy_self_harm,
    "region-consent": region_consent,
    "region-emergency": region_emergency,
    "help-now": help_now,
    "glossary": glossary,
    "other-leaflets": other_leaflets,
    "related-leaflets": related_leaflets,
    "sources": sources,
    "about": about,
}
