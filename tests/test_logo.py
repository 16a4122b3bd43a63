"""A clinic's logo: what may be printed, what is left out, what is refused, and what the clinic is told.

Whatever passes here goes through the real engine, which must stay silent: one complaint would stop every leaflet.
"""

from __future__ import annotations

import base64
import io
import os
import random
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import quoteattr

import pypdfium2
import pytest
from library_case import LibraryCase
from PIL import Image, PngImagePlugin

from printables.library.logo import allowed, values
from printables.library.logo import svg as logo_svg
from printables.library.logo.logo import INSTEAD, Logo, read_logo
from printables.typeset.engine import typeset
from printables.typeset.page import Page, Printed

HOSTILE = Path(__file__).parent / "hostile" / "svg"
SIMPLER = "Save a simpler version of it, or save it as PNG."
AGAIN = "Save it again as plain SVG, or as PNG."
SMALLER = "Save it smaller, as PNG or JPEG."
AS_PNG = "Save it as PNG."
KINDS = "is neither SVG, PNG, JPEG nor WebP"
PAGE = (
    '<!doctype html><html lang="en"><head><title>A page</title></head><body><h1>What is on the page</h1><p>{}</p>'
    "<p>These words stand below the logo, and nothing may lie over them.</p></body></html>"
)
STYLE = '@page { size: A4 } html { font: 14pt "Atkinson Hyperlegible" } body { max-width: 150mm } img { height: 20mm }'


