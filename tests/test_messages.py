"""Every way in which a record can be wrong, and what is said: the file, the line, what is wrong, how to mend it.

Each case changes one thing in a copy of our own library and expects one message. Where a record may say something at
all, a wrong word in it must never pass in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from library_case import IPT, LibraryCase

ADULTS = "templates/adults/audience.yaml"
TEENS = "templates/teens/audience.yaml"
PUBLISHER = "content/publisher.yaml"
SOURCES = "content/sources.yaml"
CONDITIONS = "content/conditions.yaml"
GLOSSARY = "content/glossary.yaml"
LOCALE = "content/locales/en.yaml"
ENGLAND = "content/regions/england.yaml"
CLINIC = "content/clinics/riverside.yaml"

MISSING = "This is required and missing. Add it; docs/fields.md says what it holds."
UNKNOWN = "This key is unknown. Delete it, or see docs/fields.md."
NO_TEXT = "This must be text, and it is {}. Write one text."
NO_KEYS = "This must hold keys and values. Indent its keys below it."
NO_LIST = 'This must be a list. Write one line for each, beginning with "- ".'
BLANK = "This is blank. Write the text: this is required."
NO_WHOLE = '"{}" is not a whole number. Write figures such as 12.'
NO_NUMBER = "This is not a number. Write figures such as 9.5."
NO_DATE = '"{}" is not a date. Write year, month and day, such as 2026-11-23.'
EMPTY = "The list is empty. Write at least one line: this is required."
NO_WORD = '"{}" is not one of the words that may stand here. Write one of: {}.'
NO_ID = '"{}" cannot be an id. Use small letters a to z, figures and single hyphens, 64 characters at most.'
NO_PROFILE = (
    "no profile of measures: nobody could tell how hard its words are to read. "
    'Only English ("en") has one: write in it, and translate: printables translate start CODE.'
)
NO_FORM = "is not of the form that is asked for. Write"
SPAN = "    sessions: {{from: {}, unit: sessions}}"


@dataclass(frozen=True)
class Wrong:
    """In `file`, the first line beginning with `line` is replaced; `at` is the line that the message names instead."""

    file: str
    line: str
    by: str
    said: str
    after: tuple[str, ...] = ()
    at: int | str = ""


FORM = {
    "a key is missing": Wrong(IPT, "version:", "#", f"version: {MISSING}", at=1),
    "a key inside a list is missing": Wrong(
        IPT, "    strength:", "#", f"claims.1.strength: {MISSING}", ("claims:",), "  - id:"
    ),
    "a key is misspelt": Wrong(
        IPT, "abbreviation:", "abreviation: IPT", 'abreviation: This key is unknown. Did you mean "abbreviation"?'
    ),
    "a section is misspelt": Wrong(
        IPT, "  overview:", "  overveiw:", 'sections.overveiw: This key is unknown. Did you mean "overview"?'
    ),
    "a key inside a list is misspelt": Wrong(
        IPT, "    ages:", "    age: 18", 'claims.1.age: This key is unknown. Did you mean "ages"?', ("claims:",)
    ),
    "a key like no other": Wrong(IPT, "name:", "sumary: typo\n{}", f"sumary: {UNKNOWN}"),
    "a list for a text": Wrong(IPT, "name:", "name: [IPT]", f"name: {NO_TEXT.format('a list')}"),
    "keys for a text": Wrong(IPT, "name:", "name: {en: IPT}", f"name: {NO_TEXT.format('keys and values')}"),
    "a text for a list": Wrong(IPT, "also_called:", "also_called: Interpersonal therapy", f"also_called: {NO_LIST}"),
    "a text for keys": Wrong(
        IPT, "    sessions:", "    sessions: 8 to 16", f"courses.1.sessions: {NO_KEYS}", ("courses:",)
    ),
    "a text for names": Wrong(CONDITIONS, "    name:", "    name: depression", f"conditions.1.name: {NO_KEYS}"),
    "only invisible characters": Wrong(IPT, "name:", r'name: " \u200b\u2060\u00a0 "', f"name: {BLANK}"),
    "nothing behind a key": Wrong(IPT, "name:", "name:", f"name: {BLANK}"),
    "two lines for one": Wrong(
        IPT, "name:", r'name: "Interpersonal\ntherapy"', "name: This must fit on one line. Take the line break out."
    ),
    "no version": Wrong(
        IPT, "version:", "version: first", f'version: "first" {NO_FORM} two numbers with a point, such as 1.0.'
    ),
    "a code in small letters": Wrong(
        IPT, "code:", "code: ipt", f'code: "ipt" {NO_FORM} 2 to 10 capitals and figures, such as IPT.'
    ),
    "a number in a decimal form": Wrong(
        IPT,
        "    sessions:",
        SPAN.format("8.5"),
        f"courses.1.sessions.from: {NO_WHOLE.format('8.5')}",
        ("courses:",),
    ),
    "a list for a number": Wrong(
        IPT, "    sessions:", SPAN.format("[8]"), f"courses.1.sessions.from: {NO_WHOLE.format('a list')}", ("courses:",)
    ),
    "a range that runs backwards": Wrong(
        IPT,
        "    sessions:",
        SPAN.format("16, to: 8"),
        "courses.1.sessions: The range runs backwards (16 to 8). Put the smaller number first.",
        ("courses:",),
    ),
    "a reading limit in words": Wrong(
        ADULTS, "  smog:", "  smog: {warn: eleven}", f"reading.smog.warn: {NO_NUMBER}", ("reading:",)
    ),
    "a reading limit without end": Wrong(
        ADULTS,
        "  smog:",
        "  smog: {warn: inf}",
        "reading.smog.warn: This is not a finite number. Write figures such as 9.5.",
        ("reading:",),
    ),
    "a reading limit below nothing": Wrong(
        ADULTS,
        "  smog:",
        "  smog: {warn: -1}",
        "reading.smog.warn: The number -1 is too small. The limit is 0.",
        ("reading:",),
    ),
    "neither yes nor no": Wrong(
        TEENS,
        "    you: no",
        "    you: maybe",
        "sections.{n}.you: This must be yes or no. Write yes, or no.",
        ("  - id: about",),
    ),
    "a list without lines": Wrong(IPT, "    sources:", "    sources: []", f"courses.1.sources: {EMPTY}", ("courses:",)),
    "a profile point too high": Wrong(
        IPT, "  structure:", "  structure: 6", "profile.structure: The number 6 is too large. The limit is 5."
    ),
    "a profile point too low": Wrong(
        IPT, "  structure:", "  structure: 0", "profile.structure: The number 0 is too small. The limit is 1."
    ),
    "the next review is not later": Wrong(
        IPT,
        "  next_review:",
        "  next_review: 2000-01-01",
        "review: The next review is not after the last one. Write a later date in next_review.",
        at="review:",
    ),
    "an e-mail address without a host": Wrong(
        CLINIC, "email:", "email: hello", f'email: "hello" {NO_FORM} an e-mail address, such as hello@clinic.example.'
    ),
}
WORDS = {
    "status": Wrong(
        IPT,
        "    status:",
        "    status: sure",
        f"courses.1.status: {NO_WORD.format('sure', 'confirmed, seen, unchecked')}",
        ("courses:",),
    ),
    "verb": Wrong(
        IPT,
        "      verb:",
        "      verb: recommend",
        f"claims.1.guidance.verb: {NO_WORD.format('recommend', 'offer, consider, lists, not-mentioned')}",
    ),
    "strength": Wrong(
        IPT,
        "    strength:",
        "    strength: high",
        f"claims.1.strength: {NO_WORD.format('high', 'strong, moderate, limited, none')}",
    ),
    "population": Wrong(
        IPT,
        "    population:",
        "    population: teens",
        f"courses.1.population: {NO_WORD.format('teens', 'adults, young-people, children')}",
    ),
    "unit": Wrong(
        IPT,
        "    length:",
        "    length: {from: 50, unit: minute}",
        f"courses.1.length.unit: {NO_WORD.format('minute', 'sessions, minutes, weeks, months, years')}",
    ),
    "a strength that no audience has": Wrong(
        ADULTS,
        "    strong:",
        "    sure: it helps\n{}",
        f"evidence.en.sure: {NO_WORD.format('sure', 'strong, moderate, limited, none')}",
    ),
    "how a source may be reused": Wrong(
        SOURCES,
        "    reuse:",
        "    reuse: copy",
        f"sources.1.reuse: {NO_WORD.format('copy', 'link-and-cite, link-and-paraphrase')}",
    ),
}
NAMES = {
    "a source": Wrong(
        IPT, "    sources:", "    sources: [ng22]", 'There is no source "ng22". Did you mean "ng222"?', ("courses:",)
    ),
    "a guideline": Wrong(
        IPT, "      source:", "      source: ng133", 'There is no source "ng133". Did you mean "ng134"?', ("claims:",)
    ),
    "a condition": Wrong(
        IPT,
        "    condition:",
        "    condition: depression-les-severe",
        'There is no condition "depression-les-severe". Did you mean "depression-less-severe"?',
    ),
    "the broader condition": Wrong(
        CONDITIONS,
        "    part_of:",
        "    part_of: depression",
        'There is no condition "depression". Did you mean "depression-any"?',
    ),
    "a condition that is part of a part": Wrong(
        CONDITIONS,
        "    part_of:",
        "    part_of: depression-more-severe",
        '"depression-more-severe" is itself part of "depression-any". '
        'Write "part_of: depression-any" here, or take it out there.',
    ),
    "an audience": Wrong(
        IPT, "    adults:", "    adlts: x\n{}", 'There is no audience "adlts". Did you mean "adults"?', ("sections:",)
    ),
    "the audience of a title": Wrong(
        IPT,
        "titles:",
        "titles:\n  carers: {title: IPT, purpose: For carers.}",
        'There is no audience "carers". Did you mean "parents"?',
        at="  carers:",
    ),
    "the audience of an approval": Wrong(
        IPT,
        "review:",
        "review:\n  approvals:\n  - {audience: adult, name: A. N. Other, role: GP, date: 2026-11-23, version: 1.0}",
        'There is no audience "adult". Did you mean "adults"?',
        at="  - {audience:",
    ),
    "a language": Wrong(IPT, "language:", "language: fr", f'language: The language "fr" has {NO_PROFILE}'),
    "a help line": Wrong(
        ENGLAND, "    lines:", "    lines: [samaritan]", 'There is no help line "samaritan". Did you mean "samaritans"?'
    ),
    "the region of the publisher": Wrong(
        PUBLISHER, "region:", "region: englnd", 'There is no region "englnd". Did you mean "england"?'
    ),
    "the region of a clinic": Wrong(
        CLINIC,
        "region:",
        "region: wales",
        'There is no region "wales". Add it to content/regions, or use one of: england.',
    ),
    "the clinic of the publisher": Wrong(
        PUBLISHER, "region:", "clinic: riversde\n{}", 'There is no clinic "riversde". Did you mean "riverside"?'
    ),
    "the audience of a fallback": Wrong(
        IPT,
        "courses:",
        "fallbacks: {teens: adult}\n{}",
        'There is no audience "adult". Did you mean "adults"?',
    ),
    "a fallback that teenagers do not allow": Wrong(
        IPT,
        "courses:",
        "fallbacks: {teens: adults}\n{}",
        'The audience "teens" may not take words from "adults". '
        "Write words for teens, or allow it under fallback in templates/teens/audience.yaml.",
    ),
    "the heading of a section": Wrong(
        ADULTS,
        "  - {id: in-short",
        "  - {id: in-brief, blocks: [{show: main_message}]}",
        'The section "in-brief" has no heading. Add "in-brief:" under headings in content/locales/en.yaml.',
    ),
    "an id that is not the file's": Wrong(
        IPT, "id:", "id: cbt", 'The id "cbt" is not the name of its file or folder, "ipt". Make them the same.'
    ),
    "a file that is in another language": Wrong(
        LOCALE,
        "language:",
        "language: fr",
        f'language: The language "fr" has {NO_PROFILE}',
    ),
}


def expected(case: LibraryCase, wrong: Wrong) -> str:
    """Make the change, and give the message that must be the only one."""
    line = case.replace(wrong.file, wrong.line, wrong.by, *wrong.after)
    if wrong.at:
        line = wrong.at if isinstance(wrong.at, int) else case.line(wrong.file, wrong.at, *wrong.after)
    number = case.text(wrong.file).split("\nsections:")[-1].count("\n  - ")
    return f"{wrong.file}:{line}: {wrong.said.replace('{n}', str(number))}"


@pytest.mark.slow
@pytest.mark.slow
def test_of_many_sources_the_most_alike_are_named_and_where_all_stand(case: LibraryCase) -> None:
    line = case.replace(IPT, "    sources:", "    sources: [zzzz-06]", "courses:")
    (said,) = (one for one in case.problems() if "zzzz-06" in one)
    head, _, names = said.partition(" or use one of: ")
    assert head == f'{IPT}:{line}: There is no source "zzzz-06". Add it to content/sources.yaml,'
    named, _, end = names.partition(", or ")
    assert end == f"of the others in {SOURCES}." and len(named.split(", ")) == 3


def test_our_own_library_is_without_problems(case: LibraryCase) -> None:
    """Else the tests below would show something else than they say."""
    library, problems = case.load()
    assert problems == []
    assert library is not None and "ipt" in library.therapies and library.broken == frozenset()


@pytest.mark.slow
@pytest.mark.parametrize("wrong", FORM.values(), ids=FORM)
def test_form(case: LibraryCase, wrong: Wrong) -> None:
    message = expected(case, wrong)
    assert case.problems() == [message]


@pytest.mark.slow
@pytest.mark.parametrize("wrong", WORDS.values(), ids=WORDS)
def test_words_that_may_stand(case: LibraryCase, wrong: Wrong) -> None:
    message = expected(case, wrong)
    assert case.problems() == [message]


@pytest.mark.slow
@pytest.mark.parametrize("wrong", NAMES.values(), ids=NAMES)
def test_names_that_point_nowhere(case: LibraryCase, wrong: Wrong) -> None:
    message = expected(case, wrong)
    assert case.problems() == [message]
