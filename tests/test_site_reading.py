"""Pages to read: words first on a phone, help near the top, a quick way out, sharing, listening, ways to others."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect
from site_case import ADDRESS, chromium, kinds, page_of, serving, shared, some

from printables.pages.formats.html_tree import Element, parse

pytestmark = pytest.mark.pdf
ROOT = Path(__file__).resolve().parent.parent
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
TEENS = "leaflets/teens/ipt-teens-en.html"
ADULTS = "leaflets/adults/ipt-adults-en.html"
SHEET = "worksheets/teens/closeness-circles-teens-en.html"
PROFESSIONALS = "leaflets/professionals/ipt-professionals-en.html"
THERAPY = "therapies/ipt.html"
DIARY = kinds(Path())["worksheet"]
READ = [path for kind, path in kinds(Path()).items() if kind.startswith(("leaflet", "worksheet", "therapy"))]


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


def top(page: Page, selector: str) -> float:
    found: float = page.locator(selector).first.evaluate("one => one.getBoundingClientRect().top + scrollY")
    return found


# Titles and headings


def headings(path: Path) -> list[Element]:
    """Those that stand on the page at once; a search brings more."""
    page = parse(path.read_text(encoding="utf-8"))
    levels = ("h1", "h2", "h3", "h4", "h5", "h6")
    later = {id(one) for box in page.elements() if "hidden" in box.attributes for one in box.below(*levels)}
    return [one for one in page.below(*levels) if id(one) not in later]


def pages(site: Path) -> list[Path]:
    return sorted(
        path for folder in ("leaflets", "therapies", "worksheets") for path in site.glob(f"{folder}/**/*.html")
    )


def test_a_page_is_called_what_stands_on_it_and_no_two_are_called_the_same(site: Path) -> None:
    titles = []
    for path in pages(site):
        title = next(parse(path.read_text(encoding="utf-8")).below("title"))  # drawings have titles, too
        (heading,) = (one for one in headings(path) if one.tag == "h1")
        assert "".join(title.texts()) == "".join(heading.texts()), path.name
        titles.append(title.words)
    assert len(titles) > 12
    assert len(titles) == len(set(titles))


def test_the_title_is_the_first_heading_and_no_level_is_left_out(site: Path) -> None:
    for path in pages(site):
        levels = [int(one.tag[1]) for one in headings(path)]
        assert levels[0] == 1, path.name
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), path.name


# A phone


@pytest.mark.parametrize("path", some([path for path in READ if path.startswith("leaflets")], TEENS, PROFESSIONALS))
def test_on_a_phone_title_and_help_are_on_the_first_screen_and_downloads_behind_the_words(
    browser: Browser, address: str, path: str
) -> None:
    with page_of(browser, **PHONE) as page:
        page.goto(address + path)
        title, tools, second = (top(page, one) for one in ("h1", ".beside", ".following section"))
        first, end = page.locator(".opening section").evaluate(
            "one => [one.getBoundingClientRect().top, one.getBoundingClientRect().bottom]"
        )
        help_at = top(page, ".opening :is(.number-strip a[href^='tel:'], .numbers summary)")
        assert title < help_at < 740
        assert title < first < end <= tools < second
        assert page.locator(".beside details.fold").count() == 1
        assert page.locator(".beside a[href$='.pdf']:not(.tool)").first.is_hidden()
        page.locator(".beside .fold > summary").tap()
        assert page.get_by_role("link", name="(PDF,").count() >= 2


def test_the_help_lines_of_professionals_open_with_one_touch(browser: Browser, address: str) -> None:
    with page_of(browser, **PHONE) as page:
        page.goto(f"{address}leaflets/professionals/ipt-professionals-en.html")
        page.get_by_text("Help lines: numbers to call or text").tap()
        lines = page.locator(".numbers a")
        sides = lines.evaluate_all("all => all.map((one) => Math.min(one.offsetWidth, one.offsetHeight))")
        assert len(sides) == 7 and min(sides) >= 44


@pytest.mark.parametrize("path", [SHEET, "therapies/ipt.html"])
def test_on_a_phone_other_pages_begin_with_their_title_too(browser: Browser, address: str, path: str) -> None:
    with page_of(browser, **PHONE) as page:
        page.goto(address + path)
        assert top(page, "h1") < top(page, ".fold") and top(page, "h1") < 500
        assert page.locator(".fold a").first.is_hidden()


def test_with_room_beside_the_words_the_downloads_lie_open(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + ADULTS)
        assert page.get_by_role("link", name="large print, A4 (PDF").is_visible()
        words, beside = (page.locator(one).bounding_box() for one in (".opening", ".beside"))
        assert words and beside and beside["x"] > words["x"] + words["width"] and beside["y"] == words["y"]
        page.set_viewport_size({"width": 800, "height": 900})
        words, beside = (page.locator(one).bounding_box() for one in (".opening", ".beside"))
        assert words and beside and beside["x"] == words["x"] and beside["y"] > words["y"] + words["height"]


@pytest.mark.parametrize("path", some(READ, ADULTS, PROFESSIONALS, DIARY))
def test_nothing_of_paper_is_on_the_screen(browser: Browser, address: str, path: str) -> None:
    with page_of(browser) as page:
        page.goto(address + path)
        shown = page.locator("main").inner_text()
        assert not page.locator(".own-lines, .own-notes, .contact .blank, .cover").filter(visible=True).count()
        assert not re.search(r"(?i)\bpage \d|\d of \d+ pages|my own questions and notes|_{3,}", shown)
        if "adults" in path and path.startswith("leaflets"):
            assert "Your service" not in shown, "nothing but lines to write on would stand below it"


WIDE_TEXT = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
BEYOND = """() => [...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('.quiet, .reach-end, svg') && one.checkVisibility() && one.getClientRects().length
        && (one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
            || one.getBoundingClientRect().left < -1))
    .map((one) => one.tagName + '.' + one.className)"""
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def add_style(page: Page, css: str) -> None:
    """Rules as a reader's own style sheet has them, which no policy of a page forbids."""
    page.evaluate(
        """(css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }""",
        css,
    )


