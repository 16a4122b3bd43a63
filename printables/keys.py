"""Keys: a hash over data that covers every field, including fields that are added later.

The data is passed whole, dataclasses included. No field is listed by hand, so none can be forgotten.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def key_of(*parts: Any) -> str:
    """Return the SHA-256, in hexadecimal, of nested plain values, dataclasses, mappings and sequences.

    Order matters, also in mappings, because it can affect output. Raises TypeError for other types, instead of ignoring
    them.
    """
    text = json.dumps(parts, default=_plain, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Convert a value that JSON does not support."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, {name: getattr(value, name) for name in _names(type(value))}]
    if isinstance(value, bytes):
        return ["bytes", hashlib.sha256(value).hexdigest()]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return ["date", value.isoformat()]
    raise TypeError(f"This cannot be part of a key: {type(value).__name__}")


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
