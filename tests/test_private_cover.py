"""A private cover is private: on the outside of the printed leaflet stands nothing that says what it is about.

Read from finished PDFs of every therapy, and of each reader who can have one: words, links and pictures of the two
outer pages, and of the outer side of a booklet's sheets.
"""

from __future__ import annotations

import functools
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from leaflet_case import ROOT, TODAY, plain_values
from pypdfium2 import raw
from shipped_case import EVERYTHING, sample
from test_padding import NOTES, covered

from printables.checklist import Rule
from printables.library.editions import edition
from printables.library.loader import load
from printables.paths import audiences
from printables.pipeline import build, print_job
from printables.plan import Choice
from printables.typeset.engine import typeset
from printables.typeset.inspect.text import pdf_text, read_pdf
from printables.typeset.page import Finding, Page, PrintRules
from printables.workers.pool import render_all

pytestmark = pytest.mark.pdf

BOOKLET = "a5-booklet-private-cover"
OTHERS = (
    ("a4-private-cover", "adults"),
    ("a4-duplex-private-cover", "parents"),
    ("letter-large-print-private-cover", "teens"),
)
THERAPIES = tuple(sorted(path.stem for path in (ROOT / "content/therapies").glob("*.yaml")))
READERS = ("adults", "teens", "parents")
"""Those who can have a private cover."""
TITLE = "Something to read"


@dataclass(frozen=True)
class Made:
    """A finished leaflet; `sheets` are those of a booklet."""

    name: str
    pdf: bytes
    sheets: bytes
    findings: tuple[Finding, ...]


@functools.cache
def made(name: str, therapies: tuple[str, ...], reader: str = "", clinic: str | None = None) -> tuple[Made, ...]:
    """The leaflets that come in this edition, of each therapy for one reader: the next one's for the next reader."""
    pages: dict[str, Page] = {}
    for at, therapy in enumerate(therapies):
        titles = plain_values(ROOT / f"content/therapies/{therapy}.yaml")["titles"]
        lay = [one for one in READERS if one in titles]
        choice = Choice((therapy,), (reader or lay[at % len(lay)],), clinic=clinic, no_worksheets=True,
                        editions=(edition(name),))  # fmt: skip
        checked = build.check(build.Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY, choice))
        pages |= {one.item.path: print_job.print_job(checked.pages, one).page for one in checked.subjects}
    printed = render_all(pages, os.cpu_count() or 1)
    found = (Made(path, one.pdf, one.sheets, one.findings) for path, one in printed)
    return tuple(sorted(found, key=lambda one: one.name))


def booklets() -> tuple[Made, ...]:
    """A booklet of therapies. A build looks at the outer pages of all 30 by itself: see the last tests."""
    return made(BOOKLET, THERAPIES if EVERYTHING else (*sample(THERAPIES)[:2],))


def outer(pdf: bytes) -> tuple[str, str]:
    """All words of the first and of the last page, those of headers and footers too."""
    first, *_, last = (" ".join(line.text for line in sheet.lines) for sheet in read_pdf(pdf))
    return first, last


