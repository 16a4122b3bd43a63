"""Everyday words for the website's search: what is said of a list that is wrong, and what the A to Z is made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_case import LibraryCase

from printables.library.everyday import EverydayWords, patterns
from printables.library.loader import load

ROOT = Path(__file__).resolve().parent.parent
SITE = "content/site/en.yaml"
NAMES = "which only words of a crisis may. Write out the words that it stands for."
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("hurt (self)", f'"hurt (self)" holds a name in brackets, {NAMES}'),
        ("lo*", '"lo*" would be found in too many searches. Write at least 4 letters in it.'),
    ],
)
def test_words_of_a_problem_that_are_none_are_refused(case: LibraryCase, phrase: str, said: str) -> None:
    number = case.replace(SITE, "      words: [depress*,", f'      words: ["{phrase}", depress*,')
    assert case.problems() == [f"{SITE}:{number}: search.problems.depression-any.words.1: {said}"]


def test_a_problem_that_is_no_condition_is_named_with_a_guess(case: LibraryCase) -> None:
    number = case.replace(SITE, "    insomnia:", "    insomnai:")
    assert case.problems() == [f'{SITE}:{number}: There is no condition "insomnai". Did you mean "insomnia"?']


def test_a_reader_that_is_no_audience_is_named_with_a_guess(case: LibraryCase) -> None:
    number = case.replace(SITE, "    teens: [my mum", "    teen: [my mum")
    assert case.problems() == [f'{SITE}:{number}: There is no audience "teen". Did you mean "teens"?']


def test_a_misspelling_of_two_words_is_refused(case: LibraryCase) -> None:
    case.replace(SITE, "    anxious: [", "    anxious: [anxitey]")
    (said,) = case.problems()
    mend = "Leave it under one of them."
    assert said.endswith(f'Under spellings "anxitey" stands for "anxiety" and for "anxious". {mend}')


def test_words_are_optional_and_merged_by_key() -> None:
    words = EverydayWords()
    assert words.corrections() == {} and patterns({}) == {}


def test_no_problem_has_two_entries_of_one_name_and_each_has_a_sentence() -> None:
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    problems = library.site_words["en"].search.problems
    names = [one.name for one in problems.values()]
    assert len(set(names)) == len(names) >= 16
    assert [one.about for one in problems.values() if not one.about.endswith(".")] == []
    whole = {name for name, one in library.conditions.items() if not one.part_of}
    assert whole <= problems.keys(), "each problem has an everyday name"
