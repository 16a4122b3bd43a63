"""Checks of references in clinics' files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from printables.library.clinics import Clinic, Shelf
from printables.library.crossrefs import Reporter
from printables.library.library import ANY, Library
from printables.library.settings import Audience
from printables.library.yaml_reader import Key
from printables.problems import Problem

_RUN = re.compile(r"(?:^[ \t]*\w[^.!?:;\n]{0,39}(?<!,)$\n?){2,}", re.MULTILINE)
"""Lines of an address: short, and without the marks that end a sentence or join it to the next line."""
_STREET_OR_CODE = re.compile(
    r"^\d{1,4}[A-Za-z]?,? [A-Z]|[a-zß.] \d{1,4}[a-z]?$|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$|^\d{4,5} [A-Z]"
)
"""A street with its number in front or behind, or a postcode: "12 High Street", "AB1 2CD", "10115 Berlin"."""


def check(library: Library) -> Iterator[Problem]:
    """Yield a problem for each broken reference in a clinic's file."""
    for clinic in library.clinics.values():
        yield from _clinic(Reporter(library, "clinic", clinic.id), clinic)


def _clinic(report: Reporter, clinic: Clinic) -> Iterator[Problem]:
    library = report.library
    yield from report.unknown(("region",), "region", clinic.region, library.regions, "content/regions")
    for name in clinic.colours:
        yield from report.unknown(("colours", name), "audience", name, [*library.audiences, ANY], "templates")
    for name, note in clinic.words.items():
        yield from report.unknown(("words", name), "audience", name, library.audiences, "templates")
        yield from _address_in(report, ("words", name), note)
    for index, shelf in enumerate(clinic.shelf):
        yield from _shelf(report, ("shelf", index), shelf)


def _address_in(report: Reporter, key: Key, note: str) -> Iterator[Problem]:
    """Yield a warning for each postal address that a note holds line by line: it would be one run of words."""
    for run in _RUN.finditer(note):
        lines = [line.strip() for line in run.group().strip().split("\n")]
        if any(_STREET_OR_CODE.search(line) for line in lines):
            what = f'These lines look like a postal address, and would run together: "{lines[0]}", "{lines[1]}".'
            mend = 'Write it in the field "address", whose lines stay lines.'
            document = report.library.documents[f"clinic:{report.identity}"]
            line = document.text_line(key, note, run.start())
            yield Problem(document.path_of(key), line, what, mend, "warning")


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
        reason = audience.refuses(edition)
        if reason:
            what = f'The leaflet for "{audience.id}" does not come as {edition.name}: {reason}'
            yield report.problem((*key, "editions", index), what, "Choose another edition.")
