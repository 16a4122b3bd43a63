"""Zeros of telephone numbers without a slash, which a photocopy makes an eight; codes keep theirs."""

from __future__ import annotations

import hashlib
import io

import pypdfium2 as pdfium
import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from printables.typeset import open_zero
from printables.typeset.engine import typeset
from printables.typeset.fonts import OPEN_ZERO, font_assets
from printables.typeset.inspect.glyph_run import GlyphRun
from printables.typeset.inspect.text import read_pdf
from printables.typeset.page import Page

PAGE = (
    '<html lang="en"><title>x</title><body><h1>Ring 0800</h1><p data-phone>Call 0800 1001.</p>'
    "<p data-phone><strong>Text 0300.</strong></p><p>Code A-00</p></body></html>"
)
CSS = (
    'html { font: 14pt/18pt "Atkinson Hyperlegible", sans-serif }'
    ' [data-phone] { font-family: "Printables Open Zero", "Atkinson Hyperlegible", sans-serif }'
)


def runs(pdf: bytes) -> list[GlyphRun]:
    return [run for sheet in read_pdf(pdf) for line in sheet.lines for run in line.runs]


def area(font: TTFont) -> float:
    """How much ink a zero takes; a hole counts against it."""
    pen = AreaPen()
    font.getGlyphSet()[font.getBestCmap()[0x30]].draw(pen)
    return abs(float(pen.value))


@pytest.mark.parametrize(("weight", "file"), [("normal", "Regular"), ("bold", "Bold")])
def test_the_zero_is_the_typefaces_own_with_a_hole_in_place_of_the_slash(weight: str, file: str) -> None:
    own = TTFont(io.BytesIO(font_assets()[f"fonts/AtkinsonHyperlegible-{file}.ttf"]))
    made = TTFont(io.BytesIO(open_zero.open_zero_assets()[f"fonts/OpenZero-{weight}.ttf"]))
    assert (made["glyf"]["zero"].numberOfContours, own["glyf"]["zero"].numberOfContours) == (2, 3)
    assert made["hmtx"]["zero"][0] == own["hmtx"]["zero"][0]
    assert made["glyf"]["zero"].xMax == own["glyf"]["zero"].xMax
    assert 0.3 < area(made) / area(own) < 0.95  # two holes beside a slash are smaller than one
    assert {*made.getBestCmap()} == {0x20, 0x30, 0xA0}


def test_it_is_made_of_the_same_bytes_each_time() -> None:
    first = {name: hashlib.sha256(data).hexdigest() for name, data in open_zero.open_zero_assets().items()}
    open_zero.open_zero_assets.cache_clear()
    assert {n: hashlib.sha256(data).hexdigest() for n, data in open_zero.open_zero_assets().items()} == first


@pytest.mark.pdf
def test_only_zeros_of_numbers_are_open_and_all_are_read_as_zeros() -> None:
    made = typeset(Page(PAGE, CSS))
    assert made.findings == ()
    fonts = {font for run in runs(made.pdf) for font in [run.font] if set(run.text.strip()) == {"0"}}
    assert len([one for one in fonts if OPEN_ZERO.replace(" ", "") in one.replace("-", "")]) == 2, fonts
    others = [run for run in runs(made.pdf) if OPEN_ZERO.replace(" ", "") not in run.font.replace("-", "")]
    assert [run.text for run in others if "0" in run.text] == ["Ring 0800", "Code A-00"]
    with pdfium.PdfDocument(made.pdf) as document:
        text = " ".join(document[0].get_textpage().get_text_range().replace("\u00a0", " ").split())
    assert "Call 0800 1001. Text 0300." in text
