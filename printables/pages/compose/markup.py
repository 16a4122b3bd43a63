"""Limited Markdown → safe HTML, at one door.

Paragraphs, lists, bold, `###` headings and links to https, mailto, tel and #; raw HTML is shown as text. On top of it
stand the four marks of `marks.py`.
"""

from __future__ import annotations

import html as html_entities
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree as ET

import markdown
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

from printables.library.languages import RIGHT_TO_LEFT, refused_letter
from printables.library.library import Place
from printables.pages.compose.marks import Mark, Marks
from printables.pages.compose.source_lines import (
    GONE,
    NoteLines,
    ReadBlocks,
    SourceBlock,
    SourceReader,
    TypedText,
    breaks,
    typed,
    unmarked,
)
from printables.pages.compose.typed_lists import DEEP, read_lists
from printables.pages.compose.unread_markdown import AS_LIST, TABLE, unread
from printables.problems import Problem, Severity

ALLOWED = frozenset(["p", "ul", "ol", "li", "strong", "a", "h3", "h4", "dfn", "span"])
SAFE_LINK = re.compile(r"(https://[^\s<>\"\\@]+|mailto:[^\s<>\"\\:]+|tel:[+0-9 ()-]+|#[A-Za-z][\w-]*)\Z")
MAX_BRACKETS = 200
"""So many links a text may hold; thousands of brackets would keep the reader of links busy for minutes."""
_IMAGE = re.compile(r"!\[[^\]]*\]\s*[(\[]")
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ITALICS = re.compile(r"(?<![*\w])\*[A-Za-z][^*\n]{0,200}\*(?![*\w])")
_BOLD = r"()\*\*(?!\s)([^*]{1,300})(?<!\s)\*\*"
_HEADING = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ ]+(?P<header>\S[^\n]*?)(?:[ ]+#+)?[ ]*(?:\n|$)")
_UNESCAPE = re.compile("\x02([0-9]+)\x03")
"""How the Markdown package keeps a character that stood after a backslash."""
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_TAG = re.compile(r"</?[A-Za-z][^>]*>|<!--")


class Converted(NamedTuple):
    """A text as safe HTML, and as the blocks that it prints, in order."""

    html: Markup
    blocks: tuple[SourceBlock, ...]


class Converter:
    """Turns the texts of one leaflet into HTML and keeps count of sources and terms."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self._place = Place("", 0)
        self._text = ""
        self._noted: dict[str, int] = {}
        self._source = SourceReader()
        self._markdown = _markdown(self, self._source)

    def html(self, text: str, place: Place) -> Markup:
        """`text` as safe HTML. Problems are noted in `marks.problems` with their line."""
        return self.read(text, place).html

    def read(self, text: str, place: Place) -> Converted:
        """`text` as safe HTML, with the lines of its blocks."""
        self._place, self._text, self._noted = place, text, {}
        listed, faults = read_lists(typed(text, place))
        for fault in faults:
            self._note_at(self._start_of(fault.line), fault.what, fault.mend, fault.severity)
        if not self._can_be_read() or any((fault.what, fault.mend) == DEEP for fault in faults):
            return Converted(Markup(""), ())
        for offset, sign in _turned(text):
            self._note_at(offset, *refused_letter(sign))
        for found in unread(text):
            self._note_at(*found)
        self._markdown.reset()
        shown = _ENTITY.sub(_show_hidden, listed.text)
        self._source.start(TypedText(shown, listed.lines))
        made = unmarked(self._markdown.convert(shown))
        return Converted(Markup(made), tuple(self._source.blocks))  # noqa: S704 - this is the one door; see the allow-list below

    def line(self, text: str, place: Place) -> Converted:
        """`text` without the paragraph around it, for a table cell or a label."""
        made = self.read(text, place)
        inner = re.fullmatch(r"<p>(.*)</p>", made.html, re.DOTALL)
        return made._replace(html=Markup(inner[1])) if inner and "<p>" not in inner[1] else made  # noqa: S704

    def note(self, found: str, what: str, mend: str, severity: Severity = "error") -> None:
        """A problem at the line on which `found` stands; where it stands more than once, at the next one."""
        at = self._text.find(found, self._noted.get(found, 0))
        self._noted[found] = at + 1
        self._note_at(max(at, 0), what, mend, severity)

    def _note_at(self, offset: int, what: str, mend: str, severity: Severity = "error") -> None:
        place = self._place.at(self._text, offset)
        self.marks.problems.append(Problem(place.path, place.line, what, mend, severity))

    def _start_of(self, line: int) -> int:
        """Where a line of the text begins."""
        return sum(len(row) + 1 for row in self._text.split("\n")[:line])

    def _can_be_read(self) -> bool:
        image, tag, table, italics = (pattern.search(self._text) for pattern in (_IMAGE, _TAG, _TABLE, _ITALICS))
        if image:
            what = "Pictures cannot stand in a text."
            self._note_at(image.start(), what, "Delete it; drawings belong to templates.")
        if table:
            self._note_at(table.start(), TABLE, AS_LIST)
        if tag:
            what = f'HTML is not read here; "{tag.group()[:30]}" is printed as it stands.'
            mend = "Write Markdown: **bold**, lists with -, [words](https://...)."
            self._note_at(tag.start(), what, mend, "warning")
        if italics:
            what = "Italics are hard to read and are not set."
            self._note_at(italics.start(), what, "Write **bold**, or nothing.", "warning")
        crowded = self._text.count("[") > MAX_BRACKETS
        if crowded:
            self.note("[", f"The text has more than {MAX_BRACKETS} opening brackets.", "Take some out.")
        return not (image or table or crowded)


def _turned(text: str) -> Iterator[tuple[int, str]]:
    """Letters that run from right to left, written as entities: the reader of files refuses them as they are."""
    for found in _ENTITY.finditer(text):
        if sign := RIGHT_TO_LEFT.search(html_entities.unescape(found.group())):
            yield found.start(), sign.group()


def _show_hidden(m: re.Match[str]) -> str:
    """An entity as it stands; one that is none, or that would be an invisible character, is shown as it was typed."""
    decoded = html_entities.unescape(m.group())
    hidden = any(unicodedata.category(character)[0] == "C" for character in decoded)
    return f"&amp;{m.group()[1:]}" if hidden or not 0 < len(decoded) < 3 else m.group()


class _Link(LinkInlineProcessor):
    """Links to allowed schemes; of all others only the words stay."""

    def __init__(self, converter: Converter, md: markdown.Markdown) -> None:
        super().__init__(r"\[", md)
        self.converter = converter

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name is Markdown's
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[ET.Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        if not isinstance(element, ET.Element):
            return None, None, None
        target = unmarked(_UNESCAPE.sub(lambda m: chr(int(m[1])), element.get("href", "")))
        words = element.text or ""
        element.text = words + GONE * (breaks(data[m.start() : end]) - breaks(words))
        element.attrib.clear()
        if SAFE_LINK.match(target):
            element.set("href", target)
        else:
            element.tag = "span"
            what = f'The link to "{target[:60]}" was left out.'
            found = f"]({target}" if target else "]()"
            self.converter.note(found, what, "Links begin with https://, mailto:, tel: or #.", "warning")
        return element, start, end


class _Entity(InlineProcessor):
    """`&amp;` and the like, decoded once."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name is Markdown's
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown gives it
    ) -> tuple[ET.Element, int, int]:
        element = ET.Element("span")
        element.text = AtomicString(html_entities.unescape(m.group(0)))
        return element, m.start(0), m.end(0)


