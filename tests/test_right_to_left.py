"""Pages from right to left, by the real engine: the Arabic leaflet about IPT, and above all its numbers to ring."""

from __future__ import annotations

import ctypes
import dataclasses
import io
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from printables.library.editions import Edition
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.formats.braille import braille
from printables.pages.formats.direction import isolated_in_text, isolated_on_page
from printables.pages.formats.registry import FormatMissing
from printables.pages.formats.text import plain_text
from printables.pages.formats.typography import typographic
from printables.pages.templates.render import Pages
from printables.pipeline.build import Options, check
from printables.pipeline.print_job import print_job
from printables.plan import Choice
from printables.publish.jobs import PrintJob
from printables.typeset.engine import typeset
from printables.typeset.inspect.source import read_html, words_in
from printables.typeset.inspect.text import read_pdf

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 12, 1)
RTL = '<html lang="ar" dir="rtl"><body><p>{}</p></body></html>'
NUMBERS = {"999": 2, "111": 2, "116 123": 2, "85258": 1}
"""How often they stand there at least: three are on the first page, too."""

pytestmark = pytest.mark.pdf


@cache
def job(language: str) -> PrintJob:
    """The adults' leaflet in a language; the check must find no error."""
    choice = Choice(("ipt",), ("adults",), no_worksheets=True)
    options = Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY, choice, language=language)
    made = check(options)
    assert [str(problem) for problem in made.problems if problem.severity == "error"] == []
    return print_job(made.pages, made.good()[0])


@cache
def printed(language: str) -> bytes:
    """The same as a PDF."""
    done = typeset(job("" if language == "en" else language).page)
    assert [finding.what for finding in done.findings if finding.severity == "error"] == []
    return done.pdf


def rows_of(pdf: bytes, wanted: Callable[[str], bool]) -> list[str]:
    """The wanted signs on each row of the paper, from its left edge to its right one, as an eye sees them."""
    rows: list[str] = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            letters = page.get_textpage()
            placed: dict[int, list[tuple[float, str]]] = defaultdict(list)
            for at in range(letters.count_chars()):
                sign = chr(raw.FPDFText_GetUnicode(letters, at))
                if wanted(sign):
                    left, baseline = ctypes.c_double(), ctypes.c_double()
                    assert raw.FPDFText_GetCharOrigin(letters, at, left, baseline)
                    placed[round(baseline.value)].append((left.value, sign))
            rows += ["".join(sign for _, sign in sorted(row)) for _, row in sorted(placed.items())]
    return rows


def seen_rows(pdf: bytes) -> list[str]:
    """The figures on each row."""
    return rows_of(pdf, str.isdigit)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_number_to_ring_is_seen_as_it_is_dialled(language: str) -> None:
    rows = seen_rows(printed(language))
    for number, times in NUMBERS.items():
        assert sum(number.replace(" ", "") in row for row in rows) >= times, (number, rows)


def test_companion_a_number_that_nothing_holds_together_is_seen_the_wrong_way_round() -> None:
    page = job("ar").page
    loose = re.sub(r'<span dir="ltr">116.123</span>', "116 123", page.html)
    assert loose != page.html
    rows = seen_rows(typeset(dataclasses.replace(page, html=loose)).pdf)
    assert any("123116" in row for row in rows)


def seen_latin(pdf: bytes) -> list[str]:
    """Latin letters, figures and their signs on each row of the paper, from its left edge to its right one."""
    return rows_of(pdf, lambda sign: sign.isascii() and not sign.isspace())


def test_addresses_and_the_code_of_a_version_are_seen_as_they_are_typed() -> None:
    page = job("ar").page
    code = re.search(r'name="keywords" content="([^"]+)"', page.html)
    shown = re.findall(r'<a [^>]*href="https[^>]*>([a-z0-9./-]+)</a>', page.html)
    rows = seen_latin(printed("ar"))
    assert code and any(code[1] in row for row in rows), rows
    assert len(shown) > 5
    for address in shown:  # a long one is broken behind a slash
        parts = [part for part in re.split(r"(?<=/)", address) if part]
        assert all(any(part in row for row in rows) for part in parts), (address, rows)


@pytest.mark.parametrize(
    "typed",
    ["116 123", "12-17", "24–7", "+44 20 7946 0000", "£5", "10:30-11:30", "WS-TALK-ADULT-AR-1.0-9PWX"],
)
def test_what_would_be_turned_round_is_isolated(typed: str) -> None:
    assert f'<p>من <span dir="ltr">{typed}</span>. ثم' in isolated_on_page(RTL.format(f"من {typed}. ثم"))
    assert isolated_in_text(f"من {typed}. ثم") == f"من \u2066{typed}\u2069. ثم"


@pytest.mark.parametrize(
    "typed", ["nhs.uk", "doi.org/10.1007/s00787-021-01884-6", "https://a.b.uk/0-18-years/", "a.b@nhs.net"]
)
def test_an_address_is_whole_on_the_page_and_can_be_copied_from_plain_text(typed: str) -> None:
    assert f'<span dir="ltr">{typed}</span>، ثم' in isolated_on_page(RTL.format(f"من {typed}، ثم"))
    assert isolated_in_text(f"من {typed}، ثم") == f"من {typed}، ثم"


