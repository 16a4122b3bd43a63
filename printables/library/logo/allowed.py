"""An allow-list of SVG elements and attributes for logos, and the code that copies only these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree as ET

from printables.library.logo import values as read
from printables.library.logo.values import UnusableLogo

DEPTH = 30
SVG = "http://www.w3.org/2000/svg"
AGAIN = "Save it again as plain SVG, or as PNG."
SIMPLER = "Save a simpler version of it, or save it as PNG."

Reader = Callable[[str], str]

_UNITS = read.one_of("userSpaceOnUse", "objectBoundingBox")
_RULE = read.one_of("nonzero", "evenodd")
LOOKS: Mapping[str, Reader] = {
    "fill": read.paint,
    "stroke": read.paint,
    "stop-color": read.colour,
    "fill-opacity": read.share,
    "stroke-opacity": read.share,
    "stop-opacity": read.share,
    "opacity": read.share,
    "stroke-width": read.length,
    "stroke-miterlimit": read.miter,
    "stroke-linecap": read.one_of("butt", "round", "square"),
    "stroke-linejoin": read.one_of("miter", "round", "bevel"),
    "fill-rule": _RULE,
    "clip-rule": _RULE,
    "clip-path": read.reference,
    "display": read.one_of("none", "inline"),
    "visibility": read.one_of("hidden", "visible"),
}
"""Presentation attributes, also allowed in styles and classes."""
_BOX = dict.fromkeys(("x", "y", "width", "height", "rx", "ry"), read.length)
_GRADIENT: dict[str, Reader] = {"href": read.target, "gradientUnits": _UNITS, "gradientTransform": read.transform}
SHAPES: Mapping[str, Mapping[str, Reader]] = {
    "path": {"d": read.path},
    "rect": _BOX,
    "circle": dict.fromkeys(("r", "cx", "cy"), read.length),
    "ellipse": dict.fromkeys(("rx", "ry", "cx", "cy"), read.length),
    "line": dict.fromkeys(("x1", "y1", "x2", "y2"), read.length),
    "polyline": {"points": read.points},
    "polygon": {"points": read.points},
    "use": {"href": read.target} | dict.fromkeys(("x", "y", "width", "height"), read.length),
}
"""Drawing elements, with the attributes that define their geometry."""
HOLDERS: Mapping[str, Mapping[str, Reader]] = {
    "g": {},
    "defs": {},
    "symbol": {"viewBox": read.view_box},
    "clipPath": {"clipPathUnits": _UNITS},
    "linearGradient": dict.fromkeys(("x1", "y1", "x2", "y2"), read.length) | _GRADIENT,
    "radialGradient": dict.fromkeys(("r", "cx", "cy", "fx", "fy"), read.length) | _GRADIENT,
    "stop": {"offset": read.share},
}
GROUPS = ("a", "switch")
"""Wrappers without effect in print: only their content is kept."""
QUIET = ("title", "desc", "metadata", "style")
"""Elements that draw nothing and are removed without a message."""
COMMON: Mapping[str, Reader] = {"id": read.name, "transform": read.transform}
MISSED = ("href", "filter", "mask", "marker", "marker-start", "marker-mid", "marker-end", "stroke-dasharray")
"""Attributes whose removal is reported; others are removed silently, like the metadata of drawing programs."""


class Cleaner:
    """Copies what is allowed, and records what is not."""

    def __init__(self, classes: Mapping[str, Mapping[str, str]]) -> None:
        self._classes = classes
        self.left_out = dict.fromkeys(["<style>"] if "" in classes else [])

    def element(self, node: ET.Element, tag: str, depth: int = 1) -> ET.Element:
        """Return a copy of `node` and of its allowed content."""
        if depth > DEPTH:
            raise UnusableLogo(f"has more than {DEPTH} groups inside each other", SIMPLER)
        made = ET.Element(tag, dict(self._attributes(node, tag)))
        for child in node:
            name = local(child.tag)
            kept = "g" if name in GROUPS else name
            if kept in SHAPES or kept in HOLDERS:
                part = self.element(child, kept, depth + 1)
                made.extend([part] if _has_form(part) else [])
            elif name and name not in QUIET:
                self.left_out[f"<{name}>"] = None
        return made

    def _attributes(self, node: ET.Element, tag: str) -> Iterator[tuple[str, str]]:
        """Yield the attributes of `node` that are allowed on `tag`, with normalised values."""
        form = {**COMMON, **(SHAPES.get(tag) or HOLDERS.get(tag, {}))}
        for name, value in self._given(node).items():
            reader = form.get(name) or LOOKS.get(name)
            if reader is None:
                self._note(name, value)
                continue
            try:
                yield name, reader(value)
            except ValueError:
                self._refused(tag, name, is_form=name in form)

    def _given(self, node: ET.Element) -> dict[str, str]:
        """Return the properties of a node. As in browsers, styles override classes, and classes override attributes."""
        given = {local(name): value for name, value in node.attrib.items() if local(name)}
        for name in given.get("class", "").split():
            given.update(self._classes.get(name, {}))
        return given | declarations(given.pop("style", ""))

    def _note(self, name: str, value: str) -> None:
        if (name in MISSED or name.startswith("on")) and value.strip() not in ("", "none"):
            self.left_out[name] = None

    def _refused(self, tag: str, name: str, *, is_form: bool) -> None:
        """Handle an invalid value: fatal if it defines geometry, reported if it only affects appearance."""
        if name == "id" or name in ("display", "visibility"):
            return
        if is_form and name != "href":
            raise UnusableLogo(f"holds a <{tag}> whose {name} cannot be read", AGAIN)
        self.left_out["<use> of another file" if tag == "use" else name] = None


def _has_form(part: ET.Element) -> bool:
    """Return False for a shape without geometry: it draws nothing, and the engine fails on some of them."""
    return part.tag not in SHAPES or bool(SHAPES[part.tag].keys() & part.keys())


def local(name: str) -> str:
    """Return the name without the SVG or XLink namespace; empty for other namespaces."""
    space, _, local = name.rpartition("}")
    return local if space in ("", "{" + SVG, "{http://www.w3.org/1999/xlink") else ""


def declarations(text: str) -> dict[str, str]:
    """Parse `fill: red; stroke: none` into names and values, keeping presentation attributes only."""
    pairs = (part.partition(":") for part in text.split(";"))
    found = {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}
    return {name: value for name, value in found.items() if name in LOOKS or name in MISSED}
