"""How often the engine lays out each line of a leaflet, and what a printed page costs.

    .venv/bin/python bench/relayout.py [FOLDER] [THERAPY ...] [--ms] [--most 1.6]

FOLDER holds content and templates; it is this project where it is left out. For each leaflet: pages, lines printed,
lines laid out for each of them, and how often the whole leaflet was laid out. The number is what a design costs, on any
machine: plain flow costs one, a box that is kept whole some of it again where it meets the foot of a page, balanced
columns and flexible boxes all of it several times. Exit code 1 if a leaflet needs more than `--most`.

With `--ms`, processor time per printed page as well, the best of three: compare it only within one run, as in
`relayout.py OLD --ms; relayout.py NEW --ms`.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pages

from printables.typeset import engine, weasyprint_internals

ROUNDS = 3


@dataclass
class Count:
    """Lines laid out, and how many documents were."""

    lines: int = 0
    documents: int = 0
    printed: int = 0
    pages: int = 0


def counting() -> Count:
    """The counts of every layout from now on: the functions for a line and for a document are wrapped."""
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.layout import inline

    count = Count()
    line, document = inline.get_next_linebox, engine._laid_out  # noqa: SLF001 - counted, not changed

    def one_line(*arguments: Any, **named: Any) -> Any:
        count.lines += 1
        return line(*arguments, **named)

    def one_document(*arguments: Any, **named: Any) -> Any:
        made = document(*arguments, **named)
        count.documents += 1
        count.pages = len(made.pages)
        boxes = (box for page in made.pages for box in weasyprint_internals.boxes(page))
        count.printed = sum(isinstance(box, LineBox) for box in boxes)
        return made

    inline.get_next_linebox = one_line
    engine._laid_out = one_document  # noqa: SLF001
    return count


def cost(job: Any) -> tuple[float, int]:
    """Seconds of processor time for one leaflet, the best of `ROUNDS`, and its pages."""
    best, printed = float("inf"), 0
    for _ in range(ROUNDS):
        began = time.process_time()
        printed = pages.typeset(job.page).pages
        best = min(best, time.process_time() - began)
    return best, printed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=pages.ROOT)
    parser.add_argument("therapies", nargs="*", help="only these")
    parser.add_argument("--ms", action="store_true")
    parser.add_argument("--most", type=float, default=float("inf"))
    return parser.parse_args()


def main() -> int:
    """Print the table."""
    asked = _arguments()
    jobs = [
        job for job in pages.made(asked.folder) if not asked.therapies or _name(job).startswith(tuple(asked.therapies))
    ]
    pages.typeset(pages.small())
    pages.typeset(jobs[0].page)  # the style sheet is parsed once for all leaflets of a look
    timed = [cost(job) for job in jobs] if asked.ms else []
    count, worst, lines, printed = counting(), 0.0, 0, 0
    for number, job in enumerate(jobs):
        count.lines = count.documents = 0
        pages.typeset(job.page)
        share = count.lines / count.printed
        worst, lines, printed = max(worst, share), lines + count.lines, printed + count.printed
        ms = f"{timed[number][0] * 1000 / timed[number][1]:7.0f} ms a page" if timed else ""
        print(f"{_name(job):55} {count.pages:2} pages {count.printed:4} lines {share:5.2f} x {count.documents}{ms}")
    print(f"all: {lines / printed:.2f} lines laid out for each printed; the most: {worst:.2f}")
    if timed:
        print(f"{sum(t for t, _ in timed) * 1000 / sum(n for _, n in timed):.0f} ms of processor time a printed page")
    return int(worst > asked.most)


def _name(job: Any) -> str:
    return Path(job.path).stem


if __name__ == "__main__":
    sys.exit(main())
