"""Step 5, forms: worksheets can be filled in on a screen, by anybody, and keep what was filled in."""

from __future__ import annotations

import ctypes
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pdfua
import pikepdf
import pypdf
import pypdfium2 as pdfium
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from pypdfium2 import raw
from sample_leaflet import leaflet

from printables.checklist import Rule
from printables.typeset.engine import typeset
from printables.typeset.inspect.inspect import inspect
from printables.typeset.inspect.text import read_pdf
from printables.typeset.page import Finding, Page, Printed, PrintRules
from printables.typeset.pdf import form_font
from printables.typeset.pdf.form_room import LINES, STAYS

ROOT = Path(__file__).resolve().parent.parent
MM = 72 / 25.4
pytestmark = pytest.mark.pdf

CSS = """
@page { size: A4; margin: 20mm; @bottom-right { content: "Page " counter(page); font-size: 12pt } }
html { font: 14pt/1.5 "Atkinson Hyperlegible"; color: #111 }
body { margin: 0; max-width: 150mm } td, th { padding: 2mm }
.field { display: block; break-inside: avoid; border: 1pt solid #111; margin: 0 0 4mm }
.line { height: 9mm; border-width: 0 0 1pt } .lines { height: 40mm }
.box { display: inline-block; width: 6mm; height: 6mm; margin: 0 } .round { border-radius: 50% }
.wide { width: 300mm } .nothing { height: 0 } .low { height: 4mm } .small { font-size: 9pt }
.flat { height: 7mm } .gone { display: none }
"""


def text(name: str, tip: str = "What to write", kind: str = "line", more: str = "") -> str:
    return f'<div class="field {kind} {more}" data-field="{name}" data-tip="{tip}" data-kind="{kind}"></div>'


def tick(name: str, tip: str = "I did this") -> str:
    return f'<span class="field box" data-field="{name}" data-tip="{tip}" data-kind="tick"></span>'


def choice(group: str, value: str, tip: str = "A choice", more: str = "") -> str:
    return (
        f'<span class="field box round" data-field="{group}-{value}" data-tip="{tip}" data-kind="choice" '
        f'data-group="{group}" data-value="{value}" {more}></span>'
    )


DAYS = "".join(
    f'<tr><th scope="row">{day}</th>'
    + "".join(f"<td>{choice(f'mood-{day}', str(n), f'Mood on {day}: {n} of 5')}</td>" for n in (1, 2, 3, 4, 5))
    + "</tr>"
    for day in ("Monday", "Tuesday")
)
FIRST = f"""<section id="me"><h2>About me</h2>
<p>Write as much as you like. <a href="https://www.nhs.uk">More about worksheets</a>.</p>
<p>My name</p>{text("name", "Your name", more="name")}
<p>{tick("done-call", "I called a friend")} I called a friend</p>
<p>{tick("done-walk", "I went for a walk")} I went for a walk. See <a href="#week">my week</a>.</p>
<p>What I want to change</p>{text("change", "What you want to change", "lines")}</section>"""
SECOND = f"""<section id="week" style="break-before: page"><h2>My week</h2>
<table><tr><th>Day</th><th>1</th><th>2</th><th>3</th><th>4</th><th>5</th></tr>{DAYS}</table>
<p>What helped, Zoë?</p>{text("helped", "What helped – in your words", "lines")}</section>"""
ORDER = ["", "name", "done-call", "done-walk", "", "change", "mood-Monday", "mood-Tuesday", "helped"]
"""The fields from the first to the last page; "" is a link."""


def worksheet(*parts: str, css: str = "", rules: PrintRules | None = None) -> Page:
    body = "".join(parts) or FIRST + SECOND
    html = (
        f'<html lang="en-GB"><head><title>My week: a worksheet</title></head><body><h1>My week</h1>{body}</body></html>'
    )
    return Page(html, CSS + css, rules=rules or PrintRules(last_page_fill=0.2))


@pytest.fixture(scope="module")
def made() -> Printed:
    return typeset(worksheet())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def said(*values: Any) -> list[str]:
    return [str(value) for value in values]


