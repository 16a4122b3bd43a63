"""What makes bad tags and is passed over in silence by WeasyPrint 70.0 (standards A15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from printables.checklist import Rule
from printables.typeset.page import Finding

SVG = "{http://www.w3.org/2000/svg}"
LEVELS = {f"h{level}": level for level in range(1, 7)}


def inspect_markup(root: Any) -> list[Finding]:
    """Findings about a parsed document's title, headings, pictures, links and tables."""
    return [*_title(root), *_headings(root), *_pictures(root), *_links(root), *_tables(root)]


def _words(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _title(root: Any) -> Iterator[Finding]:
    if not any(_words(node) for node in root.iter("title")):
        yield Finding(Rule.A15, "The leaflet has no title.", "Give the template a <title> with the leaflet's name.")


def _headings(root: Any) -> Iterator[Finding]:
    found = [node for node in root.iter() if node.tag in LEVELS]
    tops = sum(node.tag == "h1" for node in found)
    if tops != 1:
        what = f"The leaflet has {tops} headings of the first level (h1), and must have exactly one."
        yield Finding(Rule.A15, what, "Make the leaflet's name the only h1.")
    before = 0
    for node in found:
        if LEVELS[node.tag] > before + 1:
            what = f'The heading "{_words(node)}" is an {node.tag} and follows an h{before}: a level is skipped.'
            yield Finding(Rule.A15, what, f"Make it an h{before + 1}.")
        before = LEVELS[node.tag]


def _pictures(root: Any) -> Iterator[Finding]:
    for node in root.iter(f"{SVG}svg"):
        title = node.find(f"{SVG}title")
        if title is None or not (title.text or "").strip():
            what = "A drawing has no words for readers who cannot see it."
            yield Finding(
                Rule.A15, what, "Begin the <svg> with a <title>; make mere decoration a background in the CSS."
            )


def _links(root: Any) -> Iterator[Finding]:
    for node in root.iter("a"):
        if node.get("href") and not _words(node):
            what = f'The link to "{node.get("href")[:80]}" has no words.'
            yield Finding(Rule.A15, what, "Write inside the link where it leads; a picture alone is not enough.")


def _tables(root: Any) -> Iterator[Finding]:
    for node in root.iter("table"):
        if next(node.iter("th"), None) is None:
            what = f'The table that begins "{_words(node)[:40]}" has no header cells.'
            yield Finding(Rule.A15, what, "Use <th> for the cells that name a column or a row.")
