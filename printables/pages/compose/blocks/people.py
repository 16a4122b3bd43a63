"""The block of people: a number out of 20 or 100, drawn and said, and the others to compare."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from printables.library.fields import Words as WordsByAudience
from printables.library.parts import People, Share
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words


def people(composer: Composer, show: str) -> Block | None:
    """The numbers of the record that have words for this reader, each with its caption and the mark of its sources."""
    words: list[Words] = []
    given = composer.therapy.people
    rows = [row for number, one in enumerate(given) if (row := _row(composer, number, one, words))]
    return Block("people", show, {"rows": rows}, tuple(words)) if rows else None


def _row(composer: Composer, number: int, one: People, words: list[Words]) -> dict[str, Any] | None:
    def read(text: WordsByAudience, *key: str) -> Words | None:
        return composer.words(text, "therapy", composer.therapy.id, ("people", number, *key), line=True)

    def share(of: People | Share, *key: str) -> list[tuple[int, Words]]:
        found = read(of.words, *key, "words")
        return [(of.count, found)] if found else []

    if not composer.whose(one.words):
        return None
    caption = read(one.caption, "caption")
    shares = [*share(one), *(share(one.against, "against") if one.against else [])]
    texts = [*([caption] if caption else []), *(text for _, text in shares)]
    words += texts
    # Whoever writes the mark into the words has put it where it belongs.
    cites = Markup("") if any("{@" in text.text for text in texts) else composer.cites(one.sources)
    drawn = [
        {
            "count": count,
            "of": one.of,
            "said": composer.t("people-said", count=count, of=one.of),
            "html": text.html if caption else text.html + cites,
        }
        for count, text in shares
    ]
    return {"caption": caption.html + cites if caption else None, "shares": drawn}


BLOCKS = (BlockKind("people", "numbers out of 20 or 100 people, drawn and said, also to compare", people),)
