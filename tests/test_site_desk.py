"""The print desk: found, chosen and printed as one file, in few actions, from a server and from a disk."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import ImageChops
from playwright.sync_api import Browser, Page, expect
from site_case import chromium, page_of, serving, shared
from test_site_parts import handout
from test_site_rules import COLOURS, violations

from printables.pages.formats.html_tree import parse
from printables.site import desk
from printables.site.model import Download

pytestmark = pytest.mark.pdf
SCREEN = 740
"""Pixels of a phone's height."""
IPT = ("leaflets/adults/ipt-adults-en", "leaflets/teens/ipt-teens-en")
DIARY = "worksheets/adults/sleep-diary-adults-en"


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


class Hands:
    """What somebody does at the desk, counted: each click, each text that is typed, each key that is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def type(self, words: str) -> None:
        self.actions += 1
        self.page.get_by_label("Title, therapy or problem").fill(words)

    def tick(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("checkbox", name=name, exact=True).click()

    def press(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=name, exact=True).click()

    def print_in_its_window(self) -> None:
        """Ctrl and P, and the button of the window that opens, which no test can press."""
        self.actions += 2


def opened(page: Page, hands: Hands, button: str = "Open to print") -> bytes:
    """The file that the button opens in a window of its own."""
    with page.context.expect_page() as window:
        hands.press(button)
    link = page.get_by_role("link", name="Save it")
    link.wait_for()
    window.value.wait_for_url(re.compile("^blob:"))
    assert window.value.url == link.get_attribute("href")
    return saved(page, link.click)


def saved(page: Page, start: Any) -> bytes:
    with page.expect_download() as download:
        start()
    return Path(download.value.path()).read_bytes()


def pictures(data: bytes) -> list[Any]:
    document = pypdfium2.PdfDocument(data)
    return [document[number].render(scale=1).to_pil() for number in range(len(document))]


def is_blank(picture: Any) -> bool:
    return bool(picture.convert("L").getextrema() == (255, 255))


# The tasks, with the actions that they take


def test_a_receptionist_prints_three_leaflets_in_at_most_eight_actions(
    browser: Browser, address: str, site: Path
) -> None:
    """26 before: each was found, opened and printed by itself."""
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        hands = Hands(page)
        hands.tick("Interpersonal psychotherapy: for adults")
        hands.tick("Interpersonal psychotherapy: for teenagers")
        hands.type("sleep diary")
        hands.tick("Sleep diary: for adults")
        data = opened(page, hands)
        hands.print_in_its_window()
    assert hands.actions <= 8
    wanted = [pictures((site / f"{stem}.pdf").read_bytes()) for stem in (*IPT, DIARY)]
    printed = pictures(data)
    for document in wanted:
        for picture in document:
            assert ImageChops.difference(printed.pop(0), picture).getbbox() is None
        if len(document) % 2:
            assert is_blank(printed.pop(0)), "the next one begins on a new sheet"
    assert printed == []


def test_a_ward_takes_everything_usual_in_two_actions(browser: Browser, address: str, site: Path) -> None:
    with page_of(browser) as page:
        page.goto(address)
        page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Downloads").click()
        data = saved(page, page.get_by_role("link", name="Everything, in one edition (ZIP").click)
    usual = [one for one in json.loads((site / "catalogue.json").read_bytes())["items"] if one["edition"] == "a4"]
    paths = {one["url"].split("/our/shelf/")[1] for one in usual if one["format"] == "application/pdf"}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == paths | {"index.html", "SHA256SUMS"}
        index = parse(archive.read("index.html").decode())
    assert {one.attributes["href"] for one in index.below("a")} == paths
    assert [one.words for one in index.below("h2")] == [
        "For adults",
        "For teenagers",
        "For parents and carers",
        "For professionals",
        "For Easy Read readers",
    ]


def test_a_ward_prints_all_for_adults_in_four_actions(browser: Browser, address: str, site: Path) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        hands = Hands(page)
        page.get_by_label("Who it is for").select_option("adults")
        page.get_by_label("Edition", exact=True).select_option("a4-large-print")
        hands.actions += 2
        hands.press("Tick all of these")
        data = opened(page, hands)
    assert hands.actions == 4
    names = [one for one in pypdf.PdfReader(io.BytesIO(data)).outline if not isinstance(one, list)]
    assert len(names) == len(list(site.glob("*/adults/*-a4-large-print.pdf")))


# Finding


def shown(page: Page) -> list[str]:
    return page.locator("#desk-rows h2").all_inner_texts()


FOUND_FIRST = {
    "ipt": "Interpersonal psychotherapy",
    "card": "Cards with help lines",
    "Depression": "Interpersonal psychotherapy",
    "insomnai": "CBT for insomnia",
    "depresion": "Interpersonal psychotherapy",
    "diary sleep": "Sleep diary",
    "goals teen": "My goals",
}
"""The first title for what is typed. No two of the same stand side by side, so that each answer is a new one."""


def test_the_desk_finds_titles_problems_and_words_with_a_wrong_letter(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        for typed, first in FOUND_FIRST.items():
            Hands(page).type(typed)
            assert shown(page)[:1] == [first], typed
            assert "to choose from" in page.locator("#desk-status").inner_text()


def test_lists_narrow_what_is_found(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        page.get_by_label("Problem", exact=True).select_option(label="Sleep problems")
        assert "Interpersonal psychotherapy" not in shown(page)
        assert {"CBT for insomnia", "Sleep diary"} <= set(shown(page))
        page.get_by_label("Who it is for").select_option("professionals")
        assert shown(page) == ["CBT for insomnia"]
        assert page.locator("#desk-status").inner_text() == "1 to choose from"
        Hands(page).type("xylophone")
        assert shown(page) == []
        assert page.get_by_text("Nothing matches.").is_visible()
        assert page.locator("#desk-none").get_by_role("link", name="Need help now?").is_visible()


# Choosing


def test_the_choice_survives_a_reload_and_can_be_bookmarked(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        hands = Hands(page)
        hands.type("interpersonal")
        for reader in ("adults", "teenagers"):
            hands.tick(f"Interpersonal psychotherapy: for {reader}")
        page.get_by_label("Edition of Interpersonal psychotherapy: for teenagers").select_option("a4-large-print")
        hands.press("Move up: Interpersonal psychotherapy: for teenagers")
        page.get_by_label("I print on both sides").uncheck()
        kept, seen = page.url, chosen(page)
        assert [name for name, _ in seen] == [
            "Interpersonal psychotherapy: for teenagers",
            "Interpersonal psychotherapy: for adults",
        ]
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        page.reload()
        assert chosen(page) == seen
    with page_of(browser) as page:
        page.goto(kept)
        assert chosen(page) == seen
        assert page.get_by_label("Title, therapy or problem").input_value() == "interpersonal"
        assert not page.get_by_label("I print on both sides").is_checked()
        page.goto(f"{address}desk.html#take=l.nothing-en~a4,w.sleep-diary-adults-en~a9&problem=none&edition=no")
        assert chosen(page) == [("Sleep diary: for adults", "a4")], "what is gone from the site is left out"


def chosen(page: Page) -> list[tuple[str, str]]:
    names = page.locator("#desk-list a").all_inner_texts()
    return list(zip(names, [one.input_value() for one in page.locator("#desk-list select").all()], strict=True))


def test_an_edition_for_all_and_one_taken_out(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        hands = Hands(page)
        hands.tick("CBT for insomnia: for adults")
        hands.tick("CBT for insomnia: for professionals")
        page.get_by_label("Edition", exact=True).select_option("a4-large-print")
        assert {edition for _, edition in chosen(page)} == {"a4-large-print"}
        link = page.locator("#desk-list a").first
        assert link.evaluate("one => one.href") == f"{address}leaflets/adults/cbt-insomnia-adults-en-a4-large-print.pdf"
        hands.press("Take out: CBT for insomnia: for adults")
        assert not page.get_by_role("checkbox", name="CBT for insomnia: for adults").is_checked()
        assert page.locator("#desk-chosen").inner_text() == "1 chosen"
        hands.press("Take everything out")
        assert page.url.split("#")[1] == "edition=a4-large-print"
        assert page.get_by_role("button", name="Open to print").count() == 0


def test_the_desk_by_keyboard_alone(browser: Browser, address: str) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        page.get_by_label("Title, therapy or problem").focus()
        page.keyboard.type("insomnia professionals")
        box = page.get_by_role("checkbox", name="CBT for insomnia: for professionals")
        for _ in range(6):
            page.keyboard.press("Tab")
            if box.evaluate("one => one === document.activeElement"):
                break
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab" if page.locator("#desk-more").is_visible() else "Shift+Tab")
        page.get_by_role("button", name="Open to print").focus()
        with page.context.expect_page():
            page.keyboard.press("Enter")
        page.get_by_role("link", name="Save it").wait_for()


# The files


def test_a_zip_holds_what_is_chosen_in_its_order(browser: Browser, address: str, site: Path) -> None:
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        hands = Hands(page)
        hands.tick("Interpersonal psychotherapy: for teenagers")
        hands.tick("Interpersonal psychotherapy: for adults")
        data = saved(page, lambda: hands.press("Take as a ZIP"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["1-ipt-teens-en.pdf", "2-ipt-adults-en.pdf"]
        assert archive.read("2-ipt-adults-en.pdf") == (site / f"{IPT[0]}.pdf").read_bytes()


def joined(page: Page, files: Mapping[str, bytes], **how: Any) -> bytes:
    """What the desk's own function makes of these files."""
    encoded = [[name, base64.b64encode(data).decode()] for name, data in files.items()]
    answer = page.evaluate(
        """async ([files, how]) => {
            const read = files.map(([title, text]) => ({ title, bytes: bytesOf(atob(text)) }));
            const { blob } = await joinPdfs(read, how);
            return btoa(textOf(new Uint8Array(await blob.arrayBuffer())));
        }""",
        [encoded, {"title": "Both", "sides": 1, "fold": False, **how}],
    )
    return base64.b64decode(answer)


