"""A new record: what it asks for, whom it is for, and what a leaflet looks like once it is filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from library_case import LibraryCase
from test_cli import run

from printables.authoring.new_record import Wanted, starter
from printables.library.sections import Sections
from printables.library.yaml_reader import read_yaml
from printables.pipeline.build import check
from printables.plan import Choice
from printables.problems import Problem

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
RECORD = "content/therapies/harbour-talks.yaml"
SOURCE = """\
  - {id: harbour-guide, title: Harbour talks, organisation: Harbour Talks Network, address: "https://harbour.example",
     kind: service, reuse: link-and-cite, check_again: 2028-11-28, status: unchecked}
"""
STEPS = "1. Write down whom you miss.\n2. Ask this service.\n3. Bring this leaflet."
QUESTIONS = "- When can I start?\n- Whom do I see?\n- What if I miss one?"
WORDS = {
    "adults": {
        "main_message": "Harbour talks help you to feel close to people again. You plan small meetings, and try them.",
        "overview": "You look at who is in your life now, and at who has drifted away over the years. "
        "Then you plan one small meeting for each week, such as a walk with a neighbour.\n\n"
        "Afterwards you note how it went and what you would do in another way next time. "
        "Most people find that the first steps feel odd, and that they get easier when they go slowly.",
        "first_session": "You meet your therapist in a quiet room, and you say only what you want to say. "
        "You talk about the people whom you see in a week, and about those whom you miss.\n\n"
        "You do not have to tell your whole story on that day, and you may bring somebody along. "
        "At the end you agree on one small thing to try before you meet again.",
        "limitations": "You should know that nobody has compared it with other help yet.",
        "downsides": "A meeting may go badly, and you may feel low after it.",
        "no_treatment": "You may feel closer to people in time, or you may not.",
        "alternatives": "You could join a group near you, or choose another talking therapy.",
        "next_steps": STEPS,
        "questions": QUESTIONS,
    },
    "teens": {
        "main_message": "This can help if you feel alone. You choose the steps, and your therapist helps with them.",
        "overview": "You draw a map of the people around you, with the closest ones near the middle. "
        "Then you try something new with one of them, like sitting beside them at lunch.\n\n"
        "It is fine if it goes wrong. You can talk it over next time, and choose a smaller step for then.",
        "first_session": "You can bring someone with you, and they can stay as long as you like. "
        "Your therapist asks who you hang out with, and who you wish you saw more often.\n\n"
        "You do not have to say it all at once. You can take a break when you need one. "
        "Before you go, you both choose one small thing to try.",
        "limitations": "Nobody knows yet how well it helps people of your age.",
        "downsides": "Some steps feel scary, and you can make them smaller.",
        "no_treatment": "Feeling alone can pass, and you can come back if it stays.",
        "alternatives": "You could talk to someone at school, or find a group that you like.",
        "your_say": "You can say no to any step. You can ask for someone else, or stop.",
        "next_steps": "1. Think of one person.\n2. Tell an adult you trust.\n3. Ask them to help you to find out more.",
        "questions": "- Can I bring a friend?\n- Who will know?\n- What if I want to stop?",
    },
}


def written(*audiences: str, every_part: bool = False) -> str:
    text = starter("harbour-talks", Wanted(None, audiences, every_part), TEMPLATES, date(2026, 11, 23))
    assert isinstance(text, str)
    return text


def read(text: str) -> dict[str, Any]:
    document, problems = read_yaml(text.encode(), "harbour-talks.yaml")
    assert problems == []
    assert document is not None and isinstance(document.value, dict)
    return document.value


def filled_in(*audiences: str) -> str:
    """The starter as an author fills it in, blank by blank; fails where it asks for what this author did not expect."""
    found, section = [], ""
    for line in written(*audiences).split("\n"):
        found.append(line)
        if name := re.fullmatch(r"  (\w+):", line):
            section = name[1]
        if reader := re.fullmatch(r"    (\w+): \|", line):
            found += [f"      {row}" for row in WORDS[reader[1]][section].split("\n")]
    text = "\n".join(found)
    for blank, words in (
        ('purpose: ""', "purpose: For people who feel cut off from others."),
        ('{from: "", to: "", unit: sessions}', "{from: 6, to: 8, unit: sessions}"),
        ('{from: "", unit: minutes}', "{from: 50, unit: minutes}"),
        ("sources: []", "sources: [harbour-guide]"),
        ('authors: ""', "authors: The Harbour Talks team"),
    ):
        assert blank in text
        text = text.replace(blank, words)
    return text


def test_the_short_starter_asks_a_dozen_things_of_one_reader() -> None:
    text = written()
    record = read(text)
    asked = [section for section, words in record["sections"].items() if words == {"adults": ""}]
    assert asked == [
        "main_message",
        "overview",
        "limitations",
        "downsides",
        "no_treatment",
        "alternatives",
        "next_steps",
        "questions",
        "first_session",
    ]
    assert list(record["sections"]) == asked
    assert list(record["titles"]) == ["adults"]
    assert list(record["not_for"]) == ["teens", "parents", "professionals", "easy-read"]
    assert [course["population"] for course in record["courses"]] == ["adults"]
    assert len(re.findall(r'""|\|\n\n|\[\]', text)) == len(asked) + len(
        ["purpose", "from", "to", "minutes", "sources", "authors"]
    )
    assert (record["code"], record["name"]) == ("HT", "Harbour talks")
    assert (record["review"]["last_evidence_review"], record["review"]["next_review"]) == ("2026-11-23", "2028-11-23")


def test_every_blank_text_has_a_comment_without_the_number_of_a_rule() -> None:
    lines = written("adults", "teens", "parents", "professionals", every_part=True).split("\n")
    sections = [at for at, line in enumerate(lines) if at > lines.index("sections:") and re.fullmatch(r"  \w+:", line)]
    assert len(sections) > 30
    assert [lines[at] for at in sections if not lines[at - 1].startswith("  # ")] == []
    assert [line for line in lines if re.search(r"\b[ABGQT]\d+\b|Seed", line)] == []


def test_no_comment_stands_behind_a_text_where_yaml_would_swallow_words() -> None:
    text = written("adults", "professionals", every_part=True)
    assert [
        line for line in text.split("\n") if re.search(r"(purpose|authors|conflicts|funding|title): .*#", line)
    ] == []


def test_a_starter_for_some_readers_asks_nothing_that_only_others_need() -> None:
    record = read(written("adults", "teens"))
    assert list(record["titles"]) == ["adults", "teens"]
    assert list(record["not_for"]) == ["parents", "professionals", "easy-read"]
    assert {reader for words in record["sections"].values() for reader in words} == {"adults", "teens"}
    assert list(record["sections"]["your_say"]) == ["teens"]
    assert record["sections"].keys().isdisjoint({"self_care", "risk", "parents_part", "training_routes"})
    assert {course["population"] for course in record["courses"]} == {"adults", "young-people"}
    assert record["review"].keys().isdisjoint({"conflicts", "funding"})


def test_what_keeps_parents_and_professionals_safe_is_always_asked() -> None:
    parents, professionals = read(written("parents")), read(written("professionals"))
    assert {"same_day", "self_care", "parents_part", "downsides"} <= parents["sections"].keys()
    assert {"risk", "not_suitable", "adapting", "measures"} <= professionals["sections"].keys()
    assert "claims" in professionals and "claims" not in parents
    assert {"conflicts", "funding"} <= professionals["review"].keys()


def test_the_starter_of_every_part_has_every_section() -> None:
    record = read(written(every_part=True))
    assert Sections.model_fields.keys() - record["sections"].keys() == {"warning_signs"}, "the older form of same_day"
    assert list(record["titles"]) == ["adults", "teens", "parents", "professionals", "easy-read"]
    assert {"abbreviation", "profile", "techniques", "claims"} <= record.keys()
    assert all("phases" in course for course in record["courses"])


@pytest.mark.parametrize(
    ("therapy", "code"), [("guided-self-help", "GSH"), ("mindfulness", "MIND"), ("3-steps", ""), ("a", "")]
)
def test_the_code_is_made_of_the_id_where_one_can_be(therapy: str, code: str) -> None:
    text = starter(therapy, Wanted(), TEMPLATES, date(2026, 11, 23))
    assert isinstance(text, str)
    assert read(text)["code"] == code


def test_the_next_review_of_a_leap_day_is_a_day() -> None:
    text = starter("harbour-talks", Wanted(), TEMPLATES, date(2028, 2, 29))
    assert isinstance(text, str)
    assert read(text)["review"]["next_review"] == "2030-02-28"


@pytest.mark.parametrize(
    ("name", "mend"),
    [("teenz", 'Did you mean "teens"?'), ("x", "There are: adults, teens, parents, professionals, easy-read.")],
)
def test_an_unknown_reader(name: str, mend: str) -> None:
    problem = starter("harbour-talks", Wanted(audiences=("adults", name)), TEMPLATES, date(2026, 11, 23))
    assert problem == Problem("command line", 0, f'There is no audience "{name}".', mend)


@pytest.mark.slow
def test_a_filled_starter_is_well_for_each_of_its_readers(case: LibraryCase) -> None:
    case.write(RECORD, filled_in("adults", "teens"))
    case.write("content/sources.yaml", case.text("content/sources.yaml") + SOURCE)
    checked = check(case.options(Choice(therapies=("harbour-talks",))))
    line = case.line(RECORD, "  adults:", "titles:")
    assert [case.shown(problem) for problem in checked.problems] == [
        f"{RECORD}:{line}: The leaflet lists 2 sources; between 3 and 12 suit this reader. Cite more."
    ]
    adults, teens = (subject for subject in checked.subjects if not subject.item.worksheet)
    assert "What is Harbour talks?" in adults.html and "What is Harbour talks?" in teens.html
    assert "None" not in adults.html + teens.html
    assert [section.id for section in adults.leaflet.sections] == [
        "in-short",
        "what-it-is",
        "first-session",
        "does-it-work",
        "other-choices",
        "privacy-and-consent",
        "what-to-do-next",
        "questions",
        "references",
        "help-now",
        "about",
    ]
    assert [source.id for source in adults.leaflet.sources] == ["crawford-2016", "harbour-guide"], "that of the course"


@pytest.mark.slow
def test_a_blank_starter_says_what_is_blank_and_nothing_else(case: LibraryCase) -> None:
    case.write(RECORD, written())
    said = [case.shown(problem) for problem in case.check("harbour-talks").problems if RECORD in str(problem)]
    blank = "This is blank. Write the text: this is required."
    number = "This is blank. Write figures such as 12"
    purpose = case.line(RECORD, "    purpose:")
    sessions = case.line(RECORD, "    sessions:")
    assert said[:3] == [
        f"{RECORD}:{purpose}: titles.adults.purpose: {blank}",
        f'{RECORD}:{sessions}: courses.1.sessions.from: {number}: this is required, unless you delete "sessions".',
        f"{RECORD}:{sessions}: courses.1.sessions.to: {number}, or delete the key: this may be left out.",
    ]
    line = case.line(RECORD, "    adults: |", "  overview:")
    assert f"{RECORD}:{line}: sections.overview.adults: {blank}" in said
    line = case.line(RECORD, "    adults: |", "  first_session:")
    optional = "This is blank. Write the text, or delete the key: this may be left out."
    assert f"{RECORD}:{line}: sections.first_session.adults: {optional}" in said
    assert len(said) == 15


@pytest.mark.slow
def test_the_command_prints_a_record_without_writing_it(tmp_path: Path) -> None:
    done = run(tmp_path, "new", "harbour-talks", "--all", "--audience", "teens", "--print")
    assert (done.returncode, done.stderr) == (0, "")
    assert list(read(done.stdout)["titles"]) == ["teens"]
    assert not (tmp_path / "content").exists()
