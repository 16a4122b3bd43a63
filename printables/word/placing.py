"""The blocks of a document → the sections of a record, by the headings of our leaflets; what fits nowhere is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from printables.library.locales import Locale
from printables.library.sections import Sections
from printables.library.settings import Audience
from printables.word.documents import Block

ALIKE = 0.68
"""From this likeness on, a heading of a document is one of ours."""
LONGEST_PURPOSE = 200
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_FILLER = "a an and are be can do does for how i if in is it me my of or our the this to what when will with you your"


@dataclass
class Placed:
    """Where each part of a document went."""

    title: str = ""
    purpose: str = ""
    sections: dict[str, list[str]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """By section: the document's heading that led there."""
    kept: list[str] = field(default_factory=list)
    """What fits nowhere, in order."""


def place(blocks: Sequence[Block], audience: Audience, locale: Locale) -> Placed:
    """Return the document's parts by section. Every word of it is in the result."""
    ours = headings_of(audience, locale)
    placed, section = Placed(), ""
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            if not placed.title and not placed.sections and not placed.kept and "\n" not in block.text:
                placed.title = block.text
                continue
            section = _section(block.text, ours, placed)
            if section:
                placed.headings[section] = block.text
            else:
                placed.kept.append(f"### {block.text}")
        elif block.kind == "text" and section:
            placed.sections.setdefault(section, []).append(block.text)
        elif block.kind == "text" and _is_purpose(block.text, placed, blocks[:at]):
            placed.purpose = block.text
        else:
            placed.kept.append(_named(block, placed.headings.get(section, "")))
    placed.kept += [f"Heading of {name}: {heading}" for name, heading in placed.headings.items()]
    return placed


def headings_of(audience: Audience, locale: Locale) -> dict[str, str]:
    """Return, for each heading of this reader's leaflet, the section of the record that stands first below it."""
    found = {}
    for section in audience.sections:
        words = locale.headings.get(section.id, {})
        heading = words.get(audience.id) or words.get("any", "")
        shown = next((block.show for block in section.blocks if block.show in Sections.model_fields), "")
        if heading and shown:
            found[re.sub(r"\{\w+\}", "", heading)] = shown
    return found


def _section(heading: str, ours: Mapping[str, str], placed: Placed) -> str:
    """Return the section whose heading is most like this one, if it is alike enough and nothing stands there yet."""
    bare = re.sub(re.escape(placed.title), "", heading, flags=re.IGNORECASE) if placed.title else heading
    ranked = sorted(((likeness(bare, one), section) for one, section in ours.items()), reverse=True)
    best, section = ranked[0] if ranked else (0.0, "")
    return section if best >= ALIKE and section not in placed.headings else ""


def likeness(one: str, other: str) -> float:
    """Return how alike two headings are, from 0 to 1: by their letters, or by the words that say something."""
    first, second = (re.sub(r"[^\w\s]", "", text).casefold() for text in (one, other))
    letters = SequenceMatcher(None, first, second, autojunk=False).ratio()
    words = [_words(text) for text in (first, second)]
    both = words[0] & words[1]
    shared = 2 * len(both) / (len(words[0]) + len(words[1])) if both else 0.0
    return max(letters, shared)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"(?<=\w{3})s$", "", word) for word in text.split()) - frozenset(_FILLER.split())


def _is_purpose(text: str, placed: Placed, before: Iterable[Block]) -> bool:
    """Return whether this is the one sentence below the title that says whom a leaflet is for."""
    alone = not placed.purpose and not placed.sections and not any(block.kind == "text" for block in before)
    return alone and "\n" not in text and len(text) <= LONGEST_PURPOSE and len(_SENTENCE.findall(text)) <= 1


def _named(block: Block, heading: str) -> str:
    below = f" below “{heading}”" if heading else ""
    if block.kind == "table":
        return f"Table{below}:\n{block.text}"
    if block.kind == "picture":
        return f"Picture{below}: {block.text}"
    return block.text
