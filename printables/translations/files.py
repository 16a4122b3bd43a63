"""The files of one language: its settings, and the PO files by the record whose words they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from printables.library.file_reader import bytes_of, shown_path
from printables.library.folders import Folders
from printables.library.language_settings import LanguageSettings
from printables.library.record_reader import RecordText
from printables.library.yaml_reader import read_yaml
from printables.problems import Problem
from printables.translations.overlay import Layer
from printables.translations.parts import FOLDER, HOMES, SETTINGS, SHARED, po_file
from printables.translations.settings_file import parsed_settings, read_settings
from printables.translations.terms import TERMS, read_terms
from printables.translations.words import words_in

SEARCH = "search.yaml"
"""What visitors of the website type in this language; without it there is no website in it."""


@dataclass(frozen=True)
class LanguageFiles:
    """One language: its settings, and its files by their path below its folder, of two layers the lower one first."""

    code: str
    home: str
    """The folder in which its files are written, for display."""
    settings_text: RecordText
    files: Mapping[str, tuple[RecordText, ...]]

    @property
    def settings(self) -> LanguageSettings:
        """What language.yaml says."""
        return parsed_settings(self.settings_text)

    def layer(self, kind: str, identity: str) -> Layer | None:
        """Return what lies over a record; None where its kind has no words to translate."""
        if kind not in HOMES and kind not in SHARED:
            return None
        name = po_file(kind, identity)
        others = self.files.get(SEARCH, ()) if kind == "site-words" else ()
        files, terms = self.files.get(name, ()), self.files.get(TERMS, ())
        return Layer(kind, identity, self.settings_text, files, others, terms, f"{self.home}/{name}")

    def is_begun(self, kind: str, identity: str) -> bool:
        """Return whether anybody has begun to translate a record: a leaflet's title, or any word of another file."""
        entries = words_in(self.files.get(po_file(kind, identity), ())).entries
        done = [entry.context for entry in entries if entry.translation.strip()]
        if kind in ("therapy", "worksheet"):
            return any(one.startswith("titles.") and one.endswith(".title") for one in done)
        return bool(done) and (kind != "site-words" or SEARCH in self.files)


def codes_in(folders: Folders) -> list[str]:
    """Return the codes of the languages that have a folder with settings."""
    homes = [layer / FOLDER for layer in folders.layers()]
    return sorted({path.parent.name for home in homes for path in home.glob(f"*/{SETTINGS}")})


def read_language(folders: Folders, code: str) -> tuple[LanguageFiles | None, list[Problem]]:
    """Return the files of a language, or why it cannot be used."""
    home = shown_path(folders.own / FOLDER / code)
    known = codes_in(folders)
    if code not in known:
        there = f" There are: {', '.join(known)}." if known else ""
        mend = f"Begin it with: printables translate start {code}.{there}"
        return None, [Problem(f"{home}/{SETTINGS}", 0, f'There is no language "{code}": this file is missing.', mend)]
    found: dict[str, tuple[RecordText, ...]] = {}
    problems: list[Problem] = []
    for layer in folders.layers():
        for name, path in _files(layer / FOLDER / code):
            data, wrong = bytes_of(path, layer.resolve(), shown_path(path))
            problems += wrong
            if data is not None:
                found[name] = (*found.get(name, ()), RecordText(data, shown_path(path)))
    if SETTINGS not in found:
        return None, problems
    problems += [problem for name in found if name.endswith(".po") for problem in words_in(found[name]).problems]
    problems += [problem for file in found.get(TERMS, ()) for problem in read_terms(file)[1]]
    problems += [problem for file in found.get(SEARCH, ()) for problem in read_yaml(file.data, file.shown)[1]]
    text = found.pop(SETTINGS)[-1]
    settings, wrong_settings = read_settings(text)
    problems += wrong_settings
    if settings and settings.language != code:
        what = f'The language "{settings.language}" is not the name of its folder, "{code}".'
        return None, [*problems, Problem(text.shown, 1, what, "Make them the same.")]
    return (LanguageFiles(code, home, text, found) if settings else None), problems


def _files(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a language with their path below its folder, in the same order on every machine."""
    names: Sequence[str] = ("*.po", "*/*.po", SETTINGS, SEARCH, TERMS)
    for path in sorted(path for name in names for path in home.glob(name)):
        yield path.relative_to(home).as_posix(), path
