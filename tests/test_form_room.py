"""Step 5, forms: whatever a field takes is on the paper, in letters that it has, as large as there is room for.

A field may refuse a letter; it may not hide one. What is printed is read from the page as PDFium prints it, the viewer
in Chrome: each field's letters in their order, and inside of the field.
"""

from __future__ import annotations

import base64
import functools
import io
import shutil
import sys
import unicodedata
from pathlib import Path

import page as page_validation
import pypdf
import pytest
from playwright.sync_api import Page, sync_playwright
from sheet_case import PAGES, shipped
from site_case import serving
from test_forms import text, worksheet
from typing_case import Written, on_paper, squeezed, written

from printables.library.editions import USUAL, Edition
from printables.pipeline import print_job
from printables.typeset.engine import typeset
from printables.typeset.page import PrintRules
from printables.typeset.pdf import form_font
from printables.typeset.pdf.form_room import LINES, STAYS, Rect, Room, room

pytestmark = pytest.mark.pdf

STORY = (
    "On Monday Ŵyn’s mum rang – we spoke about the visit in Łódź, and I was angry, and then sad. I gave it 6 of 10. "
)
TEXTS = {
    "a story": STORY * 40,
    "one long word": "Wonderful" * 300,
    "capitals": "I WAS SO VERY ANGRY WITH MY MUM " * 80,
    "narrow letters": "i " * 2000,
    "short lines": "tea\rbed\r" * 200,
}
CSS = """
.cell { width: 25mm; height: 15mm; font-size: 12pt } .tall { height: 20mm } .short { width: 25mm; height: 9mm }
"""
BOXES = (
    text("name"),
    text("when", more="short"),
    text("tall", more="tall"),
    text("change", kind="lines"),
    text("cell", kind="lines", more="cell"),
)
"""Every kind of field, of every shape in which our sheets have it."""
SHEETS = [("mood-and-contact-diary", "adults"), ("my-goals", "teens"), ("role-play-planner", "adults")]
EDITIONS = [USUAL, Edition(large_print=True), Edition(paper="a5")]
EACH = [
    pytest.param(sheet, audience, edition, marks=() if at % 3 == more else pytest.mark.long)
    for at, edition in enumerate(EDITIONS)
    for more, (sheet, audience) in enumerate(SHEETS)
]
"""Each sheet in another edition; the other pairs are long."""


@functools.cache
def boxes(size: int) -> bytes:
    """A sheet with every kind of field, in letters of that size."""
    rules = PrintRules(last_page_fill=0, max_pages=3)
    made = typeset(worksheet(*BOXES, css=f"{CSS} html {{ font-size: {size}pt }}", rules=rules))
    assert made.findings == ()
    return made.pdf


def lost(fields: list[Written]) -> dict[str, tuple[str, str]]:
    """The fields that hold what is not on the paper: what they hold, and what is printed."""
    return {one.name: (one.value, one.printed) for one in fields if squeezed(one.value) != one.printed}


# Nothing is hidden


@pytest.mark.parametrize("how", ["typed", "pasted"])
@pytest.mark.parametrize("words", TEXTS)
@pytest.mark.parametrize("size", [14, pytest.param(18, marks=pytest.mark.long)])
def test_every_letter_that_a_field_takes_is_printed(size: int, words: str, how: str) -> None:
    """Where a list is pasted, PDFium asks for the number of letters alone, and not for room: a dozen lines pass."""
    most = 12 if (words, how) == ("short lines", "pasted") else None
    fields = written(boxes(size), lambda _: TEXTS[words][:most], paste=how == "pasted")
    assert [one.name for one in fields] == ["name", "when", "tall", "change", "cell"]
    assert lost(fields) == {}
    assert all(one.value for one in fields), "none stays empty"


@pytest.mark.parametrize(("sheet", "audience", "edition"), EACH, ids=lambda one: getattr(one, "name", one))
def test_on_our_sheets_every_letter_is_printed(sheet: str, audience: str, edition: Edition) -> None:
    made = typeset(print_job.print_job(PAGES, shipped(sheet, audience, edition)).page)
    fields = written(made.pdf, lambda name: f"{name}: {STORY * 10}")
    assert len(fields) > 3
    assert lost(fields) == {}


