"""Step 5, the inspection: each check lets the good leaflet pass and names what is wrong with a spoiled one."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from sample_leaflet import HTML, PARAGRAPH, RULES, leaflet, spoiled

from printables.publish.manifest import Entry
from printables.publish.verify import inspect_beside
from printables.typeset.engine import typeset
from printables.typeset.inspect.inspect import inspect, pdf_text
from printables.typeset.inspect.source import read_html, squash, words_in
from printables.typeset.page import Finding, Page, PrintRules

pytestmark = pytest.mark.pdf

LOST = "<p>This sentence about parking permits will vanish completely.</p>"
LONG_BOX = f'<div style="{{style}}"><p>{PARAGRAPH * 12}</p>{LOST}</div>'
FILLER = f"<p>{PARAGRAPH * 3}</p>"


def only(page: Page) -> Finding:
    """The one finding about a page; more or fewer would mean that a check looks at the wrong thing."""
    findings = typeset(page).findings
    assert len(findings) == 1, findings
    return findings[0]


def found(page: Page, rule: str, words: str) -> Finding:
    findings = typeset(page).findings
    hits = [finding for finding in findings if finding.rule == rule and words in finding.what]
    assert hits, findings
    return hits[0]


@pytest.fixture(scope="module")
def good() -> bytes:
    return typeset(leaflet()).pdf


def test_the_good_leaflet_passes_every_check(good: bytes) -> None:
    assert inspect(HTML, good, RULES) == []


def test_text_of_each_page(good: bytes) -> None:
    first, second = pdf_text(good)
    assert first.startswith("Demo therapy\nIn short\nThis is a short talking therapy.")
    assert "Page 1 of 2" in first and "Page 2 of 2" in second
    assert "You meet once a week." in first


@pytest.mark.parametrize(
    "style",
    ["position: absolute; top: 0; width: 60mm", "float: left; width: 60mm"],
)
def test_words_lost_below_the_foot(style: str) -> None:
    """A block out of the flow that is taller than the page loses its end, and the engine says nothing."""
    finding = found(spoiled(LONG_BOX.format(style=style)), "A16", "missing from the PDF")
    assert finding.section == "questions"
    assert '"Questions to ask"' in finding.what


def test_an_inline_block_runs_off_the_foot() -> None:
    page = spoiled(LONG_BOX.format(style="display: inline-block; width: 60mm"))
    assert found(page, "A16", "runs off the edge of page 3").severity == "error"


def test_words_hidden_by_overflow() -> None:
    box = f'<div style="height: 8mm; overflow: hidden"><p>{PARAGRAPH}</p>{LOST}</div>'
    assert "parking permits" in found(spoiled(box), "A16", "missing from the PDF").what


def test_words_that_are_not_lost() -> None:
    """Soft hyphens, words broken at a line's end, hidden elements, and words half in bold are no losses."""
    page = spoiled(
        "<p>thera&shy;pist <b>on</b>ce 12-session don\u2019t find</p><p hidden>unseen</p>"
        '<p style="overflow-wrap: anywhere">https://example.org/' + "abcdefghi" * 12 + "</p>"
    )
    page = replace(page, rules=replace(RULES, last_page_fill=0))
    assert typeset(page).findings == ()


def test_a_lost_section_is_named_when_the_pdf_belongs_to_other_html(good: bytes) -> None:
    html = HTML.replace("Choose a day.", "Bring your favourite umbrella.")
    (finding,) = inspect(html, good, RULES)
    assert (finding.rule, finding.section) == ("A16", "what-happens")
    assert '4 words are missing from the PDF, near "Bring your favourite umbrella' in finding.what


def test_help_now_split_over_two_pages() -> None:
    page = leaflet(css="#help-now { break-inside: auto } #help-now p { break-before: page } h2 { break-after: auto }")
    assert found(page, "A3", '"Help now" does not stand whole').section == "help-now"


def test_help_now_missing() -> None:
    swaps = ('id="help-now"', 'id="help"'), ('href="#help-now"', 'href="#help"')
    assert only(leaflet(*swaps)).rule == "A3"
    assert typeset(leaflet(*swaps, rules=replace(RULES, whole=("help",)))).findings == ()


