"""Whether anything of a drawing can be seen on white paper. In doubt, the answer is yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import tinycss2.color4

from printables.library.colour import VISIBLE, contrast
from printables.library.logo import values as read
from printables.library.logo.allowed import HOLDERS, SHAPES

WHITE = "#ffffff"
DRAWN_BY_USE = HOLDERS.keys() - {"g"}
"""Holders whose parts are only drawn where a `<use>` names them, in the colours that hold there."""
FLAT = 1e-6
"""Twice the area of a triangle of points so nearly on one line that they enclose nothing."""


@dataclass(frozen=True)
class Paint:
    """What a shape inherits from the groups around it."""

    fill: str = "#000000"
    stroke: str = "none"
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    stroke_width: str = "1"
    visibility: str = "visible"
    opacity: float = 1.0
    """That of all groups around it together."""

    def within(self, node: ET.Element) -> Paint:
        """Return what holds for a part of the drawing."""
        return Paint(
            node.get("fill", self.fill),
            node.get("stroke", self.stroke),
            float(node.get("fill-opacity", self.fill_opacity)),
            float(node.get("stroke-opacity", self.stroke_opacity)),
            node.get("stroke-width", self.stroke_width),
            node.get("visibility", self.visibility),
            self.opacity * float(node.get("opacity", 1.0)),
        )


def is_visible(root: ET.Element) -> bool:
    """Return whether some shape of a cleaned drawing stands out from white paper."""
    by_id = {node.attrib["id"]: node for node in root.iter() if "id" in node.attrib}
    return _is_visible(root, Paint(), by_id)


def _is_visible(node: ET.Element, around: Paint, by_id: Mapping[str, ET.Element]) -> bool:
    if node.get("display") == "none":
        return False
    paint = around.within(node)
    if node.tag == "use":  # what it draws is not drawn where it is defined; a drawing that goes round is refused
        used = by_id.get(node.get("href", "").lstrip("#"))
        return used is not None and _is_visible(used, paint, by_id)
    if node.tag in SHAPES:
        return paint.visibility != "hidden" and _shape_stands_out(node, paint, by_id)
    return any(_is_visible(child, paint, by_id) for child in node if child.tag not in DRAWN_BY_USE)


def _shape_stands_out(node: ET.Element, paint: Paint, by_id: Mapping[str, ET.Element]) -> bool:
    if _stands_out(paint.fill, paint.opacity * paint.fill_opacity, by_id) and _has_area(node):
        return True
    drawn = paint.stroke_width.strip("%") not in ("0", "-0")
    return drawn and _stands_out(paint.stroke, paint.opacity * paint.stroke_opacity, by_id)


def _has_area(node: ET.Element) -> bool:
    """Return whether a shape can be filled: a line cannot, however black its fill would be."""
    if node.tag == "line":
        return False
    if node.tag == "path":
        return _enclose_something(read.corners(node.get("d", "")))
    if node.tag in ("polyline", "polygon"):
        found = [float(part) for part in node.get("points", "").split()]
        return _enclose_something(list(zip(found[::2], found[1::2], strict=True)))
    needed = {"rect": ("width", "height"), "circle": ("r",)}.get(node.tag, ())
    return all(node.get(name, "0") != "0" for name in needed)


def _enclose_something(corners: list[tuple[float, float]]) -> bool:
    """Return whether the points do not all lie on one line."""
    first = corners[0] if corners else (0.0, 0.0)
    sides = [(x - first[0], y - first[1]) for x, y in corners]
    longest = max(sides, key=lambda side: abs(side[0]) + abs(side[1]), default=first)
    return any(abs(longest[0] * y - longest[1] * x) > FLAT for x, y in sides)


def _stands_out(value: str, opacity: float, by_id: Mapping[str, ET.Element]) -> bool:
    if value == "none":
        return False
    if value.startswith("url("):
        gradient = by_id.get(value.removeprefix("url(").strip("#)"))
        stops = [] if gradient is None else list(gradient.iter("stop"))
        return any(_stop_stands_out(stop, opacity) for stop in stops) or not stops
    return contrast(_on_paper(value, opacity), WHITE) >= VISIBLE


def _stop_stands_out(stop: ET.Element, opacity: float) -> bool:
    shade = opacity * float(stop.get("stop-opacity", 1.0))
    return contrast(_on_paper(stop.get("stop-color", "#000000"), shade), WHITE) >= VISIBLE


def _on_paper(value: str, opacity: float) -> str:
    """Return a colour, perhaps a transparent one, as `#rrggbb` on white paper; black where it cannot be read."""
    colour = tinycss2.color4.parse_color(value)
    if colour is None or isinstance(colour, str):  # a name without a colour, such as currentcolor
        return "#000000"
    *channels, alpha = colour.to("srgb")
    mixed = (min(1.0, max(0.0, 1 - opacity * alpha * (1 - (channel or 0.0)))) for channel in channels)
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in mixed)
