"""A course book as data: its content in order, for the templates in `templates/_pack`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from printables.pages.compose.leaflet import LeafletPicture

LEARNER, FACILITATOR = "learner", "facilitator"


@dataclass(frozen=True)
class Member:
    """A leaflet or worksheet in a book."""

    id: str
    """The prefix of all its ids, unique for each handout, such as h3."""
    kind: str
    title: str
    label: str
    code: str
    last_review: str
    next_review: str
    approved: bool
    overdue: bool
    audience: str
    classes: str
    running: str
    html: Markup
    path: str
    """The path of the separate handout below the output folder."""
    session: str


@dataclass(frozen=True)
class BookActivity:
    """One activity. In a learner's book `notes` is empty."""

    number: str
    title: str
    minutes: int
    starts: int
    """Minutes after the session began."""
    html: Markup
    lines: int
    notes: Markup
    continued: bool = False
    """Whether it began on the page before."""


@dataclass(frozen=True)
class RailPart:
    """A stretch of time, drawn to scale: an activity in its session, or a session or break in the course."""

    label: str
    title: str
    starts: int
    minutes: int
    share: float
    """Of the whole, in percent."""
    here: bool
    """Whether it is what the page is about."""
    free: bool = False
    """Whether it is a break."""


@dataclass(frozen=True)
class SessionPage:
    """A page of a session in a learner's book, after its opener."""

    number: int
    """Within the session, from 1."""
    activities: tuple[BookActivity, ...]
    talk: bool
    """Whether the questions to talk about stand on it."""
    answers: int
    """Ruled lines below the questions."""
    rail: tuple[RailPart, ...] = ()
    """The whole session; in a learner's book empty."""


@dataclass(frozen=True)
class Chapter:
    """A session."""

    id: str
    number: int
    title: str
    minutes: int
    pause: int
    starts: int
    """Minutes after the course began."""
    scene: str
    """The name of the drawing on its opener."""
    aims: tuple[str, ...]
    pages: tuple[SessionPage, ...]
    questions: tuple[str, ...]
    notes: Markup
    members: tuple[Member, ...]
    reading: tuple[str, ...]
    rail: tuple[RailPart, ...] = ()
    """The whole course, with this session marked."""


@dataclass(frozen=True)
class Quiz:
    """One item of the quiz. In a learner's book, `answer` and `why` are empty."""

    number: int
    question: str
    options: tuple[tuple[str, str], ...]
    """Letter and words."""
    answer: str = ""
    why: str = ""


@dataclass(frozen=True)
class Reference:
    """A source in the reading list."""

    id: str
    title: str
    organisation: str
    year: str
    address: str
    sessions: tuple[int, ...]


@dataclass(frozen=True)
class Book:
    """One book of a course: for learners or for facilitators."""

    kind: str
    id: str
    language: str
    title: str
    subtitle: str
    level: str
    code: str
    publisher: str
    logo: LeafletPicture | None
    """The clinic's logo for the cover."""
    scene: str
    """The name of the drawing on the cover."""
    brand: str
    """The clinic's colour, as it wrote it; empty without one, and in the ink saver."""
    minutes: int
    aims: tuple[str, ...]
    about: Markup
    how_to_use: Markup
    how_to_lead: Markup
    ground_rules: tuple[str, ...]
    distress: Markup
    room: tuple[str, ...]
    licence: str
    authors: str
    last_review: str
    next_review: str
    chapters: tuple[Chapter, ...]
    quiz: tuple[Quiz, ...]
    evaluation: bool
    certificate: bool
    terms: tuple[tuple[str, str], ...]
    references: tuple[Reference, ...]
    index: tuple[str, ...]
    region: str
    styles: tuple[str, ...]
    """The parts of its edition, such as a4, large-print."""
    duplex: bool

    @property
    def leads(self) -> bool:
        """Whether this is the facilitator's book."""
        return self.kind == FACILITATOR

    def members(self) -> Iterator[Member]:
        """Yield every handout in the order of the sessions."""
        for chapter in self.chapters:
            yield from chapter.members
