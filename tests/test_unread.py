"""Markdown that is not read here is printed as it stands, and each such place is named with its line."""

from __future__ import annotations

import html

import pytest
from library_case import IPT, LibraryCase
from test_markup import converted, marks, said

STANDS = 'is not read here; "{}" is printed as it stands. {}'
LINK = "Write [words](https://...), with nothing between the brackets."
QUOTE = "Put quotation marks around the words."
CITE = "Cite with {@source-id}, or say it in the text."
BOLD = "Write **bold**, or nothing."
BLANK = "Put an empty line in its place."
LINES = "Put an empty line in, or write a list."
SIGNS = "Take these signs out."
HEAD = "Write ### and a space before the heading."
MARK = "Write {term|plain words}, {@source-id} or {=fact}."
TABLE = "A table cannot stand in a text. Write a list; tables are made from the facts."
STARS = (
    'Two asterisks are left over; "**" is printed as it stands. '
    "Write **bold** around words of one paragraph, without a space inside."
)

RAW = {
    "a quotation": ("One.\n\n> q", [f"12: A quotation {STANDS.format('>', QUOTE)}"]),
    "two lines of it": (
        "> q\n> r",
        [f"{n}: A quotation {STANDS.format('>', QUOTE)}" for n in (10, 11)],
    ),
    "code": ("One\ntwo `code`", [f"11: Code {STANDS.format('`code`', SIGNS)}"]),
    "a block of code": ("```\nx\n```", [f"{n}: Code {STANDS.format('```', SIGNS)}" for n in (10, 12)]),
    "struck words": ("a\n~~x~~", [f"11: Struck or marked text {STANDS.format('~~x~~', SIGNS)}"]),
    "marked words": ("==x==", [f"10: Struck or marked text {STANDS.format('==x==', SIGNS)}"]),
    "a footnote": ("a [^1]", [f"10: A footnote {STANDS.format('[^1]', CITE)}"]),
    "a link by name": ("a\n\n[x][1]", [f"12: A link by name {STANDS.format('[x][1]', LINK)}"]),
    "its address": ("[1]: https://a.example", [f"10: The address of a link {STANDS.format('[1]:', LINK)}"]),
    "a link with a space": ("[x] (https://a.example)", [f"10: A link {STANDS.format('[x] (', LINK)}"]),
    "a link without an end": ("a\n[x](https://a.example", [f"11: A link {STANDS.format('](https://a.example', LINK)}"]),
    "an id": ("## T {#id}", [f"10: An id or a class {STANDS.format('{#id}', 'Take it out.')}"]),
    "a mark with spaces": ("a { CBT }", [f"10: A mark of this form {STANDS.format('{ CBT }', MARK)}"]),
    "an empty mark": ("a {@}", [f"10: A mark of this form {STANDS.format('{@}', MARK)}"]),
    "underscores": ("a __x__", [f"10: Bold with underscores {STANDS.format('__x__', BOLD)}"]),
    "a line across": ("a\n\n---", [f"12: A line across the page {STANDS.format('---', BLANK)}"]),
    "an underlined heading": ("T\n=====", [f"11: An underlined heading {STANDS.format('=====', HEAD)}"]),
    "a heading without a space": ("#T", [f"10: A heading without a space {STANDS.format('#', HEAD)}"]),
    "a box": ("- [ ] a", [f"10: A box to tick {STANDS.format('[ ]', 'Take the brackets out.')}"]),
    "a coloured box": ("a\n\n::: note", [f"12: A coloured box {STANDS.format(':::', SIGNS)}"]),
    "a line break": ("a\\\nb", [f"10: A line break {STANDS.format(chr(92), LINES)}"]),
    "bold without an end": ("a\n**b", [f"11: {STARS}"]),
    "bold with spaces": ("** b **", [f"10: {STARS}"]),
    "the second of two": ("a `b`\n\nc `b`", [f"{n}: Code {STANDS.format('`b`', SIGNS)}" for n in (10, 12)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "messages"), RAW.values(), ids=RAW)
def test_it_is_named_with_its_line(text: str, messages: list[str]) -> None:
    assert said(text) == [f"r.yaml:{message}" for message in messages]
    used = marks()
    converted(text, used)
    assert {problem.severity for problem in used.problems} == {"warning"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("| a | b |\n|---|---|\n| c | d |", 10),
        ("Text\n\na | b\n--|--\nc | d", 13),
        ("Day\tMood\nMonday\tlow", 10),
        ("Text\n\n\tDay\tMood\n\tMonday\tlow", 12),
    ],
)
def test_a_table_is_refused(text: str, line: int) -> None:
    assert said(text) == [f"r.yaml:{line}: {TABLE}"]


@pytest.mark.parametrize(
    "text",
    [
        "Use a_b_c, 2 ~ 3 ~ 4, 7*7, a|b and #5.",
        "Write here: ____ and ______.",
        "A [link](https://a.example/~a~/_b_/#c) and https://a.example/__x__.",
        r"\`a\` and \**b\** and \{#id\}",
        "{CBT} and {x|a plain word} {@ng222} {consensus} {=sessions}",
        "**bold** and **more than one word**",
        "Ask: what [if any] (or none)?",
        "•\tone\n•\ttwo",
        "1)\tone\n2)\ttwo",
        "2 > 1",
        "Ring 01632 960001 (day) [or night]",
    ],
)
def test_honest_signs_stay_unsaid(text: str) -> None:
    assert said(text) == []


def test_there_is_an_end_to_what_is_said() -> None:
    assert len(said("\n".join(["> a"] * 50))) == 10


@pytest.mark.slow
def test_on_a_leaflet(case: LibraryCase) -> None:
    line = case.replace(IPT, "      It is mostly about your life now", "{}\n      > Not about ~~x~~ blame.")
    problems = [case.shown(problem) for problem in case.check("ipt").problems]
    assert f"{IPT}:{line + 1}: {RAW['a quotation'][1][0].partition(': ')[2]}" in problems
    assert f"{IPT}:{line + 1}: {RAW['struck words'][1][0].partition(': ')[2]}" in problems


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("    adults: >\n      One word and\n      a `code` there.\n", 3),
        ("    adults: One word and\n      a `code` there.\n", 2),
        ('    adults: "One word and\n      a `code` there."\n', 2),
        ("    adults: |\n\n\n      One word and\n      a `code` there.\n", 5),
    ],
    ids=["folded", "plain", "in quotes", "below empty lines"],
)
def test_the_line_is_true_however_the_text_is_typed(case: LibraryCase, typed: str, line: int) -> None:
    text = case.text(IPT)
    head, _, rest = text.partition("  overview:\n    adults: |\n")
    case.write(IPT, f"{head}  overview:\n{typed}    teens: |\n{rest.partition('    teens: |')[2].lstrip(chr(10))}")
    at = case.line(IPT, "  overview:") + line
    problems = [case.shown(problem) for problem in case.check("ipt").problems]
    assert f"{IPT}:{at}: Code {STANDS.format('`code`', SIGNS)}" in problems


def test_what_is_named_is_shown_as_it_was_typed() -> None:
    for text, _ in RAW.values():
        if not text.startswith(("#", "- ")):
            words = html.unescape(converted(text))
            assert all(line in words for line in text.split("\n") if line)
