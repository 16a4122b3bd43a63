"""What a teenager reads who harms herself: what is told to whom, and what is not, in the region's frozen words."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from leaflet_case import ROOT, TODAY, case, library, told
from test_checks_safety import said_of

from printables.checks.subject import Subject
from printables.library.loader import load
from printables.library.settings import BlockSetting
from printables.pipeline import build
from printables.plan import Choice

REGIONS = ("england", "wales", "scotland", "northern-ireland")
TEENS = (
    "it is what this therapy is for",
    "Not everything is passed on.",
    "the urge to hurt yourself and what set it off can usually stay private",
    "Serious danger means that your life may be at risk, or that you need medical help.",
    "will need to tell someone, and will try to tell you first.",
    "If I tell you that I hurt myself, who will know?",
)
"""What is told, what is not, and the words to ask with before she tells anything."""
PARENTS = (
    "will hear about urges and self-harm that you do not hear about",
    "The team will tell you if your child is in serious danger",
    "That means that their life may be at risk, or that they need medical help.",
)


@functools.cache
def dbt(region: str) -> dict[str, Subject]:
    folders = (ROOT / "content", ROOT / "templates", ROOT / "output")
    checked = build.check(build.Options(*folders, TODAY, Choice(("dbt",), region=region, no_worksheets=True)))
    return {subject.item.audience: subject for subject in checked.subjects}


@pytest.mark.slow
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(("audience", "said"), [("teens", TEENS), ("parents", PARENTS)])
def test_dbt_says_who_is_told_what(region: str, audience: str, said: tuple[str, ...]) -> None:
    text = " ".join(" ".join(dbt(region)[audience].page.values()).split())
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("region", REGIONS)
def test_it_stands_directly_behind_what_stays_private(region: str) -> None:
    for audience in ("teens", "parents"):
        blocks = [block.show for section in dbt(region)[audience].leaflet.sections for block in section.blocks]
        assert blocks[blocks.index("region-privacy") + 1] == "region-privacy-self-harm"


def test_the_words_are_the_same_in_every_region() -> None:
    of, _ = load(ROOT / "content", ROOT / "templates")
    assert of is not None
    assert len({tuple(sorted(region.privacy_self_harm.items())) for region in of.regions.values()}) == 1


@pytest.mark.slow
def test_only_dbt_is_for_self_harm_and_others_print_none_of_it() -> None:
    from shipped_case import shipped

    of = shipped().library
    assert of is not None
    assert [name for name, therapy in of.therapies.items() if therapy.for_self_harm] == ["dbt"]
    shown = {
        (subject.item.therapy, subject.item.audience)
        for subject in shipped().subjects
        if "region-privacy-self-harm" in [b.show for section in subject.leaflet.sections for b in section.blocks]
    }
    assert shown == {("dbt", "teens"), ("dbt", "parents")}


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["teens", "parents"])
def test_a_region_without_the_words_is_an_error(tmp_path: Path, audience: str) -> None:
    changes = {"for_self_harm": "yes", f"region:privacy_self_harm.{audience}": None}
    found = case(tmp_path, audience, changes)
    reader = {"teens": "teenagers", "parents": "parents and carers"}[audience]
    what = f'The therapy is for self-harm, and "privacy_self_harm" has nothing for {reader}.'
    line = found.key_line("privacy", name="region")
    mend = f'Write "{audience}:" under privacy_self_harm.'
    assert [told(p)[2:] for p in found.saying("for self-harm")] == [(line, what, mend)]


@pytest.mark.parametrize("name", ["teens", "parents"])
def test_an_audience_that_parts_the_two_is_refused(name: str) -> None:
    audience = library().audiences[name]
    sections = [
        section.model_copy(update={"blocks": [b for b in section.blocks if b.show != "region-privacy-self-harm"]})
        for section in audience.sections
    ]
    (problem,) = said_of(audience.model_copy(update={"sections": sections}))
    assert (problem.severity, problem.rule, problem.audience) == ("error", "T2", name)
    assert problem.section in {section.id for section in audience.sections}, "where the two should be together"
    assert problem.what == '"region-privacy-self-harm" does not follow "region-privacy" directly.'
    assert problem.mend == (
        "Put {show: region-privacy-self-harm, optional: yes} behind it, and nothing between the two."
    )


def test_an_audience_with_signs_to_act_on_must_say_when_to_call_the_emergency_number() -> None:
    audience = library().audiences["parents"]
    alone = BlockSetting(show="warning_signs")
    sections = [
        section.model_copy(
            update={
                "blocks": [alone if b.show == "signs" else b for b in section.blocks if b.show != "region-emergency"]
            }
        )
        for section in audience.sections
    ]
    said = said_of(audience.model_copy(update={"sections": sections}))
    (problem,) = (one for one in said if one.rule == "G5")
    assert problem.what == 'The audience "parents" does not show "region-emergency", which this reader must get.'


@pytest.mark.parametrize("region", REGIONS)
def test_parents_read_first_when_to_call_the_emergency_number(region: str) -> None:
    text = " ".join(dbt(region)["parents"].sections["signs-to-act-on"].split())
    assert text.startswith("Signs to act on Act now Call 999 or go to A&E now if: you or someone with you has")


@pytest.mark.pdf
@pytest.mark.parametrize("region", [REGIONS[0], *(pytest.param(one, marks=pytest.mark.long) for one in REGIONS[1:])])
def test_on_paper_privacy_stands_on_page_1_and_what_is_told_of_self_harm_right_behind(region: str) -> None:
    """Page 1 has three numbers to ring as well, so that the second box may be the first thing on page 2."""
    from printables.pages.templates.render import Pages
    from printables.pipeline import print_job
    from printables.typeset.engine import typeset
    from printables.typeset.inspect.inspect import pdf_text

    pages = Pages(ROOT / "templates", ROOT / "templates")
    printed = typeset(print_job.print_job(pages, dbt(region)["teens"]).page)
    assert [finding for finding in printed.findings if finding.severity == "error"] == []
    first, second = (" ".join(page.split()) for page in pdf_text(printed.pdf)[:2])
    assert "try to tell you first" in first
    whole = second if TEENS[0] in second else first
    assert [words for words in TEENS if words not in whole] == []
    if whole == second:
        assert second.startswith("If you talk about hurting yourself")
