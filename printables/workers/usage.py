"""Measure the memory and the processor time of a process, for its limits.

Time limits count processor time, because wall-clock time would also count other work of a busy machine and end good
pages. The clock is only used to detect a hang: a process that waits and uses no processor time at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from printables import limits

Over = Literal["time", "hang"]
Used = Callable[[], float | None]
"""Returns seconds of processor time used; None if the system does not provide it."""


class Watch:
    """Watches work that may use `seconds` of processor time; `used` returns the time used so far."""

    def __init__(self, used: Used, seconds: float) -> None:
        self._used, self._seconds = used, seconds
        self._began = self._since = time.monotonic()
        self._before: float | None = None
        self._moved = 0.0
        self._next = 0.0
        self.spent = 0.0
        """Seconds of processor time between the first and the latest measurement."""

    def over(self) -> Over | None:
        """Return why the work must be ended now, or None. Call it repeatedly."""
        now = time.monotonic()
        if now < self._next:
            return None
        self._measure(now)
        if self.spent > self._seconds:
            return "time"
        if self.spent - self._moved >= limits.HEADWAY:
            self._moved, self._since = self.spent, now
        return "hang" if now - self._since > limits.HANGING else None

    def _measure(self, now: float) -> None:
        used = self._used()
        if used is None:
            self.spent = max(self.spent, (now - self._began) / limits.CROWD)
            return
        self._before = used if self._before is None else self._before
        self.spent = used - self._before
        self._next = now + _PAUSE


def time_of(pid: int) -> float | None:
    """Return the processor time in seconds of all threads of a process, also if it has ended but was not joined yet."""
    if _LINUX:
        return _from_proc(pid)
    return _from_ps(pid) if os.name == "posix" else None


_LINUX: bool = sys.platform == "linux"
_PAUSE = 0.0 if _LINUX else 2.0
"""Seconds between two measurements; on other systems than Linux, each of them starts a program."""


def _from_proc(pid: int) -> float | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        # Split after the last bracket: the program's name before it may contain anything.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return None


def _from_ps(pid: int) -> float | None:
    """Ask ps, on systems without /proc: macOS, the BSDs."""
    command = ["/bin/ps", "-o", "time=", "-p", str(pid)]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return seconds_of(subprocess.check_output(command, text=True, timeout=limits.HANGING))  # noqa: S603
    return None


def seconds_of(text: str) -> float | None:
    """Convert output of ps to seconds: [[days-]hours:]minutes:seconds, on macOS with hundredths."""
    match = re.fullmatch(r"\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)\s*", text)
    if not match:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def memory_of(pid: int) -> int:
    """Return the resident memory of a process in bytes; 0 if the system does not provide it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
