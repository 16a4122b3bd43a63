"""What people signed, from the command line or from a CSV file, compared with the words as they are now."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from printables.authoring import approvals
from printables.checks.release import review_sheet, unconfirmed
from printables.checks.subject import Subject
from printables.library.approvals import WORDS, Approval
from printables.library.library import Library
from printables.pipeline.build import CheckedLibrary
from printables.plan import therapies_by_worksheet
from printables.problems import Problem, guess, most_similar

COLUMNS: Mapping[str, str] = {
    "id": "The therapy or the worksheet.",
    "audience": "The reader, such as teens.",
    "region": "The region whose help lines were read with it; empty for the one of the command.",
    "title": "Not read: it helps to find the row.",
    "code": "Not read: the code that is printed on the leaflet, without the stamp, which each clinic's has of its own.",
    "words": "The number of the words that were read, from the review sheet: at least 8 letters and figures.",
    "name": "Who read and approves it. A row without name, role and date is not signed, and left out.",
    "role": "What that person is.",
    "date": "The day of it, such as 2026-11-29; empty for today.",
    "unchecked": "Not read: facts that nobody has looked up, each by its name.",
    "facts": "Those of them that this person confirms, with spaces between; empty for none.",
}
"""The columns of the CSV file; the first line names them, in any order."""
REQUIRED = ("id", "audience", "words", "name", "role")
SIGNATURE = ("name", "role", "date")
SAVE = "Save it as CSV in UTF-8, with a first line that names the columns."


@dataclass(frozen=True)
class Signed:
    """One signature with its place: a line of a file, or line 0 of an option."""

    id: str
    audience: str
    region: str
    words: str
    name: str
    role: str
    day: date
    facts: tuple[str, ...] = ()
    path: str = ""
    line: int = 0

    def problem(self, option: str, what: str, mend: str) -> Problem:
        """Return a problem at the row of the file, or at the option where there is no file."""
        return Problem(self.path or option, self.line, f"{option.strip('-')}: {what}" if self.path else what, mend)


def read_signed(data: bytes, shown: str, region: str, today: date) -> tuple[list[Signed], list[Problem]]:
    """Return the signed rows of a CSV file, and every problem of its form."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(shown, 0, "This is not text in UTF-8.", SAVE)]
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        return [], [Problem(shown, 0, "A quotation mark is left open, or this is no CSV file.", SAVE)]
    head = [name.casefold() for name in rows[0][1]] if rows else []
    if problems := list(_of_head(head, shown)):
        return [], problems
    signed: list[Signed] = []
    for line, cells in rows[1:]:
        row = dict(zip(head, cells, strict=False))
        if any(row.get(name) for name in SIGNATURE):
            found = _row(row, shown, line, region, today)
            if isinstance(found, Signed):
                signed.append(found)
            else:
                problems.append(found)
    return signed, problems


def _of_head(head: Sequence[str], shown: str) -> Iterator[Problem]:
    """Yield what is wrong with the line that names the columns."""
    meant = {most_similar(name, COLUMNS) for name in head if name not in COLUMNS}
    for name in REQUIRED:
        if name not in head and name not in meant:
            yield Problem(shown, 1, f'The column "{name}" is missing.', f"The columns are: {', '.join(COLUMNS)}.")
    for name in head:
        if name not in COLUMNS:
            hint = guess(name, COLUMNS).strip() or f"The columns are: {', '.join(COLUMNS)}."
            yield Problem(shown, 1, f'There is no column "{name}".', hint)
        elif head.count(name) > 1 and head.index(name) == len(head) - 1 - head[::-1].index(name):
            yield Problem(shown, 1, f'The column "{name}" is there twice.', "Take one out.")


def _row(row: Mapping[str, str], shown: str, line: int, region: str, today: date) -> Signed | Problem:
    given = row.get("date", "")
    try:
        day = date.fromisoformat(given) if given else today
    except ValueError:
        return Problem(shown, line, f'date: "{given}" is not a day.', "Write year, month and day: 2026-11-29.")
    where = row.get("region") or region
    facts = tuple(row.get("facts", "").split())
    return Signed(row["id"], row["audience"], where, row["words"], row["name"], row["role"], day, facts, shown, line)


def therapies_of(library: Library, rows: Iterable[Signed]) -> tuple[str, ...]:
    """Return the therapies that have to be composed to compare these rows: their own, or those of a worksheet."""
    by_sheet = therapies_by_worksheet(library)
    names = (row.id if row.id in library.summaries else next(iter(by_sheet.get(row.id, ())), "") for row in rows)
    return tuple(dict.fromkeys(name for name in names if name))


