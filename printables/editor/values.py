"""What an edit does to the plain value of a document. The YAML text is compared with this before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from printables.library.doubts import Doubted
from printables.library.yaml_reader import Key, Value

Operation = Literal["set", "insert", "remove", "move"]


class EditRefused(Exception):
    """An edit cannot be made; `what` and `mend` are for the person at the page, `code` and `more` for the page."""

    def __init__(self, what: str, mend: str, code: str = "refused", more: Mapping[str, Any] | None = None) -> None:
        super().__init__(what)
        self.what, self.mend, self.code, self.more = what, mend, code, more or {}


@dataclass(frozen=True)
class Edit:
    """One change of a document.

    `set` replaces what stands at `path`, and makes it, with the mappings around it, if nothing does. `insert` puts
    `value` into a list before the entry at `path`, whose last part is a number from 0 to the list's length. `remove`
    takes out an entry, and with the last one what held it. `move` puts an entry of a list at the place `to`.
    """

    operation: Operation
    path: Key
    value: Value = ""
    to: int = 0


def _gone(path: Key) -> EditRefused:
    where = ".".join(map(str, path))
    return EditRefused(f'"{where}" is not in the file any more.', "Load the page again.", "stale")


def at(value: Any, path: Key) -> Any:
    """Return what stands at `path`. Raises EditRefused."""
    for part in path:
        if not has(value, part):
            raise _gone(path)
        value = value[part]
    return value


def has(value: Any, part: str | int) -> bool:
    """Return whether a mapping has this key, or a list this place."""
    if isinstance(value, dict):
        return part in value
    return isinstance(value, list) and isinstance(part, int) and 0 <= part < len(value)


def existing(value: Any, path: Key) -> Key:
    """Return as much of `path` as there is."""
    for length, part in enumerate(path):
        if not has(value, part):
            return path[:length]
        value = value[part]
    return path


def applied(value: Any, edit: Edit) -> Any:
    """Return the value after the edit; the old one stays as it is. Raises EditRefused."""
    new = _copied(value)
    {"set": _set, "insert": _insert, "remove": _remove, "move": _move}[edit.operation](new, edit)
    return new


def _copied(value: Any) -> Any:
    """Return a copy in which entries can be changed; its texts are the same."""
    if isinstance(value, dict):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def wrapped(value: Value, missing: Key) -> Value:
    """Return `value` in the mappings that its path names and that are not there yet."""
    for part in reversed(missing):
        value = [value] if part == 0 else {str(part): value}
    return value


def _set(value: Any, edit: Edit) -> None:
    there = existing(value, edit.path)
    if not edit.path:
        raise _gone(edit.path)
    if there == edit.path:
        at(value, edit.path[:-1])[edit.path[-1]] = edit.value
        return
    name, *missing = edit.path[len(there) :]
    parent = at(value, there)
    if not isinstance(parent, dict) or not isinstance(name, str) or any(part not in (0, str(part)) for part in missing):
        raise _gone(edit.path)
    parent[name] = wrapped(edit.value, tuple(missing))


def _list_of(value: Any, path: Key, most: int) -> list[Any]:
    found = at(value, path[:-1]) if path else None
    place = path[-1] if path else None
    if not isinstance(found, list) or not isinstance(place, int) or not 0 <= place < len(found) + most:
        raise _gone(path)
    return found


def _insert(value: Any, edit: Edit) -> None:
    entries = _list_of(value, edit.path, 1)
    entries.insert(int(edit.path[-1]), edit.value)


def _remove(value: Any, edit: Edit) -> None:
    path = whole(value, edit.path)
    del at(value, path[:-1])[path[-1]]


def whole(value: Any, path: Key) -> Key:
    """Return the path of what is removed: an entry, or what would be left without entries. Raises EditRefused."""
    at(value, path)
    while len(path) > 1 and len(at(value, path[:-1])) == 1:
        path = path[:-1]
    if not path:
        raise _gone(path)
    return path


def _move(value: Any, edit: Edit) -> None:
    entries = _list_of(value, edit.path, 0)
    if not 0 <= edit.to < len(entries):
        raise _gone((*edit.path[:-1], edit.to))
    entries.insert(edit.to, entries.pop(int(edit.path[-1])))


def same(found: Any, wanted: Any, changed: Key) -> bool:
    """Return whether two values are the same; below `changed`, but for line ends around a text and for its doubts.

    A doubtful text is one of which YAML may have dropped a part as a comment: where it has no such sign in it, the
    comment stood there before.
    """
    return _same(found, wanted, changed, inside=not changed)


def _same(found: Any, wanted: Any, changed: Key, *, inside: bool) -> bool:
    if isinstance(wanted, dict) and isinstance(found, dict):
        return list(found) == list(wanted) and all(_part(found, wanted, key, changed, inside) for key in wanted)
    if isinstance(wanted, list) and isinstance(found, list):
        return len(found) == len(wanted) and all(
            _part(found, wanted, place, changed, inside) for place in range(len(wanted))
        )
    if not isinstance(wanted, str) or not isinstance(found, str):
        return False
    if inside:
        return str(found).strip("\n") == str(wanted).strip("\n") and not (isinstance(found, Doubted) and "#" in wanted)
    return str(found) == str(wanted)


def _part(found: Any, wanted: Any, part: Any, changed: Key, inside: bool) -> bool:  # noqa: FBT001
    on_the_way = bool(changed) and changed[0] == part
    rest = changed[1:] if on_the_way else ("\0",)
    return _same(found[part], wanted[part], rest, inside=inside or (on_the_way and len(changed) == 1))
