"""What a run is asked to do, and whom it tells how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from printables.cache.store import FolderStore, Store
from printables.pages.formats.registry import asked_for
from printables.pipeline.one_therapy import Strictness
from printables.plan import Choice

if TYPE_CHECKING:
    from printables.workers.cluster_address import Cluster


@dataclass(frozen=True)
class Options:
    """What to build, from where, to where."""

    content: Path
    templates: Path
    output: Path
    today: date
    choice: Choice = field(default_factory=Choice)
    workers: int = 0
    """Worker processes; 0 is one for each core."""
    formats: tuple[str, ...] = ()
    """Formats beside each PDF, besides those that are always made."""
    cluster: Cluster | None = None
    """Other machines that print; ours where it is None."""
    release: bool = False
    allow_overdue: bool = False

    def store(self) -> Store:
        """Return where the cache is kept."""
        return FolderStore(self.output)

    def is_watched(self) -> bool:
        """Return whether a change of what makes the formats would be noticed."""
        return not any(one.needs for one in asked_for(self.formats))

    def strictness(self) -> Strictness:
        """Return what counts as an error."""
        return Strictness(self.allow_overdue, self.release)


@dataclass(frozen=True)
class Progress:
    """Whom to tell how many leaflets are planned, and which one was printed, or was up to date."""

    on_done: Callable[[str], None] = lambda _: None
    on_kept: Callable[[str], None] = lambda _: None
    on_start: Callable[[int], None] = lambda _: None
