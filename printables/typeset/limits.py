"""What the engine is not even shown, because it would take all memory or never end.

Measured with WeasyPrint 70.0: `colspan="1000000000"` held a machine of two cores for more than 9 minutes; about 130
nested elements end in a RecursionError.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from printables import limits
from printables.checklist import Rule
from printables.typeset.page import Finding

SPANS = ("colspan", "rowspan", "span")


def over_limits(root: Any, assets: Iterable[tuple[str, bytes]] = ()) -> list[Finding]:
    """A finding for each limit that a parsed document, or a file that goes with it, breaks.

    Walks without recursion: depth is what it looks for.
    """
    deepest, widest, longest, waiting = 0, 0, 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        widest = max(widest, *(_number(node.get(name)) for name in SPANS))
        if node.tag == "table":
            longest = max(longest, sum(1 for _ in node.iter("tr")))
        waiting.extend((child, depth + 1) for child in node)
    return [*_too_deep(deepest), *_too_wide(widest), *_too_long(longest), *_too_large(assets)]


def _number(text: str | None) -> int:
    """An attribute's number; one too long to be read counts as beyond every limit."""
    digits = (text or "").strip().lstrip("+")
    if len(digits) > 9:
        return limits.SPAN + 1
    return int(digits) if digits.isdecimal() else 0


def _too_deep(depth: int) -> list[Finding]:
    if depth <= limits.DEPTH:
        return []
    what = (
        f"The leaflet's parts are nested too deeply: {depth} boxes inside each other, and {limits.DEPTH} are allowed."
    )
    return [Finding(Rule.A16, what, "Take out lists inside lists and boxes inside boxes.")]


def _too_wide(span: int) -> list[Finding]:
    if span <= limits.SPAN:
        return []
    what = f"A table's cell covers more than {limits.SPAN} columns or rows."
    return [Finding(Rule.A16, what, "Write the number of columns that the table really has.")]


def _too_long(rows: int) -> list[Finding]:
    if rows <= limits.ROWS:
        return []
    what = f"A table has {rows:,} rows, and {limits.ROWS} are the most."
    return [Finding(Rule.A16, what, "Shorten it, or make several tables of it.")]


def _too_large(assets: Iterable[tuple[str, bytes]]) -> Iterator[Finding]:
    for name, data in assets:
        pixels = _pixels(data)
        if len(data) > limits.ASSET_BYTES:
            what = f"{len(data) / limits.MIB:.1f} MiB; {limits.ASSET_BYTES // limits.MIB} are the most"
        elif pixels > limits.PIXELS:
            what = f"{pixels:,} pixels; {limits.PIXELS:,} are the most"
        else:
            continue
        yield Finding(Rule.A16, f'The file "{name}" has {what}.', "Save it smaller.")


def _pixels(data: bytes) -> int:
    """Width times height of a picture, from its head only; 0 where it is none."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own limit is higher, and a warning
            width, height = Image.open(BytesIO(data)).size
    except Image.DecompressionBombError:
        return limits.PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError):
        return 0
    return int(width * height)
