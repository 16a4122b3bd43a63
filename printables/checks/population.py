"""A source is cited for those whom it is about: no trial with adults stands behind a claim about children (T9).

The registry says of a source whom it studied or speaks of. Where it does not, the claims that name the source tell: it
is believed to be about all of them, which is how a review of adults could once pass as one of children.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.yaml_reader import Key
from printables.pages.compose.leaflet import Words

SAYS_OF_WHOM = ("harm_share",)
"""Words of the region that tell parents of a survey of adults, and say that it cannot tell of children."""

_CITE = re.compile(r"\{@([\w-]+)\}")
_PART = re.compile(r"(?:(?!\n\s*\n|\n\s*(?:[-*+] |\*\*)).)+", re.DOTALL)
_LEAD = re.compile(r"\s*(?:[-*+] )?\*\*([^*]+?)[.:]?\*\*")


def sources_about_others(subject: Subject) -> Iterator[Fault]:
    """A source in this reader's words that is about other people."""
    for _, words, _ in subject.texts():
        if words.name not in SAYS_OF_WHOM:
            yield from _in_words(subject, words)


def _in_words(subject: Subject, words: Words) -> Iterator[Fault]:
    for readers, start, text in _parts(subject, words):
        for found in _CITE.finditer(text):
            about = _about(subject, found.group(1))
            if about and not about & readers:
                whom = "this reader" if readers == _readers(subject) else _named(readers)
                what = f'The source "{found.group(1)}" is about {_named(about)}, not about {whom}.'
                place = words.place.at(words.text, start + found.start())
                mend = "Cite evidence for this reader, or leave the claim out."
                yield Fault(place, what, mend, words.name)


def facts_about_others(subject: Subject) -> Iterator[Fault]:
    """A claim or a course that rests on a source about other people than its own."""
    therapy = subject.library.therapies[subject.item.therapy]
    for index, claim in enumerate(therapy.claims):
        key: Key = ("claims", index)
        yield from _fact(subject, key, f'The claim "{claim.id}"', claim.population, claim.sources)
        if claim.guidance:
            guidance = [claim.guidance.source]
            yield from _fact(subject, (*key, "guidance"), f'The claim "{claim.id}"', claim.population, guidance)
    for index, course in enumerate(therapy.courses):
        what, key = f'The course "{course.id}"', ("courses", index)
        yield from _fact(subject, key, what, course.population, course.sources)
        for number, phase in enumerate(course.phases):
            yield from _fact(subject, (*key, "phases", number), what, course.population, phase.sources)


def _fact(subject: Subject, key: Key, what: str, population: str, sources: Iterable[str]) -> Iterator[Fault]:
    if population not in _readers(subject):
        return
    for at, name in enumerate(sources):
        source = subject.library.sources.get(name)
        if source and source.populations and population not in source.populations:
            others = _named(source.populations)
            says = f'{what} is about {_named([population])}, and its source "{name}" about {others}.'
            place = subject.record(*key, *(("source",) if key[-1] == "guidance" else ("sources", at)))
            mend = f"Cite a source about {_named([population])}, or mend populations in content/sources.yaml."
            yield Fault(place, says, mend, str(key[0]))


def _parts(subject: Subject, words: Words) -> Iterator[tuple[set[str], int, str]]:
    """The words by paragraph and list item, each with its readers: "**Young people.**" speaks of these alone."""
    leads = {subject.leaflet.locale.words[f"population-{name}"].lower(): name for name in _readers(subject)}
    readers = _readers(subject)
    for piece in _PART.finditer(words.text):
        lead = _LEAD.match(piece.group())
        mine = leads.get(lead.group(1).lower()) if lead else None
        yield ({mine} if mine else readers), piece.start(), piece.group()


def _readers(subject: Subject) -> set[str]:
    return set(subject.leaflet.audience.populations)


def _about(subject: Subject, name: str) -> set[str]:
    """Whom a source is about: as the registry says, else as the claims do that name it."""
    source = subject.library.sources.get(name)
    if source and source.populations:
        return set(source.populations)
    about: set[str] = set()
    for claim in subject.library.therapies[subject.item.therapy].claims:
        if name in claim.sources or (claim.guidance and claim.guidance.source == name):
            about.add(claim.population)
    return about


def _named(populations: Collection[str]) -> str:
    return ", ".join(sorted(populations)).replace("young-people", "young people")


CHECKS = (
    Check(Rule.T9, sources_about_others, of_english=True),
    Check(Rule.T9, facts_about_others, of=("leaflet",), of_english=True),
)
