"""What a leaflet costs, and what a library of many would: the figures of docs/scaling.md.

    .venv/bin/python bench/national.py [LEAFLETS [PRICE]]

PRICE is that of one core for one hour, in any money. A core of this machine prints, in turn and in one process, the
leaflets of our library in three editions; then the whole is built on a Dask cluster of two workers.
"""

from __future__ import annotations

import gc
import json
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import dask
import pages
import records
from distributed import LocalCluster

from printables.cache import store
from printables.library.editions import edition
from printables.pipeline import build, print_job
from printables.plan import Choice
from printables.publish import manifest
from printables.publish.jobs import PrintJob
from printables.workers import supervisor

EDITIONS = ("a4", "letter", "a4-large-print")
Figures = dict[str, float]


def jobs(folder: Path) -> list[PrintJob]:
    """The print job of each leaflet in all three editions."""
    choice = Choice(editions=tuple(map(edition, EDITIONS)))
    options = build.Options(
        folder / "content", folder / "templates", folder / "output", date.today(), choice  # noqa: DTZ011
    )  # fmt: skip
    checked = build.check(options)
    return [print_job.print_job(checked.pages, one) for one in checked.good() if not one.item.worksheet]


def printing(work: list[PrintJob]) -> Figures:
    """One core, as a worker uses it: seconds of its time and of the clock for a leaflet."""
    for job in work[:4]:
        supervisor.typeset_page(job.page)  # warm
    gc.freeze()
    gc.disable()
    began, used = time.perf_counter(), time.process_time()
    for number, job in enumerate(work):
        supervisor.typeset_page(job.page)
        if number % 8 == 7:
            gc.collect()
    took, used = time.perf_counter() - began, time.process_time() - used
    gc.enable()
    sent = statistics.mean(len(pickle.dumps(job.page)) for job in work)
    return {"print_cpu_ms": 1000 * used / len(work), "print_ms": 1000 * took / len(work), "sent_kb": sent / 1000}


def cluster(folder: Path) -> Figures:
    """The whole build on two workers: what the machine that asks must do, and what lies in the output folder."""
    start: Any = LocalCluster
    command = [sys.executable, str(pages.ROOT / "make_printables.py"), "build", "--json", "--output", "output"]
    command += [word for name in EDITIONS for word in ("--edition", name)]
    with (
        dask.config.set({"distributed.worker.daemon": False, "logging.distributed": "critical"}),
        start(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made,
    ):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command += ["--cluster", made.scheduler_address]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
        took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    count = len(json.loads(done.stdout)["rendered"])
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"handouts": count, "handouts_s": count / took, "asking_cpu_ms": 1000 * used / count, **kept(folder)}


def kept(folder: Path) -> Figures:
    """Bytes on the disk for a leaflet, in the manifest, and in the memory for a record."""
    output = folder / "output"
    entries = manifest.read(output)[0].entries
    leaflets = [one for one in entries if not one.worksheet]
    twins = statistics.mean(sum(file.bytes for file in one.files) for one in leaflets)
    therapies = len({one.therapy for one in entries})
    return {
        "pdf_kb": statistics.mean(one.bytes for one in leaflets) / 1000,
        "twins_kb": twins / 1000,
        "pages": statistics.mean(one.pages for one in leaflets),
        "manifest_b": (output / manifest.NAME).stat().st_size / len(entries),
        "memory_kb_a_record": (output / store.NAME).stat().st_size / 1000 / therapies,
    }


def plan(one: Figures, leaflets: int, price: float) -> Figures:
    """The same for many."""
    core_hours = leaflets * (one["print_cpu_ms"] + one["asking_cpu_ms"]) / 3_600_000
    return {
        "core_hours": core_hours,
        "price_of_1000": 1000 * price * core_hours / leaflets,
        "workers_for_one_that_asks": one["print_cpu_ms"] / one["asking_cpu_ms"],
        "pdf_gb": leaflets * one["pdf_kb"] / 1e6,
        "all_files_gb": leaflets * (one["pdf_kb"] + one["twins_kb"]) / 1e6,
        "manifests_mb": leaflets * one["manifest_b"] / 1e6,
    }


def main() -> None:
    leaflets, price = int(sys.argv[1] if sys.argv[1:] else 1_200_000), float(sys.argv[2] if sys.argv[2:] else 1)
    folder = records.library(Path(tempfile.mkdtemp(prefix="national-")), 1)
    try:
        one = {**printing(jobs(folder)), **cluster(folder)}
    finally:
        shutil.rmtree(folder)
    for said in (one, plan(one, leaflets, price)):
        print(json.dumps({name: round(figure, 2) for name, figure in said.items()}, indent=1))


if __name__ == "__main__":
    main()
