"""Kill real builds at random moments, many hundreds of times, and look whether anything was lost or torn.

    PYTHONPATH=. python tests/torture.py --kills 500 [--seed N]
    PYTHONPATH=. python tests/torture.py --kills 40 --plain-write

A library is built in several versions, each from nothing and undisturbed: as builds are the same to the last byte,
every file that may ever be published is known. Then one folder is built again and again, each time from the next
version, and each time a process of the build is killed at a random moment: the build itself, one of its workers, their
parent, or all of them. After each, every file published must be one of the known ones, none may be missing, and at the
end one more build must leave exactly what an undisturbed one leaves. Nobody repairs anything in between.

`--plain-write` shows that this can fail: files are written in place, slowly, as on a slow disk, instead of being
renamed into their place when they are whole. Torn files must be found then.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from library_case import IPT, copy_of_leaflets

from printables.cache import up_to_date

ROOT = Path(__file__).resolve().parent.parent
BUILD = ("build", "--quiet", "--audience", "teens", "--audience", "parents")
DOOR = [sys.executable, str(ROOT / "make_printables.py")]
OURS = ("manifest.json", ".lock", ".unchanged.json", ".unchanged-site.json", ".known.json")
VERSIONS = 3
OVER = "nobody, for it was over"
AIMS = ("build", "build", "build", "worker", "worker", "tracker", "all")
PLAIN = """
import sys, time
sys.path.insert(0, {root!r})
from printables import files
def slowly(path, data):
    with path.open("wb") as file:
        for start in range(0, len(data), 4096):
            file.write(data[start : start + 4096])
            file.flush()
            time.sleep(0.004)
if __name__ == "__main__":
    files.write_atomic = slowly
    sys.argv[1:] = {arguments!r}
    from printables.cli.app import main
    main()
"""
"""A build that writes in place. Not a mock of the torture's subject: what it would be without the rename."""


@dataclass
class Tally:
    """What happened, and what was found."""

    kills: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    torn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)

    def killed(self) -> int:
        """Builds that were killed while they ran."""
        return sum(count for aim, count in self.kills.items() if aim != OVER)

    def good(self) -> bool:
        """Nothing was torn or lost, and nothing had to be repaired."""
        return not (self.torn or self.lost or self.repairs)

    def told(self) -> str:
        """For a person."""
        hit = ", ".join(f"{count} {name}" for name, count in sorted(self.kills.items()))
        ended = ", ".join(f"{count} {name}" for name, count in sorted(self.ended.items()))
        found = [*self.torn[:5], *self.lost[:5], *self.repairs[:5]]
        return "\n".join(
            [
                f"killed: {hit}; builds: {ended}",
                f"{len(self.torn)} torn files, {len(self.lost)} lost leaflets, {len(self.repairs)} manual repairs",
                *found,
            ]
        )


