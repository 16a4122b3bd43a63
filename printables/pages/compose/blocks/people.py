"""The block of people: a number out of 20 or 100, drawn and said."""

from __future__ import annotations

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words


def people(composer: Composer, show: str) -> Block | None:
    """The numbers of the record that have words for this reader."""
    words: list[Words] = []
    rows = []
    for number, one in enumerate(composer.therapy.people):
        found = composer.words(one.words, "therapy", composer.therapy.id, ("people", number, "words"), line=True)
        if found:
            words.append(found)
            said = composer.t("people-said", count=one.count, of=one.of)
            rows.append({"count": one.count, "of": one.of, "said": said, "html": found.html})
    return Block("people", show, {"rows": rows}, tuple(words)) if rows else None


BLOCKS = (BlockKind("people", "numbers out of 20 or 100 people, drawn and said", people),)
