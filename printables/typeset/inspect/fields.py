"""Can every field be found, told apart, understood and filled in? (standards A12, A15)

Looks at the HTML, which names the fields, and at the PDF, which holds them.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from printables.checklist import Rule
from printables.typeset.page import Finding, PrintRules
from printables.typeset.pdf.form_room import LEADING

KINDS = ("line", "lines", "tick", "choice")
PLAIN = re.compile(r"[A-Za-z0-9_-]+")
"""What names and values are made of: a full stop would make one field part of another."""
SMALLEST = 8.0
"""Points, almost 3 mm: a smaller box is hard to hit, with a pen and with a mouse."""
ROUNDING = 0.05

Key = tuple[str, str]
"""A field's name, and the value of a choice ("" otherwise)."""


@dataclass(frozen=True)
class HtmlField:
    """A field of the HTML; `section` is the id of the section in which it stands."""

    key: Key
    kind: str
    tip: str
    section: str


@dataclass(frozen=True)
class PdfField:
    """A field of the PDF on a page counted from 1. Lengths are in points.

    `size` is that of its letters: 0 for a button, and where they are as large as fits. `text`: it takes letters.
    """

    page: int
    rect: tuple[float, float, float, float]
    paper: tuple[float, float]
    size: float
    text: bool

    @property
    def width(self) -> float:
        return self.rect[2] - self.rect[0]

    @property
    def height(self) -> float:
        return self.rect[3] - self.rect[1]

    @property
    def lies_within(self) -> bool:
        left, bottom, right, top = self.rect
        return left >= -1 and bottom >= -1 and right <= self.paper[0] + 1 and top <= self.paper[1] + 1


def inspect_fields(root: Any, pdf: bytes, rules: PrintRules) -> list[Finding]:
    """Findings about the fields of a parsed document. Those with good names are looked for in the PDF made from it."""
    fields = list(_fields(root, ""))
    if not fields:
        return []
    badly_named = [*_twice(fields), *(finding for field in fields for finding in _named(field))]
    untold = [finding for field in fields for finding in _told(field)]
    if badly_named:
        return [*badly_named, *untold]
    widgets = _widgets(pdf)
    return [*untold, *(finding for field in fields for finding in _placed(field, widgets[field.key], rules))]


def _fields(node: Any, section: str) -> Iterator[HtmlField]:
    if node.tag == "section":
        section = node.get("id", section)
    name, kind = node.get("data-field"), node.get("data-kind", "")
    if name:
        key = (node.get("data-group", ""), node.get("data-value", "")) if kind == "choice" else (name, "")
        yield HtmlField(key, kind, node.get("data-tip", "").strip(), section)
    for child in node:
        yield from _fields(child, section)


def _twice(fields: list[HtmlField]) -> Iterator[Finding]:
    """Two fields of one name; choices of one question share theirs, but no value."""
    keys = Counter(field.key for field in fields)
    groups = {field.key[0] for field in fields if field.kind == "choice"}
    for field in {field.key: field for field in fields}.values():
        name, value = field.key
        if field.kind == "choice" and keys[field.key] > 1:
            what = f'Two choices of the field "{name}" have the value "{value}", so their answers cannot be told apart.'
            yield Finding(Rule.A15, what, "Give each choice a value of its own.", section=field.section)
        elif field.kind != "choice" and (keys[field.key] > 1 or name in groups):
            what = f'Two fields have the name "{name}", so their answers cannot be told apart.'
            yield Finding(Rule.A15, what, "Give each field a name of its own.", section=field.section)


def _named(field: HtmlField) -> Iterator[Finding]:
    name, value = field.key
    if field.kind not in KINDS:
        what = f'The field "{name}" is of the kind "{field.kind}", which does not exist.'
        yield Finding(Rule.A15, what, f"Choose one of these: {', '.join(KINDS)}.", section=field.section)
    elif field.kind == "choice" and (not (PLAIN.fullmatch(name) and PLAIN.fullmatch(value)) or value == "Off"):
        what = f'A choice has the group "{name}" and the value "{value}", which a form cannot hold.'
        yield Finding(
            Rule.A15, what, 'Use letters, figures and hyphens, and not the word "Off".', section=field.section
        )
    elif not PLAIN.fullmatch(name):
        what = f'The name "{name}" of a field holds signs that a form cannot hold.'
        yield Finding(Rule.A15, what, "Use letters, figures and hyphens.", section=field.section)


