"""A finished page as a reader hears it: blocks in reading order. The text and the Braille editions print from it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby
from typing import Literal

from printables.pages.formats.html_tree import Element, parse

_INLINE = frozenset(
    (
        *("a", "abbr", "b", "br", "button", "cite", "code", "data", "dfn", "em", "i", "img", "kbd", "label", "mark"),
        *("q", "s", "select", "small", "span", "strong", "sub", "sup", "svg", "textarea", "time", "u", "var"),
    )
)
_UNSAID = frozenset(["script", "select", "style", "template", "textarea"])
_UNSAID_CLASSES = frozenset(["bar", "logo", "scene-words"])
"""Pictures that tell nothing new, unless words are drawn in them; words over a drawing are in its name as well."""
_TO_TICK, _BOX = "tell-us", "[ ]"
_BOX_KINDS = ("tick", "choice")  # of a worksheet's fields; others are room to write
_SPACE, _OWN_MARK = re.compile(r"[ \t\r\n\f]+"), re.compile(r"(\[(?:\d+| )\]) ")
_BREAK = "\u2028"
"""Stands for `<br>` until white space is tidied; no author can type it (see characters.py)."""

Kind = Literal["heading", "paragraph", "item", "cell"]
Inside = Iterable[Element | str]


@dataclass(frozen=True)
class TextRun:
    """Words that stand together. `address` is where they link to, with its scheme; `target` the id on this page.

    `on_page` is the wording of the pointer whose page number is only known when pages are made: the words are then
    followed by `on_page` and the number of the page on which the block with the anchor `target` begins.
    """

    text: str
    address: str = ""
    target: str = ""
    on_page: str = ""

    def saying(self, text: str) -> TextRun:
        """The same kind of run with other words."""
        return TextRun(text, self.address, self.target, self.on_page)


@dataclass(frozen=True)
class TextBlock:
    """One heading, paragraph, list item or table cell.

    `level` is that of the heading or the depth of the list; of the cells of one row the first has 0, the others 1.
    `mark` is what stands before an item: "-", "2.", "[ ]", "[7]", or nothing where an item goes on. A line feed in a
    run is a line break. `anchor` is the id of the element that begins here.
    """

    kind: Kind
    runs: tuple[TextRun, ...]
    level: int = 0
    mark: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class ReadingOrder:
    """A whole page: its language and its blocks, the title first."""

    language: str
    blocks: tuple[TextBlock, ...]
    braille: str = ""  # the table of liblouis that the language names for itself


def read_in_order(html: str) -> ReadingOrder:
    """The blocks of a finished document, in the order in which they are read out."""
    root = parse(html)
    about = next((element.attributes for element in root.below("html")), {})
    blocks = [block for body in root.below("body") for block in _flow(body.children)]
    blocks = sorted(blocks, key=lambda b: (b.kind, b.level) != ("heading", 1))
    return ReadingOrder(about.get("lang", ""), tuple(blocks), about.get("data-braille", ""))


def _flow(inside: Inside, depth: int = 0) -> Iterator[TextBlock]:
    """The blocks of these children of an element; words between its blocks are paragraphs of their own."""
    waiting: list[Element | str] = []
    for child in inside:
        if isinstance(child, str) or child.tag in _INLINE:
            waiting.append(child)
        else:
            yield from _words(waiting)
            waiting = []
            yield from _anchored(_block(child, depth), child)
    yield from _words(waiting)


def _words(inside: Inside, kind: Kind = "paragraph", level: int = 0) -> Iterator[TextBlock]:
    if runs := _said(inside):
        yield TextBlock(kind, runs, level)


def _anchored(blocks: Iterable[TextBlock], element: Element) -> Iterator[TextBlock]:
    """The same blocks; the first answers to the element's id."""
    name = element.attributes.get("id", "")
    for number, block in enumerate(blocks):
        yield dataclasses.replace(block, anchor=name) if name and number == 0 else block


def _block(element: Element, depth: int) -> Iterator[TextBlock]:
    if _is_unsaid(element):
        return iter(())
    if re.fullmatch("h[1-6]", element.tag):
        return _words(element.children, "heading", int(element.tag[1]))
    if element.tag in ("ul", "ol"):
        return _list(element, depth + 1)
    if element.tag == "table":
        return _table(element)
    box = _BOX if _TO_TICK in element.classes else "-"
    blocks = _flow(element.children, depth)
    return (dataclasses.replace(b, mark=box) if b.mark == "-" and b.level == depth + 1 else b for b in blocks)


def _is_unsaid(element: Element) -> bool:
    if "hidden" in element.attributes or element.attributes.get("aria-hidden") == "true" or element.tag in _UNSAID:
        return True
    return bool(element.classes & _UNSAID_CLASSES) and not any(element.below("text"))


def _list(element: Element, depth: int) -> Iterator[TextBlock]:
    items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
    for number, item in enumerate(items, int(element.attributes.get("start", "1"))):
        mark = f"{number}." if element.tag == "ol" else "-"
        yield from _anchored(_item(item, depth, mark), item)


