"""Parse the bytes of one file into its record, with the line of every key."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from printables.library.fields import Record
from printables.library.languages import (
    MEASURED,
    RIGHT_TO_LEFT,
    Context,
    refused_language,
    refused_letter,
    runs_left,
)
from printables.library.merging import merged
from printables.library.traversal import values_with_keys
from printables.library.validation_messages import problems_of
from printables.library.yaml_reader import Document, read_yaml
from printables.problems import Problem

R = TypeVar("R", bound=Record)

MAX_TURNED = 20
"""The most texts from right to left that are reported one by one; the rest is counted."""


class WordLayer(Protocol):
    """The words of another language over one record (see translations/overlay.py)."""

    @property
    def context(self) -> Context:
        """What the validation of the record must know."""

    def over(self, document: Document, model: type[BaseModel]) -> Document:
        """Return the document in this language; it knows what is wrong with its words."""

    def __hash__(self) -> int:
        """Layers are parts of keys."""


@dataclass(frozen=True)
class RecordText:
    """The bytes of a file when the library was read, and its path for display."""

    data: bytes
    shown: str
    layer: WordLayer | None = None
    """The words of another language that are laid over it, if any."""


def read_text(model: type[R], text: RecordText) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """Return the record in this file and its document, in the language that lies over it, or its problems."""
    return read_record(model, text.data, text.shown) if text.layer is None else read_merged(model, (text,), text.layer)


def read_record(
    model: type[R], data: bytes, shown: str, context: Context | None = None
) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """Return the record in these bytes and its document, or its problems; `shown` is the path of both."""
    record, document, problems = _read_content(model, data, *(context or {}).values())
    named = replace(document, path=shown) if document else None
    return record, named, tuple(replace(problem, path=shown) for problem in problems)


@functools.lru_cache(maxsize=128)
def _read_content(
    model: type[R], data: bytes, language: str = "", direction: str = ""
) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """Return the same without a path.

    The result is cached by content, because the preview reads all files again after each save, and records are frozen.
    """
    document, problems = read_yaml(data, "")
    if document is None:
        return None, None, tuple(problems)
    context = {"language": language, "direction": direction} if language else None
    return _validated(model, document, problems, context)


@functools.lru_cache(maxsize=128)
def read_merged(
    model: type[R], layers: tuple[RecordText, ...], words: WordLayer | None = None
) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """Return the record that these files hold together, the upper one last, and its merged document, or its problems.

    All of them must be readable: without the own file, others would print words that it was meant to replace.
    """
    document: Document | None = None
    problems: list[Problem] = []
    unreadable = False
    for layer in layers:
        upper, found = read_yaml(layer.data, layer.shown)
        problems += found
        unreadable = unreadable or upper is None
        if upper is not None:
            document = merged(document, upper) if document else upper
    if document is None or unreadable:
        return None, None, tuple(problems)
    if words is None:
        return _validated(model, document, problems)
    return _validated(model, words.over(document, model), problems, words.context)


def _validated(
    model: type[R], document: Document, problems: Iterable[Problem], context: Context | None = None
) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """Return the record in this document and the document, or its problems."""
    turned = () if runs_left(context) else _turned(document)
    if found := [*_too_long(document, model.longest_list), *turned]:
        return None, None, (*problems, *found)
    try:
        return model.model_validate(document.value, context=context), document, tuple(problems)
    except ValidationError as error:
        return None, None, (*problems, *problems_of(error, document, model))


def _too_long(document: Document, most: int) -> Iterator[Problem]:
    """Yield a problem for each list that is too long, before its entries are validated."""
    for key, value in values_with_keys(document.value):
        if isinstance(value, list) and len(value) > most:
            what = f"The list has {len(value):,} entries, and {most:,} are the most."
            yield Problem(document.path_of(key), document.line(key), what, "Shorten it, or split it in two.")


def _turned(document: Document) -> Iterator[Problem]:
    """Yield problems for texts from right to left; only one if the file's own language is written so."""
    found = list(_letters(document))
    language = document.value.get("language") if isinstance(document.value, dict) else None
    if found and isinstance(language, str) and language not in MEASURED:
        what, mend = refused_language(language)
        yield Problem(document.path_of(("language",)), document.line(("language",)), f"language: {what}", mend)
        return
    for path, line, sign in found[:MAX_TURNED]:
        yield Problem(path, line, *refused_letter(sign))
    if len(found) > MAX_TURNED:
        what = f"{len(found) - MAX_TURNED:,} more texts run from right to left."
        yield Problem(*found[MAX_TURNED][:2], what, "Write them in Latin letters.")


def _letters(document: Document) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and first letter of each text from right to left."""
    for key, value in values_with_keys(document.value):
        sign = RIGHT_TO_LEFT.search(value) if isinstance(value, str) and not value.isascii() else None
        if sign and not value.strip().isdecimal():  # a number is refused by its field
            yield document.path_of(key), document.text_line(key, value, sign.start()), sign.group()
