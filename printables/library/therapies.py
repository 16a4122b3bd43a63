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
    Record,
    Slug,
    Span,
    Strength,
    Text,
    Verb,
    Words,
    wrong,
)
from printables.library.parts import Answer, Example, Option, People, Row, Sign
from printables.library.scenes import TitleScene


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
    confirmed_by: Line | None = Field(None, description=BY)
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
    confirmed_by: Line | None = Field(None, description=BY)
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
    authors: Line
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


def _words(description: str) -> Words:
    """Return the field of a section. It is optional here; audience.yaml says which audience needs it."""
    return Field(default_factory=dict, description=description)


class Sections(Record):
    """The words of the record by section, and in each section by audience. Markdown."""

    main_message: Words = _words("The one thing to remember, in at most three short sentences.")
    overview: Words = _words("What it is and how it helps, in a few sentences.")
    focus: Words = _words("What it works on, as a list.")
    why_offered: Words = _words("Why a service may offer it.")
    uses: Words = _words("Which problems it is used for.")
    suits: Words = _words("Whom it may suit best.")
    adapting: Words = _words("When it needs adapting, or what to tell the therapist before it begins.")
    not_suitable: Words = _words("When it is not suitable, or not now.")
    not_enough: Words = _words("Where it may not be enough alone.")
    sessions: Words = _words("What a session is like.")
    profile: Words = _words("A remark beside the session profile chart.")
    techniques: Words = _words("A lead-in to the techniques.")
    evidence: Words = _words("How sure we can be, in words. A sentence about studies names its source: {@source-id}.")
    guidelines: Words = _words("What guidelines say, in words.")
    limitations: Words = _words("What is not known.")
    downsides: Words = _words("What may be hard, or go wrong.")
    no_treatment: Words = _words("What may happen without this therapy.")
    alternatives: Words = _words("Other choices.")
    privacy: Words = _words("What is special to this therapy; the general rules stand in the region's file.")
    consent: Words = _words("What is special to this therapy; the general rules stand in the region's file.")
    parents_part: Words = _words(
        "What parents can do: joint meetings, practical help, what to say and what not to ask."
    )
    your_say: Words = _words("The young person's say, and what to do if they do not like it or want to stop.")
    warning_signs: Words = _words("Signs to act on, in one text; `same_day` and `ask` are its rows.")
    act_now: Words = _words(
        "First of the signs to act on, behind the region's own words: what is special to this therapy."
    )
    same_day: Words = _words("Signs for which to get help the same day: a lead-in and a list.")
    ask: Words = _words("What to ask, behind the region's question about suicide: what is special to this therapy.")
    self_care: Words = _words("Support for the parent or carer.")
    next_steps: Words = _words('What to do next, as numbered steps: each line begins with "1. ", "2. " and so on.')
    questions: Words = _words('Questions to ask, as a list: each line begins with "- ".')
    example: Words = _words("How it might go, as prose: a clearly made-up situation.")
    first_session: Words = _words(
        "Your first session: who is there, what is asked, what you need not say, how it ends."
    )
    between_sessions: Words = _words("What to do between sessions.")
    while_you_wait: Words = _words("What to ask, and what to do, until it begins.")
    how_we_know: Words = _words("How we will know whether it helps, and what comes next if it does not.")
    who_provides: Words = _words("Who gives it.")
    training_routes: Words = _words("Recognised training routes, with the date checked.")
    registration: Words = _words("What to know about registration, with the date checked.")
    risk: Words = _words("Risk and safeguarding.")
    fidelity: Words = _words("Structure, and how to keep to the model.")
    measures: Words = _words("Outcome measures.")
    supervision: Words = _words("Supervision.")
    using_leaflets: Words = _words("Which leaflet to hand to whom.")


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
    review: Review
    notes: Text | None = Field(None, description="For other authors; never printed.")

    @property
    def short_name(self) -> str:
        """The abbreviation, or the name where there is none."""
        return self.abbreviation or self.name
