"""The plain text of a page: nothing lost, nothing twice, clear to someone who listens."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import Any

import pytest
from shipped_case import sample, shipped_pages

from printables.pages.formats.reading_order import read_in_order
from printables.pages.formats.text import plain_text
from printables.typeset.inspect import source

WIDTH = 72
SILENT = {"bar", "icon"}
"""Drawings whose words stand beside them."""


def pages() -> dict[str, str]:
    """The HTML of leaflets and worksheets that are shipped."""
    return dict(sample(shipped_pages().items()))


def page(body: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>Not read</title></head><body>{body}</body></html>'


def text(body: str, width: int = WIDTH) -> str:
    return plain_text(page(body), width)


def differences(html: str, made: str) -> tuple[Counter[str], Counter[str]]:
    """The words of the HTML that the text lacks, and those of the text for which the HTML has no reason."""
    # The ends of a scale are seen; who hears the page is told the point between them.
    shown = re.sub(r'<span class="(?:low|high)" aria-hidden="true">[^<]*</span>', " ", html)
    said = Counter(word.folded for word in source.read_html(shown).words)
    heard = Counter(source.words_in(made))
    tree = source.parse(html)
    return said - heard - left_to_the_caption(tree), heard - said - allowed(tree)


def left_to_the_caption(tree: Any) -> Counter[str]:
    """The words on a drawing that a caption beside it says, all of them: they are not said a second time."""
    found: Counter[str] = Counter()
    captions = {word for node in tree.iter("figcaption") for word in source.words_in("".join(node.itertext()))}
    for node in tree.iter():
        if "scene-words" in (node.get("class") or "").split():
            words = source.words_in(" ".join(node.itertext()))
            found.update(words if set(words) <= captions else ())
    return found


def allowed(tree: Any) -> Counter[str]:
    """What a text may say besides: addresses, numbers of steps, what drawings are called, a row's column heads."""
    found: Counter[str] = Counter()
    for node in tree.iter("a"):
        found.update(source.words_in(node.get("href", "")))
    for node in tree.iter("ol"):
        found.update(str(number) for number, _ in enumerate(node.findall("li"), 1))
    for node in tree.iter():
        if str(node.tag).endswith("svg") and node.get("class") not in SILENT:
            found.update(source.words_in(" ".join(child.text or "" for child in node if "title" in child.tag)))
    for node in tree.iter("table"):
        heads = " ".join("".join(head.itertext()) for head in node.find("thead").iter("th"))
        found.update(source.words_in(f"{heads} " * len(list(node.find("tbody").iter("tr")))))
    return found


@pytest.mark.slow
def test_there_are_leaflets_and_worksheets() -> None:
    assert len(pages()) >= 4
    assert all(pages().values())


@pytest.mark.slow
def test_every_word_of_every_page_is_said_and_none_twice() -> None:
    for path, html in pages().items():
        assert differences(html, plain_text(html)) == (Counter(), Counter()), path


def test_a_lost_and_a_doubled_sentence_are_noticed() -> None:
    html = page("<h1>Title</h1><p>You are not alone.</p><p>Someone listens.</p>")
    made = plain_text(html)
    assert differences(html, made) == (Counter(), Counter())
    lost, extra = differences(html, made.replace("Someone", "You"))
    assert (lost, extra) == (Counter(["someone"]), Counter(["you"]))


@pytest.mark.slow
def test_sections_stand_in_the_order_of_the_page() -> None:
    for path, html in pages().items():
        made = f"\n{plain_text(html)}"
        at = 0
        for heading, _ in source.read_html(html).headings:
            at = made.index(f"\n{heading}", at) + 1
        title = re.findall("<h1>(.*?)</h1>", html)
        assert title == [made.split("\n")[1]] and made.split("\n")[2] == "===", path


@pytest.mark.slow
def test_form_of_every_text() -> None:
    for path, html in pages().items():
        made = plain_text(html)
        assert made.endswith("\n") and not made.endswith("\n\n"), path
        assert not re.search(r"[ \t]\n|\r|\t|\n{4}|</?[a-z]", made), path
        long = [line for line in made.split("\n") if len(line) > WIDTH]
        assert [line for line in long if not re.fullmatch(r" *https://\S+", line)] == [], path


