"""The preview in a real browser: it follows what is saved, and everybody can use it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from library_case import IPT, LibraryCase
from playwright.sync_api import Browser, Page, sync_playwright
from preview_case import PATIENCE, Visitor, previewing

ColorScheme = Literal["light", "dark"]
ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / ".venv/web/node_modules/axe-core/axe.min.js"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LEAFLET_SAYS = "(words) => document.querySelector('#leaflet iframe:not(.coming)').contentDocument.body.innerText"
LEAFLET_SAYS += ".includes(words)"
PICTURES_READY = """() => {
  const pictures = [...document.querySelectorAll('#pages img')];
  return pictures.length > 0 && pictures.every((picture) => picture.complete && picture.naturalWidth > 0);
}"""

pytestmark = [pytest.mark.pdf, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS)) as found,
    ):
        yield found


@pytest.fixture
def visitor(case: LibraryCase) -> Iterator[Visitor]:
    with previewing(case) as found:
        yield found


def opened(browser: Browser, visitor: Visitor, width: int = 1400, scheme: ColorScheme = "light", **more: bool) -> Page:
    """The page with its pictures; what the browser complains about fails the test."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)  # type: ignore[arg-type]
    page.set_default_timeout(1000 * PATIENCE)
    page.on("console", lambda message: pytest.fail(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{visitor.address}?therapy=ipt&audience=adults")
    if more.get("java_script_enabled", True):
        page.wait_for_function(PICTURES_READY)
    return page


def test_a_saved_word_is_shown_and_the_reader_stays_where_she_was(browser: Browser, visitor: Visitor) -> None:
    page = opened(browser, visitor)
    before = page.locator("#pages img").first.get_attribute("src")
    page.evaluate("document.querySelector('#leaflet iframe').contentWindow.scrollTo(0, 500)")
    page.locator("#clinic").focus()
    visitor.title("Another word")
    page.wait_for_function(LEAFLET_SAYS, arg="Another word")
    assert page.evaluate("document.querySelector('#leaflet iframe').contentWindow.scrollY") == 500
    assert page.evaluate("document.activeElement.id") == "clinic", "the form is not taken from under her hands"
    page.wait_for_function("(old) => document.querySelector('#pages img').getAttribute('src') !== old", arg=before)
    page.wait_for_function(PICTURES_READY)
    page.close()


def test_a_mistake_is_shown_and_goes_away(browser: Browser, visitor: Visitor) -> None:
    page = opened(browser, visitor)
    good = visitor.case.text(IPT)
    line = visitor.case.replace(IPT, "    title:", "    title: [never closed", "titles:", "  adults:")
    page.locator("#list li", has_text=f"ipt.yaml:{line}").wait_for()
    assert page.locator("#leaflet iframe.old").count() == 1
    assert "The last good page" in (page.locator("#state").text_content() or "")
    visitor.case.write(IPT, good)
    page.locator("#list", has_text="None.").wait_for()
    page.locator("#leaflet iframe.new").wait_for()
    page.close()


def test_it_works_without_script(browser: Browser, visitor: Visitor) -> None:
    page = opened(browser, visitor, java_script_enabled=False)
    page.get_by_label("Reader").select_option("teens")
    page.get_by_role("button", name="Show").click()
    assert "audience=teens" in page.url
    frame = page.frame_locator("#leaflet iframe")
    assert "For young people" in frame.locator("body").inner_text()
    page.get_by_role("link", name="Proof sheet").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Proof: Interpersonal")
    page.close()


@pytest.mark.long
def test_it_goes_on_when_the_program_is_started_anew(browser: Browser, case: LibraryCase) -> None:
    with previewing(case) as visitor:
        page = browser.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(visitor.address)
        page.wait_for_function(PICTURES_READY)
    page.locator("#state", has_text="does not answer").wait_for()
    with previewing(case, port=visitor.port) as visitor:
        visitor.title("Another word")
        page.wait_for_function(LEAFLET_SAYS, arg="Another word")
        page.locator("#state", has_text="As saved").wait_for()
        page.close()


def violations(page: Page) -> list[str]:
    """What axe finds, with the elements that it finds it in."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    # The leaflet's frame has tests of its own, and runs no script that could look into it.
    found = page.evaluate("axe.run(document, {iframes: false}).then((results) => results.violations)")
    return [f"{one['id']}: {json.dumps([node['html'] for node in one['nodes']])[:300]}" for one in found]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed; make test does it")
@pytest.mark.parametrize(
    ("state", "scheme"),
    [
        ("good", "light"),
        ("spoiled", "dark"),
        *(
            pytest.param(*rest, marks=pytest.mark.long)
            for rest in (("good", "dark"), ("spoiled", "light"), ("long list", "light"), ("long list", "dark"))
        ),
    ],
)
def test_axe_finds_nothing(state: str, scheme: ColorScheme, browser: Browser, visitor: Visitor) -> None:
    page = opened(browser, visitor, scheme=scheme, bypass_csp=True)
    if state == "spoiled":
        visitor.case.replace(IPT, "    purpose:", "{}\n    porpose: no", "titles:", "  adults:")
    if state == "long list":
        visitor.case.write(IPT, visitor.case.text(IPT).split("\ncourses:")[0])
    if state != "good":
        page.locator("#list li").first.wait_for()
    assert violations(page) == []
    page.close()


@pytest.mark.long
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed; make test does it")
def test_companion_axe_finds_a_label_that_is_missing(browser: Browser, visitor: Visitor) -> None:
    page = opened(browser, visitor, bypass_csp=True)
    page.evaluate("document.querySelector('label').remove()")
    assert [name.split(":")[0] for name in violations(page)] == ["select-name"]
    page.close()


@pytest.mark.parametrize("width", [320, 800, 1400])
def test_nothing_runs_out_of_the_window(width: int, browser: Browser, visitor: Visitor) -> None:
    visitor.case.replace(IPT, "    purpose:", "{}\n    porpose: no", "titles:", "  adults:")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_default_timeout(1000 * PATIENCE)
    page.goto(visitor.address)
    page.locator("#list li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()
