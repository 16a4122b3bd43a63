"""Lines to write on take what is left of their page, and nothing else changes its place on paper."""

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
from printables.typeset.page import BASE_URL
from printables.typeset.start import load_engine

LINE = 27
STYLE = """@page { size: 300pt 400pt; margin: 40pt }
html { font: 14pt/18pt "Atkinson Hyperlegible" } body, p { margin: 0 }
.ruled { height: 27pt;
  background: linear-gradient(180deg, #000 0, #000 1pt, transparent 1pt) 0 25pt / 100% 27pt repeat-y }
.note { float: footnote; footnote-display: block; line-height: 18pt } .anchor { line-height: 0 }
.note::footnote-call, .note::footnote-marker { content: none }"""
NOTES = '<div class="notes"><p>Notes</p><div class="ruled grows"></div></div>'
pytestmark = pytest.mark.pdf


def grown(body: str) -> Any:
    """The document with this body after its lines have grown."""
    load_engine()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), MemoryFetcher(font_assets())
    sheet = CSS(string=font_css() + STYLE, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts)
    html = HTML(
        string=f"<!doctype html><html lang=en><title>t</title><h1>t</h1>{body}", base_url=BASE_URL, url_fetcher=fetcher
    )
    document = html.render(font_config=fonts, stylesheets=[sheet], pdf_variant=VARIANT)
    ruled_lines.grow(document)
    return document


def heights(document: Any) -> list[int]:
    """The heights in points of all boxes to write in, page by page."""
    boxes = (box for page in document.pages for box in internals.boxes(page) if is_ruled(box))
    return [round(box.height * internals.PX) for box in boxes]


def is_ruled(box: Any) -> bool:
    """Whether it is the box of an element of the class "ruled"."""
    return internals.stands_for_element(box) and "ruled" in internals.element_of(box).get("class", "")


def dark_rows(document: Any) -> list[float]:
    """The distances in points of the lines drawn across the first page, from its top."""
    page = pypdfium2.PdfDocument(io.BytesIO(document.write_pdf(pdf_variant=VARIANT)))[0]
    bitmap = page.render(scale=4, grayscale=True).to_numpy().squeeze()
    rows = [row / 4 for row, line in enumerate(bitmap) if (line[200:-200] < 128).all()]
    return [row for at, row in enumerate(rows) if not at or row - rows[at - 1] > 1]


def test_lines_grow_down_to_the_margin() -> None:
    (height,) = heights(grown(NOTES))
    assert height % LINE == 0
    assert height == 9 * LINE  # 320 points, less a heading of 37 with its margins and a line of 18


def test_the_lines_are_drawn_at_even_distances() -> None:
    rows = dark_rows(grown(NOTES))
    assert len(rows) == 9
    assert [below - above for above, below in pairwise(rows)] == pytest.approx([LINE] * 8, abs=0.5)


def test_what_follows_moves_down_and_stays_on_the_page() -> None:
    document = grown(NOTES + '<p id="below">Below</p>')
    (page,) = document.pages
    below = next(
        box
        for box in internals.boxes(page)
        if internals.stands_for_element(box) and internals.element_of(box).get("id") == "below"
    )
    ruled = next(box for box in internals.boxes(page) if is_ruled(box))
    assert internals.lower_edge(ruled) == pytest.approx(below.position_y)
    assert internals.lower_edge(below) <= internals.foot_of(page)
    assert internals.foot_of(page) - internals.lower_edge(below) < LINE / internals.PX


def test_those_on_one_page_share_what_is_left() -> None:
    rooms = heights(grown(3 * NOTES))
    assert sum(rooms) == 7 * LINE
    assert max(rooms) - min(rooms) <= LINE


def test_a_footnote_keeps_its_room() -> None:
    document = grown(f'<div class="anchor"><div class="note">A note at the foot</div></div>{NOTES}')
    (page,) = document.pages
    assert internals.foot_of(page) * internals.PX == pytest.approx(360 - 18 - 14)  # the note, and 1 em above it
    assert heights(document) == [7 * LINE]


def test_a_page_without_room_stays_as_it_is() -> None:
    document = grown(f'<p style="height: 200pt">Full</p>{NOTES}')
    assert heights(document) == [LINE]
