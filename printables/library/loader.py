"""Folders → Library, with every problem of every file at once.

A therapy record that cannot be read is left out and named in `Library.broken`, so that one bad record does not stop
the others. A bad file that all leaflets need (a locale, the sources, an audience) leaves no library at all.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field
from pydantic_core import PydanticCustomError

from printables.library import crossrefs, crossrefs_clinics
from printables.library.clinics import Clinic
from printables.library.fields import MAX_SLUG, Record, as_slug
from printables.library.library import Library
from printables.library.logo import read_logos
from printables.library.packs import Pack
from printables.library.record_reader import read_record
from printables.library.records import Therapy
from printables.library.settings import Audience, Condition, Locale, Publisher, Region, Source, Term
from printables.library.site import Site, SiteWords
from printables.library.worksheets import Worksheet
from printables.library.yaml_reader import MAX_BYTES, Document
from printables.problems import Problem, has_errors

R = TypeVar("R", bound=Record)


class Sources(Record):
    """content/sources.yaml"""

    sources: list[Source] = Field(min_length=1)


class Conditions(Record):
    """content/conditions.yaml"""

    conditions: list[Condition] = Field(min_length=1)


class Glossary(Record):
    """content/glossary.yaml"""

    terms: list[Term] = Field(min_length=1)


MODELS: Mapping[str, type[Record]] = {
    "therapy": Therapy,
    "worksheet": Worksheet,
    "audience": Audience,
    "region": Region,
    "clinic": Clinic,
    "locale": Locale,
    "sources": Sources,
    "conditions": Conditions,
    "glossary": Glossary,
    "publisher": Publisher,
    "site": Site,
    "site-words": SiteWords,
    "pack": Pack,
}
"""Each kind of file and its model; `printables schema` writes one JSON Schema for each."""


class Shelf:
    """What has been read so far."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []

    def read(self, kind: str, model: type[R], path: Path, root: Path) -> R | None:
        """The record in `path`, or None with the problems noted."""
        shown = shown_path(path)
        data, trouble = _bytes_of(path, root, shown)
        if data is None:
            self.problems.extend(trouble)
            return None
        record, document, problems = read_record(model, data, shown)
        self.problems.extend(problems)
        if document:
            self.documents[kind] = document
        return record

    def read_named(self, kind: str, model: type[R], files: Iterable[tuple[str, Path]], root: Path) -> dict[str, R]:
        """The records of `files` by id; the id inside must be the name outside."""
        found: dict[str, R] = {}
        taken: dict[str, Path] = {}
        for name, path in files:
            if not self._may_be_named(name, path, taken):
                continue
            record = self.read(f"{kind}:{name}", model, path, root)
            if record is None:
                continue
            key = "language" if kind in ("locale", "site-words") else "id"
            identity = getattr(record, key)
            if identity != name:
                line = self.documents[f"{kind}:{name}"].line((key,))
                what = f'The id "{identity}" is not the name of its file or folder, "{name}".'
                self.problems.append(Problem(shown_path(path), line, what, "Make them the same."))
                continue
            found[name] = record
        return found

    def _may_be_named(self, name: str, path: Path, taken: dict[str, Path]) -> bool:
        """False, with the problem noted, where a name outside cannot be an id or belongs to a file before it."""
        shown, what, mend = shown_path(path), "", ""
        try:
            as_slug(name)
        except PydanticCustomError:
            what = f'"{_printable(name)}" cannot be the name of a record\'s file or folder.'
            mend = f"Use small letters a to z, figures and single hyphens, {MAX_SLUG} characters at most."
        if name in taken:
            what, mend = f"{shown_path(taken[name])} holds the same record.", "Delete one of the two."
        if what:
            self.problems.append(Problem(shown, 0, what, mend))
        taken.setdefault(name, path)
        return not what


