"""terms.csv: how English terms are translated, and words that they are not to be translated by."""

from __future__ import annotations

import csv
import functools
import io

from printables.library.record_reader import RecordText
from printables.problems import Problem
from printables.translations.faults import ForbiddenTerm

TERMS = "terms.csv"
HEAD = ("english", "translation", "forbidden")
"""Its columns; words in the last one have a semicolon between them."""


@functools.lru_cache(maxsize=8)
def read_terms(file: RecordText) -> tuple[tuple[ForbiddenTerm, ...], tuple[Problem, ...]]:
    """Return the terms in this file, and what is wrong with it."""
    try:
        text = file.data.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), strict=True))
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        return (), (Problem(file.shown, line, "The file is not in UTF-8.", "Save it as UTF-8."),)
    except csv.Error as error:
        what = f"This cannot be read as a list of terms: {str(error).rstrip('.')}."
        return (), (Problem(file.shown, 0, what, "Save it as CSV."),)
    head = tuple(cell.strip().lower() for cell in rows[0]) if rows else ()
    if head[: len(HEAD)] != HEAD:
        what = f"The first line must be: {','.join(HEAD)}."
        return (), (Problem(file.shown, 1, what, "Write it above the terms."),)
    found: list[ForbiddenTerm] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows[1:], 2):
        cells = [*(cell.strip() for cell in row), "", "", ""]
        if not any(cells):
            continue
        if not (cells[0] and cells[1]):
            problems.append(Problem(file.shown, number, "A term needs its English and its translation.", "Write both."))
            continue
        forbidden = tuple(word.strip() for word in cells[2].split(";") if word.strip())
        found.append(ForbiddenTerm(cells[0], cells[1], forbidden))
    return tuple(found), tuple(problems)
