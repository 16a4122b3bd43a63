"""Notices that something was saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

GROUPED = 400
"""Milliseconds after which a series of saves that does not end is told as one."""
QUIET = 30
"""Milliseconds without another save that end a series: an editor that writes a file in two steps is told once."""
LOOK_UP = 1000
"""Milliseconds after which it is looked whether the folders are still the same ones."""


def ready() -> None:
    """Raises ImportError where the package that watches is missing."""
    import watchfiles  # noqa: F401


def follow(folders: Iterable[Path], on_change: Callable[[], None], stop: threading.Event) -> None:
    """Calls `on_change` after each save below `folders`, until `stop` is set.

    A folder that is replaced as a whole (Git does that) is found again; one that is missing is waited for.
    """
    wanted = list(dict.fromkeys(folder.resolve() for folder in folders))
    while not stop.is_set():
        watched = _present(wanted)
        if _until_replaced(wanted, watched, on_change, stop) and not stop.wait(0.2):
            on_change()


def _until_replaced(
    wanted: list[Path], watched: dict[Path, int], on_change: Callable[[], None], stop: threading.Event
) -> bool:
    """Whether the folders are no longer those that are watched."""
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
    except OSError:  # it went while we began
        stop.wait(LOOK_UP / 1000)
        return True
    return False


def _present(folders: Iterable[Path]) -> dict[Path, int]:
    """The folders that are there, each with the number that the disk knows it by."""
    found = {}
    for folder in folders:
        try:
            found[folder] = folder.stat().st_ino
        except OSError:
            continue
    return found
