"""The Braille-ready file: contracted as readers know it, in pages that an embosser takes, and every number right."""

from __future__ import annotations

import ctypes
import functools
import itertools
import re

import pytest
from shipped_case import sample, shipped_pages

from printables.pages.formats import braille, liblouis
from printables.pages.formats.reading_order import read_in_order
from printables.pages.formats.registry import FormatMissing

TABLES = "en-us-brf.dis,en-ueb-g2.ctb"
MEND = "On Debian run `apt install liblouis20 liblouis-data`, on macOS `brew install liblouis`."
CELLS, LINES = 40, 25


def is_installed() -> bool:
    try:
        return bool(liblouis.version())
    except FormatMissing:
        return False


needs_liblouis = pytest.mark.skipif(not is_installed(), reason="liblouis is not installed")


def subjects() -> dict[str, str]:
    """The HTML of leaflets and worksheets that are shipped."""
    return dict(sample(shipped_pages().items()))


@functools.cache
def made(path: str) -> bytes:
    return braille.braille(subjects()[path])


def page(body: str, language: str = "en") -> str:
    return f'<!doctype html><html lang="{language}"><head><title>T</title></head><body>{body}</body></html>'


def pages(brf: bytes) -> list[list[str]]:
    """The lines of each page, the number first."""
    return [sheet.split("\r\n")[:-1] for sheet in brf.decode("ascii").split("\f")[:-1]]


def lines(body: str) -> list[str]:
    """The lines of a body that fits on one page, without the line of its number."""
    (sheet,) = pages(braille.braille(page(body)))
    return sheet[1:]


def words(brf: bytes) -> str:
    """The Braille of a file in one line, without the numbers of the pages."""
    return " ".join(" ".join(line for sheet in pages(brf) for line in sheet[1:]).split())


def print_of(cells: str) -> str:
    """Braille turned back into print by liblouis itself."""
    library = liblouis._library(liblouis.NAMES)
    size = library.lou_charSize()
    encoding = "utf-16-le" if size == 2 else "utf-32-le"
    given, room = cells.encode(encoding), 8 * len(cells) + 64
    out = ctypes.create_string_buffer(room * size)
    read_, written = ctypes.c_int(len(cells)), ctypes.c_int(room)
    assert library.lou_backTranslateString(
        TABLES.encode(), given, ctypes.byref(read_), out, ctypes.byref(written), None, None, 0
    )
    return out.raw[: written.value * size].decode(encoding)


@needs_liblouis
@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("and", "&"),
        ("for", "="),
        ("the", "!"),
        ("with", ")"),
        ("of", "("),
        ("people", "P"),
        ("knowledge", "K"),
        ("you", "Y"),
        ("mother", '"M'),
        ("Depression", ",DEPRES.N"),
        ("children", "*N"),
        ("cannot", "_C"),
        ("feeling", "FEEL+"),
        ("IPT", ",,IPT"),
        ("Call 999.", ",CALL #III4"),
        ("Call 116 123.", ',CALL #AAF"ABC4'),
        ("0800 1111", '#JHJJ"AAAA'),
        ("A&E", ",A@&,E"),
        ("trust [2].", "TRU/ .<#B.>4"),
        ("3 of 5", "#C ( #E"),
        ("don’t", "DON'T"),
    ],
)
def test_words_are_contracted_as_readers_know_them(text: str, cells: str) -> None:
    assert lines(f"<p>{text}</p>") == [f"  {cells}"]


@pytest.mark.slow
@needs_liblouis
def test_pages_are_those_of_an_embosser() -> None:
    assert len(subjects()) >= 4
    for path in subjects():
        brf = made(path)
        assert re.fullmatch(rb"(?:(?:[ -_]{1,40})?\r\n|\f)+", brf), path
        assert brf.endswith(b"\r\n\f"), path
        assert re.search(rb" \r|[^\n]\f|[^\r]\n|\f\f", brf) is None, path
        for number, sheet in enumerate(pages(brf), 1):
            assert len(sheet) < LINES, "the last line stays empty, or some embossers feed a blank page"
            assert print_of(sheet[0].strip()) == str(number) and len(sheet[0]) == CELLS
            assert sheet[1] and sheet[-1], path


@pytest.mark.slow
@needs_liblouis
def test_no_word_is_lost_doubled_or_split() -> None:
    for path, html in sample(subjects().items(), 12):
        reading = read_in_order(html)
        said = [
            [part.split() for part in braille._words(block, page_of(made(path)), TABLES)] for block in reading.blocks
        ]
        flat = [word for parts in said for part in parts for word in part]
        longer = [word for word in flat if len(word) > CELLS]
        assert [word for word in longer if not re.search("_/|-", word)] == [], "an address or a code can be divided"
        assert words(made(path)).replace(" ", "") == "".join(flat), path
        assert {word for word in flat if len(word) <= CELLS - 2} <= set(words(made(path)).split()), path


