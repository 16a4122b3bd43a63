"""Words: those to avoid, numbers, quotations, capitals, acronyms and terms (standards A6, A13, A18, A19, B4, T5)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.language import reading
from printables.checks.subject import Subject
from printables.library.settings import Avoid
from printables.pages.compose.leaflet import Words
from printables.problems import Problem

MAX_QUOTE = 25
MAX_CAPITALS = 3
_DASH_RANGE = re.compile(r"(?<![\w-])\d+\s?[-\u2010-\u2015]\s?\d+(?![\w-])")
_DECIMAL = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])")
_SPELT = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.IGNORECASE)
_QUOTE = re.compile('[\u201c"]([^\u201c\u201d"]+)[\u201d"]')
_CAPITALS = re.compile(rf"(?:\b[A-Z]{{2,}}\b[ ,]*){{{MAX_CAPITALS + 1},}}")
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]+[0-9]*(?:-[A-Z0-9]{1,2})?s?\b")


def check(subject: Subject) -> Iterator[Problem]:
    """Everything about single words and figures."""
    yield from avoided(subject)
    for _, words, text in subject.texts():
        yield from _numbers(subject, words, text)
        yield from _typography(subject, words, text)
    yield from _acronyms(subject)
    yield from _unexplained(subject)
    yield from _explained_late(subject)
    yield from _main_message(subject)


def avoided(subject: Subject) -> Iterator[Problem]:
    """The words that this reader should not meet: for the first place of each in every text, a problem."""
    for _, words, text in subject.texts():
        yield from _avoided(subject, words, text)


@functools.cache
def _pattern(word: str, ending: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(word)}{ending}(?![\w-])", re.IGNORECASE)


def _avoided(subject: Subject, words: Words, text: str) -> Iterator[Problem]:
    explained = {term.lower() for term, _ in subject.leaflet.terms}
    listed = subject.leaflet.audience.avoid.get(subject.leaflet.item.language, [])
    for avoid in listed:
        plural = f"{avoid.word}s"
        found = _pattern(avoid.word, "" if plural in {other.word for other in listed} else "s?").search(text)
        if found and not (avoid.unless_explained and {avoid.word.lower(), plural.lower()} & explained):
            yield subject.problem(words, text[found.start() :], _say_avoid(subject, avoid), _mend(avoid), Rule.B4)


def _say_avoid(subject: Subject, avoid: Avoid) -> str:
    reader = subject.leaflet.audience.name[subject.leaflet.item.language]
    return f'"{avoid.word}" is not a word for {reader}.'


def _mend(avoid: Avoid) -> str:
    explain = ", or explain it as {" + avoid.word + "|plain words}" if avoid.unless_explained else ""
    return f'Say "{avoid.say}"{explain}.'


def _numbers(subject: Subject, words: Words, text: str) -> Iterator[Problem]:
    for found in _DASH_RANGE.finditer(text):
        what = f'The range "{found.group()}" has a dash.'
        yield subject.problem(words, found.group(), what, 'Write "12 to 16".', Rule.A18)
    if subject.leaflet.audience.not_a_handout:
        return
    for found in _DECIMAL.finditer(text):
        what = f'"{found.group()}" is not a whole number.'
        yield subject.problem(words, found.group(), what, "Write a whole number.", Rule.A18, "warning")
    for found in _SPELT.finditer(text):
        what = f'The number "{found.group()}" is written as a word.'
        yield subject.problem(words, text[found.start() :], what, "Write it as a figure.", Rule.A18, "warning")


def _typography(subject: Subject, words: Words, text: str) -> Iterator[Problem]:
    for found in _QUOTE.finditer(text):
        count = len(found.group(1).split())
        if count > MAX_QUOTE:
            what = f"A quotation has {count} words; {MAX_QUOTE} are the most."
            yield subject.problem(words, found.group(1), what, "Say it in your own words, and cite.", Rule.A6)
    for found in _CAPITALS.finditer(text):
        what = f'"{found.group().strip()}" is set in capitals.'
        yield subject.problem(words, found.group(), what, "Write small letters, or **bold**.", Rule.A13)
    if "!" in text:
        yield subject.problem(words, _before(text, "!"), "An exclamation mark shouts.", "Write a full stop.", Rule.T5)
    pictures = [letter for letter in text if unicodedata.category(letter) == "So"]
    if pictures:
        what = f"A picture character stands here ({unicodedata.name(pictures[0], 'a picture').lower()})."
        yield subject.problem(words, _before(text, pictures[0]), what, "Say it in words.", Rule.T5)


def _before(text: str, sign: str) -> str:
    """The words that lead up to a sign; all words where it is the first thing."""
    return (reading.sentences(text[: text.index(sign) + 1]) or [text])[-1]


def _acronyms(subject: Subject) -> Iterator[Problem]:
    """Each acronym is expanded where it first stands, once: "cognitive behavioural therapy (CBT)" or the reverse."""
    whole = subject.text
    known = set(subject.leaflet.locale.well_known) | _codes(subject)
    explained = {part for term, _ in subject.leaflet.terms for part in _ACRONYM.findall(term)}
    for acronym in dict.fromkeys(_ACRONYM.findall(whole)):
        bare = acronym.removesuffix("s") if acronym[-1] == "s" else acronym
        if {acronym, bare} & (known | explained):
            continue
        if not re.search(rf"\({re.escape(bare)}s?\)|(?<![\w-]){re.escape(bare)}s? \([a-z]", whole):
            place, section = subject.place_of(next(s for s in reading.sentences(whole) if acronym in s))
            what = f'The acronym "{acronym}" is not explained on this leaflet.'
            mend = f"Write the words out, with ({bare}) behind them, at first use."
            yield subject.at(place, what, mend, Rule.A19, section=section)


def _codes(subject: Subject) -> set[str]:
    """Codes such as NG222 that stand in a cited source's title, crisis words, and the leaflet's own code."""
    titles = " ".join(source.title for source in subject.leaflet.sources)
    lines = " ".join(f"{line.name} {line.how}" for line in subject.leaflet.region.help_lines)
    return set(_ACRONYM.findall(f"{titles} {lines} {subject.leaflet.code}")) | _other_codes(subject)


def _other_codes(subject: Subject) -> set[str]:
    codes = " ".join(other.code for other in subject.others.values())
    bodies = " ".join(subject.leaflet.region.evidence_bodies)
    return set(_ACRONYM.findall(f"{codes} {bodies}"))


def _unexplained(subject: Subject) -> Iterator[Problem]:
    """Glossary terms that stand on the leaflet without their plain words."""
    if subject.leaflet.audience.not_a_handout:
        return
    explained = {term.lower() for term, _ in subject.leaflet.terms}
    for term in subject.library.terms.values():
        if term.term.lower() in explained or term.term in subject.names:
            continue
        for _, words, text in subject.texts():
            found = _pattern(term.term).search(text)
            if found and f"({term.term})" not in text:
                what = f'The term "{term.term}" is not explained on this leaflet.'
                mend = "Write {" + term.term + "} at its first use, or {" + term.term + "|plain words}."
                yield subject.problem(words, text[found.start() :], what, mend, Rule.A19)
                break


def _explained_late(subject: Subject) -> Iterator[Problem]:
    """Glossary terms whose plain words do not stand where the term is first met."""
    explained = {term.lower() for term, _ in subject.leaflet.terms}
    if subject.leaflet.audience.explain == "box":
        return
    for term in (term.term for term in subject.library.terms.values() if term.term.lower() in explained):
        for _, words, text in subject.texts():
            found = _pattern(term).search(text)
            if found and not text.startswith(" (", found.end()) and f"({term})" not in text:
                what = f'The term "{term}" stands here before it is explained.'
                yield subject.problem(words, text[found.start() :], what, "Write {" + term + "} here.", Rule.A19)
            if found:
                break


def _main_message(subject: Subject) -> Iterator[Problem]:
    for _, words, text in subject.texts():
        count = len(reading.sentences(text))
        if words.name == "main_message" and count > 3:
            what = f"The main message has {count} sentences; 3 are the most."
            yield subject.problem(words, text, what, "Keep what one reader must remember.", Rule.A2)
