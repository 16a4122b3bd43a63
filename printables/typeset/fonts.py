"""The default typeface and the versions of everything that shapes the bytes of a PDF.

Nothing here imports the typesetting engine: the key of the cache and the HTML twin need these facts without its
start-up cost (0.5 to 1.3 s).
"""

from __future__ import annotations

import ctypes
from functools import lru_cache
from importlib import metadata, resources

FAMILY = "Atkinson Hyperlegible"
"""The typeface drawn for the Braille Institute; its look-alike letters (I l 1, O 0) differ."""

PACKAGE = "fontpkg_atkinson_hyperlegible"
DISTRIBUTIONS = ("weasyprint", "pydyf", "fonttools", "pypdfium2", "fontpkg-atkinson-hyperlegible")

FACES = (
    ("AtkinsonHyperlegible-Regular.ttf", "normal", "normal"),
    ("AtkinsonHyperlegible-Italic.ttf", "normal", "italic"),
    ("AtkinsonHyperlegible-Bold.ttf", "bold", "normal"),
    ("AtkinsonHyperlegible-BoldItalic.ttf", "bold", "italic"),
)
"""File name, weight and style of the four static faces."""

NATIVE = (
    ("pango", "libpango-1.0.so.0", "pango_version_string"),
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0", ""),
)
"""Name, shared library and the C function that tells its version ("": it has none of its own)."""


@lru_cache(maxsize=1)
def font_assets() -> dict[str, bytes]:
    """The four font files by the name under which style sheets ask for them; about 220 kB together."""
    folder = resources.files(PACKAGE) / "files"
    return {f"fonts/{name}": (folder / name).read_bytes() for name, _, _ in FACES}


def font_css() -> str:
    """The @font-face rules; `url()` is relative to the virtual base."""
    return "".join(_face(*face) for face in FACES)


def _face(name: str, weight: str, style: str) -> str:
    return (
        f'@font-face {{ font-family: "{FAMILY}"; src: url("fonts/{name}"); '
        f"font-weight: {weight}; font-style: {style} }}\n"
    )


@lru_cache(maxsize=1)
def engine_versions() -> dict[str, str]:
    """Versions by name, for the key of the cache: the same versions make the same bytes."""
    found = {name: _distribution(name) for name in DISTRIBUTIONS}
    return found | {name: _native(library, function) for name, library, function in NATIVE}


def _distribution(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def _native(library: str, function: str) -> str:
    """A shared library's version; asking costs about 1 ms, against 500 ms for the engine that would load it as well."""
    try:
        loaded = ctypes.CDLL(library)
    except OSError:
        return "absent"
    if not function:
        return "present"
    tell = getattr(loaded, function)
    tell.restype = ctypes.c_char_p
    return str(tell().decode("ascii"))