@pytest.mark.slow
def test_help_numbers_are_never_broken() -> None:
    checked = 0
    for path, html in pages().items():
        numbers = set(re.findall(r"\b(?:0\d{3}(?: \d{3,4})+|116 123|999|111)\b", html))
        for width in range(20, WIDTH + 1, 13):
            lines = plain_text(html, width).split("\n")
            assert all(any(number in line for line in lines) for number in numbers), (path, width)
        checked += len(numbers)
    assert checked > 20


@pytest.mark.slow
def test_whole_addresses_stand_on_lines_of_their_own() -> None:
    for path, html in pages().items():
        lines = [line.strip() for line in plain_text(html).split("\n")]
        addresses = [unescape(address) for address in re.findall(r'href="(https://[^"]+)"', html)]
        assert [address for address in addresses if address not in lines] == [], path


@pytest.mark.slow
def test_the_pointer_to_help_is_a_sentence_without_a_page() -> None:
    pointed = [path for path, html in pages().items() if 'data-page="' in html]
    assert len(pointed) >= 4
    for path in pointed:
        said = plain_text(pages()[path])
        assert (
            "Need help now? More numbers are at the end.\n" in said or "Crisis lines to give: at the end.\n" in said
        ), path


PAGE = """
<header><p class="label">For adults</p><div class="scene"><svg><title>Two people: you; a friend.</title></svg>
<div class="scene-words"><span>you</span> <span>a friend</span></div></div>
<h1>Demo &amp;
  therapy</h1><p><a href="#help" data-page="on page">Need help? See the numbers</a></p></header>
<main><section id="a"><h2>What is it?</h2>
<div><p>A <strong>talking</strong> therapy<span class="cite"> <a href="#source-1">[1]</a></span>, for<span>
<dfn>low mood</dfn> (feeling down)</span>.</p><ul><li><strong>Loss.</strong> Someone has died, and you feel that nobody
around you can see how much this hurts.<ul><li>A friend</li></ul></li><li>Change.</li></ul></div></section>
<section><h2>Steps</h2><ol><li><p>Sessions 1 to 4</p><p>You look.</p></li><li>Call.</li></ol>
<div class="tell-us"><p>Tell us if:</p><ul><li>you drink</li></ul></div>
<h3>Profile</h3><ul><li><span>How planned:</span> <svg class="marks"><title>3 of 5</title></svg>
 <strong>a bit</strong></li></ul><h4>Where?</h4><p>Here.</p></section>
<section id="help"><h2>Help</h2><p>Call 116 123.</p></section></main>
"""

TEXT = """\
Demo & therapy
===

For adults

(Two people: you; a friend.)

Need help? See the numbers.


What is it?
---

A talking therapy [1], for low mood (feeling down).

- Loss. Someone has died, and you feel that nobody around you can see
  how much this hurts.
  - A friend
- Change.


Steps
---

1. Sessions 1 to 4
   You look.
2. Call.

Tell us if:

[ ] you drink

Profile:
- How planned: a bit (3 of 5)

Where?
Here.


Help
---

Call 116 123.
"""


def test_a_page_as_text() -> None:
    assert text(PAGE) == TEXT


TABLE = """<table><caption>Two kinds</caption>
<thead><tr><th scope="col">Condition</th><th scope="col">Evidence</th><th scope="col">Aim</th></tr></thead><tbody>
<tr><th scope="row">Low mood<br><span>Adults</span></th>
<td><svg class="meter"><title>2 of 3</title></svg><strong>Some</strong> [3]</td><td>Ease</td></tr>
<tr><th scope="row">Grief</th><td>Little</td><td></td></tr></tbody></table>"""


def test_a_table_is_a_paragraph_for_each_row() -> None:
    assert text(TABLE) == (
        "Two kinds\n\nCondition: Low mood, Adults\nEvidence: Some (2 of 3) [3]\nAim: Ease\n\n"
        "Condition: Grief\nEvidence: Little\n"
    )


