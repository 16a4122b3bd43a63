"""The website for somebody who needs help now: the search, numbers that can be touched, and pages that are missing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from shipped_case import sample
from site_case import ADDRESS, SUB_PATH, chromium, page_of, serving, shared

from printables.library.loader import load

pytestmark = pytest.mark.pdf
ROOT = Path(__file__).resolve().parent.parent
LEAST = 44
"""CSS pixels that a finger hits (WCAG 2.2, 2.5.5)."""
LINES = 7
"""Help lines in England's file."""

CRISIS = (
    # adults
    "I want to hurt myself",
    "kill myself",
    "KILL MY SELF!!!",
    "suicide",
    "suicidal thoughts",
    "sucide",
    "suiside",
    "suicuide",
    "siucidal",
    "su1c1de",
    "s*icide",
    "want to die",
    "I don't want to live any more",
    "I don’t want to be here",
    "dont want to wake up",
    "end it all",
    "ending   my   life",
    "better off dead",
    "no reason to live",
    "I can't go on",
    "i cant do this anymore",
    "overdose",
    "over-dose",
    "took too many pills",
    "how much paracetamol",
    "self harm",
    "Self-Harm",
    "selfharming",
    "abuse",
    "my husband hits me",
    "he is hurting me",
    "domestic violence",
    "raped",
    "not safe at home",
    "scared of my partner",
    "hearing voices",
    "I might hurt my baby",
    "samaritans",
    "crisis",
    "please help",
    # teenagers
    "kms",
    "k.m.s.",
    "k m s",
    "kys",
    "unalive",
    "unaliving myself",
    "un-alive",
    "sewer slide",
    "ctb",
    "wanna die",
    "i wanna dieeee",
    "iwanttodie",
    "killmyself",
    "k1ll mys3lf",
    "cutting",
    "cuttting",
    "i cut my arms",
    "hate myself",
    "my uncle touches me",
    "dad hits mum",
    "nobody would miss me",
    "childline",
    "#suicidal",
    "Suicídio",
    # parents
    "my daughter is cutting herself",
    "my son says he wants to die",
    "my son is suicidal",
    "my child hurts himself",
    "teenager self-harm what to do",
    "my daughter took an overdose",
    "found cuts on her arm",
    "how do I keep my son safe from killing himself",
    "she wishes she was dead",
    # found missing when the list was tried
    "I want it all to end",
    "life isn't worth living",
    "lost the will to live",
    "sleep and never wake up",
    "no one would notice if I died",
    "wana kill my slef",
    "he won't let me leave the house",
    "being bullied",
    "help",
)
ORDINARY = (
    "grief",
    "sleep",
    "insomnia",
    "depression",
    "anxiety",
    "panic",
    "trauma",
    "anxitey",
    "ADHD",
    "OCD",
    "postnatal",
    "my son won't eat",
    "thought record",
    "therapy for teenagers",
    "low mood",
    "relationships",
    "arguments with my partner",
    "diary",
    "worksheet",
    "decide",
    "seaside",
    "outside",
    "<b>sleep</b>",
    "(self)",
    "help with anxiety",
    "my mum died",
    "ending therapy",
    "side effects of medication",
    "waking up early",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(tmp_path_factory) / "output/site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def search(page: Page, words: str) -> None:
    """Ask for these words, and wait until the search has answered."""
    page.evaluate("document.getElementById('site-results').ariaBusy = 'true'")
    page.get_by_role("searchbox", name="Search the leaflets").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_selector("#site-results[aria-busy='false']", state="attached")


def box(page: Page) -> Any:
    return page.get_by_role("region", name="You can talk to someone now")


def touched(page: Page, within: str = "") -> list[tuple[str, float]]:
    """The links that call or text which can be seen, and the lesser of their two sides."""
    found: list[tuple[str, float]] = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())
            .map((one) => [one.getAttribute("href"), Math.min(one.offsetWidth, one.offsetHeight)])""",
        f"{within} :is(a[href^='tel:'], a[href^='sms:'])",
    )
    return [(href, side) for href, side in found]


def too_small(page: Page) -> list[tuple[str, float]]:
    return [(href, side) for href, side in touched(page) if side < LEAST]


def tops(page: Page, *selectors: str) -> list[float]:
    return [page.locator(one).first.evaluate("one => one.getBoundingClientRect().top") for one in selectors]


def alarms(page: Page, typed: list[str]) -> list[str]:
    """Those of many texts that hold words of a crisis."""
    found: list[str] = page.evaluate("(typed) => typed.filter(crisisTest(crisisWords))", typed)
    return found


# The search


def test_words_of_a_crisis_bring_the_help_lines_first(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        assert set(CRISIS) - set(alarms(page, [*CRISIS])) == set()
        missed = []
        for words in sample(CRISIS, 20):
            search(page, words)
            if not box(page).is_visible() or len(touched(page, "#site-crisis")) != LINES:
                missed.append(words)
                continue
            first, filters, status = tops(page, "#site-crisis", ".filters", "#site-status")
            assert first < filters < status, words
        assert missed == []
        assert too_small(page) == []
        assert dict(touched(page, "#site-crisis")).keys() >= {"tel:999", "tel:116123", "sms:85258?&body=SHOUT"}


def test_results_stand_below_the_help_lines(browser: Browser, address: str) -> None:
    with page_of(browser, viewport={"width": 360, "height": 740}) as page:
        page.goto(address)
        search(page, "sleep abuse")
        search(page, "suicide")
        expect(page.locator("#site-results li").first).to_be_visible()
        after = "(a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING"
        for later in (".filters", "#site-status", "#site-results"):
            assert page.evaluate(
                f"({after})(document.getElementById('site-crisis'), document.querySelector('{later}'))"
            )
        assert too_small(page) == []


def test_every_phrase_of_the_list_is_found(browser: Browser, address: str) -> None:
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    words = library.site_words["en"].crisis
    typed = [
        re.sub(r"\(([a-z-]+)\)", lambda name: words.same[name[1]][-1], phrase).replace("*", "")
        for phrases in words.phrases.values()
        for phrase in phrases
    ]
    typed += words.alone
    typed += [f"is {words.phrases['suicide'][0].rstrip('*')}xx", *words.close_to]
    with page_of(browser) as page:
        page.goto(address)
        assert len(typed) > 350
        assert set(typed) - set(alarms(page, typed)) == set()


def test_no_word_of_our_own_titles_is_mistaken(browser: Browser, address: str) -> None:
    """A false alarm does no harm, but one for each therapy and problem would be noise."""
    library, _ = load(ROOT / "content", ROOT / "templates")
    assert library is not None
    names = [one.name for one in library.therapies.values()]
    names += [title.title for sheet in library.worksheets.values() for title in sheet.titles.values()]
    names += [name for condition in library.conditions.values() for name in condition.name.values()]
    with page_of(browser) as page:
        page.goto(address)
        mistaken = alarms(page, names)
    assert len(names) > 60
    assert [name for name in mistaken if not re.search("self-harm|suicid|voices|abuse|harm", name.lower())] == []


def test_ordinary_words_bring_no_box_and_take_it_away_again(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        alarms = []
        for words in sample(ORDINARY, 7):
            search(page, words)
            found = not page.locator("#site-status").inner_text().startswith("We have nothing")
            alarms += [words] if found and box(page).is_visible() else []
        assert alarms == []
        search(page, "kms")
        expect(box(page)).to_be_visible()
        search(page, "grief")
        expect(box(page)).to_be_hidden()
        search(page, "kms")
        page.get_by_role("button", name="Clear all").click()
        expect(box(page)).to_be_hidden()


def test_where_nothing_is_found_the_help_lines_stand_behind_the_reason(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        search(page, "xylophone")
        said = "We have nothing about that. Try another word, or look under Problems A to Z."
        assert page.locator("#site-status").inner_text() == said
        expect(box(page)).to_be_visible()
        status, first, all_of_them = tops(page, "#site-status", "#site-crisis", "#site-all")
        assert status < first < all_of_them
        assert len(touched(page, "#site-crisis")) == LINES and too_small(page) == []
        page.locator(".filters summary").click()
        page.get_by_label("Age", exact=True).select_option("0-11")
        page.get_by_label("Problem").select_option("insomnia")
        expect(page.locator("#site-status")).to_contain_text("We have nothing about that.")
        expect(box(page)).to_be_visible()


def off_line(browser: Browser, *paths: str) -> Page:
    """A page that cannot reach these files; the browser's own complaints are expected."""
    page = browser.new_page()
    for path in paths:
        page.route(path, lambda route: route.abort())
    return page


