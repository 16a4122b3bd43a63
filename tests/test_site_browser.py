"""The website in a real browser: search, tabs, print desk; without scripts, on small screens, in the dark, on paper."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect
from site_case import ADDRESS, LOOKED_AT_ELSEWHERE, REST, SCHEMES, THERAPIES, chromium, kinds, page_of, serving, shared

pytestmark = pytest.mark.pdf
KINDS = [
    pytest.param(kind, path, marks=pytest.mark.long if kind in (*REST, *LOOKED_AT_ELSEWHERE) else ())
    for kind, path in kinds(Path()).items()
]


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
    page.get_by_role("searchbox", name="Search the leaflets").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("#site-status")).not_to_be_empty()


def unfold(page: Page) -> None:
    """Open the filters of the search."""
    page.locator(".filters summary").click()


def titles(page: Page) -> list[str]:
    """The titles of leaflets and worksheets that were found."""
    return page.locator("#site-results ol > li:not(.entry) h3").all_inner_texts()


def test_a_search_for_grief_finds_the_leaflet_and_downloads_what_the_catalogue_names(
    browser: Browser, address: str, site: Path
) -> None:
    with page_of(browser) as page:
        page.goto(address)
        search(page, "grief")
        expect(page.locator("#site-results h3").first).to_be_visible()  # the count is said before the list is there
        assert "Interpersonal psychotherapy (IPT): for adults" in titles(page)
        assert page.locator("#site-results mark").first.inner_text().strip(".,:").lower() == "grief"
        assert not page.locator("#site-all").is_visible()
        with page.expect_download() as started:
            page.get_by_role(
                "link", name="Download Interpersonal psychotherapy (IPT): for adults, Standard, A4 (PDF"
            ).click()
        data = Path(started.value.path()).read_bytes()
    items = json.loads((site / "catalogue.json").read_bytes())["items"]
    (item,) = (one for one in items if one["url"] == f"{ADDRESS}leaflets/adults/ipt-adults-en.pdf")
    assert hashlib.sha256(data).hexdigest() == item["sha256"]
    assert started.value.suggested_filename == "ipt-adults-en.pdf"


def test_the_search_can_be_narrowed_to_each_problem_of_the_list(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}conditions.html")
        listed = page.locator("main li a[href^='conditions/']").all_inner_texts()
        page.goto(address)
        unfold(page)
        choices = page.get_by_label("Problem").locator("option")
        expect(choices).to_have_count(len(listed) + 1)
        assert sorted(choices.all_inner_texts()[1:]) == sorted(listed)


def test_filters_narrow_what_is_found_and_stay_in_the_address(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        unfold(page)
        page.get_by_label("Problem").select_option("insomnia")
        expect(page.locator("#site-results li")).to_have_count(2)
        insomnia = "Cognitive behavioural therapy for insomnia (CBT-I)"
        assert titles(page) == [f"{insomnia}: for adults", f"{insomnia}: for professionals"]
        page.get_by_label("Who it is for").select_option("adults")
        expect(page.locator("#site-results li")).to_have_count(1)
        assert page.locator("#site-status").inner_text() == "1 result."
        kept = page.url
        page.goto("about:blank")
        page.goto(kept)
        page.wait_for_selector("#site-results li")
        assert titles(page) == [f"{insomnia}: for adults"]
        page.get_by_role("button", name="Clear all").click()
        page.wait_for_selector("#site-results", state="hidden")
        assert page.locator("#site-all").is_visible()


@pytest.mark.parametrize(
    ("label", "value", "readers"),
    [
        pytest.param("Age", "12-17", {"teenagers", "parents and carers", "professionals"}, marks=pytest.mark.long),
        ("Age", "0-11", {"professionals"}),
        ("Edition", "a4-large-print", None),
    ],
)
def test_each_filter_finds_what_it_says(
    browser: Browser, address: str, label: str, value: str, readers: set[str] | None
) -> None:
    with page_of(browser) as page:
        page.goto(address)
        unfold(page)
        page.get_by_label(label, exact=True).select_option(value)
        expect(page.locator("#site-status")).to_contain_text("result")
        count = int(page.locator("#site-status").inner_text().split()[0])
        for shown in range(10, count + 10, 10):
            expect(page.locator("#site-results li")).to_have_count(min(shown, count))
            if shown < count:
                page.get_by_role("button", name="Show more").click()
        assert not page.get_by_role("button", name="Show more").is_visible()
        found = titles(page)
    assert len(found) == len(set(found)) == count
    if readers is None:
        assert count == HANDOUTS
    else:
        assert {title.partition(": for ")[2] for title in found} == readers


HANDOUTS = 5 + 2 + 2 * 2 + 1
"""IPT's leaflets, those of CBT for insomnia, IPT's two worksheets for two readers, and one about sleep."""


@pytest.mark.parametrize("asked", ["?q=insomnia&edition=a4-large-print", "#q=insomnia+large+print"])
def test_what_is_offered_is_the_edition_that_was_asked_for(browser: Browser, address: str, asked: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}index.html{asked}")
        page.wait_for_selector("#site-results li[class^='for-']")
        offered = page.locator("#site-results a[download]").evaluate_all("all => all.map((one) => one.href)")
        said = page.locator("#site-results a[download]").first.text_content() or ""
    assert len(offered) > 1
    assert [one for one in offered if not one.endswith("-a4-large-print.pdf")] == []
    assert said.startswith("Download ") and ", Large print, A4 (PDF, " in said


def test_words_that_nobody_wrote_find_nothing_and_the_list_stays(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        search(page, "xylophone")
        said = "We have nothing about that. Try another word, or look under Problems A to Z."
        assert page.locator("#site-status").inner_text() == said
        assert page.locator("#site-all").is_visible()


def test_markup_in_a_search_is_only_text(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}index.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&audience=%22%3E%3Cscript%3E")
        expect(page.locator("#site-status")).not_to_be_empty()
        assert page.locator("img[src='x'], main script").count() == 0


def test_tabs_by_keyboard_alone(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}therapies/ipt.html")
        tab = page.get_by_role("tab", name="adults", exact=True)
        for _ in range(20):
            page.keyboard.press("Tab")
            if tab.evaluate("one => one === document.activeElement"):
                break
        assert tab.get_attribute("aria-selected") == "true"
        assert [one.is_visible() for one in page.get_by_role("tabpanel", include_hidden=True).all()] == [
            True,
            False,
            False,
            False,
            False,
        ]
        page.keyboard.press("ArrowRight")
        assert (
            page.get_by_role("tabpanel").get_by_role("heading", level=2).inner_text()
            == "For young people aged 12 to 17"
        )
        assert page.url.endswith("#for-teens")
        page.keyboard.press("End")
        assert page.get_by_role("tabpanel").get_attribute("id") == "for-easy-read"
        page.keyboard.press("ArrowRight")
        assert page.get_by_role("tabpanel").get_attribute("id") == "for-adults"
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Tab")  # into the panel
        assert page.evaluate("document.activeElement.id") == "for-easy-read"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/leaflets/easy-read/ipt-easy-read-en.html")


def test_an_address_opens_its_tab(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}therapies/ipt.html#for-parents")
        assert page.get_by_role("tab", selected=True).inner_text() == "parents and carers"


def test_the_first_tab_stop_skips_to_the_main_part(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(("kind", "path"), KINDS)
def test_every_page_works_without_scripts(browser: Browser, address: str, kind: str, path: str) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        page.goto(address + path)
        assert page.locator("h1").count() == 1 and page.locator("h1").is_visible()
        assert page.get_by_role("link", name="Need help now?").first.is_visible()
        if kind == "therapy":
            assert [one.is_visible() for one in page.locator(".tab-panel").all()] == [True] * 5
            assert all(one.is_visible() for one in page.get_by_role("link", name="(PDF,").all())
        if kind == "home":
            assert page.get_by_text("The search needs JavaScript.").is_visible()
            assert page.get_by_role("link", name="Interpersonal psychotherapy (IPT)").is_visible()
        if kind == "print desk":
            page.get_by_role("link", name="Interpersonal psychotherapy: for teenagers").click()
            assert page.url.endswith("leaflets/teens/ipt-teens-en.html")


BEYOND = """() => [...document.querySelectorAll('body *')]
    .filter((one) => !one.closest('.skip, .quiet, svg') && one.getClientRects().length
        && (one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
            || one.getBoundingClientRect().left < -1))
    .map((one) => one.tagName + '.' + one.className)"""


@pytest.mark.parametrize(("kind", "path"), KINDS)
def test_nothing_overflows(browser: Browser, address: str, kind: str, path: str) -> None:
    """At 320 px; at 200 % in a window of 1,280 px, which is half as many CSS pixels; with letters twice as large."""
    del kind
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    with page_of(browser) as page:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(BEYOND) == []
            assert page.evaluate(fits)
        page.set_viewport_size({"width": 1280, "height": 800})
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")  # WCAG 2.2, 1.4.4
        assert page.evaluate(fits)


def luminance(colour: str) -> float:
    red, green, blue = (int(part) / 255 for part in colour.strip("rgb()").split(",")[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("path", ["index.html", "leaflets/teens/ipt-teens-en.html", "desk.html"])
def test_dark_where_the_reader_wants_it(browser: Browser, address: str, path: str) -> None:
    grounds = {}
    with page_of(browser) as page:
        page.goto(address + path)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            of = ".leaflet" if "leaflets" in path else "body"
            ground = page.evaluate("(of) => getComputedStyle(document.querySelector(of)).backgroundColor", of)
            root = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
            grounds[scheme] = luminance(root if ground == "rgba(0, 0, 0, 0)" else ground)
            ink = luminance(page.evaluate("getComputedStyle(document.querySelector('main p')).color"))
            assert abs(ink - grounds[scheme]) > 0.6
    assert grounds["light"] > 0.9 and grounds["dark"] < 0.15


def test_drawings_follow_the_dark_page(browser: Browser, address: str) -> None:
    with page_of(browser, color_scheme="dark") as page:
        page.goto(f"{address}leaflets/teens/ipt-teens-en.html")
        strokes = page.evaluate(
            '[...document.querySelectorAll(\'article svg [stroke^="#"]:not([stroke="#ffffff"])\')]'
            ".map((one) => getComputedStyle(one).stroke)"
        )
        assert len(strokes) > 10
        assert all(luminance(one) > 0.35 for one in strokes), "a dark line would be lost on a dark page"


@pytest.mark.parametrize("path", ["leaflets/adults/ipt-adults-en.html", "therapies/ipt.html"])
def test_printed_it_is_the_leaflet_and_not_the_page_around_it(browser: Browser, address: str, path: str) -> None:
    with page_of(browser, color_scheme="dark") as page:
        page.goto(address + path)
        pdf = page.pdf(format="A4", print_background=True)
    text = " ".join(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Interpersonal psychotherapy" in text
    assert "Problems A to Z" not in text and "Print desk" not in text
    if "leaflets" in path:
        assert "If you need help now" in text and "Questions you could ask" in text
    else:
        assert "For young people aged 12 to 17" in text, "all tabs are printed"


def test_from_a_folder_the_first_page_leads_to_the_leaflets(browser: Browser, site: Path) -> None:
    with page_of(browser, offline=True) as page:
        page.goto((site / "index.html").as_uri())
        page.get_by_role("link", name="Interpersonal psychotherapy (IPT)").click()
        page.get_by_role("tab", name="teenagers").click()
        assert (
            page.get_by_role("tabpanel").get_by_role("heading", level=2).inner_text()
            == "For young people aged 12 to 17"
        )


BUTTONS = """() => [...document.querySelectorAll('button, .button, .tool')].filter((one) => one.checkVisibility())
    .map((one) => [...one.childNodes].filter((part) => part.className !== 'quiet').map((part) => part.textContent))
    .map((parts) => parts.join(' ').split('(')[0].trim())"""
"""What an eye reads on each button, but for the size of a file."""
LOOKED_AT = ("home", "therapy", "leaflet for adults", "worksheet", "print desk", "downloads")


def test_it_looks_like_a_charity_and_not_like_documentation(browser: Browser, address: str) -> None:
    """A welcome and drawings, short buttons, and no figures of files beside words for patients."""
    paths = kinds(Path())
    with page_of(browser) as page:
        for kind in LOOKED_AT:
            page.goto(address + paths[kind])
            buttons = page.evaluate(BUTTONS)
            assert buttons and [one for one in buttons if len(one.split()) > 5] == [], kind
            said = page.locator("main").inner_text()
            assert kind == "downloads" or not re.search(r"(?i)sha-?256|checksums|[0-9a-f]{64}", said), kind
            if kind == "home":
                assert page.get_by_role("heading", level=1, name="Talking therapies, explained").is_visible()
                assert page.locator(".card-scene").count() == page.locator(".card").count() == len(THERAPIES)
            if kind == "leaflet for adults":
                fold = page.get_by_text("Version and checksum")
                sums = page.locator("a[href$='SHA256SUMS']")
                assert sums.is_hidden()
                fold.click()
                assert sums.is_visible(), "for those who want to know"


def test_the_fonts_are_those_of_the_site(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}leaflets/teens/ipt-teens-en.html")
        page.evaluate("document.fonts.ready.then(() => 1)")
        assert page.evaluate("[...document.fonts].filter((one) => one.status === 'loaded').length") == 2


def test_no_cookie_and_nothing_stored(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address)
        search(page, "sleep")
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
