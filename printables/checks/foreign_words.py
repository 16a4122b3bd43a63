"""Words of another language: there is no measure for them, and the English one would find them easy (foreign.py)."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject

MEND = "Write it in English, and translate it: printables translate start CODE."


def foreign_words(subject: Subject) -> Iterator[Fault]:
    """A text that is not English, or a leaflet that is not, where none of its texts is long enough to tell."""
    for words in subject.foreign_texts:
        what = "This text is not in English, and there are no measures for another language."
        yield Fault(words.place, what, MEND, words.name)
    if not subject.foreign_texts and not subject.is_measured:
        what = "The words of this leaflet are not in English, and there are no measures for another language."
        yield Fault(subject.record("titles", subject.item.audience), what, MEND)


CHECKS = (Check(Rule.READING, foreign_words),)
