"""Lists as people type them: a list where that is certain, the words as typed where it is none, else a line to mend."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_case import IPT, LibraryCase, html_of
from shipped_case import EVERYTHING
from test_markup import converted, marks, said

from printables.library.library import Place
from printables.pages.compose.markup import Converter
from printables.pages.formats.text import plain_text

DASH = (
    "A hyphen begins this line below a sentence: it may be a list, or a dash. "
    "Put an empty line above a list, and a dash at the end of the line before."
)
AFTER = (
    "These words stand right below a list and would run into its last item. "
    "Put an empty line above them; indent them by four spaces where they belong to the item."
)
MIXED = (
    "A list inside of another one changes between bullets and numbers here. "
    "Keep to one of them, or put words between the two lists."
)
NEAR = (
    'These lines look like a list and would run together. Begin each of them with "- ", or with "1. ", "2. " and so on.'
)
HYPHEN = (
    "This line looks like one of a list and would run into the words above it. "
    'Write "- " with a space, below an empty line; a word with a hyphen belongs on one line.'
)
DEEP = "The list is nested deeper than 3 levels. Make it flatter."
BEGINS = "lists are numbered from 1. Number it from 1; where it is no list, put an empty line between its lines."
NOT_ON = 'The numbers of this list do not run on: "{}." follows "{}.".'
RUN_ON = "Number them 1, 2, 3, with words between two lists, and an empty line above what is no list."
UL = "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
OL = "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"


@pytest.mark.parametrize(
    "text",
    [
        "1984. That was when it began.",
        "It began in\n1984. That was a long time ago.",
        "2. is my lucky number.",
        "1) is not a list.",
        "3.5 hours. Or more.",
        "1.5 hours\n2.5 hours",
        "**1984.** That was when.",
        "They came on\n1. September, by train.",
        "He said no\n– and went.",
        "#1 for help",
        "Press\n#1 for help",
        "-5 degrees\n-6 degrees",
        "A. Smith wrote this.",
        "+44 1632 960001",
        "010. A number",
    ],
)
def test_a_paragraph_is_printed_as_typed(text: str) -> None:
    shown = re.sub(r"\*\*(.*?)\*\*", r"<strong>\1</strong>", text)
    assert converted(text) == f"<p>{shown}</p>"
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("- 1984. That was when.\n- b", "<ul>\n<li>1984. That was when.</li>\n<li>b</li>\n</ul>"),
        ("- In\n  1984. That was when.", "<ul>\n<li>In\n  1984. That was when.</li>\n</ul>"),
        ("1. a\n\n1984. That was when.", "<ol>\n<li>a</li>\n</ol>\n<p>1984. That was when.</p>"),
        ("- a\n\n1984. That was when.", "<ul>\n<li>a</li>\n</ul>\n<p>1984. That was when.</p>"),
        ("### 1984. That\n\nwas when.", "<h3>1984. That</h3>\n<p>was when.</p>"),
        ("### C#", "<h3>C#</h3>"),
        ("### Heading ###", "<h3>Heading</h3>"),
        ("### Press #1 or #\n\nPress.", "<h3>Press #1 or</h3>\n<p>Press.</p>"),
    ],
)
def test_a_year_stays_a_year(text: str, made: str) -> None:
    assert converted(text) == made
    assert said(text) == []


LISTS = {
    "below a sentence": ("Text.\n- a\n- b", f"<p>Text.</p>\n{UL}"),
    "below words without an end": ("Text\n- a\n- b", f"<p>Text</p>\n{UL}"),
    "one item below a colon": ("Text:\n- a", "<p>Text:</p>\n<ul>\n<li>a</li>\n</ul>"),
    "numbered, below a sentence": ("Text.\n1. a\n2. b", f"<p>Text.</p>\n{OL}"),
    "with an asterisk": ("Text\n* a\n* b", f"<p>Text</p>\n{UL}"),
    "bullets of a word processor": ("Text\n•\ta\n•\tb", f"<p>Text</p>\n{UL}"),
    "bullets without a space": ("•a\n•b", UL),
    "one bullet": ("Text\n• a", "<p>Text</p>\n<ul>\n<li>a</li>\n</ul>"),
    "Word's own sign": ("\uf0b7\ta\n\uf0b7\tb", UL),
    "Word's second level": ("•\ta\no\tb", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
    "numbers with brackets": ("1) a\n2) b", OL),
    "numbers with brackets, below words": ("Text\n1) a\n2) b", f"<p>Text</p>\n{OL}"),
    "hyphens without a space": ("Text\n-a\n-b", f"<p>Text</p>\n{UL}"),
    "one of them without a space": ("- a\n-b", UL),
    "numbers without a space": ("1.a\n2.b", OL),
    "the second without a space": ("1. a\n2.b", OL),
    "asterisks without a space": ("*a\n*b", UL),
    "dashes": ("Text:\n– a\n– b", f"<p>Text:</p>\n{UL}"),
    "indented": ("Text\n  - a\n  - b", f"<p>Text</p>\n{UL}"),
    "indented by four, at the start": ("    - a\n    - b", UL),
    "below a heading": ("### Text\n- a\n- b", f"<h3>Text</h3>\n{UL}"),
    "an item that goes on": ("- a\ngoes on\n- b", "<ul>\n<li>a\ngoes on</li>\n<li>b</li>\n</ul>"),
    "bullets, then numbers": ("- a\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
    "numbers, then bullets": ("1. a\n- b", "<ol>\n<li>a</li>\n</ol>\n<ul>\n<li>b</li>\n</ul>"),
    "with an empty line": ("- a\n\n1. b", "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"),
    "nested by two spaces": ("- a\n  - b\n- c", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"),
    "nested in numbers": ("1. a\n   - b\n2. c", "<ol>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>"),
    "a paragraph of an item": (
        "1. a\n\n   more\n\n2. b",
        "<ol>\n<li>\n<p>a</p>\n<p>more</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>",
    ),
    "an item right below it": (
        "- a\n\n  more\n- b",
        "<ul>\n<li>\n<p>a</p>\n<p>more</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
    ),
    "a list inside, and on": (
        "- a\n\n    1. x\n    2. y\n- b",
        "<ul>\n<li>\n<p>a</p>\n<ol>\n<li>x</li>\n<li>y</li>\n</ol>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>",
    ),
}


@pytest.mark.parametrize(("text", "made"), LISTS.values(), ids=LISTS)
def test_a_list(text: str, made: str) -> None:
    assert converted(text) == made
    assert said(text) == []


REFUSED = {
    "a hyphen that may be a dash": ("One\ntwo\n- three", f"12: {DASH}"),
    "words right below a list": ("- a\n- b\nThen call us.", f"12: {AFTER}"),
    "a year right below a list": ("- a\n- b\n1984. That", f"12: {AFTER}"),
    "a number that does not run on": ("1. a\n3. b", f"11: {NOT_ON.format(3, 1)} {RUN_ON}"),
    "a year among numbers": ("1. a\n1984. b", f"11: {NOT_ON.format(1984, 1)} {RUN_ON}"),
    "the same number again": ("1. a\n1. b", f"11: {NOT_ON.format(1, 1)} {RUN_ON}"),
    "a second list": ("1. a\n2. b\n\n1. c", f"13: {NOT_ON.format(1, 2)} {RUN_ON}"),
    "a list that begins with 3": ("Text\n\n3. a\n4. b", f"12: This list begins with 3, and {BEGINS}"),
    "a list of years": ("1984. a\n1985. b", f"10: This list begins with 1984, and {BEGINS}"),
    "letters": ("Text\na) x\nb) y", f"11: {NEAR}"),
    "Roman numbers": ("i) x\nii) y\niii) z", f"10: {NEAR}"),
    "numbers in brackets": ("(1) x\n(2) y", f"10: {NEAR}"),
    "numbers with a nought": ("01. x\n02. y", f"10: {NEAR}"),
    "ticks": ("Text\n\n✓ x\n✓ y", f"12: {NEAR}"),
    "arrows": ("→ x\n→ y", f"10: {NEAR}"),
    "a hyphen without a space": ("Text\n-a", f"11: {HYPHEN}"),
    "bullets and numbers inside": ("- a\n  - b\n  1. c", f"12: {MIXED}"),
    "four levels by two spaces": ("- a\n  - b\n    - c\n      - d", f"13: {DEEP}"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_what_nobody_can_tell_is_refused_at_its_line(text: str, message: str) -> None:
    assert said(text) == [f"r.yaml:{message}"]
    used = marks()
    converted(text, used)
    assert [problem.severity for problem in used.problems] == ["error"]


def test_a_number_that_goes_on_behind_a_paragraph() -> None:
    text = "1. a\n2. b\n\nWords.\n\n3. c"
    assert converted(text).endswith("<p>Words.</p>\n<p>3. c</p>")
    used = marks()
    converted(text, used)
    (problem,) = used.problems
    assert problem.severity == "warning"
    assert str(problem) == (
        'r.yaml:15: "3." goes on with the numbers of the list above it, and words come between. '
        "Indent those words by four spaces, so that they belong to the item above them."
    )


def test_a_source_on_a_line_of_its_own() -> None:
    cite = '<span class="cite">\u00a0<a href="#source-1">[1]</a></span>'
    assert converted("- a\n  {@ng222}\n- b") == f"<ul>\n<li>a{cite}</li>\n<li>b</li>\n</ul>"
    assert converted("C.\n\n{@ng134}") == f"<p>C.{cite}</p>"


LINE = st.tuples(
    st.sampled_from(["", "", " ", "  ", "    ", "        "]),
    st.sampled_from(
        ["- ", "- ", "1. ", "2. ", "3. ", "1984. ", "", "", "• ", "1) ", "2) ", "* ", "-", "– ", "1.", "o\t"]
    ),
    st.sampled_from(["", ".", ":", " more", " More."]),
    st.booleans(),
)


@pytest.mark.slow
@settings(max_examples=500 if EVERYTHING else 100, deadline=None, derandomize=True)
@given(st.lists(LINE, min_size=1, max_size=8))
def test_no_word_and_no_number_is_lost(lines: list[tuple[str, str, str, bool]]) -> None:
    """Whatever is typed: every word is there in its order, and where nothing is said, every number as it was typed."""
    text = "\n".join(f"{'' if not gap else chr(10)}{a}{b}word{n}{c}" for n, (a, b, c, gap) in enumerate(lines))
    used = marks()
    made = str(Converter(used).html(text, Place("r.yaml", 1)))
    if not made:
        assert used.problems
        return
    assert re.findall(r"word\d", made) == [f"word{n}" for n in range(len(lines))]
    if not used.problems:
        typed = [(int(m[1]), m[2]) for m in re.finditer(r"(?m)^\s*(\d+)[.)] (word\d)", text)]
        assert [printed(made, word) for _, word in typed] == [number for number, _ in typed]


def printed(made: str, word: str) -> int:
    """The number that stands before a word: typed, or counted in its list."""
    before = made[: made.index(word)]
    if found := re.search(r"(\d+)[.)] \Z", before):
        return int(found[1])
    depth, count = 0, 0
    for tag in reversed(re.findall(r"</?(?:ol|ul|li)>", before)):
        depth += {"/": 1}.get(tag[1], -1) if tag[-3:-1] in ("ol", "ul") else 0
        if depth < 0:
            break
        count += depth == 0 and tag == "<li>"
    return count


@pytest.mark.slow
def test_on_a_leaflet(case: LibraryCase) -> None:
    """What was printed as "1. That was when it began." """
    begins = "      When you are depressed, you may"
    line = case.replace(IPT, begins, "      1984. That was when it began for you.\n\n{}")
    checked = case.check("ipt")
    assert "<p>1984. That was when it began for you.</p>" in html_of(checked, "ipt")
    case.replace(IPT, "      1984. That was", "      You bring\n      -a pen and you come.")
    problems = [case.shown(problem) for problem in case.check("ipt").problems]
    assert f"{IPT}:{line + 1}: {HYPHEN}" in problems


NESTED = """{}
      You could bring:
      - a friend
        - their number
          - on paper
      - a pen."""


@pytest.mark.pdf
def test_a_list_in_a_list_is_printed(case: LibraryCase) -> None:
    """It was refused for a ring that nobody had typed: the typeface has none."""
    from printables.pipeline.print_job import print_job as job_of
    from printables.typeset.engine import typeset

    case.replace(IPT, "      It is mostly about your life now", NESTED)
    case.replace(IPT, "      - you drink or use drugs to cope", "{}\n        - each day")
    case.replace(IPT, "      2. Circle the line that weighs", "{}\n         - at home")
    checked = case.check("ipt")
    (subject,) = (subject for subject in checked.subjects if not subject.item.worksheet)
    printed = typeset(job_of(checked.pages, subject).page)
    assert [found for found in printed.findings if "printed in" in found.what] == []
    text = plain_text(subject.html)
    for row in (
        "- a friend\n  - their number\n    - on paper\n- a pen.",
        "[ ] you drink or use drugs to cope\n  - each day",
    ):
        assert row in text
    assert "3. See your GP" in text
    css = checked.pages.css(subject.leaflet.look)
    assert ".steps > ol > li { counter-increment: step" in css  # what stands inside a step is none
