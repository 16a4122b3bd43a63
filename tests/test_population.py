"""A source is cited for those whom it is about: claims, courses and words (T9)."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import Case, case, library, told

MEND = "Cite a source about young people, or mend populations in content/sources.yaml."
FITS = "Cite evidence for this reader, or leave the claim out."


def t9(found: Case) -> list[tuple[str, str, int, str, str]]:
    return [told(problem) for problem in found.problems if problem.rule == "T9"]


@pytest.mark.slow
def test_a_claim_about_young_people_on_a_review_of_adults(tmp_path: Path) -> None:
    """What EMDR printed: a review of adults behind its claim about children, which the claim itself vouched for."""
    found = case(tmp_path, "teens", {"claims.3.sources": ["duffy-2019", "claridge-2014"]})
    what = (
        'The claim "young-people-moderate-severe" is about young people, and its source "claridge-2014" about adults.'
    )
    line = found.line_after('"young-people-moderate-severe"', '"claridge-2014"')
    assert t9(found) == [("error", "T9", line, what, MEND)]


@pytest.mark.slow
def test_a_claim_whose_guideline_is_about_others(tmp_path: Path) -> None:
    found = case(tmp_path, "teens", {"claims.3.guidance.source": "ng222"})
    what = 'The claim "young-people-moderate-severe" is about young people, and its source "ng222" about adults.'
    line = found.line_after('"young-people-moderate-severe"', '"ng222"')
    assert t9(found) == [("error", "T9", line, what, MEND)]


@pytest.mark.slow
def test_a_course_and_its_phase_on_a_page_about_adults(tmp_path: Path) -> None:
    changes = {"courses.1.sources": ["icope-ipt"], "courses.1.phases.0.sources": ["leeds-ipt"]}
    found = case(tmp_path, "teens", changes)
    whats = [
        f'The course "young-people" is about young people, and its source "{name}" about adults.'
        for name in ("icope-ipt", "leeds-ipt")
    ]
    assert [(what, mend) for _, _, _, what, mend in t9(found)] == [(what, MEND) for what in whats]


@pytest.mark.slow
def test_words_that_cite_a_review_of_adults_which_a_claim_vouches_for(tmp_path: Path) -> None:
    changes = {"sections.overview": "You may\nfeel better {@claridge-2014}.", "claims.3.sources": ["claridge-2014"]}
    found = case(tmp_path, "teens", changes)
    what = 'The source "claridge-2014" is about adults, not about this reader.'
    assert ("error", "T9", found.line("feel better {@claridge"), what, FITS) in t9(found)


@pytest.mark.slow
def test_a_paragraph_about_young_people_for_professionals(tmp_path: Path) -> None:
    young = "**Young people.** It helps {@duffy-2019},\nand more {@claridge-2014}."
    text = f"**Adults.** It helps {{@claridge-2014}}.\n\n{young}"
    found = case(tmp_path, "professionals", {"sections.evidence": text})
    what = 'The source "claridge-2014" is about adults, not about young people.'
    assert t9(found) == [("error", "T9", found.line("and more {@claridge-2014}"), what, FITS)]


@pytest.mark.slow
@pytest.mark.parametrize("start", ["\n", "\n- "])
def test_a_lead_speaks_of_its_own_paragraph_and_item_alone(tmp_path: Path, start: str) -> None:
    text = f"{start}**Young people.** It helps {{@duffy-2019}}.{start}**Adults.** It helps {{@claridge-2014}}."
    assert t9(case(tmp_path, "professionals", {"sections.evidence": text.strip()})) == []


@pytest.mark.slow
def test_a_trial_that_does_not_say_whom_it_studied(tmp_path: Path) -> None:
    names = list(library().sources)
    at = names.index("claridge-2014")
    found = case(tmp_path, "adults", {f"sources:sources.{at}.populations": None})
    what = 'The source "claridge-2014" is a review and does not say whom it studied.'
    mend = "Write populations: adults, young-people or children."
    assert t9(found) == [("warning", "T9", found.line('"claridge-2014"', "sources"), what, mend)]


@pytest.mark.slow
def test_every_claim_and_course_that_ships_fits_its_sources() -> None:
    from shipped_case import shipped

    of = shipped().library
    assert of is not None
    looked_at = 0
    for therapy in of.therapies.values():
        facts = [(claim.population, claim.sources, claim.id) for claim in therapy.claims]
        facts += [(course.population, course.sources, course.id) for course in therapy.courses]
        for population, sources, name in facts:
            for source in (of.sources[source] for source in sources):
                if source.populations:
                    looked_at += 1
                    assert population in source.populations, f"{therapy.id}: {name}: {source.id}"
    assert looked_at > 40
