"""Pictures of finished pages, for the preview and the website."""

from __future__ import annotations

import io

import pypdfium2 as pdfium


def page_pictures(pdf: bytes, dpi: float = 96) -> list[bytes]:
    """One PNG a page, at `dpi` dots per inch (96: A4 becomes 794 by 1,123 pixels)."""
    with pdfium.PdfDocument(pdf) as document:
        return [_png(page, dpi / 72) for page in document]


def _png(page: pdfium.PdfPage, scale: float) -> bytes:
    target = io.BytesIO()
    page.render(scale=scale).to_pil().save(target, "PNG")
    return target.getvalue()