@pytest.mark.parametrize("small", ["<p style='font-size: 11pt'>tiny print</p>", "<p>a <small>tiny print</small></p>"])
def test_too_small(small: str) -> None:
    finding = only(spoiled(small, "small { font-size: 11pt }"))
    assert (finding.rule, finding.section) == ("A12", "questions")
    assert '"tiny print" is printed at 11 points' in finding.what


def test_too_small_in_a_scaled_picture() -> None:
    """14 units high in the drawing, 7 points on paper: only the finished page tells."""
    text = '<text y="20" font-size="14" font-family="Atkinson Hyperlegible">week</text>'
    svg = f'<svg style="width: 30mm" viewBox="0 0 170 30"><title>Weeks</title>{text}</svg>'
    assert found(spoiled(svg), "A12", '"week" is printed at 7 points').severity == "error"


def test_references_may_be_smaller() -> None:
    css = "#references p { font-size: 11pt }"
    assert only(leaflet(css=css)).rule == "A12"
    rules = replace(RULES, min_pt_references=11)
    assert typeset(leaflet(css=css, rules=rules)).findings == ()
    assert only(spoiled("<p style='font-size: 11pt'>tiny print</p>", css, rules)).section == "questions"


def test_line_too_long() -> None:
    finding = found(leaflet(css="body { font-size: 12pt; max-width: none }"), "A13", "more than 75 characters")
    assert "You meet a trained therapist" in finding.what


def test_footer_too_long() -> None:
    wide = "width: 170mm; white-space: nowrap"
    footer = f"@page {{ @bottom-left {{ content: '{'word ' * 17}'; {wide} }} @bottom-right {{ content: none }} }}"
    assert "word word" in found(leaflet(css=footer), "A13", "2 lines have more than 75").what


def test_heading_at_the_foot() -> None:
    spoil = '<h2 id="x">Your next step</h2><div style="break-before: page"></div>' + FILLER
    finding = found(spoiled(spoil, "h2 { break-after: auto }"), "A16", 'heading "Your next step" stands alone')
    assert finding.section == "questions"


def test_heading_over_lines_to_write_on_is_not_alone() -> None:
    line = '<div style="border-bottom: 1px solid #111; height: 9mm"></div>'
    spoil = f'<h2>Your next step</h2>{line}<div style="break-before: page"></div>{FILLER}'
    assert typeset(spoiled(spoil, "h2 { break-after: auto }")).findings == ()


def test_last_page_nearly_empty() -> None:
    spoil = ("<h2>Where this comes from</h2>", '<h2 style="break-before: page">Where this comes from</h2>')
    finding = only(leaflet(spoil))
    assert finding.rule == "A16" and "The last page (3) is only" in finding.what
    assert typeset(leaflet(spoil, rules=replace(RULES, last_page_fill=0.05))).findings == ()


def test_over_budget() -> None:
    finding = only(leaflet(rules=replace(RULES, max_pages=1)))
    assert (finding.rule, finding.section) == ("A17", "what-happens")
    assert "has 2 pages and may have 1" in finding.what
    assert 'the longest section is "What happens" with 2' in finding.mend


def test_under_budget_is_a_warning() -> None:
    finding = only(leaflet(rules=replace(RULES, min_pages=3)))
    assert (finding.rule, finding.severity) == ("A17", "warning")


def test_text_off_the_page() -> None:
    spoil = '<p style="white-space: nowrap; margin-left: 130mm">this line of text simply runs over the edge</p>'
    assert found(spoiled(spoil), "A16", "runs off the edge of page 2").section == "questions"


def test_foreign_font() -> None:
    finding = only(spoiled('<p style="font-family: DejaVu Serif">serif</p>'))
    assert finding.rule == "A21" and '"serif" is printed in the font "DejaVu-Serif"' in finding.what


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "other.html"])
def test_unsafe_links(address: str) -> None:
    finding = only(spoiled(f'<p><a href="{address}">a</a></p>'))
    assert (finding.rule, finding.severity) == ("A15", "error")
    assert f'"{address}"' in finding.what


