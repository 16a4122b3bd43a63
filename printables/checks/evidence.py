"""Evidence: every claim has its source (standards A5, Q3), which is about the same people (T9: population.py)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.library import Place
from printables.pages.compose.leaflet import Words
from printables.pages.compose.source_lines import typed
from printables.pages.compose.typed_lists import read_lists

USUAL_BASE = 100
"""Out of so many people a share is told."""
WITH_SOURCES = ("claims", "people")
"""Parts of the record whose words stand beside the marks of the sources that they list."""

_CITE = re.compile(r"\{@([\w-]+)\}")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)
_APART = re.compile(rf"\n\s*\n|{_ITEM.pattern}", re.MULTILINE)
_NEXT_ITEM = re.compile(r"\n(?=\s*[-*+] )")


def uncited(subject: Subject) -> Iterator[Fault]:
    """A sentence that speaks of evidence, with a word such as "study" or with "1 in 20", and names no source."""
    signals = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in subject.leaflet.locale.evidence_words)
    pattern = re.compile(rf"(?<![\w-])(?:{signals})(?![\w-])", re.IGNORECASE)
    for _, words, _ in subject.texts():
        if words.name in WITH_SOURCES:
            continue
        for line, sentence in _typed_sentences(subject, words):
            bare = _CITE.sub("", sentence)
            found = pattern.search(bare) or subject.language.frequency.search(bare)
            if found and not _CITE.search(sentence):
                what = f'The sentence speaks of evidence ("{found.group()}") and names no source.'
                place = Place(words.place.path, line)
                yield Fault(place, what, "Put {@source-id} before its full stop, or take it out.", words.name)


def _typed_sentences(subject: Subject, words: Words) -> Iterator[tuple[int, str]]:
    """Sentences of a text as typed, each with its line. A paragraph is joined; each list item stands alone."""
    listed = read_lists(typed(words.text, words.place))[0]
    for start, item in _pieces(listed.text, _APART):
        words_at = [start + found.start() for found in re.finditer(r"\S+", item)]
        joined = " ".join(item.split())
        for at, sentence in subject.sentences_at(joined):
            yield listed.line_at(words_at[len(joined[:at].split())]), sentence


def _pieces(text: str, between: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """What stands between the places at which an expression is found, with its offset."""
    start = 0
    for found in between.finditer(text):
        yield start, text[start : found.start()]
        start = found.end()
    yield start, text[start:]


def unsourced_lines(subject: Subject) -> Iterator[Fault]:
    """A line with neither a source nor the mark of consensus, in a list whose every line needs one."""
    for _, words, _ in subject.texts():
        if words.name not in subject.leaflet.audience.sourced_lists:
            continue
        listed = read_lists(typed(words.text, words.place))[0]
        for start, line in _pieces(listed.text, _NEXT_ITEM):
            mark = _ITEM.match(line)
            if mark and not _CITE.search(line) and "{consensus}" not in line:
                bare = " ".join(_ITEM.sub("", line).split())
                what = f'The line "{bare[:60].strip()}" has no source.'
                place = Place(words.place.path, listed.line_at(start + mark.end()))
                yield Fault(place, what, "Put {@source-id} or {consensus} at its end.", words.name)


def number_of_sources(subject: Subject) -> Iterator[Fault]:
    """Fewer or more sources than suit this reader."""
    count, limit = len(subject.leaflet.sources), subject.leaflet.audience.sources
    if not limit.from_ <= count <= limit.to:
        sources = "1 source" if count == 1 else f"{count} sources"
        what = f"The leaflet lists {sources}; between {limit.from_} and {limit.to} suit this reader."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield Fault(place, what, "Cite more." if count < limit.from_ else "Cite fewer.")


def mixed_bases(subject: Subject) -> Iterator[Fault]:
    """Shares of people out of different numbers, such as "5 in 100" and "1 in 20", on one leaflet."""
    found = list(_bases(subject))
    bases = [base for _, _, base in found]
    common = USUAL_BASE if USUAL_BASE in bases else next(iter(bases), 0)
    for words, at, base in found:
        if base != common:
            what = f"A share is told out of {base}, and another on this leaflet out of {common}."
            yield subject.fault(words, at, what, f"Tell both out of {common}.")


def small_base(subject: Subject) -> Iterator[Fault]:
    """Shares of people that are all told out of one number below 100, such as "1 in 20"."""
    found = list(_bases(subject))
    if len({base for _, _, base in found}) != 1:
        return  # of several, each that differs is named already
    for words, at, base in found:
        if base < USUAL_BASE:
            what = f"A share is told out of {base}; out of {USUAL_BASE} people can compare it."
            yield subject.fault(words, at, what, f'Write how many in {USUAL_BASE}: "5 in 100" for "1 in 20".')


def _bases(subject: Subject) -> Iterator[tuple[Words, int, int]]:
    """The number out of which each share is told, and where: in the words, or drawn as people."""
    drawn = {words.place: share["of"] for words, share in _drawn_people(subject)}
    for _, words, text in subject.texts():
        if words.place in drawn:
            yield words, 0, drawn[words.place]
        for share in subject.language.frequency.finditer(text):
            if numbers := re.findall(r"\d+", share.group()):
                yield words, share.start(), int(numbers[-1])


def _drawn_people(subject: Subject) -> Iterator[tuple[Words, Mapping[str, Any]]]:
    """The words of each share of people that is drawn, with its data; a caption is none."""
    for section in subject.leaflet.sections:
        for block in section.blocks:
            if block.show != "people":
                continue
            words = iter(block.words)
            for row in block.data["rows"]:
                if row["caption"]:
                    next(words)
                yield from zip(itertools.islice(words, len(row["shares"])), row["shares"], strict=True)


CHECKS = (
    Check(Rule.A5, uncited),
    Check(Rule.A18, mixed_bases, of=("leaflet",), needs="evidence"),
    Check(Rule.A18, small_base, severity="warning", of=("leaflet",), needs="evidence"),
    Check(Rule.Q3, unsourced_lines),
    Check(Rule.A5, number_of_sources, severity="warning", of=("leaflet",)),
)
