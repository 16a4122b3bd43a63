"""The sheet for reviewing one leaflet, with what a program can measure filled in."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from printables.checks.release import unconfirmed
from printables.checks.subject import Subject
from printables.pages.compose.leaflet import Leaflet, Section
from printables.pipeline.build import CheckedLibrary
from printables.reports.review_questions import TOOLS, ReviewQuestion

SHOWN = 8
"""Letters and figures of a number of words: enough to tell two texts apart, and few enough to copy by hand."""


@dataclass(frozen=True)
class ReviewRow:
    """One item with what the program found; empty if it can find nothing."""

    item: ReviewQuestion
    seen: str


def sheet(checked: CheckedLibrary, subject: Subject) -> str:
    """Return the sheet of one leaflet as an HTML document."""
    return checked.pages.sheet(
        "_review/review.html",
        leaflet=subject.leaflet,
        language=subject.item.language,
        record=subject.item.record,
        worksheets=worksheets(checked, subject),
        unconfirmed=unconfirmed(subject),
        tools=[(tool, [ReviewRow(item, _seen(subject, item)) for item in tool.items]) for tool in TOOLS],
        command=command(subject, worksheets(checked, subject)),
    )


def command(subject: Subject, sheets: Iterable[Leaflet] = ()) -> str:
    """Return the command that records an approval of this leaflet, and of the worksheets that were read with it."""
    item = subject.item
    names = shlex.join((item.record, item.audience))
    region = "" if item.region == subject.library.publisher.region else f" --region {item.region}"
    words = " ".join(f"--words {one.content[:SHOWN]}" for one in (subject.leaflet, *sheets))
    facts = "".join(f" --fact {one.name}" for one in unconfirmed(subject))
    return f'printables approve {names}{region} {words}{facts} --name "…" --role "…" --date …'


def worksheets(checked: CheckedLibrary, subject: Subject) -> list[Leaflet]:
    """Return the therapy's worksheets for the same reader."""
    mine = subject.library.summaries[subject.item.therapy].worksheets
    reader = subject.item.audience
    same = (one for one in checked.subjects if one.item.worksheet in mine and one.item.audience == reader)
    return list({one.item.record: one.leaflet for one in same}.values())


def _seen(subject: Subject, item: ReviewQuestion) -> str:
    found = [_measured(subject, name) if name[0] == "@" else _shown(subject, name) for name in item.seen]
    return "; ".join(dict.fromkeys(text for text in found if text)) or ("not found" if item.seen else "")


def _shown(subject: Subject, show: str) -> str:
    """Return the heading of a block and the line of its first words; empty if the block is not shown."""
    for section in subject.leaflet.sections:
        for block in section.blocks:
            if block.show == show:
                place = f" ({block.words[0].place.path}:{block.words[0].place.line})" if block.words else ""
                return f"{_named(section)}{place}"
    return ""


def _named(section: Section) -> str:
    return f"“{section.heading}”" if section.heading else f"the part “{section.id}”"


NO_MEASURE = "no measure: it is not in English"


def _measured(subject: Subject, name: str) -> str:
    return MEASURES[name](subject)


def _level(subject: Subject) -> str:
    if not subject.is_measured:
        return NO_MEASURE
    found, limit = subject.measured, subject.leaflet.audience.reading.smog.warn
    return f"SMOG {found.smog:.1f} (limit {limit:g}); {found.mean_sentence:.1f} words a sentence"


def _purpose(subject: Subject) -> str:
    place = subject.record("titles", subject.item.audience, "purpose")
    return f"“{subject.leaflet.purpose}” ({place.path}:{place.line})"


def _dates(subject: Subject) -> str:
    leaflet = subject.leaflet
    return f"evidence last reviewed {leaflet.last_review}, next {leaflet.next_review}, on the leaflet under its code"


def _share(name: str, what: str) -> Callable[[Subject], str]:
    def share(subject: Subject) -> str:
        if not subject.is_measured:
            return NO_MEASURE
        found: float = getattr(subject.measured, name)
        return f"{what} in about {found:.0%} of sentences"

    return share


def _count(tag: str, what: str) -> Callable[[Subject], str]:
    def count(subject: Subject) -> str:
        found = len(re.findall(rf"<(?:{tag})[ >]", subject.html))
        return f"{what}: {found}" if found else ""

    return count


def _first(subject: Subject) -> str:
    return f"the leaflet begins with {_named(subject.leaflet.sections[0])}"


MEASURES: Mapping[str, Callable[[Subject], str]] = {
    "@purpose": _purpose,
    "@sources": lambda subject: f"sources: {len(subject.leaflet.sources)}",
    "@dates": _dates,
    "@level": _level,
    "@terms": lambda subject: f"terms explained: {len(subject.leaflet.terms)}",
    "@passive": _share("passive_share", "a passive verb"),
    "@you": _share("you_share", "“you” or “your”"),
    "@headings": _count("h2", "headings"),
    "@lists": _count("ul|ol", "lists"),
    "@tables": _count("table", "tables"),
    "@first": _first,
}
"""What can be counted or measured. People judge whether it is enough."""


def leaflets(checked: CheckedLibrary) -> Iterator[Subject]:
    """Yield the leaflets that get a sheet; worksheets make no claims and get none."""
    return (subject for subject in checked.subjects if subject.html and not subject.item.worksheet)