def test_companion_a_field_that_scrolls_loses_words() -> None:
    """So it was: "…about mum, 6" lost its end on paper."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(boxes(14)))
    for annotation in writer.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        field = annotation.get_object()
        field.update({pypdf.generic.NameObject("/DA"): pypdf.generic.TextStringObject("/Atkinson 14 Tf 0 g")})
        field[pypdf.generic.NameObject("/Ff")] = pypdf.generic.NumberObject(int(field["/Ff"]) & LINES)
        del field["/MaxLen"]
    writer.write(target := io.BytesIO())
    assert set(lost(written(target.getvalue(), lambda _: STORY * 8))) == {"name", "when", "tall", "change", "cell"}


def test_a_few_words_are_as_large_as_those_around_them() -> None:
    """Where there are several lines, viewers begin with 12 points, in large print, too."""
    usual = {one.name: one.sizes for one in written(boxes(14), lambda _: "Tea")}
    assert usual == {"name": {14}, "when": {14}, "tall": {12}, "change": {12}, "cell": {12}}
    large = {one.name: one.sizes for one in written(boxes(18), lambda _: "Tea")}
    assert large == {"name": {18}, "when": {18}, "tall": {12}, "change": {12}, "cell": {12}}


def test_a_full_field_can_still_be_read() -> None:
    for one in written(boxes(14), lambda _: STORY * 40):
        assert min(one.sizes) >= 6, one.name
        assert len(one.value) >= 17, one.name


def test_words_stand_on_the_line_to_write_on() -> None:
    """A line's field is as high as its letters: in the whole box they would float, or grow to fill it."""
    fields = {one.name: one for one in written(boxes(14), lambda _: "Tea")}
    _, bottom, _, top = fields["name"].rect
    assert top - bottom == pytest.approx(14 * 1.24 + 1, abs=0.1)
    assert min(run.baseline for run in fields["name"].runs) - bottom < 6


@pytest.mark.parametrize(
    ("rect", "several", "found"),
    [
        pytest.param((0, 0, 200, 23), False, Room((0, 0, 200, 18.36), STAYS, 50), id="a line"),
        pytest.param((0, 0, 200, 16), False, Room((0, 0, 200, 16), STAYS, 50), id="a low line"),
        pytest.param((0, 0, 200, 35), False, Room((0, 0, 200, 35), LINES | STAYS, 150), id="a line as high as two"),
        pytest.param((0, 0, 100, 60), True, Room((0, 0, 100, 60), LINES | STAYS, 150), id="a box"),
        pytest.param((0, 0, 100, 20), True, Room((0, 0, 100, 20), LINES | STAYS, 50), id="a low box"),
        pytest.param((0, 0, 1, 1), True, Room((0, 0, 1, 1), LINES | STAYS, 1), id="no room"),
    ],
)
def test_the_room_of_a_box(rect: Rect, several: bool, found: Room) -> None:  # noqa: FBT001 - a parameter
    got = room(rect, 14, several=several)
    assert got.rect == pytest.approx(found.rect)
    assert (got.flags, got.most) == (found.flags, found.most)


# Letters

LATIN = "".join(form_font.codes().values()).replace("\xa0", "")


def test_every_letter_of_the_form_font_is_drawn_by_it() -> None:
    """Each in the font of the leaflet: Chrome took others for ’ and ł, and none for Ŵ."""
    (field,) = [one for one in written(boxes(14), lambda _: f"Wyn {LATIN}") if one.name == "change"]
    assert field.printed == squeezed(f"Wyn{LATIN}")
    assert field.fonts == {form_font.NAME}


@pytest.mark.parametrize("words", ["Ŵyn’s goal – łódź", "“No…” — 5 €", "Țară, ğ, İ, ų, ķ, ħ, ŷ, ẃ", "½ × 2 ÷ ±"])
def test_letters_of_our_neighbours_are_drawn(words: str) -> None:
    for one in written(boxes(14), lambda _: words):
        if one.name in ("name", "tall", "change"):
            assert (one.name, one.value, one.printed) == (one.name, words, squeezed(words))
            assert one.fonts == {form_font.NAME}


@pytest.mark.skipif(
    sys.platform == "linux" and not any(Path("/usr/share/fonts").rglob("*.ttf")),
    reason="This system has no typeface from which a viewer could take a letter.",
)
@pytest.mark.parametrize("letters", ["ĎďĐđĚěĽľŇňŐőŔŕŘřŢţŤťŮůŰű", "²³µ©®ÐðÞþ"])
def test_what_it_lacks_a_viewer_takes_from_elsewhere(letters: str) -> None:
    (field,) = [one for one in written(boxes(14), lambda _: letters) if one.name == "change"]
    assert (field.value, field.printed) == (letters, letters)
    assert form_font.NAME not in field.fonts


