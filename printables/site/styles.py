"""A leaflet's style sheet for the website: only inside the leaflet, only what a screen needs, and dark as well.

The rules are those that are printed. tinycss2 reads them, so that nothing here guesses where a rule ends.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping

from printables.library.colour import SHAPES, TEXT, channels, contrast, mixed

SCOPE = ".leaflet"
"""The class of the element that holds a leaflet on a page of the website."""
DRAWN = ("hair", "rule", "ink", "paper", "alert", "accent-tint", "accent")
"""The colours of drawings; of two tokens with the same value, the later one is followed."""
WHITE = "#ffffff"
STRONGEST = 0.55
"""The saturation of a colour on a dark page, at most."""

PAPER, INK, INK_SOFT = "#161b1c", "#f1f4f2", "#d3dad7"
"""The dark page: not black, so that white letters do not glare."""


def smaller(css: str) -> str:
    """The same rules without comments and needless spaces."""
    return re.sub(r"\s*([{};,])\s*", r"\1", " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split()))


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
