"""Compose a pack and its handouts into a Book."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from printables.checks.subject import Subject
from printables.library.clinics import Clinic
from printables.library.editions import Edition
from printables.library.library import ANY, Library, Place, pick
from printables.library.logo.logo import Logo
from printables.library.pack_loader import Packs
from printables.library.packs import Pack, PackHandout, PackSession
from printables.library.yaml_reader import Key
from printables.packs.book import FACILITATOR, Book, BookActivity, Chapter, Member, Quiz, Reference
from printables.packs.geometry import geometry_of
from printables.packs.members import inside
from printables.packs.rail import with_course_rail, with_session_rail
from printables.packs.session_pages import session_pages
from printables.pages.compose import wording
from printables.pages.compose.leaflet import LeafletPicture
from printables.pages.compose.marks import Marks
from printables.pages.compose.markup import Converter
from printables.problems import Problem

_LONE = re.compile(r"<li>\s*<p>((?:(?!</?(?:p|ul|ol|li)>).)*)</p>\s*</li>", re.DOTALL)

Handouts = Mapping[tuple[str, str], Subject]
"""The composed leaflets and worksheets of a pack, by record and audience."""


@dataclass(frozen=True)
class PackMaterial:
    """The input of a book."""

    library: Library
    packs: Packs
    pack: Pack
    region: str
    edition: Edition
    handouts: Handouts
    today: date
    clinic: Clinic | None = None

    @property
    def publisher(self) -> str:
        """The name of the clinic or publisher on the book."""
        return self.clinic.name if self.clinic else self.library.publisher.name

    @property
    def logo(self) -> Logo | None:
        """The clinic's logo; None in the ink saver."""
        return None if self.edition.ink_saver or not self.clinic else self.library.logos.get(self.clinic.id)

    @property
    def brand(self) -> str:
        """The clinic's colour; empty without one, and in the ink saver."""
        return "" if self.edition.ink_saver or not self.clinic else pick(self.clinic.colours, ANY) or ""


class _PackTexts:
    """Converts the pack's texts to HTML, and collects their problems and cited sources."""

    def __init__(self, course: PackMaterial) -> None:
        locale = course.library.locales[course.pack.language]
        glossary = {term.term.lower(): term.plain.get("any", "") for term in course.library.terms.values()}
        self.marks = Marks(course.library.sources, glossary, {}, locale.words["consensus"], numbers=False)
        self._converter, self._course = Converter(self.marks), course

    def html(self, text: str | None, *key: str | int) -> Markup:
        """Return the text at `key` of the pack's file as HTML."""
        made = self._converter.html(text, self.place(key)) if text else ""
        # WeasyPrint 70 loses the body tag of a list item that holds only a paragraph.
        return Markup(_LONE.sub(r"<li>\1</li>", str(made)))  # noqa: S704 - it was safe before

    def place(self, key: Key) -> Place:
        """Return the place of `key`."""
        document = self._course.packs.documents[f"pack:{self._course.pack.id}"]
        return Place(document.path, document.text_line(key), document.text_rows.get(key, ()))


def compose(course: PackMaterial, kind: str) -> tuple[Book, list[Problem]]:
    """Return the learner's or the facilitator's book, and the problems of its texts.

    A learner's book is composed without any text that is for facilitators only.
    """
    pack, library = course.pack, course.library
    leads = kind == FACILITATOR
    text = _PackTexts(course)
    about = text.html(pack.about, "about")
    how_to_use = text.html(pack.how_to_use, "how_to_use")
    distress = text.html(pack.distress, "distress")
    chapters = with_course_rail(tuple(_chapters(course, text, leads=leads)))
    quiz = tuple(_quiz(pack, leads=leads))
    lead = text.html(pack.how_to_lead, "how_to_lead") if leads else Markup("")
    book = Book(
        kind=kind,
        id=pack.id,
        language=pack.language,
        title=pack.title,
        subtitle=pack.subtitle or "",
        level=pack.level,
        code=f"{pack.code}-{kind[:5].upper()}-{pack.language.upper()}-{pack.version}",
        publisher=course.publisher,
        logo=LeafletPicture(course.logo.src, course.publisher) if course.logo else None,
        scene=pack.scene or "",
        brand=course.brand,
        minutes=pack.minutes,
        aims=tuple(pack.aims),
        about=about,
        how_to_use=how_to_use,
        how_to_lead=lead,
        ground_rules=tuple(pack.ground_rules),
        distress=distress,
        room=tuple(pack.room) if leads else (),
        licence=pack.licence,
        authors=pack.review.authors,
        last_review=wording.day(pack.review.last_review, library.locales[pack.language]),
        next_review=wording.day(pack.review.next_review, library.locales[pack.language]),
        chapters=chapters,
        quiz=quiz,
        evaluation=pack.evaluation,
        certificate=pack.certificate,
        terms=tuple(_terms(course, text)),
        references=tuple(_references(course, text.marks.cited)),
        index=tuple(sorted(set(pack.index), key=str.casefold)),
        region=library.regions[course.region].name,
        styles=course.edition.styles,
        duplex=course.edition.duplex or course.edition.booklet,
    )
    return book, text.marks.problems


