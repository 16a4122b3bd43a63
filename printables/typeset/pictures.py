"""Pictures of finished pages, for the preview, the contact sheet and the website."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

import pypdfium2 as pdfium

if TYPE_CHECKING:
    from PIL.Image import Image

COLOURS = 64
"""Colours of a small picture: enough for one accent and its tints, at a quarter of the size of all of them."""

Colour = tuple[int, int, int]
APART = 8
"""How far two colours must be apart in a channel, or Pillow takes the one for the other: white for nearly white."""


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
    return _packed(drawn.quantize(COLOURS, Image.Quantize.MEDIANCUT))  # keeps pale tints, which the others merge


def in_two_sizes(pdf: bytes, numbers: Iterable[int], width: int) -> dict[int, tuple[bytes, bytes]]:
    """PNGs of few colours of the pages with these numbers (from 0): `width` pixels wide, and half as wide."""
    return {number: _two(drawn) for number, drawn in drawn_pages(pdf, numbers, width).items()}


def drawn_pages(pdf: bytes, numbers: Iterable[int], width: int) -> dict[int, Image]:
    """The pages with these numbers (from 0), `width` pixels wide."""
    with pdfium.PdfDocument(pdf) as document:
        pages = {number: document[number] for number in numbers}
        return {
            number: page.render(scale=width / page.get_width()).to_pil().convert("RGB")
            for number, page in pages.items()
        }


def _two(drawn: Image) -> tuple[bytes, bytes]:
    """Both sizes from one drawing and in the same colours: to draw and to look for colours cost more than all else."""
    colours = few_colours(drawn, COLOURS)
    return _packed(in_colours(drawn, colours)), _packed(in_colours(drawn.reduce(2), colours))


def in_colours(drawn: Image, colours: Image) -> Image:
    """`drawn` in the colours of the palette of `colours`."""
    from PIL.Image import Dither

    return drawn.quantize(palette=colours, dither=Dither.NONE)


def few_colours(drawn: Image, count: int) -> Image:
    """A picture whose palette has `count` colours for `drawn`, found in a quarter of its pixels.

    A quarter of them are the commonest as they are, so that white paper stays white.
    """
    from PIL import Image

    some = drawn.resize((drawn.width // 2, drawn.height // 2), Image.Resampling.NEAREST)
    counted = cast("list[tuple[int, Colour]]", some.getcolors(some.width * some.height))
    commonest = [colour for _, colour in sorted(counted, reverse=True)[: count // 4]]
    values = some.quantize(count - len(commonest), Image.Quantize.MEDIANCUT).getpalette() or []
    mixed = zip(values[::3], values[1::3], values[2::3], strict=True)
    kept: list[Colour] = []
    for colour in (*commonest, *mixed):
        if all(max(abs(a - b) for a, b in zip(colour, other, strict=True)) >= APART for other in kept):
            kept.append(colour)
    palette = Image.new("P", (1, 1))
    palette.putpalette([channel for colour in kept for channel in colour])
    return palette


def _packed(picture: Image) -> bytes:
    """The picture as a PNG. The best compression would take eight times as long, and save three in a hundred bytes."""
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=6)
    return target.getvalue()
