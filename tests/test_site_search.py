"""The search as people use it: in their own words, misspelt, for a child, on a phone, on any page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from site_case import chromium, made_for_searches, page_of, serving, shared

from printables.library.loader import load

pytestmark = [pytest.mark.pdf, pytest.mark.long]
ROOT = Path(__file__).resolve().parent.parent
PHONE = {"width": 360, "height": 740}
"""Nothing of a page is above it or below it on this screen unless somebody scrolls."""


class Search(NamedTuple):
    """What somebody types, whether help lines come first, and the first two things that are found."""

    typed: str
    help_first: bool
    first: str
    second: str = ""


ANXIETY, LOW, EATING, SLEEP = (
    "Anxiety and fears",
    "Depression and low mood",
    "Not eating enough (anorexia)",
    "Sleep problems",
)
TRAUMA, OCD, HARM = "Trauma and bad memories (PTSD)", "Obsessions and compulsions (OCD)", "Self-harm"
FAMILY = "Family therapy for an eating disorder: for parents and carers"
SEARCHES = (
    # in a crisis
    Search("I want to hurt myself", True, HARM, "DBT: skills for big feelings: for teenagers"),
    Search("kill myself", True, ""),
    Search("kms", True, ""),
    Search("my daughter is cutting herself", True, HARM),
    # misspelt
    Search("anxitey", False, ANXIETY, "Cognitive behavioural therapy (CBT): for adults"),
    Search("axiety", False, ANXIETY, "Cognitive behavioural therapy (CBT): for adults"),
    Search("depresion", False, LOW),
    Search(
        "skizophrenia",
        False,
        "Psychosis and schizophrenia",
        "Family therapy for psychosis (family intervention): for adults",
    ),
    # in everyday words
    Search("postnatal", False, "Depression in pregnancy or after a birth"),
    Search("panic", False, ANXIETY, "Worry and panic"),
    Search("trauma", False, TRAUMA, "Trauma-focused CBT (TF-CBT): for adults"),
    Search("can't sleep", False, SLEEP),
    Search("sleep diary", False, SLEEP, "Sleep diary: for adults"),
    Search("my wife hears voices", True, "Psychosis and schizophrenia"),
    Search("anorexia", False, EATING),
    # by parents
    Search("my son won't eat", False, EATING, FAMILY),
    Search(
        "my daughter keeps washing her hands",
        False,
        OCD,
        "Exposure and response prevention (ERP): for parents and carers",
    ),
    Search("child scared of school", False, ANXIETY, "Cognitive behavioural therapy (CBT): for parents and carers"),
    # by teenagers
    Search("exam stress", False, ANXIETY, "CBT: working on thoughts and habits: for teenagers"),
    Search("im 15 and feel so low", False, LOW),
    Search("therapy for teenagers", False, ""),
    Search("cbt", False, "Cognitive behavioural therapy (CBT)", "Cognitive behavioural therapy (CBT): for adults"),
    # what we do not have, and what says nothing
    Search("ADHD", False, ""),
    Search("an", False, ""),
)
NOTHING = ("kill myself", "kms", "ADHD", "an")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(tmp_path_factory, made_for_searches, "searched") / "output/site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def phone(browser: Browser, address: str) -> Iterator[Page]:
    with page_of(browser, viewport=PHONE) as page:
        page.goto(address)
        yield page


def search(page: Page, words: str) -> list[str]:
    """Ask for these words, and return the titles of what was found."""
    page.evaluate("document.getElementById('site-results').ariaBusy = 'true'")
    page.get_by_role("searchbox", name="Search the leaflets").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#site-results[aria-busy='false']", state="attached")
    return page.locator("#site-results ol > li > h3").all_inner_texts()


def hrefs(page: Page, within: str) -> list[str]:
    found: list[str] = page.evaluate("(one) => [...document.querySelectorAll(`${one} a`)].map((a) => a.href)", within)
    return found


@pytest.mark.parametrize("asked", SEARCHES, ids=lambda one: one.typed)
def test_twenty_searches_find_first_what_was_meant(phone: Page, asked: Search) -> None:
    found = search(phone, asked.typed)
    assert (asked.help_first or asked.typed in NOTHING) == phone.locator("#site-crisis").is_visible()
    if asked.typed in NOTHING:
        assert found == [], "nothing is found by two letters, nor by what begins like the word"
    else:
        assert found[0] == (asked.first or found[0])
        assert asked.second in ("", found[1])
    assert not any("for professionals" in one for one in found[:2])
    if found or asked.help_first:
        first = phone.locator("#site-crisis a[href^='tel:']" if asked.help_first else "#site-results li").first
        top = first.evaluate("one => one.getBoundingClientRect().top")
        assert phone.evaluate("scrollY") == 0 and top < PHONE["height"] - 44, "what comes first is seen at once"


def test_of_what_is_about_a_problem_the_strongest_evidence_comes_first(phone: Page, site: Path) -> None:
    """For each reader; 0 is the strongest. Pagefind by itself would put the longest page last."""
    seen = set()
    for words, problem in (("depression", "depression-any"), ("anorexia", "anorexia"), ("panic", "anxiety-and-panic")):
        search(phone, words)
        for reader in ("adults", "teens", "parents", "professionals"):
            links = phone.locator(f"#site-results ol > li.for-{reader}:not(.entry) h3 a[href*='/leaflets/']")
            pages = links.evaluate_all("all => all.map((one) => new URL(one.href).pathname.split('/our/shelf/')[1])")
            strength = re.compile(rf'content="{problem}" data-strength="(\d)"')
            found = [strength.search((site / path).read_text(encoding="utf-8")) for path in pages]
            order = [one[1] for one in found if one]
            assert order == sorted(order), (words, reader, pages)
            seen.add(len(order))
    assert max(seen) > 1, "there was something to put in order"


def test_professionals_come_last(phone: Page) -> None:
    found = search(phone, "trauma")
    readers = [re.search(r": for (\w+)", title) for title in found[1:]]
    said = [reader[1] for reader in readers if reader]
    assert "professionals" in said
    assert said.index("professionals") == len(said) - said.count("professionals")


def test_a_clinician_finds_their_own_leaflets_first(phone: Page) -> None:
    assert search(phone, "patients with ocd")[1].endswith(": for professionals")


def test_what_was_meant_is_said(phone: Page) -> None:
    search(phone, "anxitey")
    expect(phone.locator("#site-status")).to_have_text(re.compile(r"^Shown for “anxiety”\. \d+ results\.$"))
    search(phone, "anxiety")
    expect(phone.locator("#site-status")).to_have_text(re.compile(r"^\d+ results\.$"))


def test_problem_and_reader_are_carried_to_the_leaflet(browser: Browser, address: str) -> None:
    """From anorexia to family therapy: the leaflet about eating disorders, for the reader who asked."""
    with page_of(browser, viewport=PHONE) as page:
        page.goto(address)
        search(page, "my son won't eat")
        page.locator("#site-results h3 a").first.click()
        page.wait_for_url("**/conditions/anorexia.html#for-parents")
        assert page.get_by_role("tab", selected=True).inner_text() == "parents and carers"
        panel = page.get_by_role("tabpanel")
        assert panel.get_by_role("heading", level=2).inner_text() == "For parents and carers"
        panel.get_by_role("link", name="More about family therapy").click()
        page.wait_for_url("**/therapies/family-therapy.html#for-parents")
        assert page.get_by_role("tab", selected=True).inner_text() == "parents and carers"
        page.go_back()
        panel.get_by_role("link", name="Family therapy for an eating disorder").click()
        page.wait_for_url("**/leaflets/parents/family-therapy-parents-en.html")
        said = " ".join(page.locator("h1").inner_text().split())  # its end is for those who listen
        assert said == "Family therapy for an eating disorder for parents and carers"


def test_a_problem_offers_only_leaflets_about_it(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}conditions/anorexia.html")
        assert page.get_by_role("tab").all_inner_texts() == ["teenagers", "parents and carers", "professionals"]
        assert not any("family-therapy-adults" in one for one in hrefs(page, "main"))


def test_the_a_to_z_has_one_entry_a_problem_with_a_sentence(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}conditions.html")
        names = page.locator(".letter li > a").all_inner_texts()
        assert [name for name in names if "epression" in name] == [
            "Depression and low mood",
            "Depression in pregnancy or after a birth",
        ]
        assert names == sorted(names, key=str.casefold)
        told = page.locator(".letter li > p").all_inner_texts()
        assert len(told) == len(names) and all(re.fullmatch(r"[^.]+\.", one) for one in told)


def test_a_reader_who_was_chosen_stays_chosen(browser: Browser, address: str) -> None:
    with page_of(browser, viewport=PHONE) as page:
        page.goto(address)
        page.get_by_role("link", name="For young people aged 12 to 17").click()
        page.wait_for_url("**/conditions.html#for-teens")
        shown = page.locator(".letter li > a:visible").all_inner_texts()
        assert "Obsessions and compulsions (OCD)" in shown and "Sleep problems" not in shown
        page.get_by_role("link", name="Obsessions and compulsions (OCD)").click()
        page.wait_for_url("**/conditions/ocd.html#for-teens")
        assert page.get_by_role("tab", selected=True).inner_text() == "teenagers"
        page.go_back()
        page.locator(".carry").get_by_role("link", name="everyone").click()
        assert "Sleep problems" in page.locator(".letter li > a:visible").all_inner_texts()


PAGES = ("therapies/ipt.html", "leaflets/teens/dbt-teens-en.html", "conditions.html", "desk.html", "help.html")


@pytest.mark.parametrize("path", PAGES)
def test_the_search_stands_on_every_page(browser: Browser, address: str, path: str) -> None:
    with page_of(browser, viewport=PHONE) as page:
        page.goto(address + path)
        assert search(page, "panic")[:2] == [ANXIETY, "Worry and panic"]
        assert page.locator("main").is_hidden(), "what was found takes the place of the page"
        top = page.locator("#site-results li").first.evaluate("one => one.getBoundingClientRect().top")
        assert top < PHONE["height"] - 100
        assert page.url == address + path, "the page is still the same"
        assert (
            page.locator("#site-results h3 a").first.get_attribute("href") == f"{address}conditions/anxiety-young.html"
        )
        search(page, "unalive")
        assert page.locator("#site-crisis").is_visible() and page.locator("#site-crisis a[href='tel:999']").is_visible()
        page.get_by_role("button", name="Clear all").click()
        expect(page.locator("main")).to_be_visible()
        assert page.locator("#site-crisis").is_hidden()


def test_no_query_leaves_the_page(browser: Browser, address: str) -> None:
    with page_of(browser, viewport=PHONE) as page:
        told: list[str] = []
        page.on("request", lambda request: told.append(f"{request.url} {request.post_data} {request.headers}"))
        for path in ("index.html", "therapies/dbt.html"):
            page.goto(address + path)
            for words in ("anxitey", "my son won't eat", "kill myself", "xylophone"):
                search(page, words)
            page.wait_for_load_state("networkidle")
    sent = " ".join(told).lower()
    assert len(told) > 10
    assert [one for one in ("anxitey", "son", "kill", "xylophone") if re.search(rf"[^a-z]{one}[^a-z]", sent)] == []


def test_filters_are_folded_and_each_leaves_something_to_choose(phone: Page) -> None:
    labels = ("Who it is for", "Problem", "Age")
    assert phone.get_by_label("Who it is for").is_hidden()
    phone.locator(".filters summary").click()
    for label in labels:
        expect(phone.get_by_label(label, exact=True)).to_be_visible()
        expect(phone.get_by_label(label, exact=True).locator("option").nth(2)).to_be_attached()
    assert phone.locator(".filters select").count() == len(labels), "one language and one edition are no choice"
    phone.locator(".filters summary").click()


def test_where_the_index_is_missing_problems_are_found_all_the_same(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(address)
    assert search(page, "my son won't eat") == [EATING]
    assert page.locator("#site-status").inner_text().startswith("Part of the search is not available")
    page.close()


def test_from_a_disk_problems_and_therapies_are_found(browser: Browser, site: Path) -> None:
    with page_of(browser, offline=True) as page:
        page.goto((site / "conditions.html").as_uri())
        assert search(page, "axiety") == [ANXIETY]
        page.locator("#site-results h3 a").click()
        assert page.locator("h1").inner_text() == ANXIETY


def test_every_word_of_the_content_finds_its_problem(browser: Browser, address: str) -> None:
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    words = library.site_words["en"].search
    with page_of(browser) as page:
        page.goto(address)
        search(page, "sleep")  # the words are loaded
        here = {one["id"] for one in page.evaluate("siteWords.problems")}
        typed = [
            [name, phrase.replace("*", "")]
            for name, problem in words.problems.items()
            if name in here
            for phrase in problem.words
        ]
        found = page.evaluate(
            """(typed) => typed.filter(([name, words]) => !meaning(spelt(plainWords(words, " "), siteWords), siteWords)
                .problems.some((one) => one.id === name))""",
            typed,
        )
        wrong = page.evaluate(
            "(pairs) => pairs.filter(([wrong, right]) => spelt(plainWords(wrong, ' '), siteWords) !== right)",
            [[wrong, right] for wrong, right in words.corrections().items()],
        )
    assert len(typed) > 200 and found == []
    assert wrong == []


def test_the_words_of_the_search_are_small(site: Path) -> None:
    (script,) = (site / "assets").glob("words.js")
    assert script.stat().st_size < 30_000
    assert json.loads(script.read_text(encoding="utf-8").removeprefix("var siteWords = ").rstrip(";\n"))["lay"]