@pytest.mark.parametrize("path", some(READ, PROFESSIONALS, DIARY, THERAPY))
def test_wide_letters_fit_into_320_pixels(browser: Browser, address: str, path: str) -> None:
    """WCAG 2.2, 1.4.10 and 1.4.12."""
    with page_of(browser, viewport={"width": 320, "height": 800}) as page:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        add_style(page, WIDE_TEXT)
        assert page.evaluate("getComputedStyle(document.querySelector('main p')).letterSpacing") != "normal"
        assert page.evaluate(BEYOND) == []
        assert page.evaluate(FITS)
        add_style(page, "main > * { margin-inline-start: -3rem !important; }")
        assert page.evaluate(BEYOND) != [], "it has looked"


# Nothing moves


SHIFTS = """() => new Promise((done) => {
    const found = [];
    const watch = new PerformanceObserver((list) => found.push(...list.getEntries()));
    watch.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(found.reduce((sum, one) => sum + one.value, 0)), 500);
})"""


def slow(page: Page) -> None:
    """The line of a telephone far from its mast."""
    line = page.context.new_cdp_session(page)
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000},
    )


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.long)])
@pytest.mark.parametrize("path", some([*READ, f"{THERAPY}#for-teens"], TEENS, DIARY, f"{THERAPY}#for-teens"))
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, path: str, width: int) -> None:
    with page_of(browser, viewport={"width": width, "height": 800}) as page:
        slow(page)
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate(SHIFTS) == 0


def test_what_moves_would_be_noticed(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + ADULTS)
        page.evaluate("document.querySelector('main').prepend(document.createElement('h2'), 'What comes late')")
        assert page.evaluate(SHIFTS) > 0


