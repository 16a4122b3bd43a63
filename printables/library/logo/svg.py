"""Reduce an untrusted SVG drawing to shapes, colours and gradients.

This is an allow-list: everything else is left out, and visible losses are reported. Text is left out too, because its
typeface is not available. A DOCTYPE or an entity is refused before parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from printables.library.logo import values as read
from printables.library.logo.allowed import AGAIN, DEPTH, SHAPES, SIMPLER, SVG, Cleaner, declarations, local
from printables.library.logo.values import UnusableLogo
from printables.library.logo.visible import is_visible

PARTS = 5000
"""The most shapes and groups, each counted as often as it is drawn."""
LETTERS = 600_000
"""The most characters of all drawn paths. Transparent groups count twice, because the engine computes their outline."""


@dataclass(frozen=True)
class SafeDrawing:
    """A drawing that is safe to print: its document, its size, and the names of what was left out."""

    data: bytes
    width: float
    height: float
    left_out: tuple[str, ...]
    seen: bool
    """Whether some part of it is visible on white paper."""


def drawing(data: bytes) -> SafeDrawing:
    """Return the drawing in `data` reduced to what is allowed. Raises UnusableLogo if it cannot be used."""
    root = _parsed(data)
    cleaner = Cleaner(_styles(root))
    width, height, box = _size(root)
    made = cleaner.element(root, "svg")
    _weigh(made)
    if not _is_seen(made):
        raise _nothing(cleaner.left_out)
    made.attrib.update({"xmlns": SVG, "viewBox": box, "width": read.written(width), "height": read.written(height)})
    return SafeDrawing(ET.tostring(made), width, height, tuple(cleaner.left_out), is_visible(made))


def _parsed(data: bytes) -> ET.Element:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableLogo("is not saved as UTF-8", AGAIN) from None
    if re.search(r"<!(?!--|\[CDATA\[)", text):
        raise UnusableLogo("holds a DOCTYPE or entities, which could hide anything", AGAIN)
    try:
        root = ET.fromstring(text)  # noqa: S314 - see the line above
    except ET.ParseError as error:
        raise UnusableLogo(f"cannot be read as SVG (line {error.position[0]})", AGAIN) from None
    if local(root.tag) != "svg":
        raise UnusableLogo("is neither SVG, PNG, JPEG nor WebP", "Save it as PNG.")
    return root


def _size(root: ET.Element) -> tuple[float, float, str]:
    """Return width, height and view box in pixels, from whichever attributes the file has."""
    try:
        if "viewBox" in root.attrib:
            box = read.view_box(root.attrib["viewBox"])
            width, height = (float(part) for part in box.split()[2:])
            return width, height, box
        width, height = (read.pixels(root.attrib[name]) for name in ("width", "height"))
    except (KeyError, ValueError):
        width = height = 0.0
    if min(width, height) <= 0:
        raise UnusableLogo("does not say how large it is", "Save it again with a viewBox, or as PNG.")
    return width, height, f"0 0 {read.written(width)} {read.written(height)}"


def _styles(root: ET.Element) -> dict[str, dict[str, str]]:
    """The declarations of each class in the file's style sheets, the form in which drawing programs write colours.

    What is not a plain class stands under "", since it is left out. Split and not matched, so that no text takes long.
    """
    text = "".join(node.text or "" for node in root.iter() if local(node.tag) == "style")
    bare = "".join(piece.partition("*/")[2] if number else piece for number, piece in enumerate(text.split("/*")))
    found: dict[str, dict[str, str]] = {}
    for rule in bare.split("}"):
        selectors, brace, body = rule.partition("{")
        for selector in selectors.split(",") if brace or rule.strip() else ():
            match = re.fullmatch(r"\.([A-Za-z_][\w-]*)", selector.strip()) if brace else None
            found.setdefault(match[1] if match else "", {}).update(declarations(body))
    return found


def _weigh(root: ET.Element) -> None:
    """Refuse circular references, and drawings beyond the limits, counting each part as often as it is used."""
    by_id = {node.attrib["id"]: node for node in reversed(list(root.iter())) if "id" in node.attrib}
    known: dict[ET.Element, tuple[int, int] | None] = {}

    def weight(node: ET.Element, depth: int) -> tuple[int, int]:
        if node in known:
            found = known[node]
            if found is None:
                raise UnusableLogo("refers to itself", SIMPLER)
            return found
        if depth > 4 * DEPTH:
            raise UnusableLogo("refers from one part to the next too often", SIMPLER)
        known[node] = None
        inside = [weight(other, depth + 1) for other in (*node, *_referred(node, by_id))]
        length = sum(len(name) + len(value) for name, value in node.items())
        length += sum(size for _, size in inside)
        known[node] = total = 1 + sum(part for part, _ in inside), 2 * length if "opacity" in node.attrib else length
        return total

    parts, letters = weight(root, 1)
    for count, most, what in ((parts, PARTS, "parts"), (letters, LETTERS, "letters and figures")):
        if count > most:
            raise UnusableLogo(f"is drawn with {count:,} {what}; {most:,} are the most", SIMPLER)


def _referred(node: ET.Element, by_id: Mapping[str, ET.Element]) -> Iterator[ET.Element]:
    for name, value in node.items():
        if name == "href" or value.startswith("url("):
            other = by_id.get(value.removeprefix("url(").strip("#)"))
            if other is not None:
                yield other


def _is_seen(node: ET.Element) -> bool:
    """Return whether a node is a drawn shape, not one that is only defined for reuse."""
    return node.tag in SHAPES or (node.tag in ("svg", "g") and any(_is_seen(child) for child in node))


def _nothing(left_out: Mapping[str, None]) -> UnusableLogo:
    if "<text>" in left_out:
        return UnusableLogo("holds only letters, and their typeface is not here", "Turn the letters into outlines.")
    if "<image>" in left_out:
        return UnusableLogo("holds only a picture inside the drawing", "Save that picture as PNG, and name it here.")
    return UnusableLogo("holds nothing that can be drawn", AGAIN)
