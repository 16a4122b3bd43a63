"""Evidence: every claim has its source (standards A5, Q3), which is about the same people (T9: population.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks import population
from printables.checks.language import reading
from printables.checks.subject import Subject
from printables.pages.compose.leaflet import Words
from printables.pages.compose.typed_lists import read_lists
from printables.problems import Problem

_CITE = re.compile(r"\{@([\w-]+)\}")
_IN_100 = re.compile(r"\b\d+ (?:in|out of) (?:every )?\d+\b")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)


def check(subject: Subject) -> Iterator[Problem]:
    """Everything about claims and their sources."""
    yield from check_texts(subject)
    yield from population.in_facts(subject)
    yield from _how_many(subject)


def check_texts(subject: Subject) -> Iterator[Problem]:
    """What the author's words say about evidence."""
    for _, words, _ in subject.texts():
        if words.name != "claims":  # a claim's remark stands beside the claim's own sources
            yield from _uncited(subject, words)
        yield from population.in_words(subject, words)
        if words.name in subject.leaflet.audience.sourced_lists:
            yield from _unsourced_lines(subject, words)


def _uncited(subject: Subject, words: Words) -> Iterator[Problem]:
    """A sentence that speaks of evidence needs its source."""
    signals = "|".join(re.escape(word) for word in subject.leaflet.locale.evidence_words)
    pattern = re.compile(rf"(?<![\w-])(?:{signals})(?![\w-])", re.IGNORECASE)
    for sentence in _raw_sentences(words.text):
        bare = _CITE.sub("", sentence)
        found = pattern.search(bare) or _IN_100.search(bare)
        if found and not _CITE.search(sentence):
            what = f'The sentence speaks of evidence ("{found.group()}") and names no source.'
            yield subject.problem(words, bare, what, "Put {@source-id} before its full stop, or take it out.", Rule.A5)


def _raw_sentences(text: str) -> Iterator[str]:
    """Sentences of a text as typed: lines of a paragraph are joined, each list item stands alone."""
    for paragraph in re.split(r"\n\s*\n", read_lists(text)[0]):
        for item in _ITEM.split(paragraph):
            yield from reading.sentences(" ".join(item.split()))


def _unsourced_lines(subject: Subject, words: Words) -> Iterator[Problem]:
    for line in re.split(r"\n(?=\s*[-*+] )", read_lists(words.text)[0]):
        if _ITEM.match(line) and not _CITE.search(line) and "{consensus}" not in line:
            bare = " ".join(_ITEM.sub("", line).split())
            what = f'The line "{bare[:60].strip()}" has no source.'
            yield subject.problem(words, bare, what, "Put {@source-id} or {consensus} at its end.", Rule.Q3)


def _how_many(subject: Subject) -> Iterator[Problem]:
    count, limit = len(subject.leaflet.sources), subject.leaflet.audience.sources
    if not limit.from_ <= count <= limit.to:
        what = f"The leaflet lists {count} sources; between {limit.from_} and {limit.to} suit this reader."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield subject.at(place, what, "Cite fewer, or more.", Rule.A5, "warning")
