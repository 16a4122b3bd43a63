"""Edits of a YAML file that leave every other byte as it is: comments, order, quotation marks, line ends.

The file is never written anew from its value. The place of a node is taken from the parser, only that part of the text
is replaced, and the result is read again and compared with what the edit must give, before anybody gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from printables.editor import yaml_forms
from printables.editor.values import Edit, EditRefused, applied, existing, same, whole, wrapped
from printables.library.yaml_reader import Document, Key, Value, read_yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BOM = "\ufeff"
Span = tuple[int, int]


def edited(data: bytes, edits: Iterable[Edit], shown: str) -> bytes:
    """Return the file after these edits, made one after the other. Raises EditRefused, and then none is made."""
    for edit in edits:
        data = _edited(data, edit, shown)
    return data


def read(data: bytes, shown: str) -> Document:
    """Return the document in `data`. Raises EditRefused with the first thing that is wrong in it."""
    document, problems = read_yaml(data, shown)
    if document is None:
        first = problems[0]
        raise EditRefused(f"{shown}, line {first.line}: {first.what}", first.mend, "invalid")
    return document


def _edited(data: bytes, edit: Edit, shown: str) -> bytes:
    document = read(data, shown)
    wanted = applied(document.value, edit)
    text = data.decode("utf-8")
    mark = BOM if text.startswith(BOM) else ""
    body = text.removeprefix(BOM)
    ends = "\r\n" if "\r\n" in body else "\n"
    for made in _candidates(_Text(body, ends), edit, document.value):
        new = (mark + made).encode("utf-8", "surrogatepass")
        found, problems = read_yaml(new, shown)
        if found and same(found.value, wanted, _changed(edit)) and len(problems) <= _doubts(data, shown):
            return new
    raise EditRefused("This cannot be written into the file by a program.", "Change it in the file itself.")


def _doubts(data: bytes, shown: str) -> int:
    return len(read_yaml(data, shown)[1])


def _changed(edit: Edit) -> Key:
    """Return the path below which line ends around a text do not count; no path is called by a NUL."""
    return edit.path if edit.operation in ("set", "insert") else ("\0",)


class _Text:
    """The text of a file with its nodes. All positions are of characters."""

    def __init__(self, body: str, ends: str) -> None:
        self.body, self.ends = body, ends
        self._root = yaml.compose(body, Loader=_LOADER)

    def node(self, path: Key) -> Any:
        """Return the node at a path that is there."""
        found: Any = self._root
        for part in path:
            found = dict(self.entries(found))[str(part)] if isinstance(found, yaml.MappingNode) else found.value[part]
        return found

    def entries(self, node: Any) -> Iterator[tuple[str, Any]]:
        """Yield key and value of a mapping."""
        for key, value in node.value:
            yield key.value, value

    def key_node(self, path: Key) -> Any:
        """Return the node of the last key of a path."""
        return next(key for key, _ in self.node(path[:-1]).value if key.value == path[-1])

    def end(self, node: Any) -> int:
        """Return where the last character of a node's content ends; blank lines and comments behind it stay out."""
        if isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            return start + len(self.body[start:end].rstrip()) if node.style in ("|", ">") else end
        if node.flow_style or not node.value:
            return int(node.end_mark.index)
        last = node.value[-1]
        if not isinstance(last, tuple):
            return self.end(last)
        key, value = last
        return max(self.end(value), int(key.end_mark.index) + 1)

    def line_start(self, position: int) -> int:
        """Return where the line of a position begins."""
        return self.body.rfind("\n", 0, position) + 1

    def line_end(self, position: int) -> int:
        """Return where the line of a position ends, before its line end."""
        found = self.body.find("\n", position)
        end = len(self.body) if found < 0 else found
        return end - 1 if self.body[end - 1 : end] == "\r" and end > position else end

    def after_line(self, position: int) -> int:
        """Return where the next line begins."""
        found = self.body.find("\n", position)
        return len(self.body) if found < 0 else found + 1

    def replaced(self, span: Span, new: str) -> str:
        """Return the text with `new` in place of a span; its line feeds become line ends of this file."""
        return self.body[: span[0]] + new.replace("\n", self.ends) + self.body[span[1] :]

    def indent_of(self, node: Any) -> int:
        """Return the indent of a block text's lines: as it is, or two more than that of the line it begins on."""
        first = self.after_line(node.start_mark.index)
        lines = self.body[first : self.end(node)].split("\n") if node.style in ("|", ">") else []
        found = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
        return found[0] if found else self.key_column(node.start_mark.index) + 2

    def key_column(self, position: int) -> int:
        """Return the column of the key on a position's line, behind a hyphen if there is one."""
        line = self.body[self.line_start(position) : position]
        return len(line) - len(line.lstrip(" -"))

    def segment(self, sequence: Any, place: int) -> Span:
        """Return the lines of an entry of a list, or, within brackets, its span."""
        node = sequence.value[place]
        if sequence.flow_style:
            return node.start_mark.index, node.end_mark.index
        return self.line_start(node.start_mark.index), self.after_line(self.end(node))


