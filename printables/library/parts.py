"""Parts of a therapy's record that are drawn as more than running text: examples, answers, options, people, rows.

Each is written for one audience, as a list or a small record of its own under the audience's id.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema, field_validator, model_validator

from printables.library.fields import Line, Number, Record, Slug, Text, Words, wrong
from printables.problems import guess


class Said(Record):
    """Somebody in an example, and what they say or think."""

    who: Line = Field(max_length=24, description="A made-up name, or what they are: Anna, Her brother.")
    says: Line | None = Field(None, max_length=160, description="What they say, without quotation marks.")
    thinks: Line | None = Field(None, max_length=160, description="What they think, in place of it.")

    @model_validator(mode="after")
    def _one_of_both(self) -> Said:
        if (self.says is None) is (self.thinks is None):
            raise wrong(f'"{self.who}" must either say or think something.', "Write says, or thinks.")
        return self


class Panel(Record):
    """One moment of an example: what happens, and what is said or thought in it."""

    lead: Line = Field(max_length=240, description="What happens, in one or two sentences.")
    said: list[Said] = Field(default_factory=list, max_length=3, description="Bubbles, at most 3, in their order.")


class Example(Record):
    """How it might go, with made-up people; the page says so. Panels, or an exchange of words."""

    lead: Text | None = Field(None, description="Who they are, and what goes before.")
    panels: list[Panel] = Field(default_factory=list, description="2 to 4 moments.")
    exchange: list[Said] = Field(
        default_factory=list, description="In place of panels: who says what, at least 2 turns."
    )
    end: Text | None = Field(None, description="What came of it: better, and not solved.")

    @model_validator(mode="after")
    def _one_form(self) -> Example:
        if bool(self.panels) is bool(self.exchange):
            raise wrong("An example has either panels or an exchange.", "Write one of the two.")
        if self.panels and not 2 <= len(self.panels) <= 4:
            raise wrong(f"There are {len(self.panels)} panels, and 2 to 4 fit a page.", "Add, join or delete some.")
        if self.exchange and len(self.exchange) < 2:
            raise wrong("An exchange needs an answer.", "Add a turn, or write panels.")
        return self


class Answer(Record):
    """A question that people ask, with its answer."""

    question: Line = Field(description="As the reader would ask it: What if I cry?")
    answer: Text = Field(description="One to three sentences.")


class Option(Record):
    """Another choice, as a row of a table."""

    name: Line
    does: Line = Field(description="What it is, and what you do in it.")
    suits: Line = Field(description="Whom it may suit, behind the words of the column: low mood that is less severe.")


class People(Record):
    """A share of people as a number out of 20 or 100, drawn and said: 5 in 100."""

    id: Slug
    of: Number = Field(description="20 or 100; the same throughout a leaflet.")
    count: Number = Field(description="How many of them.")
    words: Words = Field(description='What is so of them, behind "5 in 100", for each audience.')
    sources: list[Slug] = Field(min_length=1, description="Where the number is written.")

    @field_validator("of")
    @classmethod
    def _a_base(cls, of: int) -> int:
        if of not in (20, 100):
            raise wrong(f"{of} people are not drawn.", "Write 20 or 100.")
        return of

    @model_validator(mode="after")
    def _some_of_them(self) -> People:
        if self.count > self.of:
            raise wrong(f"{self.count} of {self.of} is more than all.", "Write a smaller count.")
        return self


SIGNS = (
    *("bed", "body", "book", "breath", "bus", "calendar", "circles", "clock", "cloud", "cup", "diary", "door", "eye"),
    *("flag", "hand", "hands", "heart", "house", "ladder", "lantern", "leaf", "list", "loop", "map", "memory", "moon"),
    *(
        "network",
        "path",
        "people",
        "phone",
        "place",
        "plant",
        "scales",
        "shoe",
        "steps",
        "sun",
        "table",
        "talk",
        "tangle",
        "wave",
    ),
)
"""The small drawings of the kit, templates/_components/scene/things.html."""


def _drawn(name: str) -> str:
    if name not in SIGNS:
        hint = guess(name, SIGNS).strip() or f"Write one of: {', '.join(SIGNS)}."
        raise wrong(f'There is no sign "{name}".', hint)
    return name


Sign = Annotated[Slug, AfterValidator(_drawn), WithJsonSchema({"enum": list(SIGNS)})]
"""The name of a small drawing, such as phone."""


class Row(Record):
    """A picture and its words."""

    sign: Sign = Field(description="A small drawing of the kit, such as phone.")
    words: Text = Field(description="One sentence or two.")
