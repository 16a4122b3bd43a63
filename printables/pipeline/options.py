"""The options of a run, and its progress callbacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from printables.cache.cache import Cache
from printables.cache.store import FolderStore, Store
from printables.library.folders import Folders
from printables.pages.formats.registry import asked_for
from printables.pipeline.one_therapy import Strictness
from printables.plan import Choice

if TYPE_CHECKING:
    from printables.workers.cluster_address import Cluster


@dataclass(frozen=True)
class Options:
    """What to build, from where, to where."""

    content: Path
    """The own content folder: what commands write goes there."""
    templates: Path
    output: Path
    today: date
    choice: Choice = field(default_factory=Choice)
    workers: int = 0
    """Number of worker processes; 0 means one for each core."""
    formats: tuple[str, ...] = ()
    """Formats beside each PDF that are made on request."""
    cluster: Cluster | None = None
    """The cluster that prints; None for this machine."""
    release: bool = False
    allow_overdue: bool = False
    language: str = ""
    """The code of the language to make leaflets in; empty for that of the records."""
    shipped: Path | None = None
    """The shipped content, over which `content` lies; None where that stands alone."""

    @property
    def folders(self) -> Folders:
        """Return the content folders to read."""
        return Folders(self.content, self.shipped)

    strict: bool = False
    """Whether layout faults that only an author can mend refuse a leaflet."""

    def store(self) -> Store:
        """Return the store of the cache."""
        return FolderStore(self.output)

    def new_cache(self) -> Cache:
        """Return the cache of this language as an earlier run left it."""
        return Cache(self.language).load(self.store())

    def is_watched(self) -> bool:
        """Return whether the cache would notice a change of the programs that make the formats."""
        return not any(one.needs for one in asked_for(self.formats))

    def strictness(self) -> Strictness:
        """Return what counts as an error."""
        return Strictness(self.allow_overdue, self.release, self.strict)


@dataclass(frozen=True)
class Progress:
    """Callbacks: the number of planned leaflets, and the path of each one that was printed or up to date."""

    on_done: Callable[[str], None] = lambda _: None
    on_kept: Callable[[str], None] = lambda _: None
    on_start: Callable[[int], None] = lambda _: None