@pytest.mark.parametrize("path", ["**/pagefind/**", "**/pagefind/fragment/**", "**/pagefind/index/**"])
def test_where_the_index_cannot_be_reached_the_help_lines_are_there(browser: Browser, address: str, path: str) -> None:
    page = off_line(browser, path)
    page.goto(address)
    search(page, "grief")
    expect(page.locator("#site-status")).to_have_text(
        re.compile("^(Part of the search is not available|We have nothing)")
    )
    expect(box(page)).to_be_visible()
    assert page.locator("#site-all").is_visible() and page.locator("#site-results").is_hidden()
    search(page, "kill myself")
    expect(box(page)).to_be_visible()
    first, filters = tops(page, "#site-crisis", ".filters")
    assert first < filters
    page.close()


FOR_EVER = 120_000
"""Milliseconds: the machine may be busy."""


def test_while_the_index_loads_nobody_waits_for_the_help_lines(browser: Browser, address: str) -> None:
    """The index is never answered, so that whoever waited for it would wait for ever."""
    page = browser.new_page()
    held: list[str] = []
    for path in ("**/pagefind/**", "**/assets/words.js*"):
        page.route(path, lambda route: held.append(route.request.url))  # neither answered nor refused
    page.goto(f"{address}index.html?q=unalive", wait_until="domcontentloaded")
    expect(box(page)).to_be_visible(timeout=FOR_EVER)
    page.goto("about:blank")
    page.goto(address)
    page.get_by_role("searchbox").fill("want to die")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_visible(timeout=FOR_EVER)
    page.get_by_role("searchbox").fill("grief")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_hidden(timeout=FOR_EVER)
    expect(page.locator("#site-status")).to_have_text(
        "The search is taking longer than usual. Please wait.", timeout=FOR_EVER
    )
    expect(box(page)).to_be_visible()
    assert held
    page.close()


