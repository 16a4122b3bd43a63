"""Numbers, codes and addresses among words from right to left: each in its own direction, or its parts change places.

Every group of a number stands as it is typed, but the groups follow the words around them: 116 123 would be read as
123 116, and an address would be read with its end in front. On a page the engine does not know `<bdi>`, so a span says
it. In plain text, Unicode's isolates hold a number together; an address has none, since they would be copied with it.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"
PIECE = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|code|pre|kbd|samp|textarea)\b.*?</(?P=raw)\s*>"
    r"""|<(?:[^<>"']|"[^"]*"|'[^']*')*>""",
    re.DOTALL,
)
"""A tag, or an element whose text is left as it is."""
ADDRESS = (
    r"(?:https?://)?(?:[A-Za-z0-9_.+-]+@)?(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?!\w|\.\w)"
    r"""(?:/(?:[^\s<>()"'،؛]*[\w/])?)?"""
)
"""A web address with or without its beginning, or an e-mail address; it ends before a full stop or a bracket."""
CODE = r"(?<![A-Za-z0-9])(?=[0-9.-]*[A-Za-z])[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)+"
"""Such as the number of a version: WS-TALK-ADULT-1.0-9PWX."""
_DIGITS = r"\d+(?:[.,/:]\d+)*"
_BETWEEN = rf"[ {NBSP}–-]"
NUMBER = (
    r"(?<![A-Za-z0-9_#-])(?<![A-Za-z0-9][.,/:])"
    rf"(?:[+£$€−]{_DIGITS}(?:{_BETWEEN}{_DIGITS})*|{_DIGITS}(?:{_BETWEEN}{_DIGITS})+)"
)
"""A number of several groups, such as 116 123 or 24–7, or one with a sign before it, such as +44 or £5."""
_HELD = re.compile(rf"(?P<address>{ADDRESS})|{CODE}|{NUMBER}", re.ASCII)
_FROM_THE_RIGHT = re.compile(r'\s*(?:<!doctype[^>]*>\s*)?<html\b[^>]*\bdir="rtl"', re.IGNORECASE)
_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
"""A letter of Hebrew, Arabic and their kin."""
_SPAN = '<span dir="ltr">'


def from_the_right(page: str) -> bool:
    """Whether a page runs from right to left."""
    return _FROM_THE_RIGHT.match(page) is not None


def isolated_on_page(page: str) -> str:
    """The page with each of these in a span of its own direction. To do it again changes nothing."""
    start = page.find("<body")
    tag = PIECE.match(page, start) if start >= 0 else None
    return page[: tag.end()] + isolated_in_part(page[tag.end() :]) if tag else page


def isolated_in_part(body: str) -> str:
    """The same for a part of such a page."""
    parts: list[str] = []
    at, drawings, held = 0, 0, False
    for found in PIECE.finditer(body):
        if found.start() < at:
            continue  # inside of a link
        tag, end = found[0], found.end()
        parts.append(_in_spans(body[at : found.start()], held=held))
        drawings += tag.startswith("<svg") - tag.startswith("</svg")  # the name of a drawing is bare text
        held = drawings > 0 or tag == _SPAN
        if tag.startswith("<a ") and not drawings:
            end = body.index("</a>", end)
            tag = _link(tag, body[found.end() : end])
        parts.append(tag)
        at = end
    return "".join(parts) + _in_spans(body[at:], held=False)


def _link(tag: str, words: str) -> str:
    """A link and its words. They stay one piece: the engine would make an area without a tag for a span inside."""
    if "<" in words or not _HELD.search(words):
        return tag + words
    if _LETTER.search(words):
        return tag + isolated_in_text(words)
    return (tag if " dir=" in tag else f'{tag[:-1]} dir="ltr">') + words


def isolated_in_text(text: str) -> str:
    """The same for plain text: a text without letters from right to left stays as it is, and so do addresses."""
    if not _LETTER.search(text):
        return text
    return _HELD.sub(lambda found: found[0] if found["address"] else f"\u2066{found[0]}\u2069", _bare(text))


def _bare(text: str) -> str:
    return text.translate({0x2066: None, 0x2069: None})


def _in_spans(text: str, *, held: bool) -> str:
    return text if held else _HELD.sub(rf"{_SPAN}\g<0></span>", text)
