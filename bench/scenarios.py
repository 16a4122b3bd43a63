"""What is measured: each scenario a function that makes its own library and gives its figures."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import engines
import pages
import records
import typst_page
import watching

ROOT = Path(__file__).resolve().parent.parent
PRINTABLES = [sys.executable, str(ROOT / "make_printables.py")]
JOBS = ("--jobs", str(engines.WORKERS))
Row = dict[str, Any]


@dataclass(frozen=True)
class Sizes:
    """How many copies of our twelve records, and how often."""

    small: int = 3
    """126 leaflets, without worksheets."""
    large: int = 24
    """288 records; 1,008 leaflets and 48 worksheets."""
    largest: int = 24
    """What the small one is compared with, again without worksheets."""
    site: tuple[int, ...] = (1, 6)
    books: tuple[int, ...] = (5, 20, 40)
    cluster: int = 90
    rounds: int = 3
    again: int = 5


QUICK = Sizes(small=1, large=2, largest=2, site=(1,), books=(5,), cluster=10, rounds=1, again=2)
LONG = Sizes(largest=96)
"""4,032 leaflets."""


def run(folder: Path, *arguments: str) -> tuple[float, Row]:
    """Seconds of one command, and what it said as JSON."""
    began = time.perf_counter()
    done = subprocess.run([*PRINTABLES, *arguments, "--json"], cwd=folder, capture_output=True, text=True, check=False)
    took = time.perf_counter() - began
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    return took, json.loads(done.stdout)


def script(name: str, *arguments: object) -> Row:
    """What another script of this folder says as JSON, in a process of its own."""
    words = [sys.executable, str(ROOT / "bench" / name), *map(str, arguments)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    said: Row = json.loads(done.stdout.splitlines()[-1])
    return said


def library(copies: int, *, worksheets: bool = True) -> Path:
    """A library of its own, in a folder that goes with this process."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    GONE.append(folder)
    return records.library(folder, copies, worksheets=worksheets)


GONE: list[Path] = []
BUILT: dict[int, Path] = {}


def built(copies: int) -> Path:
    """A library that has been built; the first that needs it pays."""
    if copies not in BUILT:
        BUILT[copies] = library(copies)
        run(BUILT[copies], "build")
        time.sleep(3)  # files changed just now are not trusted
        run(BUILT[copies], "build")
    return BUILT[copies]


