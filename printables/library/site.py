"""Settings of the website: address, editions, wording."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from printables.library.crisis import CrisisWords
from printables.library.editions import USUAL, EditionName, edition
from printables.library.everyday import EverydayWords
from printables.library.fields import Address, Language, Line, Record, Slug, Text, wrong

OFFERED = tuple(edition(name) for name in ("a4", "a4-large-print", "a4-ink-saver", "a5-booklet-private-cover"))
"""The website's default editions."""


class Site(Record):
    """The website's settings: content/site.yaml. All are optional."""

    address: Address | None = Field(
        None,
        description="Where it will stand, such as https://leaflets.example.org/; search engines need it, and missing "
        "pages where the website stands below a folder of its host.",
    )
    editions: list[EditionName] = Field(
        default_factory=lambda: list(OFFERED), description="Which editions it offers; the usual one is always there."
    )

    @field_validator("editions")
    @classmethod
    def _with_the_usual_one(cls, editions: list[EditionName]) -> list[EditionName]:
        if len(set(editions)) < len(editions):
            raise wrong("An edition is named twice.", "Keep one of the two.")
        return list(dict.fromkeys([USUAL, *editions]))


class SitePage(Record):
    """One page of running text."""

    title: Line
    lead: Line = Field(description="What the page is about, in one sentence; search engines show it.")
    text: Text


class SiteWords(Record):
    """The words of the website in one language: content/site/<language>.yaml."""

    language: Language
    words: dict[Slug, Line] = Field(description="Labels and short sentences; {names} are filled in.")
    crisis: CrisisWords = Field(description="Words by which the search knows that somebody may need help now.")
    search: EverydayWords = Field(
        default_factory=EverydayWords, description="What visitors type, and what they mean by it."
    )
    pages: dict[Literal["about", "how-made", "accessibility"], SitePage]
