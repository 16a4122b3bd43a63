"""Step 3 page: a worksheet becomes a leaflet as data, so that rendering, checks and publishing are shared.

Its sections are what to do first, its parts in their order, and the help numbers of the region. The rule on words is
that of leaflets: teenagers never get another reader's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from printables.library.library import Library, pick
from printables.library.worksheets import Worksheet
from printables.pages.compose import wording
from printables.pages.compose.approval import approvals_of, approved
from printables.pages.compose.blocks.help_now import help_now
from printables.pages.compose.blocks.references import glossary, sources
from printables.pages.compose.compose import cited
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Leaflet, LeafletStyle, Section
from printables.pages.compose.stamp import stamped
from printables.pages.compose.worksheet_parts import part_block
from printables.pages.compose.worksheet_writer import WorksheetWriter
from printables.plan import Item
from printables.problems import Problem


def compose_worksheet(library: Library, item: Item) -> tuple[Leaflet, list[Problem]]:
    """The worksheet of `item` as a leaflet, and what is wrong with it."""
    leaflet, problems = _compose(library, item)
    leaflet = stamped(leaflet)
    shared = _compose(library, dataclasses.replace(item, clinic=None))[0] if item.clinic else leaflet
    return approved(leaflet, shared, [given for given, _ in approvals_of(library, item)]), problems


def _compose(library: Library, item: Item) -> tuple[Leaflet, list[Problem]]:
    """The worksheet as if nobody had approved it."""
    composer = Composer(library, item)
    sheet = library.worksheets[item.record]
    sections = tuple(_sections(composer, WorksheetWriter(composer, sheet)))
    problems = [
        dataclasses.replace(problem, therapy=item.record, audience=item.audience)
        for problem in composer.converter.marks.problems
    ]
    return _leaflet(composer, sheet, sections), problems


def _sections(composer: Composer, writer: WorksheetWriter) -> Iterator[Section]:
    yield Section("start", "", (_note(writer, "start"),))
    for index, part in enumerate(writer.sheet.parts):
        heading, block = part_block(writer, index, part)
        yield Section(part.id, heading, (block,), you=False)
    yield from _cited_and_explained(composer)
    yield Section("help-now", "", (_help(composer, writer),))
    yield Section("about", "", (_about(composer, writer.sheet),), you=False)


def _note(writer: WorksheetWriter, name: str) -> Block:
    writer.section = name
    words = writer.text(getattr(writer.sheet, name), name)
    return Block("ws-start", name, {"html": words.html if words else None}, writer.take())


def _help(composer: Composer, writer: WorksheetWriter) -> Block:
    """What to do if it stirs things up, and every help line of the region for this reader, in few words."""
    note = _note(writer, "care")
    numbers = help_now(composer, "help-now")
    if numbers is None:
        reader = composer.audience
        what = f'"help-now" has nothing for {reader.name[composer.item.language]}.'
        composer.error(("help_now",), what, f'Write "{reader.id}:" under help_now.', "region")
    lines = [_short_line(line) for line in numbers.data["every_line"]["lines"]] if numbers else []
    return Block("ws-help", "help-now", {**note.data, "lines": lines}, note.words)


def _short_line(line: dict[str, str]) -> dict[str, str]:
    """The name of a help line and what to do; `clinic` marks a clinic's own."""
    return {"name": line["name"], "how": line["how"]} | {k: line[k] for k in ("clinic",) if k in line}


def _cited_and_explained(composer: Composer) -> Iterator[Section]:
    """The sources and terms of a sheet that has any."""
    for name, build in (("words-explained", glossary), ("references", sources)):
        block = build(composer, name)
        if block:
            heading = pick(composer.locale.headings[name], composer.audience.id) or ""
            yield Section(name, heading, (block,), you=False)


def _about(composer: Composer, sheet: Worksheet) -> Block:
    review = sheet.review
    data = {
        "code": _code(composer, sheet),
        "next_review": wording.day(review.next_review, composer.locale),
        "overdue": review.next_review < composer.item.today,
        "approval": None,
        **composer.draft(),
    }
    return Block("ws-about", "about", data)


def _code(composer: Composer, sheet: Worksheet) -> str:
    """The code that is printed on the sheet, such as WS-CIRCLES-ADULT-EN-1.0 (standards A22)."""
    return f"WS-{sheet.code}-{composer.audience.code}-{sheet.language.upper()}-{sheet.version}"


def _leaflet(composer: Composer, sheet: Worksheet, sections: tuple[Section, ...]) -> Leaflet:
    audience, language, marks = composer.audience, sheet.language, composer.converter.marks
    title = sheet.titles[audience.id]
    return Leaflet(
        item=composer.item,
        look=LeafletStyle(audience.id, composer.item.edition, direction=composer.locale.direction),
        audience=audience,
        locale=composer.locale,
        region=composer.region,
        title=title.title,
        purpose=title.purpose,
        label=audience.label[language],
        code=_code(composer, sheet),
        version=sheet.version,
        publisher=composer.clinic.name if composer.clinic else composer.library.publisher.name,
        running=composer.t("ws-running", title=title.title, audience=audience.name[language]),
        last_review=sheet.review.last_review.isoformat(),
        next_review=sheet.review.next_review.isoformat(),
        approved=False,
        sections=sections,
        sources=tuple(cited(composer)),
        terms=tuple(marks.explained.values()),
        logo=composer.logo(),
    )
