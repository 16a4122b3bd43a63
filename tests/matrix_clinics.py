"""Every leaflet and worksheet in eight editions: without a clinic, with the fullest clinic, and approved for it.

    PYTHONPATH=. python tests/matrix_clinics.py                                 everything, therapy by therapy
    PYTHONPATH=. python tests/matrix_clinics.py --therapy ipt --edition booklet a part of it
    PYTHONPATH=. python tests/matrix_clinics.py --state approved --logo 1:6     with a tall logo

The fullest clinic has as many characters in each field as the schema allows, and a logo; its note is of another kind
for each reader. Nothing that a clinic may say, and no approval, may make a leaflet unprintable.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import yaml

from printables.authoring.approvals import NAME
from printables.library.approvals import LONGEST_PERSON, Approval
from printables.library.clinics import ADDRESS_LINES, LONGEST_NOTE, LONGEST_WEB
from printables.library.editions import edition
from printables.limits import WORD
from printables.pipeline.build import Options, build, check
from printables.plan import Choice
from printables.typeset.inspect.words import MORE_PAGES

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 29)
EDITIONS = {
    "A4": "a4",
    "Letter": "letter",
    "large print": "a4-large-print",
    "Letter large print": "letter-large-print",
    "booklet": "a5-booklet",
    "duplex": "a4-duplex",
    "ink saver": "a4-ink-saver",
    "cream": "a4-cream",
}
LOGO = 300, 100
STATES = ("no clinic", "the fullest clinic", "approved")
WORDS = "Anytown and District CAMHS, the Child and Adolescent Mental Health Service of ANYTOWN NHS Trust, "


def filled(length: int, begins: str = "") -> str:
    """A line of exactly this length, of words as clinics use them: names, capitals, abbreviations."""
    text = begins + WORDS * (length // len(WORDS) + 1)
    return text[: length - 1].rstrip(" ,").ljust(length - 1, "x") + "y"


def notes() -> dict[str, str]:
    """The longest note for each reader, of four kinds: prose, a list of short lines, short paragraphs, long words."""
    prose = "We are on the first floor. You can bring somebody with you. " * 20
    shapes = {
        "adults": prose,
        "teens": "- Ring the bell.\n" * 80,
        "parents": "We are on the first floor.\n\n" * 40,
        "professionals": f"{'x' * WORD} " * 5,
    }
    return {reader: note[:LONGEST_NOTE].strip() for reader, note in shapes.items()}


def fullest(folder: Path, name: str = "fullest", logo: tuple[int, int] = LOGO) -> Path:
    """Write the fullest clinic and its logo of these proportions into `folder`."""
    width, height = logo
    (folder / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path fill="#0b4f7d" d="M0 0h{width}v{height}h-{width}z"/></svg>',
        encoding="utf-8",
    )
    record = {
        "id": name,
        "name": filled(120),
        "region": "england",
        "logo": f"{name}.svg",
        "colours": {"any": "#0b4f7d"},
        "address": "\n".join(filled(49, f"Floor {line}, ") for line in range(ADDRESS_LINES)) + "z",
        "phone": filled(120, "01632 960001, and for CRHTT, CMHT or AMHP 01632 960002, "),
        "hours": filled(120, "Monday to Friday 9am to 5pm, "),
        "email": "appointments." + "x" * 85 + "@anytown-camhs.example",
        "web": "https://anytown-camhs.example/".ljust(LONGEST_WEB, "s"),
        "feedback": filled(120, "Write to "),
        "other_formats": filled(120, "Call 01632 960003, "),
        "languages": filled(120, "Call 01632 960004, "),
        "crisis": {
            "name": filled(80),
            "how": filled(120, "Call 01632 960005, "),
            "hours": filled(80, "Day and night, "),
            "for_whom": filled(80, "Anyone in our care, "),
        },
        "words": notes(),
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True, width=10_000), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Row:
    """What one state and edition came to: paths of files, and messages."""

    state: str
    edition: str
    planned: frozenset[str]
    printed: frozenset[str]
    more_pages: frozenset[str]
    refused: tuple[str, ...]
    warned: tuple[str, ...] = ()
    """What was printed with a fault of the layout that an author may mend."""

    def __str__(self) -> str:
        return (
            f"| {self.state} | {self.edition} | {len(self.printed)} of {len(self.planned)} | {len(self.more_pages)} |"
        )


def joined(rows: Iterable[Row]) -> list[Row]:
    """Return one row for each state and edition; a worksheet of two therapies counts once."""
    sums: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = row.state, row.edition
        sums[key] = _sum(sums[key], row) if key in sums else row
    return list(sums.values())


def _sum(one: Row, other: Row) -> Row:
    planned, more = one.planned | other.planned, one.more_pages | other.more_pages
    refused = tuple(dict.fromkeys((*one.refused, *other.refused)))
    warned = tuple(dict.fromkeys((*one.warned, *other.warned)))
    return Row(one.state, one.edition, planned, one.printed | other.printed, more, refused, warned)


@dataclass(frozen=True)
class Matrix:
    """What is built: handouts, editions, states. `ours` is the content that the clinic is laid into."""

    choice: Choice
    editions: Sequence[str] = tuple(EDITIONS)
    states: Sequence[str] = STATES
    logo: tuple[int, int] = LOGO
    ours: Path = ROOT / "content"


def prepared(folder: Path, matrix: Matrix) -> tuple[Path, Path]:
    """A copy of our content with the fullest clinic, and another one in which every leaflet is approved as well."""
    plain, approved = folder / "plain", folder / "approved"
    shutil.copytree(matrix.ours, plain)
    fullest(plain / "clinics", logo=matrix.logo)
    shutil.copytree(plain, approved)
    given = [
        Approval(
            therapy=None if subject.item.worksheet else subject.item.record,
            worksheet=subject.item.worksheet,
            audience=subject.item.audience,
            region=subject.item.region,
            name=filled(LONGEST_PERSON, "Dr A. Example, "),
            role=filled(LONGEST_PERSON, "Clinical lead, "),
            date=TODAY,
            version=subject.leaflet.version,
            words=subject.leaflet.content,
        )
        for subject in check(options(approved, folder, matrix.choice)).subjects
    ]
    listed = {"approvals": [one.model_dump(mode="json", exclude_none=True) for one in given]}
    (approved / NAME).write_text(yaml.safe_dump(listed, allow_unicode=True), encoding="utf-8")
    return plain, approved


def options(content: Path, output: Path, choice: Choice) -> Options:
    """The options of one build."""
    return Options(content, ROOT / "templates", output, TODAY, choice)


def measured(folder: Path, matrix: Matrix) -> Iterator[Row]:
    """Build each state in all editions at once, and say for each edition what was printed of what was planned."""
    plain, approved = prepared(folder, matrix)
    editions = {edition(EDITIONS[name]): name for name in matrix.editions}
    for state in matrix.states:
        clinic = None if state == "no clinic" else "fullest"
        chosen = replace(matrix.choice, clinic=clinic, editions=tuple(editions))
        content = approved if state == "approved" else plain
        checked, result = build(options(content, folder / state, chosen))
        printed = {entry.path for entry in result.made()}
        grown = {path for path, finding in result.findings if finding.what == MORE_PAGES}
        errors = [str(problem) for problem in checked.problems if problem.severity == "error"]
        if errors and not checked.handouts:
            raise ValueError("\n".join(errors))  # the records themselves
        for each, name in editions.items():
            planned = frozenset(one.about.path for one in checked.handouts if one.about.edition == each.name)
            said = [error for error in errors if any(path in error for path in planned)]
            refused = (*sorted(planned - printed), *said)
            warned = tuple(
                f"{path}: {finding.what}"
                for path, finding in result.findings
                if finding.severity == "warning" and path in planned
            )
            yield Row(state, name, planned, planned & printed, planned & grown, refused, warned)


def proportion(text: str) -> tuple[int, int]:
    """Read 1:6 as the sides of a logo."""
    width, _, height = text.partition(":")
    return int(width) * 100, int(height) * 100


def asked() -> argparse.Namespace:
    """Read the command line."""
    reader = argparse.ArgumentParser(description="How many leaflets and worksheets are printed, by edition and clinic.")
    reader.add_argument("--therapy", action="append", default=[])
    reader.add_argument("--audience", action="append", default=[])
    reader.add_argument("--edition", action="append", choices=list(EDITIONS), default=[])
    reader.add_argument("--state", action="append", choices=STATES, default=[])
    reader.add_argument("--logo", type=proportion, default=LOGO, help="its proportions, such as 1:6")
    return reader.parse_args()


def main() -> None:
    """The command."""
    chosen = asked()
    editions, states = chosen.edition or tuple(EDITIONS), chosen.state or STATES
    rows = []
    for therapy in chosen.therapy or sorted(path.stem for path in (ROOT / "content/therapies").glob("*.yaml")):
        matrix = Matrix(Choice((therapy,), tuple(chosen.audience)), editions, states, chosen.logo)
        with tempfile.TemporaryDirectory(prefix="matrix-") as home:
            for row in measured(Path(home), matrix):
                rows.append(row)
                refused, warned = (f"  refused: {one}" for one in row.refused), (f"  {one}" for one in row.warned)
                print(f"{therapy}: {row}", *refused, *warned, sep="\n", flush=True)
    total = joined(rows)
    print("", "| state | edition | printed | with more pages |", "|---|---|---|---|", *total, sep="\n")
    planned, printed = sum(len(row.planned) for row in total), sum(len(row.printed) for row in total)
    print(f"\n{printed} of {planned} are printed: {100 * printed / max(planned, 1):.1f} %")
    sys.exit(printed < planned or not planned)


if __name__ == "__main__":
    main()
