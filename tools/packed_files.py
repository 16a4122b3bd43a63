"""Name the files that a wheel or a source archive holds: those that Git tracks. Hatchling runs this.

Without it, a draft of a leaflet or a private clinic's file that merely lies in the checkout would be packed. In an
unpacked source archive there is no Git, and everything in it was tracked.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INSIDE = {"templates": "printables/_data/templates", "content": "printables/_data/content", "printables": "printables"}
"""The folders of the wheel, by those of the checkout, where authors look for templates and content at the top."""


class PackedFiles(BuildHookInterface[Any]):
    """Adds the tracked files to what is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name each file, and where it goes. Raises RuntimeError if Git cannot say what it tracks."""
        root = Path(self.root)
        if self.target_name == "wheel" and version == "standard":
            build_data["force_include"].update(wheel_files(root))
        elif self.target_name == "sdist":
            untracked = [f"/{name}" for name in listed(root, "--others", "--exclude-standard")]
            self.build_config.target_config.setdefault("exclude", []).extend(untracked)


def wheel_files(root: Path) -> dict[str, str]:
    """Return the place in the wheel of each file, by its path."""
    parts = {name: name.partition("/") for name in tracked_files(root)}
    return {
        str(root / name): f"{INSIDE[folder]}/{rest}"
        for name, (folder, _, rest) in sorted(parts.items())
        if folder in INSIDE and (root / name).is_file()
    }


def tracked_files(root: Path) -> list[str]:
    """Return what Git tracks, as relative paths; in a source archive, all files."""
    return listed(root) if (root / ".git").exists() else sorted(all_files(root))


def listed(root: Path, *options: str) -> list[str]:
    """Return what `git ls-files` lists; nothing in a source archive. Raises RuntimeError if Git fails."""
    if not (root / ".git").exists():
        return []
    command = ["git", "-c", f"safe.directory={root}", "-C", str(root), "ls-files", "-z", *options]
    try:
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - a fixed command
    except (OSError, subprocess.CalledProcessError) as error:
        what = "Git cannot say which files belong to the package."
        raise RuntimeError(f"{what} Install Git, or build from the source archive.") from error
    return [name for name in done.stdout.decode().split("\0") if name]


def all_files(root: Path) -> set[str]:
    """Return every file of the folders that are packed, except compiled ones."""
    found = (path for folder in INSIDE for path in (root / folder).rglob("*"))
    return {path.relative_to(root).as_posix() for path in found if path.is_file() and "__pycache__" not in path.parts}
