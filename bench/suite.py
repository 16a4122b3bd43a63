"""Every measurement that docs/performance.md shows: `make bench`, or one of them by name.

    .venv/bin/python bench/suite.py [NAME ...] [--long]

Each writes its figures into bench/results.json. Other work on the machine only adds, and machines are noisy: where two
things are compared, they are run in turn, within one run, and the faster run of each counts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import engines
import pages
import records
import watching

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/results.json"
PRINTABLES = [sys.executable, str(ROOT / "make_printables.py")]
SMALL, LARGE, HUGE = 2, 24, 96
"""Copies of our twelve records: 132, 1,056 and 4,080 leaflets and worksheets."""
ROUNDS = 3
Row = dict[str, Any]


def run(folder: Path, *arguments: str) -> tuple[float, Row]:
    """Seconds of one command, and what it said as JSON."""
    began = time.perf_counter()
    done = subprocess.run([*PRINTABLES, *arguments, "--json"], cwd=folder, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return took, json.loads(done.stdout)


def library(copies: int) -> Path:
    """A library of its own, in a folder that goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    GONE.append(folder)
    return records.library(folder, copies)


GONE: list[Path] = []
BUILT: dict[int, Path] = {}


def built(copies: int) -> Path:
    """A library that has been built; the first that needs it pays."""
    if copies not in BUILT:
        BUILT[copies] = library(copies)
        run(BUILT[copies], "build")
    return BUILT[copies]


def cold() -> Row:
    """A build from nothing, against the bare engine on the same HTML in as many processes, turn by turn."""
    folder = library(SMALL)
    plain = [pages.plain(job) for job in pages.jobs(folder)]
    rounds = []
    for _ in range(ROUNDS):
        shutil.rmtree(folder / "output", ignore_errors=True)
        rounds.append((engines.floor(plain), run(folder, "build")[0]))
    bare, ours = (min(column) for column in zip(*rounds, strict=True))
    return {"handouts": len(plain), "floor_s": bare, "ours_s": ours, "ratio": ours / bare, "limit": 1.10,
            "rounds": [[round(one, 2) for one in pair] for pair in rounds]}  # fmt: skip


def others() -> Row:
    """The same pages through other programs, against a build from nothing."""
    folder = library(1)
    jobs = pages.jobs(folder)
    files = []
    for number, job in enumerate(jobs):
        files.append(folder / f"{number}.html")
        files[-1].write_text(pages.whole(job), encoding="utf-8")
    tabs = {str(count): engines.chromium(files, count) for count in (1, 2, 4)}
    ours = run(folder, "build")[0]
    one = engines.command(files[:6])
    texts = [engines.as_typst(dict(job.twins)[job.path.replace(".pdf", ".txt")].decode()) for job in jobs]
    found = [took for took in tabs.values() if took]
    return {"handouts": len(jobs), "ours_s": ours, "command_s_a_file": one, "command_times": one * len(jobs) / ours,
            "command_limit": 25, "chromium_s": tabs, "ours_by_chromium": ours / min(found) if found else None,
            "chromium_limit": 0.85, "typst_s": engines.typst(texts)}  # fmt: skip


def nothing_changed() -> Row:
    """A build of 1,000 leaflets in which nothing has changed."""
    folder = built(LARGE)
    time.sleep(3)  # files changed just now are not trusted
    run(folder, "build")
    runs = [run(folder, "build") for _ in range(5)]
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", *PRINTABLES[1:], "build", "--json"],
        cwd=folder, capture_output=True, text=True, check=True).stderr  # fmt: skip
    return {"handouts": len(runs[0][1]["kept"]), "rendered": len(runs[0][1]["rendered"]),
            "seconds": statistics.median(took for took, _ in runs), "limit": 0.5,
            "engine_loaded": "weasyprint" in loaded}  # fmt: skip


def one_word() -> Row:
    """One changed word among 1,000 leaflets: a build by a new process, and a save while the preview watches."""
    folder, times, rendered = built(LARGE), [], []
    for number in range(5):
        records.change_a_word(folder, number)
        took, said = run(folder, "build")
        times.append(took)
        rendered.append(len(said["rendered"]))
    watched = watching.watched(folder, "ipt", "teens")
    return {"handouts": len(said["kept"]) + rendered[-1], "rendered": rendered, "cold_s": statistics.median(times),
            "limit": 2.0, **watched, "watch_limit": 0.5}  # fmt: skip


def one_template() -> Row:
    """A changed style sheet: everything is printed again."""
    folder = built(SMALL)
    page = folder / "templates/_base/page.css"
    page.write_text(page.read_text(encoding="utf-8") + "\np { color: inherit }\n", encoding="utf-8")
    took, said = run(folder, "build")
    return {"handouts": len(said["rendered"]), "seconds": took}


def check() -> Row:
    """A check of 288 records: the first ever, again, and after a word was changed."""
    folder = library(LARGE)
    (folder / "output").mkdir()
    first, again = run(folder, "check")[0], statistics.median(run(folder, "check")[0] for _ in range(5))
    records.change_a_word(folder, 1)
    return {"records": 12 * LARGE, "first_s": first, "again_s": again, "after_a_word_s": run(folder, "check")[0],
            "limit": 3.0}  # fmt: skip


def cluster() -> Row:
    """Two workers of a Dask cluster on this machine against our own two, turn by turn, the start not counted."""
    import dasked

    return dasked.compared([job.page for job in pages.jobs(library(1))])


def _size(copies: int) -> Row:
    folder = library(copies)
    with watching.Memory() as memory:
        took, said = run(folder, "build")
    count = len(said["rendered"])
    shutil.rmtree(folder)
    return {"handouts": count, "seconds": took, "ms_a_handout": 1000 * took / count, "peaks_mb": memory.peaks()}


def scale() -> Row:
    """What a leaflet costs, and how much memory each process takes, by the size of the library."""
    sizes = [_size(copies) for copies in (SMALL, HUGE if "--long" in sys.argv else LARGE)]
    first, last = sizes[0]["ms_a_handout"], sizes[-1]["ms_a_handout"]
    return {"sizes": sizes, "ratio": last / first, "limit": 1.05, "memory_limit_mb": 200}


SCENARIOS: dict[str, Callable[[], Row]] = {
    one.__name__: one
    for one in (cold, others, nothing_changed, one_word, one_template, check, cluster, scale)
}  # fmt: skip


def machine() -> Row:
    names = ("weasyprint", "pydyf", "fonttools")
    return {"cores": os.cpu_count(), "python": sys.version.split()[0], **{n: metadata.version(n) for n in names}}


def main() -> None:
    names = [one for one in sys.argv[1:] if not one.startswith("--")] or list(SCENARIOS)
    try:
        for name in names:
            print(f"{name}: {SCENARIOS[name].__doc__}", flush=True)
            row = {**SCENARIOS[name](), "day": time.strftime("%Y-%m-%d"), "machine": machine()}
            print(json.dumps(row), flush=True)
            known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
            RESULTS.write_text(json.dumps({**known, name: row}, indent=1) + "\n", encoding="utf-8")
    finally:
        for folder in GONE:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
