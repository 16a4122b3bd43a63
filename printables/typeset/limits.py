"""What the engine is not even shown, because it would take all memory or never end.

Measured with WeasyPrint 70.0: `colspan="1000000000"` held a machine of two cores for more than 9 minutes; about 130
nested elements end in a RecursionError.
"""

from __future__ import annotations

from typing import Any

from printables.typeset.page import Finding

DEPTH = 60
"""Elements inside elements, the document's root included; a leaflet needs about 15."""
SPAN = 100
"""Columns or rows that one cell may cover."""
SPANS = ("colspan", "rowspan", "span")


def over_limits(root: Any) -> list[Finding]:
    """A finding for each limit that a parsed document breaks. Walks without recursion: depth is what it looks for."""
    deepest, widest, waiting = 0, 0, [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        widest = max(widest, *(_number(node.get(name)) for name in SPANS))
        waiting.extend((child, depth + 1) for child in node)
    return [*_too_deep(deepest), *_too_wide(widest)]


def _number(text: str | None) -> int:
    """An attribute's number; one too long to be read counts as beyond every limit."""
    digits = (text or "").strip().lstrip("+")
    if len(digits) > 9:
        return SPAN + 1
    return int(digits) if digits.isdecimal() else 0


def _too_deep(depth: int) -> list[Finding]:
    if depth <= DEPTH:
        return []
    what = f"The leaflet's parts are nested too deeply: {depth} boxes inside each other, and {DEPTH} are allowed."
    return [Finding("A16", what, "Take out lists inside lists and boxes inside boxes.")]


def _too_wide(span: int) -> list[Finding]:
    if span <= SPAN:
        return []
    what = f"A table's cell covers more than {SPAN} columns or rows."
    return [Finding("A16", what, "Write the number of columns that the table really has.")]