def svg(inside: str, attributes: str = 'viewBox="0 0 90 60"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def png(width: int = 60, height: int = 30, mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert(mode).save(written, "PNG", **options)
    return written.getvalue()


def read(folder: Path, data: bytes, name: str = "a.svg") -> tuple[Logo | None, list[str]]:
    (folder / name).write_bytes(data)
    logo, notes = read_logo(folder, name)
    return logo, [f"{what} {mend}" for what, mend in notes]


def used(folder: Path, data: bytes, name: str = "a.svg") -> Logo:
    logo, notes = read(folder, data, name)
    assert logo is not None and notes == []
    return logo


def printed(*logos: Logo | bytes) -> Printed:
    """The logos on one page, by the real engine."""
    assets = tuple(
        (f"{n}.svg", x) if isinstance(x, bytes) else (f"{n}{x.src[-4:]}", x.data) for n, x in enumerate(logos)
    )
    images = " ".join(f'<img src="{name}" alt="Logo {name}">' for name, _ in assets)
    return typeset(Page(PAGE.format(images), STYLE, assets))


def paper(made: Printed) -> Image.Image:
    """Page 1 as a picture of 72 dots to the inch."""
    image: Image.Image = pypdfium2.PdfDocument(made.pdf)[0].render().to_pil().convert("RGB")
    return image


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 - our own cleaned drawing


def is_refused(reader: Callable[[str], str], text: str) -> bool:
    try:
        reader(text)
    except (ValueError, values.UnusableLogo):
        return True
    return False


def shapes(logo: Logo) -> list[tuple[str, dict[str, str]]]:
    """The elements of a drawing with their attributes."""
    root = parsed(logo.data)
    return [(node.tag.rpartition("}")[2], dict(node.attrib)) for node in root.iter()][1:]


# What is said where a logo cannot be used

WAYS: dict[str, tuple[str, bytes, str, str]] = {
    "another kind": ("a.png", b"GIF89a a picture that moves", KINDS, AS_PNG),
    "an empty file": ("a.svg", b"", KINDS, AS_PNG),
    "a page that holds a drawing": ("a.svg", b"<html><svg/></html>", KINDS, AS_PNG),
    "21 MB": ("big.png", b"\x89PNG\r\n\x1a\n" + bytes(21 * 1024 * 1024), "has 21.0 MB; 20.0 MB is the most", SMALLER),
    "a large drawing": (
        "a.svg",
        svg("<!-- {} -->".format("x" * 512 * 1024)),
        "has 513 KB; 512 KB is the most for a drawing",
        AS_PNG,
    ),
    "a cut-off photograph": ("a.jpg", b"\xff\xd8\xff\xe0 a photo", "is damaged", "Save it again as PNG."),
    "too many pixels": (
        "a.png",
        png()[:16] + struct.pack(">II", 9000, 9000) + png()[24:],
        "has 9,000 by 9,000 pixels; 40,000,000 in all are the most",
        SMALLER,
    ),
    "a cut-off PNG": ("a.png", png()[:-200], "is damaged", "Save it again as PNG."),
    "a PNG with a wrong check sum": ("a.png", png()[:50] + b"??" + png()[52:], "is damaged", "Save it again as PNG."),
    "a PNG that is its name alone": ("a.png", png()[:8], "is damaged", "Save it again as PNG."),
    "a PNG of no width": ("a.png", png()[:16] + bytes(8) + png()[24:], "is damaged", "Save it again as PNG."),
    "a ribbon": (
        "a.png",
        png(440, 20),
        "is 22 times as wide as it is high; 10 times is the most",
        "Use a form of the logo that is nearer to a square.",
    ),
    "a tower": (
        "a.svg",
        svg('<rect width="2" height="30"/>', 'width="2mm" height="3cm"'),
        "is 15 times as high as it is wide; 10 times is the most",
        "Use a form of the logo that is nearer to a square.",
    ),
    "Latin 1": ("a.svg", svg("<title>Caf\u00e9</title>").decode().encode("latin-1"), "is not saved as UTF-8", AGAIN),
    "a DOCTYPE": (
        "a.svg",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">' + svg('<path d="M0 0h9v9z"/>'),
        "holds a DOCTYPE or entities, which could hide anything",
        AGAIN,
    ),
    "an unknown entity": ("a.svg", svg("\n&x;"), "cannot be read as SVG (line 2)", AGAIN),
    "no end": ("a.svg", svg("<g>"), "cannot be read as SVG (line 1)", AGAIN),
    "no size": (
        "a.svg",
        svg('<path d="M0 0h9v9z"/>', 'width="100%"'),
        "does not say how large it is",
        "Save it again with a viewBox, or as PNG.",
    ),
    "a view box of nothing": (
        "a.svg",
        svg('<path d="M0 0h9v9z"/>', 'viewBox="0 0 0 9"'),
        "does not say how large it is",
        "Save it again with a viewBox, or as PNG.",
    ),
    "a large number": (
        "a.svg",
        svg('<rect width="1e7" height="9"/>'),
        "holds a number larger than 1,000,000",
        "Save it again at its usual size.",
    ),
    "a broken path": ("a.svg", svg('<path d="M0 0 L 9"/>'), "holds a <path> whose d cannot be read", AGAIN),
    "a flat transform": (
        "a.svg",
        svg('<g transform="scale(0)"><path d="M0 0h9v9z"/></g>'),
        "holds a <g> whose transform cannot be read",
        AGAIN,
    ),
    "31 groups": (
        "a.svg",
        svg("<g>" * 31 + '<path d="M0 0h9"/>' + "</g>" * 31),
        "has more than 30 groups inside each other",
        SIMPLER,
    ),
    "a circle of references": (
        "a.svg",
        svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
        "refers to itself",
        SIMPLER,
    ),
    "a chain of references": (
        "a.svg",
        svg("".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(99))),
        "refers from one part to the next too often",
        SIMPLER,
    ),
    "5,000 circles": (
        "a.svg",
        svg('<circle r="1"/>' * 5000),
        "is drawn with 5,001 parts; 5,000 are the most",
        SIMPLER,
    ),
    "one path, used too often": (
        "a.svg",
        svg('<path id="p" d="M0 0{}"/>'.format("h1" * 50_000) + '<use href="#p"/>' * 3),
        "is drawn with 800,054 letters and figures; 600,000 are the most",
        SIMPLER,
    ),
    "letters alone": (
        "a.svg",
        svg("<text y='20'>Clinic</text>"),
        "holds only letters, and their typeface is not here",
        "Turn the letters into outlines.",
    ),
    "a photo in a drawing": (
        "a.svg",
        svg('<image href="data:image/png;base64,AA"/>'),
        "holds only a picture inside the drawing",
        "Save that picture as PNG, and name it here.",
    ),
    "nothing": (
        "a.svg",
        svg("<defs><rect width='9' height='9'/></defs><g/>"),
        "holds nothing that can be drawn",
        AGAIN,
    ),
    "shapes without form": ("a.svg", svg("<path/><polygon/>"), "holds nothing that can be drawn", AGAIN),
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_what_is_said_where_a_logo_cannot_be_used(tmp_path: Path, way: str) -> None:
    name, data, what, mend = WAYS[way]
    assert read(tmp_path, data, name) == (None, [f'The logo "{name}" {what}. {INSTEAD} {mend}'])


def refusal(folder: Path, name: str) -> str:
    logo, notes = read_logo(folder, name)
    assert logo is None
    ((what, mend),) = notes
    return f"{what} {mend}"


@pytest.mark.parametrize("name", ["../a.svg", "/etc/passwd", "..", "b/a.svg", "b\\a.svg"])
def test_only_a_file_beside_the_record(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.svg").write_bytes(svg('<path d="M0 0h9v9z"/>'))
    (tmp_path / "clinics").mkdir()
    beside = f'The logo "{name}" is not the name of a file beside this one. {INSTEAD}'
    assert refusal(tmp_path / "clinics", name) in (
        f"{beside} Copy the file here, and write its name alone.",
        f'The logo "{name}" is a link that leads out of its folder. {INSTEAD} Copy the file here.',  # ".." itself
    )


def test_missing_linked_and_special_files(tmp_path: Path) -> None:
    clinics = tmp_path / "clinics"
    (clinics / "folder.svg").mkdir(parents=True)
    (tmp_path / "secret.svg").write_bytes(svg('<path d="M0 0h9v9z"/>'))
    (clinics / "out.svg").symlink_to("../secret.svg")
    (clinics / "round.svg").symlink_to("round.svg")
    os.mkfifo(clinics / "pipe.svg")
    missing = "Put the file beside this one, or take the line out."
    assert refusal(clinics, "no.svg") == f'The logo "no.svg" is missing. {INSTEAD} {missing}'
    out = f'The logo "out.svg" is a link that leads out of its folder. {INSTEAD} Copy the file here.'
    assert refusal(clinics, "out.svg") == out
    for name in ("folder.svg", "pipe.svg"):
        said = (
            f'The logo "{name}" is not a regular file. {INSTEAD} Replace it by a picture, such as an SVG or PNG file.'
        )
        assert refusal(clinics, name) == said
    said = f'The logo "round.svg" cannot be read: it links to itself. {INSTEAD} Check its name and permissions.'
    assert refusal(clinics, "round.svg") == said


# What is left out of a drawing that can be used, because nobody can see it, and what is refused whole

NOT_SEEN = "Nothing of it can be seen in print; save it without them to end this message."


@pytest.mark.parametrize(
    ("inside", "parts"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onload="alert(1)" onclick="x"/>', "onload, onclick"),
        ('<a href="javascript:alert(1)"><rect width="9" height="9"/></a>', "href"),
    ],
)
def test_what_nobody_can_see_is_left_out_and_told(tmp_path: Path, inside: str, parts: str) -> None:
    logo, notes = read(tmp_path, svg('<path d="M0 0h90v60z"/>' + inside))
    assert notes == [f'These parts of the logo "a.svg" are left out: {parts}. {NOT_SEEN}']
    assert logo is not None
    assert not re.search(rb"script|on[a-z]+=|http://1|https|file:|data:|import|foreign|image|style|dash", logo.data)


@pytest.mark.parametrize(
    ("inside", "parts"),
    [
        ("<foreignObject><div/></foreignObject><animate/>", "<foreignObject>, <animate>"),
        ('<image href="http://127.0.0.1/x.png"/>', "<image>"),
        ('<use href="other.svg#a"/>', "<use> of another file"),
        ('<use href="data:image/svg+xml,a#b"/>', "<use> of another file"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/passwd#a"/>', "<use> of another file"),
        ('<rect width="9" height="9" fill="url(http://127.0.0.1/x)"/>', "fill"),
        ("<rect width='9' height='9' style='fill:url(file:///etc/passwd#a); filter: url(#b)'/>", "fill, filter"),
        ("<style>@import url(http://127.0.0.1/x.css); path { fill: red }</style>", "<style>"),
        ('<path d="M0 0h9" stroke-dasharray="0.00001" clip-path="polygon(0 0)"/>', "stroke-dasharray, clip-path"),
        ('<svg width="9" height="9"><rect width="9" height="9"/></svg>', "<svg>"),
        ('<g mask="url(#m)"><path d="M0 0h9"/></g><mask id="m"/>', "mask, <mask>"),
    ],
)
def test_a_drawing_that_would_lose_what_can_be_seen_is_refused_whole(tmp_path: Path, inside: str, parts: str) -> None:
    said = f'The logo "a.svg" would lose some of its parts in print ({parts}). {INSTEAD} {AS_PNG}'
    assert read(tmp_path, svg('<path d="M0 0h90v60z"/>' + inside)) == (None, [said])


def test_so_is_one_with_letters(tmp_path: Path) -> None:
    what = f'The logo "a.svg" has letters in a typeface that is not here. {INSTEAD}'
    mend = "Turn the letters into outlines, or save it as PNG."
    assert read(tmp_path, svg('<path d="M0 0h90v60z"/><text>Clinic</text>')) == (None, [f"{what} {mend}"])


# White logos


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (svg('<circle r="9" fill="#fff"/><path d="M1 1h9" fill="none" stroke="white"/>'), False),
        (svg('<g fill="rgb(250 250 250)"><rect width="9" height="9"/></g>'), False),
        (svg('<rect width="9" height="9" fill="rgba(0,0,0,.05)"/>'), False),
        (svg('<rect width="9" height="9" fill="#246"/><circle r="3" fill="#fff"/>'), True),
        (svg('<circle r="9" fill="none" stroke="hsl(120 100% 25%)"/>'), True),
        (
            svg(
                '<linearGradient id="g"><stop stop-color="#fff"/><stop stop-color="red"/></linearGradient>'
                '<rect width="9" height="9" fill="url(#g)"/>'
            ),
            True,
        ),
        (svg('<path d="M0 0h9v9z"/>'), True),
        # What has no area is not filled, however black its fill would be.
        (svg('<circle r="9" fill="#fff"/><path d="M1,6h7" stroke="#fff" stroke-width="2"/>'), False),
        (svg('<path d="M1 1L4 4 8 8" stroke="#fff"/><line x2="9" stroke="white"/>'), False),
        (svg('<polyline points="0 0 4 4 9 9" stroke="#fff"/>'), False),
        (svg('<path d="M0 0Q4 9 8 0" stroke="#fff"/>'), True),
        (svg('<path d="M0 4A4 4 0 0 1 8 4" stroke="#fff"/>'), True),
        # Opacity, and strokes without a width.
        (svg('<g opacity=".1"><rect width="9" height="9" opacity=".5"/></g>'), False),
        (svg('<rect width="9" height="9" fill-opacity="0.05"/>'), False),
        (svg('<rect width="9" height="9" fill="#fff" stroke="#000" stroke-width="0"/>'), False),
        (svg('<rect width="9" height="9" visibility="hidden"/><rect width="9" height="9" fill="#fff"/>'), False),
        (
            svg(
                '<linearGradient id="g"><stop stop-opacity="0"/><stop stop-color="#fff"/></linearGradient>'
                '<rect width="9" height="9" fill="url(#g)"/>'
            ),
            False,
        ),
        # What is used is seen where it is used, in the colours that hold there.
        (svg('<defs><path id="a" d="M0 0h9v9z"/></defs><use href="#a" fill="#fff"/>'), False),
        (svg('<defs><path id="a" d="M0 0h9v9z"/></defs><use href="#a" fill="#246"/>'), True),
    ],
)
def test_a_drawing_that_cannot_be_seen_on_paper_is_told(tmp_path: Path, data: bytes, seen: bool) -> None:  # noqa: FBT001 - a parameter
    logo, notes = read(tmp_path, data)
    said = (
        'The logo "a.svg" is white or nearly white: it cannot be seen on paper. '
        "Use the form of the logo that is made for a white ground, or put a colour behind it."
    )
    assert logo is not None and notes == ([] if seen else [said])


def test_so_is_a_picture(tmp_path: Path) -> None:
    white, clear = Image.new("RGB", (300, 100), "white"), Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    half = Image.new("RGBA", (300, 100), (255, 255, 255, 255))
    half.paste((20, 60, 90, 255), (0, 0, 150, 100))
    for image, seen in ((white, False), (clear, False), (half, True)):
        written = io.BytesIO()
        image.save(written, "PNG")
        logo, notes = read(tmp_path, written.getvalue(), "a.png")
        assert logo is not None and len(notes) == (0 if seen else 1)


# Photographs


def photograph(kind: str, image: Image.Image, **options: object) -> bytes:
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def colour_at(logo: Logo, x: int, y: int) -> tuple[int, ...]:
    at = Image.open(io.BytesIO(logo.data)).convert("RGB").getpixel((x, y))
    assert isinstance(at, tuple)
    return tuple(int(part) for part in at)


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("WEBP", "RGB")])
def test_photographs_are_converted(tmp_path: Path, kind: str, mode: str) -> None:
    image = Image.new("RGB", (300, 100), (30, 60, 120)).convert(mode)
    logo = used(tmp_path, photograph(kind, image), "a.jpg")
    assert (logo.media_type, logo.src, logo.width, logo.height) == ("image/png", "logo.png", 300, 100)
    red, green, blue = colour_at(logo, 150, 50)
    assert abs(red + green + blue - (180 if mode == "L" else 210)) < 40
    assert mode == "L" or red < green < blue


