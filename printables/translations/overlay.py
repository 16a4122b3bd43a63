"""Lay a language over an English record: its words are put in the place of the English ones, and its facts stay.

The result is a document like any other, whose translated words have their file and line in the PO file. Words that are
not translated get a stand-in (library/stand_ins.py).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from printables.library.language_settings import LanguageSettings, plural_forms
from printables.library.record_reader import RecordText
from printables.library.stand_ins import State, Untranslated, stand_in, stand_ins_in
from printables.library.yaml_reader import Document, Key, read_yaml
from printables.problems import Problem
from printables.translations.catalogue import Catalogue, SourceText
from printables.translations.faults import Fault, ForbiddenTerm, faults
from printables.translations.laid import Laid
from printables.translations.marks import printed_marks
from printables.translations.settings_file import parsed_settings
from printables.translations.terms import read_terms
from printables.translations.words import Words, words_in


@dataclass(frozen=True)
class Layer:
    """One language over one record: the settings of the language, and the PO files of the record."""

    kind: str
    id: str
    settings: RecordText
    files: tuple[RecordText, ...]
    others: tuple[RecordText, ...] = ()
    """Besides, what the record has of the language's own (search.yaml of the website)."""
    terms: tuple[RecordText, ...] = ()
    """The lists of terms of the language."""
    home: str = ""
    """Where its PO file is, or would be, for display."""

    @property
    def language(self) -> LanguageSettings:
        """The settings of the language."""
        return parsed_settings(self.settings)

    @property
    def context(self) -> dict[str, str]:
        """What the validation of the record must know."""
        return {"language": self.language.language, "direction": self.language.direction}

    @property
    def _terms(self) -> list[ForbiddenTerm]:
        return [term for file in self.terms for term in read_terms(file)[0]]

    @property
    def words(self) -> Words:
        """The translated words."""
        return words_in(self.files)

    def over(self, document: Document, model: type[BaseModel]) -> Document:
        """Return the document in this language; it knows what is wrong with its words."""
        if not isinstance(document.value, dict):
            return document
        laid = Laid.over(document)
        catalogue = Catalogue(self.language.language, plural_forms(self.language.forms))
        texts = list(catalogue.texts(model, document.value))
        for text in texts:
            self._put(laid, text)
        for text in texts:
            if text.form:  # English has other forms
                laid.keep(text.target[:-1], plural_forms(self.language.forms))
        self._own(laid, catalogue.own(model, document.value))
        self._leave_out(laid)
        return laid.document()

    def _put(self, laid: Laid, text: SourceText) -> None:
        laid.english[text.target] = text.english
        entry, path = self.words.of(text)
        wrong: list[Fault] = []
        if entry is not None and entry.usable:
            runs_left = self.language.direction == "rtl"
            wrong = list(faults(self.kind, text.english, entry.translation, self._terms, runs_left=runs_left))
            laid.faults += [Problem(path, entry.line, f"{text.context}: {what}", mend) for what, mend in wrong]
        if entry is not None and entry.usable and not wrong:
            laid.put(text.target, printed_marks(text.english, entry.translation), path, entry.line)
            return
        older, older_path = (entry, path) if entry is not None else self.words.at(text)
        state: State = "refused" if wrong else "changed" if older and older.translation.strip() else "missing"
        blank = stand_in(text.english)
        line = older.line if older is not None else 0
        lost = Untranslated(older_path or self.home, line, text.context, state)
        laid.put(text.target, blank, lost.path, lost.line)
        laid.lost.update(dict.fromkeys(stand_ins_in(blank), lost))

    def _own(self, laid: Laid, keys: Iterator[Key]) -> None:
        """Put in what is no translation: the language itself, its lists of words, its forms of numbers."""
        language = self.language
        for key in keys:
            laid.drop(key)
        lines, _ = read_yaml(self.settings.data, self.settings.shown)
        for key, value in settings_of(self.kind, self.id, language).items():
            if value is not None:
                laid.put(key, value, self.settings.shown, lines.line((key[-1],)) if lines else 1)
        for file in self.others:
            document, _ = read_yaml(file.data, file.shown)
            if document and isinstance(document.value, dict):
                laid.merge((), document.value, document)
        if "language" in laid.value:
            laid.put(("language",), language.language, self.settings.shown, 1)
        laid.drop(("review", "approvals"))
        if self.kind == "audience":
            _scale(laid, language.words_per_100 / 100)

    def _leave_out(self, laid: Laid) -> None:
        """Take out the titles of readers for whom nobody has begun to translate the record: no leaflet is planned."""
        if self.kind in ("therapy", "worksheet") and isinstance(titles := laid.value.get("titles"), dict):
            for name in list(titles):
                if not self.words.is_begun(f"titles.{name}.title"):
                    laid.drop(("titles", name))


def _scale(laid: Laid, factor: float) -> None:
    """Make the limits on sentences and on pages those of a language that takes more words, or fewer."""
    reading = laid.value.get("reading")
    limits: list[Any] = (
        [reading.get(name) for name in ("sentence", "mean_sentence")] if isinstance(reading, dict) else []
    )
    for limit in limits:
        for name, value in limit.items() if isinstance(limit, dict) else ():
            if isinstance(value, str) and value.replace(".", "", 1).isdigit():
                limit[name] = f"{float(value) * factor:g}"
    budgets = laid.value.get("pages_in")
    for budget in (laid.value.get("pages"), *(budgets.values() if isinstance(budgets, dict) else ())):
        if isinstance(budget, dict) and str(budget.get("to", "")).isdigit():
            budget["to"] = str(math.ceil(int(budget["to"]) * factor))


def settings_of(kind: str, identity: str, language: LanguageSettings) -> dict[Key, Any]:
    """Return what language.yaml says in place of a record's own lists."""
    if kind == "locale":
        return {
            ("name",): language.name,
            ("forms",): language.forms,
            ("direction",): language.direction,
            ("braille",): language.braille,
            ("small_inside",): language.small_inside,
            ("words", "comma"): language.comma,
            ("words", "semicolon"): language.semicolon,
            ("quotes",): list(language.quotes),
            ("evidence_words",): list(language.evidence_words),
            ("phone",): language.phone.model_dump(),
            ("well_known",): list(language.well_known),
        }
    if kind == "audience":
        return {("avoid", language.language): [one.model_dump() for one in language.avoid.get(identity, [])]}
    return {("region",): language.region} if kind == "publisher" else {}
