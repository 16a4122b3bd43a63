"""The bytes of one file → its record, with the line of every key."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TypeVar

from pydantic import ValidationError

from printables.library.explain import problems_of
from printables.library.fields import Record
from printables.library.walking import walk
from printables.library.yaml_reader import Document, read_yaml
from printables.problems import Problem

R = TypeVar("R", bound=Record)


@functools.lru_cache(maxsize=128)
def read_record(model: type[R], data: bytes, shown: str) -> tuple[R | None, Document | None, tuple[Problem, ...]]:
    """The record in these bytes, or its problems.

    What came of the same bytes is kept: the preview reads all files again where one was saved, and records are frozen.
    """
    document, problems = read_yaml(data, shown)
    if document is None:
        return None, None, tuple(problems)
    if long := list(_too_long(document, model.longest_list)):
        return None, None, (*problems, *long)
    try:
        return model.model_validate(document.value), document, tuple(problems)
    except ValidationError as error:
        return None, None, (*problems, *problems_of(error, document, model))


def _too_long(document: Document, most: int) -> Iterator[Problem]:
    """Decided before anything looks at the entries one by one."""
    for key, value in walk(document.value):
        if isinstance(value, list) and len(value) > most:
            what = f"The list has {len(value):,} entries, and {most:,} are the most."
            yield Problem(document.path, document.line(key), what, "Shorten it, or split it in two.")
