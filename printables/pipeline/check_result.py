"""What there is to say of a leaflet without its page: what lists, tables and messages show, and its manifest entry."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from printables.checks.subject import Subject
from printables.library.library import Place
from printables.problems import Problem
from printables.publish.jobs import LeafletDetails
from printables.typeset.page import Finding


@dataclass(frozen=True)
class ReadingLevel:
    """How hard one leaflet is to read, beside its limits."""

    therapy: str
    audience: str
    smog: float
    smog_limit: float
    readers: str
    mean_sentence: float
    longest_sentence: int
    sentence_limit: float
    words: int
    sources: int


@dataclass(frozen=True)
class LeafletSummary:
    """One leaflet or worksheet of the plan, in one edition."""

    about: LeafletDetails
    heading: str
    """Its title without the reader."""
    good: bool
    """It has no error of its own, nor has anything that it is made from."""
    places: Mapping[str, Place]
    """Where the words of each section stand; under "" where its title does."""
    level: ReadingLevel | None = None
    """Of a leaflet, in its first edition: its words are the same in all."""
    key: str = ""
    """Of the page that would be printed; empty where nobody has made it yet."""

    def problem(self, finding: Finding) -> Problem:
        """A finding of the finished PDF as a problem of its record, at the section where that is known."""
        place, about = self.places.get(finding.section) or self.places[""], self.about
        what = f"{about.path}: {finding.what}"
        record = about.worksheet or about.therapy
        return Problem(
            place.path,
            place.line,
            what,
            finding.mend,
            finding.severity,
            finding.rule,
            record,
            about.audience,
            finding.section,
        )


@dataclass(frozen=True)
class CheckResult:
    """What came of composing and checking one therapy's leaflets and worksheets."""

    problems: tuple[Problem, ...]
    handouts: tuple[LeafletSummary, ...] = field(default=())

    def printable(self) -> bool:
        """Whether the key of every page that can be printed is known."""
        return all(known.key or not known.good for known in self.handouts)


def summary_of(subject: Subject, *, good: bool, first: bool) -> LeafletSummary:
    """What there is to say of a composed leaflet; `first` of its editions is the one that is measured."""
    leaflet, item = subject.leaflet, subject.item
    words = {section.id: leaflet.first_words(section.id) for section in leaflet.sections}
    places = {name: found.place for name, found in words.items() if found}
    measurable = subject.html and not item.worksheet and subject.is_measured
    measured = _level(subject) if first and measurable else None
    title = subject.record("titles", item.audience)
    return LeafletSummary(details_of(subject), leaflet.title, good, {"": title, **places}, measured)


def details_of(subject: Subject) -> LeafletDetails:
    """What a leaflet's entry in the manifest says of it."""
    leaflet, item = subject.leaflet, subject.item
    return LeafletDetails(
        path=item.path,
        title=f"{leaflet.title}: {leaflet.label}",
        code=leaflet.code,
        version=leaflet.version,
        therapy=item.therapy,
        audience=item.audience,
        language=item.language,
        last_review=leaflet.last_review,
        next_review=leaflet.next_review,
        edition=item.edition.name,
        worksheet=item.worksheet or "",
    )


def _level(subject: Subject) -> ReadingLevel:
    measured, limits = subject.measured, subject.leaflet.audience.reading
    return ReadingLevel(
        therapy=subject.item.therapy,
        audience=subject.item.audience,
        smog=round(measured.smog, 1),
        smog_limit=limits.smog.warn,
        readers=subject.language.readers(measured.smog),
        mean_sentence=round(measured.mean_sentence, 1),
        longest_sentence=measured.longest_sentence,
        sentence_limit=limits.sentence.warn,
        words=measured.words,
        sources=len(subject.leaflet.sources),
    )


@functools.cache
def _decoder() -> TypeAdapter[CheckResult]:
    return TypeAdapter(CheckResult)


def to_json(result: CheckResult) -> str:
    """Encode a check result for the cache."""
    return _decoder().dump_json(result).decode()


def from_json(text: str) -> CheckResult | None:
    """Decode a check result; None where the text is none, or one of another version."""
    try:
        return _decoder().validate_json(text)
    except ValidationError:
        return None
