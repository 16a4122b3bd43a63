"""What two visitors want of the website, done with their hands: each touch and each text that is typed is counted.

The receptionist's three leaflets and what a ward takes are counted at the print desk (test_site_desk.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from site_case import chromium, made_for_searches, page_of, serving, shared

pytestmark = pytest.mark.pdf
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


class Hands:
    """What somebody does on a page, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def search(self, words: str) -> None:
        """Touch the field, type, and press Enter."""
        self.actions += 3
        field = self.page.get_by_role("searchbox")
        field.click()
        field.fill(words)
        field.press("Enter")
        self.page.wait_for_selector("#site-results li")

    def touch(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def save(self, what: Locator) -> bytes:
        with self.page.expect_download() as download:
            self.touch(what)
        return Path(download.value.path()).read_bytes()


def test_a_mother_has_a_leaflet_in_large_print_in_four_actions(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As she would say it: the search knows whose mother she is, and which edition she asked for."""
    site = shared(tmp_path_factory) / "output/site"
    with serving(site) as address, page_of(browser) as page:
        page.goto(address)
        hands = Hands(page)
        hands.search("my daughter is depressed large print")
        first = page.locator("#site-results ol > li:not(.entry)").first
        data = hands.save(first.get_by_role("link", name="Download"))
    assert hands.actions == 4, "and two more to print: Ctrl and P, and the button of the window"
    assert data == (site / "leaflets/parents/ipt-parents-en-a4-large-print.pdf").read_bytes()


def test_a_teenager_reads_about_dbt_on_a_phone_and_saves_it_in_six_actions(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = shared(tmp_path_factory, made_for_searches, "searched") / "output/site"
    with serving(site) as address, page_of(browser, **PHONE) as page:
        page.goto(address)
        hands = Hands(page)
        hands.search("dbt")
        hands.touch(page.locator("#site-results .entry").first.get_by_role("link", name="teenagers"))
        hands.touch(page.get_by_role("link", name="Read it here").and_(page.locator(":visible")))
        page.wait_for_url("**/leaflets/teens/dbt-teens-en.html")
        assert page.get_by_role("heading", level=1).is_visible()
        data = hands.save(page.locator(".beside").get_by_role("link", name="Save"))
    assert hands.actions == 6
    assert data == (site / "leaflets/teens/dbt-teens-en.pdf").read_bytes()
