"""The fields of a record as a person sees them in a form, derived from the models: labels, limits, choices, lists."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from printables.library.fields import Remark
from printables.library.lengths import AtMost
from printables.library.sections import Sections
from printables.library.yaml_reader import Document, Key

Input = Literal["line", "text", "choice", "number", "date", "list"]
_OF_TEXT = get_args(Remark)[1]
"""What the type of a text notes that may have several lines."""
LONG = 120
"""A line that may have more characters than this gets a field of several lines."""


@dataclass(frozen=True)
class Part:
    """A field, a group of parts, or a list of groups; what a kind does not have is empty."""

    kind: Literal["field", "group", "list"]
    path: Key
    label: str
    help: str = ""
    input: Input = "line"
    value: str = ""
    there: bool = True
    """Whether the file has it."""
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    limit: int = 0
    line: int = 0
    parts: Sequence[Part] = ()
    blank: Part | None = None
    """Of a list: an entry to fill in."""

    def fields(self) -> Iterator[Part]:
        """Yield all fields in it."""
        if self.kind == "field":
            yield self
        for part in self.parts:
            yield from part.fields()


@dataclass(frozen=True)
class Form:
    """What is needed beside a model: for whom the words are, and what can be chosen."""

    reader: str
    readers: Sequence[str] = ()
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """By the name of a field whose values are ids: the ids, each with its name for people."""
    sections: Sequence[str] = ()
    """The sections that this reader's leaflet may have, in their order."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """By section: the heading under which the leaflet has it."""

    def of(self, model: type[BaseModel], document: Document) -> list[Part]:
        """Return the parts of a record, in the order of its model; its sections in the order of the leaflet."""
        parts = self._model(model, document.value, (), document)
        return [part for one in parts for part in (one.parts if one.path == ("sections",) else (one,))]

    def blank(self, model: type[BaseModel], path: Key = ()) -> Part:
        """Return an empty entry, to fill in."""
        return Part("group", path, "", parts=tuple(self._model(model, {}, path, None)))

    def _model(self, model: type[BaseModel], value: Any, path: Key, document: Document | None) -> list[Part]:
        given = value if isinstance(value, dict) else {}
        names = self._names(model, given)
        made = (self._field(called, info, given, path, document) for called, info in names)
        return [part for part in made if part]

    def _names(self, model: type[BaseModel], given: Mapping[str, Any]) -> Iterable[tuple[str, FieldInfo]]:
        named = {info.alias or name: info for name, info in model.model_fields.items()}
        if issubclass(model, Sections):
            order = [name for name in self.sections if name in named]
            order += [name for name in named if self.reader in given.get(name, {}) and name not in order]
            return [(name, named[name]) for name in order]
        return named.items()

    def _field(
        self, name: str, info: FieldInfo, given: Mapping[str, Any], path: Key, document: Document | None
    ) -> Part | None:
        label = self.headings.get(name) or name.strip("_").replace("_", " ").capitalize()
        about = _About(label, info.description or "", info.is_required(), name)
        return self._part(info.annotation, info.metadata, given.get(name), (*path, name), about, document)

    def _part(
        self, kind: Any, notes: Sequence[Any], value: Any, path: Key, about: _About, document: Document | None
    ) -> Part | None:
        kind, notes = _bare(kind, notes)
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is dict:
            return self._by_reader(arguments[1], value, path, about, document)
        if origin is list:
            return self._list(arguments[0], value, path, about, document)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            inner = tuple(self._model(kind, value, path, document))
            return Part("group", path, about.label, about.help, there=value is not None, parts=inner)
        return self._scalar(kind, notes, value, path, about, document)

    def _by_reader(self, kind: Any, value: Any, path: Key, about: _About, document: Document | None) -> Part | None:
        """Return what a mapping has for this reader; of one that is not by reader, everything."""
        given = value if isinstance(value, dict) else {}
        others = [name for name in given if name not in self.readers]
        mine = [self.reader] if self.reader in given or not others else []
        parts = []
        for name in [*mine, *others] if self.reader else list(given):
            said = about if name in (self.reader, "any") else about.named(name)
            parts.append(self._part(kind, (), given.get(name), (*path, name), said, document))
        found = tuple(part for part in parts if part)
        if len(found) == 1:
            return found[0]
        return Part("group", path, about.label, about.help, there=bool(given), parts=found) if found else None

    def _list(self, kind: Any, value: Any, path: Key, about: _About, document: Document | None) -> Part:
        entry, _ = _bare(kind, ())
        given = value if isinstance(value, list) else []
        if not (isinstance(entry, type) and issubclass(entry, BaseModel)):
            words = "\n".join(str(one) for one in given)
            line = document.line(path) if document else 0
            return Part(
                "field", path, about.label, about.help, "list", words, value is not None, about.required,
                self.choices.get(about.name, ()), line=line,
            )  # fmt: skip
        parts = []
        for place, one in enumerate(given):
            inner = tuple(self._model(entry, one, (*path, place), document))
            parts.append(Part("group", (*path, place), _title(one, place), parts=inner))
        blank = self.blank(entry, (*path, len(given)))
        return Part("list", path, about.label, about.help, there=bool(given), parts=tuple(parts), blank=blank)

    def _scalar(
        self, kind: Any, notes: Sequence[Any], value: Any, path: Key, about: _About, document: Document | None
    ) -> Part:
        choices = self.choices.get(about.name, ())
        if get_origin(kind) is Literal:
            choices = [(str(one), str(one).replace("-", " ")) for one in get_args(kind)]
        elif kind is bool:
            choices = [("yes", "yes"), ("no", "no")]
        limit = _most(notes)
        text = str(value).strip("\n") if isinstance(value, str) else ""
        line = document.text_line(path) if document and isinstance(value, str) else 0
        shape = _input(kind, notes, limit, choices=bool(choices))
        there = value is not None
        return Part("field", path, about.label, about.help, shape, text, there, about.required, choices, limit, line)


@dataclass(frozen=True)
class _About:
    """What a field is called, what it holds, whether the model requires it, and its name in the file."""

    label: str
    help: str
    required: bool
    name: str

    def named(self, name: str) -> _About:
        """Return the same for one entry of a mapping."""
        return _About(f"{self.label}: {name}", self.help, self.required, self.name)


def _bare(kind: Any, notes: Sequence[Any]) -> tuple[Any, Sequence[Any]]:
    """Return a type without Annotated and without None, and all that was noted of it."""
    while True:
        if get_origin(kind) is Annotated:
            inner, *more = get_args(kind)
            kind, notes = inner, [*notes, *more]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(one for one in get_args(kind) if one is not type(None))
        else:
            return kind, notes


def _input(kind: Any, notes: Sequence[Any], limit: int, *, choices: bool) -> Input:
    if choices:
        return "choice"
    if kind in (int, float):
        return "number"
    if kind is date:
        return "date"
    return "text" if _OF_TEXT in notes or limit > LONG else "line"


def _most(notes: Sequence[Any]) -> int:
    limits = [note.max_length for note in notes if isinstance(note, MaxLen)]
    limits += [note.characters for note in notes if isinstance(note, AtMost)]
    return min(limits, default=0)


def _title(entry: Any, place: int) -> str:
    """Return what an entry of a list is called: the first of its short texts, else its number."""
    given = entry if isinstance(entry, dict) else {}
    texts = [given.get(name) for name in ("question", "title", "name", "id", "therapy", "lead", "who")]
    return next((text for text in texts if isinstance(text, str)), f"Number {place + 1}")
