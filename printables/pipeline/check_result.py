"""The result of checking leaflets, without their pages: data for lists, tables, messages and the manifest."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from printables.checks import prose, release
from printables.checks.shared_runs import OwnWords, Shared, compare, own_words
from printables.checks.subject import Subject
from printables.library.library import Place
from printables.library.stand_ins import is_stand_in
from printables.problems import Problem
from printables.publish.jobs import LeafletDetails
from printables.typeset.page import Finding


@dataclass(frozen=True)
class ReadingLevel:
    """The reading level of one leaflet, with its limits."""

    therapy: str
    audience: str
    smog: float | None
    """None in a language that has no measure."""
    smog_limit: float | None
    readers: str
    mean_sentence: float
    longest_sentence: int
    sentence_limit: float
    words: int
    sources: int


@dataclass(frozen=True)
class WordingFigures:
    """What the report says of one leaflet's words, beside its reading level; and the words, to be compared."""

    mean_prose: float
    """Words of a sentence in running prose, on average."""
    few_words: float
    """Sentences of running prose with fewer than 9 words, of 100."""
    unchecked: int
    """Facts, help lines and sources that nobody has looked up."""
    own_words: OwnWords


@dataclass(frozen=True)
class LeafletSummary:
    """One leaflet or worksheet of the plan, in one edition."""

    about: LeafletDetails
    heading: str
    """Its title without the audience."""
    good: bool
    """Whether neither the leaflet nor anything it is made from has an error."""
    places: Mapping[str, Place]
    """The place of the first words of each section, by section id; of the title under ""."""
    level: ReadingLevel | None = None
    """Only for a leaflet in its first edition, because the words of all editions are the same."""
    wording: WordingFigures | None = None
    """The same."""
    purpose: str = ""
    """What it is for, in a sentence."""
    label: str = ""
    """For whom it is."""
    key: str = ""
    """The key of the page to be printed; empty if no build has composed it yet."""

    def problem(self, finding: Finding) -> Problem:
        """Return a finding of the finished PDF as a problem of its record, at the section if that is known."""
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
    """The result of composing and checking one therapy's leaflets and worksheets."""

    problems: tuple[Problem, ...]
    handouts: tuple[LeafletSummary, ...] = field(default=())

    def printable(self) -> bool:
        """Return whether the key of every page that can be printed is known."""
        return all(summary.key or not summary.good for summary in self.handouts)


def summary_of(subject: Subject, *, good: bool, first: bool) -> LeafletSummary:
    """Return the summary of a composed leaflet. Its reading level is measured in the `first` of its editions only."""
    leaflet, item = subject.leaflet, subject.item
    words = {section.id: leaflet.first_words(section.id) for section in leaflet.sections}
    places = {name: first_words.place for name, first_words in words.items() if first_words}
    whole = subject.library.language is None or not is_stand_in(subject.html)
    measurable = subject.html and whole and not item.worksheet and subject.is_measured
    is_counted = bool(first and measurable)
    measured, wording = (_level(subject), _wording(subject)) if is_counted else (None, None)
    title = subject.record("titles", item.audience)
    if item.clinic:
        places.setdefault("about", subject.library.place("clinic", item.clinic, ("name",)))
    return LeafletSummary(
        details_of(subject),
        leaflet.title,
        good,
        {"": title, **places},
        measured,
        wording,
        leaflet.purpose,
        leaflet.label,
    )


def details_of(subject: Subject) -> LeafletDetails:
    """Return the details of a leaflet for its entry in the manifest."""
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
        approved="yes" if leaflet.approved else "",
    )


def _level(subject: Subject) -> ReadingLevel:
    measured, limits = subject.measured, subject.leaflet.audience.reading
    return ReadingLevel(
        therapy=subject.item.therapy,
        audience=subject.item.audience,
        smog=round(measured.smog, 1) if subject.language.grade else None,
        smog_limit=limits.smog.warn if subject.language.grade else None,
        readers=subject.language.readers(measured.smog),
        mean_sentence=round(measured.mean_sentence, 1),
        longest_sentence=measured.longest_sentence,
        sentence_limit=limits.sentence.warn,
        words=measured.words,
        sources=len(subject.leaflet.sources),
    )


def _wording(subject: Subject) -> WordingFigures:
    sentences = prose.running_prose(subject)
    return WordingFigures(
        mean_prose=round(prose.mean(sentences), 1),
        few_words=round(100 * prose.share_of_few_words(sentences)),
        unchecked=len(list(release.unchecked(subject))),
        own_words=own_words(subject),
    )


def shared_with_others(handouts: Iterable[LeafletSummary]) -> list[Shared]:
    """Return how much each of these leaflets shares with those of other therapies."""
    return compare(summary.wording.own_words for summary in handouts if summary.wording)


@functools.cache
def _decoder() -> TypeAdapter[CheckResult]:
    return TypeAdapter(CheckResult)


def to_json(result: CheckResult) -> str:
    """Encode a check result for the cache."""
    return _decoder().dump_json(result).decode()


def from_json(text: str) -> CheckResult | None:
    """Decode a check result; None if the text is not one of this version."""
    try:
        return _decoder().validate_json(text)
    except ValidationError:
        return None
