"""Keys: one hash over data, which takes in every field of it, also those that are added later.

What decides a result is given as it is, dataclasses and all. Nobody lists fields, so nobody can forget one.
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
    """SHA-256 in hexadecimal of plain values, dataclasses, mappings and sequences, however deep they go.

    Order counts, also that of mappings, since it can show in what is made of them. Raises TypeError for any other kind
    of value: it would be wrong to leave it out.
    """
    text = json.dumps(parts, default=_plain, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """What JSON does not know as something that it knows."""
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
