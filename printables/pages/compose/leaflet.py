"""One leaflet as data: what stands on it, in which order, and where each of its words comes from."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from printables.library.editions import USUAL, Edition
from printables.library.language_settings import Direction
from printables.library.library import Place
from printables.library.locales import Locale
from printables.library.regions import Region
from printables.library.settings import Audience
from printables.pages.compose.source_lines import SourceBlock
from printables.plan import Item


@dataclass(frozen=True)
class Words:
    """A text as the author wrote it, as HTML and as blocks. `audience` is whose words they are; `name` is their key."""

    text: str
    html: Markup
    blocks: tuple[SourceBlock, ...]
    place: Place
    audience: str
    name: str
    pictures: tuple[str, ...] = ()
    """In Easy Read, the picture beside each of its lines; "" where the author named none."""

    @functools.cached_property
    def plain(self) -> str:
        """What is printed of it, without the numbers of sources: a line for each block."""
        return "\n".join(block.text for block in self.blocks)

    def place_of(self, offset: int) -> Place:
        """The line of the file on which what stands at `offset` of `plain` was typed."""
        for block in self.blocks:
            if offset <= len(block.text):
                return Place(self.place.path, block.line_at(offset))
            offset -= len(block.text) + 1
        return Place(self.place.path, self.place.line)


@dataclass(frozen=True)
class Block:
    """One component with its data, and the author's words that are in it."""

    component: str
    show: str
    data: Mapping[str, Any]
    words: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading and its blocks. `you` says whether it must speak to the reader."""

    id: str
    heading: str
    blocks: tuple[Block, ...]
    you: bool = True


@dataclass(frozen=True)
class Cited:
    """A source as it is listed on the leaflet."""

    number: int
    id: str
    title: str
    organisation: str
    year: str | None
    address: str


@dataclass(frozen=True)
class LeafletStyle:
    """Which style sheet a leaflet gets. `brand` holds the tokens that a clinic's colour sets."""

    audience: str
    edition: Edition = USUAL
    brand: tuple[tuple[str, str], ...] = ()
    direction: Direction = "ltr"


@dataclass(frozen=True)
class LeafletPicture:
    """A picture as a template shows it: the file's name among those of the leaflet, and what it shows in words."""

    src: str
    alt: str


@dataclass(frozen=True)
class NumberToRing:
    """A number to ring, and what to know of it in a few words. `clinic` marks a clinic's own line, said whole."""

    number: str
    in_brief: str
    how: str = ""
    """The line in full, which says whether to call or to text."""
    clinic: bool = False


@dataclass(frozen=True)
class Leaflet:
    """All that the templates print. They decide nothing."""

    item: Item
    look: LeafletStyle
    audience: Audience
    locale: Locale
    region: Region
    title: str
    purpose: str
    label: str
    code: str
    version: str
    publisher: str
    running: str
    """The line at the foot of every page."""
    last_review: str
    next_review: str
    approved: bool
    """Whether somebody approved these words in this version for this reader."""
    sections: tuple[Section, ...]
    sources: tuple[Cited, ...]
    terms: tuple[tuple[str, str], ...]
    not_shown: tuple[tuple[str, str], ...] = ()
    """Optional blocks that were left out, each with the reason: for `explain` and the proof."""
    content: str = ""
    """The number of its words, as an approval names it."""
    logo: LeafletPicture | None = None
    numbers: tuple[NumberToRing, ...] = ()
    """Help lines whose numbers stand on page 1 already; empty for a reader who only needs to know where they are."""
    scene: Block | None = None
    """The drawing beside the title."""
    cover: str | None = None
    """What a private cover says in place of the title; None where there is no such cover."""

    @property
    def document_title(self) -> str:
        """What a window's bar shows."""
        return self.cover or f"{self.title}: {self.audience.name[self.item.language]}"

    @property
    def numbers_first(self) -> bool:
        """Whether page 1 has the numbers to ring.

        Where few letters fit, it belongs to what its readers must find there. It then says only where the numbers are,
        as it does for a reader who needs none.
        """
        short_of_room = "narrow" in self.look.edition.styles and self.audience.first_page
        return bool(self.numbers) and not short_of_room

    def dressed(self, look: LeafletStyle) -> Leaflet:
        """The same leaflet in this look, with the cover that its edition has; the ink saver prints no logo."""
        cover = self.locale.words["private-title"] if look.edition.private_cover else None
        logo = None if look.edition.ink_saver else self.logo
        return dataclasses.replace(self, look=look, cover=cover, logo=logo)

    def words(self) -> list[tuple[Section, Words]]:
        """Every text of the leaflet in reading order, with its section."""
        return [(section, words) for section in self.sections for block in section.blocks for words in block.words]

    def first_words(self, section: str) -> Words | None:
        """The words with which the section of this id begins, where an author wrote any."""
        return next((words for inside, words in self.words() if inside.id == section), None)
