"""The block of signs to act on: what to do now, what the same day, and what to ask."""

from __future__ import annotations

from markupsafe import Markup

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words

REGION = {"emergency": "words on emergencies", "ask_about_suicide": "question about suicide"}
"""What the region says in these rows, by the key in its file."""


def signs(composer: Composer, show: str) -> Block | None:
    """Up to three rows, the most urgent first; the first and the last begin with the region's own words.

    A reader who finds the question about suicide elsewhere does not find it here again.
    """
    now, today, ask = (_section(composer, name) for name in ("act_now", "same_day", "ask"))
    today = today or _section(composer, "warning_signs")
    if today is None:
        return None
    emergency = _of_region(composer, "emergency")
    asked = None if composer.shows("region-ask-about-suicide") else _of_region(composer, "ask_about_suicide")
    found: list[tuple[str, list[Words | None]]] = [("now", [emergency, now]), ("today", [today]), ("ask", [asked, ask])]
    rows = [
        {
            "name": name,
            "heading": composer.t(f"signs-{name}"),
            "html": Markup("\n").join(one.html for one in texts if one),
        }
        for name, texts in found
        if any(texts)
    ]
    return Block("signs", show, {"rows": rows}, tuple(one for _, texts in found for one in texts if one))


def _of_region(composer: Composer, field: str) -> Words | None:
    words = composer.words(getattr(composer.region, field), "region", composer.region.id, (field,))
    if words is None:
        reader = composer.audience.name[composer.item.language]
        what = f'Signs to act on need the region\'s {REGION[field]}, and "{field}" has nothing for {reader}.'
        composer.error((field,), what, f'Write "{composer.audience.id}:" under {field}.', "region")
    return words


def _section(composer: Composer, name: str) -> Words | None:
    words = getattr(composer.therapy.sections, name)
    return composer.words(words, "therapy", composer.therapy.id, ("sections", name))


BLOCKS = (
    BlockKind(
        "signs",
        "signs to act on in rows: now and what to ask (the region's words first), and the same day between them",
        signs,
        key=("sections", "same_day"),
        reads=("act_now", "same_day", "ask"),
        mend='Write "{audience}:" under sections, same_day.',
    ),
)
