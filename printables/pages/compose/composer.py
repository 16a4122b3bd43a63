"""What making one leaflet looks at: the record, the reader, the region, the words, and what was cited so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from printables.library.courses import Course
from printables.library.fields import Words as WordsByAudience
from printables.library.library import ANY, Library, Place, pick
from printables.library.locales import Locale
from printables.library.logo.pictures import asset
from printables.library.regions import Region
from printables.library.settings import Audience
from printables.library.therapies import Therapy
from printables.library.yaml_reader import Key
from printables.pages.compose import wording
from printables.pages.compose.leaflet import LeafletPicture, Words
from printables.pages.compose.marks import NBSP, Marks
from printables.pages.compose.markup import Converter
from printables.pages.compose.picture_lines import picture_lines, unknown_pictures
from printables.plan import Item
from printables.problems import Problem

NBSP_MARK = Markup("\u00a0")


class Composer:
    """Everything that making one leaflet needs to look at. Made new for each leaflet."""

    def __init__(self, library: Library, item: Item) -> None:
        self.library, self.item = library, item
        self.therapy: Therapy = library.therapies[item.therapy]
        self.audience: Audience = library.audiences[item.audience]
        self.locale: Locale = library.locales[item.language]
        self.region: Region = library.regions[item.region]
        self.clinic = library.clinics[item.clinic] if item.clinic else None
        self.converter = Converter(_marks(self))
        self.not_shown: list[tuple[str, str]] = []

    @property
    def courses(self) -> list[Course]:
        """The courses of the populations that this reader is told of."""
        return [course for course in self.therapy.courses if course.population in self.audience.populations]

    def whose(self, words: Mapping[str, Any]) -> str | None:
        """The audience whose words are used: the reader's own, or the record's fallback for it."""
        fallback = self.therapy.fallbacks.get(self.item.audience)
        return next((name for name in (self.item.audience, fallback) if name and name in words), None)

    def words(self, words: WordsByAudience, kind: str, identity: str, key: Key, *, line: bool = False) -> Words | None:
        """The words for this reader with their place and HTML, or None where there are none."""
        whose = self.whose(words)
        return self._read(words[whose], kind, identity, (*key, whose), whose, line=line) if whose else None

    def text(self, text: str, whose: str, *key: str | int, line: bool = True) -> Words:
        """One text of the therapy's record that is written for one audience, such as an answer, with place and HTML."""
        return self._read(text, "therapy", self.therapy.id, key, whose, line=line)

    def _read(self, text: str, kind: str, identity: str, key: Key, whose: str, *, line: bool) -> Words:
        place = self.library.place(kind, identity, key)
        return self.read(text, place, whose, _name(key) or identity, line=line)

    def read(self, text: str, place: Place, whose: str, name: str, *, line: bool = False) -> Words:
        """Return a text with its HTML; in Easy Read, line by line with the pictures that its author named."""
        if self.audience.is_easy_read and not line:
            for offset, what, mend in unknown_pictures(text):
                found = place.at(text, offset)
                self.converter.marks.problems.append(Problem(found.path, found.line, what, mend))
            bare, pictures = picture_lines(text)
            return Words(bare, *self.converter.read(bare, place), place, whose, name, pictures)
        convert = self.converter.line if line else self.converter.read
        return Words(text, *convert(text, place), place, whose, name)

    def name(self, names: Mapping[str, str], kind: str, identity: str, *key: str | int) -> str:
        """A short name for this reader: their own, their fallback's, or the one for any; nobody else's fills in."""
        whose = self.whose(names) or (ANY if ANY in names else None)
        if whose is None:
            shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in key)
            what = f"{shown}: This has no words for {self.audience.name[self.item.language]}."
            place = self.library.place(kind, identity, key)
            mend = f'Write "{self.audience.id}:" under it, or "{ANY}:" for every reader.'
            self.converter.marks.problems.append(Problem(place.path, place.line, what, mend))
            return ""
        return names[whose]

    def t(self, name: str, /, **values: object) -> str:
        """A fixed word of the language."""
        return self.locale.words[name].format(**values)

    def cites(self, sources: Iterable[str]) -> Markup:
        """The numbers of these sources as links, or nothing for a reader whose text shows none."""
        numbers = [self.converter.marks.number(name) for name in sources if name in self.library.sources]
        if not self.converter.marks.numbers:
            return Markup("")
        links = (Markup('<a href="#source-{0}">[{0}]</a>').format(number) for number in sorted(numbers))
        return Markup('<span class="cite">{}{}</span>').format(NBSP, NBSP_MARK.join(links))

    def shows(self, show: str) -> bool:
        """Whether a block stands anywhere in the reader's section list."""
        return any(block.show == show for section in self.audience.sections for block in section.blocks)

    @property
    def in_full(self) -> bool:
        """Whether this reader gets full references, a source for every fact, and terms in a box."""
        return self.audience.explain == "box"

    def course_facts(self, course: Course) -> Iterator[tuple[str, str]]:
        """`sessions`, `length` and `every` of a course in words, as far as it gives them."""
        return _facts(course, self.locale)

    def code(self, audience: Audience) -> str:
        """The code that is printed on the leaflet, such as IPT-TEEN-EN-1.0 (standards A22)."""
        return f"{self.therapy.code}-{audience.code}-{self.therapy.language.upper()}-{self.therapy.version}"

    def draft(self) -> dict[str, bool]:
        """What the block "about" must know of a translation that no native reader has approved; else nothing."""
        of = (self.item.record, self.audience.id)
        return {"draft_translation": True} if self.library.language and of not in self.library.reviewed else {}

    def logo(self) -> LeafletPicture | None:
        """The clinic's logo, where it has one that can be used; its name stands beside it, so that is what it shows."""
        logo = self.library.logos.get(self.clinic.id) if self.clinic else None
        return LeafletPicture(logo.src, self.clinic.name) if logo and self.clinic else None

    def own_pictures(self) -> dict[str, LeafletPicture]:
        """The clinic's own pictures for Easy Read, by what each stands for."""
        own = self.library.pictures.get(self.clinic.id, {}) if self.clinic else {}
        return {name: LeafletPicture(asset(name, one), self.t(f"sign-{name}")) for name, one in own.items()}

    def error(self, key: Key, what: str, mend: str, kind: str = "therapy") -> None:
        """A problem of the therapy's record, or of the region's, at `key`."""
        place = self.library.place(kind, self.region.id if kind == "region" else self.therapy.id, key)
        self.converter.marks.problems.append(Problem(place.path, place.line, what, mend))