@pytest.mark.parametrize(
    ("good", "bad", "words"),
    [
        ("<title>Demo therapy: a leaflet for adults</title>", "", "has no title"),
        ("<h2>In numbers</h2>", "<h4>In numbers</h4>", "a level is skipped"),
        ("<h2>In numbers</h2>", "<h1>In numbers</h1>", "2 headings of the first level"),
        ("<title>Two of three parts are done</title>", "", "A drawing has no words"),
        ("Depression in adults, NG222</a>", "</a>", 'ng222" has no words'),
        ("<th", "<td", "has no header cells"),
    ],
)
def test_markup_that_makes_bad_tags(good: str, bad: str, words: str) -> None:
    assert found(leaflet((good, bad)), "A15", words).severity == "error"


def test_words_that_touch_are_not_lost() -> None:
    page = spoiled(
        '<div style="display: flex"><p>umbrella</p><p>teapot</p></div>', rules=replace(RULES, last_page_fill=0)
    )
    assert typeset(page).findings == ()


def test_words_are_compared_without_their_looks() -> None:
    assert words_in("12-week thera\u00adpy, DON\u2019T \ufb01nd") == ["12", "week", "therapy", "don", "t", "find"]
    assert squash("a b\nC") == "abc"
    html = "<body><section id=a><h2>X y</h2><p><b>on</b>ce<div>q</div></section><p>z<svg><title>no</title></svg>"
    source = read_html(html)
    assert [(word.shown, word.section) for word in source.words] == [
        ("X", "a"), ("y", "a"), ("once", "a"), ("q", "a"), ("z", ""),
    ]  # fmt: skip
    assert PrintRules().max_line == 75


def test_a_part_that_must_stand_on_page_1() -> None:
    rules = replace(RULES, first_page=("help-now",))
    page = leaflet(css="#help-now { break-before: page }", rules=rules)
    assert found(page, "T2", '"Help now" does not stand whole on page 1.').section == "help-now"


def test_a_part_that_stands_on_page_1() -> None:
    rules = replace(RULES, first_page=("in-short",))
    assert [finding for finding in typeset(leaflet(rules=rules)).findings if finding.rule == "T2"] == []


def test_numbers_to_ring_that_slide_to_page_2_are_found() -> None:
    """A note at the foot of page 1 for which there is no room goes to the next page without a word."""
    strip = '<div class="note"><ul id="first-numbers"><li>999</li><li>116 123</li></ul></div>'
    rules = replace(RULES, numbers_first=True)
    high = spoiled(strip, rules=replace(rules, max_pages=4), css=".note { break-before: page }")
    assert found(high, "A3", "The numbers to ring do not stand on page 1.").section == "first-numbers"
    whole = leaflet(rules=rules)
    stands = replace(whole, html=whole.html.replace("<h1>", f"{strip}<h1>"))
    assert [finding for finding in typeset(stands).findings if finding.rule == "A3"] == []


def test_words_printed_over_others() -> None:
    """Every word is there, and nobody can read it: so it went with headings that lost their margin column."""
    over = '<p style="position: absolute; top: 3pt; left: 0; margin: 0">Ask how long the wait is.</p>'
    spoil = f'<div style="position: relative"><p style="margin: 0">Bring a friend.</p>{over}</div>'
    finding = found(spoiled(spoil), "A16", "printed over each other")
    assert finding.what == (
        'The texts "Bring a friend." and "Ask how long the wait is." are printed over each other on page 2.'
    )
    assert (finding.section, finding.severity) == ("questions", "error")


def test_lines_that_only_stand_close_are_not_printed_over_each_other() -> None:
    close = '<p style="line-height: 1; margin: 0">Bring a friend, a pen, and a glass of water.</p>'
    assert typeset(spoiled(close * 2)).findings == ()


def test_verify_does_not_measure_lines_again() -> None:
    """In print, a clinic's long name may make one: a warning, which its administrator cannot mend in a style sheet."""
    page = leaflet(css="body { font-size: 12pt; max-width: none }")
    made = typeset(page)
    assert "A13" in [finding.rule for finding in made.findings]
    entry = cast(Entry, SimpleNamespace(pages=made.pages))
    assert "A13" not in [finding.rule for finding in inspect_beside(page.html, made.pdf, entry)]
