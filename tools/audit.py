"""Known holes in what the locks name, from a copy of OSV's database: works without a network.

    .venv/bin/python tools/audit.py DATABASE.zip [LOCK ...]

The database is OSV's export for PyPI, one JSON file an advisory in one ZIP (https://google.github.io/osv.dev/data/).
With a network, `make audit` asks the same database through pip-audit instead. Fails where anything is found.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("requirements*.lock"))


@dataclass(frozen=True, order=True)
class Hole:
    """One advisory about a version that a lock names."""

    lock: str
    line: int
    package: str
    version: str
    id: str
    summary: str
    fixed: str

    def __str__(self) -> str:
        mend = f"Take {self.fixed} or later: make lock." if self.fixed else "No version without it is known."
        return f"{self.lock}:{self.line}: {self.package} {self.version} has {self.id}: {self.summary}. {mend}"


def advisories(database: Path) -> Iterator[dict[str, Any]]:
    """Every advisory that was not withdrawn."""
    with zipfile.ZipFile(database) as files:
        for name in files.namelist():
            if name.endswith(".json"):
                found: dict[str, Any] = json.loads(files.read(name))
                if "withdrawn" not in found:
                    yield found


def named(lock: Path) -> Iterator[tuple[int, str, str]]:
    """Line, name and version of every package in a lock."""
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
        if found := re.match(r"([A-Za-z0-9][\w.-]*)==([\w.+!-]+)", line):
            yield number, canonicalize_name(found[1]), found[2]


def holes(database: Iterable[Mapping[str, Any]], locks: Iterable[Path]) -> list[Hole]:
    """What is known about the versions in these locks."""
    about: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for advisory in database:
        for affected in advisory.get("affected", ()):
            if affected.get("package", {}).get("ecosystem") == "PyPI":
                name = canonicalize_name(affected["package"]["name"])
                about.setdefault(name, []).append((advisory, affected))
    return sorted(
        {
            Hole(lock.name, line, name, version, advisory["id"], _summary(advisory), _fixed(affected))
            for lock in locks
            for line, name, version in named(lock)
            for advisory, affected in about.get(name, ())
            if _is_affected(affected, version)
        }
    )


def _summary(advisory: Mapping[str, Any]) -> str:
    return " ".join((advisory.get("summary") or advisory.get("details") or "no description").split())[:160].rstrip(".")


def _is_affected(affected: Mapping[str, Any], version: str) -> bool:
    if version in affected.get("versions", ()):
        return True
    return any(_in_range(events, version) for events in _ranges(affected))


def _ranges(affected: Mapping[str, Any]) -> Iterator[list[tuple[str, str]]]:
    for one in affected.get("ranges", ()):
        if one.get("type") == "ECOSYSTEM":
            yield [(kind, value) for event in one.get("events", ()) for kind, value in event.items()]


def _in_range(events: Iterable[tuple[str, str]], version: str) -> bool:
    """OSV's own rule: walk the events in order of their versions; the last one that applies decides."""
    here, inside = Version(version), False
    for kind, value in sorted(events, key=lambda event: _version(event[1])):
        if kind == "introduced" and here >= _version(value):
            inside = True
        elif (kind == "fixed" and here >= _version(value)) or (kind == "last_affected" and here > _version(value)):
            inside = False
    return inside


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _fixed(affected: Mapping[str, Any]) -> str:
    found = [value for events in _ranges(affected) for kind, value in events if kind == "fixed"]
    return max(found, key=_version, default="")


def main() -> None:
    """The command."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    locks = [Path(name) for name in sys.argv[2:]] or LOCKS
    known = list(advisories(Path(sys.argv[1])))
    newest = max((one.get("modified", "") for one in known), default="")
    found = holes(known, locks)
    for hole in found:
        print(f"error: {hole}", file=sys.stderr)
    print(f"{len(found)} known holes, by {len(known):,} advisories, the newest of {newest[:10] or 'no day'}.")
    sys.exit(1 if found or not known else 0)


if __name__ == "__main__":
    main()
