"""What the checks look at: one leaflet with its words, its HTML and the way back to the line of a sentence."""

from __future__ import annotations

import bisect
import functools
import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from printables.checklist import Rule
from printables.checks.language import foreign, profile, reading
from printables.checks.language.profile import LanguageProfile
from printables.checks.language.translated import profile_of
from printables.checks.text import by_section
from printables.library.library import Library, Place
from printables.pages.compose.leaflet import Leaflet, Section, Words
from printables.pages.templates.render import Pages
from printables.plan import Item
from printables.problems import Problem, Severity

NOT_READ = ("references", "about")
"""Sections that are looked things up in, not read: addresses, codes and dates."""


@dataclass(frozen=True)
class Fault:
    """What a check finds: a place, what is wrong there and how to mend it."""

    place: Place
    what: str
    mend: str
    section: str = ""
    severity: Severity | None = None
    """Where it depends on more than the check: above one limit a warning, above another an error."""
    rule: Rule | None = None
    """Where a check of the library looks at several lines of the checklist: the one that is broken."""
    audience: str = ""
    """Whose leaflets it touches, where a check of the library knows."""


@dataclass(frozen=True)
class WholeLibrary:
    """What the checks of more than one leaflet look at: every record, and the templates with their colours."""

    library: Library
    pages: Pages


class _Printed(NamedTuple):
    """A block of an author's text that stands on a line of the page: where it begins in the text, and on the line."""

    words: Words
    start: int
    column: int
    length: int


@dataclass(frozen=True)
class Subject:
    """One leaflet to be checked. `others` are the leaflets of the same therapy for the other audiences."""

    library: Library
    leaflet: Leaflet
    html: str
    others: Mapping[str, Leaflet]

    @property
    def item(self) -> Item:
        """What this leaflet is in the plan."""
        return self.leaflet.item

    @functools.cached_property
    def page(self) -> dict[str, str]:
        """Everything on the page as plain text by section; the title band has the key ""."""
        return by_section(self.html)

    @functools.cached_property
    def sections(self) -> dict[str, str]:
        """The prose by section: without the sections in `NOT_READ`, and without what a clinic sets."""
        page = by_section(self.html, prose=True) if self.item.clinic else self.page
        return {name: text for name, text in page.items() if text and name not in NOT_READ}

    @functools.cached_property
    def text(self) -> str:
        """The whole leaflet as plain text, a line for each block."""
        return "\n".join(self.sections.values())

    @functools.cached_property
    def measured(self) -> reading.Measures:
        """The reading level of the leaflet as a whole."""
        return self.measure(self.text)

    def measure(self, text: str) -> reading.Measures:
        """The reading level of a piece of the leaflet, with the same phrases left out."""
        return reading.measure(text, self.language, self.names)

    def worst_words(self, text: str) -> list[tuple[str, int]]:
        """The words that make a piece of the leaflet hard to read (see reading.py)."""
        return reading.worst_words(text, self.language, self.names)

    def sentences(self, text: str) -> list[str]:
        """The sentences of a text in the leaflet's language."""
        return reading.sentences(text, self.language)

    def sentences_at(self, text: str) -> Iterator[tuple[int, str]]:
        """The same with the offsets at which they begin."""
        return reading.sentences_at(text, self.language)

    @functools.cached_property
    def language(self) -> LanguageProfile:
        """What the checks know of the language that the leaflet is written in."""
        return profile_of(self.library.language) if self.library.language else profile(self.item.language)

    @functools.cached_property
    def foreign_texts(self) -> tuple[Words, ...]:
        """The author's texts that are of another language than the measures."""
        return tuple(words for _, words, text in self.texts() if foreign.is_foreign(text, self.language))

    @functools.cached_property
    def is_measured(self) -> bool:
        """Whether the measures say anything about the leaflet, by each text and by all that its record holds."""
        path = self.record().path
        own = "\n".join(text for _, words, text in self.texts() if words.place.path == path)
        return not self.foreign_texts and not foreign.is_foreign(own, self.language, of_all=True)

    @functools.cached_property
    def names(self) -> frozenset[str]:
        """Phrases that the reading level leaves out: the therapy's name, explained words, names of organisations."""
        leaflet, library = self.leaflet, self.library
        therapy = library.therapies[leaflet.item.therapy]
        found = {therapy.name, therapy.short_name, *therapy.also_called, leaflet.publisher, library.publisher.name}
        found |= {term for term, _ in leaflet.terms} | {source.organisation for source in leaflet.sources}
        found |= {line.name for line in leaflet.region.help_lines} | set(leaflet.region.evidence_bodies)
        found |= {one.name for one in leaflet.region.organisations}
        found |= {leaflet.label, leaflet.audience.name[leaflet.item.language]}
        return frozenset(found)

    def texts(self) -> Iterator[tuple[Section, Words, str]]:
        """Every text that an author wrote for this leaflet, with its section and as plain text."""
        return ((section, words, words.plain) for section, words in self.leaflet.words())

    def fault(self, words: Words, offset: int, what: str, mend: str, severity: Severity | None = None) -> Fault:
        """A fault at the line of what stands at `offset` of the plain text of `words`."""
        return Fault(words.place_of(offset), what, mend, words.name, severity)

    def on_page(self, found: Iterable[tuple[str, str]]) -> Iterator[Fault]:
        """What is wrong with the page and how to mend it, as faults of the template that made it."""
        path = "_worksheets/worksheet.html" if self.item.worksheet else f"{self.item.audience}/leaflet.html"
        for what, mend in found:
            yield Fault(Place(f"templates/{path}", 0), what, mend)

    def problem_of(self, fault: Fault, rule: Rule, severity: Severity) -> Problem:
        """What a check has found, as a problem of this leaflet."""
        path, line = fault.place.path, fault.place.line
        item = self.leaflet.item
        return Problem(path, line, fault.what, fault.mend, severity, rule, item.record, item.audience, fault.section)

    def record(self, *key: str | int) -> Place:
        """The place of a key in the record of the therapy, or of the worksheet."""
        item = self.leaflet.item
        return self.library.place("worksheet" if item.worksheet else "therapy", item.record, key)

    def place_of(self, offset: int, found: str) -> tuple[Place, str]:
        """Where `found`, which stands at `offset` of `text`, was written, and under which key.

        That is the record itself where no author wrote it.
        """
        starts, printed = self._printed
        at = bisect.bisect_right(starts, offset) - 1
        for block in printed[at]:
            within = offset - starts[at] - block.column
            if -len(found) < within < block.length:
                return block.words.place_of(block.start + max(within, 0)), block.words.name
        return self.record(), ""

    @functools.cached_property
    def _printed(self) -> tuple[list[int], list[list[_Printed]]]:
        """Where in `text` each of its lines begins, and the blocks of the author's texts that stand on it.

        A page prints them in their order, so of two blocks with the same words the first comes first. What is no line
        of its own stands beside words of the template.
        """
        lines = self.text.split("\n")
        left: dict[str, deque[_Printed]] = {}
        for words in (words for _, words in self.leaflet.words()):
            start = 0
            for block in words.blocks:
                left.setdefault(block.text, deque()).append(_Printed(words, start, 0, len(block.text)))
                start += len(block.text) + 1
        own = [[left[line].popleft()] if left.get(line) else [] for line in lines]
        others = sorted(((text, one) for text, found in left.items() for one in found), key=lambda pair: -len(pair[0]))
        return list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))[:-1], [
            found or [one._replace(column=line.index(text)) for text, one in others if text in line]
            for line, found in zip(lines, own, strict=True)
        ]
