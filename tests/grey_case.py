"""What is left of a page on a black-and-white printer: the finished PDF rendered at 150 dpi, measured in grey.

How it is measured, and why so:

- Grey is what Pillow makes of a colour (ITU-R 601: 0.299 red, 0.587 green, 0.114 blue), as printers' drivers do too.
  150 dpi is what a photocopier or a scanner sees. Ratios are those of WCAG 2.2 between two greys.
- Words are measured run by run (a run has one font and one colour), since a bold label must not vouch for the pale
  words behind it. The ground is the most frequent grey in the run's box and two dots around it: letters never cover
  half of that. The ink is the 2nd percentile of the box alone: strokes are about two dots wide, their edges are mixed
  with the ground, and only their cores show the ink; cores are 5 to 15 % of a box, so 2 % is well inside of them and
  yet more than a speck. Light words on a dark ground are measured the same way, from the other end.
- A shape of a chart is drawn in a colour that the PDF names. Its ratio is the grey of that colour against the ground
  that is really there, or what the dots of its box show of it (a thin line that falls between two rows of dots is
  mixed with the ground), whichever is lower.
- What a chart tells must be told by amounts of ink, so marks are compared by the sum of their darkness.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageStat
from pypdfium2 import raw

from printables.library.colour import contrast
from printables.typeset.inspect.objects import Rect
from printables.typeset.inspect.text import PdfPage, read_sheets

DPI = 150
SCALE = DPI / 72
CORES = 0.02
"""The share of a box that is surely covered by the cores of strokes."""
AROUND = 2
"""Dots around a box that belong to its ground."""
ALIKE = 12
"""Levels of 255 by which mixed dots still count as one grey."""
BARE = 250
"""Paper is at least this light."""
TOLD_APART = 1.5
"""Marks that mean different things differ by this factor in ink."""


@dataclass(frozen=True)
class Shape:
    """One path of a figure: its box in points, and the colours of its stroke and its filling; an image has neither."""

    rect: Rect
    stroke: tuple[int, int, int] | None
    fill: tuple[int, int, int] | None


@dataclass(frozen=True)
class Figure:
    """One picture of the page with its alternative text and all that is drawn for it."""

    alt: str
    shapes: tuple[Shape, ...]

    @cached_property
    def rect(self) -> Rect:
        lefts, bottoms, rights, tops = zip(*(shape.rect for shape in self.shapes), strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)


@dataclass(frozen=True)
class Seen:
    """One page as it is printed, in colour and in grey, with its words and figures."""

    sheet: PdfPage
    colour: Image.Image
    figures: tuple[Figure, ...]

    @cached_property
    def grey(self) -> Image.Image:
        return self.colour.convert("L")

    @property
    def dots(self) -> int:
        return self.grey.width * self.grey.height

    def box(self, rect: Rect, around: float = 0) -> tuple[int, int, int, int]:
        """A box of the page in dots, with the dots around it: left, top, right, bottom."""
        left, bottom, right, top = (side * SCALE for side in rect)
        height = self.sheet.height * SCALE
        x, y = max(int(left - around), 0), max(int(height - top - around), 0)
        end_x, end_y = (int(end + around) + 1 for end in (right, height - bottom))
        return x, y, max(min(end_x, self.grey.width), x + 1), max(min(end_y, self.grey.height), y + 1)

    def levels(self, rect: Rect, around: float = 0) -> list[int]:
        """How many dots of each grey (0 black to 255 white) there are in a box of the page."""
        return self.grey.crop(self.box(rect, around)).histogram()


def seen(pdf: bytes) -> Iterator[Seen]:
    """The pages of a finished PDF, one at a time: a picture of a page takes 6 MB."""
    with pdfium.PdfDocument(pdf) as document:
        for sheet in read_sheets(document):
            page = document[sheet.number - 1]
            yield Seen(sheet, page.render(scale=SCALE).to_pil().convert("RGB"), tuple(_figures(page)))
            page.close()


def ratio(one: int, other: int) -> float:
    """The contrast of two greys."""
    return contrast(f"#{one:02x}{one:02x}{one:02x}", f"#{other:02x}{other:02x}{other:02x}")


def grey_of(colour: tuple[int, int, int]) -> int:
    """A colour's grey, as `Image.convert("L")` computes it."""
    red, green, blue = colour
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16


