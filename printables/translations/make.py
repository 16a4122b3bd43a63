"""Everything that `translate start` writes for a language, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from printables.library.file_reader import SOURCE, FileReader, shown_path
from printables.library.folders import Folders
from printables.library.language_settings import plural_forms
from printables.library.library import Library
from printables.library.packs import Pack
from printables.library.yaml_reader import Document
from printables.problems import Problem, guess
from printables.translations.catalogue import Catalogue
from printables.translations.parts import FOLDER, SETTINGS, Part, parts_of
from printables.translations.po import PoFile, read_po, written
from printables.translations.scope import Chosen, Scope
from printables.translations.start import entries_of, merged
from printables.translations.starter import settings_file


@dataclass
class Started:
    """The files of a language by their path in its folder, and how many texts are in them."""

    files: dict[str, str | bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: int = 0
    empty: int = 0
    changed: int = 0
    words: int = 0
    """English words of texts without a translation."""
    new_language: bool = False


def started(library: Library, folders: Folders, code: str, chosen: Chosen, now: datetime | None = None) -> Started:
    """Return the files of a language with what the chosen leaflets need, and what was translated before."""
    problems = list(_unknown(library, code, chosen))
    done = Started(problems=problems)
    if problems:
        return done
    parts = parts_in(library, folders)
    done.new_language = not _existing(folders, code, SETTINGS)
    if done.new_language:
        done.files[SETTINGS] = settings_file(code)
    forms = _forms(folders, code)
    everything = Catalogue(code, plural_forms(forms), library.scenes)
    for part, texts in Scope.of(library, chosen).texts(parts, code, plural_forms(forms)):
        path = _existing(folders, code, part.file)
        old, wrong = read_po(path.read_bytes(), shown_path(path)) if path else (PoFile(), [])
        done.problems += wrong
        every = everything.texts(part.model, part.document.value)
        known = {(text.context, text.english): number for number, text in enumerate(every)}
        file, counted = merged(list(entries_of(part, texts, forms)), old, known)
        data = written(file, code, now or datetime.now(UTC))
        done.files[part.file] = data
        done.kept, done.empty = done.kept + counted.kept, done.empty + counted.empty
        done.changed += counted.changed
        done.words += sum(len(entry.english.split()) for entry in file.entries if not entry.translation)
    return done


def _existing(folders: Folders, code: str, name: str) -> Path | None:
    """Return the file of a language: the own one, else the shipped one, else None."""
    found = (layer / FOLDER / code / name for layer in reversed(folders.layers()))
    return next((path for path in found if path.is_file()), None)


def _forms(folders: Folders, code: str) -> str:
    """Return what Babel calls the language: as its settings say where they can be read, else its code."""
    from babel.localedata import exists  # 30 ms that only a translation needs

    path = _existing(folders, code, SETTINGS)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path else []
    said = next((line.partition(":")[2].strip() for line in lines if line.startswith("forms:")), "")
    return said if said and exists(said) else code.replace("-", "_")


def _packs(folders: Folders) -> Mapping[str, Document]:
    reader = FileReader()
    reader.read_named("pack", Pack, folders.records("packs"), folders)
    return reader.documents


def _unknown(library: Library, code: str, chosen: Chosen) -> Iterator[Problem]:
    if code == SOURCE:
        yield Problem("command line", 0, "The records are written in English.", "Name the language to translate into.")
    else:
        try:
            settings_file(code)
        except KeyError:
            what = f'"{code}" is the code of no language that Babel knows.'
            yield Problem("command line", 0, what, "Write one such as cy, ar or pl.")
    names: Sequence[tuple[str, Sequence[str], Mapping[str, object]]] = (
        ("therapy", chosen.therapies, library.therapies),
        ("audience", chosen.audiences, library.audiences),
        ("region", chosen.regions, library.regions),
        ("clinic", chosen.clinics, library.clinics),
    )
    for kind, given, known in names:
        for name in given:
            if name not in known:
                mend = guess(name, known).strip() or f"There are: {', '.join(sorted(known))}."
                yield Problem("command line", 0, f'There is no {kind} "{name}".', mend)


def parts_in(library: Library, folders: Folders) -> list[Part]:
    """Return every file with words to translate, with those of course packs."""
    return list(parts_of(library, _packs(folders)))
