"""Read a clinic's logo: a picture that is safe to print, or the reason why it is left out.

An unusable logo stops no leaflet: the clinic's name is printed in its place, and a warning gives the reason.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from printables import limits
from printables.library.clinics import Clinic
from printables.library.folders import Folders
from printables.library.logo.svg import drawing
from printables.library.logo.values import UnusableLogo
from printables.library.yaml_reader import Document
from printables.problems import Problem

LONGEST = 10
"""The largest ratio of width to height, or of height to width."""
PNG = b"\x89PNG\r\n\x1a\n"
INSTEAD = "The leaflets show the clinic's name instead."
SMALLER = "Save it smaller, as SVG or PNG."


@dataclass(frozen=True)
class Logo:
    """A picture that is safe to print. `name` is the file's; only the ratio of width and height (pixels) matters."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    width: float
    height: float

    @property
    def src(self) -> str:
        """Its name among the assets of a leaflet."""
        return "logo.png" if self.media_type == "image/png" else "logo.svg"

    @property
    def data_uri(self) -> str:
        """The picture as a data: address, for self-contained web pages."""
        return f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"


def read_logos(
    clinics: Mapping[str, Clinic], documents: Mapping[str, Document], folders: Folders
) -> tuple[dict[str, Logo], list[Problem]]:
    """Return the usable logo of each clinic that has one, and the problems of all logos."""
    logos: dict[str, Logo] = {}
    problems: list[Problem] = []
    for clinic in clinics.values():
        if clinic.logo is None:
            continue
        document = documents[f"clinic:{clinic.id}"]
        logo, notes = read_logo(folders.beside("clinics", clinic.logo), clinic.logo)
        if logo:
            logos[clinic.id] = logo
        line = document.line(("logo",))
        problems += [Problem(document.path, line, what, mend, "warning") for what, mend in notes]
    return logos, problems


def read_logo(folder: Path, name: str) -> tuple[Logo | None, list[tuple[str, str]]]:
    """Return the logo `name` in `folder`, or None; and messages about it, each with its remedy."""
    try:
        logo, left_out = _read(name, _bytes_of(folder, name))
        _check_shape(logo.width, logo.height)
    except UnusableLogo as reason:
        return None, [(f'The logo "{name}" {reason.what}. {INSTEAD}', reason.mend)]
    return logo, list(_said(name, left_out))


def _read(name: str, data: bytes) -> tuple[Logo, tuple[str, ...]]:
    """Return the logo in `data`, whatever its file ending, and the parts that were left out."""
    if data.startswith(PNG):
        return _png(name, data), ()
    if not re.search(rb"<(?:\w+:)?svg[\s>]", data):
        raise UnusableLogo("is neither SVG nor PNG", "Save it as one of the two.")
    drawn = drawing(data)
    return Logo(name, "image/svg+xml", drawn.data, drawn.width, drawn.height), drawn.left_out


def _bytes_of(folder: Path, name: str) -> bytes:
    """Return the bytes of a regular file in `folder`; pipes and links that lead out are refused."""
    if Path(name).name != name or "\\" in name:
        raise UnusableLogo("is not the name of a file beside this one", "Copy the file here, and write its name alone.")
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise UnusableLogo("is a link that leads out of its folder", "Copy the file here.")
        if not path.is_file():
            raise UnusableLogo("is not a regular file", "Replace it by an SVG or PNG file.")
        with path.open("rb") as file:
            data, size = file.read(limits.LOGO_BYTES + 1), path.stat().st_size
    except FileNotFoundError:
        raise UnusableLogo("is missing", "Put the file beside this one, or take the line out.") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it links to itself"
        raise UnusableLogo(f"cannot be read: {reason}", "Check its name and permissions.") from None
    if len(data) > limits.LOGO_BYTES:
        raise UnusableLogo(f"has {_size(size)}; {_size(limits.LOGO_BYTES)} is the most", SMALLER)
    return data


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{-(-count // 1024)} KB"


def _check_shape(width: float, height: float) -> None:
    """Refuse a logo so long that it would be too small to see in the space on a leaflet."""
    for one, other, words in ((width, height, ("wide", "high")), (height, width, ("high", "wide"))):
        if one > LONGEST * other:
            what = f"is {one / other:,.0f} times as {words[0]} as it is {words[1]}; {LONGEST} times is the most"
            raise UnusableLogo(what, "Use a form of the logo that is nearer to a square.")


def _said(name: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield messages about a drawing that can be used only in part."""
    if "<text>" in parts:
        what = f'The text in the logo "{name}" is left out, because its typeface is not here.'
        yield what, "Turn the letters into outlines."
    others = [part for part in parts if part != "<text>"]
    if others:
        what = f'These parts of the logo "{name}" are left out: {", ".join(others)}.'
        yield what, "Look whether it is still right; if not, save it as PNG."


def _png(name: str, data: bytes) -> Logo:
    """Return the picture encoded again, without the metadata that a PNG may hold."""
    width, height = struct.unpack(">II", data[16:24].ljust(8, b"\0"))
    if width * height > limits.LOGO_PIXELS:
        raise UnusableLogo(f"has {width:,} by {height:,} pixels; {limits.LOGO_PIXELS:,} in all are the most", SMALLER)
    try:
        picture = _decoded(data)
    except Exception:  # noqa: BLE001 - a broken picture can raise anything; whatever it is, the picture is broken
        raise UnusableLogo("is damaged", "Save it again as PNG.") from None
    return Logo(name, "image/png", picture, width, height)


def _decoded(data: bytes) -> bytes:
    from PIL import Image, ImageFile  # only a clinic with a PNG needs it

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES  # the typesetting engine sets it for the whole process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as image:
            image.load()
            made = _plain(image)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    written = BytesIO()
    made.save(written, "PNG")
    return written.getvalue()


def _plain(image: Any) -> Any:
    """Return the picture in one of the two modes that the engine and browsers draw alike."""
    if image.mode.startswith("I"):  # 16 bits of grey: Pillow would cut off what is light instead of scaling it
        image = image.point(lambda grey: grey / 256).convert("L")
    made = image.convert("RGBA" if image.has_transparency_data else "RGB")
    made.info.clear()
    return made
