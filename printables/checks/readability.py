"""Reading level, sentences and paragraphs, each with the worst words and their line (standards B1-B3, T1, G1, Q1)."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.language import reading
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.settings import Limit
from printables.problems import Severity

HINT_WORDS = 20
"""A text of fewer words gets no reading level of its own."""
HINT_GRADES = 2.5
"""So many grades above its leaflet's limit may one text lie: SMOG is unstable on few sentences."""


def _above(limit: Limit, value: float) -> Severity | None:
    if limit.stop is not None and value > limit.stop:
        return "error"
    return "warning" if value > limit.warn else None


def _shown(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _reader(subject: Subject) -> str:
    return subject.leaflet.audience.name[subject.leaflet.item.language]


def level(subject: Subject) -> Iterator[Fault]:
    """A leaflet above the SMOG grade for its reader, with its worst words and sentences."""
    measured, limit = subject.measured, subject.leaflet.audience.reading.smog
    severity = _above(limit, measured.smog)
    if severity:
        words = ", ".join(f"{word} ({count})" for word, count in subject.worst_words(subject.text))
        adults = subject.language.readers(measured.smog)
        what = (
            f"The leaflet for {_reader(subject)} has SMOG {measured.smog:.1f} ({adults} can read it);"
            f" {_shown(limit.warn)} is the limit. Its long words are {words}."
        )
        place = subject.record("titles", subject.leaflet.item.audience)
        yield Fault(place, what, "Say them in short words, worst sentences first.", severity=severity)
        yield from _worst_sentences(subject, severity)


def levels_of_texts(subject: Subject) -> Iterator[Fault]:
    """A single text far above the SMOG grade that its leaflet may have, with its worst words."""
    limit = subject.leaflet.audience.reading.smog
    for _, words, text in subject.texts():
        measured = subject.measure(text)
        if measured.words >= HINT_WORDS and measured.smog > limit.warn + HINT_GRADES:
            hard = ", ".join(word for word, _ in subject.worst_words(text))
            what = f"This text alone has SMOG {measured.smog:.1f}; {_shown(limit.warn)} is the limit. It says {hard}."
            yield subject.fault(words, 0, what, "Say them in short words.")


def _worst_sentences(subject: Subject, severity: Severity) -> Iterator[Fault]:
    for worst in reading.worst_sentences(subject.text, subject.language, subject.names):
        place, section = subject.place_of(worst.start, worst.text)
        what = f'"{_short(worst.text)}" has {worst.length} words, and of them are long: {", ".join(worst.hard)}.'
        yield Fault(place, what, "Say it in short words.", section, severity)


def mean_sentence(subject: Subject) -> Iterator[Fault]:
    """Sentences that are too long on average."""
    measured, limit = subject.measured, subject.leaflet.audience.reading.mean_sentence
    severity = _above(limit, measured.mean_sentence)
    if severity:
        what = f"A sentence has {measured.mean_sentence:.1f} words on average; {_shown(limit.warn)} is the limit."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield Fault(place, what, "Split the longest sentences.", severity=severity)


def passives(subject: Subject) -> Iterator[Fault]:
    """Too many sentences with a passive verb, by a guess."""
    limit = subject.leaflet.audience.reading.passive
    share = 100 * subject.measured.passive_share
    severity = _above(limit, share)
    if severity:
        what = f"Of 100 sentences {share:.0f} are passive; {_shown(limit.warn)} is the limit."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield Fault(place, what, f"Say who does it: {subject.language.active_example}.", severity=severity)


def sentences(subject: Subject) -> Iterator[Fault]:
    """A sentence of too many words."""
    limit = subject.leaflet.audience.reading.sentence
    for at, sentence in subject.sentences_at(subject.text):
        length = len(reading.words(sentence, subject.language))
        severity = _above(limit, length)
        if severity:
            place, section = subject.place_of(at, sentence)
            what = f'The sentence "{_short(sentence)}" has {length} words; {_shown(limit.warn)} is the limit.'
            yield Fault(place, what, "Split it in two.", section, severity)


def paragraphs(subject: Subject) -> Iterator[Fault]:
    """A paragraph of too many sentences."""
    limit = subject.leaflet.audience.reading.paragraph
    for _, words, text in subject.texts():
        at = 0
        for paragraph in text.split("\n"):
            count = len(subject.sentences(paragraph))
            severity = _above(limit, count)
            if severity:
                what = f'The paragraph "{_short(paragraph)}" has {count} sentences; {_shown(limit.warn)} is the limit.'
                yield subject.fault(words, at, what, "Put an empty line in.", severity)
            at += len(paragraph) + 1


def you(subject: Subject) -> Iterator[Fault]:
    """A section with words of its author that never speaks to the reader as "you"."""
    for section in subject.leaflet.sections:
        text = subject.sections.get(section.id, "").replace(section.heading, "", 1)  # a heading speaks to nobody
        words = subject.leaflet.first_words(section.id)
        if section.you and words and text and not subject.language.you.search(text):
            what = f'The section "{section.heading or section.id}" never says you to {_reader(subject)}.'
            yield Fault(words.place, what, "Speak to the reader.", section.id)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rsplit(" ", 1)[0] + " ..."


# A worksheet has too few sentences for a reading level as a whole, a mean and a share.
CHECKS = (
    Check(
        Rule.READING,
        level,
        also=(Rule.B1, Rule.T1, Rule.G1, Rule.Q1),
        severity=None,
        of=("leaflet",),
        measures=True,
        needs="grade",
    ),
    Check(
        Rule.READING,
        levels_of_texts,
        also=(Rule.B1, Rule.T1, Rule.G1, Rule.Q1),
        severity="warning",
        measures=True,
        needs="grade",
    ),
    Check(Rule.READING, mean_sentence, also=(Rule.T1,), severity=None, of=("leaflet",), measures=True),
    Check(Rule.B3, passives, severity=None, of=("leaflet",), measures=True, needs="passive"),
    Check(Rule.B2, sentences, also=(Rule.T1, Rule.Q1), severity=None, measures=True),
    Check(Rule.B2, paragraphs, severity=None, measures=True),
    Check(Rule.B3, you, measures=True),
)
