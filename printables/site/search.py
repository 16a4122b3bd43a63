"""The search index, made by Pagefind from the written pages."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from printables import limits, paths
from printables.problems import Problem
from printables.workers.usage import Over, Watch, time_of

FOLDER = "pagefind"
GLOB = "{leaflets,worksheets}/**/*.html"
NEEDED = (
    "pagefind.js",
    "pagefind-entry.json",
    "pagefind-worker.js",
)
"""The files needed beside the index; Pagefind's own search boxes are not used."""
_TICK = 0.2
"""Seconds between two checks of the running Pagefind."""


class SearchMissing(Exception):
    """Pagefind is not installed, or it failed; `problem` holds the message."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.problem = Problem("search", 0, what, mend)


def tool() -> Path:
    """Return the path of Pagefind. Raises SearchMissing if it is not installed."""
    try:
        from pagefind.service import get_executable
    except ImportError:
        raise _missing() from None
    found = get_executable()
    if not found:
        raise _missing()
    return Path(found)


def _missing() -> SearchMissing:
    what = "Pagefind, which makes the search of the website, is not installed."
    return SearchMissing(what, paths.mend_by_installing("site"))


def knows(path: str) -> bool:
    """Return whether this page of the site is indexed, by GLOB."""
    return path.startswith(("leaflets/", "worksheets/")) and path.endswith(".html")


def index(site: Path) -> dict[str, bytes]:
    """Return the search's files by path, made from the pages in the folder `site`. Raises SearchMissing."""
    program = tool()
    with tempfile.TemporaryDirectory(prefix="printables-") as made:
        command = [str(program), "--site", str(site), "--output-path", made, "--glob", GLOB, "--silent"]
        try:
            _run(command)
        except OSError as error:
            raise SearchMissing(f"The search could not be made: {error}.", "Try again, and report it.") from error
        files = sorted(path for path in Path(made).rglob("*") if path.is_file())
        return {f"{FOLDER}/{path.relative_to(made).as_posix()}": path.read_bytes() for path in files if _wanted(path)}


def _run(command: Sequence[str]) -> None:
    """Run Pagefind. Raises SearchMissing if it fails, takes too long or hangs, and OSError if it cannot start."""
    with tempfile.TemporaryFile() as words:
        with subprocess.Popen(command, stdout=words, stderr=subprocess.STDOUT) as process:  # noqa: S603
            over = _ended(process)
        words.seek(0)
        said, mend = words.read().decode(errors="replace").strip()[-300:], "Please report this."
    if over == "time":
        said = f"Pagefind took more than {limits.INDEXING / 60:g} minutes of processor time"
    elif over == "hang":
        said = f"Pagefind did nothing for {limits.HANGING / 60:g} minutes"
        mend = "Look whether a disk or a folder in the network does not answer, then run the command again."
    if process.returncode:
        raise SearchMissing(f"The search could not be made: {said}.", mend)


def _ended(process: subprocess.Popen[bytes]) -> Over | None:
    """Wait until the process ends, or kill it at its limit and return the reason."""
    watch, over = Watch(lambda: time_of(process.pid), limits.INDEXING), None
    try:
        while over is None and process.poll() is None:
            over = watch.over()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_TICK)
    finally:
        process.kill()  # where it has ended, this does nothing
    return over


def _wanted(path: Path) -> bool:
    return path.name in NEEDED or path.suffix not in (".js", ".css")
