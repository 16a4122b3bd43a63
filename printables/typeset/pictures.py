"""Pictures of finished pages, for the preview, the contact sheet and the website."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pypdfium2 as pdfium

COLOURS = 64
"""Colours of a small picture: enough for one accent and its tints, at a quarter of the size of all of them."""


def page_pictures(pdf: bytes, dpi: float = 96) -> list[bytes]:
    """One PNG a page, at `dpi` dots per inch (96: A4 becomes 794 by 1,123 pixels)."""
    with pdfium.PdfDocument(pdf) as document:
        return [_png(page, dpi / 72) for page in document]


def small_pictures(pdf: bytes, dpi: float, *, grey: bool = False) -> list[bytes]:
    """One PNG of few colours a page; with `grey`, as a printer without colours would print it."""
    with pdfium.PdfDocument(pdf) as document:
        return [_small_png(page, dpi / 72, grey=grey) for page in document]


def _png(page: pdfium.PdfPage, scale: float) -> bytes:
    target = io.BytesIO()
    page.render(scale=scale).to_pil().save(target, "PNG", compress_level=1)  # as small as 6 for pages, half the time
    return target.getvalue()


def _small_png(page: pdfium.PdfPage, scale: float, *, grey: bool) -> bytes:
    from PIL import Image

    drawn = page.render(scale=scale).to_pil().convert("L" if grey else "RGB")
    few = drawn.quantize(COLOURS, Image.Quantize.MEDIANCUT)  # keeps pale tints as they are, which the others merge
    target = io.BytesIO()
    few.save(target, "PNG", optimize=True)
    return target.getvalue()


def pages_as(pdf: bytes, numbers: Iterable[int], width: int) -> dict[int, bytes]:
    """PNGs of few colours, `width` pixels wide, of the pages with these numbers (from 0)."""
    with pdfium.PdfDocument(pdf) as document:
        pages = {number: document[number] for number in numbers}
        return {number: _small_png(page, width / page.get_width(), grey=False) for number, page in pages.items()}
