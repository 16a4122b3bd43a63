"""The pages of a library as the workers get them, for engines that print nothing but these."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from printables import build, handover  # noqa: E402 - the path comes first
from printables.plan import Choice  # noqa: E402
from printables.publish.jobs import Job  # noqa: E402

POINTER = "{page:help-now}"
"""Where our engine writes the number of the page with the help lines; others are shown a figure."""


def jobs(folder: Path) -> list[Job]:
    """The print job of each leaflet and worksheet below `folder`."""
    options = build.Options(
        folder / "content", folder / "templates", folder / "output", date.today(), Choice()  # noqa: DTZ011
    )  # fmt: skip
    checked = build.check(options)
    return [handover.job(checked.pages, subject) for subject in checked.good()]


def plain(job: Job) -> tuple[str, str]:
    """HTML and style sheet of a page that needs nothing of ours any more."""
    return job.page.html.replace(POINTER, "4"), job.page.css


def whole(job: Job) -> str:
    """The same as one file."""
    html, css = plain(job)
    return html.replace("</head>", f"<style>{css}</style></head>", 1)