def percentile(levels: Sequence[int], share: float) -> int:
    """The grey below which `share` of all dots lie."""
    wanted, so_far = share * sum(levels), 0
    for level, count in enumerate(levels):
        so_far += count
        if so_far >= wanted and so_far:
            return level
    return 255


def farthest(levels: Sequence[int], ground: int) -> float:
    """The contrast with the ground of the darkest or lightest dots of a box, specks left out."""
    return max(ratio(percentile(levels, CORES), ground), ratio(percentile(levels, 1 - CORES), ground))


def commonest(levels: Sequence[int]) -> int:
    return max(range(256), key=lambda level: levels[level])


def lightest(levels: Sequence[int]) -> int:
    """The lightest grey that makes up a tenth of a box or more; mixed dots make up less."""
    return next((g for g in range(255, -1, -1) if levels[g] >= sum(levels) / 10), commonest(levels))


# Words


def word_ratios(page: Seen) -> Iterator[tuple[str, float]]:
    """Every run of text on the page, headers and footers too, with its contrast in grey."""
    for line in page.sheet.lines:
        for run in line.runs:
            yield run.text.strip(), farthest(page.levels(run.rect), commonest(page.levels(run.rect, AROUND)))


# Figures


def shape_ratios(page: Seen, figure: Figure) -> Iterator[tuple[Shape, float]]:
    """Every shape of a figure that has ink of its own, with its contrast in grey."""
    for shape in figure.shapes:
        colour = shape.stroke or shape.fill
        if colour and not _is_paper(page, shape):
            ground = _ground(page.levels(shape.rect, AROUND), grey_of(colour))
            yield shape, min(ratio(grey_of(colour), ground), farthest(page.levels(shape.rect), ground))


def _is_paper(page: Seen, shape: Shape) -> bool:
    """Whether a shape only takes ink away: it is painted like the paper, and has no outline of another colour."""
    paper = commonest(page.grey.histogram())
    return all(abs(grey_of(colour) - paper) <= 2 for colour in (shape.stroke, shape.fill) if colour)


def _ground(around: Sequence[int], ink: int) -> int:
    """The lightest grey around a shape that is not its own: dark things that lie on it must not vouch for it."""
    others = [0 if abs(level - ink) <= ALIKE else count for level, count in enumerate(around)]
    return lightest(others) if any(others) else ink


def darkness(page: Seen, rect: Rect) -> float:
    """How much ink there is in a box: 1 is one dot of black, grey counts by its share."""
    levels = page.levels(rect, 1)
    ground = max(level for level, count in enumerate(levels) if count)
    return sum((ground - level) / 255 * count for level, count in enumerate(levels))


def marks(figure: Figure) -> list[Rect]:
    """The marks of a figure from left to right: shapes at one place are one mark; lines all along it are none."""
    left, _, right, _ = figure.rect
    found: list[Rect] = []
    for rect in sorted((shape.rect for shape in figure.shapes), key=lambda rect: rect[0] + rect[2]):
        if rect[2] - rect[0] > (right - left) / 2:
            continue
        if found and abs(found[-1][0] + found[-1][2] - rect[0] - rect[2]) < 1:
            found[-1] = _around(found[-1], rect)
        else:
            found.append(rect)
    return found


def _around(one: Rect, other: Rect) -> Rect:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def outstanding(inks: Sequence[float]) -> int | None:
    """The number (from 1) of the one mark that has clearly more ink than every other; None where there is none."""
    most, second = sorted(inks, reverse=True)[:2]
    return inks.index(most) + 1 if most >= TOLD_APART * second else None


def filled(page: Seen, rects: Sequence[Rect]) -> list[float]:
    """How dark the middle of each box is, from 0 for paper to 1 for black: outlines lie outside of it."""
    found = []
    for left, bottom, right, top in rects:
        aside, above = 0.3 * (right - left), 0.3 * (top - bottom)
        middle = page.levels((left + aside, bottom + above, right - aside, top - above))
        found.append(sum((255 - grey) / 255 * count for grey, count in enumerate(middle)) / sum(middle))
    return found