def widgets(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [each for sheet in pdf.pages for each in sheet.get("/Annots", []) if each.Subtype == "/Widget"]


def name_of(annotation: pikepdf.Object) -> str:
    """The name of a widget's field; of a link, nothing."""
    field = annotation if "/T" in annotation else annotation.get("/Parent")
    return "" if field is None else str(field.T)


def structure(element: Any) -> Iterator[Any]:
    """The tag tree in reading order."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from structure(kid)


def test_a_worksheet_with_every_kind_has_no_findings(made: Printed) -> None:
    assert (made.pages, made.findings) == (2, ())


def test_three_checkers_accept_it(made: Printed, tmp_path: Path) -> None:
    report = page_validation.validate_pdf_bytes(made.pdf, profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant and report.rules.total > 50
    path = tmp_path / "worksheet.pdf"
    path.write_bytes(made.pdf)
    heard = outloud.check(str(path))
    assert heard.error is None
    assert [(finding.rule, finding.message) for finding in heard.findings if finding.severity == "error"] == []
    assert [each for each in pdfua.validate(str(path)).findings if each.severity == pdfua.Severity.ERROR] == []


def without_tip(pdf: pikepdf.Pdf) -> None:
    del widgets(pdf)[0].TU


def without_tag(pdf: pikepdf.Pdf) -> None:
    del widgets(pdf)[0].StructParent


@pytest.mark.parametrize("spoil", [without_tip, without_tag])
def test_the_checker_rejects_a_form_without_its_parts(made: Printed, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    """So the test above has something to say."""
    with opened(made.pdf) as pdf:
        spoil(pdf)
        pdf.save(target := io.BytesIO())
    assert not page_validation.validate_pdf_bytes(target.getvalue(), profile="ua1").is_compliant


def test_every_field_says_what_it_is(made: Printed) -> None:
    with opened(made.pdf) as pdf:
        found = {name_of(each): each for each in widgets(pdf)}
        assert {name: str(each.TU) for name, each in found.items() if "/Parent" not in each} == {
            "name": "Your name",
            "done-call": "I called a friend",
            "done-walk": "I went for a walk",
            "change": "What you want to change",
            "helped": "What helped – in your words",
        }
        assert {int(each.F) for each in widgets(pdf)} == {4}
        kinds = [(str(each.FT), int(each.Ff), int(each.MaxLen)) for each in (found["name"], found["change"])]
        assert kinds == [("/Tx", STAYS, 106), ("/Tx", LINES | STAYS, 1155)]
        assert str(found["name"].DA) == str(pdf.Root.AcroForm.DA) == "/Wingdings3 0 Tf /Atkinson 0 Tf 0 g"


def test_ticks_and_choices_have_a_look_for_each_state(made: Printed) -> None:
    with opened(made.pdf) as pdf:
        box = next(each for each in widgets(pdf) if name_of(each) == "done-call")
        assert said(box.FT, box.AS, box.V, *sorted(box.AP.N.keys())) == ["/Btn", "/Off", "/Off", "/Off", "/Yes"]
        assert box.AP.N.Off.read_bytes() == b"" and b" l\nS" in box.AP.N.Yes.read_bytes()
        (monday,) = (field for field in pdf.Root.AcroForm.Fields if field.T == "mood-Monday")
        assert said(monday.FT, monday.Ff, monday.V, monday.TU) == ["/Btn", "32768", "/Off", "mood Monday"]
        assert [set(kid.AP.N.keys()) for kid in monday.Kids] == [{f"/{n}", "/Off"} for n in (1, 2, 3, 4, 5)]
        assert [said(kid.AS, kid.TU, "/T" in kid) for kid in monday.Kids][:2] == [
            ["/Off", "Mood on Monday: 1 of 5", "False"],
            ["/Off", "Mood on Monday: 2 of 5", "False"],
        ]


def test_a_question_of_choices_may_have_its_own_words() -> None:
    more = 'data-group-tip="How was Monday?"'
    with opened(typeset(worksheet(f"<p>{choice('day', '1', more=more)} bad {choice('day', '2')} good</p>")).pdf) as pdf:
        assert pdf.Root.AcroForm.Fields[0].TU == "How was Monday?"


def test_tags_tabs_and_pages_go_in_the_reading_order(made: Printed) -> None:
    """One order, told three times: by the tags, by the pages' lists, and by the form."""
    with opened(made.pdf) as pdf:
        assert {sheet.Tabs for sheet in pdf.pages} == {pikepdf.Name.S}
        forms = [element for element in structure(pdf.Root.StructTreeRoot) if element.get("/S") == "/Form"]
        tagged = [element.K[0].Obj for element in forms]
        assert {element.K[0].Type for element in forms} == {pikepdf.Name.OBJR}
        assert [each.objgen for each in tagged] == [each.objgen for each in widgets(pdf)]
        parents = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        assert [parents[each.StructParent].objgen for each in tagged] == [element.objgen for element in forms]
        listed = [name_of(each) for sheet in pdf.pages for each in sheet.Annots]
        assert list(dict.fromkeys(name for name in listed if name)) == [name for name in ORDER if name]
        assert [name for name in listed if not name.startswith("mood")] == [
            n for n in ORDER if not n.startswith("mood")
        ]
        assert [field.T for field in pdf.Root.AcroForm.Fields] == [name for name in ORDER if name]


def test_a_widget_lies_inside_its_drawn_box(made: Printed) -> None:
    with opened(made.pdf) as pdf:
        found = {name_of(each): [float(side) for side in each.Rect] for each in widgets(pdf)}
    left, bottom, right, top = found["change"]
    assert (left - 1, right + 1) == pytest.approx((20 * MM, 170 * MM), abs=0.1)
    assert top - bottom == pytest.approx(40 * MM, abs=0.1)
    with pdfium.PdfDocument(made.pdf) as document:
        drawn = [each.get_bounds() for each in document[0].get_objects() if each.type == raw.FPDF_PAGEOBJ_PATH]
    edges = [min(abs(shape[side] - (left, bottom, right, top)[side]) for shape in drawn) for side in range(4)]
    assert max(edges) < 1.1, "a border of 1 point"


def test_padding_keeps_the_letters_off_the_border() -> None:
    rects = []
    for css in ("", ".lines { padding: 2mm 3mm }"):
        with opened(typeset(worksheet(f"<p>Why?</p>{text('why', kind='lines')}", css=css)).pdf) as pdf:
            rects.append([float(side) for side in widgets(pdf)[0].Rect])
    moved = [after - before for before, after in zip(*rects, strict=True)]
    assert moved == pytest.approx([3 * MM, -2 * MM, -3 * MM, -2 * MM], abs=0.01)


def test_on_a_line_letters_are_as_large_as_those_around_it() -> None:
    """They grow with the field, which is as high as they are; in large print, it is higher."""
    heights = []
    for size in (14, 18):
        page = worksheet(css=f"html {{ font-size: {size}pt }}", rules=PrintRules(min_pt=12, last_page_fill=0))
        with opened(typeset(page).pdf) as pdf:
            (rect,) = ([float(side) for side in each.Rect] for each in widgets(pdf) if name_of(each) == "name")
            heights.append(rect[3] - rect[1])
    assert heights == pytest.approx([14 * 1.24 + 1, 18 * 1.24 + 1], abs=0.01)


# What is filled in

VALUES = {
    "name": "Zoë Łukasz O’Neill",
    "change": "More time with Seán.\nFewer quarrels, (perhaps) \\ none.",
    "helped": "سلام, 你好, Ωmega",
    "done-call": "/Yes",
    "mood-Monday": "/4",
}


def read_back(pdf: bytes) -> dict[str, str]:
    """What pypdf finds by name, whoever wrote it."""
    found = pypdf.PdfReader(io.BytesIO(pdf)).get_fields()
    assert found is not None
    return {name: str(field.get("/V", "")) for name, field in found.items() if "/T" in field}


def test_a_new_form_is_empty(made: Printed) -> None:
    assert read_back(made.pdf) == {name: "/Off" if name.startswith(("mood", "done")) else "" for name in ORDER if name}


def test_filled_by_pypdf_it_keeps_its_values(made: Printed) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made.pdf))
    western = VALUES | {"name": "Zoë O’Neill", "change": "More time", "helped": "A walk – “outside”"}
    writer.update_page_form_field_values(None, western, auto_regenerate=False)
    writer.write(target := io.BytesIO())
    assert western.items() <= read_back(target.getvalue()).items()
    with opened(target.getvalue()) as pdf:
        states = {(name_of(each), str(each.AS)) for each in widgets(pdf) if "/AS" in each}
    assert ("done-call", "/Yes") in states and ("done-walk", "/Yes") not in states
    assert {state for name, state in states if name == "mood-Monday"} == {"/4", "/Off"}
    assert page_validation.validate_pdf_bytes(target.getvalue(), profile="ua1").is_compliant, "words in our font"


