"""Watch folders for saved files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

GROUPED = 400
"""Milliseconds after which an ongoing series of saves is reported as one change."""
QUIET = 30
"""Milliseconds without a save that end a series, so that an editor that saves in two steps causes one change."""
LOOK_UP = 1000
"""Milliseconds between checks whether the folders have been replaced."""


def ready() -> None:
    """Raise ImportError if the package watchfiles is missing."""
    import watchfiles  # noqa: F401


def follow(folders: Iterable[Path], on_change: Callable[[], None], stop: threading.Event) -> None:
    """Call `on_change` after each save below `folders`, until `stop` is set.

    A folder that is replaced as a whole, as Git does, is watched again; a missing one is waited for.
    """
    wanted = list(dict.fromkeys(folder.resolve() for folder in folders))
    while not stop.is_set():
        watched = _present(wanted)
        if _until_replaced(wanted, watched, on_change, stop) and not stop.wait(0.2):
            on_change()


def _until_replaced(
    wanted: list[Path], watched: dict[Path, int], on_change: Callable[[], None], stop: threading.Event
) -> bool:
    """Watch the folders, and return True when they are no longer the same (False when `stop` is set)."""
    from watchfiles import watch

    if not watched:
        return bool(stop.wait(LOOK_UP / 1000)) or bool(_present(wanted))
    try:
        for changes in watch(
            *watched,
            debounce=GROUPED,
            step=QUIET,
            rust_timeout=LOOK_UP,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
        ):
            if changes:
                on_change()
            if _present(wanted) != watched:
                return True
    except OSError:  # it was removed just now
        stop.wait(LOOK_UP / 1000)
        return True
    return False


def _present(folders: Iterable[Path]) -> dict[Path, int]:
    """Return the existing folders with their inode numbers."""
    found = {}
    for folder in folders:
        try:
            found[folder] = folder.stat().st_ino
        except OSError:
            continue
    return found
