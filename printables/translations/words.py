"""The translated words of one English file, found by their place and their English."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from printables.library.record_reader import RecordText
from printables.problems import Problem
from printables.translations.catalogue import SourceText
from printables.translations.po import Entry, read_po

_NUMBERS = re.compile(r"\.\d+(?=\.|$)")


@dataclass(frozen=True)
class Words:
    """The translated words of one English file: its entries by place and text, and by text and kind of place."""

    entries: Sequence[Entry] = ()
    paths: Mapping[int, str] = field(default_factory=dict)
    """The file of each entry, by the entry's place in the list."""
    problems: Sequence[Problem] = ()

    @functools.cached_property
    def _exact(self) -> dict[tuple[str, str], int]:
        return {(entry.context, entry.english): index for index, entry in enumerate(self.entries)}

    @functools.cached_property
    def _moved(self) -> dict[tuple[str, str], int]:
        """By a context whose entries have no numbers: so a new line in a list moves those behind it, and loses none."""
        return {(_NUMBERS.sub("", one.context), one.english): at for at, one in enumerate(self.entries) if one.usable}

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {entry.context: index for index, entry in enumerate(self.entries)}

    def of(self, text: SourceText) -> tuple[Entry | None, str]:
        """Return the entry of an English text, and its file; None where there is none."""
        index = self._exact.get((text.context, text.english))
        if index is None or not self.entries[index].usable:
            index = self._moved.get((_NUMBERS.sub("", text.context), text.english), index)
        return (None, "") if index is None else (self.entries[index], self.paths[index])

    def at(self, text: SourceText) -> tuple[Entry | None, str]:
        """Return the entry that stands at the place of a text, whatever its English, and its file."""
        index = self._places.get(text.context)
        return (None, "") if index is None else (self.entries[index], self.paths[index])

    def is_begun(self, context: str) -> bool:
        """Return whether there is a translation at this place, of this English or of an older one."""
        index = self._places.get(context)
        return index is not None and bool(self.entries[index].translation.strip())


@functools.lru_cache(maxsize=256)
def words_in(files: tuple[RecordText, ...]) -> Words:
    """Return the words in these PO files of one record, of which the upper one, which comes last, wins."""
    entries: dict[tuple[str, str], tuple[Entry, str]] = {}
    problems: list[Problem] = []
    for file in files:
        read, found = read_po(file.data, file.shown)
        problems += found
        entries |= {(entry.context, entry.english): (entry, file.shown) for entry in read.entries}
    return Words(
        [entry for entry, _ in entries.values()], {at: path for at, (_, path) in enumerate(entries.values())}, problems
    )
