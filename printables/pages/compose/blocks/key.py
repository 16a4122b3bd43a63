"""The block that explains, once for the whole leaflet, the bars of strength and the marks † and ‡."""

from __future__ import annotations

from printables.pages.compose.blocks.claims import LEVELS
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block


def key(composer: Composer, show: str) -> Block | None:
    """What the bars and marks mean that this leaflet prints, and no others."""
    shown = [claim for claim in composer.therapy.claims if claim.population in composer.audience.populations]
    marks = []
    if composer.converter.marks.has_consensus and composer.in_full:
        marks.append({"sign": composer.t("mark-consensus"), "words": composer.t("consensus-key")})
    if any(claim.status == "unchecked" for claim in shown):
        marks.append({"sign": composer.t("mark-unchecked"), "words": composer.t("not-checked")})
    levels = [
        {"level": LEVELS[name], "word": composer.t(f"strength-{name}")} for name in ("strong", "moderate", "limited")
    ]
    lead = composer.t("strength-note" if composer.in_full else "strength-key")
    return Block("key", show, {"lead": lead, "levels": levels, "marks": marks}) if shown else None


BLOCKS = (
    BlockKind(
        "key",
        "what the bars of strength and the marks of this leaflet mean",
        key,
        why_left_out="no claim has bars",
        last=True,
    ),
)
