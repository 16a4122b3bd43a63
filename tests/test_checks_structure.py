"""The page's structure: every rule with the one piece of HTML that breaks it."""

from __future__ import annotations

import pytest
from leaflet_case import AUDIENCES, real
from library_case import IPT, LibraryCase

from printables.checks.structure import faults

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>IPT: adults</title></head>
<body><h1>IPT</h1><h2 id="first">First</h2><h3>More</h3><h2>Second</h2>
<p><a href="#first">See first</a> <a href="https://example.org/a">Read</a> <a href="tel:116123">116 123</a></p>
<table><tr><th scope="col">A</th><td colspan="2">b</td></tr></table>
<p><img src="a.png" alt="A drawing"></p><!-- here -->
</body></html>"""

ONE_LEVEL = ("A heading of level 4 follows one of level 2.", "Make it level 3.")
ALT = ("A picture has no alternative text.", "Write alt, or make it a CSS background.")
SCOPE = ("A header cell does not say what it heads.", 'Write scope="col" or scope="row".')
WORDS = ("A link has no words.", "Write what it leads to.")
LINKS = "Links begin with https://, mailto:, tel: or #."
SPAN = "Write a smaller one."
ONE_H1 = "Write exactly one <h1>."
DEEP = ("Elements are nested deeper than 60 levels.", "Make the template flatter.")

BAD = [
    ("<h4>Deep</h4>", ONE_LEVEL),
    ("<h1>Again</h1>", ("The page has 2 main headings.", ONE_H1)),
    ('<a href="https://example.org/"></a>', WORDS),
    ('<a href="https://example.org/"> <b> </b> </a>', WORDS),
    (
        '<a href="#nowhere">Go</a>',
        ('A link leads to "#nowhere", which is not on the page.', "Mend the link, or show that section."),
    ),
    ('<p id="first">x</p>', ('The id "first" stands twice on the page.', "Rename one.")),
    ("<table><tr><th>A</th></tr></table>", SCOPE),
    ('<table><tr><th scope="">A</th></tr></table>', SCOPE),
    ('<table><tr><td colspan="101">A</td></tr></table>', ('colspan="101" is more than 100.', SPAN)),
    ('<table><tr><td rowspan="-1">A</td></tr></table>', ('rowspan="-1" is more than 100.', SPAN)),
    ('<table><tr><td colspan="\u00b2">A</td></tr></table>', ('colspan="\u00b2" is more than 100.', SPAN)),
    (f'<table><tr><td colspan="{"9" * 5000}">A</td></tr></table>', ('colspan="999999999999" is more than 100.', SPAN)),
    ('<img src="b.png">', ALT),
    ('<img src="b.png" alt="">', ALT),
    ('<a href="javascript:alert(1)">Go</a>', ('A link leads to "javascript:alert(1)".', LINKS)),
    ('<a href="http://example.org/">Go</a>', ('A link leads to "http://example.org/".', LINKS)),
    ('<a href="adults.html">Go</a>', ('A link leads to "adults.html".', LINKS)),
    ("<div>" * 59 + "</div>" * 59, DEEP),
]
SPOILED = [
    ('<html lang="en">', "<html>", ("The page does not say its language.", "Write <html lang>.")),
    ('<html lang="en">', '<html lang="">', ("The page does not say its language.", "Write <html lang>.")),
    ("<title>IPT: adults</title>", "", ("The page has no title.", "Write <title>.")),
    ("<title>IPT: adults</title>", "<title> </title>", ("The page has no title.", "Write <title>.")),
    ("<h1>IPT</h1>", "<h1>IPT</h1><h3>x</h3>", ("A heading of level 3 follows one of level 1.", "Make it level 2.")),
]
GOOD = [
    "<h3>Deeper</h3><h4>Deeper still</h4>",
    '<a id="named"></a><p>x</p>'.replace("></a>", ">here</a>"),
    '<a href="mailto:jo@example.org"><b>Write</b></a>',
    '<table><tr><td colspan="100" rowspan="1">A</td></tr></table>',
    "<div>" * 58 + "</div>" * 58,
    '<svg role="img"><title>Three of 5</title><path d="M0 0"/></svg>',
]


def test_a_good_page_passes() -> None:
    assert list(faults(PAGE)) == []


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_our_pages_pass(audience: str) -> None:
    assert list(faults(real(audience).html)) == []


@pytest.mark.parametrize(("markup", "told"), BAD, ids=[bad[0][:40] for bad in BAD])
def test_bad_markup(markup: str, told: tuple[str, str]) -> None:
    assert list(faults(PAGE.replace("<!-- here -->", markup))) == [told]


@pytest.mark.parametrize(("old", "new", "told"), SPOILED)
def test_spoiled_page(old: str, new: str, told: tuple[str, str]) -> None:
    assert old in PAGE
    assert list(faults(PAGE.replace(old, new))) == [told]


@pytest.mark.parametrize("markup", GOOD)
def test_good_markup(markup: str) -> None:
    assert list(faults(PAGE.replace("<!-- here -->", markup))) == []


def test_no_main_heading() -> None:
    told = list(faults(PAGE.replace("<h1>IPT</h1>", "")))
    assert told == [
        ("A heading of level 2 follows one of level 0.", "Make it level 1."),
        ("The page has 0 main headings.", ONE_H1),
    ]


@pytest.mark.slow
def test_a_link_that_an_author_typed_is_named_at_its_line(case: LibraryCase) -> None:
    line = (
        case.replace(IPT, "      When you are depressed, you may", "{}\n      See the [tips](#tips).", "  overview:")
        + 1
    )
    said = [case.shown(problem) for problem in case.check("ipt").problems]
    assert (
        f'{IPT}:{line}: A link leads to "#tips", which is not on the page. Mend the link, or show that section.' in said
    )
    assert not any("templates/" in one for one in said)
