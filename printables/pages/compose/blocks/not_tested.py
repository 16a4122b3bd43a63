"""That nobody of its readers has looked at an Easy Read leaflet, as long as the record names none who did."""

from __future__ import annotations

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block

LINES = (("pencil", "easy-draft"), ("people", "easy-not-tested"))
"""The picture of each line, and the fixed word of the language that stands beside it."""


def not_tested(composer: Composer, show: str) -> Block | None:
    """Say that this is a draft, which no reader has tested; nothing once the record says who did."""
    if composer.whose(composer.therapy.review.tested_with):
        return None
    rows = [{"sign": picture, "html": composer.t(name)} for picture, name in LINES]
    return Block("picture-rows", show, {"lists": [{"numbered": False, "rows": rows}]})


BLOCKS = (
    BlockKind(
        "not-tested",
        "that this is a draft which nobody of its readers has tested, until review.tested_with says who did",
        not_tested,
        why_left_out="the record says who of its readers has tested it (review.tested_with)",
    ),
)
