"""The words by which the search knows a crisis: how they are compared, and what is said of a list that is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from library_case import LibraryCase

from printables.library.crisis import CrisisWords, plain
from printables.library.loader import load

ROOT = Path(__file__).resolve().parent.parent
SITE = "content/site/en.yaml"
NO_WORD = (
    "is not a word, the beginning of one with a star behind it, or a name in brackets. "
    "Write words such as: overdose, suicid*, or hurt (self)."
)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("I DON'T want  to live!", "i dont want to live"),
        ("don’t", "dont"),
        ("Self-harm", "self harm"),
        ("Suicídio, naïve", "suicidio naive"),
        ("ｋｍｓ", "kms"),
        ("  ?! ", ""),
    ],
)
def test_words_are_made_plain(typed: str, made: str) -> None:
    assert plain(typed) == made


def words(*phrases: str) -> CrisisWords:
    return CrisisWords(same={"self": ["myself", "my self"]}, phrases={"all": list(phrases)}, close_to=["suicide"])


def found(typed: str, *phrases: str) -> bool:
    """As `crisis.js` puts the patterns together; what else it does is tested in a browser."""
    made = words(*phrases).patterns()
    whole = re.sub(r"\(([a-z-]+)\)", lambda name: f"(?:{made['same'][name[1]]})", made["phrases"])
    return re.search(f"(?:^| )(?:{whole})(?: |$)", plain(typed)) is not None


def test_phrases_are_whole_words_with_or_without_spaces_between_them() -> None:
    assert found("I will hurt myself", "hurt (self)") and found("hurt my self", "hurt (self)")
    assert found("hurtmyself", "hurt (self)")
    assert not found("hurt myselfish", "hurt (self)") and not found("unhurt myself", "hurt (self)")
    assert found("suicidality", "suicid*") and not found("unsuicidal", "suicid*")
    assert found("self-harming", "self-harm*") and found("dont", "don't")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("x", '"x" would be found in too many searches. Write at least 2 letters in it.'),
        ("!?", '"!?" would be found in too many searches. Write at least 2 letters in it.'),
        ("en*", '"en*" would be found in too many searches. Write at least 4 letters in it.'),
        ("(self)", '"(self)" would be found in too many searches. Write a word beside it.'),
        ("over*dose", f'"over*dose" {NO_WORD}'),
        ("hurt (my self)", f'"(my" {NO_WORD}'),
    ],
)
def test_a_phrase_that_is_none_is_refused_with_its_line(case: LibraryCase, phrase: str, said: str) -> None:
    number = case.replace(SITE, "  phrases:", "{}\n" + f'    more: ["{phrase}"]')
    assert case.problems() == [f"{SITE}:{number + 1}: crisis.phrases.more.1: {said}"]


@pytest.mark.slow
def test_a_name_that_stands_for_nothing_is_named_with_a_guess(case: LibraryCase) -> None:
    number = case.replace(SITE, "  phrases:", "{}\n    more: [hurt (slef)]")
    assert case.problems() == [f'{SITE}:{number + 1}: There is no group of words "slef". Did you mean "self"?']
    case.replace(SITE, "    more: [hurt (slef)]", "    more: [hurt (self)]")
    number = case.replace(SITE, "  alone: [", "  alone: [(whose) (zebra),")
    (said,) = case.problems()
    assert said.startswith(f'{SITE}:{number}: There is no group of words "zebra". Add it to "same", or use one of: ')


@pytest.mark.slow
def test_a_short_word_cannot_be_guessed_at(case: LibraryCase) -> None:
    number = case.replace(SITE, "  close_to:", "  close_to: [death]")
    assert case.problems() == [
        (
            f'{SITE}:{number}: crisis.close_to.1: "death" is like too many other words when two letters of it are '
            "wrong. Name one word of at least 7 letters, or write misspellings under phrases."
        )
    ]


@pytest.mark.slow
def test_a_language_without_such_words_is_named(case: LibraryCase) -> None:
    text = case.text(SITE)
    case.write(SITE, text[: text.index("\ncrisis:")] + text[text.index("\npages:") :])
    (said,) = case.problems()
    assert said.startswith(f"{SITE}:") and "crisis" in said


@pytest.mark.slow
def test_ours_name_all_their_groups_and_none_for_nothing() -> None:
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    ours = library.site_words["en"].crisis
    assert {name for name, _ in ours.named()} == set(ours.same)
