"""The blocks made from the words of the region: privacy, consent, emergencies, suicide, harm."""

from __future__ import annotations

from markupsafe import Markup

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block


def region_privacy(composer: Composer, show: str) -> Block | None:
    """The region's rules on privacy, and what is special to this therapy."""
    return _rules(composer, show, "privacy")


def region_privacy_self_harm(composer: Composer, show: str) -> Block | None:
    """What is told of self-harm, and what is not, in the region's words; only where the therapy is for it."""
    if not composer.therapy.for_self_harm:
        return None
    words = composer.words(composer.region.privacy_self_harm, "region", composer.region.id, ("privacy_self_harm",))
    if words is None:
        reader = composer.audience.name[composer.item.language]
        what = f'The therapy is for self-harm, and "privacy_self_harm" has nothing for {reader}.'
        composer.error(("privacy",), what, f'Write "{composer.audience.id}:" under privacy_self_harm.', "region")
        return None
    return Block("prose", show, {"html": words.html}, (words,))


def region_consent(composer: Composer, show: str) -> Block | None:
    """The region's rules on consent, and what is special to this therapy."""
    return _rules(composer, show, "consent")


def _rules(composer: Composer, show: str, field: str) -> Block | None:
    region, therapy = composer.region, composer.therapy
    general = composer.words(getattr(region, field), "region", region.id, (field,))
    special = composer.words(getattr(therapy.sections, field), "therapy", therapy.id, ("sections", field))
    words = tuple(text for text in (general, special) if text)
    return Block("prose", show, {"html": Markup("\n").join(text.html for text in words)}, words) if general else None


def region_emergency(composer: Composer, show: str) -> Block | None:
    """When to call the emergency number at once, in the words of the region."""
    return _text(composer, show, "emergency")


def region_ask_about_suicide(composer: Composer, show: str) -> Block | None:
    """That the therapist asks about suicide, or how to ask, and that asking does not plant the idea."""
    return _text(composer, show, "ask_about_suicide")


def region_harm_share(composer: Composer, show: str) -> Block | None:
    """How many people a therapy harmed."""
    return _text(composer, show, "harm_share")


def _text(composer: Composer, show: str, field: str) -> Block | None:
    words = composer.words(getattr(composer.region, field), "region", composer.region.id, (field,))
    return Block("prose", show, {"html": words.html}, (words,)) if words else None


BLOCKS = (
    BlockKind(
        "region-privacy",
        "the region's rules on privacy",
        region_privacy,
        record="region",
        key=("privacy",),
        reads=("privacy",),
        mend='Write "{audience}:" under privacy.',
    ),
    BlockKind(
        "region-privacy-self-harm",
        "what is told of self-harm, and what is not, where the therapy is for it",
        region_privacy_self_harm,
        why_left_out="the therapy is not marked as one for self-harm (for_self_harm)",
    ),
    BlockKind(
        "region-consent",
        "the region's rules on consent",
        region_consent,
        record="region",
        key=("consent",),
        reads=("consent",),
        mend='Write "{audience}:" under consent.',
    ),
    BlockKind(
        "region-emergency",
        "when to call the emergency number at once, in the region's words",
        region_emergency,
        record="region",
        key=("emergency",),
        mend='Write "{audience}:" under emergency.',
    ),
    BlockKind(
        "region-ask-about-suicide",
        "the question about suicide, and that asking does not plant the idea, in the region's words",
        region_ask_about_suicide,
        record="region",
        key=("ask_about_suicide",),
        mend='Write "{audience}:" under ask_about_suicide.',
    ),
    BlockKind(
        "region-harm-share",
        "how many people a therapy harmed, in the region's words",
        region_harm_share,
        record="region",
        key=("harm_share",),
        mend='Write "{audience}:" under harm_share.',
    ),
)
