"""The typeface, reduced to the letters that the website uses."""

from __future__ import annotations

import io
import string
from collections.abc import Iterable, Mapping

from fontTools import subset

from printables.typeset.fonts import FAMILY, font_assets

FACES = (("regular", "AtkinsonHyperlegible-Regular.ttf", 400), ("bold", "AtkinsonHyperlegible-Bold.ttf", 700))
"""The file's name on the site, the face, its weight. Italics are not used."""
ALWAYS = set(string.printable) | set("‘’“”–…·×•→")
"""Characters that are always included, because visitors type them."""


def font_path(name: str) -> str:
    """Return the path of the face on the site."""
    return f"assets/atkinson-{name}.woff2"


PATHS = tuple(font_path(name) for name, _, _ in FACES)


def letters(pages: Iterable[str]) -> str:
    """Return every character of `pages` and those that are always included, in order."""
    return "".join(sorted(ALWAYS.union(*map(set, pages)) - set(string.whitespace) | {" "}))


def font_files(characters: str) -> dict[str, bytes]:
    """Return both faces as WOFF2 by path, with these characters and their kerning; about 6 kB each."""
    assets = font_assets()
    return {font_path(name): _subset(assets[f"fonts/{file}"], characters) for name, file, _ in FACES}


def font_css(versions: Mapping[str, str]) -> str:
    """Return the @font-face rules of a style sheet beside the fonts. `versions` are added to the addresses."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";src:url("atkinson-{name}.woff2?v={versions[font_path(name)]}") '
        f'format("woff2");font-weight:{weight};font-display:optional}}'
        for name, _, weight in FACES
    )


def _subset(font: bytes, characters: str) -> bytes:
    options = subset.Options(flavor="woff2", layout_features=["kern"], hinting=False, notdef_outline=True)
    loaded = subset.load_font(io.BytesIO(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(loaded)
    made = io.BytesIO()
    loaded["head"].modified = loaded["head"].created  # the same letters make the same bytes, whenever they are cut
    loaded.recalcTimestamp = False
    subset.save_font(loaded, made, options)
    return made.getvalue()
