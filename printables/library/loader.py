"""Read the content and templates folders into a Library, and report the problems of every file.

An unreadable therapy or worksheet is listed in `Library.broken`, an unreadable clinic, region or language in
`Library.unusable`, so that a bad file only affects what is made from it. If a file that all leaflets need (sources,
an audience) cannot be used, there is no library.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Literal

from printables.keys import key_of
from printables.library import crossrefs, crossrefs_approvals, crossrefs_scenes
from printables.library.approvals_file import of_known_records, read_approvals
from printables.library.blanks import told_by_readers
from printables.library.clinics import Clinic
from printables.library.crossrefs_all import CROSSREFS
from printables.library.file_reader import FileReader, LanguageLayers, other_name, shown_path
from printables.library.folders import Folders
from printables.library.lazy_records import LazyDocuments, LazyRecords
from printables.library.library import Library
from printables.library.locales import Locale
from printables.library.logo.logo import read_logos
from printables.library.logo.pictures import read_pictures
from printables.library.models import Conditions, Glossary, Sources
from printables.library.owners import EVERYTHING, SINGLE, owner_of
from printables.library.record_reader import RecordText, read_text
from printables.library.regions import Region
from printables.library.settings import Publisher
from printables.library.site import Site, SiteWords
from printables.library.summaries import ReadResult, RecordSummary, summary_of
from printables.library.template_settings import audiences_in, scenes_in
from printables.library.therapies import Therapy
from printables.library.worksheets import Worksheet
from printables.problems import Problem, has_errors

FILES: Mapping[str, str] = {"clinic": "clinics", "region": "regions", "language": "locales", "site-words": "site_words"}
"""Kinds whose files need not all be usable, and where their records stand in the library."""

Kind = Literal["therapy", "worksheet"]
RECORDS: Mapping[Kind, type[Therapy | Worksheet]] = {"therapy": Therapy, "worksheet": Worksheet}


def load(
    content: Path | Folders,
    templates: Path,
    read_results: MutableMapping[str, ReadResult] | None = None,
    shared_key: str = "",
    language: LanguageLayers | None = None,
) -> tuple[Library | None, list[Problem]]:
    """Return the library below the folders, and all problems. A single content folder stands alone.

    The library is None if a file that all leaflets need has an error. Therapies and worksheets are read on first use.

    `read_results` caches the results of reading records. Its keys cover the text of the record, the names of all
    records, and `shared_key`, the key of what they share. It is updated in place: entries no longer in use are removed.

    With a `language`, the library is in that language: its words lie over the English records, and what nobody has
    begun to translate is left out.
    """
    reader, folders = FileReader(language), Folders.of(content)
    shared = _shared(reader, folders, templates, language)
    files: dict[Kind, list[tuple[str, Path]]] = {
        "therapy": folders.records("therapies"),
        "worksheet": folders.records("worksheets"),
    }
    if not files["therapy"]:
        shown = shown_path(folders.own / "therapies")
        none = Problem(shown, 0, "There is no therapy record.", "Write one: printables new ID.")
        return None, sorted([*reader.problems, none])
    begun = {kind: [one for one in files[kind] if _is_begun(language, kind, one[0])] for kind in files}
    texts = {kind: reader.texts(kind, begun[kind], folders) for kind in files}
    names: crossrefs.RecordNames = {kind: [name for name, _ in files[kind]] for kind in files}
    readings = _read(texts, shared, names, {} if read_results is None else read_results, shared_key)
    of_words = (fault for document in reader.documents.values() for fault in document.faults)
    problems = [
        *reader.problems,
        *of_words,
        *(problem for reading in readings.values() for problem in reading.problems),
    ]
    if shared is None:
        return None, sorted(problems)
    library = _with_records(shared, texts, names, readings)
    not_begun = dict(library.not_begun)
    for kind in files if language else ():
        not_begun[kind] = tuple(name for name, path in files[kind] if (name, path) not in begun[kind])
    library = dataclasses.replace(library, not_begun=not_begun)
    of_nothing = list(crossrefs_approvals.faults(library))
    faults = of_known_records(library, [*library.approval_faults, *of_nothing])
    library = dataclasses.replace(library, approval_faults=tuple(faults))
    found = [fault.problem for fault in of_nothing]
    found += [found for module in CROSSREFS for found in module.check(library)]
    return _usable(library, found, folders), sorted([*problems, *found])


def _is_begun(language: LanguageLayers | None, kind: str, name: str) -> bool:
    """Return whether a record is read: in another language only if somebody has begun to translate it."""
    return language is None or language.is_begun(kind, name)


def _shared(reader: FileReader, folders: Folders, templates: Path, language: LanguageLayers | None) -> Library | None:
    """Return what all records share, as a library without records; None if a file that all leaflets need is wrong."""
    publisher = reader.read("publisher", Publisher, folders.shared("publisher.yaml"), folders)
    sources = reader.read("source", Sources, folders.shared("sources.yaml"), folders)
    conditions = reader.read("condition", Conditions, folders.shared("conditions.yaml"), folders)
    glossary = reader.read("term", Glossary, folders.shared("glossary.yaml"), folders)
    in_words = reader.read_in_language if language else reader.read_merged
    locales = in_words("locale", Locale, "locales", folders)
    of = {kind: folders.records(folder) for kind, folder in (("region", "regions"), ("clinic", "clinics"))}
    begun = {kind: [one for one in of[kind] if _is_begun(language, kind, one[0])] for kind in of}
    regions = reader.read_named("region", Region, begun["region"], folders)
    clinics = reader.read_named("clinic", Clinic, begun["clinic"], folders)
    logos, notes = read_logos(clinics, reader.documents, folders)
    reader.problems += notes
    pictures, notes = read_pictures(clinics, reader.documents, folders)
    reader.problems += notes
    settings = [path for path in folders.shared("site.yaml") if path.exists()]
    site = reader.read("site", Site, settings, folders) if settings else Site()
    approvals, approval_faults = read_approvals(reader, folders) if language is None else ({}, [])
    words = in_words("site-words", SiteWords, "site", folders) if _is_begun(language, "site-words", "") else {}
    audiences = audiences_in(reader, templates)
    scenes = scenes_in(reader, templates)
    if not (publisher and sources and conditions and glossary):
        return None
    read = Library(
        publisher=publisher,
        therapies=LazyRecords(Therapy, {}),
        worksheets=LazyRecords(Worksheet, {}),
        audiences=audiences,
        scenes=scenes,
        locales=locales,
        sources=_by_id(sources.sources),
        conditions=_by_id(conditions.conditions),
        terms=_by_id(glossary.terms),
        regions=regions,
        clinics=clinics,
        logos=logos,
        pictures=pictures,
        approvals=approvals,
        approval_faults=tuple(approval_faults),
        site=site or Site(),
        site_words=words,
        documents=LazyDocuments(reader.documents, {}),
        language=language.settings if language else None,
        not_begun={kind: tuple(name for name, path in of[kind] if (name, path) not in begun[kind]) for kind in of},
    )
    return _usable(read, reader.problems, folders)


def _usable(library: Library, problems: Iterable[Problem], folders: Folders) -> Library | None:
    """Return the library without the files that have errors; None if all leaflets need one of these files."""
    owners = {owner_of(problem.path, folders) for problem in problems if problem.severity == "error"}
    if EVERYTHING in owners:
        return None
    kinds = (*FILES, *SINGLE)
    lost = {kind: library.unusable.get(kind, frozenset()) | {n for k, n in owners if k == kind} for kind in kinds}
    kept: dict[str, Any] = {}
    for kind, field in FILES.items():
        kept[field] = {name: record for name, record in getattr(library, field).items() if name not in lost[kind]}
    return dataclasses.replace(library, **kept, unusable=lost)


def _read(
    texts: Mapping[Kind, Mapping[str, RecordText]],
    shared: Library | None,
    names: crossrefs.RecordNames,
    read_results: MutableMapping[str, ReadResult],
    shared_key: str,
) -> dict[tuple[Kind, str], ReadResult]:
    """Return the result of reading each record, from `read_results` if possible, and update `read_results`."""
    base_key = key_of(shared_key, shared is None, names)
    earlier, results = dict(read_results), {}
    read_results.clear()
    for kind, named in texts.items():
        for name, text in named.items():
            key = key_of(base_key, kind, name, text)
            read_results[key] = earlier.get(key) or _reading(kind, name, text, shared, names)
            results[kind, name] = read_results[key]
    return results


def _reading(
    kind: Kind, name: str, text: RecordText, shared: Library | None, names: crossrefs.RecordNames
) -> ReadResult:
    record, document, problems = read_text(RECORDS[kind], text)
    if record is None or document is None:
        return ReadResult(None, tuple(told_by_readers(problems, shared.audiences if shared else {})))
    wrong = other_name(record, document, name)
    if wrong or shared is None:
        return ReadResult(None, (*problems, *wrong))
    documents = shared.documents.also({f"{kind}:{name}": document})
    library = dataclasses.replace(shared, documents=documents)
    problems = (*problems, *document.faults)
    found = tuple(crossrefs.of_record(library, record, names))
    found += tuple(crossrefs_scenes.of_record(library, record)) if isinstance(record, Therapy) else ()
    return ReadResult(None if has_errors(found) else summary_of(record), (*problems, *found))


def _with_records(
    shared: Library,
    texts: Mapping[Kind, Mapping[str, RecordText]],
    names: crossrefs.RecordNames,
    readings: Mapping[tuple[Kind, str], ReadResult],
) -> Library:
    """Return the library with the records that can be used."""
    summaries: dict[Kind, dict[str, RecordSummary]] = {"therapy": {}, "worksheet": {}}
    unworded: dict[tuple[str, str], str] = {}
    for (kind, name), reading in readings.items():
        if reading.summary and reading.summary.language in shared.locales:
            summaries[kind][name] = reading.summary
        elif reading.summary:
            unworded[kind, name] = reading.summary.language
    therapies = LazyRecords(Therapy, texts["therapy"]).only(summaries["therapy"])
    worksheets = LazyRecords(Worksheet, texts["worksheet"]).only(summaries["worksheet"])
    return dataclasses.replace(
        shared,
        therapies=therapies,
        worksheets=worksheets,
        summaries=summaries["therapy"],
        worksheet_summaries=summaries["worksheet"],
        documents=LazyDocuments(shared.documents.shared, {"therapy": therapies, "worksheet": worksheets}),
        broken=frozenset(name for kind in names for name in names[kind] if name not in summaries[kind]),
        unworded=unworded,
    )


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in records}
