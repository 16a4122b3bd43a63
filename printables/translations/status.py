"""How far a translation is: how many texts of each file are translated, and each one that cannot be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from printables.library.folders import Folders
from printables.library.language_settings import plural_forms
from printables.library.library import Library
from printables.problems import Problem
from printables.translations.catalogue import Catalogue, SourceText
from printables.translations.faults import faults
from printables.translations.files import LanguageFiles, read_language
from printables.translations.make import parts_in
from printables.translations.parts import Part
from printables.translations.po import Entry
from printables.translations.terms import TERMS, read_terms
from printables.translations.words import words_in

QUOTED = 100
"""The most characters that a message quotes."""

State = Literal["translated", "missing", "changed", "refused"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class TextStatus:
    """One text of a language's files: its file there, its entry, and whether it can be printed."""

    part: Part
    path: str
    entry: Entry
    state: State
    english: str
    """The English of today, which may differ from that of the entry."""
    problems: tuple[Problem, ...] = ()
    """Why it cannot be printed; none where it can."""


@dataclass(frozen=True)
class FileStatus:
    """The texts of one file of a language."""

    path: str
    texts: tuple[TextStatus, ...]

    def count(self, state: State) -> int:
        """Return how many texts are in this state."""
        return sum(text.state == state for text in self.texts)

    @property
    def words(self) -> int:
        """How many English words the texts without a translation have."""
        return sum(len(text.english.split()) for text in self.texts if text.state == "missing")


def status(library: Library, folders: Folders, code: str) -> tuple[list[FileStatus], list[Problem]]:
    """Return the state of every file of a language that is begun, and what is wrong with its files."""
    language, problems = read_language(folders, code)
    if language is None:
        return [], problems
    found = [_of_part(part, language, library) for part in parts_in(library, folders)]
    return [file for file in found if file.texts], problems


def _of_part(part: Part, language: LanguageFiles, library: Library) -> FileStatus:
    files = language.files.get(part.file, ())
    words = words_in(files)
    catalogue = Catalogue(language.code, plural_forms(language.settings.forms), library.scenes)
    now = {text.context: text for text in catalogue.texts(part.model, part.document.value)}
    shown = files[-1].shown if files else ""
    texts = (
        _text(part, words.paths[at], entry, now, language)
        for at, entry in enumerate(words.entries)
        if entry.context in now
    )
    return FileStatus(shown, tuple(texts))


def _text(part: Part, path: str, entry: Entry, now: Mapping[str, SourceText], language: LanguageFiles) -> TextStatus:
    english = now[entry.context].english
    state: State = "translated"
    if not entry.translation.strip():
        state = "missing"
    elif entry.fuzzy or entry.english != english:
        state = "changed"
    found = TextStatus(part, path, entry, state, english)
    if state != "translated":
        return replace(found, problems=(_unfinished(found),))
    wrong = tuple(_refused(found, language))
    return replace(found, state="refused", problems=wrong) if wrong else found


def _unfinished(text: TextStatus) -> Problem:
    where = f"{text.entry.context}: "
    if text.state == "missing":
        return Problem(
            text.path, text.entry.line, f"{where}There is no translation.", f'Translate: "{_short(text.english)}"'
        )
    older = text.entry.previous or text.entry.english
    what = f'{where}The English has changed since: it was "{_short(older)}".'
    mend = f'Look at it again, and take the fuzzy mark away; now it is "{_short(text.english)}".'
    return Problem(text.path, text.entry.line, what, mend)


def _short(text: str) -> str:
    """A text as a message quotes it: on one line, and not all of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 3].rstrip() + "..."


def _refused(text: TextStatus, language: LanguageFiles) -> Iterator[Problem]:
    terms = [term for file in language.files.get(TERMS, ()) for term in read_terms(file)[0]]
    left = language.settings.direction == "rtl"
    for what, mend in faults(text.part.kind, text.english, text.entry.translation, terms, runs_left=left):
        yield Problem(text.path, text.entry.line, f"{text.entry.context}: {what}", mend)