def test_the_fonts_are_asked_for_before_the_style_sheet_is_read(site: Path) -> None:
    for path in pages(site):
        tree = parse(path.read_text(encoding="utf-8"))
        fonts = [one.attributes["href"] for one in tree.below("link") if one.attributes.get("rel") == "preload"]
        sheet = (site / "assets/site.css").read_text(encoding="utf-8")
        assert len(fonts) == 2
        assert all(one.rpartition("/")[2] in sheet for one in fonts), "by the very address that the style sheet has"


# A quick way out


def elsewhere(page: Page) -> list[Any]:
    """Another website, which this machine does not reach: what was asked of it."""
    asked: list[Any] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(body="<!doctype html><title>Weather</title><p>Sun", content_type="text/html")

    page.route("https://www.bbc.co.uk/**", answer)
    return asked


@pytest.mark.parametrize("path", some([TEENS, SHEET, f"{THERAPY}#for-teens"], SHEET, f"{THERAPY}#for-teens"))
def test_a_quick_way_out_takes_the_place_of_the_page(browser: Browser, address: str, path: str) -> None:
    with page_of(browser) as page:
        asked = elsewhere(page)
        page.goto(f"{address}about.html")
        page.goto(address + path)
        page.get_by_role("link", name="Leave this page").click()
        page.wait_for_url("https://www.bbc.co.uk/weather")
        assert "referer" not in asked[0].headers, "the other website is not told where somebody came from"
        page.go_back()
        assert page.url == f"{address}about.html", "the page itself is not behind the one that is shown"