def _candidates(text: _Text, edit: Edit, value: Any) -> Iterator[str]:
    """Yield the file after the edit in several forms; not each of them needs to be right."""
    if edit.operation == "set":
        there = existing(value, edit.path)
        yield from _set(text, edit) if there == edit.path else _added(text, edit, there)
    elif edit.operation == "insert":
        yield from _inserted(text, text.node(edit.path[:-1]), int(edit.path[-1]), edit.value)
    elif edit.operation == "remove":
        yield from _removed(text, whole(value, edit.path))
    else:
        yield _moved(text, text.node(edit.path[:-1]), int(edit.path[-1]), edit.to)


def _set(text: _Text, edit: Edit) -> Iterator[str]:
    node = text.node(edit.path)
    start, end = node.start_mark.index, text.end(node)
    space = "" if text.body[start - 1 : start] in (" ", "\n", "[", "{", "") else " "
    if isinstance(node, yaml.ScalarNode) and isinstance(edit.value, str):
        head = text.body[start : text.line_end(start)] if node.style in ("|", ">") else "|"
        for form in yaml_forms.text_forms(edit.value, node.style or "", text.indent_of(node), head):
            yield text.replaced((start, end), space + form)
    elif isinstance(node, yaml.ScalarNode) or node.flow_style or not edit.value:
        yield text.replaced((start, end), space + yaml_forms.in_brackets(edit.value))
    else:
        column = node.start_mark.column
        yield text.replaced((start, end), "\n".join(yaml_forms.block(edit.value, column)).lstrip(" "))


def _added(text: _Text, edit: Edit, there: Key) -> Iterator[str]:
    """Yield the file with an entry that was not there, at the end of its mapping."""
    parent = text.node(there)
    name, *missing = edit.path[len(there) :]
    value = wrapped(edit.value, tuple(missing))
    if not isinstance(parent, yaml.MappingNode):
        return
    if parent.flow_style or not parent.value:
        pair = f"{name}: {yaml_forms.in_brackets(value)}"
        closing = parent.end_mark.index - 1
        yield text.replaced((closing, closing), f", {pair}" if parent.value else pair)
        return
    yield _below(text, text.end(parent), yaml_forms.entry(str(name), value, parent.start_mark.column))


def _below(text: _Text, position: int, lines: list[str]) -> str:
    at = text.line_end(position)
    return text.replaced((at, at), "\n" + "\n".join(lines))


def _inserted(text: _Text, sequence: Any, place: int, value: Value) -> Iterator[str]:
    if not sequence.value:
        column = text.key_column(sequence.start_mark.index) + 2
        span = (sequence.start_mark.index, sequence.end_mark.index)
        if isinstance(value, str):
            yield text.replaced(span, yaml_forms.in_brackets([value]))
        before = len(text.body[: span[0]].rstrip(" "))
        yield text.replaced((before, span[1]), "\n" + "\n".join(yaml_forms.item(value, column)))
    elif sequence.flow_style:
        new = yaml_forms.in_brackets(value)
        at = sequence.value[place].start_mark.index if place < len(sequence.value) else text.end(sequence.value[-1])
        yield text.replaced((at, at), f"{new}, " if place < len(sequence.value) else f", {new}")
    else:
        lines = yaml_forms.item(value, sequence.start_mark.column)
        if place:
            yield _below(text, text.end(sequence.value[place - 1]), lines)
        else:
            start = text.line_start(sequence.start_mark.index)
            yield text.replaced((start, start), "\n".join(lines) + "\n")


def _removed(text: _Text, path: Key) -> Iterator[str]:
    parent = text.node(path[:-1])
    places = [key for key, _ in parent.value] if isinstance(parent, yaml.MappingNode) else parent.value
    place = [key.value for key in places].index(path[-1]) if isinstance(parent, yaml.MappingNode) else int(path[-1])
    key_end = places[place].end_mark.index + 1 if isinstance(parent, yaml.MappingNode) else 0
    start, end = places[place].start_mark.index, max(text.end(text.node(path)), key_end)
    if parent.flow_style:
        last = place == len(places) - 1
        before = text.end(text.node((*path[:-1], _name(places, place - 1, path)))) if last else start
        yield text.replaced((before, end if last else places[place + 1].start_mark.index), "")
        return
    line = text.line_start(start)
    if text.body[line:start].strip(" ") and isinstance(parent, yaml.MappingNode):
        yield text.replaced((start, places[place + 1].start_mark.index), "")  # the first behind a hyphen
    yield text.replaced((line, text.after_line(end)), "")


def _name(places: list[Any], place: int, path: Key) -> str | int:
    return place if isinstance(path[-1], int) else str(places[place].value)


def _moved(text: _Text, sequence: Any, start: int, to: int) -> str:
    spans = [text.segment(sequence, place) for place in range(len(sequence.value))]
    parts = [text.body[slice(*span)] for span in spans]
    bare = not sequence.flow_style and not parts[-1].endswith("\n")
    parts = [part if part.endswith("\n") or sequence.flow_style else part + text.ends for part in parts]
    parts.insert(to, parts.pop(start))
    made, last = "", 0
    for span, part in zip(spans, parts, strict=True):
        made, last = made + text.body[last : span[0]] + part, span[1]
    made = made.removesuffix(text.ends) if bare else made
    return made + text.body[last:]