def load(content: Path, templates: Path) -> tuple[Library | None, list[Problem]]:
    """Read everything below the two folders. The library is None where what all leaflets need is wrong."""
    shelf = Shelf()
    publisher = shelf.read("publisher", Publisher, content / "publisher.yaml", content)
    sources = shelf.read("source", Sources, content / "sources.yaml", content)
    conditions = shelf.read("condition", Conditions, content / "conditions.yaml", content)
    glossary = shelf.read("term", Glossary, content / "glossary.yaml", content)
    locales = shelf.read_named("locale", Locale, yaml_files(content / "locales"), content)
    regions = shelf.read_named("region", Region, yaml_files(content / "regions"), content)
    clinics = shelf.read_named("clinic", Clinic, yaml_files(content / "clinics"), content)
    logos, notes = read_logos(clinics, shelf.documents, content / "clinics")
    shelf.problems += notes
    site = shelf.read("site", Site, content / "site.yaml", content) if (content / "site.yaml").exists() else Site()
    words = shelf.read_named("site-words", SiteWords, yaml_files(content / "site"), content)
    audiences = shelf.read_named("audience", Audience, _audience_files(templates), templates)
    needed_is_well = not has_errors(shelf.problems)
    therapy_files = list(yaml_files(content / "therapies"))
    if not therapy_files:
        shown = shown_path(content / "therapies")
        none = Problem(shown, 0, "There is no therapy record.", "Write one: printables new ID.")
        return None, sorted([*shelf.problems, none])
    therapies = shelf.read_named("therapy", Therapy, therapy_files, content)
    worksheet_files = list(yaml_files(content / "worksheets"))
    worksheets = shelf.read_named("worksheet", Worksheet, worksheet_files, content)
    if not (needed_is_well and publisher and sources and conditions and glossary and site):
        return None, sorted(shelf.problems)
    broken = frozenset(name for name, _ in (*therapy_files, *worksheet_files)) - therapies.keys() - worksheets.keys()
    library = Library(
        publisher=publisher,
        therapies=therapies,
        audiences=dict(sorted(audiences.items(), key=lambda pair: (pair[1].order, pair[0]))),
        locales=locales,
        sources=_by_id(sources.sources),
        conditions=_by_id(conditions.conditions),
        terms=_by_id(glossary.terms),
        regions=regions,
        clinics=clinics,
        logos=logos,
        worksheets=worksheets,
        site=site,
        site_words=words,
        documents=shelf.documents,
        broken=broken,
    )
    return _cross_check(library, shelf.problems)


def read_audiences(templates: Path) -> tuple[list[Audience], list[Problem]]:
    """The audiences alone, in their order."""
    shelf = Shelf()
    found = shelf.read_named("audience", Audience, _audience_files(templates), templates)
    return sorted(found.values(), key=lambda audience: audience.order), shelf.problems


def _cross_check(library: Library, problems: list[Problem]) -> tuple[Library | None, list[Problem]]:
    """Names that point nowhere: in a therapy or worksheet they break that record, elsewhere they break the library."""
    found = [*crossrefs.check(library), *crossrefs_clinics.check(library)]
    problems = sorted([*problems, *found])
    if any(problem.severity == "error" and not problem.therapy for problem in found):
        return None, problems
    bad = {problem.therapy for problem in found if problem.severity == "error"}
    kept = dataclasses.replace(
        library,
        therapies=_without(library.therapies, bad),
        worksheets=_without(library.worksheets, bad),
        broken=library.broken | bad,
    )
    return kept, problems


def _without(records: Mapping[str, R], bad: set[str]) -> dict[str, R]:
    return {name: record for name, record in records.items() if name not in bad}


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}


def yaml_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """YAML files of a folder by name, in one order on every machine."""
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith("."):
            yield path.stem, path


def _audience_files(templates: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(templates.glob("*/audience.yaml")):
        yield path.parent.name, path


def _bytes_of(path: Path, root: Path, shown: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a regular file inside `root`; never waits on a pipe and never follows a link out."""
    try:
        if not path.resolve(strict=True).is_relative_to(root.resolve()):
            return None, [Problem(shown, 0, "The file is a link that leads out of its folder.", "Copy the file here.")]
        if not path.is_file():
            return None, [Problem(shown, 0, "This is not a regular file.", "Replace it by a text file.")]
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), []
    except FileNotFoundError:
        if path.is_symlink():
            return None, [Problem(shown, 0, "The file is a link that leads nowhere.", "Copy the file here.")]
        return None, [Problem(shown, 0, "The file is missing.", "Write it; docs/fields.md lists what it holds.")]
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it links to itself"
        return None, [Problem(shown, 0, f"The file cannot be read: {reason}.", "Check its name and permissions.")]


def shown_path(path: Path) -> str:
    """`path` as an administrator would type it: relative to the current folder where it lies below it."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return _printable(path.as_posix())
    return _printable(path.as_posix() if relative.startswith("..") else Path(relative).as_posix())


def _printable(name: str) -> str:
    """`name` with invisible characters written out, so that a file's name cannot turn the terminal's text around."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in name)