def test_from_a_folder_the_help_lines_come_as_well(browser: Browser, site: Path) -> None:
    with page_of(browser, offline=True) as page:
        page.goto((site / "index.html").as_uri())
        for words in ("cutting", "grief"):
            page.get_by_role("searchbox").fill(words)
            page.keyboard.press("Enter")
            expect(box(page)).to_be_visible()
            first, status = tops(page, "#site-crisis", "#site-status")
            assert (first < status) == (words == "cutting")
        status_text = page.locator("#site-status").inner_text()
        assert status_text.startswith("From a disk, the search finds problems and therapies")


def test_without_scripts_the_first_page_leads_to_the_help_lines(browser: Browser, address: str) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        page.goto(address)
        assert page.locator("[data-no-script] a").inner_text() == "Need help now?"
        page.locator("[data-no-script] a").click()
        assert len(touched(page)) >= LINES and too_small(page) == []


def test_a_search_is_told_to_nobody(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url + str(request.post_data or "")))
        page.goto(address)
        for words in ("grief", "unalive myself"):
            search(page, words)
            page.wait_for_load_state("networkidle")
        assert page.url == f"{address}", "words of a crisis do not stay in the address"
        search(page, "grief")
        assert page.url == f"{address}#q=grief"
        page.reload()
        page.wait_for_selector("#site-results li")
    assert len(asked) > 12
    assert [one for one in asked if re.search("grief|unalive|myself", one.partition("#")[0])] == []


def test_the_help_lines_are_announced_and_reached_by_keyboard(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        said = page.locator("#site-crisis-said")
        assert said.get_attribute("role") == "status" and said.inner_text() == ""
        search(page, "suicidal")
        expect(said).to_have_text("Numbers to call or text come first, before the results.")
        assert page.evaluate("document.activeElement.id") == "site-q", "nobody is moved away from what they type"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Search"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.href") == "tel:999"
        search(page, "xylophone")
        expect(said).to_have_text("If you need help now, numbers to call or text are below.")
        search(page, "grief")
        expect(said).to_be_empty()


# Numbers


@pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("path", "count"),
    [
        pytest.param("leaflets/adults/ipt-adults-en.html", 7, marks=pytest.mark.long),
        ("leaflets/teens/ipt-teens-en.html", 7),
        ("leaflets/parents/ipt-parents-en.html", 8),
        pytest.param("leaflets/professionals/ipt-professionals-en.html", 6, marks=pytest.mark.long),
        pytest.param("worksheets/adults/closeness-circles-adults-en.html", 4, marks=pytest.mark.long),
        ("worksheets/teens/closeness-circles-teens-en.html", 4),
        pytest.param("therapies/ipt.html#for-adults", 4, marks=pytest.mark.long),
        ("therapies/ipt.html#for-teens", 4),
        ("help.html", 12),
        ("404.html", LINES),
    ],
)
def test_every_help_line_of_a_page_can_be_touched(
    browser: Browser, address: str, path: str, count: int, width: int
) -> None:
    with page_of(browser, viewport={"width": width, "height": 800}) as page:
        page.goto(address + path)
        found = touched(page)
        assert len(found) == count
        assert too_small(page) == []
        assert all(re.fullmatch(r"tel:\d{3,11}|sms:85258\?&body=SHOUT", href) for href, _ in found)
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(fits)


