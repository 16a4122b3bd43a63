"""A document → its blocks in order: headings, paragraphs, lists, tables, pictures. Nothing of it is left out.

Word documents are read by mammoth and Markdown by markdown-it, both as HTML, which is then taken apart here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from printables.pages.formats.html_tree import Element, parse

Kind = Literal["heading", "text", "table", "picture", "aside"]
ENDINGS = (".docx", ".md", ".markdown", ".html", ".htm", ".txt")
LONGEST_HEADING = 90
"""Letters of a line in bold that stands alone and is taken for a heading."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_AROUND = frozenset(["", "html", "body", "div", "section", "article", "main", "header", "footer", "aside", "nav", "dl",
                     "blockquote", "figure", "center", "form", "details", "fieldset"])  # fmt: skip
_INLINE = frozenset(["a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "mark", "q", "s", "small", "span",
                     "strong", "sub", "sup", "u", "font", "label", "time", "del", "ins"])  # fmt: skip
_UNREAD = frozenset(["script", "style", "template", "head"])
_BACK = re.compile(r"\s*↑\s*$")


@dataclass(frozen=True)
class Block:
    """One block. `text` is in the Markdown of records; of a table, a line for each row."""

    kind: Kind
    text: str
    level: int = 0
    """Of a heading: 1 to 6; 7 where a line in bold stands for one."""


def from_html(text: str) -> list[Block]:
    """Return the blocks of an HTML document."""
    try:
        root = parse(text)
    except AssertionError:  # Python's parser gives up on a declaration such as "<![1"; its sign is then a sign
        root = parse(text.replace("<![", "&lt;!["))
    return [block for block in _blocks(root) if block.text.strip()]


def from_markdown(text: str) -> list[Block]:
    """Return the blocks of a Markdown document (CommonMark with tables)."""
    from markdown_it import MarkdownIt

    return from_html(MarkdownIt("commonmark").enable("table").render(text))


def from_text(text: str) -> list[Block]:
    """Return the paragraphs of a plain text; a short line alone that ends like no sentence is a heading."""
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    blocks = []
    for part in parts:
        alone = "\n" not in part.strip() and len(part) <= LONGEST_HEADING and part.strip()[-1] not in ".:;,!"
        blocks.append(Block("heading", part.strip(), 7) if alone else Block("text", _plain_lines(part)))
    return blocks


def _plain_lines(part: str) -> str:
    lines = [re.sub(r"^\s*[•·*–-]\s+", "- ", line.rstrip()) for line in part.split("\n")]
    return "\n".join(lines)


def read(data: bytes, name: str) -> list[Block]:
    """Return the blocks of a file by its ending. Raises UnreadableDocument; ImportError where a package is missing."""
    from printables.word import docx

    ending = PurePath(name).suffix.lower()
    if ending == ".docx":
        return docx.blocks(data)
    text = docx.as_text(data)
    if ending in (".md", ".markdown"):
        return from_markdown(text)
    return from_html(text) if ending in (".html", ".htm") else from_text(text)


def _blocks(element: Element) -> Iterator[Block]:
    """Yield the blocks in an element; words that stand between its blocks are paragraphs of their own."""
    loose: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str) or child.tag in _INLINE:
            loose.append(child)
            continue
        yield from _paragraph(loose)
        loose = []
        if child.tag not in _UNREAD:
            yield from _block(child)
    yield from _paragraph(loose)


def _block(element: Element) -> Iterator[Block]:
    tag = element.tag
    if tag in _HEADINGS:
        yield Block("heading", _line(element.children).replace("**", ""), _HEADINGS[tag])
        yield from _pictures(element)
    elif tag in ("ul", "ol"):
        yield Block("text", "\n".join(_items(element)))
        yield from _pictures(element)
        for table in element.below("table"):
            yield from _table(table)
    elif tag == "table":
        yield from _table(element)
    elif tag in _AROUND:
        yield from _blocks(element)
    else:
        yield from _paragraph(element.children)


def _paragraph(inside: Sequence[Element | str]) -> Iterator[Block]:
    text = _line(inside)
    if text:
        bare = text.removeprefix("**").removesuffix("**")
        bold = text == f"**{bare}**" and "**" not in bare and len(bare) <= LONGEST_HEADING and not bare.endswith(".")
        yield Block("heading", bare, 7) if bold else Block("text", text)
    for child in inside:
        if not isinstance(child, str):
            yield from _pictures(child)


def _pictures(element: Element) -> Iterator[Block]:
    for one in (element, *element.elements()):
        if one.tag == "img":
            yield Block("picture", one.attributes.get("alt", "").strip() or "without a description")


def _table(table: Element) -> Iterator[Block]:
    rows = []
    for row in table.below("tr"):
        cells = [" ".join(_line(cell.children).split()) for cell in row.children if isinstance(cell, Element)]
        rows.append(" | ".join(cells))
    yield Block("table", "\n".join(row for row in rows if row.strip(" |")))
    yield from _pictures(table)


def _items(listing: Element, indent: int = 0) -> Iterator[str]:
    number = 0
    for item in listing.children:
        if isinstance(item, str):
            continue
        number += 1
        mark = f"{number}. " if listing.tag == "ol" else "- "
        inner = [child for child in item.children if not isinstance(child, str) and child.tag in ("ul", "ol")]
        own = [child for child in item.children if child not in inner]
        words = " ".join(_line(own).split())
        if words:
            yield f"{' ' * indent}{mark}{_BACK.sub('', words)}"
        for one in inner:
            yield from _items(one, indent + 2)


def _line(inside: Sequence[Element | str]) -> str:
    """Return words with their bold print, links and line breaks."""
    pieces = (re.sub(r"\s+", " ", one) if isinstance(one, str) else _inline(one) for one in inside)
    made = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(pieces))
    return re.sub(r" {2,}", " ", made).strip()


def _inline(element: Element) -> str:
    if element.tag == "br":
        return "\n"
    if element.tag in ("img", "table", *_UNREAD):
        return ""
    words = _line(element.children)
    edges = [one for one in element.texts() if one]
    before = " " if edges and edges[0][:1].isspace() else ""
    after = " " if edges and edges[-1][-1:].isspace() else ""
    if element.tag in ("b", "strong") and words and "**" not in words and "\n" not in words:
        return f"{before}**{words}**{after}"
    address = element.attributes.get("href", "")
    if element.tag == "a" and words and address.startswith(("https:", "mailto:", "tel:")):
        return f"{before}[{words}]({address}){after}"
    if element.tag == "a" and words and address.startswith("http:"):
        return f"{before}{words} ({address}){after}"
    block = element.tag not in _INLINE
    return f"\n{words}\n" if block and words else f"{before}{words}{after}"
