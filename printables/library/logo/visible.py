"""Whether anything of a drawing can be seen on white paper. In doubt, the answer is yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import tinycss2.color4

from printables.library.colour import VISIBLE, contrast
from printables.library.logo.allowed import SHAPES

WHITE = "#ffffff"
DEFINED_ELSEWHERE = ("use",)
"""Shapes whose parts are looked at where they are defined."""


@dataclass(frozen=True)
class Paint:
    """What a shape inherits from the groups around it."""

    fill: str = "#000000"
    stroke: str = "none"

    def within(self, node: ET.Element) -> Paint:
        """Return what holds for a part of the drawing."""
        return Paint(node.get("fill", self.fill), node.get("stroke", self.stroke))


def is_visible(root: ET.Element) -> bool:
    """Return whether some shape of a cleaned drawing stands out from white paper."""
    by_id = {node.attrib["id"]: node for node in root.iter() if "id" in node.attrib}
    return _is_visible(root, Paint(), by_id)


def _is_visible(node: ET.Element, around: Paint, by_id: Mapping[str, ET.Element]) -> bool:
    paint = around.within(node)
    drawn = node.tag in SHAPES and node.tag not in DEFINED_ELSEWHERE
    if drawn and any(_stands_out(value, by_id) for value in (paint.fill, paint.stroke)):
        return True
    return any(_is_visible(child, paint, by_id) for child in node)


def _stands_out(value: str, by_id: Mapping[str, ET.Element]) -> bool:
    if value == "none":
        return False
    if value.startswith("url("):
        gradient = by_id.get(value.removeprefix("url(").strip("#)"))
        stops = [] if gradient is None else [stop.get("stop-color", "#000000") for stop in gradient.iter("stop")]
        return any(_stands_out(colour, by_id) for colour in stops) or not stops
    return contrast(_on_paper(value), WHITE) >= VISIBLE


def _on_paper(value: str) -> str:
    """Return a colour, perhaps a transparent one, as `#rrggbb` on white paper; black where it cannot be read."""
    colour = tinycss2.color4.parse_color(value)
    if colour is None or isinstance(colour, str):  # a name without a colour, such as currentcolor
        return "#000000"
    *channels, alpha = colour.to("srgb")
    mixed = (min(1.0, max(0.0, 1 - alpha * (1 - (channel or 0.0)))) for channel in channels)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in mixed)
