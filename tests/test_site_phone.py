"""A leaflet on a narrow screen, what its page weighs, and a search that comes with the address."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page
from shipped_case import EVERYTHING
from site_case import ROOT, chromium, page_of, serving, shared

from printables.pages.formats.web_page import with_sheet_links
from printables.site.drawings import lighter

pytestmark = pytest.mark.pdf
ADULTS = "leaflets/adults/ipt-adults-en.html"
MOST = 60_000
"""Bytes of a page with its drawings, before a host compresses it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared(tmp_path_factory) / "output/site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as found:
        yield found


# The scales of what sessions tend to feel like

ENDS = """() => [...document.querySelectorAll('.profile li')].map((row) => {
    const box = (name) => row.querySelector(name).getBoundingClientRect();
    const lines = (name) => Math.round(box(name).height / parseFloat(getComputedStyle(row).lineHeight));
    const [name, marks, low, high] = ['.scale-name', '.marks', '.low', '.high'].map(box);
    return {
        inOrder: name.bottom <= marks.top + 1 && marks.bottom <= low.top + 1,
        level: Math.abs(low.top - high.top) < 1,
        atTheEnds: Math.abs(low.left - marks.left) < 1 && Math.abs(high.right - marks.right) < 1,
        apart: low.right <= high.left,
        lines: Math.max(lines('.low'), lines('.high')),
        below: row.getBoundingClientRect().bottom - Math.max(low.bottom, high.bottom) < 12,
    };
})"""


@pytest.mark.parametrize("width", [320, 360, 400])
def test_the_ends_of_a_scale_stand_below_its_ends(browser: Browser, address: str, width: int) -> None:
    with page_of(browser, viewport={"width": width, "height": 740}) as page:
        page.goto(address + ADULTS)
        rows = page.evaluate(ENDS)
    assert len(rows) == 5
    right = {"inOrder": True, "level": True, "atTheEnds": True, "apart": True, "lines": 1, "below": True}
    assert rows == [right] * 5


# What stands side by side

EDGES = """(names) => names.map((name) => [...document.querySelectorAll(name)].filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect()).map(({ left, right, top, bottom }) => [left, right, top, bottom]))"""


