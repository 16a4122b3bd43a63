"""An HTML document as a small tree of elements, for all that read a page which is not typeset yet.

It stands on the parser of the standard library: 3 ms a leaflet, where tinyhtml5, which comes with the engine, takes 20.
What looks into a finished PDF walks the engine's own tree of the page instead (typeset/inspect/source.py).
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

WHOLE = 2000
"""Letters; what is shorter is a part of a page, which is read once."""
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""Elements without an end tag (HTML 13.1.2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """One element with its attributes, and the elements and texts in it.

    An attribute without a value has "". `level` counts the elements around it and itself: `<html>` has 1.
    """

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Element | str, ...]
    level: int

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    def elements(self) -> Iterator[Element]:
        """Every element inside this one, in the order of their start tags."""
        return (node for node in self._walk(frozenset()) if not isinstance(node, str))

    def below(self, *tags: str) -> Iterator[Element]:
        """The elements of these names inside this one, in the same order."""
        return (element for element in self.elements() if element.tag in tags)

    def texts(self, without: frozenset[str] = frozenset()) -> Iterator[str]:
        """Every piece of text inside, as it stands; nothing of what stands in elements named in `without`."""
        return (node for node in self._walk(without) if isinstance(node, str))

    @property
    def words(self) -> str:
        """The text inside, with single spaces."""
        return " ".join("".join(self.texts()).split())

    def _walk(self, without: frozenset[str]) -> Iterator[Element | str]:
        """All that stands inside. Not by recursion: a page may nest its elements deeper than Python its calls."""
        waiting = [*reversed(self.children)]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                yield node
            elif node.tag not in without:
                yield node
                waiting += reversed(node.children)


class _Open(NamedTuple):
    """An element whose end has not come yet."""

    tag: str
    attributes: Mapping[str, str]
    children: list[Element | str]


class _TreeBuilder(HTMLParser):
    """Makes each element at its end, when its children are known.

    Our templates close what they open. Elsewhere, an end tag without a beginning is passed over, and what is not closed
    ends with the element around it. `_count` says how many of each name are open: to search all of them for every end
    tag would take minutes on a page that opens everything and closes nothing.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open = [_Open("", {}, [])]
        self._count: defaultdict[str, int] = defaultdict(int)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(_Open(tag, {name: value or "" for name, value in attrs}, []))
        self._count[tag] += 1
        if tag in _VOID:
            self._end()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if self._count[tag]:
            while self._end() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def root(self) -> Element:
        """All that was read, in an element without a name."""
        self.close()
        while len(self._open) > 1:
            self._end()
        return Element("", {}, tuple(self._open[0].children), 0)

    def _end(self) -> str:
        tag, attributes, children = self._open.pop()
        self._count[tag] -= 1
        self._open[-1].children.append(Element(tag, attributes, tuple(children), len(self._open)))
        return tag


def parse(html: str) -> Element:
    """The document as an element without a name that holds `<html>`. A whole page is parsed once for all readers."""
    return _whole_page(html) if len(html) >= WHOLE else _parsed(html)


def _parsed(html: str) -> Element:
    builder = _TreeBuilder()
    builder.feed(html)
    return builder.root()


_whole_page = functools.lru_cache(maxsize=4)(_parsed)
