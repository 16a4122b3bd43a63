"""Easy Read: a picture, one idea and one sentence a line, in large letters, without marks in the text (E1 to E3)."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.registry import Check, LibraryCheck
from printables.checks.subject import Fault, Subject, WholeLibrary
from printables.library.settings import Audience

SMALLEST = 16
"""Points: what guidance on accessible information asks for at least."""
MOST_WORDS = 15
"""Words in a sentence."""


def lines(subject: Subject) -> Iterator[Fault]:
    """A line of Easy Read without a picture, or with more than one sentence."""
    if not subject.leaflet.audience.is_easy_read or subject.item.worksheet:
        return
    for _, words in subject.leaflet.words():
        at = 0
        for block, picture in zip(words.blocks, words.pictures, strict=False):
            if not picture:
                what = f'The line "{block.text}" has no picture.'
                yield subject.fault(words, at, what, "Begin it with the name of one in brackets: [phone].")
            count = len(subject.sentences(block.text))
            if count > 1:
                what = f'The line "{block.text}" has {count} sentences.'
                yield subject.fault(words, at, what, "Write one sentence a line, each with its picture.")
            at += len(block.text) + 1


def settings(whole: WholeLibrary) -> Iterator[Fault]:
    """An Easy Read audience with small letters, long sentences or marks of sources in its text."""
    for audience in whole.library.audiences.values():
        if audience.is_easy_read:
            for key, rule, what, mend in _wrong(audience):
                yield Fault(whole.library.place("audience", audience.id, key), what, mend, rule=rule)


def _wrong(audience: Audience) -> Iterator[tuple[tuple[str, ...], Rule, str, str]]:
    smallest = min(audience.print.smallest, audience.print.references)
    if smallest < SMALLEST:
        what = f"Easy Read allows text of {smallest:g} points."
        yield ("print",), Rule.E2, what, f"Write {SMALLEST} or more for smallest and for references."
    stop = audience.reading.sentence.stop
    if stop is None or stop > MOST_WORDS:
        what = f"Easy Read allows sentences of more than {MOST_WORDS} words."
        yield ("reading", "sentence"), Rule.E1, what, f"Write stop: {MOST_WORDS}, or less."
    if audience.cite != "none":
        yield ("cite",), Rule.E3, "Easy Read shows the numbers of sources in its text.", 'Write "cite: none".'


CHECKS = (Check(Rule.E1, lines, of=("leaflet",)),)
LIBRARY_CHECKS = (LibraryCheck((Rule.E1, Rule.E2, Rule.E3), settings),)
