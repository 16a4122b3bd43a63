"""Reading level, sentences and paragraphs, each with the worst words and their line (standards B1-B3, T1, G1, Q1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks import english
from printables.checks.language import reading
from printables.checks.subject import Subject
from printables.library.settings import Limit
from printables.problems import Problem, Severity

YOU = re.compile(r"\b(you|your|yours|yourself|yourselves)\b", re.IGNORECASE)


HINT_WORDS = 20
"""A text of fewer words gets no reading level of its own."""
HINT_GRADES = 2.5
"""So many grades above its leaflet's limit may one text lie: SMOG is unstable on few sentences."""


def check(subject: Subject) -> Iterator[Problem]:
    """Everything about how hard the leaflet is to read; of what is not English, that it is not, and no figure."""
    if foreign := list(english.check(subject)):
        yield from foreign
        return
    measured = subject.measured
    yield from _level(subject, measured)
    yield from _section_levels(subject)
    yield from _mean(subject, measured)
    yield from _passive(subject, measured)
    yield from _sentences(subject)
    yield from _paragraphs(subject)
    yield from _you(subject)


def check_short(subject: Subject) -> Iterator[Problem]:
    """The same for a worksheet: on its few sentences a reading level, a mean and a share would say nothing."""
    if foreign := list(english.check(subject)):
        yield from foreign
        return
    yield from _section_levels(subject)
    yield from _sentences(subject)
    yield from _paragraphs(subject)
    yield from _you(subject)


def _above(limit: Limit, value: float) -> Severity | None:
    if limit.stop is not None and value > limit.stop:
        return "error"
    return "warning" if value > limit.warn else None


def _shown(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _reader(subject: Subject) -> str:
    return subject.leaflet.audience.name[subject.leaflet.item.language]


def _level(subject: Subject, measured: reading.Measures) -> Iterator[Problem]:
    limit = subject.leaflet.audience.reading.smog
    severity = _above(limit, measured.smog)
    if severity:
        words = ", ".join(f"{word} ({count})" for word, count in reading.worst_words(subject.text, subject.names))
        what = (
            f"The leaflet for {_reader(subject)} has SMOG {measured.smog:.1f} ({reading.share_of_adults(measured.smog)}"
            f" can read it); {_shown(limit.warn)} is the limit. Its long words are {words}."
        )
        place = subject.record("titles", subject.leaflet.item.audience)
        yield subject.at(place, what, "Say them in short words, worst sentences first.", Rule.READING, severity)
        yield from _worst_sentences(subject, severity)


def _section_levels(subject: Subject) -> Iterator[Problem]:
    """A hint for each text that is far harder than its leaflet may be, with its worst words and its line."""
    limit = subject.leaflet.audience.reading.smog
    for _, words, text in subject.texts():
        measured = reading.measure(text, subject.names)
        if measured.words >= HINT_WORDS and measured.smog > limit.warn + HINT_GRADES:
            hard = ", ".join(word for word, _ in reading.worst_words(text, subject.names))
            what = f"This text alone has SMOG {measured.smog:.1f}; {_shown(limit.warn)} is the limit. It says {hard}."
            yield subject.problem(words, text, what, "Say them in short words.", Rule.READING, "warning")


def _worst_sentences(subject: Subject, severity: Severity) -> Iterator[Problem]:
    for sentence, length, hard in reading.worst_sentences(subject.text, subject.names):
        place, section = subject.place_of(sentence)
        what = f'"{_short(sentence)}" has {length} words, and of them are long: {", ".join(hard)}.'
        yield subject.at(place, what, "Say it in short words.", Rule.READING, severity, section)


def _mean(subject: Subject, measured: reading.Measures) -> Iterator[Problem]:
    limit = subject.leaflet.audience.reading.mean_sentence
    severity = _above(limit, measured.mean_sentence)
    if severity:
        what = f"A sentence has {measured.mean_sentence:.1f} words on average; {_shown(limit.warn)} is the limit."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield subject.at(place, what, "Split the longest sentences.", Rule.READING, severity)


def _passive(subject: Subject, measured: reading.Measures) -> Iterator[Problem]:
    limit = subject.leaflet.audience.reading.passive
    share = 100 * measured.passive_share
    severity = _above(limit, share)
    if severity:
        what = f"Of 100 sentences {share:.0f} are passive; {_shown(limit.warn)} is the limit."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield subject.at(place, what, "Say who does it: we will call you.", Rule.B3, severity)


def _sentences(subject: Subject) -> Iterator[Problem]:
    limit = subject.leaflet.audience.reading.sentence
    for text in subject.sections.values():
        for sentence in reading.sentences(text):
            length = len(reading.words(sentence))
            severity = _above(limit, length)
            if severity:
                place, section = subject.place_of(sentence)
                what = f'The sentence "{_short(sentence)}" has {length} words; {_shown(limit.warn)} is the limit.'
                yield subject.at(place, what, "Split it in two.", Rule.B2, severity, section)


def _paragraphs(subject: Subject) -> Iterator[Problem]:
    limit = subject.leaflet.audience.reading.paragraph
    for _, words, text in subject.texts():
        for paragraph in text.split("\n"):
            count = len(reading.sentences(paragraph))
            severity = _above(limit, count)
            if severity:
                what = f'The paragraph "{_short(paragraph)}" has {count} sentences; {_shown(limit.warn)} is the limit.'
                yield subject.problem(words, paragraph, what, "Put an empty line in.", Rule.B2, severity)


def _you(subject: Subject) -> Iterator[Problem]:
    for section in subject.leaflet.sections:
        text = subject.sections.get(section.id, "").replace(section.heading, "", 1)  # a heading speaks to nobody
        if section.you and text and not YOU.search(text):
            words = subject.leaflet.first_words(section.id)
            place = words.place if words else subject.record()
            what = f'The section "{section.heading or section.id}" never says you to {_reader(subject)}.'
            yield subject.at(place, what, "Speak to the reader.", Rule.B3, section=section.id)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rsplit(" ", 1)[0] + " ..."