def filled(pdf: bytes) -> bytes:
    """Written with pikepdf, which knows nothing of forms."""
    with opened(pdf) as document:
        for field in document.Root.AcroForm.Fields:
            value = VALUES.get(str(field.T))
            if value is None:
                continue
            field.V = pikepdf.Name(value) if value.startswith("/") else pikepdf.String(value)
            for button in field.Kids if "/Kids" in field else [field]:
                if "/AP" in button and value in button.AP.N:
                    button.AS = pikepdf.Name(value)
        document.save(target := io.BytesIO())
    return target.getvalue()


def test_written_by_pikepdf_it_keeps_its_values(made: Printed) -> None:
    assert VALUES.items() <= read_back(filled(made.pdf)).items()


def dark(pdf: bytes, name: str) -> list[float]:
    """How much of each widget of a field is dark when PDFium, the viewer inside Chrome, shows the page."""
    with opened(pdf) as document:
        places = [
            (number, [float(side) * 2 for side in each.Rect])
            for number, sheet in enumerate(document.pages)
            for each in sheet.Annots
            if name_of(each) == name
        ]
    with pdfium.PdfDocument(pdf) as document:
        document.init_forms()
        shares = []
        for number, (left, bottom, right, top) in places:
            page = document[number]
            picture = page.render(scale=2).to_pil().convert("L")
            inside = picture.crop(
                (int(left) + 3, picture.height - int(top) + 3, int(right) - 3, picture.height - int(bottom) - 3)
            )
            shares.append(sum(inside.histogram()[:100]) / (inside.width * inside.height))
        return shares