def test_a_photograph_stands_upright(tmp_path: Path) -> None:
    image = Image.new("RGB", (300, 100), "navy")
    image.paste("red", (0, 0, 150, 100))
    turned = Image.Exif()
    turned[0x0112] = 6  # the camera was held upright: the left is the top
    logo = used(tmp_path, photograph("JPEG", image, exif=turned), "a.jpeg")
    assert (logo.width, logo.height) == (100, 300)
    assert colour_at(logo, 50, 20)[0] > 200 > colour_at(logo, 50, 280)[0]
    assert b"Exif" not in logo.data and b"eXIf" not in logo.data


@pytest.mark.slow
def test_large_pictures_are_made_smaller(tmp_path: Path) -> None:
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    for kind in ("JPEG", "PNG"):
        data = photograph(kind, noise)
        assert len(data) > 512 * 1024
        logo = used(tmp_path, data, "a.png")
        assert len(logo.data) <= 512 * 1024 and logo.width / logo.height == 4 / 3 and logo.width >= 300


def test_notes_of_drawing_programs_go_in_silence(tmp_path: Path) -> None:
    notes = (
        '<?xml-stylesheet href="a.css"?><!-- a comment --><title>T</title><desc>D</desc><metadata><x/></metadata>'
        '<n:view xmlns:n="http://inkscape.example/ns" n:zoom="1"/>'
        '<path n:label="Layer" xmlns:n="http://inkscape.example/ns" data-name="a" aria-label="b" xml:space="preserve"'
        ' style="display:inline;marker:none;-inkscape-x:y;font-style:normal" d="M0 0h9v9z"/>'
    )
    assert shapes(used(tmp_path, svg(notes))) == [("path", {"d": "M 0 0 h 9 v 9 z", "display": "inline"})]