def _told(field: HtmlField) -> Iterator[Finding]:
    if not field.tip:
        what = f'The field "{_shown(field)}" has no words for readers who cannot see where it stands.'
        yield Finding(Rule.A15, what, "Say in its tip what belongs into it.", section=field.section)


def _placed(field: HtmlField, widgets: list[PdfField], rules: PrintRules) -> Iterator[Finding]:
    if not widgets:
        what = f'The field "{_shown(field)}" is missing from the PDF.'
        yield Finding(
            Rule.A16, what, "Take it out of hidden parts, and out of headers and footers.", section=field.section
        )
    elif len(widgets) > 1:
        pages = ", ".join(str(page) for page in sorted({widget.page for widget in widgets}))
        what = f'The field "{_shown(field)}" was cut or repeated: it is there {len(widgets)} times, on page {pages}.'
        mend = "Keep its box together (break-inside: avoid), and out of table heads, which are repeated."
        yield Finding(Rule.A16, what, mend, section=field.section)
    for widget in widgets[:1]:
        yield from _sized(field, widget, rules)


def _sized(field: HtmlField, widget: PdfField, rules: PrintRules) -> Iterator[Finding]:
    width, height = widget.width, widget.height
    if not widget.lies_within:
        what = f'The field "{_shown(field)}" runs off the edge of page {widget.page}.'
        yield Finding(Rule.A16, what, "Make its box narrower or lower in the style sheet.", section=field.section)
    elif width < SMALLEST or height < SMALLEST:
        what = f'The field "{_shown(field)}" is {width:.0f} by {height:.0f} points, too small to be filled in.'
        yield Finding(Rule.A16, what, "Give its box a width and a height in the style sheet.", section=field.section)
    elif height < (size := widget.text * (widget.size or rules.min_pt)) * LEADING - ROUNDING:
        what = f'The field "{_shown(field)}" is {height:.0f} points high, too low for letters of {size:g} points.'
        yield Finding(Rule.A16, what, "Make its box higher in the style sheet.", section=field.section)
    if 0 < widget.size < rules.min_pt - ROUNDING:
        what = f'What is typed into the field "{_shown(field)}" has {widget.size:g} points, which is too small to read.'
        mend = f"Set the box to at least {rules.min_pt:g} points in the style sheet."
        yield Finding(Rule.A12, what, mend, section=field.section)


def _shown(field: HtmlField) -> str:
    name, value = field.key
    return f"{name}: {value}" if value else name


def _widgets(pdf: bytes) -> dict[Key, list[PdfField]]:
    """The fields of a PDF by name, and by value for the choices of a question."""
    found: dict[Key, list[PdfField]] = defaultdict(list)
    with pdfium.PdfDocument(pdf) as document:
        document.init_forms()
        for number, page in enumerate(document, start=1):
            for index in range(raw.FPDFPage_GetAnnotCount(page)):
                annotation = raw.FPDFPage_GetAnnot(page, index)
                if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                    key = _key(document.formenv, annotation)
                    found[key].append(_widget(document.formenv, annotation, number, page.get_size()))
                raw.FPDFPage_CloseAnnot(annotation)
            page.close()
    return found


def _key(form: Any, annotation: Any) -> Key:
    choice = raw.FPDFAnnot_GetFormFieldType(form, annotation) == raw.FPDF_FORMFIELD_RADIOBUTTON
    name = _words(raw.FPDFAnnot_GetFormFieldName, form, annotation)
    return name, _words(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation) if choice else ""


def _words(ask: Any, form: Any, annotation: Any) -> str:
    length = ask(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    ask(form, annotation, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def _widget(form: Any, annotation: Any, page: int, paper: tuple[float, float]) -> PdfField:
    place, size = raw.FS_RECTF(), ctypes.c_float()
    raw.FPDFAnnot_GetRect(annotation, place)
    text = raw.FPDFAnnot_GetFormFieldType(form, annotation) == raw.FPDF_FORMFIELD_TEXTFIELD
    if text:
        raw.FPDFAnnot_GetFontSize(form, annotation, size)
    return PdfField(page, (place.left, place.bottom, place.right, place.top), paper, size.value, text)
