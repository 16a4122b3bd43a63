"""What a process uses: memory, and processor time, which decides whether it takes too long.

The clock also counts what a machine does for others, so that an honest page beside much other work would be ended. It
is looked at only to find what hangs: what waits for something that does not come, and uses no processor time at all.
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
"""Seconds of processor time that something has used; None where the system does not say."""


class Watch:
    """Watches what may use so many `seconds` of processor time."""

    def __init__(self, used: Used, seconds: float) -> None:
        self._used, self._seconds = used, seconds
        self._began = self._since = time.monotonic()
        self._before: float | None = None
        self._moved = 0.0
        self._next = 0.0
        self.spent = 0.0
        """Seconds of processor time since the first look, as they were at the last one."""

    def over(self) -> Over | None:
        """Why it must be ended now, or None. To be asked again and again."""
        now = time.monotonic()
        if now < self._next:
            return None
        self._look(now)
        if self.spent > self._seconds:
            return "time"
        if self.spent - self._moved >= limits.HEADWAY:
            self._moved, self._since = self.spent, now
        return "hang" if now - self._since > limits.HANGING else None

    def _look(self, now: float) -> None:
        used = self._used()
        if used is None:
            self.spent = max(self.spent, (now - self._began) / limits.CROWD)
            return
        self._before = used if self._before is None else self._before
        self.spent = used - self._before
        self._next = now + _PAUSE


def time_of(pid: int) -> float | None:
    """Seconds that all threads of a process have worked, whether it is still running or not yet buried."""
    if _LINUX:
        return _from_proc(pid)
    return _from_ps(pid) if os.name == "posix" else None


_LINUX: bool = sys.platform == "linux"
_PAUSE = 0.0 if _LINUX else 2.0
"""Seconds between two looks; elsewhere than on Linux each is a program that must be started."""


def _from_proc(pid: int) -> float | None:
    with contextlib.suppress(OSError, ValueError, IndexError):
        # What stands before the last bracket is the program's name, which may hold anything.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return None


def _from_ps(pid: int) -> float | None:
    """Where there is no /proc: macOS, the BSDs."""
    command = ["/bin/ps", "-o", "time=", "-p", str(pid)]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return seconds_of(subprocess.check_output(command, text=True, timeout=limits.HANGING))  # noqa: S603
    return None


def seconds_of(said: str) -> float | None:
    """What ps writes as seconds: [[days-]hours:]minutes:seconds, on macOS with hundredths."""
    found = re.fullmatch(r"\s*(?:(?:(\d+)-)?(\d+):)?(\d+):(\d+(?:\.\d+)?)\s*", said)
    if not found:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def memory_of(pid: int) -> int:
    """Bytes that a process has in memory; 0 where the system does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
