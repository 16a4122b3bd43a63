"""The marks and spaces of good print, set into a finished page at one door: print, screen, text and Braille pass it.

Authors type straight quotation marks and plain spaces, and everything that reads their words sees these: the checks,
the approvals, the messages. Only the page that goes out has curly marks, a short last word that stays with the word
before it, a number that stays with what it counts, and compounds that are not torn at their hyphen. No letter is added
or lost, so a search still finds "self-harm": the typeface has no unbreakable hyphen, and one would be copied out of a
PDF as another sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from printables.pages.formats.direction import NBSP, PIECE, from_the_right, isolated_on_page

SHORT = 5
"""Letters of the longest last word that is bound to the word before it."""
BOUND = 16
"""The most letters of both together, so that they fit in a narrow column."""
BOUND_IN = {"td": 14, "th": 0, "h2": 10, "h3": 12, "h4": 12}
"""The same in a cell, and in a heading, which may hang in the margin. The head of a column may be one word wide."""
WORDS = 3
"""Words of the shortest text whose end is bound."""
LAST = 13
"""Signs of a last line that is long enough: a shorter one gets one more word where all of them together are short."""
LONG = 12
"""Words of a text whose last line gets it: what is shorter stands in narrow columns, too."""
COMPOUND = 16
"""Letters of the longest compound that is kept whole."""
WHOLE = '<span class="whole">{}</span>'
"""What never breaks; its rule is in page.css."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_LINK = re.compile(r"<a\s")
"""A link's words stay one piece: the engine would make an area of their own for an element inside, without a tag."""
_INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "label", "mark", "q", "samp"),
        *("small", "span", "strong", "sub", "sup", "time", "tspan", "u", "wbr"),
    ]
)
"""Elements that do not end a run of words."""
_SHOWN = re.compile(r'(?<=\s)(alt|aria-label|content|data-of|data-opens|data-page|data-running)="([^"]*)"')
"""Attributes whose words are printed at the foot of a page, or read out."""
_ENTITY = re.compile(r"&(?:#0*34|#0*39|#[xX]0*2[27]|quot|apos);")
_ENTITIES = {"34": '"', "39": "'", "22": '"', "27": "'", "ot": '"', "os": "'"}
_STRAIGHT = re.compile(r"[\"']")
_LEFT_ALONE = re.compile(r"\{\w+:[^{}]*\}|\S*(?:://|www\.|@)\S*")
"""Marks for the numbers of pages, and addresses."""
_COMPOUND = re.compile(rf"(?:{_LEFT_ALONE.pattern})|(?<![\w/.@:&#;-])(\w+(?:-\w+)+)(?![\w/@-]|[.:]\w)")
_RING = re.compile(rf"\d{NBSP}\d")
"""Within a telephone number, which is as long as it is."""
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"[A-Z0-9_-]{7,}")
_LAST = re.compile(r"([^ \n\t]+)[ \n]([^ \n\t]+)[ \n\t]*\Z")
_NUMBER = r"\d{1,3}(?:[.,]\d{3})*"
_COUNTED = re.compile(rf"(?<![^\s(“‘„‚«‹])(?<!\d{NBSP}){_NUMBER}[ \n](?=[^\W\d_]{{1,9}}(?![\w@/]))")
"""A number and the space before the word that it counts; no language's words are listed."""
_BEFORE = re.compile(rf"(?<![^\s(“‘„‚«‹])(?<!\d{NBSP}){_NUMBER}[ \n](?=[^\W\d_]{{1,3}}[ \n{NBSP}]{_NUMBER}(?!\w))")
_BEHIND = re.compile(rf"(?<=\d{NBSP})[^\W\d_]{{1,3}}[ \n](?={_NUMBER}(?!\w))")
"""The spaces before and behind the word between two numbers: 79 in 100, 8 to 12."""
_NAMED = re.compile(r"(?<=[ \n(])[^\W\d_]{3,8}[ \n](?=\d{1,2}(?!\w))")
"""What has a number for its name: Box 5."""
_ELIDED = re.compile(r"\d\ds\b|(?:em|til|tis|twas|cause|n)\b", re.IGNORECASE)
"""What stands behind an apostrophe at the beginning of a word: the '90s."""
_OPENS_AFTER = "([{–—-/“‘„‚«‹"
"""Besides white space: what an opening mark may follow."""


def typographic(page: str, marks: Sequence[str]) -> str:
    """The same page with `marks` (of a quotation, and of one within it: opening, closing) in place of straight ones.

    On a page from right to left, each number of several groups, such as 116 123, runs from left to right.

    To do it again changes nothing.
    """
    made = "".join(_Setter(marks).pieces(page))
    return isolated_on_page(made) if from_the_right(made) else made


