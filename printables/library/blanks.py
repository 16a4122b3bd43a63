"""Whether what a record leaves blank is required: by its model, or, for words, by the reader's list of sections."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from printables.library.settings import Audience
from printables.library.yaml_reader import Key
from printables.problems import Problem

UNKNOWN = re.compile(r"(?:; where it is not required, delete the key|, or delete the key where it is not required)\.$")
"""The end of a message that leaves it to its reader whether something is required."""
_WORDS = re.compile(r"sections\.(\w+)\.([\w-]+): This is blank\.")


def mend_of(mend: str, model: type[BaseModel], key: Key) -> str:
    """Return how to mend a blank at this key, with whether it may be left out, where the model knows."""
    needed, within = _need(model, key)
    if needed is None or not UNKNOWN.search(mend):
        return mend
    return _told(mend, needed=needed, within=within)


def _told(mend: str, *, needed: bool, within: str = "") -> str:
    write = UNKNOWN.sub("", mend)
    if not needed:
        return f"{write}, or delete the key: this may be left out."
    return f'{write}: this is required, unless you delete "{within}".' if within else f"{write}: this is required."


def _need(model: type[BaseModel], key: Key) -> tuple[bool | None, str]:
    """Return whether the model requires the last key (None where it is not the model's), and what it is a part of."""
    needed, within = None, ""
    for part in key:
        if isinstance(part, int):
            continue
        found = next((field for name, field in model.model_fields.items() if (field.alias or name) == part), None)
        if found is None:
            needed = None  # a reader's name, for one
            continue
        needed = found.is_required()
        if part != key[-1]:
            within = within if needed else str(part)
        model = next(models_in(found.annotation), model)
    return needed, within


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models in a type: Course in list[Course]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def told_by_readers(problems: Iterable[Problem], audiences: Mapping[str, Audience]) -> Iterator[Problem]:
    """Yield the problems of a therapy; of blank words they say whether this reader must get them."""
    for problem in problems:
        found = _WORDS.match(problem.what)
        audience = audiences.get(found[2]) if found else None
        if found and audience:
            blocks = [block for section in audience.sections for block in section.blocks if block.show == found[1]]
            needed = any(not block.optional for block in blocks)
            yield dataclasses.replace(problem, mend=_told(problem.mend, needed=needed))
        else:
            yield problem
