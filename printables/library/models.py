"""Each kind of file and its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from printables import limits
from printables.library.approvals import Approvals
from printables.library.clinics import Clinic
from printables.library.fields import Record
from printables.library.language_settings import LanguageSettings
from printables.library.locales import Locale
from printables.library.packs import Pack
from printables.library.regions import Region
from printables.library.scenes import Scene
from printables.library.settings import Audience, Condition, Publisher, Source, Term
from printables.library.site import Site, SiteWords
from printables.library.therapies import Therapy
from printables.library.worksheets import Worksheet


class Sources(Record):
    """content/sources.yaml"""

    longest_list: ClassVar[int] = limits.SHARED_ROWS
    sources: list[Source] = Field(min_length=1)


class Conditions(Record):
    """content/conditions.yaml"""

    longest_list: ClassVar[int] = limits.SHARED_ROWS
    conditions: list[Condition] = Field(min_length=1)


class Glossary(Record):
    """content/glossary.yaml"""

    longest_list: ClassVar[int] = limits.SHARED_ROWS
    terms: list[Term] = Field(min_length=1)


MODELS: Mapping[str, type[Record]] = {
    "therapy": Therapy,
    "worksheet": Worksheet,
    "audience": Audience,
    "scene": Scene,
    "region": Region,
    "clinic": Clinic,
    "locale": Locale,
    "sources": Sources,
    "conditions": Conditions,
    "glossary": Glossary,
    "publisher": Publisher,
    "approvals": Approvals,
    "site": Site,
    "site-words": SiteWords,
    "pack": Pack,
    "language": LanguageSettings,
}
"""Each kind of file and its model; `printables schema` writes one JSON Schema for each."""