def _item(element: Element, depth: int, mark: str) -> Iterator[TextBlock]:
    """One item, its paragraphs on lines of their own, and the blocks of another kind that stand in it."""
    inside = dropwhile(_is_bullet, element.children)
    for is_words, blocks in groupby(_flow(inside, depth), lambda block: block.kind == "paragraph"):
        if is_words:
            runs = [run for block in blocks for run in (TextRun("\n"), *block.runs)][1:]
            yield _with_own_mark(TextBlock("item", tuple(runs), depth, mark))
            mark = ""
        else:
            yield from blocks


def _is_bullet(child: Element | str) -> bool:
    """A drawing before the words of an item, such as an icon, stands for its bullet."""
    return not child.strip() if isinstance(child, str) else child.tag == "svg" and not any(child.below("text"))


def _with_own_mark(block: TextBlock) -> TextBlock:
    """An item that begins with the number of a source, or with a box to tick, needs no other mark."""
    found = _OWN_MARK.match(block.runs[0].text)
    if not found or block.mark != "-":
        return block
    first = block.runs[0].saying(block.runs[0].text[found.end() :])
    return dataclasses.replace(block, mark=found[1], runs=(first, *block.runs[1:]))


def _table(element: Element) -> Iterator[TextBlock]:
    """Each row as its cells, each behind the head of its column. Equal rows, all to be written in, are told once."""
    for caption in element.below("caption"):
        yield from _words(caption.children)
    heads = [cell.words for head in element.below("thead") for cell in head.below("th", "td")]
    told: list[TextBlock] = []
    for body in element.below("tbody"):
        for row in body.below("tr"):
            blocks = list(_row(list(row.below("th", "td")), heads))
            yield from blocks if blocks != told else ()
            told = blocks


def _row(cells: Sequence[Element], heads: Sequence[str]) -> Iterator[TextBlock]:
    """The cells of one row. Empty ones are left out, unless the row is there to be written in."""
    said = [_said(cell.children, line_break=", ") for cell in cells]
    to_write_in = not any(said[1:])
    level = 0
    for number, runs in enumerate(said):
        head = heads[number] if number < len(heads) else ""
        if runs or (head and to_write_in):
            before = [TextRun(f"{head}: " if runs else f"{head}:")] if head else []
            yield TextBlock("cell", (*before, *runs), level)
            level = 1


def _said(inside: Inside, line_break: str = _BREAK) -> tuple[TextRun, ...]:
    return _tidy(_runs(inside, line_break, TextRun("")))


def _runs(inside: Inside, line_break: str, around: TextRun) -> Iterator[TextRun]:
    """Running text; `around` is the link in which it stands. A drawing is told after the words right behind it."""
    drawn = ""
    for child in inside:
        if not isinstance(child, str) and child.tag in ("svg", "img"):
            drawn += _drawing(child)
            continue
        runs = list(_piece(child, line_break, around))
        yield from runs
        if drawn and any(run.text.strip() for run in runs):
            yield around.saying(drawn)
            drawn = ""
    yield around.saying(drawn)


def _piece(child: Element | str, line_break: str, around: TextRun) -> Iterator[TextRun]:
    """The runs of a text or of an element that is no drawing."""
    if isinstance(child, str):
        yield around.saying(_SPACE.sub(" ", child))
    elif child.tag == "br":
        yield around.saying(line_break)
    elif not _is_unsaid(child):
        yield around.saying(f"{_BOX} " if child.attributes.get("data-kind") in _BOX_KINDS else "")
        yield from _runs(child.children, line_break, _link(child) or around)
        yield around.saying("" if child.tag in _INLINE else " ")


def _link(element: Element) -> TextRun | None:
    here = element.attributes.get("data-target", "")  # a link on a screen only
    address = f"#{here}" if here else element.attributes.get("href", "")
    if address.startswith("#"):
        return TextRun("", target=address[1:], on_page=element.attributes.get("data-page", ""))
    return TextRun("", address) if address else None


def _drawing(element: Element) -> str:
    """In brackets, what a drawing is called, and the words drawn in it that its name does not hold."""
    if _is_unsaid(element):
        return ""
    name = element.attributes.get("alt", "") or next((title.words for title in element.below("title")), "")
    drawn = [part.words for part in element.below("text") if part.words.casefold() not in name.casefold()]
    said = ", ".join(filter(None, [name, *drawn]))
    return f" ({said})" if said else ""


def _tidy(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """The same words with single spaces, none at the ends or beside a line break; runs of one kind made one."""
    tidy: list[TextRun] = []
    for run in runs:
        text = run.text.lstrip(f" {_BREAK}") if not tidy else run.text
        text = text.lstrip(" ") if tidy and tidy[-1].text.endswith((" ", _BREAK)) else text
        if tidy and tidy[-1].saying("") == run.saying(""):
            tidy[-1] = run.saying(tidy[-1].text + text)
        elif text:
            tidy.append(run.saying(text))
    if tidy:
        tidy[-1] = tidy[-1].saying(tidy[-1].text.rstrip(f" {_BREAK}"))
    return tuple(run.saying(re.sub(f" *{_BREAK}", "\n", run.text)) for run in tidy if run.text)
