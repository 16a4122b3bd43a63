"""Words of a record that no leaflet shows: somebody wrote them, and nobody will read them (standards A16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from printables.checklist import Rule
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.library import ANY, Place
from printables.library.traversal import values_with_keys
from printables.library.yaml_reader import Key

NOT_WORDS = ("titles", "not_for", "fallbacks", "review", "step_signs")
"""Parts of a record that hold something for each audience, but no words of a leaflet's sections."""
NAMES = ("name", "each")
"""Short names, which stand beside such words and are shown with them."""


def unseen_words(subject: Subject) -> Iterator[Fault]:
    """Words for a reader whose leaflet does not show them, or who gets no leaflet."""
    leaflets = {subject.item.audience: subject.leaflet, **subject.others}
    first = next(name for name in subject.library.audiences if name in leaflets)
    shown = {words.place for leaflet in leaflets.values() for _, words in leaflet.words()}
    for key, places in _words(subject):
        reader = str(key[-1])
        mine = reader == subject.item.audience or (reader not in leaflets and subject.item.audience == first)
        if mine and shown.isdisjoint(places):
            name = ".".join(str(part + 1) if isinstance(part, int) else part for part in key)
            what, mend = _why(subject, reader, has_leaflet=reader in leaflets)
            yield Fault(places[0], f"{name}: No leaflet shows these words, because {what}", mend)


def _words(subject: Subject) -> Iterator[tuple[Key, list[Place]]]:
    """Yield the key of what the record says to one reader, which ends in that reader, and the places of its texts."""
    known = {*subject.library.audiences, ANY}
    for key, value in values_with_keys(subject.library.therapies[subject.item.therapy]):
        if key and key[0] not in NOT_WORDS and key[-1] not in NAMES and isinstance(value, Mapping):
            for reader in value.keys() & known:
                texts = (one for one, text in values_with_keys(value[reader], (*key, reader)) if isinstance(text, str))
                if places := [subject.record(*text) for text in texts]:
                    yield (*key, reader), places


def _why(subject: Subject, reader: str, *, has_leaflet: bool) -> tuple[str, str]:
    """Return why nobody sees them, and how to mend it."""
    if reader == ANY:
        return "words are for one reader each.", f'Write the id of an audience in place of "{ANY}".'
    name = subject.library.audiences[reader].name[subject.item.language]
    if not has_leaflet:
        return f"the record makes none for {name}.", f'Add "{reader}:" under titles, or delete the words.'
    mend = f"Delete them, or move them; `printables explain {subject.item.therapy} {reader}` lists what it shows."
    return f"that for {name} has no place for them.", mend


CHECKS = (Check(Rule.A16, unseen_words, severity="warning", of=("leaflet",), of_english=True),)