def approval_of(row: Signed, checked: CheckedLibrary) -> tuple[Approval | None, Subject | None, list[Problem]]:
    """Return the approval that a row gives with what it approves, or every problem of the row."""
    problems = [one for one in (_person(row, "--name", row.name), _person(row, "--role", row.role)) if one]
    subject = _subject(row, checked)
    if isinstance(subject, Problem):
        return None, None, [*problems, subject]
    if problems:
        return None, None, problems
    item = subject.item
    facts = [one.name for one in unconfirmed(subject) if one.name in row.facts]
    given = Approval(
        therapy=None if item.worksheet else item.therapy,
        worksheet=item.worksheet,
        audience=item.audience,
        region=item.region,
        version=subject.leaflet.version,
        words=subject.leaflet.content,
        name=row.name.strip(),
        role=row.role.strip(),
        date=row.day,
        facts=facts,
    )
    found = approvals.approval_problems(checked, subject, given)
    return given, subject, [row.problem(p.path, p.what, p.mend) if p.path == "--date" else p for p in found]


def _person(row: Signed, option: str, text: str) -> Problem | None:
    found = approvals.person(option, text)
    return row.problem(option, found.what, found.mend) if isinstance(found, Problem) else None


def _subject(row: Signed, checked: CheckedLibrary) -> Subject | Problem:
    """Return the leaflet with the words of a row, or the worksheet: its own, or one of its therapy."""
    summary = checked.library.summaries.get(row.id) if checked.library else None
    sheets = summary.worksheets if summary else ()
    readers = [one for one in checked.subjects if one.item.audience == row.audience]
    own = [one for one in readers if one.item.record == row.id]
    with_sheets = [*own, *(one for one in readers if one.item.worksheet in sheets)]
    if not with_sheets:
        ids = {one.item.record for one in checked.subjects}
        hint = guess(row.id, ids - {row.id}).strip() or "See: printables list."
        return row.problem("id", f'There is no leaflet or worksheet "{row.id}" for "{row.audience}".', hint)
    if not re.fullmatch(WORDS, row.words):
        what = f'"{row.words}" is not the number of words that were read.'
        return row.problem("--words", what, "Copy the 8 letters and figures of the review sheet, such as a74c62cf.")
    same = [one for one in with_sheets if one.leaflet.content.startswith(row.words)]
    if same:
        return same[0]
    what = f'"{row.words}" is not the number of the words of "{row.id}" for "{row.audience}" as they are now.'
    return row.problem("--words", what, f"Have them read again: {review_sheet(with_sheets[0])}.")


def twice(rows: Iterable[tuple[Signed, Approval]]) -> Iterator[Problem]:
    """Yield a problem for each row that approves what an earlier row approves."""
    first: dict[tuple[str, str, str], Signed] = {}
    for row, given in rows:
        before = first.setdefault(given.of, row)
        if before is not row:
            what = f'"{given.record}" for "{given.audience}" is approved in line {before.line} already.'
            if not row.path:
                what = f'"{given.record}" for "{given.audience}" is named twice.'
            yield row.problem("--words", what, "Take one out.")


def to_sign(subjects: Iterable[Subject]) -> str:
    """Return a CSV file with a row for each of these leaflets and worksheets, to be signed."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in subjects:
        leaflet, item = one.leaflet, one.item
        code = leaflet.code.rpartition("-")[0]
        about = (item.record, item.audience, item.region, leaflet.title, code, leaflet.content[:8])
        writer.writerow([*about, "", "", "", " ".join(fact.name for fact in unconfirmed(one)), ""])
    return made.getvalue()


def unsigned(checked: CheckedLibrary) -> list[Subject]:
    """Return the leaflets and worksheets that nobody has approved, each in one edition."""
    waiting = {
        (one.item.record, one.item.audience): one for one in reversed(checked.subjects) if not one.leaflet.approved
    }
    return list(waiting.values())[::-1]


def unknown_facts(given: Iterable[tuple[Signed, Subject]]) -> Iterator[Problem]:
    """Yield a problem for each fact that a row confirms and that is not one of the unchecked facts of what it approves.

    Rows without a line are one command, whose facts may be of any of its leaflets and worksheets.
    """
    rows: dict[tuple[str, int], list[tuple[Signed, Subject]]] = {}
    for row, subject in given:
        rows.setdefault((row.path, row.line), []).append((row, subject))
    for pairs in rows.values():
        known = list(dict.fromkeys(one.name for _, subject in pairs for one in unconfirmed(subject)))
        row = pairs[0][0]
        for name in row.facts:
            if name not in known:
                what = f'"{name}" is no unchecked fact of "{row.id}" for "{row.audience}".'
                mend = f"They are: {', '.join(known)}." if known else "It has none. Leave it out."
                yield row.problem("--fact", what, mend)


def in_region(rows: Iterable[Signed]) -> Mapping[str, list[Signed]]:
    """Return the rows by region."""
    grouped: dict[str, list[Signed]] = {}
    for row in rows:
        grouped.setdefault(row.region, []).append(row)
    return grouped