def test_the_file_keeps_tags_links_and_bookmarks(browser: Browser, address: str, site: Path) -> None:
    stems = (*IPT, DIARY)
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        data = joined(page, {f"{stem} – ü": (site / f"{stem}.pdf").read_bytes() for stem in stems})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.get_warnings() == []
        root = pdf.Root
        assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en", True)
        assert str(pdf.docinfo.Title) == "Both"
        numbers = [int(page.obj.StructParents) for page in pdf.pages]
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        numbers += [int(note.StructParent) for note in notes if "/StructParent" in note]
        keys = [int(one) for at, one in enumerate(root.StructTreeRoot.ParentTree.Nums) if at % 2 == 0]
        assert len(numbers) == len(set(numbers)) and set(numbers) <= set(keys)
        assert keys == sorted(set(keys)), "a viewer looks for them in their order"
        assert [str(one.T) for one in root.StructTreeRoot.K] == [f"{stem} – ü" for stem in stems]
        assert all(one.K[0].P.objgen == one.objgen for one in root.StructTreeRoot.K)
        assert {str(note.Subtype) for note in notes} == {"/Link"}, "no fields"
        ends = [note.Dest for note in notes if "/Dest" in note]
        pages = {page.obj.objgen for page in pdf.pages}
        assert len(ends) > 5 and all(end[0].objgen in pages for end in ends)
    reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
    tops = [one for one in reader.outline if not isinstance(one, list)]
    counts = [len(pypdf.PdfReader(site / f"{stem}.pdf").pages) for stem in stems]
    assert [(one.title, reader.get_destination_page_number(one)) for one in tops] == [
        (f"{stem} – ü", sum(counts[:at])) for at, stem in enumerate(stems)
    ]
    assert len(reader.pages) == sum(counts)
    alone = pypdf.PdfReader(site / f"{stems[1]}.pdf")
    assert reader.pages[counts[0]].extract_text() == alone.pages[0].extract_text()


