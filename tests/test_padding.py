"""Step 5, note pages: a leaflet comes to whole sheets of paper, and its rules are those of the leaflet without them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sample_leaflet import HTML, leaflet, spoiled

from printables.checklist import Rule
from printables.typeset.engine import typeset
from printables.typeset.inspect.inspect import inspect, pdf_text
from printables.typeset.page import Finding, Page, Printed, PrintRules
from printables.typeset.parsed_styles import forget
from printables.typeset.pdf.padding import missing, own_pages, padded

NOTES = (
    '<section id="notes-{number}" class="notes"><h2>Room for your notes</h2>'
    '<div class="line"></div><div class="line"></div><p>Bring this page along.</p></section>'
)
CSS = """
.notes, .cover { break-before: page } .cover { break-before: auto; break-after: page }
.line { height: 50mm; border-bottom: 1pt solid #555 }
"""
RULES = PrintRules(max_pages=2, whole=("help-now",))
COVER = '<section id="cover" class="cover"><p>A leaflet for you</p></section>'


def page(multiple: int, filler: str = NOTES, rules: PrintRules = RULES, body: str = "") -> Page:
    """The sample, which has two pages, to be filled up with note pages."""
    return replace(spoiled(body, CSS, rules), multiple=multiple, filler=filler)


def covered(rules: PrintRules) -> Page:
    """The sample behind a cover."""
    return leaflet(("<body>", f"<body>{COVER}"), css=CSS, rules=rules)


def rules_of(printed: Printed) -> list[tuple[str, str]]:
    return [(finding.rule, finding.what) for finding in printed.findings]


@pytest.mark.parametrize(
    ("pages", "multiple", "wanting"), [(1, 1, 0), (5, 1, 0), (5, 2, 1), (6, 2, 0), (5, 4, 3), (8, 4, 0), (0, 4, 0)]
)
def test_how_many_pages_are_wanting(pages: int, multiple: int, wanting: int) -> None:
    assert missing(pages, multiple) == wanting


def test_fillers_are_the_last_things_in_the_body_and_numbered() -> None:
    html = padded("<body><p>a</p></body></html>", "<i id='n{number}'>{number}</i>", 2)
    assert html == "<body><p>a</p><i id='n1'>1</i><i id='n2'>2</i></body></html>"
    assert padded("<p>a</p>", "<i>{number}</i>", 1) == "<p>a</p><i>1</i>"


@pytest.mark.pdf
def test_two_pages_become_four_and_every_footer_knows_it() -> None:
    printed = typeset(page(4))
    assert printed.findings == ()
    texts = pdf_text(printed.pdf)
    assert printed.pages == len(texts) == 4
    assert [re.findall(r"Page \d of \d", text) for text in texts] == [[f"Page {n} of 4"] for n in (1, 2, 3, 4)]
    assert ["Room for your notes" in text for text in texts] == [False, False, True, True]


UNGUESSED = "<!-- no section first: how many are needed is found out before they are laid out -->"
FEW = spoiled("", CSS, replace(RULES, max_pages=9))
MORE = spoiled("<p>More.</p>" * 60, CSS, replace(RULES, max_pages=9))


@pytest.mark.pdf
@pytest.mark.parametrize("multiple", [2, 4])
@pytest.mark.parametrize("back", ["", '<section id="back" class="notes"><p>Behind</p></section>'])
def test_a_guess_how_many_are_needed_changes_no_byte(multiple: int, back: str) -> None:
    """Whatever was needed last, and where nothing can be guessed, the pages are the same."""
    pages = [replace(one, multiple=multiple, filler=NOTES, back=back) for one in (FEW, MORE, FEW)]
    forget()
    guessed = [typeset(one) for one in pages]
    assert guessed == [typeset(replace(one, filler=f"{UNGUESSED}{NOTES}")) for one in pages]
    assert len({printed.pages for printed in guessed}) == len({printed.pdf for printed in guessed}) == 2


@pytest.mark.pdf
def test_note_pages_that_begin_no_page_are_not_guessed() -> None:
    inline = replace(page(2), css=CSS.replace(".notes, .cover { break-before: page }", ""))
    assert own_pages_guessed(inline) is None and own_pages_guessed(page(4)) == 2
    for multiple in (2, 4):
        one = replace(inline, multiple=multiple)
        assert typeset(one) == typeset(replace(one, filler=f"{UNGUESSED}{NOTES}"))


def own_pages_guessed(one: Page) -> int | None:
    """How many pages of its own a page with one filler seems to have."""
    import weasyprint

    sheet = weasyprint.CSS(string=one.css)
    document = weasyprint.HTML(string=padded(one.html, one.filler, 1)).render(stylesheets=[sheet])
    return own_pages(document, one, 1)


@pytest.mark.pdf
@pytest.mark.parametrize("multiple", [1, 2])
def test_what_is_a_multiple_already_stays_as_it_is(multiple: int) -> None:
    assert typeset(page(multiple)).pdf == typeset(leaflet(css=CSS, rules=RULES)).pdf


@pytest.mark.pdf
def test_the_budget_is_that_of_the_leaflet_alone() -> None:
    """Two pages may be two pages, though four are printed; one page more is still one too many."""
    assert typeset(page(4, rules=replace(RULES, max_pages=2, min_pages=2))).findings == ()
    over = typeset(page(4, rules=replace(RULES, max_pages=1)))
    assert rules_of(over) == [("A17", "The leaflet has 2 pages and may have 1.")]
    few = typeset(page(4, rules=replace(RULES, max_pages=4, min_pages=3)))
    assert rules_of(few) == [("A17", "The leaflet has 2 pages, fewer than the 3 that it should have.")]


@pytest.mark.pdf
def test_the_last_page_is_that_of_the_leaflet_alone() -> None:
    """A note page with one line to write on is no complaint; a leaflet's own nearly empty last page stays one."""
    short = '<section id="notes-{number}" class="notes"><h2>Notes</h2><p>Write here.</p></section>'
    assert typeset(page(4, short)).findings == ()
    spoil = ("<h2>Where this comes from</h2>", '<h2 style="break-before: page">Where this comes from</h2>')
    empty = typeset(replace(leaflet(spoil, css=CSS), multiple=4, filler=NOTES))
    assert empty.pages == 4
    assert [words[:26] for _, words in rules_of(empty)] == ["The last page (3) is only "]


@pytest.mark.pdf
def test_the_words_of_note_pages_are_looked_for_like_any_others() -> None:
    (finding,) = typeset(page(4, NOTES.replace("<p>", '<p style="height: 2mm; overflow: hidden">'))).findings
    assert finding.what.startswith('6 words are missing from the PDF, near "Bring this page along')
    assert finding.section == "notes-1"  # the word "page" stands in each footer


@pytest.mark.pdf
def test_a_filler_of_two_pages_is_an_error() -> None:
    long = NOTES.replace('<div class="line"></div>', '<div class="line"></div>' * 4)
    printed = typeset(page(4, long))
    assert printed.pages == 6
    assert printed.findings[0] == Finding(
        Rule.A16,
        "The note pages that fill up the leaflet should take 2 pages and take 4.",
        "Begin each on a page of its own, and take away lines until it fits on one page.",
    )


@pytest.mark.pdf
def test_no_filler_where_one_is_needed_is_an_error() -> None:
    printed = typeset(page(4, ""))
    assert printed.findings == (
        Finding(
            Rule.A16,
            "The leaflet has 2 pages, which is no multiple of 4, and the note page is empty.",
            "Give the note page a heading and lines to write on in its template.",
        ),
    )


@pytest.mark.pdf
def test_a_filled_up_leaflet_stands_a_later_look_beside_its_web_page() -> None:
    """`verify` looks at the PDF with the twin, which has no note pages."""
    printed = typeset(page(4))
    assert inspect(HTML, printed.pdf, replace(RULES, max_pages=printed.pages)) == []


@pytest.mark.pdf
def test_a_cover_counts_for_no_budget() -> None:
    rules = replace(RULES, max_pages=2, min_pages=2)
    assert typeset(covered(replace(rules, cover=1))).findings == ()
    assert rules_of(typeset(covered(rules))) == [("A17", "The leaflet has 3 pages and may have 2.")]
    assert typeset(replace(covered(replace(rules, cover=1)), multiple=4, filler=NOTES)).findings == ()


@pytest.mark.pdf
def test_behind_a_cover_the_first_page_is_the_second() -> None:
    first = replace(RULES, max_pages=3, first_page=("in-short",))
    assert typeset(covered(replace(first, cover=1))).findings == ()
    without = typeset(covered(first))
    assert rules_of(without) == [("T2", 'The part "In short" does not stand whole on page 1.')]
    late = typeset(covered(replace(first, cover=1, first_page=("help-now",))))
    assert rules_of(late) == [("T2", 'The part "Help now" does not stand whole on page 2.')]