def test_the_page_beside_a_pdf_can_be_touched_as_well(browser: Browser, site: Path) -> None:
    with page_of(browser, offline=True, viewport={"width": 360, "height": 740}) as page:
        page.goto((site.parent / "leaflets/teens/ipt-teens-en.html").as_uri())
        assert len(touched(page)) == 7 and too_small(page) == []  # 3 on page 1, and 4 in the box


# A page that is missing


DEPTHS = ["old.html", "leaflets/old.html", "leaflets/adults/old.html", "a/b/c/old.html", "pagefind/x/leaflets/old"]


ELSEWHERE = (("/elsewhere", DEPTHS[0]), ("/else/where/leaflets", DEPTHS[-1]))
"""Near the top, and where a folder above the website is called as one in it."""
some_depths = pytest.mark.parametrize(
    "path", [pytest.param(one, marks=() if one in (DEPTHS[0], DEPTHS[-1]) else pytest.mark.long) for one in DEPTHS]
)


def missing(browser: Browser, address: str, **options: Any) -> tuple[Page, list[str]]:
    """The page that is shown, and what the browser complains about beside its being missing."""
    page = browser.new_page(**options)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if "404 (Not Found)" not in said.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    answer = page.goto(address)
    assert answer is not None and answer.status == 404
    return page, wrong


def is_whole(page: Page) -> None:
    """Styles, words and numbers are there, and it is not too wide for a phone."""
    assert page.get_by_role("heading", level=1).inner_text() == "Page not found"
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).backgroundColor") == "rgb(11, 74, 69)"
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderTopWidth") != "0px"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert len(touched(page)) == LINES and too_small(page) == []


@some_depths
def test_a_missing_page_is_whole_at_any_depth(browser: Browser, address: str, path: str) -> None:
    page, wrong = missing(browser, address + path, viewport={"width": 360, "height": 740})
    is_whole(page)
    page.get_by_role("link", name="Go to all leaflets").click()
    page.wait_for_url(f"{address}index.html")
    assert page.locator("#site-search").is_visible()
    assert wrong == []
    page.close()


@some_depths
def test_so_it_is_without_scripts(browser: Browser, address: str, path: str) -> None:
    page, wrong = missing(browser, address + path, java_script_enabled=False)
    is_whole(page)
    for name in ("Go to all leaflets", "More help lines, and who they are for", "Print desk"):
        link = page.get_by_role("link", name=name).evaluate("one => one.href")
        answer = page.request.get(link)
        assert answer.ok and link.startswith(address)
    assert wrong == []
    page.close()


@pytest.mark.parametrize(
    ("sub_path", "path"),
    [
        pytest.param(sub_path, path, marks=() if (sub_path, path) in ELSEWHERE else pytest.mark.long)
        for sub_path in ("", "/elsewhere", "/else/where/leaflets")
        for path in DEPTHS
    ],
)
def test_where_the_website_stands_elsewhere_its_script_finds_the_way(
    browser: Browser, site: Path, sub_path: str, path: str
) -> None:
    with serving(site, sub_path) as address:
        page, wrong = missing(browser, address + path)
        is_whole(page)
        expect(page.get_by_role("link", name="Go to all leaflets")).to_have_attribute("href", f"{sub_path}/index.html")
        for link in page.locator("header a, footer a").all():
            assert page.request.get(link.evaluate("one => one.href")).ok
        assert wrong == []
        page.close()


def test_nobody_said_where_it_stands(browser: Browser, site: Path, tmp_path: Path) -> None:
    """Then its links begin at the host, which is right for most; else its script finds the way."""
    whole = shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("*.pdf", "*.png", "*.zip"))
    text = (whole / "404.html").read_text(encoding="utf-8")
    (whole / "404.html").write_text(text.replace(ADDRESS, "").replace(f'"{SUB_PATH}/', '"/'), encoding="utf-8")
    for sub_path, scripts in (("", False), ("", True), ("/some/where", True)):
        with serving(whole, sub_path) as address:
            page, wrong = missing(browser, f"{address}leaflets/adults/old.html", java_script_enabled=scripts)
            is_whole(page)
            link = page.get_by_role("link", name="Go to all leaflets")
            expect(link).to_have_attribute("href", f"{sub_path}/index.html")
            assert wrong == []
            page.close()


def test_from_a_folder_its_links_lead_to_the_files_beside_it(browser: Browser, site: Path) -> None:
    page = browser.new_page()  # its sign in the tab is looked for on a host
    page.goto((site / "404.html").as_uri())
    is_whole(page)
    page.get_by_role("link", name="Go to all leaflets").click()
    assert page.url == (site / "index.html").as_uri()
    page.close()
