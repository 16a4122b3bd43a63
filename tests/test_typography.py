"""Curly quotation marks, bound last words and whole compounds, on the page that goes out and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from leaflet_case import ROOT, TODAY
from shipped_case import EVERYTHING, sample, shipped

from printables.pages.compose.approval import content_hash
from printables.pages.formats.braille import braille
from printables.pages.formats.html_tree import parse
from printables.pages.formats.liblouis import tables
from printables.pages.formats.registry import FormatMissing
from printables.pages.formats.text import plain_text
from printables.pages.formats.typography import typographic
from printables.pipeline.build import Options, build
from printables.pipeline.print_job import print_job
from printables.plan import Choice
from printables.typeset.inspect.text import PdfPage, read_pdf

ENGLISH = ("“", "”", "‘", "’")
GERMAN = ("„", "“", "‚", "‘")
NBSP = "\u00a0"
STRAIGHT = str.maketrans("“”‘’\u00a0", "\"\"'' ")
MOST_APART = 1
"""Numbers that a leaflet may part from a word: where all that hangs together would not fit into a narrow column."""
MOST_SHORT_ENDS = 2
"""Last lines of one short word that a leaflet may have: after a long word, and a foreign address."""


def made(html: str) -> str:
    """The page once and again, which must be the same."""
    once = typographic(html, ENGLISH)
    assert typographic(once, ENGLISH) == once
    return once


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('She said "no".', "She said “no”."),
        ("&#34;No&#34;, &quot;yes&quot; and it&#39;s &apos;so&#x27;", "“No”, “yes” and it’s ‘so’"),
        ("the boys' and the child's, don't", "the boys’ and the child’s, don’t"),
        ("\"'So' it is\"", "“‘So’ it is”"),
        ("the '90s and '80s music", "the ’90s and ’80s music"),
        ("the 1990's and more", "the 1990’s and more"),
        ("a door 6'2\" high, 5' wide", "a door 6'2\" high, 5' wide"),
        ('Ask "is it 5" or more', "Ask “is it 5” or more"),
        ('("so")', "(“so”)"),
        ("see https://example.org/it's now", "see https://example.org/it's now"),
        ('<code>a "b"</code> and "c" here', '<code>a "b"</code> and “c” here'),
        ('<strong>"Word"</strong>: "<a href=\'x\'>link</a>"', "<strong>“Word”</strong>: “<a href='x'>link</a>”"),
        ('{index:Beck\'s "list"} stands', '{index:Beck\'s "list"} stands'),
    ],
)
def test_straight_marks_become_curly(typed: str, printed: str) -> None:
    assert made(f"<div>{typed}</div>").replace(NBSP, " ") == f"<div>{printed}</div>"


def test_a_quotation_does_not_go_on_in_the_next_paragraph() -> None:
    assert made('<p>"open</p><p>6" of it</p>') == '<p>“open</p><p>6" of' + NBSP + "it</p>"


def test_another_language_has_its_own_marks() -> None:
    assert typographic("<p>Er sagt: \"Ja\" und 'nein'.</p>", GERMAN) == f"<p>Er sagt: „Ja“ und{NBSP}‚nein‘.</p>"


def test_what_is_printed_from_attributes_is_set_and_what_is_not_stays() -> None:
    page = '<body data-running="Children&#39;s" class="a"><img alt="&#34;x&#34;" src="it&#39;s.png"></body>'
    assert made(page) == '<body data-running="Children’s" class="a"><img alt="“x”" src="it&#39;s.png"></body>'


def test_scripts_and_styles_stay() -> None:
    page = '<style>a::after { content: "it\'s" }</style><script>x = "y" - \'well-known\'</script>'
    assert made(page) == page


@pytest.mark.parametrize(
    ("typed", "bound"),
    [
        ("<p>You can ask for it.</p>", f"<p>You can ask for{NBSP}it.</p>"),
        ("<li>You can ask for it\n<ul><li>x</li></ul></li>", f"<li>You can ask for{NBSP}it\n<ul><li>x</li></ul></li>"),
        ("<p>Ask <strong>for</strong> it.</p>", f"<p>Ask <strong>for</strong>{NBSP}it.</p>"),
        (f"<p>{'Say so. ' * 6}Ask about yours.</p>", f"<p>{'Say so. ' * 6}Ask{NBSP}about{NBSP}yours.</p>"),
        (
            f"<p>{'Say so. ' * 6}Ask <b>for</b> it.</p>",
            f"<p>{'Say so. ' * 5}Say so.{NBSP}Ask{NBSP}<b>for</b>{NBSP}it.</p>",
        ),
        (f"<p>It lifts your mood<span>{NBSP}[1]</span>.</p>", f"<p>It lifts your{NBSP}mood<span>{NBSP}[1]</span>.</p>"),
        ("<p>You can ask for something.</p>", "<p>You can ask for something.</p>"),
        ("<p>It is for your explaining it.</p>", f"<p>It is for your explaining{NBSP}it.</p>"),
        ("<p>It is for intercommunicating it.</p>", "<p>It is for intercommunicating it.</p>"),
        ("<td>It is communicating now</td>", "<td>It is communicating now</td>"),
        ("<h2>Not suitable now</h2>", "<h2>Not suitable now</h2>"),
        ("<p>two words</p>", "<p>two words</p>"),
        ("<p>Bias {index:risk of bias}</p>", "<p>Bias {index:risk of bias}</p>"),
        (f"<p>Ring 0800{NBSP}1111.</p>", f"<p>Ring 0800{NBSP}1111.</p>"),
        ("<svg><title>You can ask for it</title></svg>", "<svg><title>You can ask for it</title></svg>"),
    ],
)
def test_a_short_last_word_stays_with_the_one_before(typed: str, bound: str) -> None:
    assert made(typed) == bound


@pytest.mark.parametrize(
    ("typed", "tied"),
    [
        ("It takes 20 minutes for everybody.", "It takes 20~minutes for everybody."),
        ("Over 8 to 12 sessions altogether.", "Over 8~to~12~sessions altogether."),
        ("It was 79 in 100 people altogether.", "It was 79~in~100~people altogether."),
        ("Of 1,276 people altogether.", "Of 1,276~people altogether."),
        ("Look at Box 5, or (Box 6) altogether.", "Look at Box~5, or (Box~6) altogether."),
        ("On 29 November 2027 altogether.", "On 29~November 2027 altogether."),
        ("At 10 o'clock altogether.", "At 10~o’clock altogether."),
        ("Am 3. Mai nach 12 Wochen insgesamt.", "Am 3. Mai nach 12~Wochen insgesamt."),
        ("Try 3 <b>things</b> altogether.", "Try 3~<b>things</b> altogether."),
        ("<b>18 in 100</b> became well altogether.", "<b>18~in~100</b> became well altogether."),
        ("In 2026 people were asked altogether.", "In 2026 people were asked altogether."),
        ("For 20 extraordinary reasons altogether.", "For 20 extraordinary reasons altogether."),
        (f"Ring 116{NBSP}123 for everything altogether.", "Ring 116~123 for everything altogether."),
        ("See example.org/12 on everything altogether.", "See example.org/12 on everything altogether."),
    ],
)
def test_a_number_stays_with_what_it_counts(typed: str, tied: str) -> None:
    assert made(f"<p>{typed}</p>") == f"<p>{tied}</p>".replace("~", NBSP)


def test_compounds_are_not_torn_and_codes_and_addresses_are_left_alone() -> None:
    page = "<p>Self-harm, a 12-week course of CBT-E, IPT-TEEN-EN-1.0, nhs.uk/self-harm and a.self-harm.uk elsewhere</p>"
    whole = re.findall(r'<span class="whole">(.*?)</span>', made(page))
    assert whole == ["Self-harm", "12-week", "CBT-E"]
    assert "whole" not in made("<svg><text>self-harm</text></svg><title>self-harm</title>")
    assert "whole" not in made("<p>a psychotherapist-led-intervention is long</p>")
    links = made('<p><a href="#a">Sign-in <em>self-care</em></a>, then self-help</p>')
    assert re.findall(r'<span class="whole">(.*?)</span>', links) == ["self-help"], "a link stays one piece"


def words(html: str) -> str:
    """The words of a page as they were typed."""
    return " ".join("".join(parse(html).texts()).translate(STRAIGHT).split())


@pytest.mark.slow
def test_every_shipped_page_keeps_its_words_and_loses_its_straight_marks() -> None:
    for subject in sample(shipped().subjects):
        page = print_job(shipped().pages, subject).page.html
        assert words(page) == words(subject.html), subject.item.path
        text = "".join(parse(page).texts(frozenset(["style", "script"])))
        assert re.findall(r"""\S*["']\S*""", text) == [], subject.item.path
        assert typographic(page, ENGLISH) == page


