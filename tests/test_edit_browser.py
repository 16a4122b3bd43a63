"""The editor in a real browser: somebody who never sees a file corrects, adds, cites, approves and prints."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_case import IPT, LibraryCase, copy_of_leaflets
from playwright.sync_api import Browser, Page
from preview_case import PATIENCE, Visitor, previewing
from site_case import chromium
from test_preview_browser import AXE, PICTURES_READY

pytestmark = [pytest.mark.pdf, pytest.mark.slow]
COUNT = (
    "document.addEventListener('click', (event) => { window.clicks = (window.clicks || 0) + event.isTrusted; }, true)"
)
ANSWERS = """["answers","adults"]"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    case = LibraryCase(copy_of_leaflets(tmp_path))
    text = re.sub(r"(last_evidence_review:) \S+", r"\1 2026-11-01", case.text(IPT))  # before today's approval
    case.write(IPT, text)
    with previewing(case, editing=True) as found:
        yield found


@contextlib.contextmanager
def editing(
    browser: Browser, visitor: Visitor, query: str = "therapy=ipt&audience=adults", width: int = 1400, *expected: str
) -> Iterator[Page]:
    """The editor with its list of texts; what the browser complains about fails the test, but for refusals expected."""
    wrong: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
    page.set_default_timeout(1000 * PATIENCE)
    page.on("console", lambda one: wrong.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{visitor.address}?{query}")
    page.locator("#edit-list .pick").first.wait_for()
    page.evaluate(COUNT)
    try:
        yield page
    finally:
        page.close()
    assert [one for one in wrong if not any(status in one for status in expected)] == []


def click_on(page: Page, words: str) -> None:
    """Click a sentence on the leaflet."""
    page.frame_locator("#leaflet iframe:not(.coming)").get_by_text(words).first.click()
    page.locator("#edit-open form").wait_for()


def says(page: Page, words: str) -> None:
    page.locator("#edit-said", has_text=words).wait_for()


def save(page: Page, button: str = "Save") -> None:
    page.locator("#edit-open").get_by_role("button", name=button, exact=True).click()


def changed(before: str, after: str) -> list[str]:
    """The lines that were taken out and put in."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {iframes: false}).then((results) => results.violations)")
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


def test_somebody_who_never_sees_a_file_corrects_adds_cites_approves_and_prints(
    browser: Browser, visitor: Visitor
) -> None:
    before = visitor.case.text(IPT)
    with editing(browser, visitor) as page:
        click_on(page, "For adults with depression who have been offered IPT")
        field = page.locator("#edit-open textarea").first
        assert field.input_value().startswith("For adults with depression who have been offered IPT")
        field.fill("For adults with depression who were offered IPT, or wonder if it is for them.")
        save(page)
        says(page, "Saved.")
        frame = page.frame_locator("#leaflet iframe:not(.coming)")
        frame.get_by_text("who were offered IPT, or wonder").first.wait_for()

        page.locator(f"details[data-path='{ANSWERS}'] > summary").click()
        page.locator(f"button[data-add='{ANSWERS}']").click()
        page.get_by_label("Question").fill("Can I bring somebody?")
        page.get_by_label("Answer").fill(
            "Ask your therapist. A first meeting with somebody you trust is often possible."
        )
        page.get_by_label("Source to cite").fill("ng222")
        page.get_by_role("button", name="Cite here").click()
        save(page)
        says(page, "Added.")
        frame.get_by_text("Can I bring somebody?").first.wait_for()

        page.get_by_role("button", name="Approve …").click()
        page.get_by_label("Name of the person").fill("Alex Example")
        page.get_by_label("What that person is").fill("Clinical psychologist")
        page.get_by_label("This person has read").check()
        save(page, "Approve")
        says(page, "Approved.")
        frame.get_by_text("Alex Example").first.wait_for()
        page.wait_for_function(PICTURES_READY)
        clicks = page.evaluate("window.clicks") + 1  # the one on the leaflet, which is a page of its own
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Open the PDF to print").click()
        assert opened.value.url.endswith("/edit/pdf?therapy=ipt&audience=adults")
    assert clicks <= 12, "four tasks"
    assert changed(before, visitor.case.text(IPT)) == [
        "-    purpose: For adults with depression who have been offered IPT, or wonder if it is for them.",
        "+    purpose: For adults with depression who were offered IPT, or wonder if it is for them.",
        "+    - question: Can I bring somebody?",
        '+      answer: "Ask your therapist. A first meeting with somebody you trust is often possible. {@ng222}"',
    ]
    assert visitor.get("/edit/pdf?therapy=ipt&audience=adults").body.startswith(b"%PDF-")


def test_undo_move_and_remove_by_the_keyboard_alone(browser: Browser, visitor: Visitor) -> None:
    before = visitor.case.text(IPT)
    with editing(browser, visitor) as page:
        page.locator(f"details[data-path='{ANSWERS}'] > summary").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the first answer
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # its question
        page.locator("#edit-open form").wait_for()
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA", "ready to be typed into"
        page.keyboard.press("End")
        page.keyboard.type("?")
        page.keyboard.press("Enter")
        says(page, "Saved.")
        assert len(changed(before, visitor.case.text(IPT))) == 2
        assert page.evaluate("document.activeElement.className") == "pick", "back where one was"
        focus_on(page, "Down: ")
        page.keyboard.press("Enter")
        says(page, "Down: done.")
        focus_on(page, "Remove: ")
        page.keyboard.press("Enter")
        says(page, "Remove: done.")
        for _ in range(3):
            focus_on(page, "Undo")
            page.locator("#edit-said").evaluate("(said) => { said.textContent = ''; }")
            page.keyboard.press("Enter")
            says(page, "Taken back.")
        assert page.get_by_role("button", name="Undo").is_disabled()
    assert visitor.case.text(IPT) == before


def focus_on(page: Page, words: str) -> None:
    page.locator(".edit").get_by_role("button", name=words).first.focus()


def test_what_was_typed_is_never_lost(browser: Browser, visitor: Visitor) -> None:
    with editing(browser, visitor, "therapy=ipt&audience=adults", 1400, "409") as page:
        click_on(page, "For adults with depression who have been offered IPT")
        field = page.locator("#edit-open textarea").first
        field.fill("Mine.")
        page.locator("#edit-list .pick").first.click()
        page.get_by_role("dialog").get_by_role("button", name="Go on writing").click()
        assert field.input_value() == "Mine.", "nothing else was opened"

        theirs = visitor.case.text(IPT).replace("For adults with depression who have", "For adults who have")
        visitor.case.write(IPT, theirs)
        frame = page.frame_locator("#leaflet iframe:not(.coming)")
        frame.get_by_text("For adults who have been offered IPT").first.wait_for()
        assert field.input_value() == "Mine.", "an update of the page leaves what is typed"
        save(page)
        says(page, "The file was changed meanwhile, by another tab or program.")
        assert page.locator(".theirs").inner_text().startswith("For adults who have been offered IPT")
        assert visitor.case.text(IPT) == theirs, "nothing was written over it"
        page.get_by_role("button", name="Write mine over it").click()
        says(page, "Saved.")
    assert "    purpose: Mine.\n" in visitor.case.text(IPT)


def test_a_file_that_can_only_be_read_is_said_and_kept(browser: Browser, visitor: Visitor) -> None:
    before = visitor.case.text(IPT)
    visitor.case.write(IPT, before)  # a file of its own
    (visitor.case.root / IPT).chmod(0o444)
    with editing(browser, visitor, "therapy=ipt&audience=adults", 1400, "423") as page:
        says(page, "can only be read. You can look, but not save.")
        click_on(page, "For adults with depression who have been offered IPT")
        page.locator("#edit-open textarea").first.fill("Mine.")
        save(page)
        says(page, "can only be read. Allow it to be written")
        assert page.locator("#edit-open textarea").first.input_value() == "Mine."
    assert visitor.case.text(IPT) == before


def test_a_therapy_is_begun_by_a_form_and_its_problems_lead_to_their_words(browser: Browser, visitor: Visitor) -> None:
    with editing(browser, visitor, "therapy=ipt&audience=adults", 1400, "422") as page:
        page.locator("summary", has_text="New therapy").click()
        page.get_by_role("button", name="Therapy …").click()
        page.get_by_label("The therapy's name").fill("Guided self-help")
        page.get_by_label("Its short name").fill("Guided Self")
        page.get_by_label("For whom").select_option("adults")
        save(page, "Make it")
        says(page, '"Guided Self" cannot be a short name.')
        page.get_by_label("Its short name").fill("guided-self-help")
        save(page, "Make it")
        page.wait_for_url("**therapy=guided-self-help**")
        page.locator("#list li").first.wait_for()
        problem = page.locator("#list li", has_text="This is blank").first
        problem.get_by_role("button", name="Open the words").click()
        page.locator("#edit-open form").wait_for()
    assert (visitor.case.root / "content/therapies/guided-self-help.yaml").is_file()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed; make test does it")
@pytest.mark.parametrize("width", [1400, pytest.param(320, marks=pytest.mark.long)])
def test_axe_finds_nothing_in_any_state(browser: Browser, visitor: Visitor, width: int) -> None:
    with editing(browser, visitor, "therapy=ipt&audience=adults&clinic=riverside", width) as page:
        page.evaluate("document.querySelectorAll('.edit details').forEach((one) => { one.open = true; })")
        assert violations(page) == [], "all texts"
        page.locator("button[data-add='[\"claims\"]']").click()
        assert violations(page) == [], "a form of several fields"
        page.get_by_role("button", name="Cancel").click()
        page.locator('.pick[data-path=\'["sections","main_message","adults"]\']').click()
        page.get_by_role("button", name="All readers").click()
        page.locator(".beside").wait_for()
        page.get_by_role("button", name="New source …").click()
        page.locator("legend", has_text="New source").wait_for()
        assert violations(page) == [], "a text, all readers and a new source"
        page.locator("#edit-open textarea").first.fill("Something else.")
        page.get_by_role("button", name="Approve …").click()
        page.get_by_role("dialog").wait_for()
        assert violations(page) == [], "the question whether to save"
        page.get_by_role("button", name="Throw it away").click()
        page.get_by_label("Name of the person").wait_for()
        assert violations(page) == [], "an approval"
        page.get_by_role("button", name="Cancel").click()
        page.get_by_label("Texts of").select_option("clinic")
        page.get_by_label("Logo, from a file").wait_for()
        assert violations(page) == [], "a clinic"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs over the edge"
