"""The library as a whole and its release: colours, unused sources, approvals and unchecked facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from leaflet_case import AUDIENCES, Case, Changes, case, library, told
from test_checks_evidence import MADE_UP

from printables.checks.contrast import PAIRS, check, contrast, luminance

DARKER = "Make --accent darker."
LOOK_UP = "Look it up, write the source and the day, and set the status to confirmed."
SEE = "Look it up in its sources; then set the status to seen, or to confirmed with confirmed_by and confirmed_on."
TOKENS = {**{back: "#ffffff" for _, back, _ in PAIRS}, **{front: "#000000" for front, _, _ in PAIRS}}
"""Black on white for every pair."""


class TestContrast:
    @pytest.mark.parametrize(
        ("one", "other", "ratio"),
        [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#FFFFFF", 1.0),
            ("#767676", "#ffffff", 4.54),  # the lightest grey that WCAG AA allows on white
            ("#595959", "#ffffff", 7.0),  # and AAA
            ("#ffff00", "#ffffff", 1.07),
        ],
    )
    def test_ratio(self, one: str, other: str, ratio: float) -> None:
        assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
        assert contrast(other, one) == contrast(one, other)

    @pytest.mark.parametrize("colour", ["#fff", "red", "", "#12345g", "rgb(0,0,0)", "#1234567"])
    def test_other_forms_cannot_be_measured(self, colour: str) -> None:
        with pytest.raises(ValueError, match="^" + re.escape(colour)):
            luminance(colour)

    def test_good_tokens(self) -> None:
        assert list(check(TOKENS)) == []

    def test_yellow_accent(self) -> None:
        grounds = [back for front, back, _ in PAIRS if front == "accent"]
        assert {"paper", "accent-tint"} <= set(grounds)
        assert list(check({**TOKENS, "accent": "#ffff00"})) == [
            (f"--accent on --{ground} has contrast 1.0:1; 7:1 is needed.", DARKER) for ground in grounds
        ]

    def test_rule_too_light(self) -> None:
        found = list(check({**TOKENS, "rule": "#cccccc"}))
        assert found == [("--rule on --paper has contrast 1.6:1; 3:1 is needed.", "Make --rule darker.")]

    def test_what_just_misses_is_not_rounded_up(self) -> None:
        found = [what for what, _ in check({**TOKENS, "ink-soft": "#5a5a5a"})]
        assert found == ["--ink-soft on --paper has contrast 6.8:1; 7:1 is needed."]

    @pytest.mark.parametrize("value", [None, "red", "#0a0"])
    def test_missing_or_unmeasured(self, value: str | None) -> None:
        tokens = {name: colour for name, colour in TOKENS.items() if name != "hair"}
        found = list(check({**tokens, "hair": value} if value else tokens))
        what = "The colour --hair or --paper is missing or not of the form #rrggbb."
        assert found == [(what, "Write it as #rrggbb.")]

    def test_every_ratio_is_that_of_the_standards(self) -> None:
        assert {least for _, _, least in PAIRS} == {7.0, 3.0}
        assert {front for front, _, least in PAIRS if least == 3.0} == {"rule", "hair"}


@pytest.mark.slow
def test_clinic_with_a_yellow_theme(tmp_path: Path) -> None:
    theme = ":root { --accent: #ffdd00; --accent-tint: #eef5f3; }"
    found = case(tmp_path, "adults", {"templates/adults/theme.css": theme})
    path = found.path("templates/adults/theme.css")
    said = [(p.path, *told(p), p.audience) for p in found.saying("contrast")]
    on_paper = "--accent on --paper has contrast 1.3:1; 7:1 is needed."
    on_tint = "--accent on --accent-tint has contrast 1.2:1; 7:1 is needed."
    assert {(path, "error", "A14", 0, what, DARKER, "adults") for what in (on_paper, on_tint)} <= set(said)
    assert {row[0] for row in said} == {path}


@pytest.mark.slow
def test_clinic_with_a_yellow_theme_gets_no_leaflet(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"templates/adults/theme.css": ":root { --accent: #ffdd00; }"})
    assert found.saying("contrast") != []
    assert found.checked.good() == []


@pytest.mark.slow
def test_our_themes_have_contrast(tmp_path: Path) -> None:
    assert case(tmp_path).saying("contrast") == []


class TestUnusedSources:
    @pytest.mark.slow
    def test_warning(self, tmp_path: Path) -> None:
        found = case(tmp_path, "adults", {"sources:sources.+": MADE_UP})
        (problem,) = found.saying("made-up")
        line = found.line('"made-up"', "sources")
        assert told(problem) == (
            "warning",
            "A5",
            line,
            'No record uses the source "made-up".',
            "Cite it, or delete it.",
        )
        assert problem.path == found.path("sources")

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "use",
        [
            {"sections.uses": "You can ask us {@made-up}."},
            {"courses.0.sources": ["made-up", "ng222"]},
            {"region:sources.+": "made-up"},
            {"region:privacy.adults": "You can ask us {@made-up}."},
            {"claims.0.guidance": {"source": "made-up", "verb": "lists"}},
        ],
    )
    def test_each_kind_of_use_counts(self, tmp_path: Path, use: Changes) -> None:
        assert case(tmp_path, "adults", {"sources:sources.+": MADE_UP, **use}).saying("No record", "made-up") == []

    def test_none_is_called_unused_while_a_record_is_broken(self, tmp_path: Path) -> None:
        found = case(tmp_path, changes={"sources:sources.+": MADE_UP, "version": None})
        assert found.checked.library is not None
        assert found.checked.library.broken == {"ipt"}
        assert found.saying("No record uses") == []

    @pytest.mark.slow
    def test_all_of_ours_are_used(self, tmp_path: Path) -> None:
        assert case(tmp_path, "adults").saying("No record uses") == []


def release(folder: Path, audience: str, changes: Changes) -> Case:
    """A release check where all is confirmed and approved but for what `changes` says."""
    names = ("courses", "techniques", "claims", "region:help_lines", "sources:sources")
    confirmed: dict[str, object] = {"version": "9.9", **{f"{name}.*.status": "confirmed" for name in names}}
    confirmed["region:help_lines.*.checked_on"] = "2026-11-23"
    confirmed["courses.*.phases_status"] = "confirmed"
    words = {name: value for name, value in changes.items() if not name.startswith("review.approvals")}
    content = case(folder, audience, {**confirmed, **words}).subject.leaflet.content
    person = {"audience": audience, "name": "A B", "role": "Clinician", "date": "2026-11-24", "version": "9.9"}
    approvals = [{**person, "content": content}]
    return case(folder, audience, {**confirmed, "review.approvals": approvals, **changes}, release=True)


def released(found: Case) -> list[tuple[str, str, int, str, str]]:
    rules = ("Nobody has approved", "is unchecked.", "are unchecked.")
    return [told(p) for p in found.problems if p.severity == "error" and any(rule in p.what for rule in rules)]


def or_confirm(mend: str, fact: str) -> str:
    """What an author can do about a fact, and what a clinician can."""
    return f"{mend} Or a clinician confirms it with the approval: --fact {fact}."


def unchecked(group: str) -> dict[str, str]:
    return {"id": f"my-{group}", "status": "unchecked"}


class TestRelease:
    @pytest.mark.parametrize("audience", AUDIENCES)
    @pytest.mark.slow
    def test_all_confirmed_and_approved(self, tmp_path: Path, audience: str) -> None:
        assert released(release(tmp_path, audience, {})) == []

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "change",
        [{"review.approvals.0.version": "9.8"}, {"review.approvals.0.audience": "teens"}, {"review.approvals": []}],
    )
    def test_not_approved(self, tmp_path: Path, change: Changes) -> None:
        found = release(tmp_path, "adults", change)
        what = "Nobody has approved version 9.9 for adults."
        line = found.key_line("review", "approvals")
        mend = "A named clinician must read and approve it."
        assert released(found) == [("error", "A4", line, what, mend)]

    @pytest.mark.slow
    def test_unchecked_fact(self, tmp_path: Path) -> None:
        groups = ("courses", "techniques", "claims")
        change = {f"{group}.0.{key}": value for group in groups for key, value in unchecked(group).items()}
        found = release(tmp_path, "adults", change)
        wanted = []
        for group in groups:
            line = found.line_after(f'"id": "my-{group}"', '"status": "unchecked"')
            what, mend = f'"my-{group}" in {group} is unchecked.', or_confirm(SEE, f"{group}/my-{group}")
            wanted.append(("error", "A5", line, what, mend))
        assert sorted(released(found)) == sorted(wanted)

    @pytest.mark.slow
    def test_unchecked_phases_of_a_course_whose_number_is_known(self, tmp_path: Path) -> None:
        found = release(tmp_path, "adults", {"courses.0.phases_status": "unchecked"})
        line = found.line('"phases_status": "unchecked"')
        what = 'The phases of "adults" in courses are unchecked.'
        assert released(found) == [("error", "A5", line, what, or_confirm(SEE, "phases/adults"))]

    @pytest.mark.slow
    def test_unchecked_fact_about_others(self, tmp_path: Path) -> None:
        groups = ("courses", "claims")
        assert {getattr(library().therapies["ipt"], group)[0].population for group in groups} == {"adults"}
        assert released(release(tmp_path, "teens", {f"{group}.0.status": "unchecked" for group in groups})) == []

    @pytest.mark.slow
    @pytest.mark.parametrize("field", [{"status": "unchecked"}, {"checked_on": None}])
    def test_unchecked_help_line(self, tmp_path: Path, field: dict[str, str | None]) -> None:
        at = [line.id for line in library().regions["england"].help_lines].index("childline")
        changes = {f"region:help_lines.{at}.{name}": value for name, value in field.items()}
        found = release(tmp_path, "teens", changes)
        line = found.line_after('"id": "childline"', '"status"', "region")
        mend = or_confirm(LOOK_UP, "help-lines/childline")
        assert released(found) == [("error", "A3", line, 'The help line "childline" is unchecked.', mend)]

    @pytest.mark.slow
    def test_unchecked_help_line_of_others(self, tmp_path: Path) -> None:
        shown = library().regions["england"].help_now["adults"].lines
        at = [line.id for line in library().regions["england"].help_lines].index("childline")
        assert "childline" not in shown
        assert released(release(tmp_path, "adults", {f"region:help_lines.{at}.status": "unchecked"})) == []

    @pytest.mark.slow
    def test_unchecked_source(self, tmp_path: Path) -> None:
        changes = {"sources:sources.+": MADE_UP, "sections.uses": "You can ask us {@made-up}."}
        found = release(tmp_path, "adults", changes)
        line = found.line_after('"id": "made-up"', '"status"', "sources")
        mend = or_confirm(LOOK_UP, "sources/made-up")
        assert released(found) == [("error", "A5", line, 'The source "made-up" is unchecked.', mend)]

    @pytest.mark.slow
    def test_without_release_nothing_of_this_is_said(self, tmp_path: Path) -> None:
        assert released(case(tmp_path, "adults", {"courses.0.status": "unchecked", "review.approvals": []})) == []