@pytest.mark.slow
def test_what_is_checked_and_approved_is_what_was_typed() -> None:
    """The marks are set behind the checks and the approvals, so they void none."""
    for subject in sample(shipped().subjects):
        assert subject.html == shipped().pages.html(subject.leaflet)[0]
        assert 'class="whole"' not in subject.html
        assert content_hash(subject.leaflet)


def test_text_and_braille_are_set_too() -> None:
    page = typographic('<html lang="en"><body><p>She said "it\'s self-harm" to me.</p></body></html>', ENGLISH)
    assert plain_text(page) == "She said “it’s self-harm” to me.\n"
    try:
        tables("en")
    except FormatMissing:
        pytest.skip("liblouis is not installed")
    assert b"8X'S SELF-H>M0" in braille(page)


def short_ends(sheets: list[PdfPage]) -> list[str]:
    """Last lines of a paragraph or item that hold one short word."""
    found = []
    for sheet in sheets:
        for above, line in zip(sheet.body, sheet.body[1:], strict=False):
            below = 0 < above.runs[0].baseline - line.runs[0].baseline < 26 and above.runs[0].size == line.runs[0].size
            word = line.text
            if not below or abs(above.rect[0] - line.rect[0]) > 3 or len(above.text.split()) < 3:
                continue
            if re.fullmatch(r"\W*[a-zA-Z]{1,5}[.?!:”’)]+", word):
                found.append(f"{above.text[-30:]} / {word}")
    return found


