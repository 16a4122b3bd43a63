"""The contact sheet: every page of every edition as a small picture, all on one page.

The pictures are separate files beside the page: a browser loads those in view first, and each can be opened by itself.
All have the same scale, so that A5 looks smaller than A4.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from printables.checks.subject import Subject
from printables.files import walk
from printables.pipeline.build import CheckedLibrary
from printables.publish.manifest import Entry
from printables.reports.gallery import edition_words
from printables.typeset.fonts import font_assets
from printables.typeset.pictures import small_pictures

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageFont import FreeTypeFont

PAGE = "proofs/contact-sheet.html"
OVERVIEW = "proofs/contact-sheet.png"
PICTURES = "proofs/pages"

DPI = 48
"""Twice the displayed resolution, for high-density screens: A4 is 397 pixels wide and shown 198 wide."""
SHOWN = 0.5
OVERVIEW_WIDTH = 3200
OVERVIEW_SCALE = 0.3
GAP = 12
LABEL = 22
"""The height of a line of text on the overview, in pixels."""


@dataclass(frozen=True)
class PageShot:
    """One page: its picture's file, alternative text, and displayed size."""

    file: str
    alt: str
    width: int
    height: int
    png: bytes


@dataclass(frozen=True)
class ContactRow:
    """One handout in one edition. It has no pages if it was not printed."""

    reader: str
    title: str
    edition: str
    path: str
    figures: str
    pages: tuple[PageShot, ...] = ()
    sheets: tuple[PageShot, ...] = ()


def contact_sheet(
    checked: CheckedLibrary, entries: Sequence[Entry], output: Path, *, grey: bool = False
) -> list[tuple[Path, str | bytes]]:
    """Return the sheet, the overview and every page's picture with their paths; empty if no leaflet was made."""
    by_path = {entry.path: entry for entry in entries}
    rows = [_row(subject, by_path.get(subject.item.path), output, grey=grey) for subject in checked.subjects]
    shots = [shot for row in rows for shot in (*row.pages, *row.sheets)]
    if not shots:
        return []
    readers = _grouped(rows)
    page = checked.pages.sheet(
        "_contact_sheet/sheet.html", readers=readers, grey=grey, pages=len(shots), rows=len(rows)
    )
    pictures = [(output / "proofs" / shot.file, shot.png) for shot in shots]
    return [(output / PAGE, page), (output / OVERVIEW, overview(readers)), *pictures]


def stale(output: Path, made: Sequence[tuple[Path, str | bytes]]) -> list[Path]:
    """Return pictures of an earlier run that are not in `made`."""
    current = {path for path, _ in made}
    return [path for path in walk(output / PICTURES, lambda name: name.endswith(".png")) if path not in current]


def _grouped(rows: Sequence[ContactRow]) -> dict[str, dict[str, list[ContactRow]]]:
    """Group the rows by audience, then by title."""
    grouped: dict[str, dict[str, list[ContactRow]]] = {}
    for row in rows:
        grouped.setdefault(row.reader, {}).setdefault(row.title, []).append(row)
    return grouped


def _row(subject: Subject, entry: Entry | None, output: Path, *, grey: bool) -> ContactRow:
    leaflet, item = subject.leaflet, subject.item
    edition = edition_words(item.edition)
    if entry is None:
        return ContactRow(leaflet.label, leaflet.title, edition, item.path, "not printed: see what the command says")
    named = f"{leaflet.title}, {leaflet.label}, {edition}"
    pages = tuple(_shots(output, entry.path, named, "page", grey=grey))
    sheets = tuple(
        shot
        for file in entry.files
        if file.path.endswith("-sheets.pdf")
        for shot in _shots(output, file.path, named, "side of a sheet", grey=grey)
    )
    figures = f"{_many(len(pages), 'page')}, {entry.bytes / 1024:,.0f} KB"
    if sheets:
        figures += f"; {_many(len(sheets), 'side')} of A4"
    return ContactRow(leaflet.label, leaflet.title, edition, item.path, figures, pages, sheets)


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _shots(output: Path, path: str, named: str, kind: str, *, grey: bool) -> Iterator[PageShot]:
    """Yield the pages of one PDF."""
    drawn = small_pictures((output / path).read_bytes(), DPI, grey=grey)
    stem = path.removesuffix(".pdf").replace("/", "-")
    for number, png in enumerate(drawn, 1):
        width, height = _size(png)
        alt = f"{named}: {kind} {number} of {len(drawn)}"
        yield PageShot(f"pages/{stem}-{number}.png", alt, round(width * SHOWN), round(height * SHOWN), png)


def _size(png: bytes) -> tuple[int, int]:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        return picture.size


# The overview


def overview(readers: Mapping[str, Mapping[str, Sequence[ContactRow]]]) -> bytes:
    """Return all pages as one PNG: the editions of all handouts one after the other, each with its caption."""
    from PIL import Image

    tiles = [_tile(row) for handouts in readers.values() for rows in handouts.values() for row in rows]
    places, height = _placed([tile.size for tile in tiles])
    ground = Image.new("RGB", (OVERVIEW_WIDTH, height), "#dcdcdc")
    for tile, place in zip(tiles, places, strict=True):
        ground.paste(tile, place)
    made = io.BytesIO()
    # The octree palette keeps the rare accent colours; median cut would drop them for more greys.
    ground.quantize(255, Image.Quantize.FASTOCTREE).save(made, "PNG", optimize=True)
    return made.getvalue()


def _placed(sizes: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
    """Return the positions of tiles of these sizes, line by line, and the total height."""
    places, left, top, deep = [], GAP, GAP, 0
    for width, height in sizes:
        if left > GAP and left + width + GAP > OVERVIEW_WIDTH:
            left, top, deep = GAP, top + deep + GAP, 0
        places.append((left, top))
        left, deep = left + width + 2 * GAP, max(deep, height)
    return places, top + deep + GAP


def _tile(row: ContactRow) -> Picture:
    """Draw one row's caption and pages as a picture."""
    from PIL import Image, ImageDraw

    pictures = [_smaller(shot.png) for shot in (*row.pages, *row.sheets)]
    words = (
        (row.title, _font("Bold")),
        (f"{row.reader}: {row.edition}", _font("Regular")),
        (row.figures, _font("Regular")),
    )
    wide = max(sum(picture.width + 4 for picture in pictures), *(round(font.getlength(text)) for text, font in words))
    tile = Image.new("RGB", (wide, 3 * LABEL + max((picture.height for picture in pictures), default=0)), "#dcdcdc")
    pen = ImageDraw.Draw(tile)
    for line, (text, font) in enumerate(words):
        pen.text((0, line * LABEL), text, fill="#1b1b1b", font=font)
    left = 0
    for picture in pictures:
        tile.paste(picture, (left, 3 * LABEL))
        left += picture.width + 4
    return tile


def _smaller(png: bytes) -> Picture:
    from PIL import Image

    with Image.open(io.BytesIO(png)) as picture:
        size = round(picture.width * OVERVIEW_SCALE), round(picture.height * OVERVIEW_SCALE)
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _font(weight: str) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(font_assets()[f"fonts/AtkinsonHyperlegible-{weight}.ttf"]), 16)