# What stays


def test_a_drawing_keeps_its_shapes_colours_and_gradients(tmp_path: Path) -> None:
    inside = (
        '<defs><linearGradient id="g" x2="0" y2="100%" gradientTransform="rotate(30)">'
        '<stop offset="25%" stop-color="#fff"/><stop offset="1" stop-opacity=".5"/></linearGradient></defs>'
        '<g transform="translate(1,2)scale(.5)" fill="currentColor"><rect x="1mm" width="9pt" height="9" rx="2"/></g>'
        '<circle r="5" fill="url(#g) red" stroke="rgb(1, 2, 3)" stroke-width="2px"/>'
        '<polygon points="0,0 9,0 9-9"/><switch><line x2="9" y2="9"/></switch>'
    )
    assert shapes(used(tmp_path, svg(inside))) == [
        ("defs", {}),
        ("linearGradient", {"id": "g", "x2": "0", "y2": "100%", "gradientTransform": "rotate(30)"}),
        ("stop", {"offset": "0.25", "stop-color": "#fff"}),
        ("stop", {"offset": "1", "stop-opacity": "0.5"}),
        ("g", {"transform": "translate(1 2) scale(0.5)", "fill": "#000000"}),
        ("rect", {"x": "3.7795276", "width": "12", "height": "9", "rx": "2"}),
        ("circle", {"r": "5", "fill": "url(#g)", "stroke": "rgb(1, 2, 3)", "stroke-width": "2"}),
        ("polygon", {"points": "0 0 9 0 9 -9"}),
        ("g", {}),
        ("line", {"x2": "9", "y2": "9"}),
    ]


