"""Text of a YAML file → plain values and the line of every key, through one strict door.

YAML has many surprises for someone who writes health text: `no` becomes False, `12:30` becomes 750, a repeated key
wins silently, four lines of aliases fill the memory. So this reader knows four things only: mappings, lists, text and
lines. Every scalar stays the words that were typed; the record's models decide what is a number or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from printables import limits
from printables.library import characters
from printables.problems import Problem

Key = tuple[str | int, ...]
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
"""A file knows text, lists and mappings, and nothing else."""

_ESCAPED_SURROGATE = re.compile(r"\\u([dD][89a-fA-F][0-9a-fA-F]{2})")


@dataclass(frozen=True)
class Document:
    """One YAML file: its plain value, the line of each key, and the first line of each text (both count from 1)."""

    path: str
    value: Value
    lines: dict[Key, int] = field(default_factory=dict)
    text_lines: dict[Key, int] = field(default_factory=dict)

    def line(self, key: Key) -> int:
        """The line of `key`, or of its nearest ancestor that has one."""
        while key and key not in self.lines:
            key = key[:-1]
        return self.lines.get(key, 1)

    def text_line(self, key: Key) -> int:
        """The line on which the words of the text at `key` begin (for a block text, the line after the key)."""
        return self.text_lines.get(key) or self.line(key)


class _Refused(Exception):
    """The file cannot be read on; carries the problem."""

    def __init__(self, line: int, what: str, mend: str) -> None:
        super().__init__(what)
        self.line, self.what, self.mend = line, what, mend


def read_yaml(data: bytes, path: str) -> tuple[Document | None, list[Problem]]:
    """The document in `data`, or None with the reasons. Warnings may come with a document."""
    try:
        text = _decode(data)
        builder = _Builder(path)
        builder.build(_events(text))
    except _Refused as refusal:
        return None, [Problem(path, refusal.line, refusal.what, refusal.mend)]
    if any(problem.severity == "error" for problem in builder.problems):
        return None, builder.problems
    if not isinstance(builder.root, dict):
        return None, [
            Problem(path, 1, "The file must hold keys and values.", 'Begin it with a line such as "id: ipt".')
        ]
    return Document(path, builder.root, builder.lines, builder.text_lines), builder.problems


def _decode(data: bytes) -> str:
    if len(data) > limits.FILE_BYTES:
        raise _Refused(
            0, f"The file is larger than {limits.FILE_BYTES // 1024} KiB.", "Shorten it, or split it in two."
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Refused(1, "The file is saved as UTF-16.", "Save it as UTF-8.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _Refused(line, f"The file is not UTF-8 (byte {error.start}).", "Save it as UTF-8.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = characters.CONTROL.search(text)
    if found:
        raise _Refused(text.count("\n", 0, found.start()) + 1, *characters.refusal(found.group()))
    if not text.strip():
        raise _Refused(0, "The file is empty.", "Fill it in, or delete it.")
    return text


def _events(text: str) -> Iterator[yaml.Event]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        number = mark.line + 1 if mark else 0
        raise _syntax(text, number, mark.column + 1 if mark else 0, error.problem or "cannot be read") from None
    except yaml.YAMLError as error:
        raise _Refused(
            0, f"The file cannot be read as YAML: {str(error).splitlines()[0]}.", "See YAML's rules."
        ) from None


def _syntax(text: str, line: int, column: int, reason: str) -> _Refused:
    lines = text.split("\n")
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())]:
        tab = here.index("\t") + 1
        return _Refused(line, f"A tab stands at the start of the line (column {tab}).", "Use spaces to indent.")
    half = _ESCAPED_SURROGATE.match(here, column - 1) or _ESCAPED_SURROGATE.match(here, max(column - 3, 0))
    if half:
        return _Refused(line, *characters.refusal(chr(int(half[1], 16))))
    mend = 'Check the indent, and put quotes around text that holds ": " or begins with a sign.'
    return _Refused(line, f"YAML stops here at column {column}: {reason}.", mend)


class _Builder:
    """Builds plain values from parser events, without recursion, so that depth is a number and not a crash."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Value = ""
        self.lines: dict[Key, int] = {}
        self.text_lines: dict[Key, int] = {}
        self.problems: list[Problem] = []
        self._open: list[tuple[dict[str, Value] | list[Value], Key]] = []
        self._key: str | None = None
        self._documents = 0

    def build(self, events: Iterator[yaml.Event]) -> None:
        """Take every event in turn. Raises `_Refused` where reading on makes no sense."""
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    raise _Refused(line, "A second document begins here.", 'Delete the line "---".')
            elif isinstance(event, yaml.NodeEvent):
                self._refuse_tricks(event, line)
                self._node(event, line)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self._open.pop()
                self._key = None
        if not self._documents:
            raise _Refused(0, "The file is empty.", "Fill it in, or delete it.")

    def _refuse_tricks(self, event: yaml.NodeEvent, line: int) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            what = f'Aliases and anchors are not allowed ("{sign}{event.anchor}").'
            raise _Refused(line, what, "Write the words out, or put the text in quotes.")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise _Refused(line, f'Tags are not allowed ("{tag}").', "Delete the tag.")

    def _node(self, event: yaml.NodeEvent, line: int) -> None:
        if self._expects_key():
            self._take_key(event, line)
            return
        key = self._place(line)
        if isinstance(event, yaml.ScalarEvent):
            block = event.style in ("|", ">")
            self.text_lines[key] = line + 1 if block else line
            self._attach(self._clean(event.value, self.text_lines[key]))
            return
        if len(self._open) >= limits.FILE_DEPTH:
            raise _Refused(line, f"The file is nested deeper than {limits.FILE_DEPTH} levels.", "Make it flatter.")
        container: dict[str, Value] | list[Value] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._attach(container)
        self._open.append((container, key))
        self._key = None

    def _expects_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1][0], dict) and self._key is None

    def _take_key(self, event: yaml.NodeEvent, line: int) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(line, "A key must be a word.", 'Write it as "word: value".')
        name, (container, path) = self._clean(event.value, line), self._open[-1]
        if name == "<<":
            raise _Refused(line, 'Merge keys ("<<") are not allowed.', "Write the keys out.")
        if name in container:
            first = self.lines[(*path, name)]
            what = f'The key "{name}" stands twice; the first is on line {first}.'
            self.problems.append(Problem(self.path, line, what, "Delete one of them."))
        self.lines.setdefault((*path, name), line)
        self._key = name

    def _place(self, line: int) -> Key:
        """The path of the value that comes next; list items get their line here, keys already have it."""
        if not self._open:
            return ()
        container, path = self._open[-1]
        if isinstance(container, list):
            key: Key = (*path, len(container))
            self.lines[key] = line
            return key
        return (*path, str(self._key))  # the event before was this value's key

    def _attach(self, value: Value) -> None:
        if not self._open:
            self.root = value
            return
        container, _ = self._open[-1]
        if isinstance(container, list):
            container.append(value)
        elif self._key is not None:
            container[self._key] = value
            self._key = None

    def _clean(self, text: str, line: int) -> str:
        """`text` as `characters.clean` leaves it; what is wrong with it is noted."""
        found = characters.CONTROL.search(text)
        if found:
            raise _Refused(line, *characters.refusal(found.group()))
        cleaned, faults = characters.clean(text)
        self.problems.extend(Problem(self.path, line, *fault) for fault in faults)
        return cleaned
