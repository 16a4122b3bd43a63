"""The index that visitors search: made by Pagefind from the pages as they were written."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from printables.problems import Problem

FOLDER = "pagefind"
GLOB = "{leaflets,worksheets}/**/*.html"
NEEDED = (
    "pagefind.js",
    "pagefind-entry.json",
    "pagefind-worker.js",
)
"""Files beside the index itself; the ready-made search boxes are not used."""
TIME_LIMIT = 600.0


class SearchMissing(Exception):
    """Pagefind is not installed, or it failed; `problem` says so in plain words."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.problem = Problem("search", 0, what, mend)


def tool() -> Path:
    """The program. Raises SearchMissing where it is not installed."""
    try:
        from pagefind.service import get_executable
    except ImportError:
        raise _missing() from None
    found = get_executable()
    if not found:
        raise _missing()
    return Path(found)


def _missing() -> SearchMissing:
    return SearchMissing("Pagefind, which makes the search of the website, is not installed.", "Run: make site.")


def knows(path: str) -> bool:
    """Whether this page of the site is in the index, as GLOB says it."""
    return path.startswith(("leaflets/", "worksheets/")) and path.endswith(".html")


def index(site: Path) -> dict[str, bytes]:
    """The files of the search by path on the site, made from the pages in the folder `site`. Raises SearchMissing."""
    program = tool()
    with tempfile.TemporaryDirectory(prefix="printables-") as made:
        command = [str(program), "--site", str(site), "--output-path", made, "--glob", GLOB, "--silent"]
        try:
            subprocess.check_output(command, stderr=subprocess.STDOUT, text=True, timeout=TIME_LIMIT)  # noqa: S603
        except subprocess.CalledProcessError as error:
            said = f"The search could not be made: {error.output.strip()[-300:]}."
            raise SearchMissing(said, "Please report this.") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SearchMissing(f"The search could not be made: {error}.", "Try again, and report it.") from error
        files = sorted(path for path in Path(made).rglob("*") if path.is_file())
        return {f"{FOLDER}/{path.relative_to(made).as_posix()}": path.read_bytes() for path in files if _wanted(path)}


def _wanted(path: Path) -> bool:
    return path.name in NEEDED or path.suffix not in (".js", ".css")