def test_classes_become_attributes_and_styles_win_over_them(tmp_path: Path) -> None:
    inside = (
        "<style>/* colours */ .a, .b { fill: #010203; } .b{stroke:red !important}</style>"
        '<path class="a" d="M0 0h9v9z" fill="blue"/><path class="b none" style="fill:none" d="M0 0h9v9z"/>'
    )
    assert shapes(used(tmp_path, svg(inside))) == [
        ("path", {"d": "M 0 0 h 9 v 9 z", "fill": "#010203"}),
        ("path", {"d": "M 0 0 h 9 v 9 z", "fill": "none", "stroke": "red"}),
    ]


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        ("M10-20.5.5.5L1e1,2", "M 10 -20.5 L 0.5 0.5 L 10 2"),
        ("m0 0 1 1 2 2z", "m 0 0 l 1 1 l 2 2 z"),
        ("M0 0a5 5 0 0110 10", "M 0 0 a 5 5 0 0 1 10 10"),
        ("M0 0A5,5,0,1,0,9,9 5 5 0 018 8", "M 0 0 A 5 5 0 1 0 9 9 A 5 5 0 0 1 8 8"),
        ("M3 4h2v2a1 1 0 0 0 0 0H7A1 1 0 0 0 7 6", "M 3 4 h 2 v 2 H 7"),
        ("M0.0000001 +1", "M 0 1"),
        ("", ""),
    ],
)
def test_a_path_is_written_anew(data: str, plain: str) -> None:
    assert values.path(data) == plain
    assert values.path(plain) == plain


