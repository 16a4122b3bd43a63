"""A leaflet's HTML → the same words in Typst: headings, paragraphs, lists and tables; no columns, colours, drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pages

HEAD = '#set page(paper: "a4", margin: 2cm)\n#set text(size: 12pt, lang: "en")\n'
UNSEEN = {"head", "style", "script", "template", "svg"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "header", "hr", "html", "li", "main", "nav", "ol", "p"),
    *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}


def as_typst(html: str) -> str:
    """The whole document."""
    return HEAD + "\n\n".join(_blocks(pages.parsed(html))) + "\n"


def _blocks(node: Any) -> Iterator[str]:
    """What an element holds as blocks; the text between them is a paragraph."""
    run = _escaped(node.text)
    for child in node:
        if child.tag in BLOCKS:
            if run.strip():
                yield run.strip()
            yield from _block(child)
            run = _escaped(child.tail)
        else:
            run += _inline(child) + _escaped(child.tail)
    if run.strip():
        yield run.strip()


def _block(node: Any) -> Iterator[str]:
    if node.tag in ("h1", "h2", "h3", "h4"):
        yield "=" * int(node.tag[1]) + " " + " ".join(_blocks(node))
    elif node.tag in ("ul", "ol"):
        mark = "-" if node.tag == "ul" else "+"
        yield "\n".join(f"{mark} " + "\n\n".join(_blocks(item)).replace("\n", "\n  ") for item in node.iter("li"))
    elif node.tag == "table":
        yield _table(node)
    else:
        yield from _blocks(node)


def _table(node: Any) -> str:
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in node.iter("tr")]
    width = max((sum(_span(cell) for cell in row) for row in rows), default=1)
    cells = "\n".join(" ".join(map(_cell, row)) for row in rows)
    return f"#table(columns: {width},\n{cells}\n)"


def _cell(node: Any) -> str:
    words = "\n\n".join(_blocks(node))
    return f"table.cell(colspan: {_span(node)})[{words}]," if _span(node) > 1 else f"[{words}],"


def _span(cell: Any) -> int:
    return int(cell.get("colspan", 1))


def _inline(node: Any) -> str:
    if not isinstance(node.tag, str) or node.tag.rpartition("}")[2] in UNSEEN:
        return ""
    words = _escaped(node.text) + "".join(_inline(child) + _escaped(child.tail) for child in node)
    return f"#strong[{words}]" if node.tag in ("b", "strong") and words.strip() else words


def _escaped(text: str | None) -> str:
    """The text with nothing in it that Typst would take for markup."""
    return re.sub(r"([\\#$*_`<>@=+/\[\]~'\"-])", r"\\\1", re.sub(r"\s+", " ", text or ""))