def test_it_is_gone_before_the_other_website_answers(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        elsewhere(page)
        page.goto(address + TEENS)
        after = "[document.querySelector('main').checkVisibility(), document.title]"
        assert page.evaluate(after)[0] is True
        assert page.evaluate(f"(document.querySelector('[data-leave]').click(), {after})") == [False, "www.bbc.co.uk"]


def test_esc_three_times_leaves_and_twice_does_not(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        elsewhere(page)
        page.goto(address + TEENS)
        for key in ("Escape", "Escape", "Tab", "Escape", "Escape"):
            page.keyboard.press(key)
        assert page.url == address + TEENS
        page.keyboard.press("Escape")
        page.wait_for_url("https://www.bbc.co.uk/weather")


def test_the_way_out_stays_in_sight_and_says_what_it_cannot_hide(browser: Browser, address: str) -> None:
    with page_of(browser, **PHONE) as page:
        page.goto(address + TEENS)
        page.evaluate("document.querySelector('.following').lastElementChild.scrollIntoView({ block: 'end' })")
        link = page.get_by_role("link", name="Leave this page")
        in_sight = "({ x, y }) => document.elementFromPoint(x + 9, y + 9).textContent"
        assert page.evaluate(in_sight, link.bounding_box()) == "Leave this page"
        assert link.bounding_box()["height"] >= 44  # type: ignore[index]
        page.get_by_text("It cannot clear this browser’s history").tap()
        assert page.get_by_text("A private window keeps no history.").is_visible()


def test_without_scripts_the_way_out_is_a_link(browser: Browser, address: str) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        elsewhere(page)
        page.goto(address + TEENS)
        page.get_by_role("link", name="Leave this page").click()
        page.wait_for_url("https://www.bbc.co.uk/weather")


def test_only_pages_for_teenagers_have_it(site: Path) -> None:
    with_it = {
        path.relative_to(site).as_posix() for path in pages(site) if "data-leave" in path.read_text(encoding="utf-8")
    }
    assert with_it == {
        TEENS,
        "therapies/ipt.html",
        *(path.relative_to(site).as_posix() for path in site.glob("worksheets/teens/*.html")),
    }


# Ways to other pages


def test_from_a_leaflet_to_its_worksheet_and_back(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + TEENS)
        page.get_by_role("navigation", name="Worksheets").get_by_role("link").first.click()
        page.wait_for_url("**/worksheets/teens/**")
        page.get_by_role("link", name="Interpersonal psychotherapy", exact=True).last.click()
        page.wait_for_url(f"**/{TEENS}")
        page.get_by_role("navigation", name="Also written for:").get_by_role("link", name="adults").click()
        page.wait_for_url(f"**/{ADULTS}")


def test_other_leaflets_that_a_leaflet_names_are_links_where_the_site_has_them(site: Path) -> None:
    def links(path: str) -> dict[str, str]:
        found = parse((site / path).read_text(encoding="utf-8"))
        (article,) = found.below("article")
        return {one.words: one.attributes["href"] for one in article.below("a")}

    assert "data-handout" not in (site / ADULTS).read_text(encoding="utf-8")
    assert links(ADULTS)["for professionals"] == "../../leaflets/professionals/ipt-professionals-en.html"
    pro = links("leaflets/professionals/ipt-professionals-en.html")
    assert pro["IPT: a talking therapy for depression"] == f"../../{TEENS}"


def test_a_therapy_has_its_drawing_beside_its_name(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}therapies/ipt.html")
        drawing = page.locator(".therapy-scene")
        assert drawing.evaluate("one => one.decode().then(() => one.naturalWidth)")
        assert drawing.get_attribute("alt") == "", "its leaflets say what it shows"
        box, title = drawing.bounding_box(), page.locator("h1").bounding_box()
        assert box
        assert title
        assert box["x"] >= title["x"] + title["width"]


# Sharing, printing, saving


def test_the_address_is_copied_sent_and_shown_as_a_code(browser: Browser, address: str) -> None:
    with page_of(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{address}{TEENS}#about")
        page.get_by_role("button", name="Share").click()
        dialog = page.get_by_role("dialog", name="Share this page")
        assert dialog.get_by_label("Its address").input_value() == address + TEENS
        dialog.get_by_role("button", name="Copy the address").click()
        expect(dialog.get_by_role("status")).to_have_text("The address is copied.")
        assert page.evaluate("navigator.clipboard.readText()") == address + TEENS
        mail = dialog.get_by_role("link", name="Send by e-mail").get_attribute("href") or ""
        assert (
            mail.startswith("mailto:?subject=IPT%3A%20a%20talking%20therapy")
            and address.replace(":", "%3A").replace("/", "%2F") in mail
        )
        (code,) = codes(dialog.locator(".share-code svg").screenshot())
        assert code == address + TEENS
        page.keyboard.press("Escape")
        assert not dialog.is_visible()
        assert page.evaluate("document.activeElement.textContent.trim()") == "Share"


def codes(png: bytes) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))]


def test_a_phone_is_not_shown_a_code_to_scan_with_a_phone(browser: Browser, address: str) -> None:
    with page_of(browser, **PHONE) as page:
        page.goto(address + TEENS)
        page.get_by_role("button", name="Share").tap()
        assert page.get_by_role("button", name="Copy the address").is_visible()
        assert page.locator(".share-code").is_hidden()


def test_where_nothing_may_be_copied_the_address_is_selected(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as without https
        page.goto(address + TEENS)
        page.get_by_role("button", name="Share").click()
        page.get_by_role("button", name="Copy the address").click()
        expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("The address is selected. Copy it now.")
        assert page.evaluate("getSelection().toString()") == address + TEENS


def test_from_a_disk_the_public_address_is_shared_or_none(browser: Browser, site: Path, tmp_path: Path) -> None:
    with page_of(browser, offline=True) as page:
        page.goto((site / TEENS).as_uri())
        page.get_by_role("button", name="Share").click()
        assert page.get_by_label("Its address").input_value() == ADDRESS + TEENS
        page.locator('link[rel="canonical"]').evaluate("one => one.remove()")
        text = (site / TEENS).read_text(encoding="utf-8")
        (tmp_path / "a/b").mkdir(parents=True)
        (tmp_path / "assets").symlink_to(site / "assets")
        (tmp_path / "a/b/page.html").write_text(re.sub('<link rel="canonical"[^>]*>', "", text), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "a/b/page.html").as_uri())
    page.get_by_role("button", name="Share").click()
    assert page.get_by_text("This page is opened from a disk").is_visible()
    assert page.get_by_label("Its address").is_hidden()
    page.close()


