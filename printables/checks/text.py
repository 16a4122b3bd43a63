"""HTML of a leaflet → plain text for measuring, as the NHS prepares it.

Every heading, paragraph, list item and table cell stands on a line of its own and ends as a sentence.
"""

from __future__ import annotations

from html.parser import HTMLParser

from printables.pages.formats.html_tree import feed

_BLOCKS = frozenset(
    ["p", "li", "h1", "h2", "h3", "h4", "td", "th", "div", "section", "header", "ul", "ol", "table", "tr", "br", "main"]
)
_SILENT = frozenset(["head", "style", "script", "title", "svg"])
VOID = frozenset(["meta", "br", "img", "link", "hr", "input", "rect", "circle", "path", "line", "ellipse"])
"""Elements that have no end tag: those of HTML, and the shapes of a drawing."""


class _Reader(HTMLParser):
    """Collects the visible text by section; citation numbers are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: dict[str, list[str]] = {"": []}
        self._section = ""
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self._section = given.get("id") or ""
            self.sections.setdefault(self._section, [])
        if tag in _BLOCKS:
            self._add("\n")
        if tag not in VOID:
            hidden = tag in _SILENT or given.get("class") == "cite"
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                break
        if tag in _BLOCKS:
            self._add("\n")
        if tag == "section":
            self._section = ""

    def handle_data(self, data: str) -> None:
        if not any(hidden for _, hidden in self._open):
            self._add(" ".join(data.split("\n")))

    def _add(self, text: str) -> None:
        self.sections[self._section].append(text)


def by_section(html: str) -> dict[str, str]:
    """The visible text of each `<section id>`; what stands outside of sections has the key ""."""
    reader = _Reader()
    feed(reader, html)
    return {name: _tidy("".join(parts)) for name, parts in reader.sections.items()}


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
