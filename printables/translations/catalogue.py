"""Which texts of a record are words to translate, derived from the types of its model's fields.

A text is one where its type is marked as TRANSLATED (library/fields.py) and it has a letter. Its context is its path in
the record, by which translators' files name it; entries with an id stand there by their id, others by their number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel

from printables.library.blanks import models_in
from printables.library.file_reader import SOURCE
from printables.library.lengths import AtMost
from printables.library.library import ANY
from printables.library.locales import Counted
from printables.library.scenes import Scene, TitleScene
from printables.library.type_notes import BY_LANGUAGE, OWN, TRANSLATED
from printables.library.yaml_reader import Key

_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class SourceText:
    """One text of a record in English."""

    key: Key
    """Where it stands in the document."""
    target: Key
    """Where its translation stands: under another language, or another plural form."""
    context: str
    english: str
    about: str = ""
    """What its field holds."""
    most: int = 0
    """The most characters that fit; 0 where there is no limit."""
    form: str = ""
    """The plural form that is asked for, of a text that has several."""


def _everything(model: type[BaseModel], value: Mapping[str, Any]) -> bool:
    del model, value
    return True


@dataclass(frozen=True)
class Wanted:
    """Which part of a record's words is wanted. Without `readers`, it is all of them."""

    known_readers: frozenset[str] = frozenset()
    readers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The readers whose words are wanted, each with those whose words may stand in."""
    takes: Callable[[type[BaseModel], Mapping[str, Any]], bool] = _everything
    """Whether an entry of a list, such as a help line, is wanted."""

    def keys(self, names: Sequence[str]) -> list[str]:
        """Return those of a mapping's keys that are wanted; keys that name no reader always are."""
        if not self.readers or not any(name in self.known_readers for name in names):
            return list(names)
        kept = set(names) - self.known_readers - {ANY}
        for reader, others in self.readers.items():
            kept.update([name for name in (reader, *others, ANY) if name in names][:1])
        return [name for name in names if name in kept]


@dataclass(frozen=True)
class _Place:
    """A place in a document while it is walked through."""

    key: Key = ()
    target: Key = ()
    context: tuple[str, ...] = ()
    about: str = ""

    def into(self, part: str | int, shown: str = "", target: str | int | None = None, about: str = "") -> _Place:
        """Return the place of a part; it is `shown` in the context, or not at all where that is empty."""
        return _Place(
            (*self.key, part),
            (*self.target, part if target is None else target),
            (*self.context, shown) if shown else self.context,
            about or self.about,
        )


@dataclass(frozen=True)
class Catalogue:
    """Finds the texts of records for one language, whose code and plural forms it has."""

    language: str
    forms: Sequence[str]
    scenes: Mapping[str, Scene] = field(default_factory=dict)
    wanted: Wanted = Wanted()

    def texts(self, model: type[BaseModel], value: Any) -> Iterator[SourceText]:
        """Yield the texts of a record, given as the plain value of its document, in the order of the model."""
        yield from self._model(model, value, _Place())

    def own(self, model: type[BaseModel], value: Any, key: Key = ()) -> Iterator[Key]:
        """Yield the keys of what each language has of its own, such as verbs before a phone number."""
        for name, info in model.model_fields.items() if isinstance(value, dict) else ():
            called = info.alias or name
            if called not in value or BY_LANGUAGE in info.metadata:
                continue
            if OWN in info.metadata:
                yield (*key, called)
                continue
            for inner in models_in(info.annotation):
                yield from self._own_in(inner, value[called], (*key, called))

    def _own_in(self, model: type[BaseModel], value: Any, key: Key) -> Iterator[Key]:
        inside = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
        yield from self.own(model, value, key)
        for part, inner in inside:
            yield from self.own(model, inner, (*key, part))

    def _model(self, model: type[BaseModel], value: Any, place: _Place) -> Iterator[SourceText]:
        if not isinstance(value, dict) or not self.wanted.takes(model, value):
            return
        if issubclass(model, Counted):
            yield from self._counted(value, place)
            return
        for name, info in model.model_fields.items():
            called = info.alias or name
            if called in value:
                inner = place.into(called, called, about=info.description or "")
                found = self._value(info.annotation, info.metadata, value[called], inner)
                yield from self._in_scene(value, found) if issubclass(model, TitleScene) else found

    def _value(self, kind: Any, notes: Sequence[Any], value: Any, place: _Place) -> Iterator[SourceText]:
        """Yield the texts of a value of this kind; `notes` is what its type says besides."""
        origin, arguments = get_origin(kind), get_args(kind)
        if OWN in notes:
            return
        if origin is Annotated:
            yield from self._value(arguments[0], [*notes, *kind.__metadata__], value, place)
        elif origin in (Union, UnionType):
            for argument in arguments:
                yield from self._value(argument, notes, value, place)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from self._model(kind, value, place)
        elif origin is list and isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._value(arguments[0], (), item, place.into(index, _name(item, index)))
        elif origin is dict and isinstance(value, dict):
            yield from self._mapping(arguments[1], notes, value, place)
        elif kind is str and TRANSLATED in notes and isinstance(value, str) and _LETTER.search(value):
            words = str(value).strip("\n") if "\n" in value else str(value).strip()
            yield SourceText(place.key, place.target, ".".join(place.context), words, place.about, _most(notes))

    def _mapping(
        self, kind: Any, notes: Sequence[Any], value: Mapping[str, Any], place: _Place
    ) -> Iterator[SourceText]:
        if BY_LANGUAGE in notes:
            if SOURCE in value:
                yield from self._value(kind, (), value[SOURCE], place.into(SOURCE, target=self.language))
            return
        for name in self.wanted.keys(list(value)):
            yield from self._value(kind, (), value[name], place.into(name, name))

    def _counted(self, value: Mapping[str, Any], place: _Place) -> Iterator[SourceText]:
        """Yield a text for each plural form of the language; English has two of them."""
        for form in self.forms:
            name = form if form in value else "other"
            if isinstance(value.get(name), str):
                at = place.into(name, form, target=form)
                yield SourceText(at.key, at.target, ".".join(at.context), value[name].strip(), at.about, form=form)

    def _in_scene(self, title: Mapping[str, Any], texts: Iterator[SourceText]) -> Iterator[SourceText]:
        """Yield the texts beside a drawing, each word on it with its room there, and with what it names."""
        scene = self.scenes.get(str(title.get("draws")))
        for text in texts:
            word = scene.words.get(str(text.key[-1])) if scene and text.key[-2:-1] == ("words",) else None
            if word:
                yield replace(text, most=word.most, about=f"On the drawing: {word.names}.")
            else:
                yield text


def _name(item: Any, index: int) -> str:
    """Return what an entry of a list is called in a context: its id, or its number from 1."""
    identity = item.get("id") if isinstance(item, dict) else None
    return identity if isinstance(identity, str) else str(index + 1)


def _most(notes: Sequence[Any]) -> int:
    limits = [note.max_length for note in notes if isinstance(note, MaxLen)]
    limits += [note.characters for note in notes if isinstance(note, AtMost)]
    return min(limits, default=0)