def test_print_prints_and_save_saves_the_pdf(browser: Browser, address: str) -> None:
    with page_of(browser, **PHONE) as page:
        page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
        page.goto(address + TEENS)
        page.get_by_role("button", name="Print").tap()
        assert page.evaluate("window.printed") == 1
        with page.expect_download() as started:
            page.get_by_role("link", name="Save: Interpersonal psychotherapy: for teenagers (PDF").tap()
        assert started.value.suggested_filename == "ipt-teens-en.pdf"


QR = re.sub('"use strict";', "", (ROOT / "templates/_site/qr.js").read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["https://a.example/", "https://leaflets.example/ä/" + "x" * 75, "y" * 213, "z" * 412])
def test_a_code_says_what_it_was_made_of(browser: Browser, text: str) -> None:
    page = browser.new_page()
    modules = page.evaluate(f"(text) => {{ {QR} return qrModules(text); }}", text)
    page.close()
    dark = np.pad(np.array(modules), 4)
    picture = np.kron(np.where(dark, 0, 255), np.ones((4, 4))).astype(np.uint8)
    assert [one.text for one in zxingcpp.read_barcodes(picture)] == [text]
    if len(text) in (213, 412):  # they fill their version, so that another program must come to the same modules
        other = segno.make_qr(text, error="m", boost_error=False, mode="byte")
        assert [[bool(one) for one in row] for row in other.matrix] == modules


def test_no_code_is_made_of_what_is_too_long(browser: Browser) -> None:
    page = browser.new_page()
    assert page.evaluate(f"(text) => {{ {QR} return qrModules(text); }}", "q" * 413) is None
    page.close()


# Listening


NO_VOICE_COMES = 2100
"""Milliseconds after which nobody waits for a voice any more; the browser's clock is set on."""


