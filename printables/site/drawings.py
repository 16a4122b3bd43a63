"""Drawings that repeat one shape, such as a hundred people: a page has it once, and places it where it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

LEAST = 10
"""A path with fewer of its shape stays as it is."""
_PATH = re.compile(r'<path fill="(?P<fill>[^"]*)" d="(?P<shapes>(?:M[\d.]+ [\d.]+m[^M"]+)+)"/>')
_SHAPE = re.compile(r"M(?P<x>[\d.]+) (?P<y>[\d.]+)(?P<shape>m[^M]+)")
"""A place, and a shape that is drawn from there in relative steps, so that it is the same text in each place."""

Row = tuple[str, tuple[str, ...]]
"""A shape, and where it stands from left to right."""


@dataclass
class _Shared:
    """What a page draws more than once, by the name that it has there; `new` is what no drawing has brought yet."""

    often: frozenset[Row]
    names: dict[Row, str] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)

    def name(self, row: Row) -> str:
        """Return the name of a single shape, or of a row that stands on the page more than once."""
        if row not in self.names:
            shape, places = row
            inside = "" if len(places) == 1 else "".join(self.used((shape, ("0",)), x) for x in places)
            self.names[row] = f"drawn-{len(self.names) + 1}"
            start = f'id="{self.names[row]}"'
            self.new.append(f"<g {start}>{inside}</g>" if inside else f'<path {start} d="{shape}"/>')
        return self.names[row]

    def used(self, row: Row, x: str = "0", y: str = "0") -> str:
        """Return a row that stands at this place."""
        where = "".join(f' {name}="{value}"' for name, value in (("x", x), ("y", y)) if value != "0")
        return f'<use href="#{self.name(row)}"{where}/>'


def lighter(page: str) -> str:
    """Return the same page with each shape that is drawn many times once. It looks the same and is a third lighter."""
    counted = Counter(row for found in _many(page) for _, row in _rows(found["shapes"]))
    shared = _Shared(frozenset(row for row, times in counted.items() if times > 1))

    def again(found: re.Match[str]) -> str:
        if not _is_many(found):
            return found[0]
        used = "".join(_drawn(y, row, shared) for y, row in _rows(found["shapes"]))
        new, shared.new = "".join(shared.new), []
        return f'{f"<defs>{new}</defs>" if new else ""}<g fill="{found["fill"]}">{used}</g>'

    return _PATH.sub(again, page)


def _drawn(y: str, row: Row, shared: _Shared) -> str:
    if row in shared.often and len(row[1]) > 1:
        return shared.used(row, y=y)
    shape, places = row
    return "".join(shared.used((shape, ("0",)), x, y) for x in places)


def _many(page: str) -> Iterator[re.Match[str]]:
    return (found for found in _PATH.finditer(page) if _is_many(found))


def _is_many(found: re.Match[str]) -> bool:
    shapes = [one["shape"] for one in _SHAPE.finditer(found["shapes"])]
    return len(shapes) >= LEAST and len(set(shapes)) == 1


def _rows(shapes: str) -> Iterator[tuple[str, Row]]:
    """Yield the height of each row, and the row."""
    for y, row in groupby(_SHAPE.finditer(shapes), key=lambda one: one["y"]):
        places = list(row)
        yield y, (places[0]["shape"], tuple(one["x"] for one in places))
