"""Lines for the reader's own notes, which fill what is left of the page before the help lines."""

from __future__ import annotations

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block


def notes(composer: Composer, show: str) -> Block:
    """A label and lines to write on."""
    label = composer.t("own-notes-professionals" if composer.audience.not_a_handout else "own-notes")
    return Block("notes", show, {"label": label})


BLOCKS = (BlockKind("notes", "lines for the reader's own notes, down to the foot of the page", notes),)
