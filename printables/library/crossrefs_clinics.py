"""Checks of references in clinics' files."""

from __future__ import annotations

from collections.abc import Iterator

from printables.library.clinics import Clinic, Shelf
from printables.library.crossrefs import Reporter
from printables.library.library import ANY, Library
from printables.library.settings import Audience
from printables.library.yaml_reader import Key
from printables.problems import Problem


def check(library: Library) -> Iterator[Problem]:
    """Yield a problem for each broken reference in a clinic's file."""
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
    """Check one entry of the shelf. Names of unreadable records are accepted: their problems are reported anyway."""
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
    """Yield a problem if the therapy has no leaflet for this audience, with the therapy's reason."""
    record = report.library.summaries.get(therapy)
    if record and audience not in record.titles:
        what = f'The therapy "{therapy}" has no leaflet for "{audience}".'
        yield report.problem(key, what, "Take it off the shelf, or write that leaflet.")


def _no_edition(report: Reporter, key: Key, shelf: Shelf, audience: Audience) -> Iterator[Problem]:
    """Yield a problem for each edition that the audience cannot have, with the audience's reason."""
    for index, edition in enumerate(shelf.editions):
        reason = next((audience.not_in[part] for part in edition.features if part in audience.not_in), None)
        if reason:
            what = f'The leaflet for "{audience.id}" does not come as {edition.name}: {reason}'
            yield report.problem((*key, "editions", index), what, "Choose another edition.")
