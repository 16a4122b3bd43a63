"""What the measurements know of the inside of Printables: pages as the workers get them, and the steps that make them.

Whatever changes its name in there is mended here and nowhere else in this folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from printables.pipeline import build, print_job  # noqa: E402 - the path comes first
from printables.plan import Choice  # noqa: E402
from printables.publish.jobs import PrintJob  # noqa: E402
from printables.typeset.fonts import font_assets, font_css  # noqa: E402
from printables.typeset.inspect.source import parse  # noqa: E402
from printables.typeset.open_zero import open_zero_assets  # noqa: E402
from printables.typeset.page import Page, Printed  # noqa: E402

STEPS = (
    ("reading", "printables.pipeline.run:load"),
    ("reading", "printables.library.record_reader:read_yaml"),
    ("composing", "printables.pipeline.one_therapy:_leaflets"),
    ("composing", "printables.pages.templates.render:Pages.html"),
    ("checking", "printables.pipeline.one_therapy:check_subject"),
    ("checking", "printables.pipeline.run:check_library"),
    ("web page and text", "printables.pipeline.print_job:print_job"),
    ("style sheets", "printables.typeset.engine:parsed_sheet"),
    ("taking HTML apart", "printables.typeset.engine:_parsed"),
    ("layout", "printables.typeset.engine:_laid_out"),
    ("drawing and writing the PDF", "weasyprint:Document.write_pdf"),
    ("mending its tags", "printables.typeset.pdf.finisher:finish"),
    ("looking into the finished PDF", "printables.typeset.engine:inspect_tree"),
)
"""Each step of a leaflet and a function in which its time is spent, as module:name. What is called inside of another
step's function counts for itself alone."""


def jobs(folder: Path) -> list[PrintJob]:
    """The print job of each leaflet and worksheet below `folder`."""
    return list(made(folder))


def made(folder: Path) -> Iterator[PrintJob]:
    """The same, one after the other."""
    today = date.today()  # noqa: DTZ011 - as the command does
    options = build.Options(folder / "content", folder / "templates", folder / "output", today, Choice())
    checked = build.check(options)
    for subject in checked.good():
        yield print_job.print_job(checked.pages, subject)


def small() -> Page:
    """The smallest page that there is: it starts the engine."""
    return Page("<!doctype html><html lang=en><title>t</title><h1>t</h1></html>", "")


def typeset(page: Page) -> Printed:
    """The finished PDF, in this process."""
    from printables.typeset.engine import typeset as engine

    return engine(page)


def plain(job: PrintJob) -> tuple[str, str]:
    """HTML and style sheet of a leaflet. They need nothing of ours: only books have page numbers to fill in."""
    return job.page.html, job.page.css


def parsed(html: str) -> Any:
    """The body of a document as a tree of elements."""
    return parse(html).find("body")


def files(jobs: list[PrintJob], folder: Path) -> list[Path]:
    """The same as whole HTML files in `folder`, with their style sheets inside and the fonts beside them."""
    (folder / "fonts").mkdir(parents=True)
    for name, data in (font_assets() | open_zero_assets()).items():
        (folder / name).write_bytes(data)
    made = []
    for number, job in enumerate(jobs):
        html, css = plain(job)
        made.append(folder / f"{number}.html")
        made[-1].write_text(html.replace("</head>", f"<style>{font_css()}{css}</style></head>", 1), encoding="utf-8")
    return made