@pytest.mark.parametrize("name", ["name", "change", "done-call"])
def test_a_viewer_shows_what_was_filled_in(made: Printed, name: str) -> None:
    (before,), (after,) = dark(made.pdf, name), dark(filled(made.pdf), name)
    assert before == 0 and after > 0.005


def test_a_viewer_shows_which_choice_was_made(made: Printed) -> None:
    assert [share > 0.1 for share in dark(made.pdf, "mood-Monday")] == [False] * 5
    assert [share > 0.1 for share in dark(filled(made.pdf), "mood-Monday")] == [False, False, False, True, False]


def test_clicked_and_typed_into_in_a_viewer_it_keeps_its_values(made: Printed) -> None:
    """PDFium's own mouse and keyboard, as in Chrome; a second choice takes the place of the first."""
    with opened(made.pdf) as pdf:
        centres: dict[str, tuple[int, float, float]] = {}
        for number, sheet in enumerate(pdf.pages):
            for each in sheet.Annots:
                left, bottom, right, top = (float(side) for side in each.Rect)
                centres.setdefault(str(each.get("/TU")), (number, (left + right) / 2, (bottom + top) / 2))
    with pdfium.PdfDocument(made.pdf) as document:
        document.init_forms()
        form = document.formenv
        pages = [document[0], document[1]]
        for tip, words in (
            ("Your name", "Łukasz"),
            ("I went for a walk", ""),
            ("Mood on Tuesday: 2 of 5", ""),
            ("Mood on Tuesday: 5 of 5", ""),
            ("What helped – in your words", "Tea."),
        ):
            number, x, y = centres[tip]
            raw.FORM_OnMouseMove(form, pages[number], 0, x, y)
            raw.FORM_OnLButtonDown(form, pages[number], 0, x, y)
            raw.FORM_OnLButtonUp(form, pages[number], 0, x, y)
            if words:
                letters = ctypes.create_string_buffer(words.encode("utf-16-le") + b"\0\0")
                raw.FORM_ReplaceSelection(form, pages[number], ctypes.cast(letters, ctypes.POINTER(ctypes.c_ushort)))
        raw.FORM_ForceToKillFocus(form)
        document.save(target := io.BytesIO())
    typed = {"name": "Łukasz", "done-walk": "/Yes", "done-call": "/Off", "mood-Tuesday": "/5", "helped": "Tea."}
    assert typed.items() <= read_back(target.getvalue()).items()


# The font