class Torture:
    """One folder that is built again and again. `plain` writes in place."""

    def __init__(self, home: Path, seed: int, *, plain: bool) -> None:
        self.random = random.Random(seed)  # noqa: S311 - chance, no secret
        self.plain, self.home = plain, home
        self.library = copy_of_leaflets(home / "library")
        self.record = (self.library / IPT).read_text(encoding="utf-8")
        self.temporary = home / "tmp"
        self.temporary.mkdir()
        self.known: list[dict[str, str]] = []
        self.tally = Tally()
        self.longest = 0.0
        self.turn = 0
        for number in range(VERSIONS):
            self.known.append(self._undisturbed(number))

    def _undisturbed(self, number: int) -> dict[str, str]:
        """All files of a version, built from nothing."""
        self._choose(number)
        shutil.rmtree(self.library / "output", ignore_errors=True)
        time.sleep(up_to_date.SETTLED / 1e9)  # then it is remembered, and the next build starts the engine early
        began = time.monotonic()
        subprocess.run(self._command(plain=False), cwd=self.library, env=self._environment(), check=True)
        self.longest = max(self.longest, time.monotonic() - began)
        return self._published()

    def _choose(self, number: int) -> None:
        """Make the library one that differs from the other versions on every page."""
        record, style = self.library / IPT, self.library / "templates/_base/page.css"
        record.write_text(self.record.replace("\ncode: IPT", f"\ncode: IPT{number}", 1), encoding="utf-8")
        ours = (ROOT / "templates/_base/page.css").read_text(encoding="utf-8")
        style.write_text(f"{ours}\nbody {{ orphans: {number + 2} }}\n", encoding="utf-8")

    def _command(self, *, plain: bool) -> list[str]:
        if not plain:
            return [*DOOR, *BUILD]
        script = self.home / "plain.py"
        script.write_text(PLAIN.format(root=str(ROOT), arguments=list(BUILD)), encoding="utf-8")
        return [sys.executable, str(script)]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "TMPDIR": str(self.temporary)}

    def _published(self) -> dict[str, str]:
        output = self.library / "output"
        return {
            path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in output.rglob("*")
            if path.is_file() and path.name not in OURS and not path.name.startswith(".printables-")
        }

    def once(self) -> None:
        """One build that is killed, and what it left."""
        self.turn += 1
        self._choose(self.turn % VERSIONS)
        aim, moment = self.random.choice(AIMS), self.random.uniform(0.0, self.longest * 1.05)
        said = self.home / "said"
        with said.open("wb") as stderr, subprocess.Popen(
            self._command(plain=self.plain),
            cwd=self.library, env=self._environment(),
            stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True,
        ) as build:  # fmt: skip
            with contextlib.suppress(subprocess.TimeoutExpired):
                build.wait(moment)
            while aim in ("worker", "tracker") and build.poll() is None and not children(build.pid):
                time.sleep(0.02)  # they are started a little later than the build
            self._kill(build, aim)
            code = build.wait(120)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(build.pid, signal.SIGKILL)  # workers that had no time to notice; the group is ours
        self.tally.ended["finished" if code == 0 else f"ended with {code}"] += 1
        if aim == "worker" and code not in (0, -signal.SIGKILL):
            last = " ".join(said.read_text(encoding="utf-8").split())[-300:]
            self.tally.repairs.append(f"turn {self.turn}: a build did not outlive its worker: {code}, {last}")
        self._look()

    def _kill(self, build: subprocess.Popen[bytes], aim: str) -> None:
        below = children(build.pid)
        if build.poll() is not None:
            self.tally.kills[OVER] += 1
            self.longest *= 0.97
            return
        self.longest *= 1.005  # so that about one in seven ends before it is killed, however busy the machine is
        self.tally.kills[aim] += 1
        first = min(below, default=build.pid)
        workers = sorted(below - {first}) or [first]
        aims = {"build": [build.pid], "worker": [self.random.choice(workers)], "tracker": [first]}
        with contextlib.suppress(ProcessLookupError):
            if aim == "all":
                os.killpg(build.pid, signal.SIGKILL)
            for pid in aims.get(aim, []):
                os.kill(pid, signal.SIGKILL)

    def _look(self) -> None:
        now = self._published()
        for path, digest in now.items():
            if digest not in {version.get(path) for version in self.known}:
                self.tally.torn.append(f"turn {self.turn}: {path}")
        self.tally.lost += [f"turn {self.turn}: {path}" for path in self.known[0] if path not in now]
        with contextlib.suppress(FileNotFoundError):
            try:
                json.loads((self.library / "output/manifest.json").read_bytes())
            except ValueError:
                self.tally.torn.append(f"turn {self.turn}: manifest.json")

    def mended(self) -> None:
        """One more build, which nobody disturbs, must leave what an undisturbed one leaves, and nothing else."""
        self._choose(0)
        done = subprocess.run(self._command(plain=False), cwd=self.library, env=self._environment(), check=False)
        left = [path.name for path in (self.library / "output").rglob(".printables-*")]
        left += [path.name for path in self.temporary.glob("printables-*")]
        if done.returncode or left or self._published() != self.known[0]:
            self.tally.repairs.append(f"the last build: code {done.returncode}, left behind: {left}")


def children(pid: int) -> set[int]:
    """All processes below this one (Linux)."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found, waiting = set[int](), {pid}
    while waiting:
        waiting = {child for child, parent in parents.items() if parent in waiting} - found
        found |= waiting
    return found


def torture(kills: int, seed: int, *, plain: bool = False, say: bool = False) -> Tally:
    """So many builds are killed; what was found. Where files are written plainly, until one is found torn."""
    with tempfile.TemporaryDirectory(prefix="torture-") as home:
        whole = Torture(Path(home), seed, plain=plain)
        while whole.tally.killed() < kills and not (plain and whole.tally.torn):
            before = whole.tally.killed()
            whole.once()
            if say and whole.tally.killed() > before and whole.tally.killed() % 50 == 0:
                print(f"{before + 1} of {kills}: {' '.join(whole.tally.told().splitlines()[1:])}", flush=True)
        if not plain:
            whole.mended()
        return whole.tally


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311 - chance, no secret
    parser.add_argument("--plain-write", action="store_true", help="Write in place: torn files must be found.")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    tally = torture(asked.kills, asked.seed, plain=asked.plain_write, say=True)
    print(tally.told())
    if asked.plain_write:
        print("The companion found torn files, as it should." if tally.torn else "Nothing was found torn.")
    sys.exit(0 if bool(tally.torn) == asked.plain_write and (asked.plain_write or tally.good()) else 1)


if __name__ == "__main__":
    main()