@pytest.mark.parametrize(
    "data", ["L1 1", "M0", "M0 0z5", "M0 0 L1 1 1", "M0 0 X", "M0 0 a5 5 0 2 0 9 9", "M0 0 L1..2 3 x", "none", "M--1 0"]
)
def test_a_path_that_cannot_be_read(data: str) -> None:
    assert is_refused(values.path, data)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 90 60"', (90, 60)),
        ('viewBox="-5,-5,20,10" width="1000" height="1"', (20, 10)),
        ('width="40" height="20px"', (40, 20)),
        ('width="1in" height="0.5in"', (96, 48)),
    ],
)
def test_size(tmp_path: Path, attributes: str, size: tuple[float, float]) -> None:
    logo = used(tmp_path, svg('<path d="M0 0h9v9z"/>', attributes))
    assert (logo.width, logo.height) == size
    root = parsed(logo.data)
    assert root.get("viewBox", "").split()[2:] == [f"{part:g}" for part in size]


def test_what_a_leaflet_needs_to_know(tmp_path: Path) -> None:
    drawn, picture = used(tmp_path, svg('<path d="M0 0h9v9z"/>')), used(tmp_path, png(), "b.png")
    assert (drawn.src, drawn.media_type, picture.src, picture.media_type) == (
        *("logo.svg", "image/svg+xml"),
        *("logo.png", "image/png"),
    )
    for logo in (drawn, picture):
        kind, _, data = logo.data_uri.partition(",")
        assert kind == f"data:{logo.media_type};base64"
        assert base64.b64decode(data) == logo.data


# PNG


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.pdf
def test_pictures_of_every_kind_are_printed(tmp_path: Path) -> None:
    grey16 = Image.radial_gradient("L").point(lambda grey: grey * 256, "I").convert("I;16")
    deep = io.BytesIO()
    grey16.save(deep, "PNG")
    kinds = [png(mode=mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA")]
    kinds += [deep.getvalue(), png(mode="P", transparency=3), png(transparency=(7, 7, 7))]
    logos = [used(tmp_path, data, "a.png") for data in kinds]
    assert {Image.open(io.BytesIO(logo.data)).mode for logo in logos} == {"RGB", "RGBA"}
    middle = Image.open(io.BytesIO(logos[6].data)).getpixel((128, 128))
    assert isinstance(middle, tuple) and max(middle) < 10, "16 bits are scaled, not cut off"
    assert printed(*logos).findings == ()


def test_hidden_notes_do_not_leave_the_house(tmp_path: Path) -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "somebody", zip=False)
    other = png(pnginfo=notes, dpi=(72, 72), save_all=True, append_images=[Image.new("RGB", (60, 30))])
    assert b"somebody" in other and b"fdAT" in other
    logo = used(tmp_path, other, "a.png")
    kinds = re.findall(rb"(?:IHDR|IDAT|IEND|tEXt|zTXt|iTXt|eXIf|pHYs|acTL|fdAT)", logo.data)
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]


@pytest.mark.slow
def test_a_note_that_unpacks_to_80_mb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = png()[:33] + chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(80_000_000))) + png()[33:]
    assert len(bomb) < 512 * 1024
    assert read(tmp_path, bomb, "a.png")[0] is None


@pytest.mark.slow
def test_the_engine_does_not_make_the_reader_lenient(tmp_path: Path) -> None:
    """WeasyPrint tells Pillow, for the whole process, to accept pictures that are cut off."""
    (tmp_path / "a.png").write_bytes(png()[:-200])
    code = (
        "import weasyprint; from PIL import ImageFile; from pathlib import Path;"
        "from printables.library.logo.logo import read_logo;"
        "assert ImageFile.LOAD_TRUNCATED_IMAGES;"
        "assert read_logo(Path('.'), 'a.png')[0] is None; assert ImageFile.LOAD_TRUNCATED_IMAGES"
    )
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


# Hostile drawings

VERDICTS = {
    "billion-laughs": "holds a DOCTYPE or entities",
    "external-image": "holds only a picture inside the drawing",
    "external-use": "holds nothing that can be drawn",
    "huge-size": "holds a number larger than 1,000,000",
    "js-link": "",
    "script": "",
    "use-bomb": "is drawn with 680,246,904 parts",
    "xxe": "holds a DOCTYPE or entities",
}
"""What is said; nothing where the drawing is used without its hostile part."""