def test_the_font_of_the_fields_is_whole_and_knows_its_characters(made: Printed) -> None:
    with opened(made.pdf) as pdf:
        font = pdf.Root.AcroForm.DR.Font.Atkinson
        assert font == pdf.Root.AcroForm.DR.Font.Wingdings3
        assert font.FontDescriptor.FontFile3.read_bytes() == form_font.outlines()
        assert len(font.Widths) == int(font.LastChar) - int(font.FirstChar) + 1
        pairs = re.findall(r"<(\w\w)> <(\w{4})>", font.ToUnicode.read_bytes().decode())
    letters = {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}
    assert letters == form_font.codes() and len({*letters.values()}) == 252
    western = {code: letter for code, letter in letters.items() if letter not in form_font.LETTERS}
    assert western == {code: bytes([code]).decode("cp1252") for code in western} and len(western) == 182
    assert {*"aZ09 é€“”’–ßøñ", *"ŵŷłğțųķħ"} <= {*letters.values()}


def test_glyphs_have_the_names_and_widths_that_the_pdf_says(made: Printed) -> None:
    """A code leads to a glyph by its name, of WinAnsi or of ours; a wrong width pushes letters over each other."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(form_font.outlines()), None)
    drawn = fonts[form_font.NAME].CharStrings
    names: dict[int, str] = {}
    with opened(made.pdf) as pdf:
        font = pdf.Root.AcroForm.DR.Font.Atkinson
        at = 0
        for each in map(str, font.Encoding.Differences):
            if each.startswith("/"):
                names[at] = each[1:]
            at = at + 1 if each.startswith("/") else int(each)
        widths = {code + int(font.FirstChar): int(width) for code, width in enumerate(font.Widths)}
    assert {form_font.codes()[code] for code in names} == {*form_font.LETTERS}
    assert {*names.values()} <= {*drawn.keys()}
    assert {names[code]: widths[code] for code in names} == {name: _advance(drawn[name]) for name in names.values()}


def _advance(letter: Any) -> int:
    letter.draw(RecordingPen())
    return int(letter.width)


def test_typed_words_are_drawn_in_the_font_of_the_leaflet(made: Printed) -> None:
    """pypdf draws a field's words with the form's font: the codes it takes lead back to the same letters."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made.pdf))
    words = "Zoë O’Neill, 5 € – “no”"
    writer.update_page_form_field_values(writer.pages[0], {"name": words}, auto_regenerate=False, flatten=True)
    writer.write(target := io.BytesIO())
    with pdfium.PdfDocument(target.getvalue()) as document:
        assert words in document[0].get_textpage().get_text_bounded()
    fonts = {run.font for line in read_pdf(target.getvalue())[0].lines if words in line.text for run in line.runs}
    assert fonts == {form_font.NAME}


# What is wrong with a field