def _chapters(course: PackMaterial, text: _PackTexts, *, leads: bool) -> Iterator[Chapter]:
    starts, count = 0, 0
    for at, session in enumerate(course.pack.sessions):
        members = tuple(
            _member(course, handout, f"h{count + n}", session.id) for n, handout in enumerate(session.handouts, 1)
        )
        count += len(members)
        activities = tuple(_activities(text, at, session, leads=leads))
        pages = tuple(session_pages(activities, session, geometry_of(course.edition.styles)))
        yield Chapter(
            id=session.id,
            number=at + 1,
            title=session.title,
            minutes=session.minutes,
            pause=session.pause,
            starts=starts,
            scene=session.scene or course.pack.scene or "",
            aims=tuple(session.aims),
            pages=with_session_rail(pages, activities, session.minutes) if leads else pages,
            questions=tuple(session.questions),
            notes=text.html(session.notes, "sessions", at, "notes") if leads else Markup(""),
            members=members,
            reading=tuple(session.reading),
        )
        starts += session.minutes + session.pause


def _activities(text: _PackTexts, at: int, session: PackSession, *, leads: bool) -> Iterator[BookActivity]:
    starts = 0
    for index, one in enumerate(session.activities):
        key = ("sessions", at, "activities", index)
        yield BookActivity(
            number=f"{at + 1}.{index + 1}",
            title=one.title,
            minutes=one.minutes,
            starts=starts,
            html=text.html(one.words, *key, "words"),
            lines=one.lines or 0,
            notes=text.html(one.notes, *key, "notes") if leads else Markup(""),
        )
        starts += one.minutes


def _member(course: PackMaterial, handout: PackHandout, name: str, session: str) -> Member:
    subject = course.handouts[handout.record, handout.audience]
    leaflet, part = subject.leaflet, inside(subject.html, name)
    locale = course.library.locales[course.pack.language]
    last, following = (date.fromisoformat(value) for value in (leaflet.last_review, leaflet.next_review))
    return Member(
        id=name,
        kind=leaflet.item.kind,
        title=leaflet.title,
        label=leaflet.label,
        code=leaflet.code,
        last_review=wording.day(last, locale),
        next_review=wording.day(following, locale),
        approved=leaflet.approved,
        overdue=following < course.today,
        audience=handout.audience,
        classes=part.classes,
        running=leaflet.title if leaflet.item.worksheet else leaflet.running,
        html=part.html,
        path=leaflet.item.path,
        session=session,
    )


def _quiz(pack: Pack, *, leads: bool) -> Iterator[Quiz]:
    for number, item in enumerate(pack.quiz, 1):
        options = tuple(zip(string.ascii_uppercase, item.options, strict=False))
        right = f"{options[item.answer - 1][0]}: {options[item.answer - 1][1]}"
        yield Quiz(number, item.question, options, right if leads else "", item.why if leads else "")


def _terms(course: PackMaterial, text: _PackTexts) -> Iterator[tuple[str, str]]:
    """Yield every term that a handout or the course explains, once, in alphabetical order."""
    found: dict[str, tuple[str, str]] = {}
    explained = [text.marks.explained.values(), *(one.leaflet.terms for one in course.handouts.values())]
    for terms in explained:
        for term, plain in terms:
            found.setdefault(term.casefold(), (term, plain))
    yield from (found[name] for name in sorted(found))


def _references(course: PackMaterial, cited: Sequence[str]) -> Iterator[Reference]:
    """Yield every source of the sessions, texts and handouts, once, with the sessions that cite it."""
    sessions: dict[str, list[int]] = {name: [] for name in cited}
    for number, session in enumerate(course.pack.sessions, 1):
        named = list(session.reading)
        for handout in session.handouts:
            named += [one.id for one in course.handouts[handout.record, handout.audience].leaflet.sources]
        for name in dict.fromkeys(named):
            sessions.setdefault(name, []).append(number)
    for name in (*sessions, *(one for item in course.pack.quiz for one in item.sources)):
        sessions.setdefault(name, [])
    known = [course.library.sources[name] for name in sessions if name in course.library.sources]
    for source in sorted(known, key=lambda one: (one.organisation.casefold(), one.title.casefold())):
        yield Reference(
            source.id, source.title, source.organisation, source.year or "", source.address, tuple(sessions[source.id])
        )
