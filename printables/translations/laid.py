"""A document while words of another language are put into it, with the file and line of each."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from printables.library.stand_ins import Untranslated
from printables.library.yaml_reader import Document, Key
from printables.problems import Problem


def _made(container: Any, part: str | int, empty: Any) -> Any:
    """Return the part of a mapping or a list; where there is none yet, it is `empty`."""
    if isinstance(container, dict):
        return container.setdefault(part, empty)
    if part == len(container):
        container.append(empty)
    return container[part]


@dataclass
class Laid:
    """A document while words are put into it."""

    source: Document
    value: dict[str, Any]
    lines: dict[Key, int]
    text_lines: dict[Key, int]
    text_rows: dict[Key, tuple[tuple[int, int], ...]]
    paths: dict[Key, str]
    english: dict[Key, str] = field(default_factory=dict)
    lost: dict[str, Untranslated] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)

    @classmethod
    def over(cls, document: Document) -> Laid:
        value = copy.deepcopy(document.value)
        return cls(
            document,
            value if isinstance(value, dict) else {},
            dict(document.lines),
            dict(document.text_lines),
            dict(document.text_rows),
            dict(document.paths),
        )

    def put(self, key: Key, value: Any, path: str, line: int) -> None:
        """Put a value at a key, with its file and line; mappings on the way are made."""
        inner: Any = self.value
        for part, following in itertools.pairwise(key):
            inner = _made(inner, part, [] if isinstance(following, int) else {})
        _made(inner, key[-1], value)
        inner[key[-1]] = value
        self.paths[key], self.lines[key], self.text_lines[key] = path, line, line
        self.text_rows[key] = ((0, line),)

    def merge(self, key: Key, value: Any, other: Document) -> None:
        """Put in what another document has at a key: of a mapping, each part by itself, so that others stay."""
        if not isinstance(value, dict):
            self.put(key, value, other.path, other.line(key))
            return
        for name, part in value.items():
            self.merge((*key, name), part, other)

    def drop(self, key: Key) -> None:
        """Take a key out, if it is there."""
        inner: Any = self.value
        for part in key[:-1]:
            if not isinstance(inner, dict) or part not in inner:
                return
            inner = inner[part]
        if isinstance(inner, dict):
            inner.pop(key[-1], None)

    def keep(self, key: Key, names: Sequence[str]) -> None:
        """Take out all keys of the mapping at `key` but these."""
        inner: Any = self.value
        for part in key:
            inner = inner[part]
        for name in [name for name in inner if name not in names]:
            del inner[name]

    def document(self) -> Document:
        """Return the document."""
        return replace(
            self.source,
            value=self.value,
            lines=self.lines,
            text_lines=self.text_lines,
            text_rows=self.text_rows,
            paths=self.paths,
            english=self.english,
            untranslated=self.lost,
            faults=tuple(self.faults),
        )
