"""Every heading of the seed page has a home in the record and its readers (the table in the standards)."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from leaflet_case import library, real

from printables.library.sections import Sections

READERS = ("adults", "teens", "parents", "professionals")
"""Those of the table; Easy Read is written anew, and shorter (docs/content-notes/easy-read.md)."""
NOT = "\u2013"  # beside full and short, as the table in the standards writes them


@dataclass(frozen=True)
class Row:
    """One row of the table: the blocks that carry it, any of which serves, and what each audience gets.

    `readers` has a sign for adults, teens, parents and professionals in turn. `as_` asks for a certain component.
    """

    heading: str
    blocks: tuple[str, ...]
    readers: str
    as_: str = ""


TABLE = (
    Row("Overview", ("overview",), "\u25cf\u25d0\u25d0\u25cf"),
    Row("What this therapy focuses on", ("focus",), "\u25cf\u25d0\u25d0\u25cf"),
    Row("What sessions are usually like", ("sessions",), "\u25cf\u25d0\u25cf\u25cf"),
    Row("Session length, Frequency, Time-limited", ("facts", "courses-table"), "\u25cf\u25d0\u25cf\u25cf"),
    Row("Three phases", ("timeline",), "\u25cf\u25d0\u25cf\u25cf"),
    Row("Session profile", ("profile",), "\u25cf\u25d0\u25cf\u25cf"),
    Row("What problems it is commonly used for", ("uses", "claims"), "\u25cf\u25d0\u25d0\u25cf"),
    Row("What problems it is commonly used for, with evidence", ("claims",), "\u25cf\u25d0\u25d0\u25cf"),
    Row("Who this therapy may suit best", ("suits", "why_offered"), "\u25cf\u25d0\u25d0\u25cf"),
    Row("When it may need adapting or may not be suitable", ("adapting",), "\u25d0\u25d0\u25d0\u25cf"),
    Row("Where this therapy may not be enough", ("not_enough",), "\u25d0\u25d0\u25d0\u25cf"),
    Row("What happens in therapy", ("techniques",), "\u25cf\u25cf\u25d0\u25cf"),
    Row("Strength of evidence", ("evidence",), "\u25d0\u25d0\u25d0\u25cf"),
    Row("Guideline support", ("guidelines", "claims"), "\u25d0\u25d0\u25d0\u25cf"),
    Row("Limitations", ("limitations",), "\u25d0\u25d0\u25d0\u25cf"),
    Row("Evidence claims by condition", ("claims",), "\u2013\u2013\u2013\u25cf", as_="claims-table"),
    Row("Techniques as technique and aim", ("techniques",), "\u2013\u2013\u2013\u25cf", as_="techniques-table"),
    Row("Typical professional background", ("who_provides",), "\u25d0\u25d0\u25d0\u25cf"),
    Row("Recognised training routes", ("training_routes",), "\u2013\u2013\u2013\u25cf"),
    Row("Registration considerations", ("registration",), "\u2013\u2013\u2013\u25cf"),
    Row("Practitioner & Training Notes", ("who_provides", "training_routes"), "\u25d0\u25d0\u25d0\u25cf"),
    Row("Resources & Printables", ("about", "other-leaflets"), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Interpersonal Inventory", ("techniques",), "\u25cf\u25cf\u25d0\u25cf"),
    Row("Communication Analysis", ("techniques",), "\u25cf\u25cf\u25d0\u25cf"),
    Row("Role Play", ("techniques",), "\u25cf\u25cf\u25d0\u25cf"),
    Row("Source registry", ("sources",), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Last evidence review", ("about",), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Not on the seed page: downsides", ("downsides",), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Not on the seed page: alternatives", ("alternatives",), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Not on the seed page: privacy", ("region-privacy",), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Not on the seed page: consent", ("region-consent", "next_steps"), "\u25cf\u25cf\u25cf\u25cf"),
    Row("Not on the seed page: help now", ("help-now",), "\u25cf\u25cf\u25cf\u25cf"),
)
SEED_HEADINGS = (
    "Interpersonal Inventory",
    "Communication Analysis",
    "Role Play",
    "Registration considerations",
    "Practitioner & Training Notes",
    "Resources & Printables",
    "Overview",
    "What this therapy focuses on",
    "What sessions are usually like",
    "Session profile",
    "What problems it is commonly used for",
    "Who this therapy may suit best",
    "When it may need adapting or may not be suitable",
    "Where this therapy may not be enough",
    "What happens in therapy",
    "Guideline support",
    "Strength of evidence",
    "Limitations",
    "Evidence claims by condition",
    "Typical professional background",
    "Recognised training routes",
)
FOLDED = {
    ("Who this therapy may suit best", "teens"): "suit you",
    ("Where this therapy may not be enough", "teens"): "something else may",
    ("Typical professional background", "teens"): "train",
    ("Practitioner & Training Notes", "teens"): "train",
}
"""Where a short leaflet says it inside another section: words by which it is known."""
CELLS = [
    pytest.param(row, audience, sign, id=f"{row.heading}: {audience} {sign}")
    for row in TABLE
    for audience, sign in zip(READERS, row.readers, strict=True)
]


def shown(audience: str, row: Row) -> list[str]:
    """The blocks of this row that stand on the finished leaflet, drawn as the row asks."""
    blocks = [block for section in real(audience).leaflet.sections for block in section.blocks]
    return [b.show for b in blocks if b.show in row.blocks and row.as_ in ("", b.component)]


@pytest.mark.parametrize(("row", "audience", "sign"), CELLS)
def test_leaflet_shows_what_the_table_says(row: Row, audience: str, sign: str) -> None:
    phrase = FOLDED.get((row.heading, audience))
    texts = [" ".join(words.text.split()) for _, words in real(audience).leaflet.words()]
    folded = [text for text in texts if phrase and phrase in text]
    assert bool(shown(audience, row) or folded) == (sign != NOT)


def test_no_heading_of_the_seed_page_is_lost() -> None:
    homes = {row.heading for row in TABLE}
    assert set(SEED_HEADINGS) <= homes


@pytest.mark.parametrize("row", TABLE, ids=[row.heading for row in TABLE])
def test_every_reader_has_words_of_their_own_in_the_record(row: Row) -> None:
    therapy = library().therapies["ipt"]
    facts = ("profile", "techniques")  # drawn from the facts; their words are a remark that may be missing
    sections = [name for name in row.blocks if name in Sections.model_fields and name not in facts]
    for name in sections:
        words = getattr(therapy.sections, name)
        readers = {audience for audience, sign in zip(READERS, row.readers, strict=True) if sign != NOT}
        asked = {audience for audience in readers if name in shown(audience, row)}
        assert asked <= set(words), f"{name} has no words for {asked - set(words)}"
        texts = [" ".join(words[audience].split()) for audience in asked]
        assert len(set(texts)) == len(texts), "no two readers get the same words"


OTHERS = {
    "adults": "for young people aged 12 to 17; for parents and carers; for professionals; in Easy Read",
    "teens": "for adults; for parents and carers; for professionals; in Easy Read",
    "parents": "for adults; for young people aged 12 to 17; for professionals; in Easy Read",
}


@pytest.mark.parametrize("audience", OTHERS)
def test_every_lay_leaflet_names_the_other_leaflets(audience: str) -> None:
    words = re.sub(r"<[^>]+>", "", real(audience).html)  # a website makes links of the names
    assert f"Other leaflets on this therapy: {OTHERS[audience]}." in words


def test_professionals_see_which_leaflet_to_hand_to_whom() -> None:
    html = real("professionals").html
    for audience in ("adults", "teens", "parents"):
        code, _, stamp = real(audience).leaflet.code.rpartition("-")
        assert code in html and stamp not in html, "the stamp says which words one print has, and not which leaflet"


@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_lay_leaflets_show_claims_as_a_list_and_no_table(audience: str) -> None:
    html = real(audience).html
    assert '<ul class="claims">' in html
    assert set(re.findall("<table[^>]*>", html)) <= {'<table class="data options">'}, "other choices alone are a table"


@pytest.mark.parametrize(("audience", "least", "most"), [("adults", 3, 9), ("teens", 1, 6), ("parents", 3, 9)])
def test_lay_leaflets_list_few_sources(audience: str, least: int, most: int) -> None:
    """The table says 3-5, 1-2 and 3-5; figures in people, and the course without treatment, each need their own."""
    assert least <= len(real(audience).leaflet.sources) <= most


def test_professionals_get_every_source_that_the_record_names() -> None:
    therapy = library().therapies["ipt"]
    named = {name for claim in therapy.claims for name in claim.sources}
    named |= {claim.guidance.source for claim in therapy.claims if claim.guidance}
    named |= {name for course in therapy.courses for name in course.sources}
    assert named <= {source.id for source in real("professionals").leaflet.sources}


@pytest.mark.parametrize("audience", READERS)
def test_last_evidence_review_is_printed(audience: str) -> None:
    review = library().therapies["ipt"].review.last_evidence_review
    day = f"{review.day} {review:%B %Y}"
    assert f"Last evidence review: {day}." in " ".join(real(audience).html.split())
