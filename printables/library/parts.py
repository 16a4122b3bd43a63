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
    reader: Line | None = Field(
        None,
        description="Who stands for the reader: filled, at the start of the line. Left out: who speaks first.",
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

    @model_validator(mode="after")
    def _reader_speaks(self) -> Example:
        if self.reader and self.reader not in self.speakers:
            who = ", ".join(dict.fromkeys(self.speakers))
            raise wrong(f'"{self.reader}" says and thinks nothing.', f"Write one of: {who}.")
        return self

    @property
    def speakers(self) -> list[str]:
        """Who says or thinks something, turn by turn."""
        return [said.who for said in (*self.exchange, *(one for panel in self.panels for one in panel.said))]


class Answer(Record):
    """A question that people ask, with its answer."""

    question: Line = Field(description="As the reader would ask it: What if I cry?")
    answer: Text = Field(description="One to three sentences.")


class Option(Record):
    """Another choice, as a row of a table."""

    name: Line
    does: Line = Field(description="What it is, and what you do in it.")
    suits: Line = Field(description="Whom it may suit, behind the words of the column: low mood that is less severe.")


class Share(Record):
    """A part of the same number of people who had something else, drawn below the first."""

    count: Number = Field(description="How many of them.")
    words: Words = Field(description='What is so of them, behind "27 in 100", for each audience: without it.')


class People(Record):
    """A share of people as a number out of 20 or 100, drawn and said: 5 in 100."""

    id: Slug
    of: Number = Field(description="20 or 100; the same throughout a leaflet.")
    caption: Words = Field(
        default_factory=dict,
        description="Above the drawing, for each audience: what was counted, in whom, and after how long.",
    )
    count: Number = Field(description="How many of them.")
    words: Words = Field(description='What is so of them, behind "5 in 100", for each audience.')
    against: Share | None = Field(
        None, description="Those who had something else, or nothing: drawn below, to compare."
    )
    sources: list[Slug] = Field(min_length=1, description="Where the number is written; its mark is printed.")

    @field_validator("of")
    @classmethod
    def _a_base(cls, of: int) -> int:
        if of not in (20, 100):
            raise wrong(f"{of} people are not drawn.", "Write 20 or 100.")
        return of

    @model_validator(mode="after")
    def _some_of_them(self) -> People:
        for count in (self.count, *([self.against.count] if self.against else [])):
            if count > self.of:
                raise wrong(f"{count} of {self.of} is more than all.", "Write a smaller count.")
        return self


SIGNS = (
    *("alcohol", "angry", "ask", "bed", "better", "body", "book", "breath", "bus", "calendar", "choice"),
    *("circles", "clock", "cloud", "cross", "cry", "cup", "diary", "doctor", "door", "ear", "eat", "emergency"),
    *("eye", "family", "feet", "flag", "free", "friend", "group", "hand", "hands", "heart", "hospital"),
    *("house", "hurt", "ladder", "lantern", "leaf", "letter", "list", "loop", "map", "medicine", "meet"),
    *("memory", "money", "moon", "network", "path", "pencil", "people", "person", "phone", "place", "plant"),
    *("private", "research", "sad", "safe", "scales", "screen", "shoe", "sides", "steps", "stop", "sun"),
    *("table", "talk", "tangle", "tell", "therapist", "thought", "tick", "unsure", "video", "wait", "wave"),
    *("week", "work", "worried"),
)
"""The small drawings of the kit, templates/_components/scene/things.html."""


def _drawn(name: str) -> str:
    if name not in SIGNS:
        hint = guess(name, SIGNS).strip() or f"Write one of: {', '.join(SIGNS)}."
        raise wrong(f'There is no sign "{name}".', hint)
    return name


Sign = Annotated[Slug, AfterValidator(_drawn), WithJsonSchema({"enum": list(SIGNS)})]
"""The name of a small drawing, such as phone."""

NO_SIGN = "none"


def _drawn_or_none(name: str) -> str:
    return name if name == NO_SIGN else _drawn(name)


StepSign = Annotated[Slug, AfterValidator(_drawn_or_none), WithJsonSchema({"enum": [*SIGNS, NO_SIGN]})]
"""The name of a small drawing, or none for a step that has no picture."""


class Row(Record):
    """A picture and its words."""

    sign: Sign = Field(description="A small drawing of the kit, such as phone.")
    words: Text = Field(description="One sentence or two.")