def page_of(brf: bytes) -> dict[str, int]:
    """The page that the pointer to help names, where there is one."""
    found = re.search(r"at the end on page (\d+)\.", print_of(words(brf)))
    return {"help-now": int(found[1])} if found else {}


@pytest.mark.slow
@needs_liblouis
def test_every_help_number_can_be_read_back() -> None:
    checked = 0
    for path, html in subjects().items():
        numbers = set(re.findall(r"\b(?:0\d{3}(?: \d{3,4})+|116 123|85258|999|111)\b", html))
        read_back = " ".join(print_of(line) for sheet in pages(made(path)) for line in sheet[1:])
        assert [number for number in numbers if not re.search(rf"\b{number}\b", read_back)] == [], path
        checked += len(numbers)
    assert checked > 20


@pytest.mark.slow
@needs_liblouis
def test_help_begins_a_page_and_the_pointer_names_it() -> None:
    pointed = [path for path, html in subjects().items() if 'data-page="' in html]
    assert len(pointed) >= 4
    for path in pointed:
        html = subjects()[path]
        sheets = [" ".join(print_of(line.strip()) for line in sheet) for sheet in pages(made(path))]
        number = page_of(made(path))["help-now"]
        assert f"at the end on page {number}." in sheets[0], path
        shown = re.findall(r"(?:Call|Text SHOUT to) [0-9 ]{3,}", re.split('id="help-lines"', html)[1])
        help_pages = " ".join(sheets[number - 1 : number + 1])  # a page of Braille has 25 short lines
        assert shown and all(line.strip() in help_pages for line in shown), path


@needs_liblouis
def test_layout_of_headings_paragraphs_lists_and_tables() -> None:
    body = """<h1>People</h1><p>And the people of the land and the people of the world and so on.</p>
<h3>The</h3><ol><li>And the people of the land and the people of the world and so on.</li></ol>
<h4>For</h4><ul><li>You<ul><li>With and with and with and with and with and with and with</li></ul></li></ul>
<table><thead><tr><th>And</th><th>For</th></tr></thead><tbody><tr><th>a</th>
<td>of the land and the people of the world and so on and on</td></tr></tbody></table>
<div class="tell-us"><ul><li>you</li></ul></div><ul><li>[3] x</li></ul>"""
    assert lines(body) == [
        "                   ,P",
        "",
        "  ,& ! P ( ! L& & ! P ( ! _W & S ON4",
        "",
        "    ,!",
        "#A4 ,& ! P ( ! L& & ! P ( ! _W & S ON4",
        "",
        "      ,=",
        ",Y",
        "  ,) & ) & ) & ) & ) & ) & )",
        "",
        ",&3 A",
        "  ,=3 ( ! L& & ! P ( ! _W & S ON & ON",
        "",
        ".< .> Y",
        ".<#C.> ;X",
    ]


@needs_liblouis
def test_runovers_hang_below_the_deepest_item() -> None:
    long = "knowledge is power, " * 5
    flat = lines(f"<p>{long}</p>")
    assert [len(line) - len(line.lstrip()) for line in flat] == [2, 0]
    nested = lines(f"<ul><li>{long}<ul><li>{long}</li></ul></li></ul>")
    assert [len(line) - len(line.lstrip()) for line in nested] == [0, 4, 2, 4]


@needs_liblouis
def test_an_item_goes_on_in_a_new_line() -> None:
    assert lines("<ol><li><p>Call</p><p>You</p></li></ol>") == ["#A4 ,CALL", "  ,Y"]


@needs_liblouis
def test_a_heading_never_stands_alone_at_the_foot() -> None:
    ends = set()
    for count in range(1, 40):
        body = "<p>And</p>" * count + "<h2>Heading</h2><p>" + "You and the people. " * 20 + "</p>"
        sheets = pages(braille.braille(page(body)))
        (at,) = [(n, sheet.index(line)) for n, sheet in enumerate(sheets) for line in sheet if ",H1D+" in line]
        number, place = at
        assert len(sheets[number]) >= place + 4, "the heading, a blank line and two lines of the text"
        ends.add(len(sheets[number]) - place)
    assert min(ends) == 4, "some heading did stand as low as it may"


