"""Checks of the library as a whole: audiences, colours, sources that nobody uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.checks import contrast, safety
from printables.library.crossrefs import walk
from printables.library.library import Library
from printables.pages.leaflet import Look
from printables.pages.marks import MARK
from printables.pages.render import Pages
from printables.problems import Problem


def check(library: Library, pages: Pages) -> Iterator[Problem]:
    """What is wrong with more than one leaflet at a time."""
    for audience in library.audiences.values():
        yield from safety.check_audience(library, audience)
        for what, mend in contrast.check(pages.tokens(Look(audience.id))):
            path = library.documents[f"audience:{audience.id}"].path.replace("audience.yaml", "theme.css")
            yield Problem(path, 0, what, mend, rule="A14", audience=audience.id)
    yield from _unused_sources(library)


def _unused_sources(library: Library) -> Iterator[Problem]:
    if library.broken:
        return  # a record that could not be read may be the one that uses it
    used = set(_used(library))
    document = library.documents["source"]
    for index, name in enumerate(library.sources):
        if name not in used:
            line = document.line(("sources", index, "id"))
            what = f'No record uses the source "{name}".'
            yield Problem(document.path, line, what, "Cite it, or delete it.", "warning", "A5")


def _used(library: Library) -> Iterator[str]:
    for record in (*library.therapies.values(), *library.regions.values(), *library.clinics.values()):
        for key, value in walk(record):
            if isinstance(value, str):
                names = [part for part in key if isinstance(part, str)]
                if names and names[-1] in ("source", "sources"):
                    yield value
                yield from (m["name"] for m in re.finditer(MARK, value) if m["sign"] == "@")