def test_a_link_stays_in_one_piece() -> None:
    """The engine makes an area without a tag for an element inside of a link, which checkers of PDF/UA refuse."""
    assert '<a href="tel:116123" dir="ltr">116 123</a>' in isolated_on_page(
        RTL.format('<a href="tel:116123">116 123</a>')
    )
    mixed = isolated_on_page(RTL.format('<a href="tel:116123">اتصل 116 123</a>'))
    assert "<span" not in mixed and "\u2066116 123\u2069" in mixed
    assert isolated_on_page(mixed) == mixed


def test_attributes_and_whole_words_are_left_alone() -> None:
    page = '<html dir="rtl"><body class="a-b" data-of="12-17"><p>8 إلى 16 ثم 3.5</p></body></html>'
    assert isolated_on_page(page) == page


def test_a_reader_shows_its_pages_two_by_two_from_the_right() -> None:
    for language, said in (("ar", "/R2L"), ("en", None)):
        with pikepdf.open(io.BytesIO(printed(language))) as pdf:
            assert pdf.Root.ViewerPreferences.get("/Direction") == said


def test_the_letters_of_an_edition_are_larger_than_those_of_the_script() -> None:
    """Large print stands behind the sheet for right to left, or 18 points would become less."""
    css = Pages(ROOT / "templates", ROOT / "templates").css(
        LeafletStyle("adults", Edition(large_print=True), direction="rtl")
    )
    assert css.index("14.75pt") < css.rindex("--text: 18pt")


def test_numbers_of_several_groups_are_isolated_in_each_form() -> None:
    arabic = '<html lang="ar" dir="rtl"><body><p>اتصل بالرقم 0800 068 4141 الآن</p></body></html>'
    made = typographic(arabic, "“”‘’")
    assert re.search(r'<span dir="ltr">0800.068.4141</span>', made)
    assert typographic(made, "“”‘’") == made
    assert "\u20660800 068 4141\u2069" in plain_text(made)
    english = arabic.replace(' dir="rtl"', "").replace("اتصل بالرقم", "Call").replace("الآن", "now")
    assert "<span" not in typographic(english, "“”‘’")
    assert "\u2066" not in plain_text(english)


def test_the_name_of_a_drawing_stays_bare_text() -> None:
    drawing = '<html dir="rtl"><body><svg><title>116 123</title></svg></body></html>'
    assert "<span" not in typographic(drawing, "“”‘’")


def test_the_words_of_an_arabic_leaflet_are_found_again_in_its_pdf() -> None:
    wanted = {word.folded for word in read_html(job("ar").page.html).words if not word.folded.isascii()}
    with pdfium.PdfDocument(printed("ar")) as document:
        copied = " ".join(page.get_textpage().get_text_range() for page in document)
    found = wanted & set(words_in(copied))
    assert len(wanted) > 400
    assert len(found) / len(wanted) >= 0.95, sorted(wanted - found)[:20]


def test_pages_are_numbered_and_titled_on_the_other_side() -> None:
    second = read_pdf(printed("ar"))[1]
    number = next(line for line in second.margins if line.text.startswith("2"))
    running = next(line for line in second.margins if "العلاج" in line.text)
    assert number.rect[2] < second.width / 2 < running.rect[2]
    english = read_pdf(printed("en"))[1]
    assert next(line for line in english.margins if line.text.startswith("2")).rect[0] > english.width / 2


def test_what_stays_english_names_its_language() -> None:
    with pikepdf.open(io.BytesIO(printed("ar"))) as pdf:
        tags = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item]
        named = [str(tag.Lang) for tag in tags if tag.get("/S") == "/Span"]
        assert str(pdf.Root.Lang) == "ar"
    cited = job("ar").page.html.count('<span lang="en"')
    assert named == ["en"] * len(named)
    assert len(named) >= cited > 0  # one for each line of a title
    with pikepdf.open(io.BytesIO(printed("en"))) as pdf:
        tags = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        assert [tag for tag in tags if tag.get("/S") == "/Span" and "/Lang" in tag] == []


def test_a_page_from_left_to_right_says_nothing_of_direction() -> None:
    assert "dir=" not in job("").page.html
    assert '<html lang="ar" dir="rtl" data-braille="ar-ar-g1.utb">' in job("ar").page.html


def test_a_language_names_its_own_table_of_braille() -> None:
    words = '<html lang="ar" dir="rtl"{}><body><h1>علاج</h1><p>كلام</p></body></html>'
    with pytest.raises(FormatMissing, match='There is no Braille for the language "ar"'):
        braille(words.format(""))
    try:
        made = braille(words.format(' data-braille="ar-ar-g1.utb"'))
    except FormatMissing as missing:
        pytest.skip(str(missing))
    assert b"KVM" in made  # kaf, lam with alef, meem
    assert b"UNKNOWN" not in made.upper() and b"ARABIC LETTER" not in made.upper()
