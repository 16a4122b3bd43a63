"""Help lines differ by nation: their numbers and names stand in regions' files, and a record names the kind (A3).

Northern Ireland has no 111, Wales presses 2, and Scotland's 111 is NHS 24: a number that is typed into a record would
be printed for people whom it does not serve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from printables.checklist import Rule
from printables.checks.language.profile import LanguageProfile
from printables.checks.registry import Check
from printables.checks.subject import Fault, Subject
from printables.library.library import ANY, Place
from printables.library.regions import EMERGENCY, Region
from printables.library.traversal import values_with_keys
from printables.library.yaml_reader import Key

MEND = 'Say what kind of help it is, such as "a helpline in this leaflet": the region\'s file prints the number.'
SHORTEST = 3
"""Figures of the shortest number that is called; "press 2" is no number to call."""

_FIGURES = re.compile(r"\d[ -]?\d[ -]?\d")
_DIGITS = re.compile(r"\d[\d ]*\d")


def named_help_lines(subject: Subject) -> Iterator[Fault]:
    """A line of the record on which this reader would read a help line's number or name."""
    numbers, names = known(subject.library.regions)
    told: set[Place] = set()
    for key, text in _texts(subject):
        called = (
            (at, f'"{number}" is the number of a help line ({name}); those differ by region.')
            for at, number, name in numbers_in(text, numbers, subject.language)
        )
        for at, what in sorted([*called, *_named(text, names)]):
            place = subject.record(*key).at(text, at)
            if place not in told:
                told.add(place)
                yield Fault(place, what, MEND, str(key[1]) if key[0] == "sections" else "")


def _texts(subject: Subject) -> Iterator[tuple[Key, str]]:
    """Every text of the record that this reader may be shown."""
    item = subject.item
    library = subject.library
    record: Any = library.worksheets[item.record] if item.worksheet else library.therapies[item.record]
    readers = (item.audience, ANY, record.fallbacks.get(item.audience) if not item.worksheet else None)
    for key, value in values_with_keys(record):
        if isinstance(value, str) and any(part in readers for part in key):
            yield key, value


def known(regions: Mapping[str, Region]) -> tuple[dict[str, str], list[str]]:
    """What is searched for: the numbers of all regions' help lines, each with a line's name, and the names."""
    return _numbers(regions), _names(regions)


def _numbers(regions: Mapping[str, Region]) -> dict[str, str]:
    """What is called, without spaces, with the line that it belongs to."""
    lines = [line for region in regions.values() for line in region.help_lines]
    found = {re.sub(r"\s", "", number): line.name for line in reversed(lines) for number in _DIGITS.findall(line.how)}
    return {number: name for number, name in found.items() if len(number) >= SHORTEST}


def _names(regions: Mapping[str, Region]) -> list[str]:
    """The names of help lines; the longest first, so that "NHS 111 Wales" is not read as "NHS 111".

    Not that of the emergency line, which is an ordinary word: "the Emergency Department" names none.
    """
    lines = {line.name for region in regions.values() for line in region.help_lines if line.id != EMERGENCY}
    return sorted(lines, key=lambda name: (-len(name), name))


def numbers_in(text: str, numbers: Mapping[str, str], language: LanguageProfile) -> Iterator[tuple[int, str, str]]:
    """Which of these numbers a text tells to call: where, as it is typed, and whose it is."""
    if not _FIGURES.search(text):
        return  # most texts hold no number as long as one that is called
    for number, name in numbers.items():
        for found in re.finditer(rf"(?<![\d.,])(?<!\d ){'[ -]?'.join(number)}(?![ -]?\d)(?![.,]\d)", text):
            if len(number) > SHORTEST or not _counts(text, found, language):
                yield found.start(), found.group(), name


def _counts(text: str, found: re.Match[str], language: LanguageProfile) -> bool:
    """Whether a short number counts something, as in "111 young people", and is not called."""
    return bool(language.behind_count.match(text, found.end())) and not language.before_called.search(
        text, 0, found.start()
    )


def _named(text: str, names: list[str]) -> Iterator[tuple[int, str]]:
    """Names of help lines. One word alone is a name where its capital stands inside of a sentence: Shout."""
    for name in (one for one in names if one in text):
        inside = r"(?<!\w)" if " " in name else r"(?<=[a-z,;:(] )"
        for found in re.finditer(rf"{inside}{re.escape(name)}(?!\w)", text):
            yield found.start(), f'"{name}" is a help line; which ones there are differs by region.'


CHECKS = (Check(Rule.A3, named_help_lines, of_english=True),)
