"""A card with crisis numbers for one audience of a region, or of a clinic: what stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from printables.library.clinics import Clinic
from printables.library.library import Library
from printables.library.locales import Locale
from printables.library.regions import Region
from printables.library.settings import Audience
from printables.pages.compose import wording
from printables.pages.compose.blocks.help_now import common_hours, help_lines
from printables.pages.compose.stamp import letters_of

PLAN = ("own-card-ring", "own-card-team", "own-card-calm", "own-card-place")
"""The words of the locale for the lines of the own plan on the back, in this order."""
SAY, OTHERS_SAY = "card-say", {"parents": "card-say-parents"}
"""The word of the locale for the sentence to show; for some readers another one."""


@dataclass(frozen=True)
class CardSize:
    """A size of card: how many stand beside and below each other on A4, and what there is room for on it."""

    across: int
    down: int
    plan: int
    """Labelled lines of the own plan."""
    blank: int
    """Lines without a label."""
    for_whom: bool
    """Whether each help line says for whom it is."""

    @property
    def name(self) -> str:
        """Its name in the style sheet: size-8."""
        return f"size-{self.across * self.down}"


SIZES = (
    CardSize(2, 4, plan=1, blank=0, for_whom=False),
    CardSize(2, 3, plan=3, blank=0, for_whom=True),
    CardSize(2, 2, plan=4, blank=3, for_whom=True),
    CardSize(2, 1, plan=4, blank=12, for_whom=True),
)
"""From the smallest, A7, to half a sheet. A card is printed in the first that holds its words."""


@dataclass(frozen=True)
class Card:
    """The words of one card."""

    audience: Audience
    locale: Locale
    region: Region
    clinic: Clinic | None
    lines: tuple[Mapping[str, str], ...]
    hours: str | None
    say: str
    """A sentence to show to somebody."""
    checked: str | None
    """The day on which the oldest of its numbers was checked, in words; None if one was not."""
    publisher: str
    code: str
    last_review: str
    next_review: str


def cards(library: Library, region: Region, clinic: Clinic | None, audiences: Iterable[str]) -> list[Card]:
    """Return a card for each audience that gets handouts and has help lines in the region; all, if none is named.

    Easy Read has none: its letters and pictures would not fit on a card.
    """
    wanted = set(audiences)
    return [
        _card(library, region, clinic, audience)
        for audience in library.audiences.values()
        if not audience.not_a_handout
        and not audience.is_easy_read
        and audience.id in region.help_now
        and (audience.id in wanted or not wanted)
    ]


def _card(library: Library, region: Region, clinic: Clinic | None, audience: Audience) -> Card:
    locale = library.locales[region.language]
    lines = help_lines(region, audience.id, clinic)
    say = locale.words[OTHERS_SAY.get(audience.id, SAY)]
    checked = _checked(region, audience.id)
    publisher = clinic.name if clinic else library.publisher.name
    said: list[Any] = [lines, say, publisher, clinic.phone if clinic else None]
    return Card(
        audience=audience,
        locale=locale,
        region=region,
        clinic=clinic,
        lines=tuple(lines),
        hours=common_hours(lines, locale),
        say=say,
        checked=wording.day(checked, locale) if checked else None,
        publisher=publisher,
        code=f"CARD-{audience.code}-{region.language.upper()}-{letters_of(said)}",
        last_review=(checked or _first_checked(region)).isoformat(),
        next_review=min(library.sources[name].check_again for name in _sources(region, audience.id)).isoformat(),
    )


def _checked(region: Region, audience: str) -> date | None:
    days = [line.checked_on for line in region.help_lines if line.id in region.help_now[audience].lines]
    return min((day for day in days if day), default=None) if all(days) else None


def _first_checked(region: Region) -> date:
    """Return the day on which the first of the region's numbers was checked; some were not."""
    days = [line.checked_on for line in region.help_lines if line.checked_on]
    return min(days, default=date.min)


def _sources(region: Region, audience: str) -> list[str]:
    return [line.source for line in region.help_lines if line.id in region.help_now[audience].lines]
