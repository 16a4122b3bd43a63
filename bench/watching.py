"""Processes that are watched: the memory of a build's, and the preview while an author saves."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any, Self

import records

ROOT = Path(__file__).resolve().parent.parent
SAVES = 10


class Memory:
    """The most memory that each Python process below this one takes while the block runs (Linux)."""

    def __init__(self) -> None:
        self._most: dict[int, float] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    said = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
                    command = (status.parent / "cmdline").read_bytes()
                except (OSError, ValueError):
                    continue
                if b"make_printables" in command or b"forkserver" in command:
                    self._most[int(said["Pid"])] = float(said.get("VmHWM", "0 kB").split()[0]) / 1024

    def peaks(self) -> list[int]:
        """Megabytes, the largest first."""
        return sorted((round(most) for most in self._most.values()), reverse=True)[:4]


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
