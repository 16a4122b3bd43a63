"""The block of signs to act on: what to do now, what the same day, and what to ask."""

from __future__ import annotations

from markupsafe import Markup

from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, Words


def signs(composer: Composer, show: str) -> Block | None:
    """Up to three rows, the most urgent first; the first begins with the region's own words on emergencies."""
    emergency = composer.words(composer.region.emergency, "region", composer.region.id, ("emergency",))
    now, today, ask = (_section(composer, name) for name in ("act_now", "same_day", "ask"))
    today = today or _section(composer, "warning_signs")
    if today is None:
        return None
    if emergency is None:
        reader = composer.audience.name[composer.item.language]
        what = f'Signs to act on need the region\'s words on emergencies, and "emergency" has nothing for {reader}.'
        composer.error(("emergency",), what, f'Write "{composer.audience.id}:" under emergency.', "region")
    found: list[tuple[str, list[Words | None]]] = [("now", [emergency, now]), ("today", [today]), ("ask", [ask])]
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


def _section(composer: Composer, name: str) -> Words | None:
    words = getattr(composer.therapy.sections, name)
    return composer.words(words, "therapy", composer.therapy.id, ("sections", name))


BLOCKS = (
    BlockKind(
        "signs",
        "signs to act on in rows: now (the region's words first), the same day, what to ask",
        signs,
        key=("sections", "same_day"),
        reads=("act_now", "same_day", "ask"),
        mend='Write "{audience}:" under sections, same_day.',
    ),
)
