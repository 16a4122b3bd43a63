"""The same library, built in two worlds that differ in everything that must not matter: the same bytes.

    PYTHONPATH=. python tests/matrix.py        builds everything twice, and says how many files are the same

The worlds differ in time zone, locale, umask, path, number of cores and workers, hash seed, the order in which a disk
lists its files, and the order in which files were made.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DISORDERED = Path(__file__).resolve().parent / "disordered"
NOT_PUBLISHED = (".lock", ".unchanged.json", ".unchanged-site.json", ".known.json")
"""What we keep for ourselves, with stamps of files in it."""


@dataclass(frozen=True)
class World:
    """Where a build runs."""

    folder: str
    umask: int
    jobs: int
    cores: int
    backwards: bool
    environment: dict[str, str] = field(default_factory=dict)


WORLDS = (
    World("a", 0o022, 1, 1, backwards=False, environment={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}),
    World(
        "a much longer path/mit \u00e9 und Leerzeichen",
        0o077,
        2,
        2,
        backwards=True,
        environment={
            "TZ": "Asia/Kathmandu",
            "LC_ALL": "tr_TR.UTF-8",
            "LANGUAGE": "tr",
            "PYTHONHASHSEED": "4321",
            "PYTHONPATH": str(DISORDERED),
            "DISORDER": "7",
            "COLUMNS": "40",
            "USER": "somebody",
        },
    ),
)


def copied(source: Path, target: Path, *, backwards: bool) -> None:
    """Content and templates, each file made after the other, in one order or the other."""
    for kind in ("content", "templates"):
        paths = sorted((path for path in (source / kind).rglob("*") if path.is_file()), reverse=backwards)
        for path in paths:
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def published(source: Path, home: Path, world: World, arguments: tuple[str, ...]) -> dict[str, str]:
    """The hash of every file that a build in this world publishes."""
    folder = home / world.folder
    copied(source, folder, backwards=world.backwards)
    words = [
        sys.executable,
        str(ROOT / "make_printables.py"),
        "build",
        "--quiet",
        "--jobs",
        str(world.jobs),
        *arguments,
    ]
    if shutil.which("taskset"):
        words = ["taskset", "-c", ",".join(map(str, sorted(os.sched_getaffinity(0))[: world.cores])), *words]
    subprocess.run(words, cwd=folder, env={**os.environ, **world.environment}, umask=world.umask, check=True)
    output = folder / "output"
    return {
        path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in output.rglob("*")
        if path.is_file() and path.name not in NOT_PUBLISHED
    }


def compared(source: Path, home: Path, *arguments: str) -> tuple[int, list[str]]:
    """How many files there are, and which differ or are in one world only."""
    first, second = (published(source, home, world, arguments) for world in WORLDS)
    return len(first), sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def main() -> None:
    """The command."""
    with tempfile.TemporaryDirectory(prefix="matrix-") as home:
        count, different = compared(ROOT, Path(home), *sys.argv[1:])
    print(
        f"{count} files, {len(different)} of them different: {100 * (count - len(different)) / count:.1f} % identical"
    )
    for name in different:
        print(f"  {name}")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
