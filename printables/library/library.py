"""The Library: all records, frozen, with the file and line of every text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from printables.library.approvals import Approval, ApprovalFault
from printables.library.clinics import Clinic
from printables.library.language_settings import LanguageSettings
from printables.library.lazy_records import LazyDocuments, LazyRecords
from printables.library.locales import Locale
from printables.library.logo.logo import Logo
from printables.library.regions import Region
from printables.library.scenes import Scene
from printables.library.settings import Audience, Condition, Publisher, Source, Term
from printables.library.site import Site, SiteWords
from printables.library.stand_ins import Untranslated
from printables.library.summaries import RecordSummary
from printables.library.therapies import Therapy
from printables.library.worksheets import Worksheet
from printables.library.yaml_reader import Key

ANY = "any"
"""The key in a `Names` mapping for all audiences without an entry of their own."""


@dataclass(frozen=True)
class Place:
    """The place of a text: its file, as displayed, and the line on which the text begins."""

    path: str
    line: int
    rows: tuple[tuple[int, int], ...] = ()
    """Offset and line number of each line of the file, if YAML joined the lines of the text."""

    def at(self, text: str, offset: int) -> Place:
        """Return the place of the character at `offset` of this text."""
        if self.rows:
            return Place(self.path, max(line for start, line in self.rows if start <= max(offset, self.rows[0][0])))
        return Place(self.path, self.line + text.count("\n", 0, offset))


@dataclass(frozen=True)
class Library:
    """All records by id. `documents` holds the lines of the keys of each record's file."""

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
    scenes: Mapping[str, Scene] = field(default_factory=dict)
    summaries: Mapping[str, RecordSummary] = field(default_factory=dict)
    """The summary of every usable therapy."""
    worksheet_summaries: Mapping[str, RecordSummary] = field(default_factory=dict)
    """The summary of every usable worksheet."""
    logos: Mapping[str, Logo] = field(default_factory=dict)
    """Usable logos by clinic."""
    pictures: Mapping[str, Mapping[str, Logo]] = field(default_factory=dict)
    """A clinic's own pictures for Easy Read, by what they stand for."""
    approvals: Mapping[int, Approval] = field(default_factory=dict)
    """Of approvals.yaml, by their place in its list."""
    approval_faults: tuple[ApprovalFault, ...] = ()
    """What is wrong with approvals.yaml. While there is any, what was released before stays."""
    site: Site = field(default_factory=Site)
    site_words: Mapping[str, SiteWords] = field(default_factory=dict)
    """By language."""
    broken: frozenset[str] = frozenset()
    """Ids (file names without ending) of unreadable therapies and worksheets, whose earlier output is kept."""
    unusable: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By kind (clinic, region, language, site, site-words), the names of files with errors."""
    unworded: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Records in `broken`, by kind and id, whose language has no usable locale, with that language."""

    language: LanguageSettings | None = None
    """The language that is laid over the English records; None for the records as they are."""
    reviewed: frozenset[tuple[str, str]] = frozenset()
    """Record and audience of each translation that a native reader has approved; others say that they are drafts."""
    not_begun: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By kind (therapy, worksheet, region, clinic), the records that nobody has begun to translate into it."""

    def untranslated(self, names: Iterable[str], stand_ins: Iterable[str]) -> list[Untranslated]:
        """Return what these stand-ins stand for, looked up in these documents first, then in all shared ones."""
        documents = [*(self.documents[name] for name in names), *self.documents.shared.values()]
        known: dict[str, Untranslated] = {}
        for document in reversed(documents):
            known |= document.untranslated
        return [known[one] for one in stand_ins if one in known]

    def cannot_use(self, kind: str, name: str) -> bool:
        """Return whether a file of this name has errors (which are reported with the file)."""
        return name in self.unusable.get(kind, ())

    def files_of(self, kind: str) -> list[str]:
        """Return the files, ours and yours, that list what is of this kind; none where each has a file of its own."""
        group = {"source": "sources", "condition": "conditions"}.get(kind, "")
        names = {"source": self.sources, "condition": self.conditions}.get(kind, {})
        document = self.documents[kind] if group else None
        found = (document.path_of((group, index)) for index in range(len(names))) if document else ()
        return list(dict.fromkeys(found))

    def place(self, kind: str, identity: str, key: Key = ()) -> Place:
        """Return the place of `key` in the record `identity` of `kind` (therapy, region, locale, source ...)."""
        document = self.documents[f"{kind}:{identity}" if f"{kind}:{identity}" in self.documents else kind]
        return Place(document.path_of(key), document.text_line(key), document.text_rows.get(key, ()))


def pick(names: Mapping[str, str], audience: str) -> str | None:
    """Return the name for `audience`, or the one for `any` audience, or None."""
    return names.get(audience) or names.get(ANY)