def test_every_hostile_drawing_has_a_verdict() -> None:
    assert {path.stem for path in HOSTILE.glob("*.svg")} == VERDICTS.keys()


@pytest.mark.pdf
@pytest.mark.parametrize("name", VERDICTS)
def test_hostile_drawings_are_refused_or_harmless(name: str) -> None:
    logo, notes = read_logo(HOSTILE, f"{name}.svg")
    (note,) = notes
    if VERDICTS[name]:
        assert logo is None and f'The logo "{name}.svg" {VERDICTS[name]}' in note[0]
        return
    assert logo is not None and note[0].startswith("These parts of the logo")
    assert not re.search(rb"script|onload|href|alert", logo.data)
    made = printed(logo)
    assert made.findings == () and made.pages == 1


@pytest.mark.pdf
def test_companion_the_engine_is_heard(tmp_path: Path) -> None:
    """The same engine complains about a drawing that was not cleaned, so its silence means something."""
    raw = svg('<polygon opacity=".5"/>')
    assert any("complains" in finding.what for finding in printed(raw).findings)
    assert any(
        "asks for" in finding.what for finding in printed((HOSTILE / "external-image.svg").read_bytes()).findings
    )


@pytest.mark.pdf
def test_a_drawing_stays_inside_of_its_edges(tmp_path: Path) -> None:
    far = '<rect x="-9999" y="-9999" width="20000" height="20000" fill="#ff0000"/>'
    picture = paper(printed(used(tmp_path, svg(far, 'viewBox="0 0 90 60" transform="scale(9)"'))))
    red = sum(count for count, colour in picture.getcolors(999_999) or [] if colour == (255, 0, 0))
    assert 0.9 < red / (85 * 57) < 1.1, "30 mm wide and 20 mm high, at 72 dots to the inch"


NUMBERS = ("0", "1", "-1", "5", "50", "99.5", "1e6", "-1e6", "1e-6", ".5", "100", "-0", "+7", "999999.99")
COLOURS = (
    *("red", "none", "#abc", "#12345678", "transparent", "inherit", "linktext", "currentcolor"),
    *("url(#a)", "url(#b)", "url(#zz)", "rgba(1%,2%,3%,.5)", "hsl(120 100% 50%)", "rgb(1,,,2,3)", "rgb(1 2 3 / 0)"),
)


def some(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(NUMBERS) for _ in range(count))


def a_path(chance: random.Random) -> str:
    parts = ["M0 0"]
    for _ in range(chance.randint(0, 12)):
        letter = chance.choice("mlhvcsqtazMLHVCSQTAZ")
        takes = values._ARGUMENTS[letter.lower()]
        flags = f"{some(chance, 3)} {chance.choice('01')}{chance.choice('01')} {some(chance, 2)}"
        parts.append(letter + (flags if takes == 7 else some(chance, takes)))
    return "".join(parts)


def a_movement(chance: random.Random) -> str:
    forms = ("translate({1})", "translate({2})", "scale({1})", "rotate({1})", "rotate({3})", "skewX(30)", "matrix({6})")
    made = chance.choice(forms).format(*(some(chance, count) for count in range(7)))
    try:
        return values.transform(made)
    except (ValueError, values.UnusableLogo):
        return "translate(1)"


def a_length(chance: random.Random) -> str:
    return some(chance, 1) + chance.choice(("", "", "%"))


VALUES: dict[str, Callable[[random.Random], str]] = {
    "d": a_path,
    "points": lambda chance: some(chance, 2 * chance.randint(1, 6)),
    "transform": a_movement,
    "gradientTransform": a_movement,
    "viewBox": lambda chance: f"{some(chance, 2)} {chance.choice(('1', '1e6', '.5'))} 10",
    "href": lambda chance: f"#{chance.choice('abcdez')}",
    "clip-path": lambda chance: f"url(#{chance.choice('acdz')})",
    "offset": lambda chance: chance.choice(("0", ".5", "1", "50%", "2", "-3")),
    **dict.fromkeys(("fill", "stroke", "stop-color"), lambda chance: chance.choice(COLOURS)),
    **dict.fromkeys(
        ("gradientUnits", "clipPathUnits"), lambda chance: chance.choice(("userSpaceOnUse", "objectBoundingBox"))
    ),
    **dict.fromkeys(("fill-rule", "clip-rule"), lambda _: "evenodd"),
    "stroke-miterlimit": lambda chance: some(chance, 1),
    "stroke-linecap": lambda _: "round",
    "stroke-linejoin": lambda _: "bevel",
    "display": lambda chance: chance.choice(("none", "inline")),
    "visibility": lambda chance: chance.choice(("hidden", "visible")),
}


