"""Adapt a leaflet's printed style sheet for the website: scoped to the leaflet, for screens, with a dark mode.

Rules are parsed by tinycss2.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Mapping

from printables.library.colour import SHAPES, TEXT, channels, contrast, mixed

SCOPE = ".leaflet"
"""The class of the element that holds a leaflet on a page of the website."""
DRAWN = ("hair", "rule", "ink", "paper", "alert", "accent-tint", "accent")
"""Tokens of colours in drawings; of two with the same value, the later one is used."""
WHITE = "#ffffff"
STRONGEST = 0.55
"""The largest saturation of a colour in dark mode."""

PAPER, INK, INK_SOFT = "#161b1c", "#f1f4f2", "#d3dad7"
"""Colours of dark mode: not black, to reduce glare."""


def smaller(css: str) -> str:
    """Minify the rules: no comments, no unnecessary spaces."""
    return re.sub(r"\s*([{};,])\s*", r"\1", " ".join(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split()))


def drawings(tokens: Mapping[str, str], scope: str = SCOPE) -> str:
    """Return rules that make drawings use the tokens, because print needs fixed colours in them."""
    return "".join(
        f'{scope} svg [{part}="{tokens[name]}"]{{{part}:var(--{name})}}'
        for name in DRAWN
        for part in ("fill", "stroke")
    )


def dark(tokens: Mapping[str, str]) -> dict[str, str]:
    """Return a leaflet's colours for dark mode: the same hues, lightened until readable (A14)."""
    tint = mixed(PAPER, tokens["accent"], 0.28)
    alert_tint = mixed(PAPER, tokens["alert"], 0.2)
    clinic_tint = mixed(PAPER, tokens["clinic"], 0.28)
    accent = lightened(tokens["accent"], (PAPER, tint), TEXT)
    return {
        "paper": PAPER,
        "ink": INK,
        "ink-soft": INK_SOFT,
        "accent": accent,
        "solid": accent,
        "accent-tint": tint,
        "band": PAPER if tokens["band"] == tokens["paper"] else tint,
        "clinic": lightened(tokens["clinic"], (PAPER, tint, clinic_tint), TEXT),
        "clinic-tint": clinic_tint,
        "alert": lightened(tokens["alert"], (PAPER, alert_tint), TEXT),
        "alert-tint": alert_tint,
        "rule": lightened(tokens["rule"], (PAPER, tint), SHAPES),
        "hair": lightened(tokens["hair"], (PAPER,), SHAPES),
    }


def lightened(colour: str, grounds: Iterable[str], ratio: float) -> str:
    """Return `colour` in its own hue, as light as its contrast on `grounds` requires, with limited saturation."""
    grounds = tuple(grounds)
    hue, light, strength = colorsys.rgb_to_hls(*(channel / 255 for channel in channels(colour)))
    shades = (_hls(hue, step / 200, min(strength, STRONGEST)) for step in range(round(light * 200), 201))
    return next((shade for shade in shades if all(contrast(shade, ground) >= ratio for ground in grounds)), WHITE)


def _hls(hue: float, light: float, strength: float) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colorsys.hls_to_rgb(hue, light, strength))


def custom_properties(tokens: Mapping[str, str]) -> str:
    """Return tokens as declarations: `--paper:#161b1c;--ink:…`."""
    return ";".join(f"--{name}:{value}" for name, value in tokens.items())
