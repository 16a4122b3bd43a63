"""What a record may leave out, and what is printed in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from leaflet_case import Case, case

WITHOUT = {"abbreviation": None, "profile": None, "techniques": None, "claims": None, "courses.*.phases": None}
"""Keys to take out of IPT's record, whose words cite other sources than its claims."""
NOT_THERE = {"timeline", "techniques", "profile", "claims", "key"}


def errors(found: Case) -> list[tuple[str, str]]:
    return [(problem.what, problem.mend) for problem in found.problems if problem.severity == "error"]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case(tmp_path_factory.mktemp("bare"), changes=WITHOUT)


@pytest.mark.slow
def test_patients_leaflets_are_well_without_them(bare: Case) -> None:
    explained_in_claims = "is not explained on this leaflet."
    bad = [p for p in bare.problems if p.severity == "error" and not p.what.endswith(explained_in_claims)]
    assert {problem.audience for problem in bad} == {"professionals"}, "whose table of claims is no choice"
    (table,) = bare.saying('"claims" has nothing for professionals.')
    assert table.mend == "Add a claim for adults or young-people or children."


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_nothing_stands_in_their_place_and_explain_says_why(bare: Case, audience: str) -> None:
    (subject,) = (one for one in bare.checked.subjects if one.item.audience == audience)
    shown = {block.show for section in subject.leaflet.sections for block in section.blocks}
    assert shown.isdisjoint(NOT_THERE)
    assert "facts" in shown and "help-now" in shown
    assert ("profile", "the record has no profile") in subject.leaflet.not_shown
    assert "What is Interpersonal psychotherapy" in subject.html
    assert re.findall(r"\bNone\b(?! of)", subject.html) == []


@pytest.mark.slow
def test_professionals_must_be_told_of_conflicts_and_funding(tmp_path: Path) -> None:
    found = case(tmp_path, changes={"review.conflicts": None})
    (problem,) = found.saying("conflicts")
    assert (problem.audience, problem.line) == ("professionals", found.key_line("review"))
    assert problem.what == '"conflicts" is missing, and professionals must be told.'
    assert problem.mend == "Write conflicts under review."
    assert errors(case(tmp_path / "adults", "adults", {"review.conflicts": None})) == []


@pytest.mark.slow
@pytest.mark.parametrize("key", ["titles.adults.title", "titles.adults.purpose", "name"])
def test_a_title_with_braces_is_refused_since_it_would_print_them(tmp_path: Path, key: str) -> None:
    (problem,) = case(tmp_path, changes={key: "A talk about {IPT-A|a therapy}"}).saying("braces")
    assert problem.what == f'{key}: "{{IPT-A|a therapy}}" would be printed with its braces here.'
    assert problem.mend == 'Write "IPT-A" without them.'


ACRONYMS = {
    "You ask about ZBT.": (
        'The acronym "ZBT" is not explained on this leaflet.',
        "Write the words out, with (ZBT) behind them, at first use.",
    ),
    "You ask about {ZBT}.": (
        'The term "ZBT" is not in the glossary.',
        'Did you mean "cbt"? Otherwise write {ZBT|plain words}, or add it to the glossary.',
    ),
    "You ask about RCADS.": (
        'The term "RCADS" is not explained on this leaflet.',
        "Write {RCADS} at its first use, or {RCADS|plain words}.",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(("text", "said"), ACRONYMS.items())
def test_an_acronym_gets_one_message(tmp_path: Path, text: str, said: tuple[str, str]) -> None:
    found = case(tmp_path, "adults", {"sections.who_provides": text})
    assert errors(found) == [said]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["You ask about {ZBT|a zebra}. ZBT helps you.", "You ask about zebra based therapy (ZBT).", "You: {RCADS}."]
)
def test_an_acronym_that_is_explained_gets_none(tmp_path: Path, text: str) -> None:
    assert errors(case(tmp_path, "adults", {"sections.who_provides": text})) == []


@pytest.mark.slow
@pytest.mark.parametrize(("abbreviation", "told"), [("ZBT", []), (None, [ACRONYMS["You ask about ZBT."]])])
def test_its_own_abbreviation_is_explained_by_its_name(
    tmp_path: Path, abbreviation: str | None, told: list[tuple[str, str]]
) -> None:
    words = "ZBT is short for interpersonal psychotherapy, a talking therapy about the people in your life."
    found = case(tmp_path, "adults", {"abbreviation": abbreviation, "sections.who_provides": words})
    assert [error for error in errors(found) if "ZBT" in error[0]] == told
