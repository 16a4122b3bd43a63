"""Names in the clinics' files: every one must arrive, as in all other records."""

from __future__ import annotations

from collections.abc import Iterator

from printables.library.clinics import Clinic, Shelf
from printables.library.crossrefs import Reporter
from printables.library.library import ANY, Library
from printables.library.settings import Audience
from printables.library.yaml_reader import Key
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Every name in a clinic's file that points nowhere."""
    for clinic in library.clinics.values():
        yield from _clinic(Reporter(library, "clinic", clinic.id), clinic)


def _clinic(report: Reporter, clinic: Clinic) -> Iterator[Problem]:
    library = report.library
    yield from report.unknown(("region",), "region", clinic.region, library.regions, "content/regions")
    for name in clinic.colours:
        yield from report.unknown(("colours", name), "audience", name, [*library.audiences, ANY], "templates")
    for name in clinic.words:
        yield from report.unknown(("words", name), "audience", name, library.audiences, "templates")
    for index, shelf in enumerate(clinic.shelf):
        yield from _shelf(report, ("shelf", index), shelf)


def _shelf(report: Reporter, key: Key, shelf: Shelf) -> Iterator[Problem]:
    """One line of the shelf. A record that cannot be read says so itself, so that its name counts as known."""
    library = report.library
    for kind, name, known in (
        ("therapy", shelf.therapy, library.therapies),
        ("worksheet", shelf.worksheet, library.worksheets),
    ):
        home = {"therapy": "content/therapies", "worksheet": "content/worksheets"}[kind]
        if name is not None:
            yield from report.unknown((*key, kind), kind, name, [*known, *library.broken], home)
    for index, name in enumerate(shelf.audiences):
        place = (*key, "audiences", index)
        yield from report.unknown(place, "audience", name, library.audiences, "templates")
        if name in library.audiences and shelf.therapy:
            yield from _no_leaflet(report, place, shelf.therapy, name)
            yield from _no_edition(report, key, shelf, library.audiences[name])


def _no_leaflet(report: Reporter, key: Key, therapy: str, audience: str) -> Iterator[Problem]:
    """A therapy may have no leaflet for a reader, and says why."""
    record = report.library.summaries.get(therapy)
    if record and audience not in record.titles:
        what = f'The therapy "{therapy}" has no leaflet for "{audience}".'
        yield report.problem(key, what, "Take it off the shelf, or write that leaflet.")


def _no_edition(report: Reporter, key: Key, shelf: Shelf, audience: Audience) -> Iterator[Problem]:
    """A reader may not have every edition, and says why."""
    for index, edition in enumerate(shelf.editions):
        reason = next((audience.not_in[part] for part in edition.features if part in audience.not_in), None)
        if reason:
            what = f'The leaflet for "{audience.id}" does not come as {edition.name}: {reason}'
            yield report.problem((*key, "editions", index), what, "Choose another edition.")
