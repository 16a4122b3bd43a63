"""Worksheets as web pages: the same fields as the PDF, filled in on a phone, kept only if asked, printed whole."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from leaflet_case import ROOT
from playwright.sync_api import Browser, Page
from site_case import SCHEMES, chromium, page_of, serving, shared, some
from test_site_rules import COLOURS, violations

from printables.library.editions import USUAL
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.compose.leaflet import Leaflet
from printables.pages.compose.worksheet import compose_worksheet
from printables.pages.templates.render import Pages
from printables.plan import Item
from printables.site.form import Form, form_of
from printables.site.words import SiteTexts

pytestmark = pytest.mark.pdf
PAGES = Pages(ROOT / "templates", ROOT / "templates")
GOALS, CIRCLES, SLEEP = (
    f"worksheets/adults/{name}-adults-en.html" for name in ("my-goals", "closeness-circles", "sleep-diary")
)
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
LONG = "It began on Tuesday evening, and it went on until the bus was gone. " * 30 + "The last words."


@pytest.fixture(scope="module")
def library() -> Library:
    found, _ = load(ROOT / "content", ROOT / "templates")
    assert found is not None
    return found


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


# The fields

EVERY = sorted(path.stem for path in (ROOT / "content/worksheets").glob("*.yaml"))


def composed(library: Library, sheet: str) -> list[Leaflet]:
    """The worksheet for each of its readers."""
    home = next(one.id for one in library.summaries.values() if sheet in one.worksheets)
    items = [
        Item(home, reader, "en", "england", None, "", date(2026, 11, 30), USUAL, sheet)
        for reader in library.worksheets[sheet].titles
    ]
    return [compose_worksheet(library, item)[0] for item in items]


def printed_fields(leaflet: Leaflet) -> dict[str, str]:
    """What a screen reader is told of each field of the printed page, by its name; of a scale, its group."""
    page = PAGES.html(leaflet)[0]
    found = {}
    for tag in re.findall(r"<span [^>]*data-field=[^>]*>", page):
        said = dict(re.findall(r'data-([\w-]+)="([^"]*)"', tag))
        found[said.get("group") or said["field"]] = said["tip"]
    return found


def form_fields(form: Form) -> dict[str, str]:
    """The same of the web page: the heading of a group and the label, or the name of a scale."""
    groups = [group for part in form.parts for group in part.groups]
    found = {field.name: f"{group.heading} {field.label}" for group in groups for field in group.fields}
    return found | {part.scale.name: part.heading for part in form.parts if part.scale}


ADDED = {"number", "hard", "easy"}
"""What the page says of a rung besides: "Number 10: hard"."""


def folded(text: str) -> set[str]:
    text = re.sub(r"(^| )\d\. (?=[A-Z])", " ", html.unescape(text))  # the number of a column
    return set(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("sheet", EVERY)
def test_a_web_page_has_the_fields_of_the_pdf_and_says_the_same_of_each(library: Library, sheet: str) -> None:
    for leaflet in composed(library, sheet):
        printed, form = printed_fields(leaflet), form_fields(form_of(leaflet, PAGES))
        assert len(printed) > 2 and list(form) != []
        assert form.keys() == printed.keys()
        more = {name: folded(label) - folded(printed[name]) - ADDED for name, label in form.items()}
        assert {name: words for name, words in more.items() if words} == {}


@pytest.mark.parametrize("sheet", EVERY)
def test_every_label_says_on_its_own_or_in_its_group_what_belongs_there(library: Library, sheet: str) -> None:
    for leaflet in composed(library, sheet):
        for part in form_of(leaflet, PAGES).parts:
            labels = [(group.heading, field.label) for group in part.groups for field in group.fields]
            assert len(labels) == len(set(labels)), part.id
            assert all(label[:1].isupper() or label[:1].isdigit() for _, label in labels)
            assert all(len(group.fields) > 0 for group in part.groups)


def test_drawings_become_groups_of_fields(library: Library) -> None:
    def headings(sheet: str, part: str) -> list[str]:
        form = form_of(composed(library, sheet)[0], PAGES)
        (found,) = (one for one in form.parts if one.id == part)
        return [group.heading for group in found.groups]

    assert headings("closeness-circles", "circles") == ["Close to me", "In between", "Further away"]
    assert headings("fear-ladder", "rungs")[:2] == ["Number 10: hard", "Number 9"]
    assert headings("fear-ladder", "rungs")[-1] == "Number 1: easy"
    assert headings("sleep-diary", "nights")[6:8] == ["Week 1, Sunday", "Week 2, Monday"]
    assert headings("activity-diary", "days")[:2] == ["Monday", "Tuesday"]
    assert headings("passengers", "passengers") == [""]


def test_a_week_of_hours_has_each_day_once_with_its_mood_at_the_end(library: Library) -> None:
    (days,) = (one for one in form_of(composed(library, "activity-diary")[0], PAGES).parts if one.id == "days")
    monday = [field.label for field in days.groups[0].fields]
    assert monday[:3] == ["7am: what I did", "7am: achievement, from 0 to 10", "7am: enjoyment, from 0 to 10"]
    assert monday[-1] == "My mood that day, from 0 to 10"
    assert len(days.groups) == 7 and len({len(group.fields) for group in days.groups}) == 1


@pytest.mark.parametrize("page", some([GOALS, CIRCLES, SLEEP], GOALS, CIRCLES))
def test_the_published_page_has_the_fields_of_the_published_pdf(
    browser: Browser, address: str, site: Path, page: str
) -> None:
    in_pdf = set(pypdf.PdfReader(site / page.replace(".html", ".pdf")).get_fields() or {})
    with page_of(browser) as tab:
        tab.goto(address + page)
        on_page = tab.evaluate("[...document.getElementById('sheet').elements].map((one) => one.name)")
    assert set(filter(None, on_page)) == in_pdf


# Filling in


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).first.fill(text)


def stored(page: Page) -> int:
    return int(page.evaluate("localStorage.length + sessionStorage.length"))


def test_on_a_phone_every_field_can_be_reached_and_read(browser: Browser, address: str) -> None:
    with page_of(browser, **PHONE) as page:
        for path in (GOALS, CIRCLES, SLEEP):
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            small = page.evaluate(
                "[...document.querySelectorAll('#sheet textarea, #sheet label:has(input)')]"
                ".filter((one) => one.offsetHeight < 44 || one.getBoundingClientRect().right > innerWidth)"
                ".map((one) => one.name || one.textContent)"
            )
            assert small == []


def test_a_sheet_is_filled_in_by_keyboard_alone(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + GOALS)
        page.get_by_label("Line 1").focus()
        page.keyboard.type("See my brother")
        for _ in range(3):
            page.keyboard.press("Tab")
        page.keyboard.type("Ring him on Sunday")
        assert page.get_by_label("One small step").input_value() == "Ring him on Sunday"
        scale = page.get_by_role("group", name="Looking back: how far have I come? From 0 (not started yet)")
        scale.get_by_label("0", exact=True).focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert scale.get_by_label("2", exact=True).is_checked()
        page.get_by_role("button", name="Clear everything").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # No, go back
        assert page.get_by_label("One small step").input_value() == "Ring him on Sunday"
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # Yes, clear it
        assert page.get_by_label("One small step").input_value() == ""
        assert page.get_by_role("button", name="Clear everything").evaluate("one => one === document.activeElement")


def test_nothing_is_kept_unless_somebody_asks(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.on("dialog", lambda one: one.accept())
        page.goto(address + GOALS)
        fill(page, "One small step", "Ring him")
        assert not page.get_by_label("Keep what I write on this device").is_checked()
        assert stored(page) == 0
        page.reload()
        assert page.get_by_label("One small step").input_value() == ""
        assert page.context.cookies() == []


def test_what_is_kept_is_on_this_device_alone_and_can_be_cleared(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        asked: list[str] = []
        page.goto(address + GOALS)
        page.wait_for_load_state("networkidle")
        page.on("request", lambda request: asked.append(request.url + str(request.post_data or "")))
        page.get_by_label("Keep what I write on this device").check()
        fill(page, "One small step", "Ring him & <b>her</b>")
        page.get_by_label("5", exact=True).check()
        assert page.locator("#sheet-status").inner_text() == "Kept in this browser, on this device."
        late = (".png", "favicon.svg")  # a picture below may come into sight, and a busy browser asks late for its icon
        assert [one for one in asked if not one.endswith(late)] == []
        assert stored(page) == 1
        page.reload()
        assert page.locator("#sheet-status").inner_text() == "What you kept on this device is back on the page."
        assert page.get_by_label("One small step").input_value() == "Ring him & <b>her</b>"
        assert page.get_by_label("5", exact=True).is_checked()
        page.goto(address + CIRCLES)
        assert not page.get_by_label("Keep what I write on this device").is_checked(), "each sheet is asked for"
        page.goto(address + GOALS)
        page.get_by_label("Keep what I write on this device").uncheck()
        assert stored(page) == 0
        assert page.get_by_label("One small step").input_value() != "", "it is still on the page"
        page.get_by_label("Keep what I write on this device").check()
        assert stored(page) == 1
        page.get_by_role("button", name="Clear everything").click()
        page.get_by_role("button", name="Yes, clear it").click()
        assert (stored(page), page.get_by_label("One small step").input_value()) == (0, "")
        assert not page.get_by_label("5", exact=True).is_checked()
        page.reload()
        assert page.get_by_label("One small step").input_value() == ""


def test_a_browser_that_keeps_nothing_says_so(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
        page.goto(address + GOALS)
        fill(page, "One small step", "Ring him")
        page.get_by_label("Keep what I write on this device").click()
        assert page.locator("#sheet-status").inner_text().startswith("This browser cannot keep it.")
        assert not page.get_by_label("Keep what I write on this device").is_checked()


def test_who_would_lose_words_is_asked_and_who_calls_a_number_is_not(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        asked: list[str] = []
        page.on("dialog", lambda one: asked.append(one.type))
        page.on("dialog", lambda one: one.accept())
        page.goto(address + GOALS)
        fill(page, "One small step", "Ring him")
        page.reload()
        assert asked == ["beforeunload"]
        fill(page, "One small step", "Ring him")
        left = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
        assert page.evaluate(left) is False
        page.evaluate(
            "document.addEventListener('click', (event) => event.preventDefault(), { once: true });"
            "document.querySelector(\"a[href^='tel:']\").click()"
        )
        assert page.evaluate(left) is True
        page.get_by_label("Keep what I write on this device").check()
        page.reload()
        assert asked == ["beforeunload"], "what is kept is not lost"


def test_days_that_have_something_in_them_say_so(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + SLEEP)
        page.locator("summary", has_text="Week 1, Wednesday").click()
        page.get_by_role("group", name="Week 1, Wednesday").get_by_label("6. When I got up").fill("7:00")
        assert page.locator("summary:has(.begun)").all_inner_texts() == ["Week 1, Wednesdaybegun"]


# On paper


def text_of(page: Page) -> str:
    pdf = page.pdf(format="A4", print_background=True)
    return " ".join(" ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_on_paper_nothing_that_was_typed_is_lost_or_cut_off(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + GOALS)
        fill(page, "Line 1", "one " * 60 + "one-end")
        fill(page, "One small step", LONG)
        fill(page, "The date by which I will do it", "Monday 7 December, late, when the children are asleep")
        page.get_by_label("7", exact=True).check()
        said = text_of(page)
    assert " ".join(LONG.split()) in said
    assert "one-end" in said and "when the children are asleep" in said
    assert "If this stirs things up" in said and "Call 999" in said
    assert "A draft: not yet approved by a clinician." in said
    for button in ("Clear everything", "Keep what I write", "Print or save", "Problems A to Z", "Other editions"):
        assert button not in said


def test_a_field_on_the_screen_is_as_high_as_what_is_in_it(browser: Browser, address: str) -> None:
    for options in ({}, PHONE):
        with page_of(browser, **options) as page:
            page.goto(address + GOALS)
            fill(page, "Line 1", LONG)
            hidden = page.get_by_label("Line 1").evaluate("one => one.scrollHeight - one.clientHeight")
            assert hidden <= 1


def test_on_paper_stand_the_days_that_have_something_in_them(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(address + SLEEP)
        page.locator("summary", has_text="Week 2, Friday").click()
        page.get_by_role("group", name="Week 2, Friday").get_by_label("7. Minutes of naps by day").fill("25 in all")
        page.locator("summary", has_text="Week 2, Friday").click()
        said = text_of(page)
    assert "25 in all" in said and "Week 2, Friday" in said
    assert "Week 1, Tuesday" not in said


def test_without_scripts_it_is_filled_in_and_printed(browser: Browser, address: str) -> None:
    with page_of(browser, java_script_enabled=False) as page:
        page.goto(address + GOALS)
        fill(page, "One small step", "Ring him " * 20 + "today")
        assert page.get_by_text("Without JavaScript this page cannot keep what you write.").is_visible()
        assert not page.get_by_role("button", name="Clear everything").is_visible()
        assert "Call 999" in text_of(page)


def test_it_works_from_a_folder(browser: Browser, site: Path) -> None:
    with page_of(browser, offline=True) as page:
        page.goto((site / GOALS).as_uri())
        page.get_by_label("Keep what I write on this device").check()
        fill(page, "One small step", "Ring him")
        page.reload()
        assert page.get_by_label("One small step").input_value() == "Ring him"


# As the rules of others want it


@pytest.mark.parametrize("path", some([GOALS, CIRCLES, SLEEP], GOALS))
def test_axe_finds_nothing_in_a_sheet_that_is_filled_in(browser: Browser, address: str, path: str) -> None:
    with page_of(browser, bypass_csp=True) as page:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.locator("#sheet textarea").first.fill(LONG)
        for button in ("Clear everything", "No, go back"):
            page.get_by_role("button", name=button).click()
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                rules = () if scheme == "light" else COLOURS
                assert violations(page, *rules) == [], (button, scheme)


def test_the_largest_sheet_is_light(library: Library) -> None:
    """What stands around the form weighs 10 KB on every page, of the 60 KB that one may weigh."""
    words = SiteTexts(library.site_words["en"], library.locales["en"])
    form = form_of(composed(library, "activity-diary")[0], PAGES)
    assert len(form_fields(form)) > 300
    parts = [PAGES.site_page("_site/part.html", part=part, t=words) for part in form.parts]
    assert sum(len(part.encode()) for part in parts) < 50_000
