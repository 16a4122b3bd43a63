"""The limited Markdown: what authors may write, what becomes of everything else, and on which line it is said."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import pytest

from printables.library.library import Place
from printables.pages.compose.marks import Marks
from printables.pages.compose.markup import Converter
from printables.problems import Problem

HOSTILE = Path(__file__).parent / "hostile" / "markdown"
LINKS = "Links begin with https://, mailto:, tel: or #."
PLAIN = "Write Markdown: **bold**, lists with -, [words](https://...)."


def marks(*, numbers: bool = True, inline: bool = True) -> Marks:
    """A leaflet with two sources, two terms in its glossary and one fact."""
    return Marks(
        sources={"ng222": object(), "ng134": object()},
        glossary={"cbt": "work on thoughts and habits", "behavioural activation": "doing more of what matters"},
        facts={"sessions": "8 to 16 sessions"},
        consensus="clinical consensus",
        numbers=numbers,
        inline=inline,
    )


def converted(text: str, used: Marks | None = None) -> str:
    """The HTML of a text that stands on line 10 of r.yaml."""
    return str(Converter(used or marks()).html(text, Place("r.yaml", 10)))


def said(text: str) -> list[str]:
    used = marks()
    converted(text, used)
    return [str(problem) for problem in used.problems]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("One line\nand another.", "<p>One line\nand another.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("This is **very important** now.", "<p>This is <strong>very important</strong> now.</p>"),
        ("AT&T, 2 < 3", "<p>AT&amp;T, 2 &lt; 3</p>"),
        ("2*3*4 = 24 and a_b_c", "<p>2*3*4 = 24 and a_b_c</p>"),
        (r"\*not bold\* and \{not a mark\}", "<p>*not bold* and {not a mark}</p>"),
    ],
)
def test_text(text: str, made: str) -> None:
    assert converted(text) == made


@pytest.mark.parametrize("text", ["`code`", "> a quotation", "***", "Title\n=====", "| a | b |\n|---|---|", "a  \nb"])
def test_what_is_not_read_is_shown_as_it_was_typed(text: str) -> None:
    assert converted(text) == f"<p>{html.escape(text)}</p>"


@pytest.mark.parametrize("text", ["# A", "## A", "### A", "###### A"])
def test_the_first_heading_stands_below_the_section(text: str) -> None:
    """The section itself is an h2."""
    assert converted(text) == "<h3>A</h3>"


def test_headings_never_skip_a_level() -> None:
    assert converted("# A\n\n###### B\n\n# C") == "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>"


@pytest.mark.parametrize(
    "target",
    ["https://www.nhs.uk/a?b=c#d", "mailto:hello@riverside.example", "tel:+441632960001", "tel:116 123", "#help-now"],
)
def test_links(target: str) -> None:
    assert converted(f"[here]({target})") == f'<p><a href="{target}">here</a></p>'
    assert said(f"[here]({target})") == []


@pytest.mark.parametrize(
    "target",
    [
        "http://www.nhs.uk",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//evil.example",
        "/etc/passwd",
        "../secret",
        "https:\\\\evil.example",
        "https://user:pw@evil.example",
        "#1",
        "",
    ],
)
def test_links_that_go_nowhere_safe(target: str) -> None:
    """The words stay, the link goes, and the author is told on the right line."""
    text = f"[good](https://www.nhs.uk)\nand [here]({target})."
    shown = target.replace("\\\\", "\\")
    assert converted(text) == '<p><a href="https://www.nhs.uk">good</a>\nand <span>here</span>.</p>'
    line = 10 if "\\" in target else 11
    assert said(text) == [f'r.yaml:{line}: The link to "{shown}" was left out. {LINKS}']


def test_a_title_on_a_link_is_left_out() -> None:
    assert converted('[a](https://www.nhs.uk "x")') == '<p><a href="https://www.nhs.uk">a</a></p>'


def test_a_source_inside_a_link_is_no_link_within_a_link() -> None:
    made = converted("[a {@ng222}](https://www.nhs.uk)")
    assert made == '<p><a href="https://www.nhs.uk">a<span class="cite">\u00a0<span>[1]</span></span></a></p>'


# The four marks


def test_a_term_is_explained_where_it_stands_first() -> None:
    used = marks()
    made = converted("Try {CBT} or {cbt}.\n\nMore {CBT}.", used)
    assert made == ("<p>Try<span> <dfn>CBT</dfn> (work on thoughts and habits)</span> or cbt.</p>\n<p>More CBT.</p>")
    assert used.explained == {"cbt": ("CBT", "work on thoughts and habits")}


def test_a_term_is_explained_once_in_a_leaflet_of_several_texts() -> None:
    converter = Converter(marks())
    assert "thoughts" in converter.html("{CBT}", Place("r.yaml", 1))
    assert converter.html("{CBT}", Place("r.yaml", 5)) == "<p>CBT</p>"


def test_a_term_with_its_own_plain_words() -> None:
    used = marks()
    assert converted("{grief work|talking about a loss} and {CBT|thoughts}", used) == (
        "<p><span><dfn>grief work</dfn> (talking about a loss)</span> and<span> <dfn>CBT</dfn> (thoughts)</span></p>"
    )
    assert used.explained["grief work"] == ("grief work", "talking about a loss")


def test_a_term_may_break_across_two_lines() -> None:
    assert converted("Some {behavioural\nactivation}") == (
        "<p>Some<span> <dfn>behavioural activation</dfn> (doing more of what matters)</span></p>"
    )


def test_where_terms_are_explained_in_a_box_the_text_has_the_term_alone() -> None:
    used = marks(inline=False)
    assert converted("Try {CBT}, {CBT}", used) == "<p>Try<span> <dfn>CBT</dfn></span>, CBT</p>"
    assert used.explained == {"cbt": ("CBT", "work on thoughts and habits")}


def test_sources_are_numbered_in_reading_order() -> None:
    used = marks()
    made = converted("A {@ng134} {@ng222}. B {@ng134}.", used)
    numbers = re.findall(r'<span class="cite">\u00a0<a href="#source-(\d)">\[(\d)\]</a></span>', made)
    assert numbers == [("1", "1"), ("2", "2"), ("1", "1")]
    assert used.cited == ["ng134", "ng222"]


def test_without_numbers_sources_are_kept_but_not_shown() -> None:
    used = marks(numbers=False)
    assert converted("A {@ng222}.", used) == "<p>A.</p>"
    assert used.cited == ["ng222"]


def test_a_fact() -> None:
    assert converted("You have {=sessions}.") == "<p>You have 8 to 16 sessions.</p>"


def test_consensus() -> None:
    assert converted("Wait {consensus}.") == '<p>Wait<span class="consensus"> (clinical consensus)</span>.</p>'


def test_marks_inside_bold_words_and_list_items() -> None:
    made = converted("- **Use {CBT} {@ng222}**")
    assert made.startswith("<ul>\n<li><strong>Use<span> <dfn>CBT</dfn>") and "#source-1" in made


def test_the_words_of_a_mark_are_text() -> None:
    made = converted('{x|a "b" <i>c</i> & **d**}')
    assert made == '<p><span><dfn>x</dfn> (a "b" &lt;i&gt;c&lt;/i&gt; &amp; **d**)</span></p>'


@pytest.mark.parametrize("text", ["{{ CBT }}", "{{CBT}}", "{% CBT %}", "${7*7}", "{# CBT #}", "{}", "{@}", "{ CBT }"])
def test_other_braces_stay(text: str) -> None:
    assert converted(text) == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        ("{@ng22}", 'There is no source "ng22". Did you mean "ng222"?'),
        ("{@zzz}", 'There is no source "zzz". Add it to content/sources.yaml, or use one of: ng134, ng222.'),
        ("{=sesions}", 'There is no fact "sesions". Did you mean "sessions"?'),
        ("{=zzz}", 'There is no fact "zzz". There are: sessions.'),
        (
            "{CTB}",
            (
                'The term "CTB" is not in the glossary. Did you mean "cbt"? '
                "Otherwise write {CTB|plain words}, or add it to the glossary."
            ),
        ),
        (
            "{mood}",
            'The term "mood" is not in the glossary. Write {mood|plain words}, or add it to the glossary.',
        ),
    ],
)
@pytest.mark.parametrize(("before", "line"), [("", 10), ("a ", 10), ("a\n", 11), ("a\n\nb\n\n- c ", 14)])
def test_unknown_names(mark: str, what: str, before: str, line: int) -> None:
    used = marks()
    converted(f"{before}{mark}", used)
    assert used.problems == [
        Problem("r.yaml", line, *_sentences(what)),
    ]


def _sentences(what: str) -> tuple[str, str]:
    """What is wrong, and how to mend it."""
    first, _, rest = what.partition(". ")
    return f"{first}.", rest


# What is refused or shown as text


def test_html_is_shown_and_the_author_is_told() -> None:
    assert converted("a\n<b>x</b>") == "<p>a\n&lt;b&gt;x&lt;/b&gt;</p>"
    assert said("a\n<b>x</b>") == [f'r.yaml:11: HTML is not read here; "<b>" is printed as it stands. {PLAIN}']


def test_italics_are_not_set() -> None:
    assert converted("a *few* words") == "<p>a *few* words</p>"
    assert said("a *few* words") == ["r.yaml:10: Italics are hard to read and are not set. Write **bold**, or nothing."]


@pytest.mark.parametrize(
    "text", ["&#x202e;", "&#X0000000000202E;", "{x|&#x202e;}", "&#173;", "&#8203;", "&#7;", "&nothing;"]
)
def test_an_entity_cannot_bring_in_what_the_reader_of_files_refuses(text: str) -> None:
    shown = html.unescape(re.sub("<[^>]+>", "", converted(text)))
    assert shown == text.replace("{x|", "x (").replace("}", ")")


def test_a_non_breaking_space_as_an_entity() -> None:
    assert converted("a&nbsp;b") == "<p>a<span>\u00a0</span>b</p>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["- a\n    - b\n        - c\n            - d", "- - - - a", "1. 2. 3. 4. a", "- a\n- - 1. - b", "- " * 5000],
    ids=["by indent", "on one line", "numbered on one line", "mixed", "5,000 levels"],
)
def test_deep_lists_are_refused(text: str) -> None:
    assert converted(text) == ""
    line = 10 + text.count("\n")
    assert said(text) == [f"r.yaml:{line}: The list is nested deeper than 3 levels. Make it flatter."]


def test_three_levels_are_a_list() -> None:
    assert converted("- a\n    - b\n        - c").count("<ul>") == 3


SLOW = {
    "brackets": "[ " * 9000,
    "links in links": "[a]( " * 3500,
    "bold": "**a " * 4500,
    "braces": "{a b " * 3500,
    "entities": "& &a " * 3500,
    "tags": "<a " * 6000,
    "pictures": "![ " * 6000,
    "backslashes": "\\ " * 9000,
}


@pytest.mark.parametrize("text", SLOW.values(), ids=SLOW)
def test_nothing_takes_long(text: str) -> None:
    start = process_time()
    made = converted(text)
    assert process_time() - start < 5
    assert made or said(text) == ["r.yaml:10: The text has more than 200 opening brackets. Take some out."]


@dataclass(frozen=True)
class Verdict:
    """What must happen to a hostile text: words that are shown, or the one message that refuses it."""

    shown: str = ""
    refused: str = ""
    tags: frozenset[str] = frozenset({"p"})


VERDICTS = {
    "attach": Verdict('<a rel="attachment" href="file:///etc/passwd">a</a>'),
    "autolink": Verdict("<javascript:alert(1)>"),
    "data-link": Verdict("x", tags=frozenset({"p", "span"})),
    "deep-list": Verdict(refused="The list is nested deeper than 3 levels."),
    "emphasis": Verdict("*a *a *a"),
    "file-image": Verdict(refused="Pictures cannot stand in a text."),
    "heading-h1": Verdict("H1 in a field\nH6", tags=frozenset({"h3", "h4"})),
    "html-entity": Verdict("<b> &amp; \ufffd \ufffd", tags=frozenset({"p", "span"})),
    "jinja": Verdict('{{ config }} {% include "/etc/passwd" %}'),
    "js-link": Verdict("x y z w", tags=frozenset({"p", "span"})),
    "ref-link": Verdict("[x][1]\n[1]: javascript:alert(1)"),
    "script": Verdict("<script>alert(1)</script>"),
    "table-no-head": Verdict(refused="A table cannot stand in a text."),
    "title-break": Verdict("x", tags=frozenset({"p", "a"})),
}


def test_every_hostile_text_has_a_verdict() -> None:
    assert {path.stem for path in HOSTILE.glob("*.md")} == VERDICTS.keys()


@pytest.mark.parametrize("name", VERDICTS)
def test_hostile(name: str) -> None:
    """The first line of each file says what must happen; it is left out here."""
    text = (HOSTILE / f"{name}.md").read_text(encoding="utf-8").partition("\n")[2]
    verdict, used, start = VERDICTS[name], marks(), process_time()
    made = converted(text, used)
    assert process_time() - start < 5
    errors = [problem.what for problem in used.problems if problem.severity == "error"]
    assert errors == ([verdict.refused] if verdict.refused else [])
    assert verdict.shown in html.unescape(re.sub(r"<[^>]+>", "", made))
    if made:
        assert set(re.findall(r"<([a-z0-9]+)", made)) == verdict.tags
    assert set(re.findall(r'<[^>]* (\w+="[^"]*")', made)) <= {'href="https://example.org"'}
