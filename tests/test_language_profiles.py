"""Languages: each folder offers what the checks ask, the checks ask it, and hold no words of a language themselves."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path
from types import ModuleType

import pytest
from leaflet_case import ROOT, case, found_by, paragraphs, real, with_page

from printables.checks import evidence, foreign_words, help_numbers, readability, safety, wording
from printables.checks.language import codes, profile, reading
from printables.checks.language.profile import LanguageProfile
from printables.checks.subject import Subject
from printables.pages.compose.source_lines import SourceBlock

CHECKS = sorted((ROOT / "printables" / "checks").glob("*.py"))


def test_a_language_is_a_folder() -> None:
    folders = [path.parent.name for path in (ROOT / "printables/checks/language").glob("*/__init__.py")]
    assert list(codes()) == sorted(folders)
    assert "en" in codes()


def test_a_language_without_a_profile_is_not_measured_as_another() -> None:
    with pytest.raises(LookupError, match=r'The language "cy" has no profile; there are: en\.'):
        profile("cy")
    with pytest.raises(LookupError, match='"reading" has no profile'):
        profile("reading")


@pytest.mark.parametrize("code", codes())
def test_a_profile_offers_what_the_checks_ask(code: str) -> None:
    language = profile(code)
    assert isinstance(language, LanguageProfile)
    assert profile(code) is language, "results are kept by the profile"
    assert language.grade is not None
    assert language.grade(0, 0) == 0.0 and language.grade(9, 30) > language.grade(3, 30)
    assert all(language.readers(grade).strip() for grade in (0.0, 9.0, 30.0))
    assert language.quotation.groups == 1
    assert language.base_form("X") == language.base_form("x")
    assert reading.sentences("One. 2.\nThree", language) == ["One.", "2.", "Three"]


def in_words_of(language: LanguageProfile, subject: Subject, *texts: str) -> Subject:
    """A leaflet of ours with another page, in the hands of another language's profile."""
    given = with_page(subject, paragraphs(*texts))
    given.__dict__["language"] = language
    return given


OTHER = dataclasses.replace(
    profile("en"),
    plain_word=re.compile("[a-z]"),
    syllables=lambda _: 3,
    grade=lambda hard, _: float(hard),
    readers=lambda _: "nobody",
    is_passive=lambda _: True,
    you=re.compile(r"\bdu\b"),
    number_words=re.compile(r"\byou\b"),
    decimal=re.compile(r"\bthe\b"),
    frequency=re.compile(r"\bwith\b"),
    quotation=re.compile("((?:.|\n){200})"),
    range_example="12 bis 16",
    active_example="wir rufen dich an",
)
"""No language: each thing differs from English in a way that shows on an English leaflet."""


def test_reading_levels_ask_the_profile() -> None:
    nine = ["We ask you all."] * 9
    said = {(p.what, p.mend) for p in found_by(readability, in_words_of(OTHER, real("adults"), *nine))}
    assert ("Of 100 sentences 100 are passive; 10 is the limit.", "Say who does it: wir rufen dich an.") in said
    assert any("never says you" in what for what, _ in said)
    assert any("has SMOG 36.0 (nobody can read it); 11 is the limit." in what for what, _ in said)
    assert found_by(readability, in_words_of(profile("en"), real("adults"), *nine)) == []


@pytest.mark.parametrize(
    ("module", "audience", "what"),
    [
        (wording, "adults", 'The number "you" is written as a word.'),
        (wording, "adults", '"the" is not a whole number.'),
        (wording, "adults", "A quotation has "),
        (evidence, "adults", 'The sentence speaks of evidence ("with") and names no source.'),
        (safety, "teens", "stands in the text for professionals too."),
    ],
)
def test_other_checks_ask_the_profile(module: ModuleType, audience: str, what: str) -> None:
    other, english = (
        [p.what for p in found_by(module, in_words_of(language, real(audience), "x"))]
        for language in (OTHER, profile("en"))
    )
    assert any(what in said for said in other)
    assert not any(what in said for said in english)


def test_words_of_another_language_are_those_that_the_profile_does_not_know() -> None:
    what = "This text is not in English, and there are no measures for another language."
    for other in (
        dataclasses.replace(profile("en"), frequent=frozenset()),
        dataclasses.replace(profile("en"), last_letter="A"),
    ):
        given = in_words_of(other, real("adults"), "x")
        assert {p.what for p in found_by(foreign_words, given)} == {what}
        assert not given.is_measured
    assert found_by(foreign_words, in_words_of(profile("en"), real("adults"), "x")) == []


@pytest.mark.slow
def test_a_number_counts_or_is_called_as_the_language_says_it(tmp_path: Path) -> None:
    subject = case(tmp_path, "adults", {"sections.not_enough": "You may hear of 111 young people {@ng222}."}).subject
    nothing, anything = re.compile("(?!)"), re.compile("")
    english = profile("en")
    for other in (
        dataclasses.replace(english, behind_count=nothing),
        dataclasses.replace(english, before_called=anything),
    ):
        assert len(found_by(help_numbers, in_words_of(other, subject, "x"))) == 1
    assert found_by(help_numbers, in_words_of(english, subject, "x")) == []


def test_a_range_is_mended_as_the_language_writes_it() -> None:
    subject = in_words_of(OTHER, real("adults"), "x")
    section, words, _ = next(subject.texts())
    said = dataclasses.replace(words, blocks=(SourceBlock("Come 12-16 times.", ((0, 1),)),))
    block = dataclasses.replace(section.blocks[0], words=(said,))
    leaflet = dataclasses.replace(subject.leaflet, sections=(dataclasses.replace(section, blocks=(block,)),))
    subject = in_words_of(OTHER, dataclasses.replace(subject, leaflet=leaflet), "x")
    assert [p.mend for p in found_by(wording, subject) if "dash" in p.what] == ['Write "12 bis 16".']


PATTERNS = ("compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "split")


def words_in_patterns(source: str) -> list[str]:
    """The words of three letters or more in the expressions of a module: a language's, most likely."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    patterns = (
        text.value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in PATTERNS and ast.unparse(call.func.value) == "re"
        for text in ast.walk(call.args[0])
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    )
    return [word for pattern in patterns for word in re.findall(r"(?<!\\)[A-Za-z]{3,}", pattern)]


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.name)
def test_checks_hold_no_words_of_a_language(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert words_in_patterns(source) == []
    assert "language.en" not in source


def test_words_in_a_pattern_are_noticed() -> None:
    assert words_in_patterns(r're.compile(rf"\b(two|three)\b{x}")' + "\n" + 're.sub("[a-z]+", "word", x)') == [
        "two",
        "three",
    ]
