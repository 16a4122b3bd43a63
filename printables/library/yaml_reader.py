"""Read a YAML file strictly into plain values, with the line of every key. All YAML is read here.

YAML has many surprises for authors of health text: `no` becomes False, `12:30` becomes 750, a repeated key wins
silently, and four lines of aliases can fill the memory. So this reader supports only mappings, lists and text. Every
scalar stays as typed; the record's models decide what is a number or a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from printables import limits
from printables.library import characters
from printables.library.doubts import At, Doubt, Doubted, Scalar, doubt_of, explains, rows_of
from printables.library.stand_ins import Untranslated
from printables.library.yaml_text import Refused, Stopped, decode, events
from printables.problems import Problem

Key = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A plain value: text, a list or a mapping."""


@dataclass(frozen=True)
class Document:
    """One YAML file: its plain value, the line of each key, and the first line of each text (both count from 1).

    `text_rows` says where in a text each line of the file begins, and its number, where YAML joined its lines.
    """

    path: str
    value: Value
    lines: dict[Key, int] = field(default_factory=dict)
    text_lines: dict[Key, int] = field(default_factory=dict)
    text_rows: dict[Key, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    paths: dict[Key, str] = field(default_factory=dict)
    """The file of each key, if the document was merged from two (see merging.py)."""
    english: dict[Key, str] = field(default_factory=dict)
    """In another language: the English of each of its words, by the key of the translation."""
    untranslated: dict[str, Untranslated] = field(default_factory=dict)
    """In another language: the words that are not translated, by their stand-ins."""
    faults: tuple[Problem, ...] = ()
    """In another language: what is wrong with single translations, which are not printed. Others are."""

    def path_of(self, key: Key) -> str:
        """Return the file that holds `key`, for display."""
        while key and key not in self.paths:
            key = key[:-1]
        return self.paths.get(key, self.path)

    def line(self, key: Key) -> int:
        """Return the line of `key`, or of its nearest ancestor that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def text_line(self, key: Key, text: str = "", offset: int = 0) -> int:
        """Return the line of the character at `offset` of the text at `key`; by default, of its first word."""
        first, rows = self.text_lines.get(key) or self.line(key), self.text_rows.get(key)
        words = text.lstrip("\n")
        within = offset - (len(text) - len(words))
        if rows:
            return max((line for start, line in rows if start <= within), default=first)
        return first + words.count("\n", 0, within)


def read_yaml(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    """Return the document in `data`, or None, and the problems. A document may have warnings."""
    try:
        text = decode(data)
        builder = _ValueBuilder(path, text.split("\n"))
        builder.build(events(text))
    except Refused as refusal:
        return None, [Problem(path, refusal.line, refusal.what, refusal.mend)]
    if any(problem.severity == "error" for problem in builder.problems):
        return None, builder.problems
    if not isinstance(builder.root, dict):
        return None, [
            Problem(path, 1, "The file must hold keys and values.", 'Begin it with a line such as "id: ipt".')
        ]
    return Document(path, builder.root, builder.lines, builder.text_lines, builder.text_rows), builder.problems


def _at(mark: Any) -> At:
    """Convert a parser mark; PyYAML has two classes of them without a common base."""
    return At(mark.line, mark.column) if mark else At(0, 0)


class _ValueBuilder:
    """Builds plain values from parser events, without recursion, so that deep nesting cannot exhaust the stack."""

    def __init__(self, path: str, source: list[str]) -> None:
        self.path, self._source = path, source
        self.root: Value = ""
        self.lines: dict[Key, int] = {}
        self.text_lines: dict[Key, int] = {}
        self.text_rows: dict[Key, tuple[tuple[int, int], ...]] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[dict[str, Value] | list[Value], Key, int | None]] = []
        """Open collections, each with its key and the column of its hyphens or keys (None inside brackets)."""
        self._key: str | None = None
        self._before = At(0, 0)
        self._doubt: Doubt | None = None
        self._documents = 0

    def build(self, events: Iterator[yaml.Event]) -> None:
        """Process all events in order. Raises `Refused` if the file cannot be read further."""
        try:
            self._take(events)
        except Stopped as stop:
            in_brackets = bool(self._open) and self._open[-1][2] is None
            if self._doubt and explains(stop.line, self._source, in_brackets=in_brackets):
                raise Refused(self._doubt.line, self._doubt.what, self._doubt.mend) from None
            raise
        if not self._documents:
            raise Refused(0, "The file is empty.", "Fill it in, or delete it.")

    def _take(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 0
            self._doubt = None
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise Refused(line, "A second document begins here.", 'Delete the line "---".')
            elif isinstance(event, yaml.NodeEvent):
                self._refuse_tricks(event, line)
                self._node(event, line)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._open.pop()
                self._key = None
            self._before = _at(event.end_mark)

    def _refuse_tricks(self, event: yaml.NodeEvent, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            what = f'Aliases and anchors are not allowed ("{sign}{event.anchor}").'
            raise Refused(line, what, "Write the words out, or put the text in quotes.")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise Refused(line, f'Tags are not allowed ("{tag}").', "Delete the tag.")

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if self._expects_key():
            self._take_key(event, line)
            return
        key = self._place(line)
        if isinstance(event, yaml.ScalarEvent):
            self._attach(self._text(event, key, line))
            return
        if len(self._open) >= limits.FILE_DEPTH:
            raise Refused(line, f"The file is nested deeper than {limits.FILE_DEPTH} levels.", "Make it flatter.")
        container: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        column = None if getattr(event, "flow_style", None) else _at(event.start_mark).column
        self._attach(container)
        self._open.append((container, key, column))
        self._key = None

    def _text(self, event: yaml.ScalarEvent, key: Key, line: int) -> str:
        """Return the text of a value with its doubt, and record its lines."""
        scalar = Scalar(event.value, event.style or "", _at(event.start_mark), _at(event.end_mark))
        blank = len(event.value) - len(event.value.lstrip("\n"))
        self.text_lines[key] = line + 1 + blank if scalar.style in ("|", ">") else line
        if rows := rows_of(scalar, self._source):
            self.text_rows[key] = rows
        text = self._clean(event.value, self.text_lines[key])
        self._doubt = doubt_of(scalar, self._source, self._before, self._open[-1][2] if self._open else None)
        return Doubted(text, self._doubt) if self._doubt else text

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._key is None

    def _take_key(self, event: yaml.NodeEvent, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise Refused(line, "A key must be a word.", 'Write it as "word: value".')
        name, (container, path, _) = self._clean(event.value, line), self._open[-1]
        if name == "<<":
            raise Refused(line, 'Merge keys ("<<") are not allowed.', "Write the keys out.")
        if name in container:
            first = self.lines[(*path, name)]
            what = f'The key "{name}" stands twice; the first is on line {first}.'
            self.problems.append(Problem(self.path, line, what, "Delete one of them."))
        self.lines.setdefault((*path, name), line)
        self._key = name

    def _place(self, line: int) -> Key:
        """Return the key of the next value. Records the line of list items; keys have theirs already."""
        if not self._open:
            return ()
        container, path, _ = self._open[-1]
        if isinstance(container, list):
            key: Key = (*path, len(container))
            self.lines[key] = line
            return key
        return (*path, str(self._key))  # the event before was this value's key

    def _attach(self, value: Value) -> None:
        if not self._open:
            self.root = value
            return
        container = self._open[-1][0]
        if isinstance(container, list):
            container.append(value)
        elif self._key is not None:
            container[self._key] = value
            self._key = None

    def _clean(self, text: str, line: int) -> str:
        """Return `text` cleaned by `characters.clean`, and record its faults."""
        found = characters.CONTROL.search(text)
        if found:
            raise Refused(line, *characters.refusal(found.group()))
        cleaned, faults = characters.clean(text)
        for what, mend, severity, sign in faults:
            self.problems.append(Problem(self.path, self._line_of(sign, line), what, mend, severity))
        return cleaned

    def _line_of(self, sign: str, first: int) -> int:
        """Return the line of the first such sign in a text that begins on line `first`; that line if it is escaped."""
        lines = enumerate(self._source[first - 1 :], first)
        return next((number for number, line in lines if sign and sign in line), first)
