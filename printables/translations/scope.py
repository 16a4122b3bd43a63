"""Which words some leaflets need, so that a translator gets these and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from printables.library.library import Library
from printables.library.regions import HelpLine, Organisation
from printables.library.settings import Audience, Condition
from printables.library.therapies import Therapy
from printables.library.worksheets import Worksheet
from printables.translations.catalogue import Catalogue, SourceText, Wanted
from printables.translations.marks import marks_in
from printables.translations.parts import Part

_NO_LEAFLETS = ("pack-", "poster-")
"""Beginnings of fixed words that stand in no leaflet and no worksheet."""


@dataclass(frozen=True)
class Chosen:
    """The records that are chosen; an empty list is all of them."""

    therapies: Sequence[str] = ()
    audiences: Sequence[str] = ()
    regions: Sequence[str] = ()
    clinics: Sequence[str] = ()


@dataclass(frozen=True)
class Scope:
    """What the chosen leaflets need of the library, with the worksheets that they name."""

    library: Library
    chosen: Chosen
    readers: Mapping[str, Audience] = field(default_factory=dict)
    therapies: Mapping[str, Therapy] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library, chosen: Chosen) -> Scope:
        """Return the scope of what is chosen; the ids must exist."""
        readers = {name: library.audiences[name] for name in chosen.audiences or library.audiences}
        therapies = {name: library.therapies[name] for name in chosen.therapies or library.therapies}
        return cls(library, chosen, readers, therapies)

    @property
    def whole(self) -> bool:
        """Whether nothing was chosen, so that everything is needed."""
        return self.chosen == Chosen()

    @property
    def worksheets(self) -> set[str]:
        """The worksheets that the therapies name."""
        return {sheet for therapy in self.therapies.values() for sheet in therapy.worksheets}

    def needs(self, part: Part) -> bool:
        """Return whether a file holds any of the words."""
        if self.whole:
            return True
        wanted: Mapping[str, Any] = {
            "therapy": self.therapies,
            "worksheet": self.worksheets,
            "audience": self.readers,
            "region": self.chosen.regions or self.library.regions,
            "clinic": self.chosen.clinics,
        }
        return part.kind in ("locale", "site-words", "publisher", "condition", "term") or part.id in wanted.get(
            part.kind, ()
        )

    def wanted(self) -> Wanted:
        """Return what the catalogue takes of a record."""
        if self.whole:
            return Wanted()
        readers = {name: audience.fallback for name, audience in self.readers.items()}
        return Wanted(frozenset(self.library.audiences), readers, self._takes)

    def _takes(self, model: type[BaseModel], value: Mapping[str, Any]) -> bool:
        if model is HelpLine:
            return any(value.get("id") in lines for lines in self._help_lines().values())
        if model is Organisation:
            about = value.get("conditions")
            read = {*value.get("readers", ())} & self.readers.keys()
            return bool(read) and (not about or bool({*about} & self._conditions()))
        if model is Condition:
            return value.get("id") in self._conditions()
        return True

    def _help_lines(self) -> dict[str, set[str]]:
        return {
            region.id: {
                line for name in self.readers if name in region.help_now for line in region.help_now[name].lines
            }
            for region in self.library.regions.values()
        }

    def _conditions(self) -> set[str]:
        """The conditions that the therapies name, with the broader ones."""
        found = {claim.condition for therapy in self.therapies.values() for claim in therapy.claims}
        above = {self.library.conditions[name].part_of for name in found & self.library.conditions.keys()}
        return found | {name for name in above if name}

    def texts(
        self, parts: Sequence[Part], language: str, forms: Sequence[str]
    ) -> Iterator[tuple[Part, list[SourceText]]]:
        """Yield each file that is needed, with its texts; the glossary last, with the terms that the others name."""
        catalogue = Catalogue(language, forms, self.library.scenes, self.wanted())
        named: set[str] = set()
        needed = sorted((part for part in parts if self.needs(part)), key=lambda part: part.kind == "term")
        for part in needed:
            found = [
                text for text in catalogue.texts(part.model, part.document.value) if self._keeps(part, text, named)
            ]
            named |= {mark.name.lower() for text in found for mark in marks_in(text.english) if mark.kind == "glossary"}
            if found:
                yield part, found

    def _keeps(self, part: Part, text: SourceText, terms: set[str]) -> bool:
        if self.whole:
            return True
        if part.kind == "term":
            return self._term(part, text).lower() in terms
        return part.kind != "locale" or self._fixed_word(text.key)

    def _term(self, part: Part, text: SourceText) -> str:
        value: Any = part.document.value
        return str(value["terms"][text.key[1]]["term"])

    def _fixed_word(self, key: Sequence[str | int]) -> bool:
        """Return whether a leaflet or a worksheet for the readers may have this fixed word."""
        group, name = str(key[0]), str(key[1])
        if group == "headings":
            return name in {section.id for audience in self.readers.values() for section in audience.sections}
        if group != "words":
            return True
        if name.startswith(_NO_LEAFLETS) or (name.startswith("ws-") and not self.worksheets):
            return False
        if any(name.endswith(f"-{other}") for other in self.library.audiences if other not in self.readers):
            return False
        if name.startswith("scene-"):
            scenes = self.library.scenes
            scene = max((one for one in scenes if re.match(rf"scene-{one}(-|$)", name)), key=len, default="")
            return not scene or scene in self._scenes()
        return True

    def _scenes(self) -> set[str]:
        sheets = [self.library.worksheets[name] for name in self.worksheets if name in self.library.worksheets]
        records: list[Therapy | Worksheet] = [*self.therapies.values(), *sheets]
        titles = [record.titles.get(name) for record in records for name in self.readers]
        return {title.scene.draws for title in titles if title and title.scene}