def torn(sheets: list[PdfPage]) -> list[str]:
    """Lines that end within a short compound."""
    pairs = ((one.text, two.text) for sheet in sheets for one, two in zip(sheet.body, sheet.body[1:], strict=False))
    return [f"{one[-20:]}/{two[:20]}" for one, two in pairs if re.search(r"\w-$", one)]


def apart(sheets: list[PdfPage]) -> list[str]:
    """Lines that end with a number, while the short word that it counts begins the next."""
    pairs = ((one, two) for sheet in sheets for one, two in zip(sheet.body, sheet.body[1:], strict=False))
    return [
        f"{one.text[-20:]} / {two.text[:20]}"
        for one, two in pairs
        if re.search(r"(?<![\w.,/-])\d{1,3}$", one.text)
        and re.match(r"[a-z]{1,9}\b", two.text)
        and 0 < one.runs[0].baseline - two.runs[0].baseline < 26
        and one.runs[0].size == two.runs[0].size
    ]


def slashed(sheets: list[PdfPage]) -> list[str]:
    """Numbers whose zeros have the slash, which is for what is typed letter by letter."""
    runs = (run for sheet in sheets for line in sheet.lines for run in line.runs)
    number = re.compile(r"(?<![\w./-])[\d,]*0[\d,]*(?![\w/-]|\.\w)")
    return [run.text for run in runs if number.search(run.text) and "OpenZero" not in run.font.replace("-", "")]


@pytest.mark.pdf
def test_no_shipped_pdf_has_a_straight_mark_and_few_end_in_one_short_word(tmp_path: Path) -> None:
    choice = Choice(() if EVERYTHING else ("ipt",), no_worksheets=not EVERYTHING)
    _, result = build(Options(ROOT / "content", ROOT / "templates", tmp_path, TODAY, choice))
    for entry in result.made():
        sheets = read_pdf((tmp_path / entry.path).read_bytes())
        text = "\n".join(line.text for sheet in sheets for line in sheet.lines)
        assert re.findall(r"""\S*["']\S*""", text) == [], entry.path
        assert torn(sheets) == [], entry.path
        assert slashed(sheets) == [], entry.path
        assert len(apart(sheets)) <= MOST_APART, (entry.path, apart(sheets))
        assert len(short_ends(sheets)) <= MOST_SHORT_ENDS, (entry.path, short_ends(sheets))
