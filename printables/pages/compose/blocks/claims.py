"""The block made from the claims of a therapy: what it helps with, and how firmly that is known."""

from __future__ import annotations

from typing import Any

from printables.library.therapies import Claim
from printables.pages.compose import wording
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words

LEVELS = {"none": 0, "limited": 1, "moderate": 2, "strong": 3}
"""Strength as a number of three, for a meter that is read as words too."""


def claims(composer: Composer, show: str) -> Block | None:
    """What it helps with: only claims for this reader's population, worded by their strength."""
    words: list[Words] = []
    rows = [
        _claim(composer, index, claim, words)
        for index, claim in enumerate(composer.therapy.claims)
        if claim.population in composer.audience.populations
    ]
    return Block("claims", show, {"rows": rows}, tuple(words)) if rows else None


def _claim(composer: Composer, index: int, claim: Claim, words: list[Words]) -> dict[str, Any]:
    audience, language = composer.audience, composer.item.language
    note = composer.words(claim.words, "therapy", composer.therapy.id, ("claims", index, "words"), line=True)
    words.extend([note] if note else [])
    return {
        "id": claim.id,
        "condition": wording.sentence_case(_condition(composer, claim.condition)),
        "population": composer.t(f"population-{claim.population}"),
        "show_ages": claim.population != "adults" and claim.ages is not None,
        "ages": wording.ages(claim.ages, composer.locale) if claim.ages else None,
        "phrase": wording.sentence_case(audience.evidence[language][claim.strength]),
        "level": LEVELS[claim.strength],
        "cites": composer.cites(claim.sources),
        "checked": claim.status != "unchecked",
        "guideline": _guideline(composer, index, claim, words),
        "html": note.html if note else None,
    }


def _condition(composer: Composer, identity: str) -> str:
    conditions = composer.library.conditions
    key = ("conditions", list(conditions).index(identity), "name")
    return composer.name(conditions[identity].name, "condition", "", *key)


def _guideline(composer: Composer, index: int, claim: Claim, words: list[Words]) -> dict[str, Any] | None:
    """What the guideline says, in its own verb; a claim that nobody has checked says so."""
    if claim.guidance is None:
        return None
    key = ("claims", index, "guidance", "words")
    remark = composer.words(claim.guidance.words, "therapy", composer.therapy.id, key, line=True)
    words.extend([remark] if remark else [])
    source = composer.library.sources[claim.guidance.source]
    return {
        "verb": wording.sentence_case(composer.audience.verbs[composer.item.language][claim.guidance.verb]),
        "code": source.title.split(":")[0] if source.kind == "guideline" else source.organisation,
        "year": source.year,
        "cites": composer.cites([claim.guidance.source]),
        "html": remark.html if remark else None,
    }


BLOCKS = (
    BlockKind(
        "claims",
        "what it helps with, for this reader's population, each with its sources",
        claims,
        key=("claims",),
        mend="Add a claim for {populations}.",
    ),
)
