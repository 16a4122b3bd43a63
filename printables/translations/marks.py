"""What must stay in a translation: marks and placeholders in braces. And what is said of them to translators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from printables.library.fields import MARK

PLACEHOLDER = re.compile(r"\{[A-Za-z][\w-]*\}")
"""A place in a fixed word that is filled in: {count}."""
_MARK = re.compile(MARK)
CONSENSUS = "consensus"

Kind = Literal["kept", "explained", "glossary"]


@dataclass(frozen=True)
class FoundMark:
    """A mark in a text: {@source}, {=fact} and {consensus} are kept; a term has plain words, or the glossary's."""

    kind: Kind
    shown: str
    name: str


def marks_in(text: str) -> Iterator[FoundMark]:
    """Yield the marks of a text in their order."""
    for mark in _MARK.finditer(text):
        shown, name = " ".join(mark.group().split()), " ".join(mark["name"].split())
        if mark["sign"] or (name == CONSENSUS and not mark["plain"]):
            yield FoundMark("kept", shown, name)
        else:
            yield FoundMark("explained" if mark["plain"] else "glossary", shown, name)


def spoken(text: str, english: str) -> str:
    """Return a text without marks: of a term what is printed, and nothing of sources and facts."""

    def said(mark: re.Match[str]) -> str:
        if mark["sign"] or mark.group().strip() == f"{{{CONSENSUS}}}":
            return " "
        plain, name = mark["plain"] or "", mark["name"]
        return f" {plain or name} " if name in named else f" {name} {plain} "

    named = {mark.name for mark in marks_in(english) if mark.kind == "glossary"}
    return PLACEHOLDER.sub(" ", _MARK.sub(said, text))


def printed_marks(english: str, translation: str) -> str:
    """Return a translation as a page reads it: {CBT|terapia} becomes {terapia|=CBT} where the English has {CBT} alone.

    There the glossary explains the term, by its English name.
    """
    named = {mark.name.lower() for mark in marks_in(english) if mark.kind == "glossary"}

    def turned(mark: re.Match[str]) -> str:
        name, form = " ".join(mark["name"].split()), (mark["plain"] or "").strip()
        if mark["sign"] or not form or name.lower() not in named:
            return mark.group()
        return f"{mark['space'] or ''}{{{form}|={name}}}"

    return _MARK.sub(turned, translation)


def said_of_marks(english: str) -> Iterator[str]:
    """Yield what a translator should know of each mark in a text."""
    marks = list(dict.fromkeys(marks_in(english)))
    if kept := [mark.shown for mark in marks if mark.kind == "kept"]:
        yield f"Keep as it is: {' '.join(kept)}"
    for mark in marks:
        if mark.kind == "explained":
            yield f"{mark.shown}: translate both sides of the bar, and keep bar and braces."
        if mark.kind == "glossary":
            yield f"{mark.shown}: write {{{mark.name}|the term as your sentence has it}}; the glossary explains it."


def said_of_placeholders(english: str) -> Iterator[str]:
    """Yield what a translator should know of the places that are filled in."""
    if found := list(dict.fromkeys(PLACEHOLDER.findall(english))):
        yield f"Keep as it is: {' '.join(found)}"
