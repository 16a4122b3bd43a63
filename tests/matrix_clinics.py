"""Every leaflet and worksheet in seven editions: without a clinic, with the fullest clinic, and approved for it.

    PYTHONPATH=. python tests/matrix_clinics.py                     everything, and how many of it are printed
    PYTHONPATH=. python tests/matrix_clinics.py --therapy ipt       one therapy

The fullest clinic has as many characters in each field as the schema allows, and a logo. Nothing that a clinic may
say, and no approval, may make a leaflet unprintable.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from printables.authoring.approvals import NAME
from printables.library.approvals import Approval
from printables.library.editions import edition
from printables.pipeline.build import Options, build, check
from printables.plan import Choice

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 29)
EDITIONS = {
    "A4": "a4",
    "Letter": "letter",
    "large print": "a4-large-print",
    "booklet": "a5-booklet",
    "duplex": "a4-duplex",
    "ink saver": "a4-ink-saver",
    "cream": "a4-cream",
}
STATES = ("no clinic", "the fullest clinic", "approved")
LONGEST_PERSON = "Dr A. Very-Longname, of the child and adolescent mental health service for the whole of the county"
WORDS = "Anytown and District CAMHS, the Child and Adolescent Mental Health Service of ANYTOWN NHS Trust, "


def filled(length: int, begins: str = "") -> str:
    """A line of exactly this length, of words as clinics use them: names, capitals, abbreviations."""
    text = begins + WORDS * (length // len(WORDS) + 1)
    return text[: length - 1].rstrip(" ,").ljust(length - 1, "x") + "y"


def fullest(folder: Path, name: str = "fullest", logo: tuple[int, int] = (300, 100)) -> Path:
    """Write the fullest clinic and its logo of these proportions into `folder`."""
    width, height = logo
    (folder / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path fill="#0b4f7d" d="M0 0h{width}v{height}h-{width}z"/></svg>',
        encoding="utf-8",
    )
    note = " ".join(["We are on the first floor. You can bring somebody with you.\n"] * 17)[:1000].strip()
    record = {
        "id": name,
        "name": filled(120),
        "region": "england",
        "logo": f"{name}.svg",
        "colours": {"any": "#0b4f7d"},
        "address": "\n".join(filled(49, f"Floor {line}, ") for line in range(8)),
        "phone": filled(120, "01632 960001, and for CRHTT, CMHT or AMHP 01632 960002, "),
        "hours": filled(120, "Monday to Friday 9am to 5pm, "),
        "email": "appointments." + "x" * 83 + "@anytown-camhs.example",
        "web": "https://anytown-camhs.example/" + "services/" * 10,
        "feedback": filled(120, "Write to "),
        "other_formats": filled(120, "Call 01632 960003, "),
        "languages": filled(120, "Call 01632 960004, "),
        "crisis": {
            "name": filled(80),
            "how": filled(120, "Call 01632 960005, "),
            "hours": filled(80, "Day and night, "),
            "for_whom": filled(80, "Anyone in our care, "),
        },
        "words": dict.fromkeys(("adults", "teens", "parents", "professionals"), note),
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=10_000), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Row:
    """What one state and edition came to."""

    state: str
    edition: str
    planned: int
    printed: int
    more_pages: int
    refused: tuple[str, ...]

    def __str__(self) -> str:
        room = f", {self.more_pages} with more pages" if self.more_pages else ""
        return f"{self.state:<20} {self.edition:<12} {self.printed:>4} of {self.planned}{room}"


def prepared(folder: Path, choice: Choice) -> tuple[Path, Path]:
    """A copy of our content with the fullest clinic, and another one in which every leaflet is approved as well."""
    plain, approved = folder / "plain", folder / "approved"
    shutil.copytree(ROOT / "content", plain)
    fullest(plain / "clinics")
    shutil.copytree(plain, approved)
    given = [
        Approval(
            **{"worksheet" if subject.item.worksheet else "therapy": subject.item.record},
            audience=subject.item.audience,
            region=subject.item.region,
            name=LONGEST_PERSON,
            role=LONGEST_PERSON,
            date=TODAY,
            version=subject.leaflet.version,
            words=subject.leaflet.content,
        )
        for subject in check(options(approved, folder, choice)).subjects
    ]
    listed = {"approvals": [one.model_dump(mode="json", exclude_none=True) for one in given]}
    (approved / NAME).write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
    return plain, approved


def options(content: Path, output: Path, choice: Choice) -> Options:
    """The options of one build."""
    return Options(content, ROOT / "templates", output, TODAY, choice)


def measured(folder: Path, choice: Choice, editions: Sequence[str], states: Sequence[str] = STATES) -> Iterator[Row]:
    """Build each state in each edition, and say what was printed of what was planned."""
    plain, approved = prepared(folder, choice)
    for state in states:
        for name in editions:
            chosen = Choice(
                choice.therapies,
                choice.audiences,
                clinic=None if state == "no clinic" else "fullest",
                worksheets=choice.worksheets,
                editions=(edition(EDITIONS[name]),),
            )
            content = approved if state == "approved" else plain
            checked, result = build(options(content, folder / f"{state} {name}", chosen))
            printed = {entry.path for entry in result.made()}
            planned = {one.about.path for one in checked.handouts}
            grown = sum(f.rule == "A17" and f.severity == "note" for _, f in result.findings)
            errors = [str(problem) for problem in checked.problems if problem.severity == "error"]
            refused = tuple(sorted(planned - printed)) + tuple(errors)
            yield Row(state, name, len(planned), len(printed), grown, refused)


def main() -> None:
    """The command."""
    reader = argparse.ArgumentParser(description="How many leaflets and worksheets are printed, by edition and clinic.")
    reader.add_argument("--therapy", action="append", default=[])
    reader.add_argument("--audience", action="append", default=[])
    reader.add_argument("--edition", action="append", choices=list(EDITIONS), default=[])
    asked = reader.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(prefix="matrix-") as home:
        choice = Choice(tuple(asked.therapy), tuple(asked.audience))
        for row in measured(Path(home), choice, asked.edition or list(EDITIONS)):
            rows.append(row)
            print(row, *(f"  {refused}" for refused in row.refused), sep="\n", flush=True)
    planned, printed = sum(row.planned for row in rows), sum(row.printed for row in rows)
    print(f"{printed} of {planned} are printed: {100 * printed / max(planned, 1):.1f} %")
    sys.exit(printed < planned)


if __name__ == "__main__":
    main()
