"""What visitors call a problem, a reader or an edition, and how they spell it: for the website's search and its A to Z.

`templates/_site/words.js` compares these words with what is typed, in the same way as those of a crisis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from printables.library.crisis import Phrase, alternatives, plain
from printables.library.editions import EditionName
from printables.library.fields import Line, ProperName, Record, Slug, wrong
from printables.library.type_notes import OWN

OtherPage = Literal["help", "about", "how-made", "accessibility", "desk", "downloads"]
"""A page of the website that is about no therapy and no problem."""


def _without_names(phrase: str) -> str:
    if "(" in phrase:
        what = f'"{phrase}" holds a name in brackets, which only words of a crisis may.'
        raise wrong(what, "Write out the words that it stands for.")
    return phrase


Wording = Annotated[Phrase, AfterValidator(_without_names)]
"""Words that visitors type, with a star for any ending."""


class EverydayProblem(Record):
    """A problem as visitors know it: an entry of the A to Z."""

    name: Line = Field(description="What people call it; the A to Z is in the order of these names.")
    about: Line = Field(description="What it is, in one sentence.")
    words: Annotated[list[Wording], OWN] = Field(
        default_factory=list,
        description="What people type who have it. A star at the end of a word stands for any ending.",
    )


class EverydayWords(Record):
    """What visitors type, and what they mean by it."""

    problems: dict[Slug, EverydayProblem] = Field(
        default_factory=dict,
        description="Entries of the A to Z, by the id of a condition. One without an entry goes with the broader "
        "one that it is part of, or is called as in conditions.yaml.",
    )
    pages: Annotated[dict[OtherPage, list[Wording]], OWN] = Field(
        default_factory=dict, description="Other pages of the website, by the words that find them."
    )
    readers: Annotated[dict[Slug, list[Wording]], OWN] = Field(
        default_factory=dict,
        description="Words by which the search knows for whom a leaflet is wanted, by audience; the first that "
        "fits counts.",
    )
    editions: Annotated[dict[EditionName, list[Wording]], OWN] = Field(
        default_factory=dict, description="Words by which the search knows which edition is wanted."
    )
    spellings: Annotated[dict[ProperName, list[ProperName]], OWN] = Field(
        default_factory=dict, description="A word as it should be spelt, with misspellings and words for the same."
    )
    ignored: Annotated[list[ProperName], OWN] = Field(
        default_factory=list, description="Words that say nothing about what is wanted, such as: the, my, help."
    )

    @model_validator(mode="after")
    def _one_meaning(self) -> EverydayWords:
        """Refuse a misspelling of two words: only one of them could be searched for."""
        meant: dict[str, str] = {}
        for right, spelt in self.spellings.items():
            for one in map(plain, spelt):
                other = meant.setdefault(one, right)
                if other != right or one == plain(right):
                    what = f'Under spellings "{one}" stands for "{other}" and for "{right}".'
                    raise wrong(what, "Leave it under one of them.")
        return self

    def corrections(self) -> dict[str, str]:
        """Return the right spelling of each wrong one."""
        return {plain(one): plain(right) for right, spelt in self.spellings.items() for one in spelt}


def patterns(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return the phrases of each name as a regular expression that works in Python and JavaScript."""
    return {name: alternatives(phrases) for name, phrases in words.items() if phrases}
