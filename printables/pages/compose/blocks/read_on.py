"""The blocks that lead on: sheets that go with a leaflet, and organisations of the region."""

from __future__ import annotations

from printables.library.regions import Organisation
from printables.library.related import broad, sheet_readers
from printables.pages.compose.blocks.references import shown_address
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block

MOST = 3
"""Organisations: a reader needs somewhere to go on, not a directory."""


def organisations(composer: Composer, show: str) -> Block | None:
    """The region's organisations for this reader and the conditions that the therapy is for, as far as they were read.

    First come those for most of its conditions; of these, those that are for the fewest others.
    """
    library, audience = composer.library, composer.audience
    treated = {claim.condition for claim in composer.therapy.claims if claim.population in audience.populations}
    known = {name for name in treated if name in library.conditions}

    def meant(one: Organisation) -> int:
        if not one.conditions:
            return len(known)
        return sum(name in one.conditions or broad(library, name) in one.conditions for name in known)

    fitting = [
        one
        for one in composer.region.organisations
        if audience.id in one.readers and one.status != "unchecked" and meant(one)
    ]
    fitting.sort(key=lambda one: (-meant(one), len(one.conditions) or len(library.conditions)))
    rows = [
        {"name": one.name, "about": one.about.rstrip("."), "address": one.web, "shown": shown_address(one.web)}
        for one in fitting[:MOST]
    ]
    return Block("organisations", show, {"rows": rows}) if rows else None


def worksheets(composer: Composer, show: str) -> Block | None:
    """The sheets of the record that are for this reader or this reader's child, and where to get them."""
    sheets = [composer.library.worksheets[name] for name in composer.therapy.worksheets if _is_there(composer, name)]
    readers = sheet_readers(composer.library, composer.audience)
    mine = [
        {"id": sheet.id, "title": sheet.titles[whose].title}
        for sheet in sheets
        if (whose := next((one for one in readers if one in sheet.titles), None))
    ]
    web = composer.library.publisher.web
    data = {"sheets": mine, "address": web, "shown": shown_address(web) if web else None}
    return Block("worksheets", show, data) if mine else None


def _is_there(composer: Composer, name: str) -> bool:
    return name in composer.library.worksheets


BLOCKS = (
    BlockKind(
        "organisations",
        "organisations of the region for this reader and these conditions, 3 at most",
        organisations,
        record="region",
        key=("organisations",),
        why_left_out="the region names no organisation for this reader and these conditions that somebody has read",
    ),
    BlockKind(
        "worksheets",
        "the therapy's worksheets for this reader, and where to get them",
        worksheets,
        key=("worksheets",),
        why_left_out="the therapy has no worksheet for this reader",
    ),
)