def _name(key: Key) -> str:
    """What a text is called: its section, or the group of facts it stands in (claims, techniques, courses)."""
    parts = [part for part in key if isinstance(part, str) and part != "sections"]
    return parts[0] if parts else ""


def _marks(composer: Composer) -> Marks:
    therapy, audience, library = composer.therapy, composer.audience, composer.library
    facts = {}
    for course in therapy.courses:
        for name, text in _facts(course, composer.locale):
            facts[f"{course.id}.{name}"] = text
            if course in composer.courses:
                facts.setdefault(name, text)
    glossary = {term.term.lower(): pick(term.plain, audience.id) or "" for term in library.terms.values()}
    english = library.documents["term"].english if library.language else {}
    for index, term in enumerate(library.terms.values() if english else ()):
        glossary[f"={english.get(('terms', index, 'term'), term.term)}".lower()] = glossary[term.term.lower()]
    return Marks(
        sources=library.sources,
        glossary=glossary,
        facts=facts,
        consensus=composer.locale.words["consensus"],
        consensus_mark=composer.locale.words["mark-consensus"] if composer.in_full else "",
        numbers=audience.cite == "numbers",
        inline=audience.explain == "inline",
    )


def _facts(course: Course, locale: Locale) -> Iterator[tuple[str, str]]:
    if course.sessions:
        yield "sessions", wording.span(course.sessions, locale)
    if course.length:
        yield "length", wording.span(course.length, locale)
    if course.every:
        yield "every", wording.every(course.every, locale)
