"""The record of a course pack, from which its books are made."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from printables.library.editions import USUAL, EditionName
from printables.library.fields import Day, Flag, Form, Language, Line, Number, ProperName, Record, Slug, Text, wrong

Minutes = Annotated[Number, Field(ge=1, le=480)]


class PackActivity(Record):
    """Something that is done in a session. Learners read `words`; only facilitators read `notes`."""

    title: Line
    minutes: Minutes
    words: Text | None = Field(None, description="What learners do, or what they need to follow: Markdown.")
    notes: Text | None = Field(None, description="How to lead it; never printed in a learner's book.")
    lines: Number | None = Field(None, ge=1, le=20, description="Ruled lines to write on, below the words.")


class PackHandout(Record):
    """A leaflet or worksheet that is used in a session, as it is printed for its own reader."""

    therapy: Slug | None = None
    worksheet: Slug | None = Field(None, description="Instead of a therapy.")
    audience: Slug

    @model_validator(mode="after")
    def _one_of_two(self) -> PackHandout:
        if (self.therapy is None) == (self.worksheet is None):
            raise wrong("This must name a therapy or a worksheet, and not both.", "Keep one of the two keys.")
        return self

    @property
    def record(self) -> str:
        """The id of the record that holds its words."""
        return self.worksheet or self.therapy or ""


class PackSession(Record):
    """One session of the course. Its activities take all of its time."""

    id: Slug
    title: Line
    minutes: Minutes
    aims: list[Line] = Field(min_length=1, description="What learners can do afterwards: Say what … is.")
    activities: list[PackActivity] = Field(min_length=1)
    handouts: list[PackHandout] = Field(default_factory=list, description="In the order in which they are used.")
    questions: list[Line] = Field(default_factory=list, description="To talk about, in pairs or together.")
    notes: Text | None = Field(None, description="For facilitators: the session as a whole; never for learners.")
    reading: list[Slug] = Field(default_factory=list, description="Ids from content/sources.yaml.")
    scene: Slug | None = Field(None, description="The drawing that opens the session; without it, the course's.")
    pause: Number = Field(0, ge=0, le=120, description="Minutes of break after this session.")

    @model_validator(mode="after")
    def _times_add_up(self) -> PackSession:
        spent = sum(activity.minutes for activity in self.activities)
        if spent != self.minutes:
            what = f'The activities of "{self.id}" take {spent} minutes, and the session has {self.minutes}.'
            raise wrong(what, "Make them the same.")
        return self


class QuizQuestion(Record):
    """One item of the quiz: it is asked before the course and after it."""

    id: Slug
    question: Line
    options: list[Line] = Field(min_length=2, max_length=5)
    answer: Number = Field(ge=1, description="The number of the right option: 1 is the first.")
    why: Line = Field(description="Why that is right; only facilitators read it.")
    sources: list[Slug] = Field(default_factory=list)

    @model_validator(mode="after")
    def _answer_is_an_option(self) -> QuizQuestion:
        if self.answer > len(self.options):
            what = f'The answer of "{self.id}" is option {self.answer}, and there are {len(self.options)}.'
            raise wrong(what, "Name one of the options by its number.")
        return self


class PackReview(Record):
    """When the course was last looked at, when it must be again, and by whom."""

    last_review: Day
    next_review: Day
    authors: ProperName

    @model_validator(mode="after")
    def _in_order(self) -> PackReview:
        if self.next_review <= self.last_review:
            raise wrong("The next review is not after the last one.", "Write a later date in next_review.")
        return self


class Pack(Record):
    """A course: content/packs/<id>.yaml. Three books are made from it: for learners, for facilitators, and handouts."""

    id: Slug = Field(description="The same as the file's name.")
    language: Language
    region: Slug | None = Field(None, description="Help lines and law; the publisher's region where it is left out.")
    title: Line
    subtitle: Line | None = None
    level: Line = Field(description="What learners should know before: Introductory, for …")
    code: Form = Field(pattern=r"^[A-Z][A-Z0-9-]{1,15}$", description="The start of its version code, such as IPT-DAY.")
    version: Form = Field(pattern=r"^[0-9]+\.[0-9]+$")
    scene: Slug | None = Field(None, description="The drawing on the cover, such as talk.")
    minutes: Number = Field(description="The whole course with its breaks.")
    aims: list[Line] = Field(min_length=1)
    about: Text = Field(description="Who the course is for, and what it is and is not.")
    how_to_use: Text = Field(description="For learners: how to use this book.")
    how_to_lead: Text = Field(description="For facilitators: who can lead it, how to prepare; never for learners.")
    ground_rules: list[Line] = Field(min_length=1, description="Rules for the group (standards C6).")
    distress: Text = Field(description="What to do when something in the course upsets somebody (standards C6).")
    room: list[Line] = Field(min_length=1, description="For facilitators: what must be in the room, to tick.")
    licence: Line
    sessions: list[PackSession] = Field(min_length=1)
    quiz: list[QuizQuestion] = Field(default_factory=list)
    evaluation: Flag = Field(True, description="no: without a form to say how the course was.")
    certificate: Flag = Field(True, description="no: without a certificate of attendance.")
    index: list[Line] = Field(
        default_factory=list, description="Terms for the index, as they stand in the book: grief."
    )
    editions: list[EditionName] = Field(
        default_factory=lambda: [USUAL], description="How the books are printed: a4, letter, a4-large-print, …"
    )
    review: PackReview

    @model_validator(mode="after")
    def _times_add_up(self) -> Pack:
        spent = sum(session.minutes + session.pause for session in self.sessions)
        if spent != self.minutes:
            what = f"The sessions and their breaks take {spent} minutes, and the course has {self.minutes}."
            raise wrong(what, "Make them the same.")
        return self

    @model_validator(mode="after")
    def _names_are_used_once(self) -> Pack:
        for kind, names in (
            ("session", [one.id for one in self.sessions]),
            ("question", [one.id for one in self.quiz]),
        ):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice:
                raise wrong(f'There are two {kind}s "{twice}".', "Give one of them another id.")
        return self
