"""Step 5, booklets: which page stands where on which sheet, proven on the finished PDF."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest

from printables.checklist import Rule
from printables.typeset.engine import typeset
from printables.typeset.inspect.text import read_pdf
from printables.typeset.page import Finding, Page, PrintRules
from printables.typeset.pdf.imposition import impose, order

ROOT = Path(__file__).resolve().parent.parent
MM = 72 / 25.4
CSS = """
@page { size: A5; margin: 12mm; @bottom-center { content: counter(page) " of " counter(pages); font-size: 12pt } }
html { font: 14pt/1.5 "Atkinson Hyperlegible" } section { break-before: page }
h1, h2 { font-size: 18pt; margin: 0 } .edge { height: 150mm; border-left: 1pt solid #111 }
"""
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
FILLER = '<section id="notes-{number}"><h2>Note page {number}</h2><div class="edge"></div></section>'


def booklet(pages: int, size: str = "A5", multiple: int = 1) -> Page:
    """A booklet whose pages say which they are: "This is page three"."""
    first, *others = (f'<p>This is page {name}</p><div class="edge"></div>' for name in NUMBERS[:pages])
    body = f"<h1>Folded</h1>{first}" + "".join(f"<section>{text}</section>" for text in others)
    html = f'<!doctype html><html lang="en"><head><title>Földed</title></head><body>{body}</body></html>'
    return Page(html, CSS.replace("A5", size), (), PrintRules(max_pages=12), multiple, FILLER, booklet=True)


def halves(sheets: bytes) -> list[tuple[str, str]]:
    """The words on the left and on the right half of each side of the sheets."""
    with pdfium.PdfDocument(sheets) as document:
        sides = []
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            left, right = (text.get_text_bounded(at, 0, at + width / 2, height) for at in (0, width / 2))
            sides.append((left, right))
        return sides


def page_named(text: str) -> int:
    (name,) = re.findall(r"This is page (\w+)", text)
    return NUMBERS.index(name) + 1


def test_order_of_the_pages() -> None:
    assert order(4) == [(4, 1), (2, 3)]
    assert order(8, right_bound=True) == [(1, 8), (7, 2), (3, 6), (5, 4)]
    assert order(8) == [(8, 1), (2, 7), (6, 3), (4, 5)]
    assert order(12) == [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]


@pytest.mark.parametrize("pages", [4, 8, 12, 16, 40])
def test_a_folded_booklet_reads_from_1_to_the_end(pages: int) -> None:
    """Sheets laid into each other and leafed through: the right halves in the first half, then the left halves."""
    sides = order(pages)
    fronts, backs = sides[::2], sides[1::2]
    opening = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    closing = [page for front, back in zip(fronts, backs, strict=True) for page in (front[0], back[1])]
    assert opening + closing[::-1] == list(range(1, pages + 1))


@pytest.mark.parametrize("pages", [0, 1, 2, 3, 5, 6, 7, 9])
def test_other_counts_are_refused(pages: int) -> None:
    with pytest.raises(ValueError, match=f"and this one has {pages}"):
        order(pages)


@pytest.mark.pdf
@pytest.mark.parametrize("pages", [4, 8, 12])
def test_every_page_stands_on_its_half_of_its_sheet(pages: int) -> None:
    printed = typeset(booklet(pages))
    assert printed.findings == ()
    sides = halves(printed.sheets)
    assert [(page_named(left), page_named(right)) for left, right in sides] == order(pages)
    footers = [(f"{left} of {pages}", f"{right} of {pages}") for left, right in order(pages)]
    assert all(left in words[0] and right in words[1] for (left, right), words in zip(footers, sides, strict=True)), (
        "the page numbers that readers see"
    )


@pytest.mark.pdf
def test_pages_filled_up_to_fours_come_onto_two_sheets() -> None:
    printed = typeset(booklet(5, multiple=4))
    assert (printed.pages, printed.findings) == (8, ())
    words = [
        [re.findall(r"This is page \w+|Note page \d", half)[0] for half in side] for side in halves(printed.sheets)
    ]
    assert words == [
        ["Note page 3", "This is page one"],
        ["This is page two", "Note page 2"],
        ["Note page 1", "This is page three"],
        ["This is page four", "This is page five"],
    ]


@pytest.mark.pdf
def test_sheets_are_a4_lying_and_nothing_is_scaled() -> None:
    printed = typeset(booklet(4))
    for sheet in read_pdf(printed.sheets):
        assert (sheet.width / MM, sheet.height / MM) == pytest.approx((297, 210), abs=0.01)
    before, after = (
        {
            line.text: (run.size, run.rect[2] - run.rect[0])
            for sheet in sheets
            for line in sheet.lines
            for run in line.runs
        }
        for sheets in (read_pdf(printed.pdf), read_pdf(printed.sheets))
    )
    assert len(before) == 9 and after.keys() == before.keys()
    assert {text: pytest.approx(size, abs=0.001) for text, size in before.items()} == after


@pytest.mark.pdf
def test_title_and_print_settings() -> None:
    with pikepdf.open(io.BytesIO(typeset(booklet(4)).sheets)) as pdf:
        title = "Földed: booklet sheets, print on both sides, flip on the short edge"
        assert pdf.docinfo["/Title"] == title
        assert pdf.Root.ViewerPreferences == {
            "/DisplayDocTitle": True,
            "/Duplex": pikepdf.Name.DuplexFlipShortEdge,
            "/PrintScaling": pikepdf.Name("/None"),
        }
        assert pdf.check_pdf_syntax() == []
        assert "/CreationDate" not in pdf.docinfo


@pytest.mark.pdf
def test_five_pages_are_refused() -> None:
    printed = typeset(booklet(5))
    assert (printed.pages, printed.sheets) == (5, b"")
    assert printed.findings == (
        Finding(
            Rule.A16,
            "A booklet of sheets folded once has 4, 8 or 12 pages and so on, and this one has 5.",
            "Give the booklet A5 pages, and a note page that fills them up to fours.",
        ),
    )
    with pytest.raises(ValueError, match="this one has 5"):
        impose(printed.pdf)


@pytest.mark.pdf
def test_pages_that_are_not_a5_are_refused() -> None:
    (finding,) = typeset(booklet(4, "A4")).findings
    assert finding.what == "Page 1 is 210 by 297 mm, and the pages of a booklet are A5, 148 by 210 mm."


@pytest.mark.pdf
def test_other_pages_have_no_sheets() -> None:
    page = booklet(4)
    assert typeset(Page(page.html, page.css)).sheets == b""


@pytest.mark.pdf
@pytest.mark.long  # a page with fields is looked at in test_forms.py
def test_same_bytes_in_other_processes() -> None:
    script = (
        "import sys; from test_impose import booklet; from printables.typeset.engine import typeset;"
        "sys.stdout.buffer.write(typeset(booklet(8)).sheets)"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    made = []
    for zone, seed in (("Pacific/Auckland", "1"), ("America/Lima", "77")):
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        made.append(subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True).stdout)
    assert made[0].startswith(b"%PDF")
    assert made == [typeset(booklet(8)).sheets] * 2
    assert typeset(booklet(4)).sheets != made[0]
