"""The block of a made-up example: panels, an exchange of words, or prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from printables.library.parts import Said
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words


def example(composer: Composer, show: str) -> Block | None:
    """How it might go; on the start of the line is whom the record names as `reader`, or whoever speaks first."""
    whose = composer.whose(composer.therapy.example)
    if whose is None:
        return _prose(composer, show)
    given, key = composer.therapy.example[whose], ("example", whose)
    words: list[Words] = []

    def read(text: str | None, *rest: str | int, line: bool = False) -> Any:
        if text is None:
            return None
        words.append(composer.text(text, whose, *key, *rest, line=line))
        return words[-1].html

    people = list(dict.fromkeys([*([given.reader] if given.reader else []), *given.speakers]))
    lead = read(given.lead, "lead")
    panels = [
        {
            "html": read(panel.lead, "panels", number, "lead", line=True),
            "said": _said(composer, panel.said, people, read, ("panels", number, "said")),
        }
        for number, panel in enumerate(given.panels)
    ]
    exchange = _said(composer, given.exchange, people, read, ("exchange",))
    data = {"lead": lead, "panels": panels, "exchange": exchange, "html": None, "end": read(given.end, "end")}
    return Block("example", show, data, tuple(words))


def _said(
    composer: Composer, turns: Sequence[Said], people: Sequence[str], read: Any, key: tuple[str | int, ...]
) -> list[dict[str, Any]]:
    return [
        {
            "who": composer.t("example-says" if one.says else "example-thinks", who=one.who),
            "html": read(one.says or one.thinks, *key, number, "says" if one.says else "thinks", line=True),
            "thought": one.thinks is not None,
            "first": one.who == people[0],
            "third": one.who in people[2:],
        }
        for number, one in enumerate(turns)
    ]


def _prose(composer: Composer, show: str) -> Block | None:
    key = ("sections", "example")
    words = composer.words(composer.therapy.sections.example, "therapy", composer.therapy.id, key)
    data: dict[str, Any] = {"lead": None, "panels": [], "exchange": [], "end": None}
    return Block("example", show, {**data, "html": words.html}, (words,)) if words else None


BLOCKS = (
    BlockKind("example", "how it might go, with made-up people: panels, an exchange of words, or prose", example),
)
