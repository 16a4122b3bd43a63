"""An HTML document of our own making as a small tree of elements."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

WHOLE = 2000
"""Letters; what is shorter is a part of a page, which few look at."""
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])


@dataclass
class Element:
    """One element with its attributes, and the elements and texts in it."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    def below(self, *tags: str) -> Iterator[Element]:
        """The elements of these names inside this one, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.below(*tags)

    @property
    def words(self) -> str:
        """The text inside, with single spaces."""
        return " ".join("".join(self.texts()).split())

    def texts(self) -> Iterator[str]:
        """Every piece of text inside, as it stands."""
        for child in self.children:
            yield from [child] if isinstance(child, str) else child.texts()


class _TreeBuilder(HTMLParser):
    """Our templates close what they open; an end tag without a beginning is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in _VOID:
            self.open.append(self.last)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.last = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(self.last)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


class _Recorder(HTMLParser):
    """Notes what a parser would be told."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[tuple[str, tuple[Any, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append(("handle_starttag", (tag, attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append(("handle_startendtag", (tag, attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.said.append(("handle_endtag", (tag,)))

    def handle_data(self, data: str) -> None:
        self.said.append(("handle_data", (data,)))


@functools.lru_cache(maxsize=4)
def _recorded(html: str) -> list[tuple[str, tuple[Any, ...]]]:
    recorder = _Recorder()
    recorder.feed(html)
    recorder.close()
    return recorder.said


def feed(parser: HTMLParser, html: str) -> None:
    """Tell `parser` what is in `html`. A whole page is taken apart once for all who look at it."""
    if len(html) < WHOLE:
        parser.feed(html)
        parser.close()
        return
    for name, said in _recorded(html):
        getattr(parser, name)(*said)


def parse(html: str) -> Element:
    """The document as an element without a name that holds `<html>`."""
    builder = _TreeBuilder()
    feed(builder, html)
    return builder.open[0]
