"""Read a clinic's logo: a picture that is safe to print, or the reason why it is left out.

An unusable logo stops no leaflet: the clinic's name is printed in its place, and a warning gives the reason.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from printables import limits
from printables.library.clinics import Clinic
from printables.library.folders import Folders
from printables.library.logo import raster
from printables.library.logo.svg import drawing
from printables.library.logo.values import UnusableLogo
from printables.library.yaml_reader import Document
from printables.problems import Problem

LONGEST = 10
"""The largest ratio of width to height, or of height to width."""
INSTEAD = "The leaflets show the clinic's name instead."
AS_PNG = "Save it as PNG."
UNSEEN = "Use the form of the logo that is made for a white ground, or put a colour behind it."
HARMLESS = ("<script>", "href")
"""Parts whose loss nobody can see in print, as are those that begin with "on": what would run, and links to click."""


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
        logo, notes = _read(name, _bytes_of(folder, name))
        _check_shape(logo.width, logo.height)
    except UnusableLogo as reason:
        return None, [(f'The logo "{name}" {reason.what}. {INSTEAD}', reason.mend)]
    return logo, list(notes)


def _read(name: str, data: bytes) -> tuple[Logo, tuple[tuple[str, str], ...]]:
    """Return the logo in `data`, whatever its file ending, and what the clinic should know about it."""
    if raster.is_picture(data):
        picture = raster.picture(data)
        logo = Logo(name, "image/png", picture.data, picture.width, picture.height)
        return logo, tuple(_unseen(name, seen=picture.seen))
    if not re.search(rb"<(?:\w+:)?svg[\s>]", data):
        raise UnusableLogo("is neither SVG, PNG, JPEG nor WebP", AS_PNG)
    if len(data) > limits.LOGO_BYTES:
        raise UnusableLogo(f"has {_size(len(data))}; {_size(limits.LOGO_BYTES)} is the most for a drawing", AS_PNG)
    drawn = drawing(data)
    _refuse_losses(drawn.left_out)
    logo = Logo(name, "image/svg+xml", drawn.data, drawn.width, drawn.height)
    return logo, (*_said(name, drawn.left_out), *_unseen(name, seen=drawn.seen))


def _bytes_of(folder: Path, name: str) -> bytes:
    """Return the bytes of a regular file in `folder`; pipes and links that lead out are refused."""
    if Path(name).name != name or "\\" in name:
        raise UnusableLogo("is not the name of a file beside this one", "Copy the file here, and write its name alone.")
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise UnusableLogo("is a link that leads out of its folder", "Copy the file here.")
        if not path.is_file():
            raise UnusableLogo("is not a regular file", "Replace it by a picture, such as an SVG or PNG file.")
        with path.open("rb") as file:
            data, size = file.read(limits.PHOTO_BYTES + 1), path.stat().st_size
    except FileNotFoundError:
        raise UnusableLogo("is missing", "Put the file beside this one, or take the line out.") from None
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "it links to itself"
        raise UnusableLogo(f"cannot be read: {reason}", "Check its name and permissions.") from None
    if len(data) > limits.PHOTO_BYTES:
        raise UnusableLogo(f"has {_size(size)}; {_size(limits.PHOTO_BYTES)} is the most", raster.SMALLER)
    return data


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{-(-count // 1024)} KB"


def _check_shape(width: float, height: float) -> None:
    """Refuse a logo so long that it would be too small to see in the space on a leaflet."""
    for one, other, words in ((width, height, ("wide", "high")), (height, width, ("high", "wide"))):
        if one > LONGEST * other:
            what = f"is {one / other:,.0f} times as {words[0]} as it is {words[1]}; {LONGEST} times is the most"
            raise UnusableLogo(what, "Use a form of the logo that is nearer to a square.")


def _refuse_losses(left_out: tuple[str, ...]) -> None:
    """Refuse a drawing that would lose something that can be seen: half a logo is worse than the name."""
    if "<text>" in left_out:
        raise UnusableLogo(
            "has letters in a typeface that is not here", "Turn the letters into outlines, or save it as PNG."
        )
    lost = [part for part in left_out if not _is_harmless(part)]
    if lost:
        raise UnusableLogo(f"would lose some of its parts in print ({', '.join(lost)})", AS_PNG)


def _is_harmless(part: str) -> bool:
    return part in HARMLESS or part.startswith("on")


def _said(name: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield a message about a drawing that loses what cannot be seen."""
    if parts:
        what = f'These parts of the logo "{name}" are left out: {", ".join(parts)}.'
        yield what, "Nothing of it can be seen in print; save it without them to end this message."


def _unseen(name: str, *, seen: bool) -> Iterator[tuple[str, str]]:
    if not seen:
        yield f'The logo "{name}" is white or nearly white: it cannot be seen on paper.', UNSEEN
