"""Pictures made of pixels: PNG, JPEG and WebP → a PNG that the engine and browsers draw alike.

A photograph is turned as its camera noted, brought from the inks of a printer (CMYK) to the colours of a screen, and
made as small as it can be without a difference in print. Pillow is loaded only where there is such a logo.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from printables import limits
from printables.library.colour import VISIBLE, contrast
from printables.library.logo.values import UnusableLogo

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
FORMATS = ["PNG", "JPEG", "WEBP"]
SMALLER = "Save it smaller, as PNG or JPEG."
SIDE = 1200
"""Pixels of the longer side of a picture that is made smaller: 100 mm at 300 dots to the inch."""
SAMPLE = 64
"""Pixels of each side of the copy in which darkness is measured, so that single specks do not count."""


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to print, as PNG. `seen` tells whether any of it is visible on white paper."""

    data: bytes = field(repr=False)
    width: int
    height: int
    seen: bool


def is_picture(data: bytes) -> bool:
    """Return whether these are the bytes of a PNG, JPEG or WebP file."""
    return data.startswith((PNG, JPEG)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def picture(data: bytes) -> Picture:
    """Return the picture encoded again, without the metadata that a file may hold. Raises UnusableLogo."""
    if data.startswith(PNG):
        _check_pixels(*struct.unpack(">II", data[16:24].ljust(8, b"\0")))
    try:
        return _decoded(data)
    except UnusableLogo:
        raise
    except Exception:  # noqa: BLE001 - a broken picture can raise anything; whatever it is, the picture is broken
        raise UnusableLogo("is damaged", "Save it again as PNG.") from None


def _check_pixels(width: int, height: int) -> None:
    if width * height > limits.PIXELS:
        raise UnusableLogo(f"has {width:,} by {height:,} pixels; {limits.PIXELS:,} in all are the most", SMALLER)


def _decoded(data: bytes) -> Picture:
    from PIL import Image, ImageFile, ImageOps

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # the typesetting engine sets it for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as image:
            _check_pixels(*image.size)
            image.load()
            made = _plain(ImageOps.exif_transpose(image))
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    if len(data) > limits.LOGO_BYTES or made.width * made.height > limits.LOGO_PIXELS:
        made.thumbnail((SIDE, SIDE))
    written = _as_png(made)
    while len(written) > limits.LOGO_BYTES and max(made.size) > SAMPLE:  # photographs, which PNG packs badly
        made = made.reduce(2)
        written = _as_png(made)
    return Picture(written, made.width, made.height, _is_seen(made))


def _as_png(image: Any) -> bytes:
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _plain(image: Any) -> Any:
    """Return the picture in one of the two modes that the engine and browsers draw alike."""
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off what is light instead of scaling it
        image = image.point(lambda grey: grey / 256).convert("L")
    made = image.convert("RGBA" if image.has_transparency_data else "RGB")
    made.info.clear()
    return made


def _is_seen(image: Any) -> bool:
    """Return whether some part of the picture stands out from white paper."""
    from PIL import Image

    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    small = paper.convert("RGB").resize((SAMPLE, SAMPLE), Image.Resampling.BOX)
    pixels = small.tobytes()
    colours = {f"#{pixels[at : at + 3].hex()}" for at in range(0, len(pixels), 3)}
    return any(contrast(colour, "#ffffff") >= VISIBLE for colour in colours)
