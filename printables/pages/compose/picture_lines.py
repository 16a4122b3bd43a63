"""Easy Read texts: one idea a line, and before each line the name of its picture: `[phone] You can call us.`

The name is taken out before the Markdown is read, and each line becomes an entry of a list, so that no line runs into
the next. `1. [phone] Call us.` is a numbered one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from printables.library.parts import SIGNS
from printables.pages.compose.leaflet import LeafletPicture, Words
from printables.problems import guess

_LINE = re.compile(r"[ \t]*(?P<number>\d+\. )?(?:- )?(?:\[(?P<picture>[\w-]+)\][ \t]+)?(?P<words>.*)")
_ENTRY = re.compile(r"<li>(.*?)</li>", re.DOTALL)


class PictureLines(NamedTuple):
    """A text as a Markdown list with as many lines as before, and the picture of each entry; "" where it has none."""

    text: str
    pictures: tuple[str, ...]


def picture_lines(text: str) -> PictureLines:
    """Take the names of the pictures out of `text`. Empty lines between two ideas say nothing and keep their place."""
    lines: list[str] = []
    pictures: list[str] = []
    for line in text.split("\n"):
        read = _LINE.fullmatch(line)
        if read is None or not read["words"].strip():
            lines.append("")
            continue
        lines.append(f"{read['number'] or '- '}{read['words']}")
        pictures.append(read["picture"] or "")
    return PictureLines("\n".join(lines), tuple(pictures))


def unknown_pictures(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where a picture stands that the kit does not have, what is wrong, and how to mend it."""
    offset = 0
    for line in text.split("\n"):
        read = _LINE.fullmatch(line)
        name = read["picture"] if read else None
        if name and name not in SIGNS:
            mend = guess(name, SIGNS).strip() or f"Write one of: {', '.join(SIGNS)}."
            yield offset, f'There is no picture "{name}".', mend
        offset += len(line) + 1


def rows(words: tuple[Words, ...], own: Mapping[str, LeafletPicture]) -> dict[str, object]:
    """Return the data of `picture-rows`: lists of rows, each with a picture and its words. `own`: a clinic's."""
    return {"lists": [_rows(one, own) for one in words]}


def _rows(words: Words, own: Mapping[str, LeafletPicture]) -> dict[str, object]:
    entries = [Markup(entry.strip().removeprefix("<p>").removesuffix("</p>")) for entry in _ENTRY.findall(words.html)]  # noqa: S704 - parts of what the one door made
    return {
        "numbered": "<ol" in words.html,
        "rows": [_row(name, entry, own) for name, entry in zip(words.pictures, entries, strict=False)],
    }


def _row(name: str, words: Markup, own: Mapping[str, LeafletPicture]) -> dict[str, object]:
    row: dict[str, object] = {"sign": name, "html": words}
    return {**row, "src": own[name].src, "alt": own[name].alt} if name in own else row
