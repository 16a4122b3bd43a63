"""A worksheet as a form on a web page: the fields of its PDF in their order, in groups that make sense on a phone.

It is made from the data of the printed page, so that neither can have a field that the other lacks. A table or a
drawing becomes a group of fields for each of its rows: a day, a rung, a night. Each label is what the PDF says of its
field to a screen reader, less what the heading of the group says already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from printables.pages.compose.leaflet import Block, Leaflet, Section
from printables.pages.compose.wording import sentence_case
from printables.pages.formats.web_page import with_links
from printables.pages.templates.render import Pages

DRAWN = ("ws-circles", "ws-night", "ws-nights")
"""Parts with a drawing to write or draw on, which stays on paper."""
FRAME = ("start", "words-explained", "references", "help-now", "about")
"""Sections without fields, which look as they do on paper."""
NUMBERED = ("ws-nights",)
"""Parts whose columns are numbered on paper, since their words speak of the numbers."""
FOLDED = 60
"""A part with more fields than this has its groups folded away, so that nobody scrolls past days to reach today."""

Data = Mapping[str, Any]


@dataclass(frozen=True)
class FormField:
    """One field. `kind` is that of the PDF: line, lines or tick. A `short` one holds a number or a time."""

    name: str
    label: str
    kind: str
    lines: int
    short: bool
    example: str


@dataclass(frozen=True)
class FormGroup:
    """Fields under one heading; without a heading, they stand by themselves."""

    heading: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class Scale:
    """Points of which one is marked, and what the lowest and the highest mean."""

    name: str
    points: tuple[str, ...]
    low: str
    high: str


@dataclass(frozen=True)
class FormPart:
    """One part of the worksheet."""

    id: str
    heading: str
    html: str
    """What to do here, as safe markup."""
    example: tuple[tuple[str, str], ...]
    """A made-up row: what each column asks, and the answer."""
    groups: tuple[FormGroup, ...]
    folded: bool
    scale: Scale | None
    drawn: bool


@dataclass(frozen=True)
class Form:
    """A whole worksheet: its parts, and what stands before and behind them, each with its heading."""

    start: Markup
    parts: tuple[FormPart, ...]
    end: tuple[tuple[str, str, Markup], ...]
    """Id, heading and markup of terms, sources, help lines and version."""

    def said(self) -> str:
        """Return all headings of groups and labels of fields, which the published text need not have."""
        groups = [group for part in self.parts for group in part.groups]
        return " ".join([*(one.heading for one in groups), *(field.label for one in groups for field in one.fields)])


def form_of(leaflet: Leaflet, pages: Pages) -> Form:
    """Return the form of a composed worksheet. Raises BadTemplate."""

    def printed(block: Block) -> Markup:
        markup = pages.part("_site/printed.html", leaflet, block=block)
        return Markup(with_links(markup, leaflet.locale.phone))  # noqa: S704 - our own template

    frame = {one.id: one for one in leaflet.sections if one.id in FRAME}
    start = frame.pop("start")
    return Form(
        start=printed(start.blocks[0]),
        parts=tuple(_part(one) for one in leaflet.sections if one.id not in FRAME),
        end=tuple((one.id, one.heading, printed(one.blocks[0])) for one in frame.values()),
    )


def _part(section: Section) -> FormPart:
    (block,) = section.blocks
    found = {one["name"]: (one, example) for one, example in _fields(block.data)}
    scale = _scale(section.id, block.data) if block.component == "ws-scale" else None
    return FormPart(
        id=section.id,
        heading=section.heading,
        html=block.data.get("html") or "",
        example=tuple(_made_up(block.data, numbered=block.component in NUMBERED)),
        groups=() if scale else tuple(_groups(found.values(), numbered=block.component in NUMBERED)),
        folded=len(found) > FOLDED,
        scale=scale,
        drawn=block.component in DRAWN,
    )


def _fields(data: Any) -> Iterator[tuple[Data, str]]:
    """Yield the fields in their order, each with its made-up answer; some stand in the data again for narrow paper."""
    if isinstance(data, list | tuple):
        for one in data:
            yield from _fields(one)
    elif isinstance(data, Mapping) and "tip" in data:
        yield data, ""
    elif isinstance(data, Mapping) and "field" in data:
        yield data["field"], data.get("example") or ""
    elif isinstance(data, Mapping):
        for one in data.values():
            yield from _fields(one)


def _groups(found: Iterable[tuple[Data, str]], *, numbered: bool) -> Iterator[FormGroup]:
    """Yield the fields by what they belong to, in the order of its first field. Groups of one are none."""
    found = tuple(found)
    groups: dict[str, list[tuple[Data, str]]] = {}
    for one, example in found:
        groups.setdefault(one.get("within", ""), []).append((one, example))
    if len(groups) == len(found) > 0:
        groups = {"": [*found]}
    for name, fields in groups.items():
        pairs = [(one, example, one["asks"] if name else one["tip"]) for one, example in fields]
        labels = _labels([label for _, _, label in pairs], numbered=numbered)
        yield FormGroup(name, tuple(_field(*pair[:2], label) for pair, label in zip(pairs, labels, strict=True)))


def _labels(asked: Iterable[str], *, numbered: bool) -> Iterator[str]:
    for number, label in enumerate(asked, start=1):
        yield f"{number}. {sentence_case(label)}" if numbered else sentence_case(label)


def _field(one: Data, example: str, label: str) -> FormField:
    return FormField(one["name"], label, one["kind"], one["lines"], "middle" in one, example)


def _scale(name: str, data: Data) -> Scale:
    return Scale(name, tuple(point["value"] for point in data["points"]), data["low"], data["high"])


def _made_up(data: Data, *, numbered: bool) -> Iterator[tuple[str, str]]:
    """Yield what is asked and the made-up answer, for all of a table or drawing that has one."""
    asked = [one for name in ("columns", "steps", "ratings", "beside") for one in data.get(name, ())]
    found = [*([data["what"]] if "what" in data else []), *asked, data]
    labels = _labels([one.get("label", "") for one in found], numbered=numbered)
    for one, label in zip(found, labels, strict=True):
        if one.get("label") and one.get("example"):
            yield label, one["example"]
