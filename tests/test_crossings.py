"""Step 5, what is drawn across a text: a heading over a table, a rule, the edge of a box, a line of a picture."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from leaflet_case import ROOT, TODAY
from PIL import Image
from sample_leaflet import RULES, leaflet

from printables.checklist import Rule
from printables.library.editions import edition
from printables.pipeline import build, print_job
from printables.plan import Choice
from printables.typeset.engine import typeset
from printables.typeset.inspect.text import TextLine, read_pdf
from printables.typeset.page import Finding, Page

pytestmark = pytest.mark.pdf

HEAD = "<thead><tr><th>Leaflet</th><th>Code</th></tr></thead>"
TABLE = f"<table>{HEAD}<tbody><tr><td>For you</td><td>A1</td></tr></tbody></table>"
HUNG = f'<div class="hung"><h3>Using the leaflets</h3><p>Offer the leaflet first.</p>{TABLE}</div>'
AS_IT_WAS = """
.hung { position: relative; padding-left: 102pt; min-height: 33pt; line-height: 15pt }
.hung h3 { position: absolute; left: 0; top: 0; width: 93pt; font-size: 13pt; margin: 0 } .hung p { margin: 0 }
.hung table { margin: 3pt 0 0 -102pt; width: calc(100% + 102pt); font-size: 12pt }
.hung th, .hung td { border: 0; border-bottom: 0.75pt solid #333; padding: 3pt 0 }
.hung thead > tr > * { border-top: 1.5pt solid #333; border-bottom: 1.5pt solid #333 }
"""
"""How the headings of professionals' leaflets hung in the margin when two of their words came to lie on a table."""
MEND = "Give the text or the box another place in the style sheet, or more room."


def spoiled(markup: str, css: str = "") -> Page:
    """The sample with `markup` near its end, on a page of its own."""
    rules = replace(RULES, last_page_fill=0, max_pages=4)
    return leaflet(("<!-- spoil here -->", f'<div style="break-before: page">{markup}</div>'), css=css, rules=rules)


def said(page: Page) -> list[str]:
    return [finding.what for finding in typeset(page).findings]


def placed(markup: str) -> str:
    return f'<div style="position: relative; height: 40mm; line-height: 18pt">{markup}</div>'


def box(style: str, inside: str = "") -> str:
    return f'<div style="position: absolute; box-sizing: border-box; {style}">{inside}</div>'


def svg(shapes: str) -> str:
    return f'<svg viewBox="0 0 100 100" style="width: 60mm; height: 60mm"><title>A drawing</title>{shapes}</svg>'


WORDS = '<p style="margin: 0">Bring a friend along.</p>'
ABOVE = f'<div style="position: relative">{WORDS}</div>'
"""The same words drawn after what stands before them."""


def test_a_heading_over_a_table_is_found() -> None:
    """The page as it was, which a build let pass: letters overlap by a quarter of their height, and a rule cuts."""
    assert said(spoiled(HUNG, AS_IT_WAS)) == [
        'The texts "leaflets" and "Leaflet" are printed over each other on page 3.'
    ]


def test_a_heading_on_the_rule_of_a_table_is_found() -> None:
    """Where only the rule lies on the heading, and no other word."""
    page = spoiled(HUNG.replace("<th>Leaflet</th>", "<td></td>"), AS_IT_WAS)
    assert typeset(page).findings == (
        Finding(
            Rule.A16,
            'A line or the edge of a box runs through the text "leaflets" on page 3.',
            MEND,
            section="questions",
        ),
    )


def test_beside_its_table_a_heading_is_no_fault() -> None:
    assert said(spoiled(HUNG, AS_IT_WAS + ".hung p { min-height: 30pt }")) == []


@pytest.mark.parametrize(
    "lower",
    [pytest.param(3, marks=pytest.mark.long), 6, pytest.param(9, marks=pytest.mark.long), 12],
    ids=lambda lower: f"{lower} points lower",
)
def test_wherever_a_heading_lies_on_its_table_it_is_found(lower: int) -> None:
    """Its second line over the rule, on the words of the head, on both: there is no place between that is let pass."""
    page = spoiled(HUNG, AS_IT_WAS + f".hung h3 {{ top: {lower - 3}pt }}")
    (what,) = said(page)
    assert "printed over each other" in what or "runs through the text" in what


@pytest.mark.parametrize(
    ("leading", "found"),
    [pytest.param(6, 1, marks=pytest.mark.long), pytest.param(9, 1, marks=pytest.mark.long), (10, 1), (18, 0)],
)
def test_lines_that_are_too_close_are_found(leading: int, found: int) -> None:
    words = '<p style="margin: 0; line-height: {}pt; width: 40mm">Bring a gift of yours and help a friend.</p>'
    assert [("printed over" in what) for what in said(spoiled(words.format(leading)))] == [True] * found


@pytest.mark.parametrize(("gap", "found"), [(-6, 1), (-4, 1), (0, 0)])
def test_words_on_one_baseline_that_run_into_each_other_are_found(gap: int, found: int) -> None:
    words = f'<p>Bring<span style="margin-left: {gap}pt; font-weight: 700">mother</span> along.</p>'
    start = 'The texts "Bring" and "mother'
    assert [what.startswith(start) and "over each other" in what for what in said(spoiled(words))] == [True] * found


def test_words_on_a_picture_made_of_dots_are_found() -> None:
    """A logo behind a text, which lies on it whole."""
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "#eee").save(made, "PNG")
    picture = (
        '<img src="logo.png" alt="A logo" style="position: absolute; left: -3mm; top: -3mm; width: 8cm; height: 2cm">'
    )
    page = replace(spoiled(placed(picture + ABOVE)), assets=(("logo.png", made.getvalue()),))
    assert said(page) == [CROSSED]


CROSSED = 'A line or the edge of a box runs through the text "Bring a friend along." on page 3.'


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(WORDS + box("left: 0; top: 8pt; width: 80mm; border-top: 1pt solid #333"), id="rule"),
        pytest.param(WORDS + box("left: 20mm; top: 0; height: 20mm; border-left: 1pt solid #333"), id="upright rule"),
        pytest.param(WORDS + box("left: 0; top: 9pt; width: 80mm; height: 20mm; border: 1pt solid #333"), id="frame"),
        pytest.param(box("left: 0; top: 9pt; width: 9cm; height: 2cm; background: #dde") + ABOVE, id="half on a tint"),
        pytest.param(WORDS + box("left: 0; top: 8pt; width: 80mm; height: 4pt; background: #333"), id="bar"),
        pytest.param(WORDS + box("left: -2mm; top: -2mm; width: 80mm; height: 20mm; background: #fff"), id="covered"),
    ],
)
def test_what_runs_through_a_text_is_found(drawn: str) -> None:
    assert said(spoiled(placed(drawn))) == [CROSSED]


