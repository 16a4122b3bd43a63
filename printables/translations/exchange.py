"""Texts to translate as a workbook (.xlsx), and back: for translators who have no tool for PO files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from printables.library.file_reader import shown_path
from printables.library.folders import Folders
from printables.problems import Problem
from printables.translations.faults import faults
from printables.translations.files import LanguageFiles, read_language
from printables.translations.parts import FOLDER
from printables.translations.po import Entry, read_po, written
from printables.translations.status import TextStatus
from printables.translations.terms import TERMS, read_terms

HEAD = ("File", "Place", "English", "Translation", "State", "To know")
"""The columns. File and place say where a row belongs; only the translation is read back."""
WIDTHS = (26, 34, 60, 60, 12, 40)
LARGEST = 20_000_000
"""Bytes of the largest workbook that is read, packed and unpacked."""
MOST_ROWS = 50_000


class NoWorkbook(Exception):
    """The library for workbooks is not installed, or a file is no workbook. `problem` says so."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass
class Taken:
    """The PO files that a workbook changes, by their path in the language's folder, and what could not be taken."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    same: int = 0


@dataclass(frozen=True)
class _Row:
    number: int
    file: str
    place: str
    english: str
    translation: str


def exported(code: str, texts: Sequence[TextStatus]) -> bytes:
    """Return a workbook with a row for each text. Raises NoWorkbook."""
    openpyxl = _library()
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = code
    sheet.append(HEAD)
    for text in texts:
        known = "\n".join([*text.entry.comments, *(f"{one.what} {one.mend}" for one in text.problems)])
        row = (text.part.file, text.entry.context, text.english, text.entry.translation, text.state, known)
        sheet.append([_plain(cell) for cell in row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s"
    for cell, width in zip(sheet[1], WIDTHS, strict=True):
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = sheet.cell(2, 3)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def imported(code: str, path: Path, texts: Sequence[TextStatus], folders: Folders) -> Taken:
    """Return the PO files with the translations of a workbook. Raises NoWorkbook.

    `texts` are those of the language as they are now. A row whose English is not that of today, or whose translation
    has a fault, is a problem and is not taken.
    """
    language, problems = read_language(folders, code)
    taken = Taken(problems=problems)
    if language is None:
        return taken
    known = {(text.part.file, text.entry.context): text for text in texts}
    changed: dict[str, dict[str, str]] = {}
    for row in _rows(path):
        text = known.get((row.file, row.place))
        if wrong := list(_wrong(row, text, language, shown_path(path))):
            taken.problems += wrong
        elif text and row.translation == text.entry.translation and text.state == "translated":
            taken.same += 1
        elif text and row.translation:
            changed.setdefault(row.file, {})[row.place] = row.translation
            taken.count += 1
    for name, words in changed.items():
        taken.files[name] = _with(language, folders, name, words, known)
    return taken


def _wrong(row: _Row, text: TextStatus | None, language: LanguageFiles, shown: str) -> Iterator[Problem]:
    """Yield why a row cannot be taken; a row without a translation is left alone."""
    if not row.translation:
        return
    where = f"{row.place}: "
    if text is None:
        mend = f"Write the workbook again: printables translate export {language.code} FILE"
        yield Problem(shown, row.number, f'{where}No text of "{row.file}" stands at this place.', mend)
        return
    if row.english.split() != text.english.split():
        what = f"{where}The English is not that of today."
        yield Problem(shown, row.number, what, f'Translate what it says now: "{" ".join(text.english.split())}"')
        return
    terms = [term for file in language.files.get(TERMS, ()) for term in read_terms(file)[0]]
    left = language.settings.direction == "rtl"
    for what, mend in faults(text.part.kind, text.english, row.translation, terms, runs_left=left):
        yield Problem(shown, row.number, f"{where}{what}", mend)


def _with(
    language: LanguageFiles,
    folders: Folders,
    name: str,
    words: dict[str, str],
    known: dict[tuple[str, str], TextStatus],
) -> bytes:
    """Return a PO file with these translations by context, which are then no longer fuzzy."""
    file, _ = read_po(language.files[name][-1].data, f"{folders.own / FOLDER / language.code / name}")

    def filled(entry: Entry) -> Entry:
        if entry.context not in words:
            return entry
        english = known[name, entry.context].english
        return replace(entry, english=english, translation=words[entry.context], fuzzy=False, previous="")

    return written(replace(file, entries=[filled(entry) for entry in file.entries]), language.code)


def _rows(path: Path) -> Iterator[_Row]:
    sheet = _sheet(path)
    for number, cells in enumerate(
        sheet.iter_rows(min_row=1, max_row=MOST_ROWS, max_col=len(HEAD), values_only=True), 1
    ):
        texts = [str(cell).replace("\r\n", "\n").strip() if cell is not None else "" for cell in cells]
        if number == 1:
            if tuple(texts[:4]) != HEAD[:4]:
                what = f"The first row must be: {', '.join(HEAD)}."
                raise NoWorkbook(Problem(shown_path(path), 1, what, "Take a workbook that `translate export` wrote."))
            continue
        if any(texts[:4]):
            yield _Row(number, *texts[:4])


def _sheet(path: Path) -> Any:
    openpyxl = _library()
    shown = shown_path(path)
    if _size(path) > LARGEST:
        raise NoWorkbook(Problem(shown, 0, f"The workbook has more than {LARGEST:,} bytes.", "Send it in parts."))
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except Exception as error:  # the library raises many kinds for a file that is no workbook
        raise NoWorkbook(_unreadable(shown)) from error


def _size(path: Path) -> int:
    """Return the bytes of a workbook, unpacked. Raises NoWorkbook for what is not packed as one."""
    try:
        with zipfile.ZipFile(path) as packed:
            return sum(item.file_size for item in packed.infolist())
    except (OSError, zipfile.BadZipFile) as error:
        raise NoWorkbook(_unreadable(shown_path(path))) from error


def _unreadable(shown: str) -> Problem:
    mend = "Save it as an Excel workbook (.xlsx), as `translate export` wrote it."
    return Problem(shown, 0, "This cannot be read as a workbook.", mend)


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        what = "Workbooks need a library that is not installed."
        raise NoWorkbook(Problem("command line", 0, what, 'Install it: pip install "printables[translate]"')) from error
    return openpyxl


def _plain(cell: str) -> str:
    """Return a cell's text without signs that no workbook may hold."""
    return "".join(sign for sign in cell if sign in "\n\t" or ord(sign) >= ord(" "))
