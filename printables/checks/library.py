"""Checks of the library as a whole: audiences, colours, templates that escape nothing, sources that nobody uses."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks import contrast, safety
from printables.library.library import Library
from printables.library.summaries import named_sources
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.problems import Problem


def check(library: Library, pages: Pages) -> Iterator[Problem]:
    """What is wrong with more than one leaflet at a time."""
    for audience in library.audiences.values():
        yield from safety.check_audience(library, audience)
        for what, mend in contrast.check(pages.tokens(LeafletStyle(audience.id))):
            path = library.documents[f"audience:{audience.id}"].path.replace("audience.yaml", "theme.css")
            yield Problem(path, 0, what, mend, rule=Rule.A14, audience=audience.id)
    yield from pages.unescaped()
    yield from _unused_sources(library)
    yield from _whom_they_studied(library)


def _unused_sources(library: Library) -> Iterator[Problem]:
    if library.broken or any(library.unusable.values()):
        return  # a file that cannot be used may be the one that uses it
    shared = (*library.regions.values(), *library.clinics.values())
    used = {name for record in shared for name in named_sources(record)}
    used |= {name for card in library.cards.values() for name in card.sources}
    document = library.documents["source"]
    for index, name in enumerate(library.sources):
        if name not in used:
            line = document.line(("sources", index, "id"))
            what = f'No record uses the source "{name}".'
            yield Problem(document.path, line, what, "Cite it, or delete it.", "warning", Rule.A5)


def _whom_they_studied(library: Library) -> Iterator[Problem]:
    """Trials and reviews of which the registry does not say whom they are about: nobody can tell where they fit."""
    document = library.documents["source"]
    for index, (name, source) in enumerate(library.sources.items()):
        if source.kind in ("trial", "review") and not source.populations:
            what = f'The source "{name}" is a {source.kind} and does not say whom it studied.'
            mend = "Write populations: adults, young-people or children."
            yield Problem(document.path, document.line(("sources", index, "id")), what, mend, "warning", Rule.T9)