# Ink


def toner(page: Seen) -> float:
    """What a black-and-white printer lays down, in per cent of a page of black: grey counts by its darkness."""
    return 100 * sum((255 - grey) / 255 * count for grey, count in enumerate(page.grey.histogram())) / page.dots


def inks(page: Seen) -> float:
    """What a colour printer lays down, in per cent of a page of black.

    What red, green and blue have in common is black ink; the rest is cyan, magenta and yellow.
    """
    black = ImageChops.lighter(ImageChops.lighter(*page.colour.split()[:2]), page.colour.split()[2])
    total = 100 * (255 - ImageStat.Stat(black).mean[0]) / 255
    for channel in page.colour.split():
        # A channel's ink is its share of the light that black leaves: (lightest - channel) / lightest.
        lost = ImageMath.lambda_eval(
            lambda args: (args["black"] - args["channel"]) * 255 / (args["black"] + (args["black"] == 0)),
            black=black,
            channel=channel,
        )
        total += 100 * ImageStat.Stat(lost.convert("L")).mean[0] / 255
    return total


def covered(page: Seen) -> float:
    """The share of the page that is not bare paper, in per cent: a pale filling counts as much as a black one."""
    return 100 * sum(page.grey.histogram()[:BARE]) / page.dots


def most_colour(page: Seen) -> int:
    """The largest difference between red, green and blue in any dot: 0 where all is grey."""
    red, green, blue = page.colour.split()
    pairs = ((red, green), (green, blue), (red, blue))
    return max(int(ImageChops.difference(*pair).getextrema()[1]) for pair in pairs)  # type: ignore[arg-type]


def has_filled_square(page: Seen, millimetres: float, besides: Iterable[Rect] = ()) -> bool:
    """Whether a square of this size is covered with ink of any darkness, without a dot of paper in it."""
    radius = int(millimetres / 25.4 * DPI / 2)
    inked = page.grey.point([255 if level < BARE else 0 for level in range(256)])
    for rect in besides:
        inked.paste(0, page.box(rect, AROUND))
    return inked.filter(ImageFilter.BoxBlur(radius)).getextrema()[1] == 255


# Reading figures


def _figures(page: Any) -> Iterator[Figure]:
    """The figures of an open page: paths that are marked as one belong together, and the tag tree has their words."""
    found: dict[int, list[Shape]] = {}
    for index in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(item) in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE) and _is_figure(item):
            found.setdefault(raw.FPDFPageObj_GetMarkedContentID(item), []).append(_shape(item))
    alts = _alts(page)
    for number, shapes in found.items():
        yield Figure(alts.get(number, ""), tuple(shapes))


def _is_figure(item: Any) -> bool:
    names = []
    for index in range(raw.FPDFPageObj_CountMarks(item)):
        buffer, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        raw.FPDFPageObjMark_GetName(raw.FPDFPageObj_GetMark(item, index), buffer, 64, length)
        names.append(bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0"))
    return "Figure" in names


def _shape(item: Any) -> Shape:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(item, *sides)
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroked)  # leaves both at 0 for an image
    left, bottom, right, top = (side.value for side in sides)
    return Shape(
        (left, bottom, right, top),
        _colour(raw.FPDFPageObj_GetStrokeColor, item) if stroked.value else None,
        _colour(raw.FPDFPageObj_GetFillColor, item) if mode.value else None,
    )


def _colour(ask: Any, item: Any) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    ask(item, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _alts(page: Any) -> dict[int, str]:
    """The alternative text of every marked piece of the page that has one."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    roots = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(raw.FPDF_StructTree_CountChildren(tree))]
    found = dict(pair for root in roots for pair in _alts_below(root))
    raw.FPDF_StructTree_Close(tree)
    return found


def _alts_below(element: Any) -> Iterator[tuple[int, str]]:
    length = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if length > 2:
        buffer = ctypes.create_string_buffer(length)
        raw.FPDF_StructElement_GetAltText(element, buffer, length)
        for index in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element)):
            number = raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)
            yield number, buffer.raw.decode("utf-16-le").rstrip("\0")
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            yield from _alts_below(child)
