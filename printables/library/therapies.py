"""The therapy record: facts, and the words for each audience."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from printables.library.approvals import Person
from printables.library.courses import Course
from printables.library.fields import (
    BY,
    ON,
    BareLine,
    Day,
    FactStatus,
    Flag,
    Form,
    Language,
    Line,
    Names,
    Number,
    Population,
    ProperName,
    Record,
    Remark,
    Slug,
    Strength,
    Verb,
    Words,
    wrong,
)
from printables.library.parts import Answer, Example, Option, People, Row, Sign, StepSign
from printables.library.scenes import TitleScene
from printables.library.sections import Sections
from printables.library.spans import Span


class Title(Record):
    """The title block of one audience's leaflet."""

    title: BareLine = Field(description="The title, as this reader would name the therapy.")
    purpose: BareLine = Field(description="One sentence: whom this leaflet is for, and what for.")
    scene: TitleScene | None = Field(None, description="The drawing beside it; left out where there is none.")


class Profile(Record):
    """How sessions feel, on five-point scales. An editorial judgement, printed as one."""

    structure: Number = Field(ge=1, le=5, description="1 is open conversation, 5 follows a set plan.")
    between_sessions: Number = Field(ge=1, le=5, description="1 is no tasks between sessions, 5 is daily tasks.")
    past_or_present: Number = Field(ge=1, le=5, description="1 is mostly the past, 5 is mostly the present.")
    feelings: Number = Field(ge=1, le=5, description="1 is little talk about feelings, 5 is most of the time.")
    length: Number = Field(ge=1, le=5, description="1 is a few sessions, 5 is a year or more.")


class Technique(Record):
    """Something that therapist and client do together."""

    id: Slug
    name: Names = Field(description="Its name for each audience: plain for patients, the field's for professionals.")
    words: Words = Field(description="What it is like, for each audience.")
    aim: Words = Field(default_factory=dict, description="What it is for; professionals see it as a column.")
    sign: Sign | None = Field(None, description="A small drawing of the kit beside it, such as phone.")
    sources: list[Slug] = Field(min_length=1)
    status: FactStatus
    confirmed_by: ProperName | None = Field(None, description=BY)
    confirmed_on: Day | None = Field(None, description=ON)


class Guidance(Record):
    """What a guideline says about the therapy for this condition."""

    source: Slug = Field(description="The guideline's id in content/sources.yaml.")
    verb: Verb = Field(description="The guideline's own verb.")
    words: Words = Field(default_factory=dict, description="A short remark, such as the place in a list.")


class Claim(Record):
    """One statement about what the therapy helps with, for whom, how sure, and where that is written."""

    id: Slug
    condition: Slug = Field(description="An id from content/conditions.yaml.")
    population: Population
    ages: Span | None = Field(
        None, description="The ages that were studied or that the guideline speaks of; left out where neither says."
    )
    strength: Strength
    guidance: Guidance | None = None
    sources: list[Slug] = Field(min_length=1, description="Where the evidence is written. Without one it cannot print.")
    status: FactStatus
    confirmed_by: ProperName | None = Field(None, description=BY)
    confirmed_on: Day | None = Field(None, description=ON)
    words: Words = Field(default_factory=dict, description="A short remark on the evidence, for each audience.")


Content = Annotated[str, Field(pattern=r"^[0-9a-f]{16,64}$")]
"""The hash of a leaflet's words (`pages/compose/approval.py`)."""


class RecordApproval(Record):
    """An approval in the record itself, where approvals stood before approvals.yaml. It still holds."""

    audience: Slug
    name: Person
    role: Person
    date: Day
    version: Form
    content: Content | None = Field(
        None,
        description="The number of the words that were approved; an approval without it is void.",
    )

    @property
    def words(self) -> str:
        """The number of the words that were approved; empty if nobody knows it."""
        return self.content or ""


class Review(Record):
    """Date of the last evidence review, date of the next, and authors."""

    last_evidence_review: Day
    next_review: Day
    authors: ProperName
    conflicts: Line | None = Field(None, description="Conflicts of interest; professionals must be told.")
    funding: Line | None = Field(None, description="Who paid for it; professionals must be told.")
    tested_with: Names = Field(default_factory=dict, description="Which readers have read it, for each audience.")
    approvals: list[RecordApproval] = Field(
        default_factory=list,
        description="Older approvals, which still hold; `printables approve` writes new ones into approvals.yaml.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Review:
        if self.next_review <= self.last_evidence_review:
            raise wrong("The next review is not after the last one.", "Write a later date in next_review.")
        return self


class Therapy(Record):
    """One therapy: content/therapies/<id>.yaml."""

    id: Slug = Field(description="The same as the file's name.")
    language: Language = Field(description="The language of the words: en; it needs content/locales/<language>.yaml.")
    name: BareLine
    abbreviation: Line | None = Field(None, description="Left out where it has none; its name stands in its place.")
    also_called: list[Line] = Field(default_factory=list)
    code: Form = Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$", description="The start of the version code, such as IPT.")
    version: Form = Field(pattern=r"^[0-9]+\.[0-9]+$", description="Such as 1.0; raise it when words change.")
    titles: dict[Slug, Title] = Field(description="For each audience that gets a leaflet.")
    not_for: Words = Field(default_factory=dict, description="Audiences that get no leaflet, each with the reason.")
    fallbacks: dict[Slug, Slug] = Field(
        default_factory=dict,
        description="An audience whose missing words are taken from another: older-adults: adults.",
    )
    for_self_harm: Flag = Field(
        False, description="yes: young readers and parents read what is told, and what is not, of self-harm."
    )
    courses: list[Course] = Field(min_length=1)
    profile: Profile | None = Field(None, description="How sessions feel; the chart is left out without it.")
    techniques: list[Technique] = Field(default_factory=list, description="What therapist and client do together.")
    claims: list[Claim] = Field(default_factory=list, description="What it helps with, for whom, and how sure that is.")
    worksheets: list[Slug] = Field(
        default_factory=list, description="Ids from content/worksheets, in the order in which they are used."
    )
    sections: Sections
    example: dict[Slug, Example] = Field(
        default_factory=dict, description="How it might go, for each audience; in its place, sections.example is prose."
    )
    answers: dict[Slug, list[Answer]] = Field(
        default_factory=dict, description="Questions that this reader asks, with answers; 4 to 6 are usual."
    )
    options: dict[Slug, list[Option]] = Field(
        default_factory=dict, description="Other choices side by side, for each audience."
    )
    people: list[People] = Field(default_factory=list, description="Numbers out of 20 or 100 people, drawn.")
    rows: dict[Slug, list[Row]] = Field(
        default_factory=dict, description="The main ideas as pictures with words, for each audience."
    )
    step_signs: dict[Slug, list[StepSign]] = Field(
        default_factory=dict,
        description="For each audience, a small drawing for each of its next_steps in order: [phone, talk, none].",
    )
    review: Review
    notes: Remark | None = Field(None, description="For other authors; never printed.")

    @property
    def short_name(self) -> str:
        """The abbreviation, or the name where there is none."""
        return self.abbreviation or self.name
