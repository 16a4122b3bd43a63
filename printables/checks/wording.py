"""Words: those to avoid, numbers, quotations, capitals, acronyms and terms (standards A6, A13, A18, A19, B4, T5)."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.settings import Avoid
from printables.pages.compose.leaflet import Words

MAX_QUOTE = 25
MAX_CAPITALS = 3
_DASH_RANGE = re.compile(r"(?<![\w-])\d+\s?[-\u2010-\u2015]\s?\d+(?![\w-])")
_CAPITALS = re.compile(rf"(?:\b[A-Z]{{2,}}\b[ ,]*){{{MAX_CAPITALS + 1},}}")
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]+[0-9]*(?:-[A-Z0-9]{1,2})?s?\b")


def avoided(subject: Subject) -> Iterator[Fault]:
    """A word that `audience.yaml` lists as none for this reader, where it first stands in each text."""
    for _, words, text in subject.texts():
        yield from _avoided(subject, words, text)


@functools.cache
def _pattern(word: str, ending: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(word)}{ending}(?![\w-])", re.IGNORECASE)


def _avoided(subject: Subject, words: Words, text: str) -> Iterator[Fault]:
    explained = {term.lower() for term, _ in subject.leaflet.terms}
    listed = subject.leaflet.audience.avoid.get(subject.leaflet.item.language, [])
    for avoid in listed:
        plural = f"{avoid.word}{subject.language.plural}"
        ending = "" if plural in {other.word for other in listed} else f"(?:{subject.language.plural})?"
        found = _pattern(avoid.word, ending).search(text)
        if found and not (avoid.unless_explained and {avoid.word.lower(), plural.lower()} & explained):
            yield subject.fault(words, found.start(), _say_avoid(subject, avoid), _mend(avoid))


def _say_avoid(subject: Subject, avoid: Avoid) -> str:
    reader = subject.leaflet.audience.name[subject.leaflet.item.language]
    return f'"{avoid.word}" is not a word for {reader}.'


def _mend(avoid: Avoid) -> str:
    explain = ", or explain it as {" + avoid.word + "|plain words}" if avoid.unless_explained else ""
    return f'Say "{avoid.say}"{explain}.'


def dash_ranges(subject: Subject) -> Iterator[Fault]:
    """A range of figures with a dash."""
    for words, found in _matches(subject, _DASH_RANGE):
        what = f'The range "{found.group()}" has a dash.'
        yield subject.fault(words, found.start(), what, f'Write "{subject.language.range_example}".')


def decimals(subject: Subject) -> Iterator[Fault]:
    """A number that is not whole."""
    for words, found in _matches(subject, subject.language.decimal):
        what = f'"{found.group()}" is not a whole number.'
        yield subject.fault(words, found.start(), what, "Write a whole number.")


def spelt_numbers(subject: Subject) -> Iterator[Fault]:
    """A number from two to twelve that is written as a word."""
    for words, found in _matches(subject, subject.language.number_words):
        what = f'The number "{found.group()}" is written as a word.'
        yield subject.fault(words, found.start(), what, "Write it as a figure.")


def quotations(subject: Subject) -> Iterator[Fault]:
    """A quotation of more than 25 words, between double quotation marks."""
    for words, found in _matches(subject, subject.language.quotation):
        count = len(found.group(1).split())
        if count > MAX_QUOTE:
            what = f"A quotation has {count} words; {MAX_QUOTE} are the most."
            yield subject.fault(words, found.start(1), what, "Say it in your own words, and cite.")


def capitals(subject: Subject) -> Iterator[Fault]:
    """Four words or more in a row that are set in capitals."""
    for words, found in _matches(subject, _CAPITALS):
        what = f'"{found.group().strip()}" is set in capitals.'
        yield subject.fault(words, found.start(), what, "Write small letters, or **bold**.")


def exclamation_marks(subject: Subject) -> Iterator[Fault]:
    """An exclamation mark."""
    for _, words, text in subject.texts():
        if "!" in text:
            yield subject.fault(words, text.index("!"), "An exclamation mark shouts.", "Write a full stop.")


def picture_characters(subject: Subject) -> Iterator[Fault]:
    """A picture character, such as a smiley."""
    for _, words, text in subject.texts():
        picture = next((letter for letter in text if unicodedata.category(letter) == "So"), "")
        if picture:
            what = f"A picture character stands here ({unicodedata.name(picture, 'a picture').lower()})."
            yield subject.fault(words, text.index(picture), what, "Say it in words.")


def _matches(subject: Subject, pattern: re.Pattern[str]) -> Iterator[tuple[Words, re.Match[str]]]:
    for _, words, text in subject.texts():
        for found in pattern.finditer(text):
            yield words, found


def acronyms(subject: Subject) -> Iterator[Fault]:
    """An acronym that is nowhere written out, as in "cognitive behavioural therapy (CBT)" or the reverse.

    Not those that the language's file calls well known, nor those of help lines and cited titles.
    """
    whole, plural = subject.text, subject.language.plural
    known = set(subject.leaflet.locale.well_known) | _codes(subject)
    explained = {part for term, _ in subject.leaflet.terms for part in _ACRONYM.findall(term)}
    first: dict[str, int] = {}
    for found in _ACRONYM.finditer(whole):
        first.setdefault(found.group(), found.start())
    for acronym, at in first.items():
        bare = acronym.removesuffix(plural)
        if {acronym, bare} & (known | explained) or _told_otherwise(subject, acronym) or _is_its_name(subject, bare):
            continue
        either = f"{re.escape(bare)}(?:{plural})?"
        if not re.search(rf"\({either}\)|(?<![\w-]){either} \([a-z]", whole):
            place, section = subject.place_of(at, acronym)
            what = f'The acronym "{acronym}" is not explained on this leaflet.'
            mend = f"Write the words out, with ({bare}) behind them, at first use."
            yield Fault(place, what, mend, section)


def _told_otherwise(subject: Subject, acronym: str) -> bool:
    """Whether another message says how to explain it: it is a term of the glossary, or a term in braces that is not."""
    if any("{" + acronym + "}" in words.text for _, words, _ in subject.texts()):
        return True
    term = any(term.term == acronym for term in subject.library.terms.values())
    asked = term and acronym not in subject.names and not subject.leaflet.audience.not_a_handout
    return asked and any(_pattern(acronym).search(text) for _, _, text in subject.texts())


def _is_its_name(subject: Subject, acronym: str) -> bool:
    """Whether it is the therapy's own abbreviation, and the name stands in full: "CBT is short for cognitive …"."""
    therapy = subject.library.therapies.get(subject.item.therapy)
    return therapy is not None and therapy.abbreviation == acronym and therapy.name.lower() in subject.text.lower()


