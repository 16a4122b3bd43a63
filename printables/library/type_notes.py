"""What the type of a field says of its texts, beside their form: whether a language has words of its own for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TypeNote:
    """Says something of the texts of a type that their values do not: which of them a language has of its own."""

    name: str


TRANSLATED = TypeNote("translated")
"""On the type of words that are printed: each language has its own (see translations/catalogue.py)."""
BY_LANGUAGE = TypeNote("by language")
"""On a mapping whose keys are languages."""
OWN = TypeNote("of a language's own")
"""On lists that are no translations of each other, such as words to avoid; language.yaml has those of its language."""
