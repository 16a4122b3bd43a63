"""Markdown that is not read here, and is printed as it stands: tables, quotations, code, footnotes and their like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from printables.library.fields import MARK
from printables.problems import Severity

MOST = 10
"""So many lines of one kind are named."""
LINK = "Write [words](https://...), with nothing between the brackets."


class Unread(NamedTuple):
    """What stands at `offset` of a text and is not read, how to mend it, and how bad it is."""

    offset: int
    what: str
    mend: str
    severity: Severity


class _Kind(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    mend: str


TABLE = "A table cannot stand in a text."
AS_LIST = "Write a list; tables are made from the facts."
_DELETE = "Take these signs out."
_BOLDLY = "Write **bold**, or nothing."
_HEAD = "Write ### and a space before the heading."
_MARKS = "Write {term|plain words}, {@source-id} or {=fact}."


def _kind(name: str, pattern: str, mend: str) -> _Kind:
    return _Kind(name, re.compile(pattern, re.MULTILINE), mend)


_KINDS = (
    _kind("A quotation", r"^[ \t]*(?P<shown>>)", "Put quotation marks around the words."),
    _kind("Code", r"`+[^`\n]+`+|^[ \t]*(?:`{3,}|~{3,})", _DELETE),
    _kind("Struck or marked text", r"(?<!\S)(~~|==|\+\+)(?=\S)[^~=+\n]+\1", _DELETE),
    _kind("A footnote", r"\[\^[^\]\s]{1,60}\]:?", "Cite with {@source-id}, or say it in the text."),
    _kind("A link by name", r"\[[^\[\]\n]{1,200}\]\[[^\[\]\n]{0,60}\]", LINK),
    _kind("The address of a link", r"^[ \t]*(?P<shown>\[[^\[\]\n^]{1,60}\]:)[ \t]+\S", LINK),
    _kind("A link", r"\[[^\[\]\n]{1,200}\][ \t]+\((?=\x00|mailto:|tel:|#)|\)\[(?=\x00)", LINK),
    _kind("A link", r"\]\((?:\x00+(?=\s|\Z)(?![ ]+[\"'])|(?:mailto:|tel:|#)[^)\n]*$)", LINK),
    _kind("An id or a class", r"\{:?[ ]?[#.][A-Za-z][^{}\n]{0,60}\}", "Take it out."),
    _kind("A mark of this form", r"\{+(?![#.:][A-Za-z])[^{}\n]{0,80}\}+", _MARKS),
    _kind("Bold with underscores", r"(?<![\w_])__?(?=[^\W_])[^_\n]{1,200}(?<=[^\s_])__?(?![\w_])", _BOLDLY),
    _kind(
        "A line across the page", r"^[ \t]*(?P<shown>([-*_])(?:[ ]*\2){2,})[ \t]*$", "Put an empty line in its place."
    ),
    _kind("An underlined heading", r"^[ \t]*(?P<shown>={3,})[ \t]*$", _HEAD),
    _kind("A heading without a space", r"^[ \t]*(?P<shown>#{1,6}(?=[^\W\d_]))", _HEAD),
    _kind("A box to tick", r"^[ \t]*(?:[-*+]|\d+[.)])[ ]+(?P<shown>\[[ xX]?\])(?=[ ])", "Take the brackets out."),
    _kind("A coloured box", r"^[ \t]*(?P<shown>:{3,}|!{3}(?=[ ]?\w))", _DELETE),
    _kind("A line break", r"(?<!\x00)\\$(?!\Z)", "Put an empty line in, or write a list."),
)
_TABLE = re.compile(r"^[ \t]*\|.*\|[ \t]*$|^[ \t]*\|?(?:[ ]*:?-{2,}:?[ ]*\|)+(?:[ ]*:?-{2,}:?)?[ \t]*$", re.MULTILINE)
"""Rows between bars, and the row under a table's head."""
_LIST_TAB = re.compile(r"\A\s*(?:[^\w\s]|o|\w{1,3}[.)])?\t+")
"""A tab behind the mark of a list is none between columns."""
_BOLD = re.compile(r"\*\*(?!\s)[^*]{1,300}(?<!\s)\*\*")
_RULE = re.compile(r"^[ \t]*(?:\*[ ]*){3,}$", re.MULTILINE)
_STARS = re.compile(r"\*\*")
_HIDDEN = re.compile(
    rf"\\[!-/:-@\[-`{{-~]|(?<=\]\()[^()\s]{0, 500}(?:\([^()\s]*\))?[^()\s]{0, 500}(?=[ )])|https?://[^\s)]+|{MARK}"
)
"""What is read, and may hold signs of any kind: escaped signs, addresses, our own marks."""


def unread(text: str) -> Iterator[Unread]:
    """Everything in a text that stays as it stands, each kind once on a line."""
    if (table := _table(text)) is not None:
        yield Unread(table, TABLE, AS_LIST, "error")
    bare = _HIDDEN.sub(_hidden, text)
    for kind in _KINDS:
        for offset, shown in _on_lines(kind.pattern, bare, text):
            what = f'{kind.name} is not read here; "{shown}" is printed as it stands.'
            yield Unread(offset, what, kind.mend, "warning")
    loose = _BOLD.sub(_hidden, _RULE.sub(_hidden, bare))
    for offset, _ in _on_lines(_STARS, loose, text):
        what = 'Two asterisks are left over; "**" is printed as it stands.'
        yield Unread(offset, what, "Write **bold** around words of one paragraph, without a space inside.", "warning")


def _table(text: str) -> int | None:
    """Where a table begins: between bars, or two rows of columns between tabs, as a word processor pastes them."""
    if found := _TABLE.search(text):
        return found.start()
    rows = text.split("\n")
    columns = ["\t" in _LIST_TAB.sub("", row, count=1).strip() for row in rows]
    first = next((at for at in range(len(rows) - 1) if columns[at] and columns[at + 1]), None)
    return None if first is None else sum(len(row) + 1 for row in rows[:first])


def _hidden(found: re.Match[str]) -> str:
    """As many signs that mean nothing, on as many lines."""
    return re.sub(r"[^\n]", "\x00", found[0])


def _on_lines(pattern: re.Pattern[str], bare: str, text: str) -> Iterator[tuple[int, str]]:
    """Where the pattern stands first on each line, and the words there; at most so many."""
    seen: set[int] = set()
    for found in pattern.finditer(bare):
        group = "shown" if "shown" in pattern.groupindex else 0
        line = bare.count("\n", 0, found.start(group))
        if line not in seen and len(seen) < MOST:
            seen.add(line)
            yield found.start(group), " ".join(text[found.start(group) : found.end(group)].split())[:30]
