"""The stamp at the end of a leaflet's printed code: it says which words, contacts and help lines are on the page."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from printables.pages.compose.approval import bare, content_hash
from printables.pages.compose.leaflet import Block, Leaflet

LETTERS = "CDFHJKMNPRTWX79"
"""No sign that can be taken for another one (B and 8, I and 1, O and 0, S and 5, U and V), and no vowel, so no word."""
LENGTH = 4
NOT_STAMPED = frozenset({"code", "last_review", "next_review", "overdue", "approval", "others", "in_full", "qr"})
"""What the "about" block holds beside contacts: dates, the approval, other leaflets. The QR code repeats a contact."""


def stamped(leaflet: Leaflet) -> Leaflet:
    """Return the leaflet with the stamp after its version, such as IPT-TEEN-EN-1.1-K7F9.

    Unlike the hash of an approval, the stamp covers the clinic: its name, contacts, local words and crisis line. It is
    the same in every edition, and a review that changes no word does not change it.
    """
    code = f"{leaflet.code}-{stamp(leaflet)}"

    def with_code(block: Block) -> Block:
        return dataclasses.replace(block, data={**block.data, "code": code}) if block.show == "about" else block

    sections = (dataclasses.replace(s, blocks=tuple(with_code(block) for block in s.blocks)) for s in leaflet.sections)
    return dataclasses.replace(leaflet, code=code, sections=tuple(sections))


def stamp(leaflet: Leaflet) -> str:
    """Return the four letters of a leaflet's words, contacts and help lines."""
    about = [
        {key: value for key, value in block.data.items() if key not in NOT_STAMPED}
        for section in leaflet.sections
        for block in section.blocks
        if block.show == "about"
    ]
    return letters_of(bare([content_hash(leaflet), leaflet.publisher, about]))


def letters_of(words: Any) -> str:
    """Return four letters that change with any of these words."""
    said = json.dumps(words, sort_keys=True, ensure_ascii=False)
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8])
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)
