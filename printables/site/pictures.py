"""Pictures for the website: pages of PDFs in two sizes, cards for shared links, and the favicon."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from printables.site.model import PagePicture
from printables.typeset.fonts import font_assets
from printables.typeset.pictures import drawn_pages, few_colours, in_colours, in_two_sizes

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

CARD = (1200, 630)
"""The size of Open Graph pictures for shared links, in pixels."""
MARGIN = 72
GROUND, INK, ACCENT, PAPER = "#eef5f3", "#1b1b1b", "#0b4a45", "#ffffff"
COVERS_FROM = 720
"""The left edge of the covers on a card; the text is left of it."""
COVER = 340
"""The width of a cover, in pixels."""
ICON = 512


def draw(file: Path, shown: Sequence[PagePicture]) -> dict[str, bytes]:
    """Return these pages of one PDF as PNG, by path: each in full and in half width."""
    pdf, width = file.read_bytes(), shown[0].width
    pages = {picture.page - 1: picture for picture in shown}
    drawn = in_two_sizes(pdf, pages, width)
    return {
        **{pages[number].large: large for number, (large, _) in drawn.items()},
        **{pages[number].small: small for number, (_, small) in drawn.items()},
    }


@dataclass(frozen=True)
class ShareCard:
    """The content of a card: title, subtitle, publisher, and the PDFs whose first pages it shows."""

    title: str
    line: str
    publisher: str
    covers: tuple[Path, ...]


def draw_share_card(path: str, what: ShareCard) -> dict[str, bytes]:
    """Return the card as a PNG of size CARD, by its path on the site."""
    from PIL import Image, ImageDraw

    ground = Image.new("RGB", CARD, GROUND)
    draw = ImageDraw.Draw(ground)
    draw.rectangle((0, 0, 18, CARD[1]), fill=ACCENT)
    for at, cover in enumerate(reversed(what.covers)):
        page = drawn_pages(cover.read_bytes(), [0], COVER)[0]
        _paste_cover(ground, page, left=COVERS_FROM + 40 + 110 * at, top=70 + 36 * at)
    room = (COVERS_FROM if what.covers else CARD[0]) - 2 * MARGIN
    top = _write(draw, what.title, _font(64, bold=True), (MARGIN, 96, room, 74), ACCENT)
    _write(draw, what.line, _font(34), (MARGIN, top + 28, room, 46), INK)
    _write(draw, what.publisher, _font(30, bold=True), (MARGIN, CARD[1] - 96, room, 40), INK)
    made = io.BytesIO()
    in_colours(ground, few_colours(ground, 128)).save(made, "PNG")
    return {path: made.getvalue()}


def _paste_cover(ground: Image, page: Image, left: int, top: int) -> None:
    from PIL import ImageDraw

    ImageDraw.Draw(ground).rectangle((left - 2, top - 2, left + page.width + 1, top + page.height + 1), fill="#8a9493")
    ground.paste(page, (left, top))


def _write(draw: ImageDraw, text: str, font: FreeTypeFont, box: tuple[int, int, int, int], fill: str) -> int:
    """Draw `text` in a box (left, top, width, leading), line by line. Return the bottom of the last line."""
    left, top, width, leading = box
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    for line in lines:
        draw.text((left, top), line, font=font, fill=fill)
        top += leading
    return top


def _font(size: int, *, bold: bool = False) -> FreeTypeFont:
    from PIL import ImageFont

    name = f"fonts/AtkinsonHyperlegible-{'Bold' if bold else 'Regular'}.ttf"
    return ImageFont.truetype(io.BytesIO(font_assets()[name]), size)


ICON_SVG = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="14" fill="{ACCENT}"/>
<path d="M16 14h14v38l-14-5zM34 14h14v33l-14 5z" fill="{PAPER}"/>
<path d="M20 23h6M20 30h6M38 23h6M38 30h6" stroke="{ACCENT}" stroke-width="3" stroke-linecap="round"/>
</svg>
"""
"""The favicon: an open leaflet."""


ICONS = ("favicon.svg", "favicon.ico", "apple-touch-icon.png")


def icons() -> dict[str, bytes]:
    """Return the icon as SVG, as ICO for older browsers, and as PNG for home screens of phones, by path."""
    drawn = _icon()
    ico, png = io.BytesIO(), io.BytesIO()
    drawn.save(ico, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    drawn.convert("RGB").resize((180, 180)).save(png, "PNG", optimize=True)
    return dict(zip(ICONS, (ICON_SVG.encode(), ico.getvalue(), png.getvalue()), strict=True))


def _icon() -> Image:
    """Draw ICON_SVG in pixels, eight to a unit."""
    from PIL import Image, ImageDraw

    unit = ICON / 64
    made = Image.new("RGBA", (ICON, ICON), (0, 0, 0, 0))
    draw = ImageDraw.Draw(made)
    draw.rounded_rectangle((0, 0, ICON - 1, ICON - 1), radius=14 * unit, fill=ACCENT)
    for shape in (((16, 14), (30, 14), (30, 52), (16, 47)), ((34, 14), (48, 14), (48, 47), (34, 52))):
        draw.polygon([(x * unit, y * unit) for x, y in shape], fill=PAPER)
    for left, top in ((20, 23), (20, 30), (38, 23), (38, 30)):
        box = ((left - 1.5) * unit, (top - 1.5) * unit, (left + 7.5) * unit, (top + 1.5) * unit)
        draw.rounded_rectangle(box, radius=1.5 * unit, fill=ACCENT)
    return made
