"""Walk through the values of a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from printables.library.yaml_reader import Key


def values_with_keys(value: Any, key: Key = ()) -> Iterator[tuple[Key, Any]]:
    """Yield every value inside a record, with its key as spelled in the file."""
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
