"""Ctrl-C and the system's request to end, held back where they could leave a lock locked."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Any

HELD = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let a signal that comes within the block take effect at its end.

    Python runs handlers between any two steps of the main thread, also right behind the one that acquires a lock. An
    exception raised there leaves the lock of a future locked, and the thread that would finish that future waits for
    ever. So calls of `concurrent.futures` stand in such a block, and waiting does not. In other threads, where Python
    runs no handlers, it does nothing; a handler that was not installed by Python stays as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[signal.Signals, Any] = {}
    try:
        for sign in HELD:
            if signal.getsignal(sign) is not None:  # None was installed from C, and Python could not put it back
                before[sign] = signal.signal(sign, lambda number, _: came.append(number))
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
        for number in came:
            signal.raise_signal(number)
