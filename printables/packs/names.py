"""The names of those who take part, read from a CSV file. They are printed, and kept nowhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from printables.library.characters import CONTROL
from printables.problems import Problem

MOST = 500
LONGEST = 80
"""Characters of a name; a longer one would not fit on a line of a certificate in letters that can be read."""
HEADS = ("name", "names", "full name", "participant", "participants")
"""What may stand over the names, in small letters or capitals."""
SAVE = "Save it as CSV in UTF-8, with a name on each line."


def read_names(data: bytes, shown: str) -> tuple[list[str], list[Problem]]:
    """Return the names in the order of the file, and every problem of it; the file may have a line with headings.

    Names stand in the column under `Name`, or in the first one. Commas, semicolons and tabs part columns. Blank lines
    are left out, and a name that stands there twice is printed twice: two people may have it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [], [Problem(shown, line, "The file is not UTF-8.", SAVE)]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    column, start = _column(rows)
    names, problems = [], []
    for number, row in enumerate(rows[start:], start + 1):
        name = " ".join(row[column].split()) if len(row) > column else ""
        if not name:
            continue
        problems += [Problem(shown, number, *wrong)] if (wrong := _wrong(name)) else []
        names.append(name)
    if not names:
        problems.append(Problem(shown, 0, "There is no name in the file.", SAVE))
    if len(names) > MOST:
        what = f"There are {len(names)} names, and {MOST} are the most."
        problems.append(Problem(shown, 0, what, "Split the file in two."))
    return names, problems


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _column(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return the column of the names, and the number of lines above them."""
    heads = [cell.strip().casefold() for cell in rows[0]] if rows else []
    found = next((at for at, head in enumerate(heads) if head in HEADS), None)
    return (found, 1) if found is not None else (0, 0)


def _wrong(name: str) -> tuple[str, str] | None:
    if CONTROL.search(name):
        return "This name holds characters that cannot be printed.", "Type it anew."
    if len(name) > LONGEST:
        return f"This name has {len(name)} characters, and {LONGEST} are the most.", "Shorten it."
    return None
