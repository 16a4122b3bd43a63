"""Processes that are watched: the memory of a build's, and the preview while an author saves."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import records

ROOT = Path(__file__).resolve().parent.parent
SAVES = 10
CORES = Path("/proc/stat")


def busy(seconds: float = 2.0) -> float | None:
    """How many cores other work keeps busy at this moment; None where the system does not say (not Linux)."""
    if not CORES.is_file():
        return None
    first = _working()
    time.sleep(seconds)
    return round(max(0.0, _working() - first) / seconds, 1)


def _working() -> float:
    """Seconds that all cores together have worked."""
    ticks = [int(one) for one in CORES.read_text(encoding="ascii").partition("\n")[0].split()[1:]]
    return (sum(ticks[:3]) + sum(ticks[5:7])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """What the system says of one: who started it, its peak of memory in MB, and the seconds it has worked."""

    parent: int
    most: float
    worked: float


class Family:
    """What the processes below this one take while the block runs (Linux): memory, and the time of cores.

    Work beside them makes a build slower by the clock, but hardly by the time of cores. Each is looked at twice a
    second, so that half a second of its end may be missed.
    """

    def __init__(self) -> None:
        self._seen: dict[int, Process] = {}
        self._before: dict[int, float] = {}
        self._ours = {os.getpid()}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self.look()
        self._before = {pid: one.worked for pid, one in self._seen.items()}
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            self.look()

    def look(self) -> None:
        """Note what each takes, and who has come: a process belongs to the family of the one that started it."""
        alive = dict(_processes())
        grown = True
        while grown:
            come = {pid for pid, one in alive.items() if one.parent in self._ours} - self._ours
            self._ours |= come
            grown = bool(come)
        self._seen |= {pid: alive[pid] for pid in alive.keys() & self._ours - {os.getpid()}}

    def peaks(self) -> list[int]:
        """Megabytes, the largest first."""
        return sorted((round(one.most) for one in self._seen.values()), reverse=True)[:4]

    def worked(self) -> float:
        """Seconds of cores, all together."""
        return sum(one.worked - self._before.get(pid, 0.0) for pid, one in self._seen.items())


def _processes() -> Iterator[tuple[int, Process]]:
    """Every process by its number."""
    for home in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has just ended
            peak = re.search(r"VmHWM:\s*(\d+)", (home / "status").read_text(encoding="utf-8", errors="replace"))
            fields = (home / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            worked = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            yield int(home.name), Process(int(fields[1]), int(peak[1]) / 1024 if peak else 0.0, worked)


def watched(folder: Path, therapy: str, audience: str) -> dict[str, Any]:
    """Seconds from a save to the new web page and to the new pages of the PDF, as the preview sends them: medians."""
    command = [sys.executable, str(ROOT / "make_printables.py"), "preview", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        try:
            said = server.stdout.readline() if server.stdout else ""
            return _saves(said.split()[4].rstrip("/"), folder, f"therapy={therapy}&audience={audience}")
        finally:
            server.terminate()


def _saves(address: str, folder: Path, asked: str) -> dict[str, Any]:
    """Follows the stream of events: the preview says when the web page is new, and again when the PDF is."""
    with urllib.request.urlopen(f"{address}/events?{asked}", timeout=60) as stream:
        for _ in range(2):
            _news(stream)
        times = [_save(stream, folder, number) for number in range(100, 100 + SAVES)]
    webs, pdfs = (sorted(column)[SAVES // 2] for column in zip(*times, strict=True))
    return {"watch_web_s": webs, "watch_pdf_s": pdfs}


def _save(stream: Any, folder: Path, number: int) -> tuple[float, float]:
    records.change_a_word(folder, number)
    began = time.perf_counter()
    _news(stream)
    web = time.perf_counter() - began
    _news(stream)
    return web, time.perf_counter() - began


def _news(stream: Any) -> None:
    for line in stream:
        if line.startswith(b"data:"):
            return
    sys.exit("The preview went away.")