def edges(page: Page, *names: str) -> list[list[list[float]]]:
    """Left, right, top and bottom of what is seen by each of these names."""
    found: list[list[list[float]]] = page.evaluate(EDGES, names)
    return found


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_what_stands_side_by_side_is_level(browser: Browser, address: str, width: int) -> None:
    with page_of(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(address)
        (readers,) = edges(page, ".whom")
        rows: dict[float, set[float]] = {}
        for _, _, top, bottom in readers:
            rows.setdefault(top, set()).add(bottom)
        assert len(readers) == 5 and all(len(bottoms) == 1 for bottoms in rows.values())
        page.get_by_role("searchbox").fill("grief")
        page.keyboard.press("Enter")
        page.wait_for_selector("#site-results li")
        (fold,), (clear,) = edges(page, ".filters summary", ".search-end button")
        assert abs(fold[2] + fold[3] - clear[2] - clear[3]) / 2 < 1
        page.goto(f"{address}desk.html")
        (words,), choices = edges(page, "#desk-q", ".desk-form select")
        last = max(right for _, right, top, _ in [words, *choices] if top >= words[2])
        assert abs(last - max(words[1], choices[-1][1])) < 1 and (width == 768 or abs(words[1] - last) < 1)
        page.goto(f"{address}worksheets/adults/my-goals-adults-en.html")
        (legend,), (heading,) = edges(page, ".scale legend", ".part:has(.scale) h2")
        assert abs(legend[0] - heading[0]) < 1
        page.goto(address + ADULTS)
        lines, (section,) = edges(page, ".scale-line", "section:has(.timeline)")
        assert len(lines) == 3 and max(right for _, right, _, _ in lines) <= section[1]
        (strong,), (link,) = edges(page, ".number-strip > p strong", ".number-strip > p a")
        assert abs(strong[0] - link[0]) < 1


# Sheets

SHEETS = (
    '<div class="worksheets">\n<p>Ask for them.</p>\n'
    '<ul><li data-worksheet="a">One</li><li data-worksheet="b">Two</li></ul>\n</div>'
)


def test_nobody_has_to_ask_for_sheets_that_are_links() -> None:
    assert "<p>Here &amp; now:</p>" in with_sheet_links(SHEETS, {"a": "a.html", "b": "b.html"}, "Here & now:")
    assert "<p>Ask for them.</p>" in with_sheet_links(SHEETS, {"a": "a.html"}, "Here & now:"), "one is to be asked for"


def test_the_page_says_so_and_the_printed_leaflet_does_not(site: Path) -> None:
    said = "Sheets that go with this leaflet, to fill in here or to print:"
    assert said in (site / ADULTS).read_text(encoding="utf-8")
    text = (site / ADULTS.replace(".html", ".txt")).read_text(encoding="utf-8")
    assert "Ask for them where you got it" in " ".join(text.split())


# Drawings that repeat a shape

PERSON = "m8 3a3 3 0 1 1-6 0 3 3 0 1 1 6 0zm-8 14c0-7 2-9 5-9s5 2 5 9z"


def crowd(count: int, of: int = 100) -> str:
    """As the component draws it: those who are filled in one path, and the others in another one."""
    people = [f"M{at % 20 * 12} {at // 20 * 21}{PERSON}" for at in range(of)]
    filled, others = "".join(people[:count]), "".join(people[count:])
    paths = f'<path fill="#0b4a45" d="{filled}"/>\n<path fill="#ffffff" d="{others}"/>'
    size = 'width="480" height="210" viewBox="-1 -1 241 105"'
    return f'<svg {size}><g stroke="#0b4a45" stroke-width="1.1">\n{paths}\n</g></svg>'


def seen(page: Page, html: str) -> Image.Image:
    page.set_content(f'<body style="margin:0;background:#fff">{html}')
    return Image.open(io.BytesIO(page.screenshot())).convert("L")


def test_a_hundred_people_look_the_same_and_weigh_a_fifth(browser: Browser) -> None:
    drawn = "".join(crowd(count) for count in (62, 48, 5, 20, 95))
    less = lighter(drawn)
    assert len(less) < len(drawn) / 5
    names = re.findall(r'id="([^"]*)"', less)
    assert len(names) == len(set(names)) and set(re.findall(r'href="#([^"]*)"', less)) == set(names)
    with page_of(browser, viewport={"width": 1000, "height": 700}) as page:
        whole, shared_shapes = seen(page, drawn), seen(page, less)
        missing = seen(page, crowd(61) + "".join(crowd(count) for count in (48, 5, 20, 95)))
    # the edges of a shape are smoothed where it stands
    assert difference(whole, shared_shapes) < 0.5 < difference(whole, missing)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The largest mean difference of two pictures in any square of 20 pixels, from 0 to 1."""
    return max(ImageChops.difference(one, other).reduce(20).tobytes()) / 255 * 4


def test_drawings_of_other_kinds_stay_as_they_are() -> None:
    few = '<svg><path fill="#fff" d="M0 0m1 1zM5 0m1 1z"/></svg>'
    mixed = f'<svg><path fill="#fff" d="{"".join(f"M{at} 0m1 {at}z" for at in range(12))}"/></svg>'
    scene = '<svg><path d="M0 0L5 5M1 1L2 2"/></svg>'
    assert [lighter(one) for one in (few, mixed, scene)] == [few, mixed, scene]


def test_every_page_is_light_with_its_drawings(site: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in site.rglob("*.html") if "easy-read" not in path.name}
    assert {name: size for name, size in sizes.items() if size >= MOST} == {}
    easy = {path.name: path.read_text("utf-8") for path in site.rglob("*easy-read*.html")}
    assert easy, "a picture for each line makes these heavier; without them they are as light as the others"
    plain = {name: len(re.sub("<svg.*?</svg>", "", page, flags=re.DOTALL).encode()) for name, page in easy.items()}
    assert {name: size for name, size in plain.items() if size >= MOST} == {}


# A search that comes with the address

SHIFTS = """() => new Promise((done) => {
    const found = [];
    const watch = new PerformanceObserver((list) => found.push(...list.getEntries()));
    watch.observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(found.reduce((sum, one) => sum + one.value, 0)), 500);
})"""


@pytest.mark.parametrize("asked", ["?q=grief", "#q=kill+myself", "?q=zzzzzz"])
def test_nothing_moves_before_the_results(browser: Browser, address: str, asked: str) -> None:
    with page_of(browser, viewport={"width": 360, "height": 740}) as page:
        line = page.context.new_cdp_session(page)
        speed = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
        line.send("Network.emulateNetworkConditions", speed)
        page.goto(f"{address}index.html{asked}", wait_until="networkidle")
        page.wait_for_selector("#site-status:not(:empty)", state="attached")
        assert page.evaluate(SHIFTS) == 0
        assert not page.evaluate("document.documentElement.classList.contains('asking')")
        assert page.locator("#site-all").is_visible() == (asked != "?q=grief"), "this library has nothing else"


def test_where_the_search_does_not_come_the_first_page_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/site.js*", lambda route: route.abort())
    page.goto(f"{address}index.html?q=grief")
    assert page.locator("#site-all").is_visible()
    context.close()


def test_an_address_that_asks_for_nothing_shows_the_first_page(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}index.html?utm_source=letter")
        page.wait_for_function("!document.documentElement.classList.contains('asking')")
        assert page.locator("#site-all").is_visible()


# Words of a crisis: phrases that cannot begin where a word does are left out before they are looked for

EVERY = """([list, all]) => {
    const isCrisis = crisisTest(list);
    const words = (pattern) => pattern.replace(/ \\?/g, " ").replace(/\\[\\^ \\]\\*/g, "xyz");
    const missed = [], tried = new Set();
    list.phrases.split("|").forEach((phrase) => {
        const first = phrase.match(/\\(([a-z0-9-]+)\\)/);
        const known = first ? list.same[first[1]].split("|") : [""];
        const place = first && `${first.index === 0} ${first[1]}`;
        (all || !tried.has(place) ? known : known.slice(0, 1)).forEach((one) => {
            const named = phrase.replace(/\\(([a-z0-9-]+)\\)/, one);
            const said = words(named.replace(/\\(([a-z0-9-]+)\\)/g, (all, key) => list.same[key].split("|")[0]));
            const ways = [said, `so ${said} again`, said.replaceAll(" ", ""), `im ${said}`, `i${said}`];
            missed.push(...ways.filter((way) => !isCrisis(way)));
        });
        tried.add(place);
    });
    return missed;
}"""


def test_every_phrase_is_found_with_each_of_its_words(browser: Browser, site: Path) -> None:
    """Each phrase, and each word that may stand for another; `make test-all` tries all words in all phrases."""
    words = (site / "assets/site.js").read_text(encoding="utf-8").partition("\n")[0]
    script = (ROOT / "templates/_site/crisis.js").read_text(encoding="utf-8")
    with page_of(browser) as page:
        page.evaluate(f"{script}\n{words}\nObject.assign(globalThis, {{ crisisTest, crisisWords }}); undefined")
        assert page.evaluate(f"({EVERY})([crisisWords, {json.dumps(EVERYTHING)}])") == []
