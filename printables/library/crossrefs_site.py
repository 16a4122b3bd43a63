"""Check the table of renamed records in the website's settings."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Yield a problem for each former id that leads nowhere, or that a record still has."""
    if "site" not in library.documents:
        return
    report = Reporter(library, "site")
    known: dict[str, Collection[str]] = {
        "therapies": library.therapies,
        "worksheets": library.worksheets,
        "conditions": library.conditions,
    }
    singular = {"therapies": "therapy", "worksheets": "worksheet", "conditions": "condition"}
    for group, records in known.items():
        home = "content/conditions.yaml" if group == "conditions" else f"content/{group}"
        for old, new in getattr(library.site.renamed, group).items():
            key = ("renamed", group, old)
            if old in records:
                what = f'"{old}" cannot lead to "{new}", since a {singular[group]} still has that id.'
                yield report.problem(key, what, "Take the line out, or give that record another id.")
            else:
                yield from report.unknown(key, singular[group], new, records, home)
