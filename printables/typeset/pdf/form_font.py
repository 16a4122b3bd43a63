"""The font in which a reader's own words appear in a form: the leaflet's, whole, and addressed by characters.

The pages use subsets, addressed by glyph. A viewer that draws what somebody types needs every letter, and the way
from a character to its glyph; where they lack, Acrobat takes another font. So this is the whole file (30 kB in the PDF)
with one byte a character, those of Western Europe (WinAnsi). Letters beyond them are kept, and drawn by viewers in a
font of their own: more names in the encoding, of Polish letters for one, are refused by a checker once they are used.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pydyf

from printables.typeset.fonts import font_assets

FILE = "fonts/AtkinsonHyperlegible-Regular.ttf"
NAME = "AtkinsonHyperlegible-Regular"
ALIAS = "Atkinson"
"""What the fields call it."""
CODES = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256) if code != 127}
"""The character of each code in WinAnsi, from the space on; five codes have none."""
NONSYMBOLIC = 32


def add_font(pdf: pydyf.PDF) -> bytes:
    """Puts the font into the PDF; returns its reference."""
    from fontTools.ttLib import TTFont

    data = font_assets()[FILE]
    font = TTFont(io.BytesIO(data), lazy=True)
    file = _added(pdf, pydyf.Stream([data], pydyf.Dictionary({"Length1": len(data)}), compress=True))
    return _added(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/TrueType",
                "BaseFont": f"/{NAME}",
                "Encoding": "/WinAnsiEncoding",
                "FirstChar": 32,
                "LastChar": 255,
                "Widths": pydyf.Array(_widths(font)),
                "FontDescriptor": _added(pdf, _descriptor(font, file)),
                "ToUnicode": _added(pdf, pydyf.Stream(list(_to_unicode()), compress=True)),
            }
        ),
    )


def _added(pdf: pydyf.PDF, item: Any) -> bytes:
    pdf.add_object(item)
    return bytes(item.reference)


def _widths(font: Any) -> list[int]:
    """Of each code from 32 to 255. The font has 1,000 units to the em, as PDF wants them."""
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    letters = (CODES.get(code, "") for code in range(32, 256))
    return [widths[glyphs[ord(letter)]][0] if letter else 0 for letter in letters]


def _descriptor(font: Any, file: bytes) -> pydyf.Dictionary:
    head, lines = font["head"], font["hhea"]
    return pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": f"/{NAME}",
            "Flags": NONSYMBOLIC,
            "FontBBox": pydyf.Array([head.xMin, head.yMin, head.xMax, head.yMax]),
            "ItalicAngle": 0,
            "Ascent": lines.ascent,
            "Descent": lines.descent,
            "CapHeight": font["OS/2"].sCapHeight,
            "StemV": 80,
            "FontFile2": file,
        }
    )


def _to_unicode() -> Iterator[str]:
    """The way back from a code to its character, in blocks of 100 as the format demands."""
    yield "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    yield "/CMapName /Adobe-Identity-UCS def /CMapType 2 def"
    yield "1 begincodespacerange <00> <ff> endcodespacerange"
    pairs = [(code, ord(letter)) for code, letter in CODES.items() if letter]
    for first in range(0, len(pairs), 100):
        block = pairs[first : first + 100]
        yield f"{len(block)} beginbfchar"
        yield from (f"<{code:02x}> <{letter:04x}>" for code, letter in block)
        yield "endbfchar"
    yield "endcmap CMapName currentdict /CMap defineresource pop end end"
