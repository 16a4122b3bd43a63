"""The font in which a reader's own words appear in a form: the leaflet's, addressed by characters.

The pages use subsets, addressed by glyph. A viewer that draws what somebody types needs every letter, and the way from
a character to its glyph; where they lack, it takes another font or, for some letters, draws nothing. One byte a
character is what all viewers understand, so 255 characters have to do: Western Europe (WinAnsi) without signs that
nobody types, and in their places the letters of Welsh, Polish, Turkish, Romanian, Lithuanian, Latvian and Maltese. For
all others, and for other scripts, a viewer has fonts of its own. (A font of two bytes a character would hold the 24
letters that are left, and Chrome would then draw empty boxes for Cyrillic, Greek, Arabic or Chinese.)

The outlines go into the PDF as CFF, 13 kB. In TrueType, a checker takes names of letters beyond Western Europe for
wrong as soon as some program writes with the font.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import pydyf

from printables.typeset.fonts import font_assets

FILE = "fonts/AtkinsonHyperlegible-Regular.ttf"
NAME = "AtkinsonHyperlegible-Regular"
ALIAS = "Atkinson"
"""What the fields call it."""
SYMBOLS = "Wingdings3"
"""What they call it for Chrome: it draws letters beyond English, and ’ or –, in a font of its own choice, however well
a field's font knows them, unless that font is called so. It heeds the first name of two, other viewers the last."""
LETTERS = "ŴŵŶŷẀẁẂẃẄẅỲỳĄąĆćĘęŁłŃńŚśŹźŻżĞğİıŞşĂăȘșȚțČčĖėĮįŲųŪūĀāĒēĢģĪīĶķĻļŅņĊċĠġĦħ"
"""Beyond WinAnsi, language by language; the accents of Welsh come first."""
UNTYPED = "‚ƒ†‡ˆ‰‹˜™›¢¤¥¦¨©ª¬\xad®¯²³´µ¶·¸¹º¼¾ÐðÞþ"
"""Signs of WinAnsi that give their codes away, so that viewers take them from a font of theirs."""
SPARE = (*(code for code in range(1, 32) if code not in (9, 10, 13)), 127, 129, 141, 143, 144, 157)
"""Codes that WinAnsi does not use, without tabs and the ends of lines."""
ACCENTED = {"Ŵ": "WÊ", "ŵ": "wê", "Ŷ": "YÊ", "ŷ": "yê", "Ẁ": "WÈ", "ẁ": "wè", "Ẃ": "WÉ", "ẃ": "wé", "Ẅ": "WË"}
ACCENTED |= {"ẅ": "wë", "Ỳ": "YÈ", "ỳ": "yè", "İ": "IŻ"}
"""What the font lacks, of Welsh and Turkish: each from a letter, and another with the accent where it belongs."""
NONSYMBOLIC = 32


@cache
def codes() -> dict[int, str]:
    """The character of each code."""
    western = {code: bytes([code]).decode("cp1252") for code in range(32, 256) if code not in SPARE}
    free = [*SPARE, *(code for code, letter in western.items() if letter in UNTYPED)]
    return dict(sorted({**western, **dict(zip(free, LETTERS, strict=True))}.items()))


def add_font(pdf: pydyf.PDF) -> bytes:
    """Puts the font into the PDF; returns its reference."""
    drawn, widths, descriptor = _made()
    file = _added(pdf, pydyf.Stream([drawn], pydyf.Dictionary({"Subtype": "/Type1C"}), compress=True))
    described = pydyf.Dictionary({**descriptor, "FontBBox": pydyf.Array(descriptor["FontBBox"]), "FontFile3": file})
    return _added(
        pdf,
        pydyf.Dictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type1",
                "BaseFont": f"/{NAME}",
                "Encoding": pydyf.Dictionary(
                    {
                        "Type": "/Encoding",
                        "BaseEncoding": "/WinAnsiEncoding",
                        "Differences": pydyf.Array(list(_differences())),
                    }
                ),
                "FirstChar": min(codes()),
                "LastChar": max(codes()),
                "Widths": pydyf.Array(widths),
                "FontDescriptor": _added(pdf, described),
                "ToUnicode": _added(pdf, pydyf.Stream(list(_to_unicode()), compress=True)),
            }
        ),
    )


