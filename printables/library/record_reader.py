"""Parse the bytes of one file into its record, with the line of every key."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError

from printables.library.fields import Record
from printables.library.languages import MEASURED, RIGHT_TO_LEFT, refused_language, refused_letter
from printables.library.traversal import values_with_keys
from printables.library.validation_messages import problems_of
from printables.library.yaml_reader import Document, read_yaml
from printables.problems import Problem

R = TypeVar("R", bound=Record)

MAX_TURNED = 20
"""The most texts from right to left that are reported one by one; the rest is counted."""


@functools.lru_cache(maxsize=128)
def read_record(model: type[R], data: bytes, shown: str) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """Return the record in these bytes and its document, or its problems.

    The result is cached by content, because the preview reads all files again after each save, and records are frozen.
    """
    document, problems = read_yaml(data, shown)
    if document is None:
        return None, None, tuple(problems)
    if found := [*_too_long(document, model.longest_list), *_turned(document)]:
        return None, None, (*problems, *found)
    try:
        return model.model_validate(document.value), document, tuple(problems)
    except ValidationError as error:
        return None, None, (*problems, *problems_of(error, document, model))


def _too_long(document: Document, most: int) -> Iterator[Problem]:
    """Yield a problem for each list that is too long, before its entries are validated."""
    for key, value in values_with_keys(document.value):
        if isinstance(value, list) and len(value) > most:
            what = f"The list has {len(value):,} entries, and {most:,} are the most."
            yield Problem(document.path, document.line(key), what, "Shorten it, or split it in two.")


def _turned(document: Document) -> Iterator[Problem]:
    """Yield problems for texts from right to left; only one if the file's own language is written so."""
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
    """Yield line and first letter of each text from right to left."""
    for key, value in values_with_keys(document.value):
        sign = RIGHT_TO_LEFT.search(value) if isinstance(value, str) and not value.isascii() else None
        if sign and not value.strip().isdecimal():  # a number is refused by its field
            yield document.text_line(key, value, sign.start()), sign.group()
