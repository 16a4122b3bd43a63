"""Step 3 page, first half: an item of the plan → one leaflet as data.

The audience's section list is the allow-list: what is not listed is not shown. Words are taken from the reader's own
audience, or from the fallback that the record names; a required block without words is an error, an optional one is
left out.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from printables.library.library import Library, pick
from printables.library.settings import BlockSetting, SectionSetting
from printables.pages.compose import picture_lines
from printables.pages.compose.approval import approvals_of, approved
from printables.pages.compose.blocks.help_now import numbers_on_page_1
from printables.pages.compose.blocks.registry import kind_of
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Cited, Leaflet, LeafletStyle, Section
from printables.pages.compose.scene import scene_of
from printables.pages.compose.stamp import stamped
from printables.plan import Item
from printables.problems import Problem

LONGEST_FOOT = 74
"""Characters that stand beside the page number on one line; measured on the professionals' A4 page."""
LONGEST_FOOT_OF_HANDOUT = 46
"""The same for patients, who may want large print: there 47 characters run off, measured on A4 and Letter."""


def compose(library: Library, item: Item) -> tuple[Leaflet, list[Problem]]:
    """The leaflet of `item`, and what is wrong with it."""
    leaflet, problems = _compose(library, item)
    leaflet = stamped(leaflet)
    shared = _compose(library, dataclasses.replace(item, clinic=None))[0] if item.clinic else leaflet
    return approved(leaflet, shared, [given for given, _ in approvals_of(library, item)]), problems


def _compose(library: Library, item: Item) -> tuple[Leaflet, list[Problem]]:
    """The leaflet as if nobody had approved it."""
    composer = Composer(library, item)
    made: dict[tuple[int, int], Block | None] = {}
    order = [(i, j) for i, section in enumerate(composer.audience.sections) for j in range(len(section.blocks))]
    settings = {(i, j): composer.audience.sections[i].blocks[j] for i, j in order}
    for place in sorted(order, key=lambda place: kind_of(settings[place].show).last):
        made[place] = _block(composer, settings[place])
    sections = tuple(
        _section(composer, section, [made[i, j] for j in range(len(section.blocks))])
        for i, section in enumerate(composer.audience.sections)
    )
    problems = [
        dataclasses.replace(problem, therapy=item.therapy, audience=item.audience)
        for problem in composer.converter.marks.problems
    ]
    return _leaflet(composer, tuple(section for section in sections if section.blocks)), problems


def _section(composer: Composer, section: SectionSetting, blocks: list[Block | None]) -> Section:
    heading = ""
    if section.heading:
        names = composer.locale.headings[section.id]
        heading = (pick(names, composer.audience.id) or "").format(abbreviation=composer.therapy.short_name)
    return Section(section.id, heading, tuple(block for block in blocks if block), section.you)


def _block(composer: Composer, setting: BlockSetting) -> Block | None:
    block = kind_of(setting.show).compose(composer, setting.show)
    if block is None:
        _missing(composer, setting)
        return None
    if composer.audience.is_easy_read and block.words:
        block = dataclasses.replace(
            block, data={**block.data, **picture_lines.rows(block.words, composer.own_pictures())}
        )
    return dataclasses.replace(block, component=setting.as_ or block.component)


def _missing(composer: Composer, setting: BlockSetting) -> None:
    audience, show, kind = composer.audience.id, setting.show, kind_of(setting.show)
    if setting.optional:
        composer.not_shown.append((show, kind.why_left_out))
        return
    what = f'"{show}" has nothing for {composer.audience.name[composer.item.language]}.'
    populations = " or ".join(composer.audience.populations)
    composer.error(kind.key, what, kind.mend.format(audience=audience, show=show, populations=populations), kind.record)


def _leaflet(composer: Composer, sections: tuple[Section, ...]) -> Leaflet:
    therapy, audience, locale = composer.therapy, composer.audience, composer.locale
    marks, language = composer.converter.marks, therapy.language
    title = therapy.titles[audience.id]
    publisher = composer.clinic.name if composer.clinic else composer.library.publisher.name
    return Leaflet(
        item=composer.item,
        look=LeafletStyle(audience.id, composer.item.edition, direction=composer.locale.direction),
        audience=audience,
        locale=locale,
        region=composer.region,
        title=title.title,
        purpose=title.purpose,
        label=audience.label[language],
        code=composer.code(audience),
        version=therapy.version,
        publisher=publisher,
        running=_running(composer),
        last_review=therapy.review.last_evidence_review.isoformat(),
        next_review=therapy.review.next_review.isoformat(),
        approved=False,
        sections=sections,
        sources=tuple(cited(composer)),
        terms=tuple(marks.explained.values()),
        not_shown=tuple(composer.not_shown),
        logo=composer.logo(),
        numbers=tuple(numbers_on_page_1(composer)),
        scene=scene_of(composer),
    )


def _running(composer: Composer) -> str:
    """The line at the foot of every page, and one line only: a long name gives way to its abbreviation or its code."""
    name = "running-not-a-handout" if composer.audience.not_a_handout else "running"
    therapy, reader = composer.therapy, composer.audience.name[composer.item.language]
    if composer.audience.is_easy_read:
        label = composer.audience.label[composer.item.language]
        name, reader = "running-easy-read", label[:1].lower() + label[1:]
    full = composer.t(name, therapy=therapy.name, audience=reader)
    if len(full) <= (LONGEST_FOOT if composer.audience.not_a_handout else LONGEST_FOOT_OF_HANDOUT):
        return full
    short = composer.t(name, therapy=therapy.abbreviation or therapy.code, audience=reader)
    return short[:1].upper() + short[1:]


def cited(composer: Composer) -> Iterator[Cited]:
    for number, name in enumerate(composer.converter.marks.cited, 1):
        source = composer.library.sources[name]
        yield Cited(number, name, source.title, source.organisation, source.year, source.address)
