"""Dates, identity, steps, phrases, help lines and shared words: each rule kept and broken."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from leaflet_case import AUDIENCES, ROOT, Changes, case, library, template, told

from printables.checks import safety
from printables.checks.subject import WholeLibrary
from printables.library.settings import Audience
from printables.pages.compose.stamp import stamp
from printables.pages.templates.render import Pages
from printables.problems import Problem

LAST, DUE = "2026-06-01", "2026-11-30"
DATES = {"review.last_evidence_review": LAST, "review.next_review": DUE}
LONG = "Review it and write new dates, or build with --allow-overdue, which prints that it is under review."


class TestOverdue:
    @pytest.mark.slow
    def test_error_from_the_day_after(self, tmp_path: Path) -> None:
        found = case(tmp_path, "adults", DATES, today=date(2026, 12, 1))
        what = "The evidence was due to be looked at again on 2026-11-30."
        line = found.key_line("review", "next_review")
        assert [told(p) for p in found.saying("was due")] == [("error", "A4", line, what, LONG)]

    @pytest.mark.slow
    def test_none_on_the_day_itself(self, tmp_path: Path) -> None:
        found = case(tmp_path, "adults", DATES, today=date(2026, 11, 30))
        assert found.saying("was due") == []
        assert "Under review" not in found.subject.html

    @pytest.mark.slow
    def test_allowed_overdue_is_printed(self, tmp_path: Path) -> None:
        found = case(tmp_path, "adults", DATES, today=date(2026, 12, 1), allow_overdue=True)
        assert found.saying("was due") == []
        assert "Under review: the evidence was due to be looked at again on 30 November 2026." in found.subject.html


NAMED: Changes = {
    "titles.adults": {"title": "A talk about IPT", "purpose": "What it is."},
    "code": "TALK",
    "version": "7.3",
    **DATES,
}
ABOUT, BASE = "_components/about/macro.html", "_base/leaflet.html"
MISSING = [
    (BASE, "<h1>{{ leaflet.title }}</h1>", "<h1>x</h1>", 'The title "A talk about IPT" is not on the page.'),
    (BASE, "{{ leaflet.label }}", "x", 'The reader "For adults" is not on the page.'),
    (BASE, "{{ t('publisher', publisher=leaflet.publisher) }}", "x", 'The publisher "Printables" is not on the page.'),
    (ABOUT, "{{ data.code }}", "x", 'The version code "TALK-ADULT-EN-7.3-{stamp}" is not on the page.'),
    (ABOUT, "{{ data.last_review }}", "x", 'The day of the last review "1 June 2026" is not on the page.'),
    (
        ABOUT,
        "{{ data.next_review }}.</p>",
        "x</p>",
        'The day of the next review "30 November 2026" is not on the page.',
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("at", [0, 1, 2])
def test_template_that_leaves_out_what_the_leaflet_is(tmp_path: Path, at: int) -> None:
    """A piece of the one template and a piece of the other are left out at a time."""
    left_out = MISSING[at::3]
    changes = {**NAMED, **{f"templates/{name}": template(name, old, new) for name, old, new, _ in left_out}}
    found = case(tmp_path, "adults", changes, today=date(2026, 11, 1))
    line = found.key_line("titles", "adults")
    wanted = {
        ("error", "A1", line, what.format(stamp=stamp(found.subject.leaflet)), "Mend the template.")
        for *_, what in left_out
    }
    assert {told(p) for p in found.saying("is not on the page")} == wanted


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_our_templates_say_what_the_leaflet_is(tmp_path: Path, audience: str) -> None:
    assert case(tmp_path, audience).saying("is not on the page") == []


class TestSteps:
    @pytest.mark.slow
    def test_steps_without_numbers(self, tmp_path: Path) -> None:
        found = case(tmp_path, "adults", {"sections.next_steps": "- You call.\n- You go."})
        line = found.line("- You call.")
        mend = 'Begin each with "1. ", "2. " and so on.'
        expected = [("error", "A9", line, "The next steps are not numbered.", mend)]
        assert [told(p) for p in found.saying("next steps")] == expected

    @pytest.mark.slow
    def test_questions_without_a_list(self, tmp_path: Path) -> None:
        found = case(tmp_path, "teens", {"sections.questions": "1. Can you help?\n2. Can I stop?"})
        line = found.line("Can you help?")
        expected = [("error", "A9", line, "The questions are not a list.", 'Begin each with "- ".')]
        assert [told(p) for p in found.saying("questions")] == expected

    @pytest.mark.slow
    def test_numbered_steps_and_listed_questions(self, tmp_path: Path) -> None:
        changes = {"sections.next_steps": "1. You call.\n2. You go.", "sections.questions": "- Can you help?"}
        found = case(tmp_path, "adults", changes)
        assert [p for p in found.problems if p.rule == "A9"] == []


class TestPhrases:
    @pytest.mark.slow
    def test_privacy_for_teens_says_that_they_are_told_first(self, tmp_path: Path) -> None:
        found = case(tmp_path, "teens", {"region:privacy.teens": "You can trust us.\nWe say little."})
        what = 'The section "privacy" does not say "try to tell you first".'
        line = found.line("You can trust us.", "region")
        mend = "Add it; templates' audience.yaml asks for it."
        (problem,) = found.saying("does not say")
        assert told(problem) == ("error", "T2", line, what, mend)
        assert problem.path == found.path("region")

    @pytest.mark.slow
    def test_help_for_teens_names_an_adult_they_trust(self, tmp_path: Path) -> None:
        found = case(tmp_path, "teens", {"region:help_now.teens.lead": "You can ask for help."})
        assert [p.what for p in found.saying("does not say")] == [
            'The section "help-now" does not say "adult you trust".'
        ]

    @pytest.mark.slow
    def test_phrase_over_a_line_end_is_found(self, tmp_path: Path) -> None:
        found = case(tmp_path, "teens", {"region:privacy.teens": "We will **try to\ntell you first**, always."})
        assert found.saying("does not say") == []


class TestHelpLines:
    @pytest.mark.slow
    def test_another_line_first(self, tmp_path: Path) -> None:
        found = case(tmp_path, "teens", {"region:help_now.teens.lines": ["shout", "childline"]})
        (problem,) = found.saying("first help line")
        what = 'The first help line for this reader is "shout".'
        line = found.key_line("help_now", "teens", name="region")
        assert told(problem) == ("error", "T4", line, what, 'Put "childline" first.')

    @pytest.mark.slow
    def test_childline_first_for_teens_and_free_order_for_others(self, tmp_path: Path) -> None:
        changes = {"region:help_now.teens.lines": ["childline", "shout"], "region:help_now.adults.lines": ["shout"]}
        found = case(tmp_path, changes=changes)
        assert {subject.item.audience for subject in found.checked.subjects} == set(AUDIENCES)
        assert found.saying("first help line") == []


def shared(teens: str, professionals: str) -> Changes:
    return {"sections.overview.teens": teens, "sections.overview.professionals": professionals}


class TestSharedWords:
    @pytest.mark.slow
    def test_six_words_in_a_row(self, tmp_path: Path) -> None:
        teens = "You can ask.\nLink the **low** mood {@ng134} with\nthe people you see."
        found = case(tmp_path, "teens", shared(teens, "They link the low mood with the rest."))
        what = '"link the low mood with the" stands in the text for professionals too.'
        expected = [("error", "T6", found.line("Link the **low**"), what, "Write it anew for this reader.")]
        assert [told(p) for p in found.problems if p.rule == "T6" and p.section == "overview"] == expected

    @pytest.mark.slow
    def test_five_words_in_a_row(self, tmp_path: Path) -> None:
        found = case(tmp_path, "teens", shared("You link the low mood with us.", "Link the low mood with events."))
        assert [p for p in found.problems if p.rule == "T6" and p.section == "overview"] == []

    @pytest.mark.slow
    def test_adults_may_share(self, tmp_path: Path) -> None:
        text = "You link the low mood with the people you see."
        found = case(tmp_path, "adults", {"sections.uses.adults": text, "sections.uses.professionals": text})
        assert [p for p in found.problems if p.rule == "T6"] == []


NEEDED = {
    "main_message": "A2",
    "limitations": "A7",
    "downsides": "A8",
    "no_treatment": "A8",
    "alternatives": "A8",
    "help-now": "A3",
    "sources": "A5",
    "about": "A4",
    "next_steps": "A9",
    "questions": "A9",
    "region-privacy": "T2",
}
"""What the standards ask of every leaflet for patients, and the rule that asks it."""


def said_of(audience: Audience) -> list[Problem]:
    """What the check of audiences says of a library with this one alone."""
    alone = dataclasses.replace(library(), audiences={audience.id: audience})
    whole = WholeLibrary(alone, Pages(ROOT / "templates", ROOT / "templates"))
    return [problem for check in safety.LIBRARY_CHECKS for problem in check(whole)]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_audience_shows_what_it_must(audience: str) -> None:
    assert said_of(library().audiences[audience]) == []


@pytest.mark.parametrize(("show", "rule"), NEEDED.items())
def test_audience_that_leaves_out_what_it_must_show(show: str, rule: str) -> None:
    audience = library().audiences["adults"]
    sections = [
        section.model_copy(update={"blocks": [block for block in section.blocks if block.show != show]})
        for section in audience.sections
    ]
    (problem,) = said_of(audience.model_copy(update={"sections": sections}))
    lines = Path(problem.path).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text == "sections:")
    what = f'The audience "adults" does not show "{show}", which this reader must get.'
    assert told(problem) == ("error", rule, line, what, "Add it to a section's blocks.")
    assert problem.audience == "adults"


@pytest.mark.parametrize(("show", "rule"), NEEDED.items())
def test_audience_that_may_leave_out_what_it_must_show(show: str, rule: str) -> None:
    audience = library().audiences["adults"]
    sections = [
        section.model_copy(
            update={
                "blocks": [
                    block.model_copy(update={"optional": True}) if block.show == show else block
                    for block in section.blocks
                ]
            }
        )
        for section in audience.sections
    ]
    (problem,) = said_of(audience.model_copy(update={"sections": sections}))
    what = f'The audience "adults" may leave out "{show}", which this reader must get.'
    assert (problem.rule, problem.what, problem.mend) == (rule, what, 'Take "optional: yes" out behind it.')


def test_professionals_need_no_steps(tmp_path: Path) -> None:
    shown = {b.show for section in library().audiences["professionals"].sections for b in section.blocks}
    assert shown.isdisjoint({"next_steps", "questions"})
