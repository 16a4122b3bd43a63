"""docs/api-reference.md, from the signatures and docstrings of what is public."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any

from printables import api

_HEAD = """\
# The public API, name by name

Made by `printables schema` from `printables/api`; do not edit it by hand. [How to use it](api.md).
"""


def reference() -> str:
    """Return the page: each public name with its signature or its fields."""
    found = {name: getattr(api, name) for name in sorted(api.__all__, key=str.casefold)}
    functions = [(name, one) for name, one in found.items() if inspect.isfunction(one)]
    types = [(name, one) for name, one in found.items() if not inspect.isfunction(one)]
    parts = [_HEAD, "## Functions\n", *(_function(name, one) for name, one in functions)]
    return "\n".join([*parts, "## Types\n", *(_type(name, one) for name, one in types)])


def _function(name: str, function: Any) -> str:
    signature = str(inspect.signature(function)).replace("'", "")
    inside, _, result = signature.removeprefix("(").rpartition(") -> ")
    lines = [f"    {one}," for one in _split(inside)]
    code = "\n".join([f"printables.{name}(", *lines, f") -> {result}"])
    return f"### {name}\n\n```python\n{code}\n```\n\n{inspect.getdoc(function)}\n"


def _split(parameters: str) -> Iterator[str]:
    """Yield the parameters of a signature; commas inside brackets part nothing."""
    depth, start = 0, 0
    for at, sign in enumerate(parameters):
        depth += (sign in "[(") - (sign in "])")
        if sign == "," and not depth:
            yield parameters[start:at].strip()
            start = at + 1
    yield parameters[start:].strip()


def _type(name: str, kind: Any) -> str:
    rows = [f"| `{field.name}` | `{str(field.type).strip(chr(39))}` |" for field in _fields(kind)]
    rows += [f"| `{called}` | `{_result(one)}` |" for called, one in vars(kind).items() if isinstance(one, property)]
    rows += ["| `problems` | `tuple[Problem, ...]` |"] if issubclass(kind, Exception) else []
    table = "\n".join(["| attribute | type |", "|---|---|", *(row.replace(" | None", " \\| None") for row in rows)])
    return f"### {name}\n\n{inspect.getdoc(kind)}\n\n{table}\n"


def _fields(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()


def _result(one: property) -> str:
    return str(one.fget.__annotations__["return"]) if one.fget else ""
