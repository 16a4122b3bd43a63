"""The block of next steps: a numbered list, with a small drawing beside each step where the record names them."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from printables.library.parts import NO_SIGN
from printables.pages.compose.blocks.registry import BlockKind
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block

_TAG = re.compile(r"<(?P<end>/?)(?P<name>ol|ul|li)>")


def next_steps(composer: Composer, show: str) -> Block | None:
    """What to do next; `before`, `steps` and `after` where each step has a sign, or says that it has none."""
    therapy, key = composer.therapy, ("sections", show)
    words = composer.words(therapy.sections.next_steps, "therapy", therapy.id, key)
    if words is None:
        return None
    data: dict[str, Any] = {"html": words.html}
    signs = therapy.step_signs.get(words.audience, [])
    if signs:
        before, items, after = split_list(words.html)
        if len(signs) != len(items):
            what = f'"step_signs" names {_count(len(signs), "sign")} for {_count(len(items), "step")} of next_steps.'
            mend = f'Write one for each step, in their order; "{NO_SIGN}" where none fits.'
            composer.error(("step_signs", words.audience), what, mend)
            return Block("prose", show, data, (words,))
        drawn = [
            {"sign": "" if sign == NO_SIGN else sign, "html": html} for sign, html in zip(signs, items, strict=True)
        ]
        data |= {"before": before, "steps": drawn, "after": after}
    return Block("prose", show, data, (words,))


def split_list(html: Markup) -> tuple[Markup, list[Markup], Markup]:
    """What stands before the first numbered list, its items without those of lists inside of them, and the rest."""
    depth, start, begins, items = 0, 0, len(html), list[Markup]()
    for tag in _TAG.finditer(html):
        is_list, is_end = tag["name"] != "li", bool(tag["end"])
        if depth == 0 and (tag["name"] != "ol" or is_end):
            continue
        begins = min(begins, tag.start())
        depth += (1, -1)[is_end] if is_list else 0
        if not is_list and depth == 1:
            start = tag.end() if not is_end else start
            items += [Markup(str(html)[start : tag.start()])] if is_end else []  # noqa: S704 - a piece of safe HTML
        if depth == 0:
            return html[:begins], items, html[tag.end() :]
    return html, [], Markup("")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


BLOCKS = (
    BlockKind(
        "next_steps",
        "what to do next, each step with the small drawing that the record names (step_signs)",
        next_steps,
        key=("sections", "next_steps"),
        mend='Write "{audience}:" under sections, {show}.',
        reads=("next_steps",),
    ),
)
