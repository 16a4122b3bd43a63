"""Records that are kept as the bytes of their files, and parsed on first use.

So of thousands of records only those in use take memory, and all come from the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from printables.library.fields import Record
from printables.library.record_reader import RecordText, read_text
from printables.library.yaml_reader import Document

R = TypeVar("R", bound=Record)


class LazyRecords(Mapping[str, R], Generic[R]):
    """Records of one kind by id. `texts` must hold readable records only."""

    def __init__(self, model: type[R], texts: Mapping[str, RecordText]) -> None:
        self._model, self.texts = model, texts

    def __getitem__(self, name: str) -> R:
        record, _ = self.read(name)
        return record

    def __contains__(self, name: object) -> bool:
        return name in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, name: str) -> tuple[R, Document]:
        """Return the record and its document (lines of keys). Raises KeyError."""
        text = self.texts[name]
        record, document, _ = read_text(self._model, text)
        if record is None or document is None:
            raise KeyError(name)
        return record, document

    def only(self, names: Iterable[str]) -> LazyRecords[R]:
        """Return only the records with these names."""
        return LazyRecords(self._model, {name: self.texts[name] for name in names if name in self.texts})


class LazyDocuments(Mapping[str, Document]):
    """Documents (lines of keys) by "kind:id": of shared files, and of records, which are parsed on first use."""

    def __init__(self, shared: Mapping[str, Document], records: Mapping[str, LazyRecords[Any]]) -> None:
        self.shared, self._records = shared, records

    def also(self, more: Mapping[str, Document]) -> LazyDocuments:
        """Return these documents and `more`."""
        return LazyDocuments({**self.shared, **more}, self._records)

    def __getitem__(self, name: str) -> Document:
        if name in self.shared:
            return self.shared[name]
        kind, _, identity = name.partition(":")
        return self._records[kind].read(identity)[1]

    def __contains__(self, name: object) -> bool:
        kind, _, identity = str(name).partition(":")
        return name in self.shared or identity in self._records.get(kind, ())

    def __iter__(self) -> Iterator[str]:
        yield from self.shared
        for kind, records in self._records.items():
            yield from (f"{kind}:{name}" for name in records)

    def __len__(self) -> int:
        return len(list(iter(self)))
