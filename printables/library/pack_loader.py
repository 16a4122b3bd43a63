"""Read content/packs, and report the problems of every file.

Packs are read after the library and separately, so that an unreadable course stops no leaflet.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path

from printables.library.crossrefs import Reporter
from printables.library.file_reader import FileReader
from printables.library.folders import Folders
from printables.library.library import Library
from printables.library.packs import Pack, PackHandout
from printables.library.yaml_reader import Document, Key
from printables.problems import Problem, has_errors


@dataclasses.dataclass(frozen=True)
class Packs:
    """The usable packs by id, and the lines of their files' keys."""

    packs: Mapping[str, Pack]
    documents: Mapping[str, Document]
    broken: frozenset[str] = frozenset()


def load_packs(library: Library, content: Path | Folders) -> tuple[Packs, list[Problem]]:
    """Return the packs whose references to `library` are all valid, and all problems."""
    shelf = FileReader()
    folders = Folders.of(content)
    files = folders.records("packs")
    read = shelf.read_named("pack", Pack, files, folders)
    known = dataclasses.replace(library, documents=library.documents.also(shelf.documents))
    good, problems = {}, list(shelf.problems)
    for name, pack in read.items():
        found = list(_pack(Reporter(known, "pack", name), pack))
        problems += found
        if not has_errors(found):
            good[name] = pack
    return Packs(good, shelf.documents, frozenset(name for name, _ in files) - good.keys()), sorted(problems)


def _pack(report: Reporter, pack: Pack) -> Iterator[Problem]:
    library = report.library
    yield from report.unknown(("language",), "language", pack.language, library.locales, "content/locales")
    if pack.region:
        yield from report.unknown(("region",), "region", pack.region, library.regions, "content/regions")
    seen: dict[tuple[str, str], str] = {}
    for at, session in enumerate(pack.sessions):
        for index, source in enumerate(session.reading):
            key = ("sessions", at, "reading", index)
            yield from report.unknown(key, "source", source, library.sources, "content/sources.yaml")
        for index, handout in enumerate(session.handouts):
            yield from _handout(report, ("sessions", at, "handouts", index), handout, session.id, seen)
    for at, question in enumerate(pack.quiz):
        for index, source in enumerate(question.sources):
            key = ("quiz", at, "sources", index)
            yield from report.unknown(key, "source", source, library.sources, "content/sources.yaml")


def _handout(
    report: Reporter, key: Key, handout: PackHandout, session: str, seen: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    """Check that a handout exists for its audience and is used once. Names of broken records are accepted."""
    library = report.library
    kind = "worksheet" if handout.worksheet else "therapy"
    known = library.worksheets if handout.worksheet else library.therapies
    home = f"content/{'worksheets' if handout.worksheet else 'therapies'}"
    yield from report.unknown((*key, kind), kind, handout.record, [*known, *library.broken], home)
    yield from report.unknown((*key, "audience"), "audience", handout.audience, library.audiences, "templates")
    record = known.get(handout.record)
    if record and handout.audience in library.audiences and handout.audience not in record.titles:
        what = f'In the session "{session}": the {kind} "{handout.record}" has none for "{handout.audience}".'
        yield report.problem((*key, "audience"), what, f"Choose one of: {', '.join(record.titles)}.")
    name = (handout.record, handout.audience)
    if name in seen:
        what = f'In the session "{session}": this handout is in the session "{seen[name]}" already.'
        yield report.problem(key, what, "Name it where it is used first.")
    seen.setdefault(name, session)