@pytest.mark.parametrize(
    "shape",
    ['<circle cx="40" cy="42" r="8" fill="none" stroke="#333"/>', '<path d="M10 60L90 40" stroke="#333"/>'],
)
def test_a_line_of_a_picture_through_its_words_is_found(shape: str) -> None:
    words = '<text x="20" y="52" font-family="Atkinson Hyperlegible" font-size="8">Bring a friend</text>'
    assert said(spoiled(svg(words + shape))) == [
        'A line or the edge of a box runs through the text "Bring a friend" on page 3.'
    ]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(WORDS + box("left: 0; top: 17pt; width: 80mm; border-top: 1pt solid #333"), id="rule below"),
        pytest.param('<p style="margin: 0; border-bottom: 1pt solid #333">Bring a gift, yes.</p>', id="underlined"),
        pytest.param(box("left: 0; top: 0; width: 80mm; border: 1pt solid #333; border-radius: 9pt", WORDS), id="box"),
        pytest.param(
            box("left: 0; top: 0; width: 80mm; border: 9pt solid #333; border-width: 0 0 0 9pt; padding: 3pt", WORDS),
            id="a bar at the side of a box",
        ),
        pytest.param(
            box("left: 0; top: 9pt; width: 80mm; border-top: 1pt solid #333")
            + box("left: 0; top: 0; width: 80mm; background: #fff", WORDS),
            id="a label on a line",
        ),
        pytest.param(box("left: 0; top: 9pt; width: 9cm; height: 2cm; background: #fff") + ABOVE, id="white on white"),
    ],
)
def test_what_only_stands_by_is_no_fault(drawn: str) -> None:
    assert said(spoiled(placed(drawn))) == []


def test_a_label_inside_of_a_ring_is_no_fault() -> None:
    """The box around the ring's arcs holds the label; the arcs themselves do not come near it."""
    words = '<text x="30" y="52" font-family="Atkinson Hyperlegible" font-size="8">Me now</text>'
    assert said(spoiled(svg('<circle cx="44" cy="50" r="30" fill="none" stroke="#333"/>' + words))) == []


# The leaflets that it went wrong in


def professionals(therapy: str, name: str) -> list[TextLine]:
    """All lines of a leaflet for professionals, which is accepted."""
    choice = Choice((therapy,), ("professionals",), no_worksheets=True, editions=(edition(name),))
    checked = build.check(build.Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY, choice))
    (subject,) = checked.subjects
    made = typeset(print_job.print_job(checked.pages, subject).page)
    assert made.findings == ()
    return [line for sheet in read_pdf(made.pdf) for line in sheet.lines]


def place(lines: list[TextLine], text: str) -> int:
    (found,) = (at for at, line in enumerate(lines) if line.text == text)
    return found


@pytest.mark.parametrize("therapy", ["dbt", pytest.param("emdr", marks=pytest.mark.long)])
def test_a_hung_heading_stands_above_its_table(therapy: str) -> None:
    lines = professionals(therapy, "a4")
    heading, head = (lines[place(lines, text)] for text in ("leaflets", "Leaflet"))
    assert heading.page == head.page
    assert heading.rect[1] - head.rect[3] > 6, "points, with the rule of the table between them"


def test_a_hung_heading_goes_to_the_next_page_with_its_text() -> None:
    """It kept the distance to the rule above, which stayed behind, and so came to lie on the table."""
    lines = professionals("dbt", "letter")
    at = place(lines, "Techniques")
    text = next(line for line in lines if line.text.startswith("Skills are taught in the group"))
    assert lines[at].page == text.page
    assert lines[at].rect[1] == pytest.approx(text.rect[1], abs=4)