def other_ways(data: bytes, folder: Path) -> dict[str, bytes]:
    """The same PDF as other programs write it: with a table of objects, without packed ones, changed at its end."""
    made = {}
    for name, mode in (("plain", pikepdf.ObjectStreamMode.disable), ("packed", pikepdf.ObjectStreamMode.generate)):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            target = io.BytesIO()
            pdf.save(target, object_stream_mode=mode, compress_streams=True)
            made[name] = target.getvalue()
    document, target = pypdfium2.PdfDocument(data), io.BytesIO()
    document.save(target)
    (folder / "plain.pdf").write_bytes(made["plain"])
    writer = pypdf.PdfWriter(folder / "plain.pdf", incremental=True)
    writer.add_metadata({"/Subject": "a (bracket) \\ in it"})
    end = io.BytesIO()
    writer.write(end)
    return {**made, "pdfium": target.getvalue(), "changed": end.getvalue()}


def test_files_of_other_programs_can_be_joined_too(browser: Browser, address: str, site: Path, tmp_path: Path) -> None:
    data = (site / f"{IPT[1]}.pdf").read_bytes()
    want = pictures(data)
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        for name, other in other_ways(data, tmp_path).items():
            found = pictures(joined(page, {"first": other, "second": data}))
            assert len(found) == 2 * len(want), name
            pairs = zip(found, [*want, *want], strict=True)
            assert all(ImageChops.difference(one, two).getbbox() is None for one, two in pairs), name


