"""Lower bounds: running prose, lists and tiles are measured apart, and each bound is kept and broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import Case, case, found_by, real, told

from printables.checks import prose
from printables.checks.language import profile
from printables.checks.text import list_items

FRAGMENTS = "You rest. You walk. You talk more.\n\nThen you both look at what happened in the week before you came."
TILES = "You work on one of these:\n\n- **Change.** A far town and school.\n- **Loss.** You miss somebody who died."


def said(found: Case, *parts: str) -> list[tuple[str, str, int, str, str]]:
    return [told(problem) for problem in found.saying(*parts) if problem.rule == "A23"]


# Running prose


@pytest.mark.slow
def test_short_sentences_in_a_row_and_a_tile_without_a_verb(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.overview": FRAGMENTS, "sections.focus": TILES})
    row = '3 sentences in a row have fewer than 6 words: "You rest. You walk. You talk more."'
    assert said(found, "in a row") == [
        ("warning", "A23", found.line("You rest. You walk."), row, "Join two of them, or say more.")
    ]
    tile = 'The tile "Change. A far town and school." has no verb.'
    mend = "Say in a sentence what somebody does, feels or notices."
    assert said(found, "The tile") == [("warning", "A23", found.line("**Change.** A far town"), tile, mend)]


@pytest.mark.slow
def test_a_mean_and_a_section_below_their_least(tmp_path: Path) -> None:
    limits = {"adults:reading.least_mean_prose": "30", "adults:sections.1.least_words": "500"}
    found = case(tmp_path, "adults", {**limits, "sections.overview": "You talk.", "sections.focus": TILES})
    mean = f"{prose.mean(prose.running_prose(found.subject)):.1f}"
    what = f"A sentence of running prose has {mean} words on average; 30 is the least."
    mend = "Join short sentences: say why, or what happens then."
    assert said(found, "on average") == [("warning", "A23", found.key_line("titles", "adults"), what, mend)]
    (short,) = said(found, "500 are the least")
    assert short[2:] == (
        found.key_line("sections", "overview", "adults"),
        'The section "What is IPT?" has 20 words; 500 are the least.',
        "Say more of what this reader wants to know there.",
    )


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_the_shipped_words_keep_the_mean_and_have_no_row_of_fragments(audience: str) -> None:
    found = [problem.what for problem in found_by(prose, real(audience))]
    assert [what for what in found if "on average" in what or "in a row" in what] == []


def test_only_paragraphs_are_running_prose() -> None:
    """No list, no lead of one, no tile, nothing that somebody says, and nothing of the region's."""
    subject = real("adults")
    sentences = prose.running_prose(subject)
    assert {sentence.words.name for sentence in sentences} >= {"overview", "first_session", "answers", "evidence"}
    assert not {"focus", "techniques", "courses", "next_steps"} & {sentence.words.name for sentence in sentences}
    path = subject.record().path
    assert {sentence.words.place.path for sentence in sentences} == {path}
    items = {line for _, words in subject.leaflet.words() for line in list_items(words.html)}
    assert not items & {sentence.text for sentence in sentences}


def test_each_sentence_is_found_where_it_stands() -> None:
    for sentence in prose.running_prose(real("teens")):
        assert sentence.words.plain.startswith(sentence.text, sentence.start)


def test_a_mean_and_a_share_of_nothing_are_nothing() -> None:
    assert (prose.mean([]), prose.share_of_few_words([])) == (0.0, 0.0)


def test_the_items_of_a_list_are_told_without_the_numbers_of_sources() -> None:
    html = '<p>Two things:</p><ul><li>You rest<span class="cite"> [1]</span>.</li><li><p>You walk.</p></li></ul>'
    assert list_items(html) == {"You rest.", "You walk."}


# Tiles: the guess at a verb


@pytest.mark.parametrize(
    "text",
    [
        "Noticing. Being here now, without judging yourself.",
        "Conflict. Rows at home or with friends.",
        "Flashbacks. Reliving it.",
        "Anger. With you, too.",
        "Change. A move, or parents splitting up.",
        "Body. Tummy aches, no sleep.",
    ],
)
def test_what_only_names_has_no_verb(text: str) -> None:
    assert not profile("en").has_verb(text)


@pytest.mark.parametrize(
    "text",
    [
        "Loss. Someone close has died.",
        "Your child notes feelings, in private.",
        "Rows. How one look at a plate ends in shouting.",
        "Work piles up.",
        "Nerves. Noise or touch startles them.",
        "Flashbacks. It feels like now.",
        "Some teams hold workshop days.",
        'Teamwork. All adults give the same answer to "just a salad".',
        "Your bed. The laptop and the bills move back to the kitchen table.",
        "It\u2019s stuck.",
        "Ask early.",
    ],
)
def test_what_says_something_has_one(text: str) -> None:
    assert profile("en").has_verb(text)
