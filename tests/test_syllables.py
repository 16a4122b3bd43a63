"""Syllables, each counted by ear before it was written here."""

from __future__ import annotations

import pytest

from printables.checks.language.en.syllables import syllables

BY_EAR = {
    0: "\u2013 …",
    1: "I you health friend planned used talked called aches clothes queue tongue eyes fruit guide voice scared "
    "mum league homes here their won't can't you're they're we've aren't priest field learnt dreamt",
    2: "giant chaos ocean gazelle bizarre "
    "people really every being quiet create science wanted needed handled table little gently changes nurses "
    "wishes business evening Wednesday maybe something sometimes someone hopeful lonely safety movement "
    "patient client ancient going doing trying colour centre metre programme café naïve didn't isn't it'll "
    "therefore headache rhythm anxious million fluid cruel poem react beyond employed hundred conscience "
    "conscious hopeless statement lifestyle nurse's loyal language persuade biscuit issues technique Christmas",
    3: "ratio reinforce heroic mosaic dyadic "
    "therapist area idea diary different family general interest medicine everyone anyone everything violent "
    "period serious various happier studying arguing opinion actual influence suicide museum video reassure "
    "employer autism element management settlement loneliness supplement completely hospital privacy teenager "
    "grandparents dementia theatre phobia radio medium carefully organised behaviour ambulance awareness "
    "likelihood haemorrhage foetuses following",
    4: "European continuous cooperate "
    "relationship psychiatrist psychology anxiety society experience situation usually reality antisocial "
    "emergency confidential adolescent insomnia anaemia diarrhoea depressingly vegetable everybody appreciate "
    "diabetes",
    5: "psychotherapy interpersonal organisation antidepressant individual paediatrician university gynaecology",
    6: "responsibility availability",
    7: "confidentiality",
}


@pytest.mark.parametrize(
    ("count", "word"), [(count, word) for count, listed in BY_EAR.items() for word in listed.split()]
)
def test_a_word_has_the_syllables_heard_when_it_is_said_slowly(count: int, word: str) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), [("self-harm", 2), ("follow-up", 3), ("face-to-face", 3), ("12-week", 2)])
def test_a_hyphenated_word_is_the_sum_of_its_parts(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_hard_hyphen_is_a_hyphen_too() -> None:
    assert syllables("well\u2011being") == syllables("well-being") == 3


@pytest.mark.parametrize("figure", ["7", "77", "3.5", "12-17", "12\u201317", "2026-03-12", "10am", "£9.50", "0800"])
def test_a_figure_is_read_at_a_glance(figure: str) -> None:
    assert syllables(figure) == 1


@pytest.mark.parametrize("short", ["IPT", "NHS", "CAMHS", "GPs", "A&E", "IPT-A", "U.K.", "e.g.", "a.m."])
def test_an_acronym_or_abbreviation_is_never_polysyllabic(short: str) -> None:
    assert syllables(short) == 1


def test_a_long_word_in_capitals_is_not_an_acronym() -> None:
    assert syllables("PSYCHOTHERAPY") == 5


@pytest.mark.parametrize("address", ["www.nhs.uk/mental-health", "university.ac.uk", "information@hospital.nhs.uk"])
def test_an_address_is_never_polysyllabic(address: str) -> None:
    assert syllables(address) == 1


def test_either_apostrophe_gives_the_same_count() -> None:
    assert syllables("couldn\u2019t") == syllables("couldn't") == 2


def test_no_letters_no_syllables() -> None:
    assert syllables("") == 0
