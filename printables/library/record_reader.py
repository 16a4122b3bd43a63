"""The bytes of one file → its record, with the line of every key."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError

from printables.library.fields import RAW_MARKS, Record
from printables.library.languages import MEASURED, RIGHT_TO_LEFT, refused_language, refused_letter
from printables.library.traversal import values_with_keys
from printables.library.validation_messages import problems_of
from printables.library.yaml_reader import Document, read_yaml
from printables.problems import Problem

R = TypeVar("R", bound=Record)

MAX_TURNED = 20
"""So many texts that run from right to left are listed one by one; then a count."""


@functools.lru_cache(maxsize=128)
def read_record(model: type[R], data: bytes, shown: str) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """The record in these bytes, or its problems.

    What came of the same bytes is kept: the preview reads all files again where one was saved, and records are frozen.
    """
    document, problems = read_yaml(data, shown)
    if document is None:
        return None, None, tuple(problems)
    if found := [*_too_long(document, model.longest_list), *_turned(document)]:
        return None, None, (*problems, *found)
    try:
        marked: list[str] = []
        record = model.model_validate(document.value, context=marked)
        return record, document, (*problems, *_raw_marks(document, marked))
    except ValidationError as error:
        return None, None, (*problems, *problems_of(error, document, model))


def _raw_marks(document: Document, marked: list[str]) -> Iterator[Problem]:
    """Names, titles and other lines in which Markdown would be printed as it stands."""
    for key, value in values_with_keys(document.value) if marked else ():
        if isinstance(value, str) and any(value is one for one in marked):
            for found in itertools.islice(RAW_MARKS.finditer(value), 1):
                what = f'Markdown is not read in a name, a title or a label; "{found[0][:30]}" is printed as it stands.'
                line = document.text_line(key, value, found.start())
                yield Problem(document.path, line, what, "Take these signs out.", "warning")


def _too_long(document: Document, most: int) -> Iterator[Problem]:
    """Decided before anything looks at the entries one by one."""
    for key, value in values_with_keys(document.value):
        if isinstance(value, list) and len(value) > most:
            what = f"The list has {len(value):,} entries, and {most:,} are the most."
            yield Problem(document.path, document.line(key), what, "Shorten it, or split it in two.")


def _turned(document: Document) -> Iterator[Problem]:
    """Texts that run from right to left; one problem for all where the file says that it is in such a language."""
    found = list(_letters(document))
    language = document.value.get("language") if isinstance(document.value, dict) else None
    if found and isinstance(language, str) and language not in MEASURED:
        what, mend = refused_language(language)
        yield Problem(document.path, document.line(("language",)), f"language: {what}", mend)
        return
    for line, sign in found[:MAX_TURNED]:
        yield Problem(document.path, line, *refused_letter(sign))
    if len(found) > MAX_TURNED:
        what = f"{len(found) - MAX_TURNED:,} more texts run from right to left."
        yield Problem(document.path, found[MAX_TURNED][0], what, "Write them in Latin letters.")


def _letters(document: Document) -> Iterator[tuple[int, str]]:
    """The first letter of each text that runs from right to left, with its line."""
    for key, value in values_with_keys(document.value):
        sign = RIGHT_TO_LEFT.search(value) if isinstance(value, str) and not value.isascii() else None
        if sign and not value.strip().isdecimal():  # a number is refused by its field
            yield document.text_line(key, value, sign.start()), sign.group()
