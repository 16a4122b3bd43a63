"""Words in contracted Braille, as the library liblouis writes them; the only module that knows it."""

from __future__ import annotations

import ctypes
import ctypes.util
import unicodedata
from functools import lru_cache

from printables.pages.formats.registry import FormatMissing

NAMES = ("liblouis.so.20", "liblouis.20.dylib", "louis")
"""The library's file on Linux and on macOS; the last is the name to ask the system for."""
TABLES = {"en": "en-ueb-g2.ctb"}
"""The table of contracted Braille by language, where the language's own record names none."""
_DISPLAY = "en-us-brf.dis"
"""Which of the 64 ASCII characters stands for which dots. It must come first, or the other table's may win."""
_NO_UNDEFINED, _LOG_OFF = 128, 60000
_MEND = "On Debian run `apt install liblouis20 liblouis-data`, on macOS `brew install liblouis`."


def version() -> str:
    """The version of liblouis: another one may contract other words. Raises FormatMissing."""
    found: bytes = _library(NAMES).lou_version()
    return found.decode("ascii")


def tables(language: str, own: str = "") -> str:
    """The tables of a language, as liblouis is given them; `own` is the one that its record names."""
    name = own or TABLES.get(language.split("-", maxsplit=1)[0])
    if name is None:
        raise FormatMissing(f'There is no Braille for the language "{language}".', "Make it without Braille.")
    both = f"{_DISPLAY},{name}"
    if not _library(NAMES).lou_checkTable(both.encode()):
        raise FormatMissing(f"liblouis has no Braille table {name}.", _MEND)
    return both


@lru_cache(maxsize=4096)
def translated(text: str, table: str) -> str:
    """`text` in Braille, as ASCII characters. A character that Braille has no sign for is said by its name."""
    return _louis("".join(_named(c, table) for c in text), table)


@lru_cache(maxsize=256)
def _named(character: str, table: str) -> str:
    if unicodedata.category(character) == "Cf":  # invisible, such as a space without width
        return ""
    if character.isascii() or _louis(character, table, _NO_UNDEFINED).strip():
        return character
    return f"({unicodedata.name(character, 'unknown sign').lower()})"


def _louis(text: str, table: str, mode: int = 0, room: int = 0) -> str:
    """What liblouis makes of `text`. It reads and writes characters of 2 or 4 bytes, as it was built."""
    library = _library(NAMES)
    size: int = library.lou_charSize()
    encoding = "utf-16-le" if size == 2 else "utf-32-le"
    given = text.encode(encoding)
    length = len(given) // size
    room = room or 2 * length + 16
    read_, written = ctypes.c_int(length), ctypes.c_int(room)
    made = ctypes.create_string_buffer(room * size)
    if not library.lou_translateString(
        table.encode(), given, ctypes.byref(read_), made, ctypes.byref(written), None, None, mode
    ):
        raise FormatMissing(f"liblouis cannot use its Braille table {table}.", _MEND)
    if read_.value < length:
        return _louis(text, table, mode, 2 * room)
    return made.raw[: written.value * size].decode(encoding)


@lru_cache(maxsize=2)
def _library(names: tuple[str, ...]) -> ctypes.CDLL:
    for name in names:
        path = name if "." in name else ctypes.util.find_library(name)
        try:
            library = ctypes.CDLL(path) if path else None
        except OSError:
            continue
        if library:
            library.lou_version.restype = ctypes.c_char_p
            library.lou_setLogLevel(_LOG_OFF)  # what it would say, FormatMissing says
            return library
    raise FormatMissing("The Braille library liblouis is not installed.", _MEND)
