"""A record's values, each with its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from printables.library.yaml_reader import Key


def values_with_keys(value: Any, key: Key = ()) -> Iterator[tuple[Key, Any]]:
    """Every value inside a record with its key, as the file spells it."""
    yield key, value
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from values_with_keys(getattr(value, name), (*key, field.alias or name))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from values_with_keys(inner, (*key, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from values_with_keys(inner, (*key, index))
