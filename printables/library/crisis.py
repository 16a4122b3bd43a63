"""Words of a crisis, which the website's search recognises, and how they are compared.

`templates/_site/crisis.js` normalises what visitors type in the same way as `plain`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema

from printables.library.fields import ProperName, Record, Slug, as_line, wrong
from printables.library.yaml_reader import Key

SHORTEST, SHORTEST_BEGINNING, SHORTEST_CLOSE = 2, 4, 7
"""Letters of a phrase, of one with a star, and of a word that is found although two letters are wrong."""
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_NAMED = re.compile(r"\(([a-z0-9-]+)\)")


def plain(text: str) -> str:
    """Normalise a text: lower-case letters and digits, no accents or apostrophes, single spaces for everything else."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.lower()))
    kept = (one if one.isalnum() else " " for one in letters if not unicodedata.category(one).startswith("M"))
    return " ".join("".join(kept).split())


def _as_phrase(value: Any, info: ValidationInfo) -> str:
    phrase: str = as_line(value, info.context)
    words = [word for word in phrase.split() if not _NAMED.fullmatch(word)]
    for word in words:
        if "*" in word.rstrip("*") or word.endswith("**") or re.search(r"[()]", word):
            what = f'"{word}" is not a word, the beginning of one with a star behind it, or a name in brackets.'
            raise wrong(what, "Write words such as: overdose, suicid*, or hurt (self).")
    if _NAMED.fullmatch(phrase):
        raise wrong(f'"{phrase}" would be found in too many searches.', "Write a word beside it.")
    least = SHORTEST_BEGINNING if "*" in phrase else SHORTEST
    if len(plain(phrase)) < least:
        raise wrong(f'"{phrase}" would be found in too many searches.', f"Write at least {least} letters in it.")
    return phrase


def _as_long_word(value: Any, info: ValidationInfo) -> str:
    word: str = as_line(value, info.context)
    if not plain(word).isalnum() or len(plain(word)) < SHORTEST_CLOSE:
        what = f'"{word}" is like too many other words when two letters of it are wrong.'
        raise wrong(what, f"Name one word of at least {SHORTEST_CLOSE} letters, or write misspellings under phrases.")
    return word


_STRING = WithJsonSchema({"type": "string", "minLength": 2})
Phrase = Annotated[str, BeforeValidator(_as_phrase), _STRING]
LongWord = Annotated[str, BeforeValidator(_as_long_word), _STRING]


class CrisisWords(Record):
    """Where a search holds one of these, help lines come first. A false alarm only shows them once too often."""

    same: dict[Slug, list[ProperName]] = Field(
        default_factory=dict, description="Words that stand for each other: (self) in a phrase is any word under self."
    )
    phrases: dict[Slug, list[Phrase]] = Field(
        min_length=1,
        description="By kind: words that must stand together, in any case, with or without apostrophes and accents. "
        "A star at the end of a word stands for any ending.",
    )
    alone: list[Phrase] = Field(default_factory=list, description="Phrases that count where nothing else is typed.")
    close_to: list[LongWord] = Field(
        default_factory=list, description="Long words that are also found where two letters are wrong."
    )

    def named(self) -> Iterator[tuple[str, Key]]:
        """Yield every name in brackets, with the key of its phrase."""
        lists: dict[Key, list[str]] = {("phrases", kind): mine for kind, mine in self.phrases.items()}
        for place, phrases in {**lists, ("alone",): self.alone}.items():
            for index, phrase in enumerate(phrases):
                yield from ((name, (*place, index)) for name in _NAMED.findall(phrase))

    def patterns(self) -> dict[str, Any]:
        """Return the phrases as regular expressions that work in Python and JavaScript; names stay in brackets."""
        return {
            "phrases": alternatives(phrase for phrases in self.phrases.values() for phrase in phrases),
            "alone": alternatives(self.alone),
            "same": {name: "|".join(_pattern(one) for one in words) for name, words in self.same.items()},
            "close": [plain(word) for word in self.close_to],
        }


def alternatives(phrases: Iterable[str]) -> str:
    """Return the phrases as a regular expression that works in Python and JavaScript."""
    return "|".join(" ?".join(_pattern(word) for word in phrase.split()) for phrase in dict.fromkeys(phrases))


def _pattern(words: str) -> str:
    """Return the pattern of some words or of a name in brackets. Spaces between words are optional: "killmyself"."""
    if _NAMED.fullmatch(words):
        return words
    return plain(words).replace(" ", " ?") + ("[^ ]*" if words.endswith("*") else "")