def _added(pdf: pydyf.PDF, item: Any) -> bytes:
    pdf.add_object(item)
    return bytes(item.reference)


def outlines() -> bytes:
    """The font as it stands in the PDF."""
    return _made()[0]


@cache
def _made() -> tuple[bytes, tuple[int, ...], dict[str, Any]]:
    """The outlines as CFF, the width of each code from the first to the last, and what the font says of itself.

    It has 1,000 units to the em, as PDF wants them. Its letters are drawn once for a process: 0.1 s.
    """
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(font_assets()[FILE]), lazy=True)
    drawn, widths = {}, {}
    for letter in ["", *dict.fromkeys(codes().values())]:
        widths[letter] = _width(font, letter)
        pen = T2CharStringPen(widths[letter], None)
        _draw(font, letter, pen)
        drawn[_name(letter)] = pen.getCharString()
    made = FontBuilder(font["head"].unitsPerEm, isTTF=False)
    made.setupGlyphOrder(list(drawn))
    made.setupCFF(NAME, {"FullName": NAME}, drawn, {})
    return (
        made.font["CFF "].compile(made.font),
        tuple(widths[codes()[code]] if code in codes() else 0 for code in range(min(codes()), max(codes()) + 1)),
        _described(font),
    )


def _width(font: Any, letter: str) -> int:
    return int(font["hmtx"][_glyph(font, ACCENTED.get(letter, letter)[:1])][0])


def _glyph(font: Any, letter: str) -> str:
    return str(font.getBestCmap()[ord(letter)]) if letter else ".notdef"


def _draw(font: Any, letter: str, pen: Any) -> None:
    """A letter of the font, or one that it lacks with the accent of another."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.transformPen import TransformPen

    base, like = ACCENTED.get(letter, letter)[:1], ACCENTED.get(letter, "")[1:]
    shapes = font.getGlyphSet()
    parts = [(_glyph(font, base), 0, 0)]
    if like:
        under, accent = font["glyf"][_glyph(font, like)].components
        moved = _middle(font, _glyph(font, base)) - _middle(font, under.glyphName)
        parts.append((accent.glyphName, accent.x + moved, accent.y))
    for name, x, y in parts:
        plain = DecomposingRecordingPen(shapes)
        shapes[name].draw(plain)
        plain.replay(TransformPen(pen, (1, 0, 0, 1, x, y)))


def _middle(font: Any, glyph: str) -> int:
    shape = font["glyf"][glyph]
    return int(shape.xMin + shape.xMax) // 2


def _name(letter: str) -> str:
    """A glyph's name: of the Adobe Glyph List where it has one."""
    from fontTools.agl import UV2AGL

    return (UV2AGL.get(ord(letter)) or f"uni{ord(letter):04X}") if letter else ".notdef"


def _differences() -> Iterator[int | str]:
    """Where the codes are not those of WinAnsi: a code, and the names from there on."""
    before = -1
    for code, letter in codes().items():
        if letter in LETTERS:
            yield from (f"/{_name(letter)}",) if code == before + 1 else (code, f"/{_name(letter)}")
            before = code


def _described(font: Any) -> dict[str, Any]:
    head, lines = font["head"], font["hhea"]
    return {
        "Type": "/FontDescriptor",
        "FontName": f"/{NAME}",
        "Flags": NONSYMBOLIC,
        "FontBBox": [head.xMin, head.yMin, head.xMax, head.yMax],
        "ItalicAngle": 0,
        "Ascent": lines.ascent,
        "Descent": lines.descent,
        "CapHeight": font["OS/2"].sCapHeight,
        "StemV": 80,
    }


def _to_unicode() -> Iterator[str]:
    """The way back from a code to its character, in blocks of 100 as the format demands."""
    yield "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
    yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    yield "/CMapName /Adobe-Identity-UCS def /CMapType 2 def"
    yield "1 begincodespacerange <00> <ff> endcodespacerange"
    pairs = [(code, ord(letter)) for code, letter in codes().items()]
    for first in range(0, len(pairs), 100):
        block = pairs[first : first + 100]
        yield f"{len(block)} beginbfchar"
        yield from (f"<{code:02x}> <{letter:04x}>" for code, letter in block)
        yield "endbfchar"
    yield "endcmap CMapName currentdict /CMap defineresource pop end end"
