"""Runs of five words in other therapies' leaflets: how they are counted, and whom the warning names."""

from __future__ import annotations

import dataclasses

import pytest
from leaflet_case import library, real

from printables.checks import shared_runs
from printables.checks.shared_runs import OwnWords, compare, longest_runs, problems, runs
from printables.library.library import Place
from printables.library.settings import Audience

SAME = "you can ask for a break at any time"


def own(therapy: str, *texts: str, audience: str = "adults") -> OwnWords:
    return OwnWords(therapy, audience, "en", Place(f"content/therapies/{therapy}.yaml", 11), texts)


def test_runs_are_of_five_words_and_end_with_their_text() -> None:
    assert runs(["It's up to you, and YOU alone.", "Too short a text."]) == {
        ("it's", "up", "to", "you", "and"),
        ("up", "to", "you", "and", "you"),
        ("to", "you", "and", "you", "alone"),
    }


def test_a_share_is_of_all_runs_of_the_leaflet_itself() -> None:
    first, second, third = compare([own("a", SAME, "one two three four five"), own("b", SAME), own("c", "none at all")])
    assert (round(first.percent), first.most) == (83, second.own), "5 of 6"
    assert (second.percent, second.most) == (100, first.own)
    assert (third.percent, third.most) == (0, None)


def test_only_leaflets_for_the_same_reader_in_the_same_language_are_compared() -> None:
    others = [own("b", SAME, audience="teens"), dataclasses.replace(own("c", SAME), language="cy")]
    assert [one.percent for one in compare([own("a", SAME), *others])] == [0, 0, 0]


def test_the_longest_runs_are_whole_and_none_is_a_part_of_another() -> None:
    mine = [f"Here {SAME}, and then we go on as before.", "And then we go on as you like."]
    theirs = [f"Of course {SAME}.", "And then we go on as planned."]
    assert [" ".join(run) for run in longest_runs(mine, theirs)] == [SAME, "and then we go on as"]


def test_no_run_goes_from_one_text_into_the_next() -> None:
    assert longest_runs(["one two three four five six"], ["one two three", "four five six"]) == []


def test_the_warning_names_both_records_and_the_longest_runs() -> None:
    shared = compare([own("a", SAME), own("b", SAME, " ".join(map(str, range(49))))])
    (problem,) = problems(library(), shared[1:])
    assert str(problem) == (
        "content/therapies/b.yaml:11: Of 100 runs of 5 words for adults, 10 stand in other therapies' leaflets, most in"
        f' that of content/therapies/a.yaml; 8 are the limit. The longest that both have are "{SAME}".'
        " Say them as only this therapy would."
    )
    assert (problem.severity, problem.rule, problem.therapy, problem.audience) == ("warning", "A24", "b", "adults")


def test_a_leaflet_at_its_limit_and_a_reader_without_one_get_no_warning() -> None:
    shared = compare([own("a", SAME), own("b", SAME)])
    assert len(list(problems(library(), shared))) == 2
    at_limit = [dataclasses.replace(one, percent=8.0) for one in shared]
    assert list(problems(library(), at_limit)) == []
    assert list(problems(library(), compare([own(name, SAME, audience="professionals") for name in "ab"]))) == []


def test_what_is_compared_stands_in_the_record() -> None:
    words = shared_runs.own_words(real("teens"))
    assert (words.therapy, words.audience, words.language) == ("ipt", "teens", "en")
    region = {block.text for _, one in real("teens").leaflet.words() if one.name == "privacy" for block in one.blocks}
    assert region
    assert not region & set(words.texts)
    assert len(words.texts) > 30


@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_every_leaflet_for_patients_has_the_limit(audience: str) -> None:
    found: Audience = library().audiences[audience]
    assert found.reading.most_shared_runs == 8