class _Setter:
    """Gathers the texts of one block of a page, which inline elements do not end, and sets them together."""

    def __init__(self, marks: Sequence[str]) -> None:
        self._marks = marks
        self._block: list[tuple[str, bool]] = []
        """Pieces in their order, and whether each is text."""
        self._depth = dict.fromkeys([*BOUND_IN, "svg", "title"], 0)

    def pieces(self, page: str) -> Iterator[str]:
        at = 0
        for found in PIECE.finditer(page):
            self._block.append((page[at : found.start()], True))
            at = found.end()
            named = _TAG.match(found[0])
            end, tag = (named[1], named[2].lower()) if named else ("", "span")  # a comment
            if tag in _INLINE:
                self._block.append((found[0], False))
                continue
            yield from self._set()
            yield found[0] if found["raw"] or end else self._shown(found[0])
            if tag in self._depth and not found[0].endswith("/>"):
                self._depth[tag] += -1 if end else 1
        self._block.append((page[at:], True))
        yield from self._set()

    def _shown(self, tag: str) -> str:
        return _SHOWN.sub(lambda found: f'{found[1]}="{self._attribute(found[2])}"', tag) if '="' in tag else tag

    def _attribute(self, value: str) -> str:
        return self._quoted(_ENTITY.sub(_sign, value)).replace('"', "&#34;")

    def _set(self) -> Iterator[str]:
        block, self._block = self._block, []
        whole = "".join(piece for piece, is_text in block if is_text)
        if not whole or whole.isspace():
            yield from (piece for piece, _ in block)
            return
        texts = [_ENTITY.sub(_sign, piece) if is_text else "" for piece, is_text in block]
        made = self._quoted("".join(texts))
        breaks = not (self._depth["svg"] or self._depth["title"])
        if breaks:
            most = min((BOUND_IN[tag] for tag in BOUND_IN if self._depth[tag]), default=BOUND)
            made = _bound(_counted(made, most, _starts(texts)), most)
        at, before, in_link = 0, "", False
        for (piece, is_text), text in zip(block, texts, strict=True):
            mine = made[at : at + len(text)]
            at += len(text)
            if is_text and breaks and "-" in mine and 'class="whole"' not in before and not in_link:
                mine = _COMPOUND.sub(_kept, mine)
            yield mine if is_text else self._shown(piece)
            before = piece if not is_text else before
            in_link = _LINK.match(before) is not None or (in_link and not before.startswith("</a"))

    def _quoted(self, text: str) -> str:
        """The text with curly marks, as long as it was."""
        if not _STRAIGHT.search(text):
            return text
        alone = [found.span() for found in _LEFT_ALONE.finditer(text)]
        signs, opened = list(text), {'"': 0, "'": 0}
        for found in _STRAIGHT.finditer(text):
            at, sign = found.start(), found[0]
            if not any(start <= at < end for start, end in alone):
                signs[at] = self._mark(sign, "".join(signs[max(at - 1, 0) : at]), text[at + 1 :], opened)
        return "".join(signs)

    def _mark(self, sign: str, before: str, after: str, opened: dict[str, int]) -> str:
        opening, closing = self._marks[:2] if sign == '"' else self._marks[2:]
        if not before or before.isspace() or before in _OPENS_AFTER:
            if sign == "'" and _ELIDED.match(after):
                return "’"
            opened[sign] += 1
            return opening
        if after[:1].isalpha() and sign == "'":
            return "’"
        if before.isdigit() and (after[:1].isdigit() or not opened[sign]):
            return sign  # feet and inches
        if opened[sign]:
            opened[sign] -= 1
            return closing
        return "’" if sign == "'" else closing


def _sign(entity: re.Match[str]) -> str:
    return _ENTITIES[entity[0][-3:-1]]


def _starts(texts: Sequence[str]) -> frozenset[int]:
    """Where each piece of a block's text begins: behind a tag, whose element may stand on a line of its own."""
    return frozenset(accumulate(map(len, texts)))


def _counted(text: str, most: int, apart: frozenset[int]) -> str:
    """The text, as long as it was, with each number on one line with the short word that it counts.

    A space that opens a piece of text stays one: 18 in 100 may be a figure above the words behind it.
    """
    if not _DIGIT.search(text):
        return text
    between = (_BEFORE, _BEHIND) if most >= BOUND else ()  # in a narrow column, what is counted comes first
    for pattern in (*between, _COUNTED, _BEHIND, _NAMED):
        for found in list(pattern.finditer(text)):
            if pattern is _NAMED and not found[0][0].isupper():
                continue
            tied = text[: found.end() - 1] + NBSP + text[found.end() :]
            if found.end() - 1 not in apart and len(_piece(tied, found.end() - 1)) <= most:
                text = tied
    return text


def _piece(text: str, at: int) -> str:
    """What stands unbroken around a place, without a mark of a source."""
    start = max(text.rfind(sign, 0, at) for sign in " \n\t") + 1
    return text[start:].split(" ", 1)[0].split("\n", 1)[0].split(f"{NBSP}[", 1)[0].rstrip(".,;:?!)”’")


def _bound(text: str, most: int) -> str:
    """The text, as long as it was, with its last words on one line where the last line could be a short one."""
    while len(text.replace(NBSP, " ").split()) >= WORDS and (found := _LAST.search(text)):
        last = re.sub(rf"{NBSP}\[.*", "", found[2])
        letters = sum(letter.isalnum() for letter in last)
        long = (
            (len(last) >= LAST or len(text.replace(NBSP, " ").split()) < LONG)
            if NBSP in last
            else not 0 < letters <= SHORT
        )
        room = len(found[1]) + 1 + len(found[2]) <= most
        if long or not room or "}" in last or _RING.search(found[1] + NBSP + last):
            break
        text = text[: found.end(1)] + NBSP + text[found.start(2) :]
    return text


def _kept(found: re.Match[str]) -> str:
    compound = found[1]
    if not compound or len(compound) > COMPOUND or _CODE.fullmatch(compound):
        return found[0]
    return WHOLE.format(compound)
