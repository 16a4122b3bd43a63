"""The blocks made from what a therapy is like: its techniques and its session profile."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from printables.library.therapies import Technique
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words


def profile(composer: Composer, show: str) -> Block | None:
    """The session profile: five scales with a word at each end and for their point, and the record's remark."""
    given = composer.therapy.profile
    if given is None:
        return None
    scales = [
        {
            "name": scale.name,
            "low": scale.points[0],
            "high": scale.points[-1],
            "point": point,
            "word": scale.points[point - 1],
            "points": range(1, 6),
        }
        for name, scale in composer.locale.scales.items()
        for point in [getattr(given, name)]
    ]
    key = ("sections", "profile")
    words = composer.words(composer.therapy.sections.profile, "therapy", composer.therapy.id, key, line=True)
    reader = composer.audience.id
    has_own = f"profile-{reader}" in composer.locale.words
    caption = composer.t(f"profile-{reader}") if has_own else composer.t("profile-caption")
    data = {"scales": scales, "caption": caption, "html": words.html if words else None}
    return Block("profile", show, data, (words,) if words else ())


def techniques(composer: Composer, show: str) -> Block | None:
    """What therapist and client do together, with the record's lead-in."""
    therapy = composer.therapy
    lead = composer.words(therapy.sections.techniques, "therapy", therapy.id, ("sections", "techniques"))
    words = [lead] if lead else []
    items = [item for index in range(len(therapy.techniques)) if (item := _technique(composer, index, words))]
    return (
        Block("techniques", show, {"lead": lead.html if lead else None, "items": items}, tuple(words))
        if items
        else None
    )


def _technique(composer: Composer, index: int, words: list[Words]) -> dict[str, Any] | None:
    technique: Technique = composer.therapy.techniques[index]
    key = ("techniques", index)
    found = composer.words(technique.words, "therapy", composer.therapy.id, (*key, "words"), line=True)
    aim = composer.words(technique.aim, "therapy", composer.therapy.id, (*key, "aim"), line=True)
    if found is None:
        return None
    words.extend(text for text in (found, aim) if text)
    return {
        "name": composer.name(technique.name, "therapy", composer.therapy.id, *key, "name"),
        "html": found.html,
        "sign": technique.sign,
        "aim": aim.html if aim else None,
        "cites": composer.cites(technique.sources) if composer.in_full else Markup(""),
    }


BLOCKS = (
    BlockKind(
        "profile",
        "the session profile, five scales",
        profile,
        key=("profile",),
        reads=("profile",),
        mend="Write profile, with its five scales.",
        why_left_out="the record has no profile",
    ),
    BlockKind(
        "techniques",
        "the techniques, with the record's lead-in",
        techniques,
        key=("techniques",),
        reads=("techniques",),
        mend='Write words for "{audience}" in at least one technique.',
    ),
)
