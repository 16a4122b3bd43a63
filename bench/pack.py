"""What a course's book costs: time and memory for each page, with 5, 20 and 40 leaflets in it.

    .venv/bin/python bench/pack.py [LEAFLETS ...]

Each size is made in a process of its own, so that its peak of memory is its own. The leaflets are five of the shipped
ones, again under other names. Each size is measured twice and the faster run
counts, since other work on the machine only adds; quote ratios within one run.
"""

from __future__ import annotations

import dataclasses
import gc
import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from printables.library.editions import USUAL  # noqa: E402
from printables.library.pack_loader import Packs, load_packs  # noqa: E402
from printables.library.packs import Pack, PackHandout  # noqa: E402
from printables.packs.compose import PackMaterial  # noqa: E402
from printables.packs.make import jobs  # noqa: E402
from printables.pipeline import build  # noqa: E402 - the path comes first
from printables.plan import Choice  # noqa: E402

NAME = "introduction-to-ipt"
TODAY = date(2026, 11, 26)
RUNS = 2
EACH = 5
"""Leaflets in a session; sizes are whole sessions."""


def course(leaflets: int) -> tuple[PackMaterial, build.CheckedLibrary]:
    """A course of sessions with five leaflets each, always the same five, so that only its size differs.

    With other leaflets in the larger course one would measure them: a page of those for professionals has a third more
    lines than the average page. Each session is a whole one of ours, with its own pages.
    """
    options = build.Options(ROOT / "content", ROOT / "templates", ROOT / "output", TODAY, Choice())
    checked = build.check(options)
    if checked.library is None:
        sys.exit("The shipped content cannot be read. Run: make check.")
    packs, _ = load_packs(checked.library, ROOT / "content")
    pack = packs.packs[NAME]
    five = [subject for subject in checked.subjects if not subject.item.worksheet][:EACH]
    handouts, sessions = {}, []
    for number in range(leaflets // EACH):
        named = []
        for subject in five:
            name = f"{subject.item.record}-{number}"
            handouts[name, subject.item.audience] = subject
            named.append(PackHandout(therapy=name, audience=subject.item.audience))
        first = pack.sessions[0]
        sessions.append(first.model_copy(update={"id": f"{first.id}-{number}", "handouts": named}))
    bare = {"sessions": sessions, "index": [], "quiz": [], "evaluation": False, "certificate": False}
    larger: Pack = pack.model_copy(update=bare)
    mine = Packs({**packs.packs, NAME: larger}, packs.documents)
    return PackMaterial(checked.library, mine, larger, "england", USUAL, handouts, TODAY), checked


def measured(leaflets: int) -> dict[str, float]:
    """Seconds, pages and megabytes of one learner's book; imports and the composing of leaflets are not counted."""
    from printables.typeset.engine import typeset

    made, checked = course(leaflets)
    job = jobs(made, checked.pages, "")[0][0]
    small = dataclasses.replace(
        job.page, html="<!doctype html><html lang=en><title>t</title><h1>t</h1></html>", numbering=None
    )
    typeset(small)  # the engine, its fonts and the style sheet are warm
    gc.freeze()
    gc.disable()  # as in the workers that print books
    began = time.perf_counter()
    printed = typeset(job.page)
    took = time.perf_counter() - began
    errors = [finding.what for finding in printed.findings if finding.severity == "error"]
    if errors:
        sys.exit(f"The book is not good: {errors[0]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"leaflets": leaflets, "pages": printed.pages, "seconds": took, "megabytes": peak}


def in_a_process(size: int) -> dict[str, float]:
    """What `measured` gives, from a fresh process."""
    done = subprocess.run([sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    row: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return row


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]))))
        return
    sizes = [int(one) for one in sys.argv[1:]] or [5, 20, 40]
    rows = []
    head = f"{'leaflets':>9}{'pages':>7}{'seconds':>9}{'ms a page':>11}{'of the first':>14}"
    print(f"{head}{'ms a leaflet':>14}{'peak, MB':>10}")
    for size in sizes:
        rows.append(min((in_a_process(size) for _ in range(RUNS)), key=lambda row: row["seconds"]))
        row, each = rows[-1], 1000 * rows[-1]["seconds"] / rows[-1]["pages"]
        ratio = each / (1000 * rows[0]["seconds"] / rows[0]["pages"])
        line = f"{row['leaflets']:>9}{row['pages']:>7}{row['seconds']:>9.1f}{each:>11.0f}{ratio:>14.2f}"
        print(f"{line}{1000 * row['seconds'] / size:>14.0f}{row['megabytes']:>10.0f}", flush=True)


if __name__ == "__main__":
    main()
