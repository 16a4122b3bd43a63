"""A reviewed Word document → what was changed in it, text by text; nothing is taken blindly."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from printables.editor.values import Edit
from printables.word.docx import UnreadableDocument, W, safe_parts
from printables.word.texts import ReviewText, by_place

_TAG = re.compile(r"([0-9a-f]{12}):([0-9a-f]{12})")


@dataclass(frozen=True)
class Change:
    """One text that differs. `stale` where the record has changed since the document was written."""

    text: ReviewText
    new: str
    stale: bool

    def diff(self) -> list[str]:
        """Return the sentences that were taken out and put in."""
        before, after = (_sentences(words) for words in (self.text.text, self.new))
        lines = difflib.unified_diff(before, after, n=0, lineterm="")
        return [line for line in list(lines)[2:] if not line.startswith("@@")]  # the first two name the files

    def edit(self) -> Edit:
        """Return the edit of the record."""
        return Edit("set", self.text.path, self.new)


@dataclass(frozen=True)
class Review:
    """What came back: changes, comments, and texts of the record that are not in the document any more."""

    changes: Sequence[Change]
    comments: Sequence[str]
    gone: Sequence[ReviewText]


def review_of(data: bytes, texts: Sequence[ReviewText]) -> Review:
    """Compare a document with the texts of today. Raises UnreadableDocument."""
    parts = safe_parts(data)
    try:
        found = dict(_controls(ET.fromstring(parts["word/document.xml"])))  # noqa: S314 - no document type in it
        comments = list(_comments(parts))
    except ET.ParseError:
        raise UnreadableDocument("Word's format is broken.", "Save it anew in Word, as .docx.") from None
    known = by_place(texts)
    if not found.keys() & known.keys():
        what = "No text of this leaflet is in the document."
        raise UnreadableDocument(what, "Name the document that `printables export` wrote for this therapy and reader.")
    return Review(list(_changes(found, known)), comments, [one for place, one in known.items() if place not in found])


def _changes(found: Mapping[str, tuple[str, str]], known: Mapping[str, ReviewText]) -> Iterator[Change]:
    for place, (words, text) in found.items():
        one = known.get(place)
        if one is None:
            continue
        new = " ".join(text.split()) if one.one_line else text
        if new != one.text:
            yield Change(one, new, stale=one.tag.partition(":")[2] != words)


def _controls(root: ET.Element) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield place, hash of the words and text of each content control of ours; deleted words are left out."""
    for control in root.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        named = _TAG.fullmatch(tag.get(f"{W}val", "") if tag is not None else "")
        content = control.find(f"{W}sdtContent")
        if named and content is not None:
            lines = ["".join(_words(paragraph)).rstrip() for paragraph in content.iter(f"{W}p")]
            yield named[1], (named[2], "\n".join(lines).strip("\n"))


def _words(paragraph: ET.Element) -> Iterator[str]:
    for one in paragraph.iter():
        if one.tag == f"{W}t":
            yield one.text or ""
        elif one.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif one.tag == f"{W}tab":
            yield " "


def _comments(parts: Mapping[str, bytes]) -> Iterator[str]:
    if "word/comments.xml" in parts:
        for comment in ET.fromstring(parts["word/comments.xml"]).iter(f"{W}comment"):  # noqa: S314 - as above
            yield " ".join("".join(one.text or "" for one in p.iter(f"{W}t")) for p in comment.iter(f"{W}p")).strip()


def _sentences(text: str) -> list[str]:
    return [one for line in text.split("\n") for one in re.split(r"(?<=[.!?]) ", line) if one]
