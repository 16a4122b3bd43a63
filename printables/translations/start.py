"""`translate start`: the files of a language, with every text to translate, and what was translated before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from printables.translations.catalogue import SourceText
from printables.translations.marks import said_of_marks, said_of_placeholders
from printables.translations.parts import Part
from printables.translations.po import Entry, PoFile
from printables.translations.starter import numbers_of

PLACEHOLDERS = ("locale", "site-words")
"""Kinds whose words have {places} to fill in; others have marks."""


@dataclass(frozen=True)
class Carried:
    """How the texts of a file fared: translated before, still to translate, to look at again."""

    kept: int = 0
    empty: int = 0
    changed: int = 0


def entries_of(part: Part, texts: Sequence[SourceText], forms: str) -> Iterator[Entry]:
    """Yield the texts of a file as entries without a translation. `forms`: the language, as Babel calls it."""
    for text in texts:
        place = (part.document.path_of(text.key), part.document.text_line(text.key))
        said = said_of_placeholders if part.kind in PLACEHOLDERS else said_of_marks
        about = [" ".join(text.about.split())] if text.about else []
        room = [f"At most {text.most} characters."] if text.most else []
        form = [f"Plural form “{text.form}”: {_numbers(text.form, forms)}"] if text.form else []
        comments = (*about, *room, *form, *said(text.english))
        yield Entry(text.context, text.english, comments=comments, places=(place,))


def _numbers(form: str, forms: str) -> str:
    numbers = numbers_of(form, forms)
    if not numbers:
        return "for fractions."
    return f"for {', '.join(map(str, numbers))}{' and so on' if len(numbers) > 1 else ''}."


def merged(new: Sequence[Entry], old: PoFile, known: Mapping[tuple[str, str], int]) -> tuple[PoFile, Carried]:
    """Return a file with the new entries, and what the old one holds of them.

    A translation belongs to its English text: it follows it to another place. Where only the place is the same, the
    text has changed, and its translation is fuzzy. `known` are context and English of all texts of the record, with
    their place in it: an old entry that is among them stays, though it was not asked for. Others become obsolete.
    """
    before = _Before.of(old, known)
    entries = [before.carried(entry) for entry in new]
    taken = {(entry.context, entry.english) for entry in entries}
    stay = [one for one in old.entries if (one.context, one.english) in known.keys() - taken]
    words = {entry.english for entry in entries} | {entry.previous for entry in entries}
    gone = [
        one
        for one in (*old.entries, *old.obsolete)
        if one.translation and one.english not in words and (one.context, one.english) not in known
    ]
    counted = Carried(
        sum(entry.usable for entry in entries),
        sum(not entry.translation for entry in entries),
        sum(entry.fuzzy for entry in entries),
    )
    ordered = sorted((*entries, *stay), key=lambda entry: known.get((entry.context, entry.english), 0))
    return PoFile(ordered, gone, old.created), counted


@dataclass(frozen=True)
class _Before:
    """What was translated before, by place and text, by text, and by place."""

    exact: Mapping[tuple[str, str], Entry]
    texts: Mapping[str, Entry]
    places: Mapping[str, Entry]

    @classmethod
    def of(cls, old: PoFile, known: Mapping[tuple[str, str], int]) -> _Before:
        translated = [one for one in (*old.obsolete, *old.entries) if one.translation]
        by_text: dict[str, Entry] = {}
        for one in translated:
            if (one.context, one.english) in known:
                continue  # it stands where it stood: another place may need other words for the same English
            if one.english not in by_text or not one.fuzzy:
                by_text[one.english] = one
        exact = {(one.context, one.english): one for one in (*old.obsolete, *old.entries)}
        return cls(exact, by_text, {one.context: one for one in translated})

    def carried(self, entry: Entry) -> Entry:
        """Return the entry with its translation, if it had one."""
        found = self.exact.get((entry.context, entry.english))
        if found is None or not found.translation:
            found = self.texts.get(entry.english) or found
        if found is not None:
            return replace(
                entry,
                translation=found.translation,
                fuzzy=found.fuzzy,
                previous=found.previous,
                remarks=found.remarks,
            )
        found = self.places.get(entry.context)
        if found is None:
            return entry
        previous = found.previous if found.fuzzy and found.previous else found.english
        return replace(entry, translation=found.translation, fuzzy=True, previous=previous, remarks=found.remarks)
