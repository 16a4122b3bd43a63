"""The differences between two versions of a record, by section or field, short enough to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from printables.library.yaml_reader import Value, read_yaml

AROUND = 30
"""Characters that are shown before the first and after the last difference of two texts."""
LONGEST = 160
"""Characters of a text that are shown at most."""
FILE = "the file"


@dataclass(frozen=True)
class FieldChange:
    """One text that differs: its field, such as `sections.overview.teens`, and both wordings ("" for none)."""

    field: str
    before: str
    after: str


def field_changes(before: bytes, after: bytes) -> Iterator[FieldChange]:
    """Yield the differences in the order of the newer file, those that are gone last.

    A file that is no YAML is shown as one change without words.
    """
    old, new = read_yaml(before, FILE)[0], read_yaml(after, FILE)[0]
    if old is None or new is None:
        yield FieldChange(FILE, "", "")
        return
    was, now = dict(_texts(old.value)), dict(_texts(new.value))
    for field in [*now, *(field for field in was if field not in now)]:
        if was.get(field) != now.get(field):
            yield FieldChange(field, *_short(was.get(field, ""), now.get(field, "")))


def _texts(value: Value, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text with its field. An entry with an id is named by it, so that its place does not matter."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{field}.{key}" if field else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            identity = inner.get("id") if isinstance(inner, dict) else None
            yield from _texts(inner, f"{field}[{identity if isinstance(identity, str) else index + 1}]")
    else:
        yield field, value


def _short(before: str, after: str) -> tuple[str, str]:
    """Return both texts in one line each, reduced to what differs and a few words around it."""
    old, new = " ".join(before.split()), " ".join(after.split())
    if not old or not new:
        return _cut(old, 0, len(old)), _cut(new, 0, len(new))
    head = _equal(old, new)
    tail = _equal(old[head:][::-1], new[head:][::-1])
    return _cut(old, head, len(old) - tail), _cut(new, head, len(new) - tail)


def _equal(one: str, other: str) -> int:
    """Return the number of characters that are equal at the start of both."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> str:
    """Return the part of a text from `start` to `end`, with whole words around it."""
    left = text.rfind(" ", 0, max(start - AROUND, 0)) + 1
    right = text.find(" ", min(end + AROUND, len(text)))
    right = len(text) if right < 0 else right
    if right - left > LONGEST:
        right = left + LONGEST
    return f"{'…' if left else ''}{text[left:right]}{'…' if right < len(text) else ''}"
