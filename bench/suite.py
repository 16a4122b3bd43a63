"""Every measurement that docs/performance.md shows: `make bench`, or some of them by name.

    .venv/bin/python bench/suite.py [NAME ...] [--quick] [--long] [--json FILE]

Each writes its figures into bench/results.json, and a table of all comes last. Other work on the machine only adds, and
machines are noisy: where two things are compared, they run in turn, within one run, and the faster run of each counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sys
import time
from importlib import metadata
from pathlib import Path

import performance
import watching
from scenarios import GONE, LONG, QUICK, SCENARIOS, Row, Sizes

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/results.json"


def machine() -> Row:
    """What the figures depend on, and nothing that tells whose machine it is."""
    names = ("weasyprint", "pydyf", "fonttools")
    return {"cores": os.cpu_count(), "python": sys.version.split()[0], **{n: metadata.version(n) for n in names}}


def asked() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(description="Measure builds, other programs, books, preview and website.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"Only these: {', '.join(SCENARIOS)}.")
    parser.add_argument("--quick", action="store_true", help="Small sizes, to try it; results are kept in no file.")
    parser.add_argument("--long", action="store_true", help="Compare with a library of 4,000 leaflets.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="Where results go [bench/results.json].")
    found = parser.parse_args()
    if wrong := [name for name in found.names if name not in SCENARIOS]:
        parser.error(f"There is no {wrong[0]}; there are: {', '.join(SCENARIOS)}.")
    return found


def main() -> None:
    typed = asked()
    sizes = QUICK if typed.quick else LONG if typed.long else Sizes()
    file: Path | None = typed.json or (None if typed.quick else RESULTS)
    rows: Row = {}
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the libraries go, however it ends
    try:
        for name in typed.names or SCENARIOS:
            print(f"{name}: {SCENARIOS[name].__doc__}", flush=True)
            beside = watching.busy()
            rows[name] = {**SCENARIOS[name](sizes), "day": time.strftime("%Y-%m-%d"), "beside": beside}
            rows[name]["machine"] = machine()
            print(json.dumps(rows[name]), flush=True)
            if file:
                known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
                file.write_text(json.dumps({**known, name: rows[name]}, indent=1) + "\n", encoding="utf-8")
    finally:
        for folder in GONE:
            shutil.rmtree(folder, ignore_errors=True)
    print("\n" + performance.table(rows))


if __name__ == "__main__":
    main()
