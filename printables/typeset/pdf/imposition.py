"""The pages of a booklet, two by two on the sheets of paper that are folded to it.

A5 pages on A4 sheets, lying, at their own size: printed on both sides, flipped on the short edge, put together, folded
once and stapled in the fold. The sheets are for the printer alone; readers on a screen have the leaflet itself.
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

from printables.checklist import Rule
from printables.typeset.page import Finding

MM = 72 / 25.4
"""Points in a millimetre."""
A5 = (148 * MM, 210 * MM)
A4_LYING = (297 * MM, 210 * MM)
ROUNDING = 0.5
"""Points by which a page may miss its size: sizes in a PDF are rounded."""
TITLE = "{title}: booklet sheets, print on both sides, flip on the short edge"
IDENTITY = re.compile(rb"/ID\[[^\]]*\](?=>>\s*startxref)")
"""The two numbers by which a PDF is known. PDFium makes the second by chance."""


def order(pages: int, *, right_bound: bool = False) -> list[tuple[int, int]]:
    """The pages, counted from 1, on the left and the right of each side: the front of sheet 1, its back, and so on.

    A booklet with words from right to left has its fold on the right, and its first page on the left of it.
    """
    if pages < 1 or pages % 4:
        raise ValueError(f"A booklet of sheets folded once has 4, 8 or 12 pages and so on, and this one has {pages}.")
    fronts = ((pages - first, first + 1) for first in range(0, pages // 2, 2))
    sides = [side for left, right in fronts for side in ((left, right), (right + 1, left - 1))]
    return [(right, left) for left, right in sides] if right_bound else sides


def impose(pdf: bytes, *, right_bound: bool = False) -> bytes:
    """The sheets of a booklet of A5 pages. Raises ValueError where they are no fours or not A5."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    with pdfium.PdfDocument(pdf) as leaflet, pdfium.PdfDocument.new() as ordered:
        sides = order(len(leaflet), right_bound=right_bound)
        _check_sizes(leaflet)
        ordered.import_pages(leaflet, [number - 1 for side in sides for number in side])
        title = TITLE.format(title=leaflet.get_metadata_value("Title"))
        with (
            pdfium.PdfDocument(raw.FPDF_ImportNPagesToOne(ordered, *A4_LYING, 2, 1)) as pairs,
            pdfium.PdfDocument(_wrapper(title)) as sheets,
        ):
            sheets.import_pages(pairs)
            del sheets[0]
            return _saved(sheets, hashlib.sha256(pdf).hexdigest()[:32])


def imposed(pdf: bytes, *, right_bound: bool = False) -> tuple[bytes, list[Finding]]:
    """The sheets, or what keeps the pages from being put on any."""
    try:
        return impose(pdf, right_bound=right_bound), []
    except ValueError as error:
        return b"", [
            Finding(Rule.A16, str(error), "Give the booklet A5 pages, and a note page that fills them up to fours.")
        ]


def _check_sizes(leaflet: Any) -> None:
    for number, page in enumerate(leaflet, start=1):
        width, height = page.get_size()
        page.close()
        if abs(width - A5[0]) > ROUNDING or abs(height - A5[1]) > ROUNDING:
            size = f"{width / MM:.0f} by {height / MM:.0f} mm"
            raise ValueError(f"Page {number} is {size}, and the pages of a booklet are A5, 148 by 210 mm.")


def _wrapper(title: str) -> bytes:
    """A PDF with one page to be taken out again. It carries what PDFium cannot write: a title, and how to print it."""
    import pydyf

    pdf = pydyf.PDF()
    pdf.info["Title"] = pydyf.String(title)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"DisplayDocTitle": "true", "Duplex": "/DuplexFlipShortEdge", "PrintScaling": "/None"}
    )
    box = pydyf.Array([0, 0, 1, 1])
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": box}))
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()


def _saved(document: Any, identity: str) -> bytes:
    """The bytes of a document, with an identity that is the same each time. Nothing follows it but where to begin."""
    written = io.BytesIO()
    document.save(written)
    return IDENTITY.sub(f"/ID[<{identity}><{identity}>]".encode(), written.getvalue())
