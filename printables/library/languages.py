"""Languages that can be measured, and scripts that records cannot be written in.

Reading levels need measures made for the language: SMOG, the syllable rules and the word lists are for English, and
would call any Arabic text easy. So records are in English, and other languages are layers of words over them (see
translations/): letters written from right to left stand only in the words of a language that is written so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

_PROFILES = Path(__file__).parent.parent / "checks" / "language"
MEASURED = tuple(sorted(profile.parent.name for profile in _PROFILES.glob("*/__init__.py")))
"""The codes of the languages whose texts can be measured: the names of their folders among the checks."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Scripts from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko and others, with their digits and points."""

OTHER_ALPHABETS = re.compile(
    "[\u0530-\u058f\u0900-\u0e3e\u0e40-\u1c7f\u1c90-\u1cff\u2c00-\u2c5f\u2d00-\u2ddf\u2e80-\u2fff\u3001-\ua63f"
    "\ua6a0-\ua6ff\ua800-\uab2f\uab70-\ud7ff\uf900-\ufaff\uff01-\uffef\U00010000-\U000107ff"
    "\U00011000-\U0001bfff\U00020000-\U0003ffff]"
)
"""Scripts from left to right of which the typefaces have no letter: Armenian, Indian, Georgian, Chinese and others."""


def refused_language(code: str) -> tuple[str, str]:
    """Return why a language cannot be used, and what to do."""
    what = f'The language "{code}" has no profile of measures: nobody could tell how hard its words are to read.'
    known = ", ".join(f'{name} ("{code}")' for code, name in zip(MEASURED, _names(), strict=True))
    return what, f"Only {known} has one: write in it, and translate: printables translate start CODE."


def refused_letter(sign: str) -> tuple[str, str]:
    """Return why a letter written from right to left cannot be used, and what to do."""
    name = unicodedata.name(sign, "a letter without a name")
    what = (
        f"Writing from right to left stands here (U+{ord(sign):04X}, {name}): "
        "its words, and numbers beside them, would be printed in the wrong order."
    )
    return (
        what,
        "Write it in Latin letters; such words are a translation: printables translate start CODE.",
    )


Context = Mapping[str, str]
"""What validation knows of a record that is read in another language: its code, and its direction (ltr or rtl)."""


def language_of(context: Context | None) -> str:
    """Return the code of the language that a record is read in; empty for the records as they are."""
    return (context or {}).get("language", "")


def runs_left(context: Context | None) -> bool:
    """Return whether a record is read in a language that is written from right to left."""
    return (context or {}).get("direction") == "rtl"


def refused_in_a_line(line: str, context: Context | None = None) -> tuple[str, str] | None:
    """Return why a name or a contact cannot be printed, and what to do; None if it can.

    Prose in another alphabet is refused as a language that cannot be measured. Words of a language of its own may be
    in any alphabet: whether the typefaces have its letters is seen when they are printed.
    """
    if runs_left(context):
        return None
    if sign := RIGHT_TO_LEFT.search(line):
        return refused_letter(sign.group())
    if not language_of(context) and (sign := OTHER_ALPHABETS.search(line)):
        return _unprinted_letter(sign.group())
    return None


def _unprinted_letter(sign: str) -> tuple[str, str]:
    what = f'The typefaces have no "{sign}" (U+{ord(sign):04X}, {unicodedata.name(sign, "a letter without a name")}).'
    return what, "Write it in Latin, Greek or Cyrillic letters."


def refused_forms(forms: str, context: Context | None = None) -> tuple[str, str] | None:
    """Return why Babel's locale `forms` for dates and numbers cannot be used, and what to do; None if it can."""
    from babel.localedata import exists  # 30 ms that only a locale needs

    if (forms.split("_", maxsplit=1)[0] in MEASURED or language_of(context)) and exists(forms):
        return None
    return (
        f'"{forms}" is no name of Babel\'s for forms of {" or ".join(_names())}.',
        "Write en_GB, or that of another English.",
    )


def _names() -> list[str]:
    """What the languages that can be measured are called in English."""
    from babel import Locale  # 30 ms that only a message needs

    return [Locale.parse(code).get_display_name("en") or code for code in MEASURED]