def only(*parts: str, css: str = "") -> Finding:
    findings = typeset(worksheet('<section id="s"><h2>Mine</h2>', *parts, "</section>", css=css)).findings
    assert len(findings) == 1, findings
    return findings[0]


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        pytest.param(
            [text("a"), text("a")],
            Finding(
                Rule.A15,
                'Two fields have the name "a", so their answers cannot be told apart.',
                "Give each field a name of its own.",
            ),
            id="two of one name",
        ),
        pytest.param(
            [text("a"), "<p>", choice("a", "1"), choice("a", "2"), "</p>"],
            Finding(
                Rule.A15,
                'Two fields have the name "a", so their answers cannot be told apart.',
                "Give each field a name of its own.",
            ),
            id="a text field and a question",
        ),
        pytest.param(
            ["<p>", choice("a", "1"), choice("a", "1"), "</p>"],
            Finding(
                Rule.A15,
                'Two choices of the field "a" have the value "1", so their answers cannot be told apart.',
                "Give each choice a value of its own.",
            ),
            id="two of one value",
        ),
        pytest.param(
            [text("a", tip=" ")],
            Finding(
                Rule.A15,
                'The field "a" has no words for readers who cannot see where it stands.',
                "Say in its tip what belongs into it.",
            ),
            id="no tip",
        ),
        pytest.param(
            [text("a", more="wide")],
            Finding(
                Rule.A16,
                'The field "a" runs off the edge of page 1.',
                "Make its box narrower or lower in the style sheet.",
            ),
            id="wider than the page",
        ),
        pytest.param(
            [text("a", more="nothing")],
            Finding(
                Rule.A16,
                'The field "a" is 425 by 0 points, too small to be filled in.',
                "Give its box a width and a height in the style sheet.",
            ),
            id="no height",
        ),
        pytest.param(
            ["<p>", '<span data-field="a" data-tip="x" data-kind="tick"></span> yes</p>'],
            Finding(
                Rule.A16,
                'The field "a" is 0 by 14 points, too small to be filled in.',
                "Give its box a width and a height in the style sheet.",
            ),
            id="no box at all",
        ),
        pytest.param(
            [text("a", more="low")],
            Finding(
                Rule.A16,
                'The field "a" is 11 points high, too low for letters of 12 points.',
                "Make its box higher in the style sheet.",
            ),
            id="too low",
        ),
        pytest.param(
            [text("a", more="small flat")],
            Finding(
                Rule.A16,
                'The field "a" is 12 points high, too low for letters of 12 points.',
                "Make its box higher in the style sheet.",
            ),
            id="small letters",
        ),
        pytest.param(
            ["<p>Words to read.</p>", text("a", more="gone")],
            Finding(
                Rule.A16,
                'The field "a" is missing from the PDF.',
                "Take it out of hidden parts, and out of headers and footers.",
            ),
            id="hidden",
        ),
        pytest.param(
            [text("a", kind="tall")],
            Finding(
                Rule.A15,
                'The field "a" is of the kind "tall", which does not exist.',
                "Choose one of these: line, lines, tick, choice.",
            ),
            id="unheard kind",
        ),
        pytest.param(
            [text("a.b")],
            Finding(
                Rule.A15,
                'The name "a.b" of a field holds signs that a form cannot hold.',
                "Use letters, figures and hyphens.",
            ),
            id="full stop in the name",
        ),
        pytest.param(
            ["<p>", choice("a", "Off"), "</p>"],
            Finding(
                Rule.A15,
                'A choice has the group "a" and the value "Off", which a form cannot hold.',
                'Use letters, figures and hyphens, and not the word "Off".',
            ),
            id="off as a value",
        ),
    ],
)
def test_a_bad_field_is_named(parts: list[str], finding: Finding) -> None:
    assert only(*parts, css=".tall { height: 20mm }") == replace(finding, section="s")


def test_letters_of_a_fixed_size_are_looked_at_in_any_pdf(made: Printed) -> None:
    """Ours have none: they are as large as fits."""
    with opened(made.pdf) as pdf:
        for each in widgets(pdf):
            if name_of(each) in ("name", "change"):
                each.DA = pikepdf.String(f"/Atkinson {9 if name_of(each) == 'name' else 16} Tf 0 g")
        pdf.save(target := io.BytesIO())
    page = worksheet()
    assert inspect(page.html, target.getvalue(), page.rules) == [
        Finding(
            Rule.A12,
            'What is typed into the field "name" has 9 points, which is too small to read.',
            "Set the box to at least 12 points in the style sheet.",
            section="me",
        )
    ]


def test_a_field_that_is_repeated_is_named() -> None:
    head = f"<thead><tr><th>Day</th><th>{tick('a')}</th></tr></thead>"
    table = f"<table>{head}{'<tr><td>Monday</td><td>Well</td></tr>' * 30}</table>"
    assert only(table) == Finding(
        Rule.A16,
        'The field "a" was cut or repeated: it is there 2 times, on page 1, 2.',
        "Keep its box together (break-inside: avoid), and out of table heads, which are repeated.",
        section="s",
    )


def test_a_later_look_beside_the_web_page_finds_the_same(made: Printed) -> None:
    """`verify` has the twin and the PDF alone."""
    page = worksheet()
    assert inspect(page.html, made.pdf, page.rules) == []
    spoiled = page.html.replace('data-field="name"', 'data-field="surname"')
    assert [each.what for each in inspect(spoiled, made.pdf, page.rules)] == [
        'The field "surname" is missing from the PDF.'
    ]


def test_without_fields_there_is_no_form() -> None:
    with opened(typeset(leaflet()).pdf) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_same_bytes_in_other_processes(made: Printed) -> None:
    script = (
        "import sys; from test_forms import worksheet; from printables.typeset.engine import typeset;"
        "sys.stdout.buffer.write(typeset(worksheet()).pdf)"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    again = []
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Lima", "77")):
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        again.append(subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True).stdout)
    assert again == [made.pdf, made.pdf]
