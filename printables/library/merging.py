"""Merge the own and the shipped file of one name: entry by entry where it is a list of entries with ids, else by key.

The merged document knows, for each key, the line and the file that it came from, so that a message names the file that
can be mended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from printables.library.yaml_reader import Document, Key, Value

Origin = tuple[Document, Key]
"""A document, and the key of a value in it."""


def merged(below: Document, above: Document) -> Document:
    """Return one document with what both hold; where both say something, `above` wins."""
    merge = _Merge()
    value = merge.values((below, ()), (above, ()), ())
    return Document(above.path, value, merge.lines, merge.text_lines, merge.text_rows, merge.paths)


@dataclass
class _Merge:
    """The places of the values that were taken so far, by their keys in the result."""

    lines: dict[Key, int] = field(default_factory=dict)
    text_lines: dict[Key, int] = field(default_factory=dict)
    text_rows: dict[Key, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    paths: dict[Key, str] = field(default_factory=dict)

    def values(self, below: Origin, above: Origin, key: Key) -> Value:
        """Return the merged value of two places, and note where its parts come from."""
        low, high = _at(below), _at(above)
        if isinstance(low, dict) and isinstance(high, dict):
            self._note(above, key)
            return {name: self._chosen(below, above, name, key) for name in {**low, **high}}
        if isinstance(low, list) and isinstance(high, list) and _ids(low) and _ids(high):
            self._note(above, key)
            return [self._taken(origin, (*key, index)) for index, origin in enumerate(_entries(below, above))]
        return self._taken(above, key)

    def _chosen(self, below: Origin, above: Origin, name: str, key: Key) -> Value:
        inner = [(document, (*at, name)) for document, at in (below, above) if name in _mapping((document, at))]
        if len(inner) > 1:
            return self.values(inner[0], inner[1], (*key, name))
        return self._taken(inner[0], (*key, name))

    def _taken(self, origin: Origin, key: Key) -> Value:
        """Return the whole value at `origin`, and note where each of its parts comes from."""
        value = _at(origin)
        self._note(origin, key)
        document, at = origin
        for part in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            self._taken((document, (*at, part)), (*key, part))
        return value

    def _note(self, origin: Origin, key: Key) -> None:
        document, at = origin
        self.paths[key] = document.path
        for mine, its in ((self.lines, document.lines), (self.text_lines, document.text_lines)):
            if at in its:
                mine[key] = its[at]
        if at in document.text_rows:
            self.text_rows[key] = document.text_rows[at]


def _at(origin: Origin) -> Value:
    document, key = origin
    value = document.value
    for part in key:
        value = value[part]  # type: ignore[index]  # the key was made from this document
    return value


def _mapping(origin: Origin) -> dict[str, Value]:
    value = _at(origin)
    return value if isinstance(value, dict) else {}


def _ids(entries: list[Value]) -> bool:
    return all(isinstance(entry, dict) and isinstance(entry.get("id"), str) for entry in entries)


def _entries(below: Origin, above: Origin) -> Iterator[Origin]:
    """Yield the entries of the lower list, each replaced by those of its id above, and then the new ones."""
    high = _by_id(above)
    for identity, origins in _by_id(below).items():
        yield from high.pop(identity, origins)
    for origins in high.values():
        yield from origins


def _by_id(origin: Origin) -> dict[str, list[Origin]]:
    """Return the places of the entries of each id. An id that stands twice keeps both, and is reported."""
    document, key = origin
    found: dict[str, list[Origin]] = {}
    entries = _at(origin)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        identity = entry["id"] if isinstance(entry, dict) else ""
        found.setdefault(str(identity), []).append((document, (*key, index)))
    return found
