"""The print desk understands the everyday words that the website's own search knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from site_case import chromium, page_of, serving, shared

pytestmark = pytest.mark.pdf


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(tmp_path_factory) / "output/site"


def rows(page: Page, words: str) -> list[str]:
    page.get_by_label("Title, therapy or problem").fill(words)
    expect(page.locator("#desk-status")).not_to_have_text("")
    page.wait_for_function("typeof siteWords !== 'undefined'")
    return [str(one) for one in page.locator("#desk-rows input").evaluate_all("all => all.map((one) => one.ariaLabel)")]


def test_everyday_words_find_the_problem_and_the_reader(browser: Browser, site: Path) -> None:
    with serving(site) as address, page_of(browser) as page:
        page.goto(f"{address}desk.html")
        found = rows(page, "can't sleep")
        assert found and all("insomnia" in one.lower() or "sleep" in one.lower() for one in found), found
        mine = rows(page, "my daughter is depressed")
        assert mine and all(one.endswith("parents and carers") for one in mine), mine
        assert rows(page, "xylophone") == []
        titles = rows(page, "psychotherapy")
        assert titles[0] == "Interpersonal psychotherapy: for adults", "titles are looked through first"


def test_from_a_disk_too(browser: Browser, site: Path) -> None:
    with page_of(browser) as page:
        page.goto((site / "desk.html").as_uri())
        assert rows(page, "can't sleep")
