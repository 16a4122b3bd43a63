"""Make the print jobs of a pack's books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from printables.library.editions import Edition
from printables.packs.book import FACILITATOR, LEARNER, Book
from printables.packs.compose import PackMaterial, compose
from printables.packs.style import colours, style_sheet
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.formats.typography import typographic
from printables.pages.templates.render import BadTemplate, Pages, translator
from printables.problems import Problem
from printables.publish.jobs import PrintJob
from printables.typeset.page import NumberingRules, Page, PrintRules

LARGEST = 400
"""The most pages of a book: far more than any course needs."""
LONGEST_FOOT = 66
"""Characters of the running title that fit beside the page number."""
LONGEST = 100
"""The most characters in a line. On small pages, the foot of a worksheet uses the whole width."""
KINDS = (LEARNER, FACILITATOR)


def jobs(course: PackMaterial, pages: Pages, folder: str) -> tuple[list[PrintJob], list[Problem]]:
    """Return the jobs of both books of the pack in one edition, and the problems that stop them."""
    made, problems = [], []
    for kind in KINDS:
        book, found = compose(course, kind)
        problems += found
        try:
            made.append(_job(course, pages, book, folder))
        except BadTemplate as bad:
            problems.append(bad.problem)
    return made, list(dict.fromkeys(problems))


def html_of(course: PackMaterial, pages: Pages, book: Book) -> str:
    """Return the HTML of the whole book. Raises BadTemplate if its template cannot be rendered."""
    locale = course.library.locales[book.language]
    t = translator(locale)
    made = pages.site_page(
        "_pack/book.html",
        book=book,
        t=t,
        time=t("pack-time", hours=time_spent(book.minutes)),
        running=running(book, t),
        dated=course.pack.review.last_review.isoformat(),
        members=list(book.members()),
        contents=list(contents(book, t)),
        page_of=lambda name: Markup("{{page:{}}}").format(name),
        sheets_of=lambda name: Markup("{{sheets:{}}}").format(name),
        colour=colours(pages, book).__getitem__,
        index_of=lambda term: Markup("{{index:{}}}").format(term),
    )
    return typographic(made, locale.quotes)


def time_spent(minutes: int) -> str:
    """Return a number of minutes in hours and minutes, without the part that is 0: 30 min, 2 h, 1 h 45 min."""
    hours, rest = divmod(minutes, 60)
    parts = (f"{hours} h" if hours else "", f"{rest} min" if rest else "")
    return " ".join(part for part in parts if part)


def running(book: Book, t: Any) -> str:
    """Return the footer of every page: one line, so a long title is printed without the book's name."""
    full: str = t("pack-running", title=book.title, book=t(f"pack-{book.kind}"))
    return full if len(full) <= LONGEST_FOOT else book.title


def contents(book: Book, t: Any) -> Iterator[tuple[str, str, int]]:
    """Yield the entries of the table of contents: id, title, level."""
    yield "how-to-use", t("pack-how-to-use"), 1
    yield "ground-rules", t("pack-ground-rules"), 1
    if book.leads:
        yield "how-to-lead", t("pack-how-to-lead"), 1
    yield "plan", t("pack-plan"), 1
    if book.leads:
        yield "sign-in", t("pack-sign-in"), 1
    if book.quiz:
        yield "quiz-before", t("pack-quiz-before"), 1
    for chapter in book.chapters:
        yield chapter.id, t("pack-session-title", number=chapter.number, title=chapter.title), 1
        for member in chapter.members:
            yield member.id, f"{member.title}. {member.label}", 2
    parts = {
        "quiz-after": (book.quiz, "pack-quiz-after"),
        "answers": (book.quiz and book.leads, "pack-quiz-answers"),
        "evaluation": (book.evaluation, "pack-evaluation"),
        "certificate": (book.certificate, "pack-certificate"),
        "glossary": (book.terms, "pack-glossary"),
        "reading": (book.references, "pack-reading"),
        "index": (book.index, "pack-index"),
        "imprint": (True, "pack-imprint"),
    }
    for name, (there, word) in parts.items():
        if there:
            yield name, t(word), 1


def _job(course: PackMaterial, pages: Pages, book: Book, folder: str) -> PrintJob:
    looks = {member.audience: _look(course, member.audience) for member in book.members()}
    edition = course.edition
    page = Page(
        html=html_of(course, pages, book),
        css=style_sheet(pages, book, looks),
        assets=((course.logo.src, course.logo.data),) if course.logo else (),
        rules=_rules(edition),
        multiple=4 if edition.booklet else 2 if edition.duplex else 1,
        filler=_filler(course, pages) if edition.booklet or edition.duplex else "",
        numbering=NumberingRules("plan", tuple(member.id for member in book.members()), "back"),
        booklet=edition.booklet,
    )
    return PrintJob(
        path=f"{folder}packs/{book.id}/{book.id}-{book.kind}-{book.language}{edition.suffix}.pdf",
        page=page,
        title=f"{book.title}: {book.kind}",
        code=book.code,
        version=course.pack.version,
        therapy="",
        audience=book.kind,
        language=book.language,
        last_review=course.pack.review.last_review.isoformat(),
        next_review=course.pack.review.next_review.isoformat(),
        edition=edition.name,
        worksheet="",
    )


def _filler(course: PackMaterial, pages: Pages) -> str:
    """Return the page for notes that fills up the last sheet of paper."""
    t = translator(course.library.locales[course.pack.language])
    return pages.site_page("_pack/filler.html", t=t, lines=12 if course.edition.paper == "a5" else 20)


def _look(course: PackMaterial, audience: str) -> LeafletStyle:
    return next(one.leaflet.look for (_, reader), one in course.handouts.items() if reader == audience)


def _rules(edition: Edition) -> PrintRules:
    """Return the rules of a book: many pages and a short last page are allowed; other inspections stay errors."""
    small = 18.0 if edition.large_print else 11.0
    return PrintRules(
        min_pt=small, min_pt_references=small, min_pages=4, max_pages=LARGEST, last_page_fill=0.0, max_line=LONGEST
    )
