"""Words and figures: each rule with a line that breaks it, its exact message, and a line that does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import case, found_by, told

from printables.checks import wording

CAPITALS = "Write small letters, or **bold**."
FIGURE = "Write it as a figure."
QUOTE_25 = " ".join(["word"] * 25)
QUOTE_26 = " ".join(["word"] * 26)
EXPLAIN = 'Say "a shared picture of what is going on", or explain it as {formulation|plain words}.'

BAD = [
    ("It has good efficacy.", "error", "B4", '"efficacy" is not a word for adults.', 'Say "how well it works".'),
    ("It works if you\ncommence now.", "error", "B4", '"commence" is not a word for adults.', 'Say "start".'),
    ("We write a formulation.", "error", "B4", '"formulation" is not a word for adults.', EXPLAIN),
    ("We write formulations.", "error", "B4", '"formulation" is not a word for adults.', EXPLAIN),
    ("You come 12-16 times.", "error", "A18", 'The range "12-16" has a dash.', 'Write "12 to 16".'),
    ("You come 12 \u2013 16 times.", "error", "A18", 'The range "12 \u2013 16" has a dash.', 'Write "12 to 16".'),
    ("It took 3.5 weeks.", "warning", "A18", '"3.5" is not a whole number.', "Write a whole number."),
    ("You have three talks.", "warning", "A18", 'The number "three" is written as a word.', FIGURE),
    (
        f"They say \u201c{QUOTE_26}\u201d now.",
        "error",
        "A6",
        "A quotation has 26 words; 25 are the most.",
        "Say it in your own words, and cite.",
    ),
    ("Ask your GP NHS UK TV now.", "error", "A13", '"GP NHS UK TV" is set in capitals.', CAPITALS),
    ("Do ask us!", "error", "T5", "An exclamation mark shouts.", "Write a full stop."),
    (
        "Do ask us. \U0001f600",
        "error",
        "T5",
        "A picture character stands here (grinning face).",
        "Say it in words.",
    ),
    (
        "Ask for XYZ.",
        "error",
        "A19",
        'The acronym "XYZ" is not explained on this leaflet.',
        "Write the words out, with (XYZ) behind them, at first use.",
    ),
    (
        "Ask about dream work.",
        "error",
        "A19",
        'The term "dream work" is not explained on this leaflet.',
        "Write {dream work} at its first use, or {dream work|plain words}.",
    ),
]
GOOD = [
    "We write a {formulation|shared picture of what is going on}.",
    "We write {formulations|shared pictures}, and one formulation stays yours.",
    "You come 12 to 16 times.",
    "You come for 3 weeks, and one more.",
    f"They say \u201c{QUOTE_25}\u201d now.",
    "Ask your GP NHS UK now.",
    "Ask at a place for extra yearly zeal (XYZ), and XYZ will answer.",
    "Ask for XYZ (extra yearly zeal).",
    "Ask about {dream work}, for dream work can help.",
    "A contraindication-free, well-presented secure path.",  # whole words only
]
TERM = {"glossary:terms.+": {"id": "dream-work", "term": "dream work", "plain": {"any": "talking about dreams"}}}


@pytest.mark.slow
@pytest.mark.parametrize("some", [BAD[::2], BAD[1::2]], ids=["one half", "the other"])
def test_bad_words(tmp_path: Path, some: list[tuple[str, str, str, str, str]]) -> None:
    """Each in a paragraph of its own; a word that is told once a leaflet stands once in each half."""
    text = "\n\n".join(["You can ask us now, in peace.", *(one[0] for one in some)])
    found = case(tmp_path, "adults", {"sections.uses": text, **TERM})
    said = [told(p) for p in found_by(wording, found.subject) if p.section == "uses"]
    wanted = [
        (severity, rule, found.line(text.splitlines()[-1]), what, mend) for text, severity, rule, what, mend in some
    ]
    assert sorted(said) == sorted(wanted)


@pytest.mark.slow
@pytest.mark.parametrize("some", [GOOD[::2], GOOD[1::2]], ids=["one half", "the other"])
def test_good_words(tmp_path: Path, some: list[str]) -> None:
    text = "\n\n".join(["You can ask us now, in peace.", *some])
    found = case(tmp_path, "adults", {"sections.uses": text, **TERM})
    assert [str(p) for p in found_by(wording, found.subject) if p.section == "uses"] == []


@pytest.mark.slow
def test_professionals_may_read_decimals_and_number_words(tmp_path: Path) -> None:
    text = "In three studies the mean was 5.2, with dream work and a formulation."
    found = case(tmp_path, "professionals", {"sections.uses": text, **TERM})
    assert [str(p) for p in found_by(wording, found.subject) if p.section == "uses"] == []


@pytest.mark.slow
@pytest.mark.parametrize("text", ["A day-out 12-16.", "You come 12\u201416 times."])
def test_professionals_too_read_ranges_without_a_dash(tmp_path: Path, text: str) -> None:
    found = case(tmp_path, "professionals", {"sections.uses": text})
    assert [p.mend for p in found.saying("The range")] == ['Write "12 to 16".']


@pytest.mark.slow
def test_a_mark_before_all_words_is_no_crash(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.uses": "! You can ask."})
    assert [p.line for p in found.saying("exclamation")] == [found.line("You can ask.")]


@pytest.mark.slow
@pytest.mark.parametrize(("word", "say"), [("vibe", "feeling"), ("vibes", "feelings")])
def test_a_word_and_its_plural_are_told_once(tmp_path: Path, word: str, say: str) -> None:
    found = case(tmp_path, "teens", {"sections.overview": f"You get a {word} here."})
    assert [(p.what, p.mend) for p in found.saying("vibe")] == [
        (f'"{word}" is not a word for teenagers.', f'Say "{say}".')
    ]


@pytest.mark.slow
def test_the_line_is_that_of_the_whole_word(tmp_path: Path) -> None:
    """`cool` also stands inside `school`, and an apostrophe may be curly."""
    found = case(tmp_path, "teens", {"sections.overview": "You changed school.\nDon\u2019t say it is\ncool."})
    assert [p.line for p in found.saying('"cool"')] == [found.line("say it is") + 1]


@pytest.mark.slow
def test_term_that_is_explained_too_late(tmp_path: Path) -> None:
    changes = {**TERM, "sections.overview": "You may try dream work.", "sections.uses": "You may try {dream work}."}
    found = case(tmp_path, "adults", changes)
    what = 'The term "dream work" stands here before it is explained.'
    line = found.line("try dream work")
    assert [told(p) for p in found.saying('"dream work"')] == [("error", "A19", line, what, "Write {dream work} here.")]


@pytest.mark.slow
def test_term_that_is_explained_in_time(tmp_path: Path) -> None:
    changes = {**TERM, "sections.overview": "You may try {dream work}.", "sections.uses": "You may try dream work."}
    assert case(tmp_path, "adults", changes).saying('"dream work"') == []


@pytest.mark.slow
def test_term_in_the_title_or_below_it_that_is_not_explained(tmp_path: Path) -> None:
    titles = {"titles.adults.title": "IPT and dream work", "titles.adults.purpose": "What dream work is."}
    found = case(tmp_path / "bad", "adults", {**TERM, **titles})
    wanted = [
        (
            "warning",
            "A19",
            found.line(f'"{key}": "{text}"'),
            f'The term "dream work" stands in the {key} and is not explained on this leaflet.',
            f"Write {{dream work}} at its first use in the text, or take it out of the {key}.",
        )
        for key, text in (("title", "IPT and dream work"), ("purpose", "What dream work is."))
    ]
    assert [told(problem) for problem in found.saying('"dream work"')] == wanted
    explained = {**TERM, **titles, "sections.overview": "You may try {dream work}."}
    assert case(tmp_path / "good", "adults", explained).saying('"dream work"') == []


@pytest.mark.slow
def test_main_message_of_four_sentences(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.main_message": "You can ask. You can\ncall. You can go. You can stay."})
    what = "The main message has 4 sentences; 3 are the most."
    line = found.key_line("sections", "main_message", "adults")
    mend = "Keep what one reader must remember."
    assert [told(p) for p in found.saying("main message")] == [("error", "A2", line, what, mend)]


@pytest.mark.slow
def test_main_message_of_three_sentences(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.main_message": "You can ask. You can\ncall. You can go."})
    assert found.saying("main message") == []