def test_equal_rows_to_write_in_are_told_once_and_named_ones_each() -> None:
    field = '<td><span class="field" data-kind="line"></span></td>'
    head = "<thead><tr><td></td><th>Mood</th></tr></thead>"
    rows = f"<tr><th>Monday</th>{field}</tr><tr><th>Tuesday</th>{field}</tr>"
    assert text(f"<table>{head}<tbody>{rows}</tbody></table>") == "Monday\nMood:\n\nTuesday\nMood:\n"
    head = "<thead><tr><th>Who</th><th>Mood</th></tr></thead>"
    rows = f"<tr>{field}{field}</tr>" * 3
    assert text(f"<table>{head}<tbody>{rows}</tbody></table>") == "Who:\nMood:\n"


SOURCE = '<ul><li id="source-1"><span>[12]</span> {} <a href="{}">{}</a></li></ul>'
LONG = "https://www.example.org/" + "a-long-way/" * 9


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (SOURCE.format("A guideline. X, 2019.", LONG, "example.org"), f"[12] A guideline. X, 2019.\n     {LONG}\n"),
        (
            '<p>See <a href="https://www.nice.org.uk/ng134">nice.org.uk/ng134</a>, page 3.</p>',
            "See https://www.nice.org.uk/ng134, page 3.\n",
        ),
        (
            '<p>Read <a href="https://www.nhs.uk/a">our page</a> and <a href="https://nhs.uk/b">more</a>.</p>',
            "Read our page and more.\nhttps://www.nhs.uk/a\nhttps://nhs.uk/b\n",
        ),
        ('<p><a href="https://nhs.uk/a">nhs.uk</a></p>', "https://nhs.uk/a\n"),
        ('<p>Write to <a href="mailto:a@b.uk">a@b.uk</a>.</p>', "Write to a@b.uk.\n"),
        ('<p><a href="mailto:a@b.uk">Write to us</a>.</p>', "Write to us.\na@b.uk\n"),
        ('<p>Call <a href="tel:01632960000">01632 960 000</a>.</p>', "Call 01632 960 000.\n"),
        ('<p>See <a href="#help">the numbers</a> now.</p>', "See the numbers now.\n"),
    ],
)
def test_links(body: str, expected: str) -> None:
    assert text(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One<br>\n two</p>", "One\ntwo\n"),
        ("Loose words <p>and others</p> here", "Loose words\n\nand others\n\nhere\n"),
        ("<p>a<b>b</b>c &lt;b&gt;</p>", "abc <b>\n"),
        ("<style>p {}</style><p hidden>x</p><p>y</p><div aria-hidden='true'>z</div>", "y\n"),
        ("<p>At <svg><title>A loop</title><g><text>Mood</text></g></svg>home</p>", "At home (A loop, Mood)\n"),
        ('<div class="scene"><svg><title>Mood loop</title><text>mood</text></svg></div>', "(Mood loop)\n"),
        ('<ul><li><svg class="icon"><title>How long</title></svg>50 minutes</li></ul>', "- 50 minutes\n"),
        (
            '<ul><li> <svg class="meter"><title>2 of 3</title></svg><span>Grief. It can help.</span></li></ul>',
            "- Grief. It can help.\n",
        ),
        ('<p><img class="logo" alt="Logo" src="x"><img alt="A map" src="y"></p>', "(A map)\n"),
        ('<p><span class="field" data-kind="tick"></span>Yes</p>', "[ ] Yes\n"),
        ('<ul><li><span class="field" data-kind="choice"></span><span>7</span></li></ul>', "[ ] 7\n"),
        ('<p>Name: <span class="field" data-kind="line"></span></p>', "Name:\n"),
        ('<ol start="3"><li>Third</li></ol>', "3. Third\n"),
        ("<p></p><h2> </h2><ul><li></li></ul><p>x</p>", "x\n"),
        ("<p>x</i></p>", "x\n"),
    ],
)
def test_odd_pieces(body: str, expected: str) -> None:
    assert text(body) == expected


def test_anchors_are_where_links_point() -> None:
    blocks = read_in_order(page('<section id="help"><h2>Help</h2><ul><li id="one">x</li></ul></section>')).blocks
    assert [(block.kind, block.anchor) for block in blocks] == [("heading", "help"), ("item", "one")]