def parts(pdf: bytes) -> list[int]:
    """What leads away from the outer pages or may say more than lines can: links and pictures made of dots."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [document[0], document[len(document) - 1]]
        links = sum(raw.FPDFPage_GetAnnotCount(page) for page in pages)
        pictures = sum(each.type == raw.FPDF_PAGEOBJ_IMAGE for page in pages for each in page.get_objects())
    return [links, pictures]


@functools.cache
def telling() -> frozenset[str]:
    """What gives a leaflet away, in small letters: therapies, titles, codes, conditions, sources, and words for all."""
    of, _ = load(ROOT / "content", audiences(ROOT / "templates"))
    assert of is not None
    records = [of.therapies[name] for name in of.therapies]
    found = {text for one in records for text in (one.abbreviation, one.name, one.code, *one.also_called)}
    found |= {title.title for one in records for title in one.titles.values()}
    found |= {text for source in of.sources.values() for text in (source.title, source.organisation)}
    found |= {text for condition in of.conditions.values() for text in condition.name.values()}
    words = "therapy therapist mental health anxiety depression mood trauma NHS NICE Samaritans www Printables"
    return frozenset(text.lower() for text in (*found, *words.split()) if text)


def given_away(text: str) -> list[str]:
    """What of all that stands in a text, as words of its own."""
    return [what for what in telling() if re.search(rf"(?<!\w){re.escape(what)}(?!\w)", text.lower())]


def test_no_booklet_says_outside_what_it_is_about() -> None:
    assert {one.name.split("/")[1] for one in booklets()} == set(READERS if EVERYTHING else READERS[:2])
    assert {one.name: given_away(" ".join(outer(one.pdf))) for one in booklets()} == {
        one.name: [] for one in booklets()
    }


def test_a_booklets_outer_pages_hold_a_neutral_title_and_nothing_else() -> None:
    assert {(one.name, *outer(one.pdf)) for one in booklets()} == {(one.name, TITLE, "") for one in booklets()}
    assert {(one.name, *parts(one.pdf)) for one in booklets()} == {(one.name, 0, 0) for one in booklets()}


def test_the_outer_side_of_a_booklets_sheets_is_as_private() -> None:
    """What lies outside once the sheets are folded is the front of the first."""
    fronts = {one.name: " ".join(line.text for line in read_pdf(one.sheets)[0].lines) for one in booklets()}
    assert fronts == dict.fromkeys(fronts, TITLE)


def test_every_booklet_has_its_help_lines_inside_and_whole_sheets() -> None:
    for one in booklets():
        sheets = read_pdf(one.pdf)
        inside = [" ".join(line.text for line in sheet.lines) for sheet in sheets[1:-1]]
        assert (one.name, one.findings, len(sheets) % 4) == (one.name, (), 0)
        assert any(re.search(r"\b999\b", text) and re.search(r"\b111\b", text) for text in inside), one.name


@pytest.mark.long
@pytest.mark.parametrize(("name", "reader"), OTHERS)
def test_other_paper_is_as_private(name: str, reader: str) -> None:
    """Whoever prints on both sides has the last page outside; with one page more there is nothing on it."""
    for one in made(name, ("dbt",), reader):
        found = [finding.what for finding in one.findings if finding.severity != "note"]
        assert (one.name, found, *outer(one.pdf), *parts(one.pdf)) == (one.name, [], TITLE, "", 0, 0)
        assert len(read_pdf(one.pdf)) % 2 == 0 or "duplex" not in name


def test_a_clinics_name_logo_and_numbers_stay_inside() -> None:
    leaflets = made(BOOKLET, ("ipt",), "teens", "riverside")
    assert leaflets
    for one in leaflets:
        assert (one.name, one.findings, *outer(one.pdf), *parts(one.pdf)) == (one.name, (), TITLE, "", 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "IPT-TEEN-EN-1.0",
        "EMDR: for adults 8 of 8",
        "Dialectical behaviour therapy (DBT)",
        "Help with obsessive-compulsive disorder (OCD)",
        "National Institute for Health and Care Excellence",
        "www.nice.org.uk/guidance/ng222",
        "Your mental wellbeing",
    ],
)
def test_companion_what_gives_a_leaflet_away_is_found(text: str) -> None:
    assert given_away(text)
    assert not given_away(TITLE)


# What a build does with the outer pages, and says of a template that tells too much


BARE = ".cover, .back { page: bare } .back { break-before: page } @page bare { @bottom-left { content: none } }"
BARE += " @page bare { @bottom-right { content: none } }"
BACK = '<section id="back" class="back"><div class="line"></div></section>'
PRIVATE = PrintRules(max_pages=2, cover=1, outside="A leaflet for you")


def private(multiple: int = 1, back: str = BACK, more: str = "") -> Page:
    """The sample, which has two pages, between outer pages."""
    page = covered(PRIVATE)
    return replace(page, css=page.css + BARE + more, multiple=multiple, filler=NOTES, back=back)


@pytest.mark.parametrize(("multiple", "pages"), [(1, 4), (2, 4), (4, 4), (3, 6), (8, 8)])
def test_the_back_page_comes_last_behind_the_note_pages(multiple: int, pages: int) -> None:
    printed = typeset(private(multiple))
    texts = pdf_text(printed.pdf)
    assert (printed.pages, printed.findings) == (pages, ())
    assert (texts[0], texts[-1]) == ("A leaflet for you", "")
    assert ["Room for your notes" in text for text in texts] == [3 <= at < pages - 1 for at in range(pages)]
    assert f"Page 2 of {pages}" in texts[1]


@pytest.mark.parametrize(
    ("back", "more", "page", "says"),
    [
        (BACK.replace("<div", "<p>Made for DEMO-ADULT-EN-1.0</p><div"), "", 4, "Made for DEMO-ADULT-EN-1.0"),
        (BACK, " .cover::after { content: 'Demo clinic' }", 1, "A leaflet for you Demo clinic"),
    ],
)
def test_a_word_outside_is_an_error(back: str, more: str, page: int, says: str) -> None:
    assert typeset(private(back=back, more=more)).findings == (
        Finding(
            Rule.A16,
            f'Page {page} lies outside, and for all to see it says "{says}".',
            'Leave no words on a private cover but "A leaflet for you": see cover.html, back.html and '
            "private-cover.css among the templates.",
        ),
    )


def test_a_footer_outside_is_an_error_on_both_sides() -> None:
    found = [finding.what for finding in typeset(private(more=" .cover, .back { page: auto }")).findings]
    start = "lies outside, and for all to see it says"
    assert found == [
        f'Page 1 {start} "A leaflet for you DEMO-ADULT-EN-1.0 Page 1 of 4".',
        f'Page 4 {start} "DEMO-ADULT-EN-1.0 Page 4 of 4".',
    ]


@pytest.mark.parametrize(
    ("back", "what"),
    [
        (BACK.replace("</section>", '<div class="line"></div>' * 6 + "</section>"), "1 page in all, not 2 pages."),
        ("<p></p>", "1 page in all, not 0 pages."),
    ],
)
def test_a_back_that_is_not_one_page_is_an_error(back: str, what: str) -> None:
    found = typeset(private(back=back)).findings
    mend = "Begin each on a page of its own, and take away from it until it fits on one."
    assert Finding(Rule.A16, f"The outer back page should take {what}", mend) in found


def test_note_pages_and_back_are_counted_together() -> None:
    long = replace(private(8), filler=NOTES.replace('<div class="line"></div>', '<div class="line"></div>' * 4))
    (finding,) = typeset(long).findings
    assert finding.what == "The note pages and the outer back page should take 5 pages in all, not 9 pages."