def _codes(subject: Subject) -> set[str]:
    """Codes such as NG222 in a cited source's title, help lines, names of organisations, and the leaflet's own code."""
    titles = " ".join(source.title for source in subject.leaflet.sources)
    lines = " ".join(f"{line.name} {line.how}" for line in subject.leaflet.region.help_lines)
    others = " ".join(one.name for one in subject.leaflet.region.organisations)
    return set(_ACRONYM.findall(f"{titles} {lines} {others} {subject.leaflet.code}")) | _other_codes(subject)


def _other_codes(subject: Subject) -> set[str]:
    codes = " ".join(other.code for other in subject.others.values())
    bodies = " ".join(subject.leaflet.region.evidence_bodies)
    return set(_ACRONYM.findall(f"{codes} {bodies}"))


def unexplained(subject: Subject) -> Iterator[Fault]:
    """A term of the glossary that is nowhere explained."""
    explained = {term.lower() for term, _ in subject.leaflet.terms}
    for term in subject.library.terms.values():
        if term.term.lower() in explained or term.term in subject.names:
            continue
        for _, words, text in subject.texts():
            found = _pattern(term.term).search(text)
            if found and f"({term.term})" not in text:
                what = f'The term "{term.term}" is not explained on this leaflet.'
                mend = "Write {" + term.term + "} at its first use, or {" + term.term + "|plain words}."
                yield subject.fault(words, found.start(), what, mend)
                break


def unexplained_in_title(subject: Subject) -> Iterator[Fault]:
    """A term of the glossary in the title or the line below it that is nowhere explained."""
    leaflet = subject.leaflet
    known = {term.lower() for term, _ in leaflet.terms} | {name.lower() for name in subject.names}
    for key, text in (("title", leaflet.title), ("purpose", leaflet.purpose)):
        for term in subject.library.terms.values():
            stands = term.term.lower() not in known and _pattern(term.term).search(text)
            if stands and not _stands_in_text(subject, term.term):
                what = f'The term "{term.term}" stands in the {key} and is not explained on this leaflet.'
                mend = "Write {" + term.term + "} at its first use in the text, or take it out of the " + key + "."
                yield Fault(subject.record("titles", subject.item.audience, key), what, mend)


def _stands_in_text(subject: Subject, term: str) -> bool:
    """Whether a term stands in the text, too, where `unexplained` names it."""
    return any(_pattern(term).search(text) for _, _, text in subject.texts())


def explained_late(subject: Subject) -> Iterator[Fault]:
    """A term of the glossary that stands before the place at which it is explained."""
    explained = {term.lower() for term, _ in subject.leaflet.terms}
    if subject.leaflet.audience.explain == "box":
        return
    for term in (term.term for term in subject.library.terms.values() if term.term.lower() in explained):
        for _, words, text in subject.texts():
            found = _pattern(term).search(text)
            if found and not text.startswith(" (", found.end()) and f"({term})" not in text:
                what = f'The term "{term}" stands here before it is explained.'
                yield subject.fault(words, found.start(), what, "Write {" + term + "} here.")
            if found:
                break


def main_message(subject: Subject) -> Iterator[Fault]:
    """A main message of more than 3 sentences."""
    for _, words, text in subject.texts():
        count = len(subject.sentences(text))
        if words.name == "main_message" and count > 3:
            what = f"The main message has {count} sentences; 3 are the most."
            yield subject.fault(words, 0, what, "Keep what one reader must remember.")


CHECKS = (
    Check(Rule.B4, avoided, also=(Rule.T5, Rule.G1, Rule.G7)),
    Check(Rule.A18, dash_ranges, needs="numbers"),
    Check(Rule.A18, decimals, severity="warning", patients_only=True, needs="numbers"),
    Check(Rule.A18, spelt_numbers, severity="warning", patients_only=True, needs="numbers"),
    Check(Rule.A6, quotations),
    Check(Rule.A13, capitals),
    Check(Rule.T5, exclamation_marks),
    Check(Rule.T5, picture_characters),
    Check(Rule.A19, acronyms, needs="acronyms"),
    Check(Rule.A19, unexplained, patients_only=True),
    Check(Rule.A19, unexplained_in_title, severity="warning", of=("leaflet",), patients_only=True),
    Check(Rule.A19, explained_late),
    Check(Rule.A2, main_message),
)
