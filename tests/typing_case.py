"""Somebody at a screen, with PDFium, the viewer in Chrome: opens a form, types, prints, and reads the paper."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from printables.typeset.inspect.glyph_run import GlyphRun
from printables.typeset.inspect.objects import Rect
from printables.typeset.inspect.text import read_pdf

Say = Callable[[str], str]
"""What to write into the field of that name."""


@dataclass(frozen=True)
class Written:
    """A text field after somebody wrote into it: what it holds, and the runs of letters on the printed page."""

    name: str
    rect: Rect
    value: str
    runs: tuple[GlyphRun, ...]

    @property
    def printed(self) -> str:
        """The letters on paper, without spaces and in the order in which they are drawn."""
        return squeezed("".join(run.text for run in self.runs if self._holds(run.rect)))

    def _holds(self, rect: Rect) -> bool:
        """To a point at the sides, and most of its height: the accents of some fonts reach out of a first line."""
        (left, bottom, right, top), (x, y, to_x, to_y) = rect, self.rect
        return left >= x - 1 and right <= to_x + 1 and min(top, to_y) - max(bottom, y) > (top - bottom) * 3 / 4

    @property
    def fonts(self) -> set[str]:
        return {run.font for run in self.runs}

    @property
    def sizes(self) -> set[float]:
        return {round(run.size, 1) for run in self.runs}


def squeezed(text: str) -> str:
    """Without spaces and ends of lines. PDFium reads a hyphen at the end of a line as U+0002."""
    return "".join(text.replace("\x02", "-").split())


def written(pdf: bytes, say: Say, *, paste: bool = False) -> list[Written]:
    """Every text field of a form once `say` was typed into it (or pasted), with what is printed there."""
    with pdfium.PdfDocument(pdf) as document:
        document.init_forms()
        pages = list(document)
        places = [each for number, page in enumerate(pages) for each in _fields(document.formenv, page, number)]
        for name, number, rect in places:
            _write(document.formenv, pages[number], rect, say(name), paste=paste)
        values = {name: value for page in pages for name, value in _values(document.formenv, page)}
        for page in pages:
            raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
        document.save(target := io.BytesIO())
    return _read(target.getvalue(), places, values)


def on_paper(pdf: bytes) -> list[Written]:
    """The same of a form that somebody filled in already."""
    return written(pdf, lambda _: "")


def _read(pdf: bytes, places: list[tuple[str, int, Rect]], values: dict[str, str]) -> list[Written]:
    sheets = read_pdf(pdf)
    found = []
    for name, number, (left, bottom, right, top) in places:
        runs = [run for line in sheets[number].lines for run in line.runs]
        inside = [run for run in runs if _meets(run.rect, (left, bottom, right, top))]
        found.append(Written(name, (left, bottom, right, top), values[name], tuple(inside)))
    return found


def _meets(rect: Rect, field: Rect) -> bool:
    """Whether the middle of a run's height is level with a field, and the run begins in it."""
    middle = (rect[1] + rect[3]) / 2
    return field[1] - 1 <= middle <= field[3] + 1 and field[0] - 2 <= rect[0] <= field[2]


def _fields(form: Any, page: Any, number: int) -> list[tuple[str, int, Rect]]:
    found = []
    for annotation in _widgets(form, page):
        place = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, place)
        rect = (place.left, place.bottom, place.right, place.top)
        found.append((_words(raw.FPDFAnnot_GetFormFieldName, form, annotation), number, rect))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _values(form: Any, page: Any) -> list[tuple[str, str]]:
    found = []
    for annotation in _widgets(form, page):
        name = _words(raw.FPDFAnnot_GetFormFieldName, form, annotation)
        found.append((name, _words(raw.FPDFAnnot_GetFormFieldValue, form, annotation)))
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _widgets(form: Any, page: Any) -> list[Any]:
    """The text fields of a page."""
    every = [raw.FPDFPage_GetAnnot(page, at) for at in range(raw.FPDFPage_GetAnnotCount(page))]
    return [
        each
        for each in every
        if raw.FPDFAnnot_GetSubtype(each) == raw.FPDF_ANNOT_WIDGET
        and raw.FPDFAnnot_GetFormFieldType(form, each) == raw.FPDF_FORMFIELD_TEXTFIELD
    ]


def _write(form: Any, page: Any, rect: Rect, words: str, *, paste: bool) -> None:
    if not words:
        return
    x, y = (rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2
    raw.FORM_OnMouseMove(form, page, 0, x, y)
    raw.FORM_OnLButtonDown(form, page, 0, x, y)
    raw.FORM_OnLButtonUp(form, page, 0, x, y)
    if paste:
        letters = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
        raw.FORM_ReplaceSelection(form, page, ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
    else:
        for letter in words:
            raw.FORM_OnChar(form, page, ord(letter), 0)
    raw.FORM_ForceToKillFocus(form)


def _words(ask: Any, form: Any, annotation: Any) -> str:
    length = ask(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
