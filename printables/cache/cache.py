"""What earlier runs found out about this library's records, and under which hash each part of it may be believed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from printables.cache import store as memory
from printables.cache.library_key import fingerprint
from printables.library.library import Library
from printables.library.summaries import ClaimSummary, ReadResult, RecordSummary
from printables.pipeline.check_result import CheckResult, from_json, to_json
from printables.pipeline.one_therapy import Batch, Strictness, batch_keys, batches
from printables.plan import Item
from printables.problems import Problem

VARIANTS = 3
"""So many verdicts are kept for each record: of a build, of a check for a release, of a clinic's shelf."""


class Cache:
    """Begins empty; `recall` fills it from a store, which an output folder is, and `save` keeps it there."""

    def __init__(self) -> None:
        self.readings: dict[str, ReadResult] = {}
        """What came of reading each record, by the hash that `load` gives it."""
        self._verdicts: dict[str, str] = {}
        """As JSON, of which only what is asked for is read."""
        self._folders: tuple[Path, Path] | None = None
        self.basis = ""

    def begin(self, content: Path, templates: Path) -> None:
        """Look at what all records share; it decides what may be believed."""
        self._folders = content, templates
        self.basis = fingerprint(content, templates)

    def units(
        self, library: Library, items: Sequence[Item], strictness: Strictness, *, in_braille: bool = False
    ) -> Iterator[tuple[Batch, str]]:
        """The plan by therapy, each with the hash for `verdict` and `keep`."""
        return batch_keys(library, batches(items), [self.basis, strictness, in_braille])

    def verdict(self, key: str) -> CheckResult | None:
        """What came of the unit with this hash, where somebody has composed it before."""
        text = self._verdicts.pop(key, None)
        if text is None:
            return None
        with contextlib.suppress(KeyError, TypeError, AttributeError, ValueError):
            found = from_json(text)
            self._verdicts[key] = text  # the last that was of use is forgotten last
            return found
        return None

    def knows(self, key: str) -> bool:
        """Whether something is remembered of the unit with this hash."""
        return key in self._verdicts

    def keep(self, key: str, verdict: CheckResult) -> None:
        """Remember what came of the unit."""
        self._verdicts.pop(key, None)
        self._verdicts[key] = to_json(verdict)
        self._forget()

    def told(self, keys: Iterable[str]) -> dict[str, str]:
        """What is remembered of these units, for `believe` in another process."""
        return {key: self._verdicts[key] for key in keys if key in self._verdicts}

    def believe(self, told: Mapping[str, str]) -> None:
        """Remember what another process found out."""
        self._verdicts |= told

    def _forget(self) -> None:
        """Only so many, those that were of use last: a preview goes on for days."""
        most = VARIANTS * max(1, len(self.readings))
        for key in list(self._verdicts)[:-most]:
            del self._verdicts[key]

    def recall(self, store: memory.Store) -> Cache:
        """What an earlier run kept there."""
        parts = memory.read(store)
        try:
            self.readings = {key: _reading(raw) for key, raw in parts.get("readings", {}).items()}
            self._verdicts = dict(parts.get("verdicts", {}))
        except (KeyError, TypeError, AttributeError):
            self.readings, self._verdicts = {}, {}
        return self

    def save(self, store: memory.Store) -> None:
        """Keep it for the next run, unless what all records share was changed meanwhile."""
        if self._folders is None or fingerprint(*self._folders) != self.basis:
            return
        self._forget()
        memory.write(store, {"readings": self.readings, "verdicts": self._verdicts})


def _reading(raw: Mapping[str, Any]) -> ReadResult:
    return ReadResult(_card(raw["card"]) if raw["card"] else None, tuple(Problem(**one) for one in raw["problems"]))


def _card(raw: Mapping[str, Any]) -> RecordSummary:
    lists = {name: tuple(raw[name]) for name in ("titles", "worksheets", "sources")}
    return RecordSummary(**{**raw, **lists, "claims": tuple(ClaimSummary(**one) for one in raw["claims"])})