def from_nothing(folder: Path) -> float:
    """Seconds of a build of which nothing is left from before, with two workers."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    return run(folder, "build", *JOBS)[0]


def cold(sizes: Sizes) -> Row:
    """A build from nothing, against the bare engine on the same HTML in as many processes, turn by turn."""
    folder = library(sizes.small, worksheets=False)
    plain = [pages.plain(job) for job in pages.jobs(folder)]
    rounds, worked = [], []
    for _ in range(sizes.rounds):
        with watching.Family() as others:
            floor = engines.floor(plain)
        with watching.Family() as family:
            rounds.append((floor, from_nothing(folder)))
        worked.append((others.worked(), family.worked()))
    (bare, ours), (bare_cores, our_cores) = (map(min, zip(*pairs, strict=True)) for pairs in (rounds, worked))
    return {"handouts": len(plain), "floor_s": bare, "ours_s": ours, "ratio": ours / bare, "limit": 1.10,
            "floor_core_s": bare_cores, "ours_core_s": our_cores, "core_ratio": our_cores / bare_cores,
            "rounds": [[round(one, 2) for one in pair] for pair in rounds]}  # fmt: skip


def others(sizes: Sizes) -> Row:
    """The same pages through other programs, against a build from nothing."""
    folder = library(sizes.small, worksheets=False)
    jobs = pages.jobs(folder)
    files = pages.files(jobs, folder / "html")
    plain = [pages.plain(job) for job in jobs]
    tabs: dict[str, list[float]] = {"1": [], "2": [], "4": []}
    ours, bare, why = [], [], ""
    for _ in range(sizes.rounds):
        ours.append(from_nothing(folder))
        bare.append(engines.floor(plain))
        try:
            for count, took in tabs.items():
                took.append(engines.chromium(files, int(count)))
        except engines.NotMeasured as error:  # said in the results, where a figure would stand
            why = str(error)
    best = {count: min(took, default=None) for count, took in tabs.items()}
    one = engines.command(files[:6])
    found = [took for took in best.values() if took]
    texts = [typst_page.as_typst(html) for html, _ in plain]
    return {"handouts": len(jobs), "ours_s": min(ours), "floor_s": min(bare), "command_s_a_file": one,
            "command_times": one * len(jobs) / min(ours), "command_limit": 25, "chromium_s": best,
            "ours_by_chromium": min(ours) / min(found) if found else None, "chromium_limit": 0.85, "chromium_why": why,
            "typst_s": engines.typst(texts), "versions": engines.versions()}  # fmt: skip


def phases(sizes: Sizes) -> Row:
    """Where the time of a leaflet goes, step by step, in one process."""
    return script("phases.py", library(sizes.small, worksheets=False))


def nothing_changed(sizes: Sizes) -> Row:
    """A build of 1,000 leaflets in which nothing has changed."""
    folder = built(sizes.large)
    runs = [run(folder, "build") for _ in range(sizes.again)]
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", *PRINTABLES[1:], "build", "--json"],
        cwd=folder, capture_output=True, text=True, check=True).stderr  # fmt: skip
    return {"handouts": len(runs[0][1]["kept"]), "rendered": len(runs[0][1]["rendered"]),
            "seconds": statistics.median(took for took, _ in runs), "limit": 0.5,
            "engine_loaded": "weasyprint" in loaded}  # fmt: skip


def one_word(sizes: Sizes) -> Row:
    """One changed word among 1,000 leaflets: a build by a new process, and a save while the preview watches."""
    folder, times, rendered = built(sizes.large), [], []
    for number in range(sizes.again):
        records.change_a_word(folder, number)
        took, said = run(folder, "build")
        times.append(took)
        rendered.append(len(said["rendered"]))
    watched = watching.watched(folder, "ipt", "teens")
    return {"handouts": len(said["kept"]) + rendered[-1], "rendered": rendered, "cold_s": statistics.median(times),
            "limit": 2.0, **watched, "watch_limit": 0.5}  # fmt: skip


def one_template(sizes: Sizes) -> Row:
    """A changed style sheet: everything is printed again."""
    folder = built(sizes.small)
    style = folder / "templates/_base/page.css"
    style.write_text(style.read_text(encoding="utf-8") + "\np { color: inherit }\n", encoding="utf-8")
    took, said = run(folder, "build", *JOBS)
    return {"handouts": len(said["rendered"]), "seconds": took}


def check(sizes: Sizes) -> Row:
    """A check of 288 records: the first ever, again, and after a word was changed."""
    folder = library(sizes.large)
    (folder / "output").mkdir()
    first, again = run(folder, "check")[0], statistics.median(run(folder, "check")[0] for _ in range(sizes.again))
    records.change_a_word(folder, 1)
    return {"records": 12 * sizes.large, "first_s": first, "again_s": again,
            "after_a_word_s": run(folder, "check")[0], "limit": 3.0}  # fmt: skip


def site(sizes: Sizes) -> Row:
    """The website, by the number of leaflets."""
    return {"sizes": [script("site_scale.py", "--one", copies) for copies in sizes.site]}


def pack(sizes: Sizes) -> Row:
    """A course's book, by the number of leaflets in it."""
    runs = [[script("pack.py", "--one", size) for _ in range(min(2, sizes.rounds))] for size in sizes.books]
    return {"sizes": [min(those, key=lambda row: row["seconds"]) for those in runs]}


def cluster(sizes: Sizes) -> Row:
    """Two workers of a Dask cluster on this machine against our own two, turn by turn, the start not counted."""
    import dasked

    return dasked.compared([job.page for job in pages.jobs(library(1))[: sizes.cluster]], sizes.rounds)


def _size(copies: int) -> Row:
    folder = library(copies, worksheets=False)
    with watching.Family() as family:
        took, said = run(folder, "build", *JOBS)
    count = len(said["rendered"])
    shutil.rmtree(folder)
    return {"handouts": count, "seconds": took, "ms_a_handout": 1000 * took / count, "peaks_mb": family.peaks(),
            "core_ms_a_handout": 1000 * family.worked() / count}  # fmt: skip


def scale(sizes: Sizes) -> Row:
    """What a leaflet costs, and how much memory each process takes, by the size of the library."""
    made = [_size(copies) for copies in (sizes.small, sizes.largest)]
    first, last = made[0]["ms_a_handout"], made[-1]["ms_a_handout"]
    cores = made[-1]["core_ms_a_handout"] / made[0]["core_ms_a_handout"]
    return {"sizes": made, "ratio": last / first, "core_ratio": cores, "limit": 1.05, "memory_limit_mb": 200}


SCENARIOS: dict[str, Callable[[Sizes], Row]] = {
    one.__name__: one
    for one in (cold, others, phases, nothing_changed, one_word, one_template, check, site, pack, cluster, scale)
}  # fmt: skip
