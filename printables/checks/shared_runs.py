"""Not one mould: how many runs of five words a leaflet shares with other therapies' leaflets for the same reader.

Only what stands in a therapy's own record is compared: the region's safety text and the fixed words of the templates
are the same everywhere, and no author can mend them. Each paragraph, item of a list and tile is a text of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from printables.checklist import Rule
from printables.checks.subject import Subject
from printables.library.library import Library, Place
from printables.problems import Problem

RUN = 5
"""Words."""
MOST_SHOWN = 3
"""So many of the longest runs are named."""
_WORD = re.compile(r"[\w'\u2019-]+")

Run = tuple[str, ...]


@dataclass(frozen=True)
class OwnWords:
    """What a therapy's record says to one reader, text by text; `place` is that of the title."""

    therapy: str
    audience: str
    language: str
    place: Place
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Shared:
    """How much of a leaflet's own words stands in others: of 100 runs, and the leaflet in which most of them do."""

    own: OwnWords
    percent: float
    most: OwnWords | None


def own_words(subject: Subject) -> OwnWords:
    """The words of a leaflet that stand in its therapy's record."""
    path, item = subject.record().path, subject.item
    texts = (block.text for _, words in subject.leaflet.words() if words.place.path == path for block in words.blocks)
    return OwnWords(item.therapy, item.audience, item.language, subject.record("titles", item.audience), tuple(texts))


def compare(leaflets: Iterable[OwnWords]) -> list[Shared]:
    """What each leaflet shares with those of other therapies for the same reader in the same language."""
    groups: dict[tuple[str, str], list[OwnWords]] = defaultdict(list)
    for own in leaflets:
        groups[own.audience, own.language].append(own)
    return [shared for group in groups.values() for shared in _compare(group)]


def _compare(group: Sequence[OwnWords]) -> Iterator[Shared]:
    every = [runs(own.texts) for own in group]
    holders: dict[Run, list[int]] = defaultdict(list)
    for number, mine in enumerate(every):
        for run in mine:
            holders[run].append(number)
    for number, mine in enumerate(every):
        others = [[other for other in holders[run] if other != number] for run in mine]
        shared = [names for names in others if names]
        counts = [sum(other in names for names in shared) for other in range(len(group))]
        most = group[counts.index(max(counts))] if shared else None
        yield Shared(group[number], 100 * len(shared) / len(mine) if mine else 0.0, most)


def runs(texts: Iterable[str]) -> set[Run]:
    """Every five words in a row, in small letters."""
    found = (_words(text) for text in texts)
    return {tuple(words[at : at + RUN]) for words in found for at in range(len(words) - RUN + 1)}


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def problems(library: Library, shared: Iterable[Shared]) -> Iterator[Problem]:
    """A warning for each leaflet that shares more than its reader's `audience.yaml` allows."""
    for one in shared:
        audience = library.audiences[one.own.audience]
        limit = audience.reading.most_shared_runs
        if limit is None or one.most is None or one.percent <= limit:
            continue
        reader = audience.name[one.own.language]
        longest = " and ".join(f'"{" ".join(run)}"' for run in longest_runs(one.own.texts, one.most.texts))
        what = (
            f"Of 100 runs of {RUN} words for {reader}, {one.percent:.0f} stand in other therapies' leaflets, most in"
            f" that of {one.most.place.path}; {limit:g} are the limit. The longest that both have are {longest}."
        )
        path, line, mend = one.own.place.path, one.own.place.line, "Say them as only this therapy would."
        yield Problem(path, line, what, mend, "warning", Rule.A24, one.own.therapy, one.own.audience)


def longest_runs(texts: Iterable[str], others: Iterable[str]) -> list[Run]:
    """The longest runs of words that stand in both, the longest first; none that is part of one before it."""
    theirs = "\n".join(f" {' '.join(_words(text))} " for text in others)
    found = {run for text in texts for run in _shared_from_each_word(_words(text), theirs)}
    kept: list[Run] = []
    for run in sorted(found, key=lambda run: (-len(run), run)):
        if len(kept) < MOST_SHOWN and not any(_stands_in(run, f" {' '.join(longer)} ") for longer in kept):
            kept.append(run)
    return kept


def _shared_from_each_word(words: Sequence[str], theirs: str) -> Iterator[Run]:
    """From each word, the longest run of five or more that stands in the other text."""
    for start in range(len(words) - RUN + 1):
        end = start + RUN
        while end <= len(words) and _stands_in(words[start:end], theirs):
            end += 1
        if end > start + RUN:
            yield tuple(words[start : end - 1])


def _stands_in(run: Sequence[str], text: str) -> bool:
    return f" {' '.join(run)} " in text
