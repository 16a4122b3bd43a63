"""Ids, addresses, dates and numbers: what cannot be one, and that nothing else than these values is refused."""

from __future__ import annotations

import json

import pytest
from library_case import IPT, LibraryCase

CLINIC = "content/clinics/riverside.yaml"
NO_ID = "Use small letters a to z, figures and single hyphens, 64 characters at most."
NO_ADDRESS = "is not a web address that can be printed. It must begin with https:// and a host."


def quoted(text: str) -> str:
    """`text` in YAML's double quotes, with escapes for all that is not plain."""
    return json.dumps(text)


@pytest.mark.parametrize(
    "slug",
    [
        "a\\b",
        "a/b",
        "../ipt",
        "/etc/passwd",
        "Sleep",
        ".htaccess",
        "-rf",
        "ipt-",
        "two--hyphens",
        "two words",
        "under_score",
        "café",
        "cafe\u0301",
        "ｉｐｔ",
        "٣",
        "ipt.yaml",
        "x" * 65,
    ],
)
def test_ids_that_are_none(case: LibraryCase, slug: str) -> None:
    line = case.replace(IPT, "  - id:", f"  - id: {quoted(slug)}", "courses:")
    shown = "café" if slug.startswith("caf") else slug
    assert case.problems() == [f'{IPT}:{line}: courses.1.id: "{shown}" cannot be an id. {NO_ID}']


@pytest.mark.parametrize(
    "slug", ["con", "nul", "aux", "prn", "com1", "lpt9", "index", "search", "packs", "assets", "404", "manifest"]
)
def test_reserved_ids(case: LibraryCase, slug: str) -> None:
    """Windows cannot make files with some names; the website needs the others."""
    line = case.replace(IPT, "  - id:", f"  - id: {slug}", "courses:")
    assert case.problems() == [f'{IPT}:{line}: courses.1.id: The id "{slug}" is reserved. Choose another one.']


def test_an_id_with_nul(case: LibraryCase) -> None:
    line = case.replace(IPT, "  - id:", r'  - id: "a\0b"', "courses:")
    assert case.problems() == [f"{IPT}:{line}: A control character (U+0000) stands here. Delete it."]


def test_an_id_on_two_lines(case: LibraryCase) -> None:
    line = case.replace(IPT, "  - id:", r'  - id: "a\nb"', "courses:")
    assert case.problems() == [f"{IPT}:{line}: courses.1.id: This must fit on one line. Take the line break out."]


@pytest.mark.slow
@pytest.mark.parametrize("slug", ["a", "ipt", "ipt-2", "12-steps", "x" * 64])
def test_ids(case: LibraryCase, slug: str) -> None:
    case.replace(IPT, "  - id:", f"  - id: {slug}", "courses:")
    assert case.problems() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>1</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "http://riverside.example",
        "//evil.example/x",
        "riverside.example",
        "www.riverside.example",
        "https:",
        "https://",
        "https:///path",
        "https://user:pw@evil.example/",
        "https://user@evil.example/",
        "https:\\\\host\\share",
        "\\\\host\\share",
        "https://good.example\\@evil.example",
        "https://good.example/a b",
        "https://good.example/<b>",
        'https://good.example/"',
        "https://[evil",
        "mailto:hello@riverside.example",
    ],
)
def test_addresses_that_are_none(case: LibraryCase, address: str) -> None:
    line = case.replace(CLINIC, "web:", f"web: {quoted(address)}")
    assert case.problems() == [f'{CLINIC}:{line}: web: "{address}" {NO_ADDRESS}']


@pytest.mark.slow
def test_an_address_with_a_tab(case: LibraryCase) -> None:
    """Browsers leave tabs out of `java<tab>script:`."""
    line = case.replace(CLINIC, "web:", r'web: "java\tscript:alert(1)"')
    assert case.problems() == [f'{CLINIC}:{line}: web: "java\tscript:alert(1)" {NO_ADDRESS}']


@pytest.mark.slow
def test_the_address_of_a_source(case: LibraryCase) -> None:
    file = "content/sources.yaml"
    line = case.replace(file, "    address:", "    address: javascript:alert(1)")
    assert case.problems() == [f'{file}:{line}: sources.1.address: "javascript:alert(1)" {NO_ADDRESS}']


@pytest.mark.slow
@pytest.mark.parametrize(
    "address", ["https://riverside.example", "https://riverside.example:8443/a/b?c=d&e=f#g", "https://müller.example/ü"]
)
def test_addresses(case: LibraryCase, address: str) -> None:
    case.replace(CLINIC, "web:", f"web: {quoted(address)}")
    assert case.problems() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "day",
    ["23.11.2026", "2026-11", "2026-11-31", "2026-2-3", "20261123", "2026-11-23T10:00", "yesterday", "２０２６-11-23"],
)
def test_dates_that_are_none(case: LibraryCase, day: str) -> None:
    line = case.replace(IPT, "  last_evidence_review:", f"  last_evidence_review: {quoted(day)}")
    assert case.problems() == [
        (
            f'{IPT}:{line}: review.last_evidence_review: "{day}" is not a date. '
            "Write year, month and day, such as 2026-11-23."
        )
    ]


def test_a_date_needs_no_quotes(case: LibraryCase) -> None:
    case.replace(IPT, "  last_evidence_review:", "  last_evidence_review: 2026-01-02")
    assert case.problems() == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "number",
    ["eight", "010", "-8", "+8", "8.0", "1e1", ".inf", "nan", "12:30", "8-16", "8 to 16", "٨", "1_000", "1" * 10],
)
def test_whole_numbers_that_are_none(case: LibraryCase, number: str) -> None:
    """`010` is neither 8 nor 10, and `12:30` is not 750."""
    line = case.replace(IPT, "    length:", f"    length: {{from: {quoted(number)}, unit: minutes}}")
    assert case.problems() == [
        f'{IPT}:{line}: courses.1.length.from: "{number}" is not a whole number. Write figures such as 12.'
    ]


@pytest.mark.slow
@pytest.mark.parametrize("number", ["0", "8", "999999999"])
def test_whole_numbers(case: LibraryCase, number: str) -> None:
    case.replace(IPT, "    length:", f"    length: {{from: {number}, unit: minutes}}")
    assert case.problems() == []


@pytest.mark.slow
def test_norway_is_no_truth_value(case: LibraryCase) -> None:
    """`language: no` is the text "no", a language that cannot be measured here."""
    line = case.replace(IPT, "language:", "language: no")
    assert case.problems() == [
        (
            f'{IPT}:{line}: language: The language "no" has no profile of measures: nobody could tell how hard its '
            'words are to read. Only English ("en") has one: write in it, and translate: '
            "printables translate start CODE."
        )
    ]
