"""The blocks that list what the others used: terms and sources. They are composed after all others."""

from __future__ import annotations

from printables.library.settings import Source
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block

LONGEST_ADDRESS = 44
"""Nobody types more characters than this from paper."""


def glossary(composer: Composer, show: str) -> Block | None:
    """The terms that this leaflet explains in a box."""
    terms = sorted(composer.converter.marks.explained.values(), key=lambda pair: pair[0].lower())
    if not terms or composer.audience.explain != "box":
        return None
    return Block("glossary", show, {"terms": [{"term": term, "plain": plain} for term, plain in terms]})


def sources(composer: Composer, show: str) -> Block | None:
    """The sources cited on this leaflet, by their numbers; where its words cite none, those of the course."""
    if not composer.item.worksheet:
        _cite_courses(composer)
    cited = [composer.library.sources[name] for name in composer.converter.marks.cited]
    rows = [
        {
            "number": number,
            "title": _title(composer, source),
            "address": source.address,
            "shown": shown_address(source.address),
        }
        | {"by": _by(composer, source)}
        for number, source in enumerate(cited, 1)
    ]
    return Block("sources", show, {"rows": rows}) if rows else None


def _cite_courses(composer: Composer) -> None:
    """Cite the sources of the reader's courses where only the region's words, or none, cite one."""
    own = composer.library.summaries[composer.therapy.id].sources
    if set(own).isdisjoint(composer.converter.marks.cited):
        for name in (name for course in composer.courses for name in course.sources):
            composer.converter.marks.number(name)


def _by(composer: Composer, source: Source) -> str:
    if source.year is None:
        return composer.t("source-no-year", organisation=source.organisation)
    return composer.t("source-year", organisation=source.organisation, year=source.year)


def _title(composer: Composer, source: Source) -> str:
    return source.title if composer.in_full or source.short is None else source.short


def shown_address(address: str) -> str:
    """An address as it is printed: without https:// and www., and of one too long to type only the host.

    The link itself always holds the whole address.
    """
    bare = address.removeprefix("https://").removeprefix("www.").removesuffix("/")
    return bare if len(bare) <= LONGEST_ADDRESS else bare.split("/")[0]


BLOCKS = (
    BlockKind("glossary", "the terms explained on this leaflet", glossary, last=True),
    BlockKind(
        "sources",
        "the sources cited on this leaflet",
        sources,
        key=("claims",),
        mend="Cite a source in its words, {{@source-id}}, or add a claim for {populations}.",
        last=True,
    ),
)
