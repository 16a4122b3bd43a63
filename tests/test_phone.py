"""Numbers in a line of text: what is touched, what is dialled, and that no wrong number is ever dialled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from library_case import LibraryCase

from printables.library.loader import load
from printables.library.phone import PhoneWords, is_unclear, reaches
from printables.pages.formats.web_page import linked, with_links, with_whole_numbers

WORDS = PhoneWords(call=["Call", "Ring", "Dial"], text=["Text"])
ROOT = Path(__file__).resolve().parent.parent


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[reach.start : reach.end], reach.address) for reach in reaches(text, WORDS)]


@pytest.mark.parametrize(
    ("text", "touched", "address"),
    [
        ("Call 999, or go to A&E.", "Call 999", "tel:999"),
        ("Call 111 and choose the mental health option (2).", "Call 111", "tel:111"),
        ("Call 111 (option 2).", "Call 111", "tel:111"),
        ("Call 116 123.", "Call 116 123", "tel:116123"),
        ("Call 116 123 24 hours a day", "Call 116 123", "tel:116123"),
        ("Text SHOUT to 85258.", "Text SHOUT to 85258", "sms:85258?&body=SHOUT"),
        ("Text 85258.", "Text 85258", "sms:85258"),
        ("Call 0800 83 85 87.", "Call 0800 83 85 87", "tel:0800838587"),
        ("Call 01632\u00a0960003.", "Call 01632\u00a0960003", "tel:01632960003"),
        ("call 999 24 hours a day", "call 999", "tel:999"),
        ("Call 0800 1111, 24/7", "Call 0800 1111", "tel:08001111"),
        ("Call 0800 1111 9am to 5pm", "Call 0800 1111", "tel:08001111"),
        ("Ring NHS 111", "Ring NHS 111", "tel:111"),
        ("Dial 000", "Dial 000", "tel:000"),
        ("01632 960001", "01632 960001", "tel:01632960001"),
        ("(01632) 960 001", "(01632) 960 001", "tel:01632960001"),
        ("+44 (0)20 7946 0000", "+44 (0)20 7946 0000", "tel:+442079460000"),
        ("Call 1-800-273-8255", "Call 1-800-273-8255", "tel:18002738255"),
        ("Call us, day or night, on 0300 123 4567", "0300 123 4567", "tel:03001234567"),
    ],
)
def test_a_number_is_found_with_its_verb(text: str, touched: str, address: str) -> None:
    assert shown(text) == [(touched, address)]
    assert not is_unclear(text, WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Call 0800 1111 24 hours a day",
        "Call 0800 1111 9-5",
        "Call 01632 960003 09-17",
        "Go to room 101",
        "Write to PO Box 12345",
        "Textphone 18001 0800 123 4567",
    ],
)
def test_where_it_is_not_sure_there_is_no_link(text: str) -> None:
    assert shown(text) == []
    assert is_unclear(text, WORDS)


@pytest.mark.parametrize("text", ["Weekdays, 9am to 5pm", "Go to A&E.", "Choose option 2", "https://a.example/0163296"])
def test_what_is_no_number_is_left_alone(text: str) -> None:
    assert shown(text) == []
    assert not is_unclear(text, WORDS)


def test_two_numbers_are_two_links() -> None:
    text = "Call 0800 068 4141, or text HELLO to 88247."
    assert shown(text) == [
        ("Call 0800 068 4141", "tel:08000684141"),
        ("text HELLO to 88247", "sms:88247?&body=HELLO"),
    ]
    assert shown("Call 999 or 112") == [("Call 999", "tel:999"), ("112", "tel:112")]


def test_a_number_to_call_or_text_is_two_links_whose_names_hold_it() -> None:
    first, second = reaches("Call or text 07700 900123.", WORDS)
    assert (first.address, first.name) == ("tel:07700900123", "Call 07700 900123")
    assert (second.address, second.name) == ("sms:07700900123", "")


def test_as_html_the_words_stay_and_are_escaped() -> None:
    assert linked("Call 999, or go to A&E.", WORDS) == (
        '<a class="reach" href="tel:999">Call 999</a><span class="reach-end">,</span> or go to A&amp;E.'
    )
    assert 'href="sms:85258?&amp;body=SHOUT"' in linked("Text SHOUT to 85258.", WORDS)
    assert linked("<b>Call</b>", WORDS) == "&lt;b&gt;Call&lt;/b&gt;"


def test_only_marked_elements_have_links_and_lose_the_mark() -> None:
    page = '<p>Call 999</p><li class="a" data-phone><b>Phone:</b> 01632 960001 &amp; more</li><i data-phone>none</i>'
    assert with_links(page, WORDS) == (
        '<p>Call 999</p><li class="a"><b>Phone:</b> <a class="reach" href="tel:01632960001">01632 960001</a>'
        " &amp; more</li><i>none</i>"
    )


@pytest.mark.slow
def test_the_groups_of_a_number_stay_on_one_line_where_it_is_marked() -> None:
    page = '<p class="a 1 2" data-phone>Call <b>0808 802 5544</b> at 12 noon.</p><p>2 3</p>'
    whole = page.replace("0808 802 5544", "0808\u00a0802\u00a05544")
    assert with_whole_numbers(page) == whole
    assert 'href="tel:08088025544"' in with_links(whole, WORDS)


def test_every_help_line_that_ships_can_be_touched() -> None:
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    for region in library.regions.values():
        for line in region.help_lines:
            (reach,) = reaches(line.how, library.locales[region.language].phone)
            figures = re.sub(r"\D", "", line.how.partition("(")[0].removesuffix(" 2."))
            assert reach.address.partition("?")[0] == ("sms:" if line.id == "shout" else "tel:") + figures


@pytest.mark.slow
def test_a_help_line_whose_number_is_not_clear_is_named_with_its_line(case: LibraryCase) -> None:
    number = case.replace(
        "content/regions/england.yaml", "    how: Call 0800 1111.", "    how: Call 0800 1111 24 hours."
    )
    library, problems = case.load()
    assert library is not None, "it is a warning"
    (said,) = problems
    assert said == (
        f'content/regions/england.yaml:{number}: In "Call 0800 1111 24 hours." it is not clear which figures are the '
        'number, so on a screen nobody can touch it to call. Write it after "Call" or "Text", with a comma or a full '
        "stop behind it."
    )


@pytest.mark.slow
def test_so_is_a_clinics_own(case: LibraryCase) -> None:
    number = case.replace("content/clinics/hillside.yaml", "  how: Call 01632 960103.", "  how: Room 101")
    _, (problem,) = case.load()
    assert problem.startswith(f'content/clinics/hillside.yaml:{number}: In "Room 101" it is not clear')
