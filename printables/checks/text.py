"""HTML of a leaflet → plain text for measuring, as the NHS prepares it.

Every heading, paragraph, list item and table cell stands on a line of its own and ends as a sentence.
"""

from __future__ import annotations

from printables.pages.formats.html_tree import Element, parse

_BLOCKS = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "td", "th", "div", "section", "header", "ul", "ol", "table", "tr", "br", "main"]
)
_SILENT = frozenset(["head", "style", "script", "title", "svg"])
_EDGE = Element("", {}, (), 0)
"""Where a block ends; it stands behind the block's children while they wait."""


CLINIC = "data-clinic"
"""The attribute of elements that hold a clinic's names, contacts and crisis line, which are not prose."""


def by_section(html: str, *, prose: bool = False) -> dict[str, str]:
    """The visible text of each `<section id>`; what stands outside of sections has the key "".

    Citation numbers are left out; so is what a clinic sets (see CLINIC) where only `prose` is asked for.
    """
    return _by_section(parse(html), prose=prose)


def list_items(html: str) -> frozenset[str]:
    """The lines of text that stand in lists."""
    if "<li" not in html.lower():
        return frozenset()  # most texts: to read each of them as a tree is a tenth of what a check takes
    return frozenset(line for item in parse(html).below("li") for line in _by_section(item)[""].split("\n"))


def _by_section(root: Element, *, prose: bool = False) -> dict[str, str]:
    sections: dict[str, list[str]] = {"": []}
    waiting: list[tuple[Element | str, str]] = [(root, "")]
    while waiting:  # not by recursion: see Element
        node, section = waiting.pop()
        if isinstance(node, str):
            sections[section].append(node.replace("\n", " "))
        elif node is _EDGE or (prose and CLINIC in node.attributes):
            sections[section].append("\n")
        elif node.tag not in _SILENT and "cite" not in node.classes:
            if node.tag in _BLOCKS:
                sections[section].append("\n")
                waiting.append((_EDGE, section))
            inside = node.attributes.get("id", "") if node.tag == "section" else section
            sections.setdefault(inside, [])
            waiting += [(child, inside) for child in reversed(node.children)]
    return {name: _tidy("".join(parts)) for name, parts in sections.items()}


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
