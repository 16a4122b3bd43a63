"""A leaflet's style sheet for the website: only inside the leaflet, only what a screen needs, and dark as well.

The rules are those that are printed. tinycss2 reads them, so that nothing here guesses where a rule ends.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import tinycss2

from printables.library.colour import SHAPES, TEXT, channels, contrast, mixed

SCOPE = ".leaflet"
"""The class of the element that holds a leaflet on a page of the website."""
ROOTS = re.compile(r"^(:root|html|body)\b")
PRINT_ONLY = re.compile(r"(?:string-set|bookmark|orphans|widows|break-(?:before|after|inside)|-weasy)[\w-]*:[^;]*;?")
NOT_HERE = re.compile(r"\.(ws-|worksheet|filler|ruled)")
"""Parts that stand on paper only."""
DRAWN = ("hair", "rule", "ink", "paper", "alert", "accent-tint", "accent")
"""The colours of drawings; of two tokens with the same value, the later one is followed."""
WHITE = "#ffffff"
STRONGEST = 0.55
"""The saturation of a colour on a dark page, at most."""

PAPER, INK, INK_SOFT = "#161b1c", "#f1f4f2", "#d3dad7"
"""The dark page: not black, so that white letters do not glare."""


def scoped(css: str) -> str:
    """`css` with every selector below SCOPE. Rules for paper are dropped; those for a screen lose their `@media`."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(_rules(rules))


def smaller(css: str) -> str:
    """The same rules without comments and needless spaces."""
    return re.sub(r"\s*([{};,])\s*", r"\1", " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split()))


def _rules(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield _rule(rule)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            yield from _media(rule)


def _media(rule: Any) -> Iterator[str]:
    query = tinycss2.serialize(rule.prelude).strip()
    inside = "".join(_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)))
    narrow = query.removeprefix("screen").removeprefix(" and ").strip()
    if query.startswith("screen") and inside:
        yield f"@media {narrow}{{{inside}}}" if narrow else inside


def _rule(rule: Any) -> str:
    body = " ".join(tinycss2.serialize(rule.content).split())
    kept = re.sub(r"\s*([:;,])\s+", r"\1", PRINT_ONLY.sub("", body)).strip().rstrip(";")
    asked = [one for one in tinycss2.serialize(rule.prelude).split(",") if not NOT_HERE.search(one)]
    selectors = ",".join(_selector(one) for one in asked)
    return f"{selectors}{{{kept}}}" if kept and selectors else ""


def _selector(selector: str) -> str:
    """`body p` → `.leaflet p`; `.plain h2` → `.leaflet.plain h2` too, since the layout's class stands on the root."""
    shown = " ".join(selector.split())
    if ROOTS.match(shown):
        return ROOTS.sub(SCOPE, shown)
    if re.match(r"\.(plain|hung)\b", shown):
        return SCOPE + shown
    return f"{SCOPE} {shown}"


def drawings(tokens: Mapping[str, str]) -> str:
    """Rules by which drawings follow the tokens: their colours are written into them, for the sake of print."""
    return "".join(
        f'{SCOPE} svg [{part}="{tokens[name]}"]{{{part}:var(--{name})}}'
        for name in DRAWN
        for part in ("fill", "stroke")
    )


def dark(tokens: Mapping[str, str]) -> dict[str, str]:
    """The colours of a leaflet on a dark page: the same hues, lightened until they can be read (A14)."""
    tint = mixed(PAPER, tokens["accent"], 0.28)
    alert_tint = mixed(PAPER, tokens["alert"], 0.2)
    accent = lightened(tokens["accent"], (PAPER, tint), TEXT)
    return {
        "paper": PAPER,
        "ink": INK,
        "ink-soft": INK_SOFT,
        "accent": accent,
        "solid": accent,
        "accent-tint": tint,
        "band": PAPER if tokens["band"] == tokens["paper"] else tint,
        "alert": lightened(tokens["alert"], (PAPER, alert_tint), TEXT),
        "alert-tint": alert_tint,
        "rule": lightened(tokens["rule"], (PAPER, tint), SHAPES),
        "hair": lightened(tokens["hair"], (PAPER,), SHAPES),
    }


def lightened(colour: str, grounds: Iterable[str], ratio: float) -> str:
    """`colour` in its own hue, only as light as its contrast on `grounds` needs, and not so strong that it glares."""
    grounds = tuple(grounds)
    hue, light, strength = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    shades = (_hls(hue, step / 200, min(strength, STRONGEST)) for step in range(round(light * 200), 201))
    return next((shade for shade in shades if all(contrast(shade, ground) >= ratio for ground in grounds)), WHITE)


def _hls(hue: float, light: float, strength: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, light, strength))


def custom_properties(tokens: Mapping[str, str]) -> str:
    """Tokens as declarations: `--paper:#161b1c;--ink:…`."""
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())
