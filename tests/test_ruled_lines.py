"""Lines to write on take what is left of their page, and never a page of their own."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest

from printables.typeset import ruled_lines
from printables.typeset import weasyprint_internals as internals
from printables.typeset.engine import VARIANT
from printables.typeset.fetcher import MemoryFetcher
from printables.typeset.fonts import font_assets, font_css
from printables.typeset.open_zero import open_zero_assets
from printables.typeset.page import BASE_URL
from printables.typeset.start import load_engine

LINE = 27
STYLE = """@page { size: 300pt 400pt; margin: 40pt }
html { font: 14pt/18pt "Atkinson Hyperlegible" } body, h1, p { margin: 0; font-size: 14pt }
.own-notes { position: relative; height: 0 }
.own-notes::before { content: attr(data-label); position: absolute; top: 0 }
.own-lines { position: absolute; top: 18pt; left: 0; right: 0; height: 27pt;
  background: linear-gradient(180deg, #000 0, #000 1pt, transparent 1pt) 0 25pt / 100% 27pt repeat-y }
.own-lines.low { height: 18pt; background-size: 100% 18pt }
.own-lines.boxed { padding: 10pt 0 20pt; background-origin: content-box; background-clip: content-box }
.anchor { line-height: 0 } .note { float: footnote; footnote-display: block; line-height: 18pt }
.note::footnote-call, .note::footnote-marker { content: none }"""
NOTES = '<div class="own-notes" data-label="Notes:"><div class="own-lines"></div></div>'
pytestmark = pytest.mark.pdf


def ruled(body: str) -> Any:
    """The document with a heading of one line and this body, after its notes are ruled."""
    load_engine()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), MemoryFetcher(font_assets() | open_zero_assets())
    sheet = CSS(string=font_css() + STYLE, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts)
    page = f"<!doctype html><html lang=en><title>t</title><h1>t</h1>{body}"
    html = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher)
    document = html.render(font_config=fonts, stylesheets=[sheet], pdf_variant=VARIANT)
    ruled_lines.rule_notes(document)
    return document


def lines(document: Any) -> list[list[float]]:
    """The height in points, from the top, of each line that is drawn across a page, page by page."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(document.write_pdf(pdf_variant=VARIANT)))
    return [_rows(page.render(scale=4, grayscale=True).to_numpy().squeeze()) for page in pdf]


def _rows(bitmap: Any) -> list[float]:
    rows = [row / 4 for row, line in enumerate(bitmap) if (line[200:-200] < 128).all()]
    return [row for at, row in enumerate(rows) if not at or row - rows[at - 1] > 1]


def text(document: Any) -> str:
    """The words of all pages."""
    pdf = pypdfium2.PdfDocument(io.BytesIO(document.write_pdf(pdf_variant=VARIANT)))
    return " ".join(page.get_textpage().get_text_bounded() for page in pdf)


def test_there_are_five_lines_at_most_at_even_distances() -> None:
    (rows,) = lines(ruled(f'<p style="height: 80pt">A third</p>{NOTES}'))
    assert len(rows) == ruled_lines.MOST
    assert [below - above for above, below in pairwise(rows)] == pytest.approx([LINE] * 4, abs=0.5)


def test_where_next_to_nothing_stands_above_lines_go_on_until_the_page_is_not_half_empty() -> None:
    (rows,) = lines(ruled(NOTES.replace("own-lines", "own-lines low")))
    assert len(rows) == 8  # they begin at 76 points, and 60 % of 360 are 216: 7 lines of 18 points come to 202


def test_the_padding_of_a_box_around_lines_is_no_room_for_them() -> None:
    (rows,) = lines(ruled(f'<p style="height: 200pt">Full</p>{NOTES.replace("own-lines", "own-lines boxed")}'))
    assert len(rows) == 2 and 360 - 27 - 24 < rows[-1] < 360 - 20


def test_where_less_is_left_lines_go_down_to_the_margin() -> None:
    (rows,) = lines(ruled(f'<p style="height: 200pt">Full</p>{NOTES}'))
    assert len(rows) == 3 and 360 - LINE < rows[-1] < 360


def test_a_footnote_keeps_its_room() -> None:
    note = '<div class="anchor"><div class="note">A note at the foot</div></div>'
    document = ruled(f'{note}<p style="height: 200pt">Full</p>{NOTES}')
    (page,) = document.pages
    assert internals.foot_of(page) * internals.PX == pytest.approx(360 - 18 - 14)  # the note, and 1 em above it
    (rows,) = lines(document)
    assert len(rows) == 1


def test_where_one_line_has_room_there_is_one() -> None:
    document = ruled(f'<p style="height: 250pt">Full</p>{NOTES}')
    assert [len(rows) for rows in lines(document)] == [1]
    assert "Notes:" in text(document)


@pytest.mark.parametrize("filled", [260, 302])
def test_where_no_line_has_room_there_is_nothing_and_no_page_more(filled: int) -> None:
    document = ruled(f'<p style="height: {filled}pt">Full</p>{NOTES}')
    assert lines(document) == [[]]
    assert "Notes:" not in text(document)


def test_lines_end_above_what_follows() -> None:
    document = ruled(f'{NOTES}<p style="margin-top: 100pt">Below</p>')
    assert [len(rows) for rows in lines(document)] == [3]


def test_what_takes_no_room_below_them_does_not_end_them() -> None:
    """A section that holds floats ends with an empty box of its own."""
    document = ruled(f'<p style="height: 200pt">Full</p><section>{NOTES}<div style="clear: both"></div></section>')
    assert [len(rows) for rows in lines(document)] == [3]
