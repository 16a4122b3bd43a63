"""Evidence: every claim has its source (standards A5, Q3), which is about the same people (T9: population.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.pages.compose.typed_lists import read_lists

_CITE = re.compile(r"\{@([\w-]+)\}")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+", re.MULTILINE)


def uncited(subject: Subject) -> Iterator[Fault]:
    """A sentence that speaks of evidence, with a word such as "study" or with "1 in 20", and names no source."""
    signals = "|".join(re.escape(word) for word in subject.leaflet.locale.evidence_words)
    pattern = re.compile(rf"(?<![\w-])(?:{signals})(?![\w-])", re.IGNORECASE)
    for _, words, _ in subject.texts():
        if words.name == "claims":  # a claim's remark stands beside the claim's own sources
            continue
        for sentence in _raw_sentences(subject, words.text):
            bare = _CITE.sub("", sentence)
            found = pattern.search(bare) or subject.language.frequency.search(bare)
            if found and not _CITE.search(sentence):
                what = f'The sentence speaks of evidence ("{found.group()}") and names no source.'
                yield subject.fault(words, bare, what, "Put {@source-id} before its full stop, or take it out.")


def _raw_sentences(subject: Subject, text: str) -> Iterator[str]:
    """Sentences of a text as typed: lines of a paragraph are joined, each list item stands alone."""
    for paragraph in re.split(r"\n\s*\n", read_lists(text)[0]):
        for item in _ITEM.split(paragraph):
            yield from subject.sentences(" ".join(item.split()))


def unsourced_lines(subject: Subject) -> Iterator[Fault]:
    """A line with neither a source nor the mark of consensus, in a list whose every line needs one."""
    for _, words, _ in subject.texts():
        if words.name not in subject.leaflet.audience.sourced_lists:
            continue
        for line in re.split(r"\n(?=\s*[-*+] )", read_lists(words.text)[0]):
            if _ITEM.match(line) and not _CITE.search(line) and "{consensus}" not in line:
                bare = " ".join(_ITEM.sub("", line).split())
                what = f'The line "{bare[:60].strip()}" has no source.'
                yield subject.fault(words, bare, what, "Put {@source-id} or {consensus} at its end.")


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
