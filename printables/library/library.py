"""The Library: everything that was read, frozen, with the place of every word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from printables.library.clinics import Clinic
from printables.library.lazy_records import LazyDocuments, LazyRecords
from printables.library.locales import Locale
from printables.library.logo.logo import Logo
from printables.library.settings import Audience, Condition, Publisher, Region, Source, Term
from printables.library.site import Site, SiteWords
from printables.library.summaries import RecordSummary
from printables.library.therapies import Therapy
from printables.library.worksheets import Worksheet
from printables.library.yaml_reader import Key

ANY = "any"
"""The key that serves every audience which has no name of its own in a `Names` mapping."""


@dataclass(frozen=True)
class Place:
    """Where a text stands: the file as shown to the reader, and the line on which the words begin."""

    path: str
    line: int
    rows: tuple[tuple[int, int], ...] = ()
    """Where in the text each line of the file begins, and its number, where YAML joined the lines of the text."""

    def at(self, text: str, offset: int) -> Place:
        """The place of what stands at `offset` of the text that begins here."""
        if self.rows:
            return Place(self.path, max(line for start, line in self.rows if start <= max(offset, self.rows[0][0])))
        return Place(self.path, self.line + text.count("\n", 0, offset))


@dataclass(frozen=True)
class Library:
    """All records by id. `documents` gives, for the file of each record, the lines of its keys."""

    publisher: Publisher
    therapies: LazyRecords[Therapy]
    audiences: Mapping[str, Audience]
    locales: Mapping[str, Locale]
    sources: Mapping[str, Source]
    conditions: Mapping[str, Condition]
    terms: Mapping[str, Term]
    regions: Mapping[str, Region]
    clinics: Mapping[str, Clinic]
    documents: LazyDocuments = field(repr=False)
    worksheets: LazyRecords[Worksheet]
    summaries: Mapping[str, RecordSummary] = field(default_factory=dict)
    """Of every therapy that can be used; what others look at of it."""
    worksheet_summaries: Mapping[str, RecordSummary] = field(default_factory=dict)
    """Of every worksheet that can be used."""
    logos: Mapping[str, Logo] = field(default_factory=dict)
    """By clinic; one whose logo cannot be used is not in it."""
    site: Site = field(default_factory=Site)
    site_words: Mapping[str, SiteWords] = field(default_factory=dict)
    """By language."""
    broken: frozenset[str] = frozenset()
    """Ids (file names without ending) of therapies and worksheets that could not be read: what was last made of them
    stays."""
    unusable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By kind (clinic, region, language, site, site-words), names of files that are there and cannot be used."""
    unworded: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Of those in `broken`, the records (kind and id) that wait for the words of their language, and which it is."""

    def cannot_use(self, kind: str, name: str) -> bool:
        """Whether there is a file of this name that cannot be used. It says why itself."""
        return name in self.unusable.get(kind, ())

    def place(self, kind: str, identity: str, key: Key = ()) -> Place:
        """The place of `key` in the record `identity` of `kind` (therapy, region, locale, source ...)."""
        document = self.documents[f"{kind}:{identity}" if f"{kind}:{identity}" in self.documents else kind]
        return Place(document.path, document.text_line(key), document.text_rows.get(key, ()))


def pick(names: Mapping[str, str], audience: str) -> str | None:
    """The name for `audience`, or the one for `any` audience, or None."""
    return names.get(audience) or names.get(ANY)
