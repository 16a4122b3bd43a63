"""The default typeface, and a wider one for letters that it lacks.

Atkinson Hyperlegible has the letters of English and of most languages of Western Europe. It lacks those of Welsh,
Maltese, Esperanto, Sami, Azerbaijani and others, and Greek and Cyrillic. Of eight open families that were measured
against every letter of the alphabets of Europe, Fira Sans and Noto Sans lack none; of these two, Fira Sans comes in
files of one weight and style each, which is what the engine can embed, and its letters are nearly as wide and high.

Nothing here imports the typesetting engine: keys and the website need the fonts without its start-up cost (0.5 to
1.3 s).
"""

from __future__ import annotations

import io
import re
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

FAMILY = "Atkinson Hyperlegible"
"""The typeface drawn for the Braille Institute; its look-alike letters (I l 1, O 0) differ."""

PACKAGE = "fontpkg_atkinson_hyperlegible"

FACES = (
    ("AtkinsonHyperlegible-Regular.ttf", "normal", "normal"),
    ("AtkinsonHyperlegible-Italic.ttf", "normal", "italic"),
    ("AtkinsonHyperlegible-Bold.ttf", "bold", "normal"),
    ("AtkinsonHyperlegible-BoldItalic.ttf", "bold", "italic"),
)
"""File name, weight and style of the four static faces."""


WEIGHTS = tuple(weight for _, weight, style in FACES if style == "normal")

WIDER_FAMILY = "Fira Sans"
"""The typeface of letters that the other one lacks; style sheets name it second."""

WIDER_PACKAGE = "fontpkg_fira_sans"

WIDER_FACES = (
    ("FiraSans-Regular.ttf", "normal", "normal"),
    ("FiraSans-Italic.ttf", "normal", "italic"),
    ("FiraSans-Bold.ttf", "bold", "normal"),
    ("FiraSans-BoldItalic.ttf", "bold", "italic"),
)


ARABIC_FAMILY = "IBM Plex Sans Arabic"
"""The typeface of Arabic letters; style sheets for pages from right to left name it last.

Of the open ones that come as packages its strokes are the nearest to those of Atkinson Hyperlegible, and its words are
found again in the PDF: 37 of 39 once the signs of several letters are turned round (see pdf/finisher.py). Amiri, a book
face, has 38 and thin strokes; Noto Sans Arabic none to 8.
"""

ARABIC_PACKAGE = "fontpkg_ibm_plex_sans_arabic"

ARABIC_FACES = (
    ("IBMPlexSansArabic-Regular.ttf", "normal", "normal"),
    ("IBMPlexSansArabic-Bold.ttf", "bold", "normal"),
)


ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe]")
"""A letter or sign of Arabic writing."""

OPEN_ZERO = "Printables Open Zero"
"""A typeface of one letter: the zero of numbers, without a slash (see open_zero.py)."""


def open_zero_name(weight: str) -> str:
    """The name under which style sheets ask for it in this weight."""
    return f"fonts/OpenZero-{weight}.ttf"


@lru_cache(maxsize=1)
def font_assets() -> dict[str, bytes]:
    """The four font files by the name under which style sheets ask for them; about 220 kB together."""
    return {f"fonts/{file.name}": file.read_bytes() for file in font_files()}


def font_files() -> list[Traversable]:
    """Where they lie."""
    folder = resources.files(PACKAGE) / "files"
    return [folder / name for name, _, _ in FACES]


@lru_cache(maxsize=1)
def wider_assets() -> dict[str, bytes]:
    """The same of the wider typeface; about 1.9 MB together."""
    return {f"fonts/{file.name}": file.read_bytes() for file in wider_files()}


def wider_files() -> list[Traversable]:
    """Where they lie."""
    folder = resources.files(WIDER_PACKAGE) / "files"
    return [folder / name for name, _, _ in WIDER_FACES]


@lru_cache(maxsize=1)
def arabic_assets() -> dict[str, bytes]:
    """The same of the typeface of Arabic letters; about 250 kB together."""
    return {f"fonts/{file.name}": file.read_bytes() for file in arabic_files()}


def arabic_files() -> list[Traversable]:
    """Where they lie."""
    folder = resources.files(ARABIC_PACKAGE) / "files"
    return [folder / name for name, _, _ in ARABIC_FACES]


def needs_arabic(*texts: str) -> bool:
    """Return whether these texts have an Arabic letter."""
    return any(ARABIC.search(text) for text in texts)


def needs_wider(*texts: str) -> bool:
    """Return whether these texts have a letter that only the wider typeface has. Most have none."""
    others = {ord(letter) for letter in set().union(*texts) if not letter.isascii()} - covered()
    return bool(others) and not others.isdisjoint(covered_by_wider())


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The numbers of all characters of the default typeface."""
    return _characters(font_files()[0])


@lru_cache(maxsize=1)
def covered_by_wider() -> frozenset[int]:
    """The same of the wider typeface."""
    return _characters(wider_files()[0])


@lru_cache(maxsize=1)
def covered_by_arabic() -> frozenset[int]:
    """The same of the typeface of Arabic letters."""
    return _characters(arabic_files()[0])


def _characters(file: Traversable) -> frozenset[int]:
    from fontTools.ttLib import TTFont  # only where a text has more than ASCII

    return frozenset(TTFont(io.BytesIO(file.read_bytes()), lazy=True).getBestCmap())


def font_css(*, wider: bool = False, arabic: bool = False) -> str:
    """The @font-face rules; `url()` is relative to the virtual base."""
    faces = [(FAMILY, *face) for face in FACES] + [(WIDER_FAMILY, *face) for face in WIDER_FACES if wider]
    faces += [(ARABIC_FAMILY, *face) for face in ARABIC_FACES if arabic]
    zeros = (
        _face(OPEN_ZERO, open_zero_name(weight).removeprefix("fonts/"), weight, "normal", "U+30") for weight in WEIGHTS
    )
    return "".join((*(_face(*face) for face in faces), *zeros))


def _face(family: str, name: str, weight: str, style: str, only: str = "") -> str:
    letters = f"; unicode-range: {only}" if only else ""
    return (
        f'@font-face {{ font-family: "{family}"; src: url("fonts/{name}"); '
        f"font-weight: {weight}; font-style: {style}{letters} }}\n"
    )
