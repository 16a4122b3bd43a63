"""The words of a leaflet's HTML as a reader should see them, with the section in which each stands."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tinyhtml5

UNSEEN = {"head", "style", "script", "template", "title", "desc", "metadata"}
"""Elements whose text is never drawn; `title` and `desc` are those of an inline SVG."""

INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark"),
    *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "var", "wbr"),
}
"""Elements that do not break a word: `<b>on</b>ce` is one word, `<td>on</td><td>ce</td>` are two."""

NOTHING = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, *range(0x2066, 0x206A), 0xFEFF])
"""Soft hyphens, zero-width spaces, joiners and marks of direction: invisible, and lost or kept at random on the way
through a PDF."""

VOWELS = dict.fromkeys([0x640, *range(0x64B, 0x660), 0x670])
"""The signs of Arabic above and below its letters, which are drawn each for itself, and the stroke between letters."""

_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
"""Letters from right to left: Hebrew, Arabic and their kin."""

WORD = re.compile(rf"(?:(?=\w)[{_LEFT}])+|[^\W{_LEFT}]+")
"""A word. One from right to left ends at a figure or a Latin letter: a PDF may lose the blank between."""


def words_in(text: str) -> list[str]:
    """The words to compare: one form for each letter, no case, no punctuation, so `12-week` is two words."""
    # Split before folding: İ, ΐ and ΰ fold into letters with marks, and a mark ends a word.
    return [word.casefold() for word in WORD.findall(tidy(text))]


def squash(text: str) -> str:
    """The words without anything between them: equal however the lines of a text were broken."""
    return "".join(words_in(text))


def tidy(text: str) -> str:
    """Compatible characters made one (NFKC), invisible ones removed."""
    return unicodedata.normalize("NFKC", text).translate(NOTHING | VOWELS)


def runs_left(letter: str) -> bool:
    """Whether a letter is written from right to left."""
    return unicodedata.bidirectional(letter) in ("R", "AL")


def picture_words(node: Any) -> str:
    """The description of an element that is one picture, made of HTML; empty for all others.

    Its letters belong to the picture: they are seen and not read, and may be small.
    """
    return str(node.get("aria-label", "")) if node.tag == "figure" and node.get("role") == "img" else ""


@dataclass(frozen=True)
class HtmlWord:
    """One word: as compared, as written, and the id of the nearest section around it ("" outside any)."""

    folded: str
    shown: str
    section: str


@dataclass
class HtmlWords:
    """Everything that the checks ask about the HTML."""

    words: list[HtmlWord] = field(default_factory=list)
    elements: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where each element with an id begins and ends, as places in `words`."""
    sections: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    """The text of each h2, h3 and h4 with its section."""

    def __post_init__(self) -> None:
        starts, total = [], 0
        for word in self.words:
            starts.append(total)
            total += len(word.folded)
        self._starts = starts
        self._squashed = "".join(word.folded for word in self.words)

    def inside(self, name: str) -> str:
        """The squashed words of the element with that id; empty where there is none."""
        first, last = self.elements.get(name, (0, 0))
        return "".join(word.folded for word in self.words[first:last])

    def section_of(self, text: str) -> str:
        """The id of the section in which a piece of text stands; empty where it is not found."""
        squashed = squash(text)
        at = self._squashed.find(squashed) if squashed else -1
        return self.words[bisect_right(self._starts, at) - 1].section if at >= 0 else ""

    def title_of(self, section: str) -> str:
        """A section's first heading, or its id."""
        return next((text for text, owner in self.headings if owner == section), section)


def parse(html: str) -> Any:
    """The element tree of `html`, as the engine sees it: the same parser, 4 ms a leaflet."""
    return tinyhtml5.parse(html, namespace_html_elements=False)


def read_html(html: str) -> HtmlWords:
    """The source of a document that is not parsed yet."""
    return read_tree(parse(html))


def read_tree(root: Any) -> HtmlWords:
    """The source of an already parsed document."""
    walk = _HtmlWalk()
    for body in root.iter("body"):
        walk.element(body, "")
    return walk.source()


class _HtmlWalk:
    """Gathers the text of a tree in reading order and remembers where elements begin and end in it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.owners: list[tuple[int, str]] = [(0, "")]
        self.spans: dict[str, tuple[int, int]] = {}
        self.heads: list[tuple[int, int, str]] = []
        self.sections: list[str] = []

    def text(self, text: str | None, section: str) -> None:
        if not text:
            return
        clean = tidy(text)
        self.owners.append((self.length, section))
        self.parts.append(clean)
        self.length += len(clean)

    def element(self, node: Any, section: str) -> None:
        tag = _local(node)
        if tag in UNSEEN or "hidden" in node.attrib or picture_words(node):
            return
        name = node.get("id", "")
        if tag == "section" and name:
            section = name
            self.sections.append(name)
        self._edge(tag, section)
        start = self.length
        self._children(node, section)
        if name:
            self.spans.setdefault(name, (start, self.length))
        if tag in ("h2", "h3", "h4"):
            self.heads.append((start, self.length, section))
        self._edge(tag, section)

    def _children(self, node: Any, section: str) -> None:
        self.text(node.text, section)
        for child in node:
            self.element(child, section)
            self.text(child.tail, section)

    def _edge(self, tag: str, section: str) -> None:
        if tag not in INLINE:
            self.text("\n", section)

    def source(self) -> HtmlWords:
        whole = "".join(self.parts)
        starts, words = [], []
        for start, word in self._words(whole):
            starts.append(start)
            words.append(word)
        spans = {name: (_at(starts, first), _at(starts, last)) for name, (first, last) in self.spans.items()}
        heads = [(" ".join(whole[first:last].split()), section) for first, last, section in self.heads]
        return HtmlWords(words, spans, self.sections, heads)

    def _words(self, whole: str) -> Iterator[tuple[int, HtmlWord]]:
        places = [place for place, _ in self.owners]
        for match in WORD.finditer(whole):
            section = self.owners[bisect_right(places, match.start()) - 1][1]
            yield match.start(), HtmlWord(match[0].casefold(), match[0], section)


def _at(starts: list[int], place: int) -> int:
    """How many words begin before `place`."""
    return bisect_right(starts, place - 1)


def _local(node: Any) -> str:
    """An element's name without its namespace; a comment has none and counts as unseen."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else "script"
