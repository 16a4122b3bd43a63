"""Checks of the library as a whole, beside those of audiences (safety) and colours (contrast)."""

from __future__ import annotations

from collections.abc import Iterator

from printables.checklist import Rule
from printables.checks.registry import LibraryCheck
from printables.checks.subject import Fault, WholeLibrary
from printables.library.library import Place
from printables.library.summaries import named_sources


def unused_sources(whole: WholeLibrary) -> Iterator[Fault]:
    """A source of the registry that no record uses."""
    library = whole.library
    if library.broken or any(library.unusable.values()):
        return  # a file that cannot be used may be the one that uses it
    shared = (*library.regions.values(), *library.clinics.values())
    used = {name for record in shared for name in named_sources(record)}
    used |= {name for summary in library.summaries.values() for name in summary.sources}
    document = library.documents["source"]
    for index, name in enumerate(library.sources):
        if name not in used:
            place = Place(document.path_of(("sources", index)), document.line(("sources", index, "id")))
            what = f'No record uses the source "{name}".'
            yield Fault(place, what, "Cite it, or delete it.")


def unknown_populations(whole: WholeLibrary) -> Iterator[Fault]:
    """A trial or review of which the registry does not say whom it studied: nobody can tell where it fits."""
    document = whole.library.documents["source"]
    for index, (name, source) in enumerate(whole.library.sources.items()):
        if source.kind in ("trial", "review") and not source.populations:
            place = Place(document.path_of(("sources", index)), document.line(("sources", index, "id")))
            what = f'The source "{name}" is a {source.kind} and does not say whom it studied.'
            yield Fault(place, what, "Write populations: adults, young-people or children.")


LIBRARY_CHECKS = (
    LibraryCheck((Rule.A5,), unused_sources, "warning"),
    LibraryCheck((Rule.T9,), unknown_populations, "warning"),
)