def test_sheets_to_fold_say_how_they_are_turned_over(browser: Browser, address: str, site: Path) -> None:
    data = (site / f"{IPT[1]}.pdf").read_bytes()
    with page_of(browser) as page:
        page.goto(f"{address}desk.html")
        fold = joined(page, {"one": data}, sides=2, fold=True)
        usual = joined(page, {"one": data}, sides=2)
    for made, turned in ((fold, "/DuplexFlipShortEdge"), (usual, "/DuplexFlipLongEdge")):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert str(pdf.Root.ViewerPreferences.Duplex) == turned


def test_a_file_that_does_not_come_is_told(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/ipt-teens-en.pdf", lambda route: route.abort())
    page.goto(f"{address}desk.html")
    hands = Hands(page)
    hands.tick("Interpersonal psychotherapy: for teenagers")
    for button in ("Open to print", "Take as a ZIP"):
        hands.press(button)
        expect(page.locator("#desk-made")).to_have_text(re.compile("^The file could not be made. Try again"))
    assert len(page.context.pages) == 1, "no empty window is left"
    page.close()


# Where it is used


def test_from_a_disk_each_can_be_opened_and_the_folder_gives_one_file(browser: Browser, site: Path) -> None:
    with page_of(browser, offline=True) as page:
        page.goto((site / "desk.html").as_uri())
        hands = Hands(page)
        hands.type("interpersonal")
        hands.tick("Interpersonal psychotherapy: for adults")
        hands.tick("Interpersonal psychotherapy: for teenagers")
        assert page.locator("#desk-list a").first.evaluate("one => one.href") == (site / f"{IPT[0]}.pdf").as_uri()
        assert page.get_by_text("This page was opened from a disk").is_visible()
        assert page.get_by_role("button", name="Open to print").is_disabled()
        page.get_by_label("Folder of this website").set_input_files(site / "assets")
        assert page.locator("#desk-made").inner_text().startswith("This is not the folder of this website.")
        page.get_by_label("Folder of this website").set_input_files(site)
        expect(page.get_by_role("button", name="Open to print")).to_be_enabled()
        data = opened(page, hands)
        page.reload()
        assert len(chosen(page)) == 2
    first = pypdf.PdfReader(site / f"{IPT[0]}.pdf").pages[0].extract_text()
    assert pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text() == first


def test_on_a_phone_the_desk_is_at_most_six_screens_long(browser: Browser, address: str) -> None:
    with page_of(browser, viewport={"width": 360, "height": SCREEN}, has_touch=True) as page:
        page.goto(f"{address}desk.html")
        for number in (1, 3):
            assert page.evaluate("document.documentElement.scrollHeight") <= 6 * SCREEN
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            page.locator("#desk-rows label").nth(number).tap()
        assert page.get_by_role("button", name="Open to print").is_visible(), "it stays at the foot of the screen"


def test_axe_finds_nothing_at_the_desk(browser: Browser, address: str) -> None:
    """As it is opened: test_site_rules.py."""
    with page_of(browser, bypass_csp=True) as page:
        page.goto(f"{address}desk.html")
        for box in page.locator("#desk-rows input").all()[:3]:
            box.check()
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, *COLOURS) == []


# The list


def test_a_booklet_is_printed_from_its_sheets() -> None:
    def document(form: str, end: str, edition: str = "a5-booklet") -> Download:
        return Download(f"leaflets/adults/ipt-adults-en{end}.pdf", form, edition, "", "", 4, 1, "0" * 64)

    booklet, sheets = document("PDF", "-a5-booklet"), document("SHEETS", "-a5-booklet-sheets")
    usual = document("PDF", "", "a4")
    one = handout("ipt")
    object.__setattr__(one, "documents", (usual, booklet, sheets))
    assert desk.to_print(one) == [usual, sheets]


def test_cards_and_posters_are_listed(site: Path) -> None:
    script = (site / "assets/desk.js").read_text(encoding="utf-8")
    data = json.loads(script.splitlines()[0].removeprefix("const DESK=").removesuffix(";"))
    (group,) = (one for one in data["groups"] if one["kind"] == "rack")
    (card,) = group["items"]
    assert (group["name"], card[2], card[5][0][3]) == ("Cards with help lines", "adults", 1)
    assert (site / f"{card[1]}{card[5][0][1]}").is_file()
    assert f"  {card[1]}.pdf\n" in (site / "SHA256SUMS").read_text(encoding="utf-8")
