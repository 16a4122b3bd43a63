"""Words that no leaflet shows: each kind with its exact message, and the same words where they are shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from leaflet_case import case, told

NO_PLACE = "No leaflet shows these words, because that for {} has no place for them."
MOVE = "Delete them, or move them; `printables explain ipt {}` lists what it shows."
UNSEEN: list[tuple[dict[str, Any], tuple[str, ...], str, str]] = [
    (
        {"sections.self_care": {"parents": "You may rest.", "teens": "You may rest too, as often as you like."}},
        ("sections", "self_care", "teens"),
        "sections.self_care.teens: " + NO_PLACE.format("teenagers"),
        MOVE.format("teens"),
    ),
    (
        {"sections.focus.any": "People."},
        ("sections", "focus", "any"),
        "sections.focus.any: No leaflet shows these words, because words are for one reader each.",
        'Write the id of an audience in place of "any".',
    ),
    (
        {"answers.professionals": [{"question": "What is it?", "answer": "A therapy."}]},
        ("answers", "professionals"),
        "answers.professionals: " + NO_PLACE.format("professionals"),
        MOVE.format("professionals"),
    ),
]


def unseen(folder: Path, changes: dict[str, Any], audience: str = "") -> list[Any]:
    return [p for p in case(folder, audience, changes).saying("No leaflet shows") if "claims" not in p.what]


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "key", "what", "mend"), UNSEEN)
def test_words_without_a_place(
    tmp_path: Path, changes: dict[str, Any], key: tuple[str, ...], what: str, mend: str
) -> None:
    (problem,) = unseen(tmp_path, changes)
    assert (problem.severity, problem.rule, problem.what, problem.mend) == ("warning", "A16", what, mend)
    assert problem.line > 1, key


@pytest.mark.slow
def test_words_for_a_reader_who_gets_no_leaflet(tmp_path: Path) -> None:
    changes = {"titles.parents": None, "not_for": {"parents": "It is not written yet."}}
    found = unseen(tmp_path, changes)
    assert len(found) > 10
    overview = next(problem for problem in found if problem.what.startswith("sections.overview.parents"))
    why = "No leaflet shows these words, because the record makes none for parents and carers."
    assert told(overview)[3:] == (
        f"sections.overview.parents: {why}",
        'Add "parents:" under titles, or delete the words.',
    )
    assert {problem.what.split(":")[0].rsplit(".", 1)[-1] for problem in found} == {"parents"}, "and no others"


@pytest.mark.slow
def test_words_that_another_reader_borrows_are_seen(tmp_path: Path) -> None:
    borrowed = {"fallbacks": {"parents": "adults"}, "sections.self_care": {"adults": "You may rest when you need it."}}
    assert unseen(tmp_path, borrowed) == []


@pytest.mark.slow
def test_words_that_are_shown_are_not_named(tmp_path: Path) -> None:
    assert unseen(tmp_path, {}) == []
