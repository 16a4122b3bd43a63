"""The default typeface.

Nothing here imports the typesetting engine: keys and the website need the fonts without its start-up cost (0.5 to
1.3 s).
"""

from __future__ import annotations

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


@lru_cache(maxsize=1)
def font_assets() -> dict[str, bytes]:
    """The four font files by the name under which style sheets ask for them; about 220 kB together."""
    return {f"fonts/{file.name}": file.read_bytes() for file in font_files()}


def font_files() -> list[Traversable]:
    """Where they lie."""
    folder = resources.files(PACKAGE) / "files"
    return [folder / name for name, _, _ in FACES]


def font_css() -> str:
    """The @font-face rules; `url()` is relative to the virtual base."""
    return "".join(_face(*face) for face in FACES)


def _face(name: str, weight: str, style: str) -> str:
    return (
        f'@font-face {{ font-family: "{FAMILY}"; src: url("fonts/{name}"); '
        f"font-weight: {weight}; font-style: {style} }}\n"
    )
