"""How hard a leaflet is to read: each limit with a text that keeps it and one that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from leaflet_case import case, found_by, paragraphs, told, with_page

from printables.checks import readability

SEED = {
    "sections.overview": (
        "Interpersonal Therapy is a time-limited, structured therapy focusing on the link between mood and current\n"
        "interpersonal relationships.\n"
        "It helps people improve communication, resolve relational difficulties, and process losses\n"
        "or life transitions."
    ),
    "sections.focus": (
        "Improving communication, resolving role disputes, processing grief and loss, and managing life transitions.\n"
        "IPT identifies one or two key interpersonal problem areas and works on them directly."
    ),
    "sections.sessions": (
        "Session length: 50 minutes\n\n"
        "Frequency: Weekly\n\n"
        "Time-limited: Yes (typically 12\u201316 sessions)\n\n"
        "Three phases: beginning (formulation), middle (working on problem areas), end (consolidation)"
    ),
}
"""The words of the page that this project set out to better."""

WORDS_20 = "You go in and we see you and you say it as it is and so on to us all."
WORDS_21 = "You go in and we see you and you say it as it is and so on to us all now."


@pytest.mark.slow
def test_the_seed_page_for_adults_is_refused(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", SEED)
    assert found.checked.good() == []
    said = {
        (p.severity, p.what) for p in found.problems if p.section in ("overview", "focus", "sessions", "what-it-is")
    }
    assert {
        ("error", 'The section "What is IPT?" never says you to adults.'),
        ("error", '"role dispute" is not a word for adults.'),
        ("error", '"formulation" is not a word for adults.'),
        ("error", '"consolidation" is not a word for adults.'),
        ("error", 'The range "12\u201316" has a dash.'),
        ("warning", 'The number "two" is written as a word.'),
    } <= said


@pytest.mark.slow
def test_the_seed_page_is_too_hard_and_its_worst_words_are_named(tmp_path: Path) -> None:
    found = case(tmp_path, "adults")
    page = paragraphs(*(text.replace("\n\n", "</p><p>").replace("\n", " ") for text in SEED.values()))
    level = next(p for p in found_by(readability, with_page(found.subject, page)) if "SMOG" in p.what)
    assert level.severity == "error"
    assert level.line == found.key_line("titles", "adults")
    assert "fewer than 51 in 100 adults can read it" in level.what
    assert "communication (2), interpersonal (2)" in level.what
    worst = [p.what for p in found_by(readability, with_page(found.subject, page)) if "of them are long" in p.what]
    assert worst[0].endswith("long: Improving, communication, resolving, processing, managing, transitions.")


@pytest.mark.slow
def test_a_hard_text_is_named_with_its_line_and_its_worst_words(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", SEED)
    (hint,) = (p for p in found.problems if p.section == "overview" and "alone" in p.what)
    assert hint.severity == "warning"
    assert hint.line == found.line("Interpersonal Therapy is a time-limited")
    assert hint.what.startswith("This text alone has SMOG 15.")
    assert "11 is the limit. It says communication, interpersonal, " in hint.what
    shipped = case(tmp_path / "shipped", "adults")
    assert [p for p in shipped.problems if "alone" in p.what] == []


@pytest.mark.slow
@pytest.mark.parametrize(("warn", "stop", "severity"), [("8", "9", "warning"), ("8", "8.5", "error")])
def test_reading_level(tmp_path: Path, warn: str, stop: str, severity: str) -> None:
    """30 sentences with one hard word each: 1.0430 x root of 30 + 3.1291 = 8.84."""
    found = case(tmp_path, "adults", {"adults:reading.smog": {"warn": warn, "stop": stop}})
    level, worst, *_ = found_by(readability, with_page(found.subject, paragraphs(*["You go to hospital."] * 30)))
    what = (
        "The leaflet for adults has SMOG 8.8 (about 76 in 100 adults can read it); 8 is the limit."
        " Its long words are hospital (30)."
    )
    titles = found.key_line("titles", "adults")
    assert told(level) == (severity, "reading", titles, what, "Say them in short words, worst sentences first.")
    what = '"You go to hospital." has 4 words, and of them are long: hospital.'
    assert told(worst) == (severity, "reading", 1, what, "Say it in short words.")


@pytest.mark.slow
def test_reading_level_at_its_limit_passes(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"adults:reading.smog": {"warn": "8.9"}})
    said = found_by(readability, with_page(found.subject, paragraphs(*["You go to hospital."] * 30)))
    assert [problem.what for problem in said if "This text alone" not in problem.what] == []


@pytest.mark.slow
def test_worst_sentence_is_found_in_its_file(tmp_path: Path) -> None:
    hard = "You experience interpersonal difficulties, ambivalence, irritability and hypersensitivity."
    changes = {"sections.uses": f"You can ask us.\n{hard}", "adults:reading.smog": {"warn": "3"}}
    found = case(tmp_path, "adults", changes)
    assert [p.line for p in found.saying("of them are long", "You experience")] == [found.line("hypersensitivity")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("warn", "stop", "severity"), [("4", "5", None), ("3", "5", "warning"), ("3.5", "3.9", "error")]
)
def test_mean_sentence(tmp_path: Path, warn: str, stop: str, severity: str | None) -> None:
    found = case(tmp_path, "adults", {"adults:reading.mean_sentence": {"warn": warn, "stop": stop}})
    page = with_page(found.subject, paragraphs("You go home. You do not go home.", "You stay at home."))  # 12 in 3
    said = [told(p) for p in found_by(readability, page) if "on average" in p.what]
    what = f"A sentence has 4.0 words on average; {warn} is the limit."
    titles = found.key_line("titles", "adults")
    expected = (severity, "reading", titles, what, "Split the longest sentences.")
    assert said == ([expected] if severity else [])


@pytest.mark.slow
@pytest.mark.parametrize(("passive", "severity"), [(1, None), (2, "warning"), (3, "error")])
def test_passive(tmp_path: Path, passive: int, severity: str | None) -> None:
    found = case(tmp_path, "adults", {"adults:reading.passive": {"warn": "10", "stop": "25"}})
    page = paragraphs(*["The form is signed."] * passive, *["You sign it."] * (10 - passive))
    said = [told(p) for p in found_by(readability, with_page(found.subject, page))]
    what = f"Of 100 sentences {10 * passive} are passive; 10 is the limit."
    titles = found.key_line("titles", "adults")
    expected = (severity, "B3", titles, what, "Say who does it: we will call you.")
    assert said == ([expected] if severity else [])


@pytest.mark.slow
def test_sentence_over_its_limit(tmp_path: Path) -> None:
    changes = {"adults:reading.sentence": {"warn": "20", "stop": "20"}, "sections.uses": f"You can ask.\n{WORDS_21}"}
    found = case(tmp_path, "adults", changes)
    what = f'The sentence "{WORDS_21}" has 21 words; 20 is the limit.'
    assert [told(p) for p in found.saying("us all now")] == [
        ("error", "B2", found.line("us all now"), what, "Split it in two.")
    ]


@pytest.mark.slow
def test_sentence_at_its_limit_passes(tmp_path: Path) -> None:
    changes = {"adults:reading.sentence": {"warn": "20", "stop": "20"}, "sections.uses": f"You can ask.\n{WORDS_20}"}
    assert case(tmp_path, "adults", changes).saying("us all") == []


@pytest.mark.slow
def test_long_sentence_is_quoted_by_its_beginning(tmp_path: Path) -> None:
    long = " ".join(["therapist"] * 30) + "."
    found = case(tmp_path, "adults", {"sections.uses": f"You can ask.\n{long}"})
    quoted = " ".join(["therapist"] * 7) + " ..."  # 7 x 10 letters fit into 77
    assert [p.what.split('"')[1] for p in found.saying("has 30 words;")] == [quoted]


@pytest.mark.slow
@pytest.mark.parametrize(("sentences", "severity"), [(3, None), (4, "warning"), (5, "error")])
def test_paragraph(tmp_path: Path, sentences: int, severity: str | None) -> None:
    text = " ".join(["You can ask."] * sentences)
    changes = {"adults:reading.paragraph": {"warn": "3", "stop": "4"}, "sections.uses": f"You may.\n\n{text}"}
    found = case(tmp_path, "adults", changes)
    what = f'The paragraph "{text}" has {sentences} sentences; 3 is the limit.'
    expected = (severity, "B2", found.line("You can ask."), what, "Put an empty line in.")
    assert [told(p) for p in found.saying("The paragraph", "You can ask.")] == ([expected] if severity else [])


@pytest.mark.slow
def test_section_that_never_says_you(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.overview": "It is a therapy.", "sections.focus": "It is about people."})
    heading = found.checked.library and found.checked.library.locales["en"].headings["what-it-is"]["any"]
    assert heading == "What is {abbreviation}?"
    line = found.key_line("sections", "overview", "adults")
    what = 'The section "What is IPT?" never says you to adults.'
    assert [told(p) for p in found.saying("never says you")] == [("error", "B3", line, what, "Speak to the reader.")]


@pytest.mark.slow
def test_one_you_is_enough(tmp_path: Path) -> None:
    found = case(
        tmp_path, "adults", {"sections.overview": "It is a therapy.", "sections.focus": "It is about your life."}
    )
    assert found.saying("never says you") == []


@pytest.mark.slow
def test_a_heading_with_you_speaks_to_nobody(tmp_path: Path) -> None:
    found = case(tmp_path, "teens", {"region:privacy.teens": "It stays private.\nNobody else hears it."})
    heading = next(s.heading for s in found.subject.leaflet.sections if s.id == "privacy")
    assert " you " in heading
    said = [(p.line, p.what) for p in found.saying("never says you")]
    line = found.line("It stays private.", "region")
    assert said == [(line, f'The section "{heading}" never says you to teenagers.')]


@pytest.mark.slow
def test_references_and_the_imprint_are_not_measured(tmp_path: Path) -> None:
    found = case(tmp_path, "adults")
    hard = "Interpersonal psychotherapy difficulties and antidepressant experiences are considerable " * 5
    page = paragraphs("You can ask.") + paragraphs(hard, section="references") + paragraphs(hard, section="about")
    assert found_by(readability, with_page(found.subject, page)) == []