class _AllowList(Treeprocessor):
    """Headings one below the section's h2, and nothing but the allowed elements."""

    def run(self, root: ET.Element) -> None:
        level = 2
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                level = min(int(element.tag[1]) + 2, 4, level + 1)
                element.tag = f"h{level}"
                element.attrib.clear()
            elif element.tag not in ALLOWED and element is not root:
                element.tag = "span"
                element.attrib.clear()
        for link in list(root.iter("a")):
            for inner in list(link.iter("a"))[1:]:  # a source inside link words: HTML has no link within a link
                inner.tag = "span"
                inner.attrib.clear()


def _markdown(converter: Converter, source: SourceReader) -> markdown.Markdown:
    """A Markdown reader with everything off that this project does not use."""
    md = markdown.Markdown(output_format="xhtml")
    md.preprocessors.deregister("html_block")
    for name in ("code", "quote", "hr", "reference", "setextheader"):
        md.parser.blockprocessors.deregister(name)
    for name in ("backtick", "reference", "image_link", "image_reference", "short_reference", "short_image_ref"):
        md.inlinePatterns.deregister(name)
    for name in ("autolink", "automail", "html", "linebreak", "entity", "link", "em_strong"):
        md.inlinePatterns.deregister(name)
    # A heading is one with a space behind its signs: "#1 for help" is none. Its sign is not lost at its end, either.
    # Bullets and numbers do not mix, either: the sign of each item says which it is.
    for name, value in (("hashheader.RE", _HEADING), ("olist.SIBLING_TAGS", ["ol"]), ("ulist.SIBLING_TAGS", ["ul"])):
        processor, _, attribute = name.partition(".")
        setattr(md.parser.blockprocessors[processor], attribute, value)
    # Above the escapes (180) stands nothing; marks come before links so that a source may stand inside link words.
    md.inlinePatterns.register(Mark(converter.marks, converter.note, md), "mark", 175)
    md.inlinePatterns.register(_Link(converter, md), "link", 160)
    md.inlinePatterns.register(_Entity(_ENTITY.pattern, md), "entity", 80)
    # Bold only: the standards allow no italics (A13), and `7*7` stays what it is.
    md.inlinePatterns.register(SimpleTagInlineProcessor(_BOLD, "strong"), "bold", 60)
    # Marks are read at 20, and white space between blocks is put in at 10.
    md.treeprocessors.register(NoteLines(source), "note-lines", 30)
    md.treeprocessors.register(ReadBlocks(source), "read-blocks", 15)
    md.treeprocessors.register(_AllowList(md), "allow-list", 0)
    return md
