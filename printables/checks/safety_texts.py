"""Safety texts stand in regions' files, the same for each reader: no record words one for itself (A25).

Nine leaflets once had nine sentences about the emergency number and eleven about the share of people who were harmed.
A figure is found by its source, everything else by patterns of the language. An example may have somebody ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.help_numbers import known, numbers_in
from printables.checks.language import codes, profile
from printables.checks.registry import Check, LibraryCheck
from printables.checks.subject import Fault, Subject, WholeLibrary
from printables.library.library import Library
from printables.library.regions import Region
from printables.library.traversal import values_with_keys
from printables.pages.compose.leaflet import Words

TEXTS = {
    "emergency": "when to call the emergency number",
    "ask_about_suicide": "the question about suicide",
    "privacy": "what stays private",
}
"""What a record could say for itself, by the key under which the region's file says it."""
NOT_READ = ("example",)
"""Parts of a record in which people talk to each other."""

_CITE = re.compile(r"\{@([\w-]+)\}")


def own_safety_text(subject: Subject) -> Iterator[Fault]:
    """A safety text in the record's own words, where the region's file has one for every leaflet."""
    record = subject.record().path
    for _, words, text in subject.texts():
        if words.place.path == record and words.name not in NOT_READ:
            yield from _worded(subject, words, text)
            yield from _share(subject, words)


def _worded(subject: Subject, words: Words, text: str) -> Iterator[Fault]:
    for field, pattern in subject.language.safety_texts.items():
        found = pattern.search(text)
        if found and getattr(subject.leaflet.region, field):
            said = " ".join(found.group().split()).lstrip(",.:;!? ")
            what = f'"{said}" says {TEXTS[field]} in the record\'s own words.'
            yield subject.fault(words, found.start(), what, _mend(field))


def _share(subject: Subject, words: Words) -> Iterator[Fault]:
    """The survey from which the region tells how many were harmed."""
    cited = {name for text in subject.leaflet.region.harm_share.values() for name in _CITE.findall(text)}
    for found in _CITE.finditer(words.text):
        if found.group(1) in cited:
            what = f'The share of people who were harmed ("{found.group(1)}") stands in the record\'s own words.'
            yield Fault(words.place.at(words.text, found.start()), what, _mend("harm_share"), words.name)


def _mend(field: str) -> str:
    return f'Take it out: the region\'s file prints it for every reader, under "{field}".'


def numbers_of_other_regions(whole: WholeLibrary) -> Iterator[Fault]:
    """A number in a region's own words that is a help line elsewhere, and not there."""
    numbers, _ = known(whole.library.regions)
    for region in whole.library.regions.values():
        yield from _of_others(whole.library, region, numbers)


def _of_others(library: Library, region: Region, numbers: dict[str, str]) -> Iterator[Fault]:
    if region.language not in codes():
        return
    own, _ = known({region.id: region})
    others = {number: name for number, name in numbers.items() if number not in own}
    for key, text in values_with_keys(region):
        if isinstance(text, str) and key[0] != "help_lines":
            for at, number, name in numbers_in(text, others, profile(region.language)):
                what = f'"{number}" is the number of a help line ({name}) that this region does not have.'
                place = library.place("region", region.id, key).at(text, at)
                yield Fault(place, what, "Write a number that stands under help_lines.")


CHECKS = (Check(Rule.A25, own_safety_text, severity="warning", patients_only=True, needs="safety"),)
LIBRARY_CHECKS = (LibraryCheck((Rule.A3,), numbers_of_other_regions),)
