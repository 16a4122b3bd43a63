"""Evidence: every claim has its source (standards A5, Q3), which is about the same people (T9: population.py)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.library import Place
from printables.pages.compose.source_lines import typed
from printables.pages.compose.typed_lists import read_lists

_CITE = re.compile(r"\{@([\w-]+)\}")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)
_APART = re.compile(rf"\n\s*\n|{_ITEM.pattern}", re.MULTILINE)
_NEXT_ITEM = re.compile(r"\n(?=\s*[-*+] )")


def uncited(subject: Subject) -> Iterator[Fault]:
    """A sentence that speaks of evidence, with a word such as "study" or with "1 in 20", and names no source."""
    signals = "|".join(re.escape(word) for word in subject.leaflet.locale.evidence_words)
    pattern = re.compile(rf"(?<![\w-])(?:{signals})(?![\w-])", re.IGNORECASE)
    for _, words, _ in subject.texts():
        if words.name == "claims":  # a claim's remark stands beside the claim's own sources
            continue
        listed = read_lists(typed(words.text, words.place))[0]
        for sentence in _typed_sentences(subject, listed.text):
            bare = _CITE.sub("", sentence.text)
            found = pattern.search(bare) or subject.language.frequency.search(bare)
            if found and not _CITE.search(sentence.text):
                what = f'The sentence speaks of evidence ("{found.group()}") and names no source.'
                place = Place(words.place.path, listed.line_at(sentence.offset))
                yield Fault(place, what, "Put {@source-id} before its full stop, or take it out.", words.name)


class _TypedSentence(NamedTuple):
    """A sentence of an item, or of a paragraph; its lines are joined. `before` is what stands before it there."""

    text: str
    item: str
    item_offset: int
    before: str

    @property
    def offset(self) -> int:
        """Where in the text as typed it begins."""
        words = re.finditer(r"\S+", self.item)
        return self.item_offset + next(itertools.islice(words, len(self.before.split()), None)).start()


def _typed_sentences(subject: Subject, text: str) -> Iterator[_TypedSentence]:
    """Sentences of a text as typed: lines of a paragraph are joined, each list item stands alone."""
    for start, item in _pieces(text, _APART):
        joined = " ".join(item.split())
        for at, sentence in subject.sentences_at(joined):
            yield _TypedSentence(sentence, item, start, joined[:at])


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
        what = f"The leaflet lists {count} sources; between {limit.from_} and {limit.to} suit this reader."
        place = subject.record("titles", subject.leaflet.item.audience)
        yield Fault(place, what, "Cite fewer, or more.")


CHECKS = (
    Check(Rule.A5, uncited),
    Check(Rule.Q3, unsourced_lines),
    Check(Rule.A5, number_of_sources, severity="warning", of=("leaflet",)),
)