def test_all_letters_of_the_leaflets_font_are_known() -> None:
    """Each is drawn by the form's font, or is one of those that viewers draw in another."""
    from fontTools.ttLib import TTFont

    from printables.typeset.fonts import font_assets

    font = TTFont(io.BytesIO(font_assets()[form_font.FILE]))
    letters = {chr(code) for code in font.getBestCmap() if unicodedata.category(chr(code)) in ("Lu", "Ll")}
    assert letters - set(LATIN) == {*"ĎďĐđĚěĽľŇňŐőŔŕŘřŢţŤťŮůŰűÐðÞþµμªºƒΔΩπℓ∂∑∏"} & letters
    assert set("ŴŵŶŷẀẁẂẃẄẅỲỳİ").isdisjoint(letters), "the font has them itself now"


def test_accents_stand_above_their_letters() -> None:
    """Of the letters that are put together here: as high and as far as in the font's own."""
    outlines = {
        name: _bounds(name) for name in ("w", "e", "wcircumflex", "ecircumflex", "W", "Wcircumflex", "Ecircumflex")
    }
    for base, made, like in (("w", "wcircumflex", "ecircumflex"), ("W", "Wcircumflex", "Ecircumflex")):
        left, _, right, _ = outlines[base]
        assert outlines[made][3] == outlines[like][3], "the top of the accent"
        assert (outlines[made][0], outlines[made][2]) == (left, right), "no wider than the letter"


def _bounds(name: str) -> tuple[float, float, float, float]:
    from fontTools.cffLib import CFFFontSet
    from fontTools.pens.boundsPen import BoundsPen

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(form_font.outlines()), None)
    (font,) = (fonts[each] for each in fonts.fontNames)
    pen = BoundsPen(None)
    font.CharStrings[name].draw(pen)
    return tuple(pen.bounds)


def test_other_programs_write_with_the_same_font(tmp_path: Path) -> None:
    """pypdf takes the last name of the font, PDFium the first; a checker accepts what they make of it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(boxes(14)))
    words = {"name": "Ŵyn’s goal – łódź", "change": "Țară, ğ, İ, ų"}
    writer.update_page_form_field_values(writer.pages[0], words, auto_regenerate=False)
    writer.write(target := io.BytesIO())
    assert page_validation.validate_pdf_bytes(target.getvalue(), profile="ua1").is_compliant
    fields = {one.name: one for one in on_paper(target.getvalue())}
    assert {name: fields[name].printed for name in words} == {name: squeezed(said) for name, said in words.items()}
    assert fields["name"].fonts == {form_font.NAME}


# In a browser


@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium")
def test_typed_in_chromium_it_is_on_the_paper(tmp_path: Path) -> None:
    """Its own viewer, a mouse and a keyboard; what it saves is printed, as it would print it."""
    (tmp_path / "sheet.pdf").write_bytes(boxes(14))
    with sync_playwright() as playwright, serving(tmp_path) as address:
        arguments = ["--headless=new", "--no-sandbox"]  # the old way to be headless has no viewer of PDFs
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), headless=False, args=arguments)
        page = browser.new_page(viewport={"width": 900, "height": 1300})
        page.goto(f"{address}sheet.pdf#toolbar=0&navpanes=0&zoom=100")
        saved = _filled(page)
        browser.close()
    if saved is None:
        pytest.skip("this Chromium's viewer saves in another way")
    assert lost(saved) == {}
    assert all(one.value for one in saved)


def _filled(page: Page) -> list[Written] | None:
    """From field to field with the Tab key, once more where the viewer was not ready; None where it saves nothing."""
    fields = None
    for _ in range(5):
        page.wait_for_timeout(1000)
        page.mouse.click(300, 60)
        for _ in BOXES:
            page.keyboard.press("Tab")
            page.keyboard.type(STORY[:40])
        page.keyboard.press("Tab")
        page.wait_for_timeout(500)
        viewer = next((frame for frame in page.frames if frame.url.startswith("chrome-extension://")), None)
        saved = viewer.evaluate(SAVE) if viewer else None
        fields = on_paper(base64.b64decode(saved)) if saved else fields
        if fields and all(one.value for one in fields):
            break
    return fields


SAVE = """async () => {
  const viewer = document.querySelector('pdf-viewer');
  const control = viewer && (viewer.pluginController_ || viewer.currentController);
  if (!control || !control.save) return null;
  const made = await control.save('EDITED');
  const bytes = new Uint8Array(made.dataToSave);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}"""
