"""What the checks look at: one leaflet with its words, its HTML and the way back to the line of a sentence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from printables.checklist import Rule
from printables.checks.language import foreign, profile, reading
from printables.checks.language.profile import LanguageProfile
from printables.checks.text import by_section, plain
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
        """Plain text by section, without those in `NOT_READ`."""
        return {name: text for name, text in self.page.items() if text and name not in NOT_READ}

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

    @functools.cached_property
    def language(self) -> LanguageProfile:
        """What the checks know of the language that the leaflet is written in."""
        return profile(self.item.language)

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
        found = {therapy.name, therapy.abbreviation, *therapy.also_called, leaflet.publisher, library.publisher.name}
        found |= {term for term, _ in leaflet.terms} | {source.organisation for source in leaflet.sources}
        found |= {line.name for line in leaflet.region.help_lines} | set(leaflet.region.evidence_bodies)
        found |= {leaflet.label, leaflet.audience.name[leaflet.item.language]}
        return frozenset(found)

    def texts(self) -> Iterator[tuple[Section, Words, str]]:
        """Every text that an author wrote for this leaflet, with its section and as plain text."""
        yield from self._texts

    @functools.cached_property
    def _texts(self) -> tuple[tuple[Section, Words, str], ...]:
        return tuple((section, words, plain(words.html)) for section, words in self.leaflet.words())

    def fault(self, words: Words, found: str, what: str, mend: str, severity: Severity | None = None) -> Fault:
        """A fault at the line of `found` inside `words`."""
        return Fault(line_of(words, found, self.language), what, mend, words.name, severity)

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

    def place_of(self, sentence: str) -> tuple[Place, str]:
        """Where a sentence of the leaflet was written, and under which key; the record itself where it was made."""
        for _, words, text in self.texts():
            if sentence in text.replace("\n", " "):
                return line_of(words, sentence, self.language), words.name
        return self.record(), ""


def line_of(words: Words, found: str, language: LanguageProfile) -> Place:
    """The line of the file on which `found`, a piece of the plain text, begins."""
    pieces = [re.escape(word).replace("'", "['\u2019]") for word in reading.words(found, language)[:6]]
    match = None
    while pieces and not match:
        run = r"[^\w]+?(?:\{@[\w-]+\}\W*)?".join(pieces)
        match = re.search(rf"(?<!\w){run}(?!\w)", words.text, re.IGNORECASE)
        pieces.pop()
    offset = match.start() if match else 0
    return words.place.at(words.text, offset)