@needs_liblouis
def test_a_short_list_stays_on_one_page_with_its_lead_in() -> None:
    for count in range(1, 30):
        body = "<p>And</p>" * count + "<p>Call:</p><ul>" + "<li>For</li>" * 9 + "</ul>"
        sheets = pages(braille.braille(page(body)))
        assert [sheet.count(",=") for sheet in sheets if ",=" in sheet] == [9]
        assert next("  ,CALL3" in sheet for sheet in sheets if ",=" in sheet)


@needs_liblouis
def test_a_list_longer_than_a_page_goes_on_overleaf() -> None:
    sheets = pages(braille.braille(page("<ul>" + "<li>For</li>" * 60 + "</ul>")))
    assert [sheet.count(",=") for sheet in sheets] == [23, 23, 14]


@needs_liblouis
def test_a_long_address_is_divided_after_a_slash_and_a_longer_one_with_a_hyphen() -> None:
    address = lines("<p>doi.org/10.1176/appi.ajp.2015.15091141-and-more-words</p>")
    assert address == ["  DOI4ORG_/#AJ4AAGF_/", "APPI4AJP#4BJAE4AEJIAADA-&-M-^WS"]
    for sign, end in (("-", "-"), ("z", "-")):
        (first, second) = lines(f"<p>{'zz' * 16}{sign}{'zz' * 16}</p>")
        assert first.endswith(end) and len(first) <= CELLS and second.strip("Z") == "", sign


@needs_liblouis
def test_signs_that_braille_lacks_are_named_and_unseen_ones_left_out() -> None:
    assert print_of(lines("<p>A ★ b</p>")[0]).strip() == "A (black star) b"
    assert lines("<p>y\u200bou\u00a0and</p>") == ["  Y &"]
    assert lines("<p>café – £3 ½</p>") == ["  CAF^/E ,- @L#C #A/B"]


@needs_liblouis
def test_same_page_same_bytes_and_a_version_to_key_them() -> None:
    html = page("<h1>People</h1><p>You and the people.</p>")
    assert braille.braille(html) == braille.braille(html)
    assert re.fullmatch(r"\d+\.\d+\.\d+", liblouis.version())


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liblouis, "NAMES", ("libnowhere.so.20", "nowhere-either"))
    expected = f"The Braille library liblouis is not installed. {MEND}"
    for call in (liblouis.version, lambda: braille.braille(page("<p>x</p>"))):
        with pytest.raises(FormatMissing) as caught:
            call()
        assert " ".join(caught.value.args) == expected


@needs_liblouis
def test_a_missing_table_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(liblouis, "TABLES", {"en": "en-nowhere.ctb"})
    with pytest.raises(FormatMissing) as caught:
        braille.braille(page("<p>x</p>"))
    assert " ".join(caught.value.args) == f"liblouis has no Braille table en-nowhere.ctb. {MEND}"
    assert capfd.readouterr() == ("", ""), "liblouis itself stays silent"


@needs_liblouis
def test_a_table_that_cannot_be_used_says_so() -> None:
    with pytest.raises(FormatMissing) as caught:
        liblouis._louis("x", "no.ctb")
    assert " ".join(caught.value.args) == f"liblouis cannot use its Braille table no.ctb. {MEND}"


def test_a_language_without_a_table_is_refused() -> None:
    with pytest.raises(FormatMissing) as caught:
        braille.braille(page("<p>x</p>", "fr"))
    assert " ".join(caught.value.args) == 'There is no Braille for the language "fr". Make it without Braille.'


class TwoBytes:
    """Stands in for a liblouis that was built with characters of two bytes: it gives back what it is given."""

    calls = itertools.count()

    def lou_charSize(self) -> int:  # noqa: N802 - its own name
        return 2

    def lou_translateString(  # noqa: N802 - the same, with all that the real one takes
        self, _tables: bytes, given: bytes, length: object, out: object, room: object, _a: None, _b: None, _mode: int
    ) -> int:
        next(self.calls)
        count = min(length._obj.value, room._obj.value)  # type: ignore[attr-defined]
        ctypes.memmove(out, given, 2 * count)  # type: ignore[arg-type]
        length._obj.value = room._obj.value = count  # type: ignore[attr-defined]
        return 1


def test_characters_of_two_bytes_and_a_second_try_where_there_is_too_little_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(liblouis, "_library", lambda _: TwoBytes())
    before = next(TwoBytes.calls)
    assert liblouis._louis("Café and more", "t.ctb") == "Café and more"
    assert liblouis._louis("Café and more", "t.ctb", room=5) == "Café and more"
    assert next(TwoBytes.calls) - before == 5, "once, and then with room for 5, 10 and 20"
