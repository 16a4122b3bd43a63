"""Reading level. Every count below was made by hand: the comment by each sentence gives its words and hard words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pytest

from printables.checks.language import profile
from printables.checks.language import reading as of_any_language
from printables.checks.language.en import share_of_adults, smog
from printables.checks.language.reading import Measures

ENGLISH = profile("en")


def measure(text: str, leave_out: Collection[str] = ()) -> Measures:
    return of_any_language.measure(text, ENGLISH, leave_out)


def sentences(text: str) -> list[str]:
    return of_any_language.sentences(text, ENGLISH)


def words(text: str) -> list[str]:
    return of_any_language.words(text, ENGLISH)


def worst_sentences(
    text: str, leave_out: Collection[str] = (), most: int = 3
) -> list[tuple[str, int, tuple[str, ...]]]:
    found = of_any_language.worst_sentences(text, ENGLISH, leave_out, most)
    return [(sentence.text, sentence.length, sentence.hard) for sentence in found]


def worst_words(text: str, leave_out: Collection[str] = (), most: int = 5) -> list[tuple[str, int]]:
    return of_any_language.worst_words(text, ENGLISH, leave_out, most)


@dataclass(frozen=True)
class Passage:
    """A short text with what a reader counts in it; `smog` was worked out by hand from the two counts."""

    lines: tuple[str, ...]
    sentences: int
    words: int
    polysyllables: int
    smog: float
    longest: int
    you: float = 0.0
    passive: float = 0.0

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


NO_LONG_WORD = Passage(
    lines=("Talk to us. We can help. You are not on your own.",),  # 3 + 3 + 6 words
    sentences=3,
    words=12,
    polysyllables=0,
    smog=3.1291,  # 1.0430 x 0 + 3.1291
    longest=6,
    you=1 / 3,
)
LOW_MOOD = Passage(
    lines=(
        "Feeling low",  # 2 words; a heading is a sentence
        "Depression can change how you sleep and eat.",  # 8: depression
        "It can make every day feel long. Some people lose interest in things they loved.",  # 7, and 8: interest
    ),
    sentences=4,
    words=25,
    polysyllables=2,
    smog=7.1686,  # 2 x 30 / 4 = 15, root 3.8730, x 1.0430 = 4.0395
    longest=8,
    you=1 / 4,
)
WHAT_HAPPENS = Passage(
    lines=(
        "What will happen?",  # 3
        "You meet a therapist once a week for sixteen weeks.",  # 10: therapist
        "Together you look at relationships that matter to you.",  # 9: together, relationships
        "Your therapist may ask about an argument, or about a family change.",  # 12: therapist, argument, family
        "After that you try new ways to talk.",  # 8
    ),
    sentences=5,
    words=42,
    polysyllables=6,
    smog=9.3871,  # 6 x 30 / 5 = 36, root 6, x 1.0430 = 6.2580
    longest=12,
    you=4 / 5,
)
LIST = Passage(
    lines=(
        "Interpersonal psychotherapy (IPT)",  # 3: interpersonal, psychotherapy
        "• 12 to 16 sessions, e.g. on Mondays at 9.30 a.m. with Dr. Shah",  # 13
        "• Offered by the NHS: see www.nhs.uk/medication",  # 6: an address is not a hard word
        "• Evidence from the National Institute for Health and Care Excellence",  # 10: evidence and three of the name
    ),
    sentences=4,
    words=32,
    polysyllables=6,
    smog=10.1258,  # 6 x 30 / 4 = 45, root 6.7082, x 1.0430 = 6.9967
    longest=13,
)
ASKED = Passage(
    lines=(
        "You were referred by a doctor. The form is always signed by you.",  # 6 passive, 7 passive
        "“Will my parents be told?” you may ask. We keep what you say private! Nobody is worried.",
        # 8 passive, 6, and 3: nobody ("worried" is how someone is, not what is done to them)
    ),
    sentences=5,
    words=30,
    polysyllables=1,
    smog=5.6839,  # 1 x 30 / 5 = 6, root 2.4495, x 1.0430 = 2.5548
    longest=8,
    you=4 / 5,
    passive=3 / 5,
)
FOR_CLINICIANS = Passage(
    lines=(
        "Contraindications include uncontrolled psychosis.",  # 4: all but include
        "Outcomes were recorded fortnightly. Supervision is recommended.",  # 4: 2 hard, passive; 3: 2 hard, passive
    ),
    sentences=3,
    words=11,
    polysyllables=7,
    smog=11.8555,  # 7 x 30 / 3 = 70, root 8.3666, x 1.0430 = 8.7264
    longest=4,
    passive=2 / 3,
)
PASSAGES = (NO_LONG_WORD, LOW_MOOD, WHAT_HAPPENS, LIST, ASKED, FOR_CLINICIANS)


@pytest.mark.parametrize("passage", PASSAGES)
def test_counts_are_those_made_by_hand(passage: Passage) -> None:
    reading = measure(passage.text)
    assert (reading.sentences, reading.words, reading.polysyllables, reading.longest_sentence) == (
        passage.sentences,
        passage.words,
        passage.polysyllables,
        passage.longest,
    )


@pytest.mark.parametrize("passage", PASSAGES)
def test_measures_follow_from_the_counts(passage: Passage) -> None:
    reading = measure(passage.text)
    assert reading.smog == pytest.approx(passage.smog, abs=1e-4)
    assert reading.mean_sentence == pytest.approx(passage.words / passage.sentences)
    assert reading.you_share == pytest.approx(passage.you)
    assert reading.passive_share == pytest.approx(passage.passive)


@pytest.mark.parametrize("nothing", ["", "\n\n", " \u2013 … • \n---"])
def test_a_text_without_words_measures_nothing(nothing: str) -> None:
    assert measure(nothing) == Measures(0, 0, 0, 0.0, 0.0, 0, 0.0, 0.0)


def test_figures_alone_are_words_but_never_hard() -> None:
    reading = measure("0800 1111\n116 123\n111")
    assert (reading.sentences, reading.words, reading.polysyllables) == (3, 5, 0)


def test_smog_of_mclaughlins_thirty_sentences() -> None:
    assert smog(polysyllables=100, sentences=30) == pytest.approx(13.5591)  # root 10, x 1.0430 + 3.1291


def test_smog_without_a_sentence_is_nothing() -> None:
    assert smog(polysyllables=5, sentences=0) == 0.0


@pytest.mark.parametrize(
    ("grade", "adults"),
    [
        (6.0, "about 76 in 100 adults"),
        (11.0, "about 76 in 100 adults"),
        (11.1, "about 51 in 100 adults"),
        (13.0, "about 51 in 100 adults"),
        (13.1, "fewer than 51 in 100 adults"),
    ],
)
def test_share_of_adults_is_the_nhs_table(grade: float, adults: str) -> None:
    assert share_of_adults(grade) == adults


ONE_SENTENCE = [
    "Bring this form, e.g. on Monday.",
    "Ask Dr. Shah or Mrs. Lee.",
    "Come at 9 a.m. or at 2.30 p.m. if you can.",
    "It costs £3.50 a day.",
    "Write to help@clinic.org.uk or see www.nhs.uk today",
    "You can choose: stay or go.",
    "“Will it help?” you may ask.",
    "Well ... it may.",
    "1. Bring a pen.",
    "See No. 5 on the map.",
    "J. Smith wrote this.",
    "You can (if you like!) bring a friend.",
]


@pytest.mark.parametrize("one", ONE_SENTENCE)
def test_this_is_one_sentence(one: str) -> None:
    assert sentences(one) == [one]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Is it free? Yes! Come in.", ["Is it free?", "Yes!", "Come in."]),
        ("She said “It helps.” Then she left.", ["She said “It helps.”", "Then she left."]),
        ("(This is private.) Ask us.", ["(This is private.)", "Ask us."]),
        ("Come at 9 a.m. Bring a pen.", ["Come at 9 a.m.", "Bring a pen."]),
        ("Tea, cake, etc. You choose.", ["Tea, cake, etc.", "You choose."]),
        ("The answer is no. You decide.", ["The answer is no.", "You decide."]),
        ("It costs £3.50. 12 people came.", ["It costs £3.50.", "12 people came."]),
        ("See www.nhs.uk. Then call.", ["See www.nhs.uk.", "Then call."]),
        ("It was me and I. You too.", ["It was me and I.", "You too."]),
        ("What to bring\n• a pen\n- a friend", ["What to bring", "a pen", "a friend"]),
    ],
)
def test_sentences_end_where_a_reader_pauses(text: str, split: list[str]) -> None:
    assert sentences(text) == split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a face-to-face chat", ["a", "face-to-face", "chat"]),
        ("you don\u2019t, your parents\u2019 say", ["you", "don't", "your", "parents", "say"]),
        ("aged 12\u201317, 3.5 hours", ["aged", "12\u201317", "3.5", "hours"]),
        ("day 12/03/2026 and/or 24/7", ["day", "12/03/2026", "and", "or", "24/7"]),
        ("e.g. at 9 a.m.", ["e.g.", "at", "9", "a.m."]),
        ("(see https://www.nhs.uk/a-b/c?d=e).", ["see", "https://www.nhs.uk/a-b/c?d=e"]),
        (
            "write to a.b-c@clinic.org.uk, or nspcc.org.uk.",
            ["write", "to", "a.b-c@clinic.org.uk", "or", "nspcc.org.uk"],
        ),
        ("A&E \u2013 “now”", ["A&E", "now"]),
        ("well\u2011being and inter\u00adview", ["well-being", "and", "interview"]),
        ("cafe\u0301", ["caf\u00e9"]),
    ],
)
def test_words_are_those_a_reader_counts(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_left_out_phrases_stay_words_but_are_not_hard() -> None:
    left_out = ["INTERPERSONAL psychotherapy", "National Institute for Health and Care Excellence"]
    reading = measure(LIST.text, left_out)
    assert (reading.words, reading.polysyllables) == (32, 1)  # "evidence" is left
    assert reading.smog == pytest.approx(5.9855, abs=1e-4)  # 1 x 30 / 4 = 7.5, root 2.7386, x 1.0430 = 2.8564


@pytest.mark.parametrize("form", ["Therapy is talk.", "Therapies are talk.", "The therapy\u2019s end."])
def test_a_word_is_left_out_in_plural_and_possessive_too(form: str) -> None:
    assert measure(form).polysyllables == 1
    assert measure(form, ["therapy"]).polysyllables == 0


def test_a_word_of_a_left_out_phrase_counts_where_it_stands_alone() -> None:
    assert measure("Psychotherapy is interpersonal.", ["interpersonal psychotherapy"]).polysyllables == 2


def test_the_longest_left_out_phrase_wins() -> None:
    assert measure("Family therapy sessions", ["family", "family therapy"]).polysyllables == 0


@pytest.mark.parametrize("phrase", ["", " ", "…"])
def test_leaving_out_nothing_changes_nothing(phrase: str) -> None:
    assert measure(LIST.text, [phrase]) == measure(LIST.text)


PASSIVE = [
    "You were asked.",
    "It is not often written down.",
    "You may be being seen.",
    "He got sent home.",
    "You\u2019re told the day.",
    "It\u2019s kept safe.",
    "Are you paid?",
    "It wasn't agreed.",
]
ACTIVE = [
    "We asked you.",
    "You are tired and worried.",
    "You need rest.",
    "It is a red bed.",
    "You have talked.",
    "There are a hundred.",
    "We've written to you.",
    "Is it indeed?",
]


@pytest.mark.parametrize("sentence", PASSIVE)
def test_this_is_passive(sentence: str) -> None:
    assert measure(sentence).passive_share == 1.0


@pytest.mark.parametrize("sentence", ACTIVE)
def test_this_is_not_passive(sentence: str) -> None:
    assert measure(sentence).passive_share == 0.0


@pytest.mark.parametrize(
    ("sentence", "share"),
    [("It is yours.", 1.0), ("You\u2019ll see.", 1.0), ("Young youths rest.", 0.0), ("Ask us.", 0.0)],
)
def test_you_is_a_whole_word(sentence: str, share: float) -> None:
    assert measure(sentence).you_share == share


def test_worst_sentences_are_those_with_most_hard_words_then_the_longest() -> None:
    text = "Talk to us. See a therapist soon. Ask your therapist or a doctor. Depression and anxiety hurt."
    assert worst_sentences(text, most=2) == [
        ("Depression and anxiety hurt.", 4, ("Depression", "anxiety")),
        ("Ask your therapist or a doctor.", 6, ("therapist",)),
    ]


def test_every_sentence_is_told_with_the_place_at_which_it_begins() -> None:
    text = "  - One is here. Two is.  Three\n\n\u2022 Four is (here). 5.\n Four is (here)."
    found = list(of_any_language.sentences_at(text, ENGLISH))
    assert [sentence for _, sentence in found] == sentences(text)
    assert len(found) == 6
    assert all(text.startswith(sentence, at) for at, sentence in found)
    assert [at for at, _ in found] == sorted({at for at, _ in found})


def test_a_sentence_without_hard_words_is_never_among_the_worst() -> None:
    assert worst_sentences(NO_LONG_WORD.text) == []
    assert worst_sentences("See a therapist.", ["therapist"]) == []


def test_worst_words_are_the_most_frequent_then_the_longest_then_by_the_alphabet() -> None:
    text = "Therapist and therapist. Medicine, anxiety, argument: Depression.\nANXIETY"
    assert worst_words(text, most=4) == [("anxiety", 2), ("therapist", 2), ("argument", 1), ("depression", 1)]
    assert worst_words(text, ["anxiety"], most=1) == [("therapist", 2)]