def an_element(chance: random.Random, depth: int = 0) -> str:
    """Some element with attributes of every kind that is allowed, at the edges of what is allowed."""
    holders = allowed.HOLDERS if depth < 4 else {}
    tag = chance.choice([*allowed.SHAPES, *holders])
    form = {**allowed.SHAPES, **allowed.HOLDERS}[tag]
    names = [name for name in form if chance.random() < 0.8]
    names += [name for name in allowed.LOOKS if chance.random() < (0.5 if name in ("opacity", "fill") else 0.12)]
    names += ["transform"] if chance.random() < 0.15 else []
    said = {name: VALUES.get(name, a_length)(chance) for name in names}
    said |= {"id": chance.choice("abcde")} if chance.random() < 0.3 else {}
    inside = "".join(an_element(chance, depth + 1) for _ in range(chance.randint(0, 3))) if tag in holders else ""
    return f"<{tag} {' '.join(f'{name}={quoteattr(value)}' for name, value in said.items())}>{inside}</{tag}>"


def drawings(seed: int) -> Iterator[bytes]:
    chance = random.Random(seed)  # noqa: S311 - the same drawings every time
    defs = '<defs><linearGradient id="a"><stop/><stop offset="1"/></linearGradient><radialGradient id="b"/></defs>'
    while True:
        parts = "".join(an_element(chance) for _ in range(chance.randint(1, 6)))
        try:
            yield logo_svg.drawing(svg(defs + parts, 'viewBox="-9 -9 100 100"')).data
        except values.UnusableLogo:
            continue


@pytest.mark.pdf
@pytest.mark.parametrize("seed", range(4))
def test_the_engine_is_silent_whatever_passes(seed: int) -> None:
    made = list(zip(range(60), drawings(seed), strict=False))
    assert len({data for _, data in made}) == 60
    assert [finding for finding in printed(*(data for _, data in made)).findings if "complains" in finding.what] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["1" * 500_000, "1," * 250_000 + "x", "M" * 200_000, " " * 500_000 + "x", "a(" * 200_000, "-" * 300_000]
)
def test_no_value_takes_long(text: str) -> None:
    """Each of these would take hours, were it matched with steps back."""
    for reader in (values.path, values.points, values.transform, values.colour, values.length):
        assert is_refused(reader, text)


def test_no_style_sheet_takes_long(tmp_path: Path) -> None:
    for text in ("/*" * 100_000, "{" * 200_000, "." * 200_000, "a," * 100_000, ";:" * 100_000):
        logo, notes = read(tmp_path, svg(f'<style>{text}</style><path d="M0 0h9v9z"/>'))
        assert logo is not None or "<style>" in notes[0]


# In the library

CLINIC = "content/clinics/riverside.yaml"


def test_a_logo_that_cannot_be_used_is_a_warning_with_its_line(case: LibraryCase) -> None:
    case.write("content/clinics/big.png", bytes(21 * 1024 * 1024))
    line = case.replace(CLINIC, "logo:", "logo: big.png")
    library, said = case.load()
    assert library is not None and library.clinics.keys() == {"riverside", "hillside"}
    assert library.logos.keys() == {"hillside"}
    assert said == [f'{CLINIC}:{line}: The logo "big.png" has 21.0 MB; 20.0 MB is the most. {INSTEAD} {SMALLER}']


def test_our_logos_are_used_whole(case: LibraryCase) -> None:
    library, said = case.load()
    assert said == [] and library is not None
    assert {name: logo.name for name, logo in library.logos.items()} == {
        "riverside": "riverside.svg",
        "hillside": "hillside.png",
    }


@pytest.mark.slow
def test_pillow_is_loaded_for_a_png_alone(case: LibraryCase) -> None:
    case.replace("content/clinics/hillside.yaml", "logo:", "# no logo")
    code = (
        "import sys; from pathlib import Path; from printables.library.loader import load;"
        "library, _ = load(Path('content'), Path('templates')); assert library.logos.keys() == {'riverside'};"
        "print('PIL' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    run = partial(subprocess.run, cwd=case.root, env=environment, capture_output=True, text=True, check=False)
    done = run([sys.executable, "-c", code])
    assert (done.returncode, done.stdout.strip()) == (0, "False"), done.stderr
