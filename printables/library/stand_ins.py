"""Stand-ins for words that are not translated: letters of nobody's script, by which a page that needs them is known.

Where a text has no translation, the record of that language holds a stand-in in its place. A leaflet whose page has one
is not made, so what a leaflet needs is what it prints, and nobody keeps a list of it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Literal

_FIRST, _COUNT = 0xE000, 6400
_STAND_IN = re.compile("\ue000[\ue001-\uf8ff]{3}")
_START = re.compile(r"\s*(?:[-*+] |\d+[.)] |#+ )?")


State = Literal["missing", "changed", "refused"]
"""It was never translated; or its English has changed since; or something is wrong with the translation."""


@dataclass(frozen=True)
class Untranslated:
    """A text without a translation that may be printed, and where it is to be written."""

    path: str
    line: int
    context: str
    state: State


def stand_in(english: str) -> str:
    """Return what stands in for an English text; the same text has the same everywhere. Lists stay lists."""
    number = int.from_bytes(hashlib.sha256(english.encode()).digest()[:8])
    letters = "\ue000"
    for _ in range(3):
        number, rest = divmod(number, _COUNT - 1)
        letters += chr(_FIRST + 1 + rest)
    return "\n".join(_line(line, letters) for line in english.split("\n"))


def _line(line: str, letters: str) -> str:
    start = _START.match(line)
    return (start[0] if start else "") + letters if line.strip() else line


def stand_ins_in(text: str) -> list[str]:
    """Return the stand-ins in a text, in their order, each once."""
    return list(dict.fromkeys(_STAND_IN.findall(text)))


def is_stand_in(text: str) -> bool:
    """Return whether a text is not translated."""
    return _STAND_IN.search(text) is not None