def test_where_the_browser_has_no_voice_it_says_so(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.clock.install()
        page.goto(address + TEENS)
        assert page.evaluate("speechSynthesis.getVoices().length") == 0
        page.get_by_role("button", name="Listen").click()
        page.clock.run_for(NO_VOICE_COMES)
        expect(page.locator("#tools-said")).to_contain_text("This browser has no voice of its own for this language")
        assert page.locator("#player").is_hidden()


VOICES = """
    const said = [];
    let now = null;
    const voice = (lang, localService) => ({ lang, localService, default: false, name: lang, voiceURI: lang });
    class Utterance { constructor(text) { this.text = text; } }
    const voices = VOICES;
    Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => voices, addEventListener() {},
        cancel() { now = null; },
        speak(utterance) { now = utterance; said.push([utterance.text, utterance.voice.lang, utterance.rate]); },
    } });
    window.heard = {
        said,
        word(charIndex) { now.onboundary({ name: "word", charIndex }); },
        end() { const ended = now; now = null; ended.onend({}); },
    };
"""
"""A voice of the device, of which test machines have none: it speaks when the test lets it."""
MARKED = (
    "(name) => CSS.highlights.has(name) ? [...CSS.highlights.get(name)].map(String)[0].replace(/\\s+/g, ' ') : null"
)


def listening(
    page: Page, address: str, path: str, voices: str = '[voice("fr-FR", true), voice("en-GB", true)]'
) -> None:
    page.add_init_script(VOICES.replace("VOICES", voices))
    page.goto(address + path)
    button = page.get_by_role("button", name="Listen")
    button.focus()
    page.keyboard.press("Enter")


TO_THE_END = """async () => {
    while (heard.said.length < 400 && document.getElementById("player").checkVisibility()) {
        heard.end();
        await new Promise((done) => setTimeout(done));
    }
}"""
"""The voice says one sentence after the other; to ask for each from here would take a hundred times as long."""


def heard(page: Page) -> list[str]:
    found: list[str] = page.evaluate("heard.said.map(([text]) => text)")
    return found


def test_a_leaflet_is_read_sentence_by_sentence_with_its_words_marked(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        listening(page, address, TEENS)
        expect(page.get_by_role("group", name="Listen")).to_be_visible()
        first = heard(page)[-1]
        assert page.evaluate("heard.said.at(-1)[1]") == "en-GB"
        assert page.evaluate(MARKED, "spoken") == first
        page.evaluate("heard.word(0)")
        assert page.evaluate(MARKED, "spoken-word") == first.split()[0]
        page.evaluate(TO_THE_END)
        expect(page.locator("#tools-said")).to_have_text("That was the whole leaflet.")
        assert page.evaluate(MARKED, "spoken") is None
        sentences = heard(page)
    assert len(sentences) > 60
    assert sentences[0] == "IPT: a talking therapy for depression", (
        "it begins with its title, which is a sentence of its own"
    )
    assert any(one.startswith("0 8 0 0 1 1 1 1") for one in sentences), "numbers to ring are said figure by figure"
    assert not any("[" in one or "https" in one for one in sentences), "no numbers of sources"
    assert sum(len(one.split()) for one in sentences) / len(sentences) < 20


def test_listening_works_by_keyboard(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        listening(page, address, ADULTS)
        expect(page.get_by_role("button", name="Pause")).to_be_focused()
        first = heard(page)[-1]
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # next sentence
        second = heard(page)[-1]
        assert second != first and page.evaluate(MARKED, "spoken") == second
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Space")
        count = len(heard(page))
        expect(page.get_by_role("button", name="Go on")).to_be_focused()
        page.keyboard.press("Space")
        assert heard(page)[count:] == [second], "it goes on with the sentence at which it was paused"
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")  # the sentence before
        assert heard(page)[-1] == first
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowUp")
        assert page.evaluate("heard.said.at(-1)[2]") == 0.75
        page.keyboard.press("Escape")
        assert page.locator("#player").is_hidden()
        expect(page.get_by_role("button", name="Listen")).to_be_focused()


def test_a_voice_that_sends_words_to_somebody_else_is_not_used(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.clock.install()
        listening(page, address, ADULTS, '[voice("en-GB", false), voice("de-DE", true)]')
        page.clock.run_for(NO_VOICE_COMES)
        expect(page.locator("#tools-said")).to_contain_text("This browser has no voice")
        assert heard(page) == []


def test_what_is_spoken_is_scrolled_into_sight_above_the_buttons(browser: Browser, address: str) -> None:
    with page_of(browser, **PHONE, reduced_motion="reduce") as page:
        listening(page, address, ADULTS)
        following = page.get_by_role("button", name="Next sentence")
        following.evaluate("async (one) => { for (let n = 0; n < 24; n++) { one.click(); await null; } }")
        following.click()
        box = page.evaluate(
            "(({ top, bottom }) => [top, bottom])([...CSS.highlights.get('spoken')][0].getBoundingClientRect())"
        )
        bar = page.locator("#player").bounding_box()
        assert bar and box[0] >= 0 and box[1] <= bar["y"]


def test_leaving_ends_what_is_spoken(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        elsewhere(page)
        listening(page, address, TEENS)
        page.evaluate("speechSynthesis.cancel = () => { sessionStorage.cancelled = 'yes'; }")
        page.get_by_role("link", name="Leave this page").click()
        page.wait_for_url("https://www.bbc.co.uk/weather")
        page.goto(f"{address}about.html")
        assert page.evaluate("sessionStorage.cancelled") == "yes"
