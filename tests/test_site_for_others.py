"""The website for other systems: what they may fetch and frame, the feed, former addresses, codes, earlier versions."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from library_case import LibraryCase, copy_of_ours
from playwright.sync_api import Browser, Page
from site_case import built, chromium, shared
from web_host_case import hosting

from printables.pages.formats.html_tree import parse

pytestmark = pytest.mark.pdf
FRAMER = "https://www.example.org"
LEAFLET = "leaflets/teens/ipt-teens-en.html"
SHEET = "worksheets/teens/my-goals-teens-en.pdf"
LARGE = "adults-en-a4-large-print.pdf"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website as it is without any settings."""
    return shared(tmp_path_factory) / "output/site"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that others may frame, with records that were renamed and a worksheet in a second version."""
    folder = tmp_path_factory.mktemp("others") / "own"
    shutil.copytree(shared(tmp_path_factory), folder)
    settings = folder / "content/site.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + f"frame_by: [{FRAMER}]\n"
        "renamed:\n  therapies: {cbt-i: cbt-insomnia}\n  worksheets: {goals: my-goals}\n"
        "  conditions: {sleep: insomnia}\n",
        encoding="utf-8",
    )
    record = folder / "content/worksheets/my-goals.yaml"
    record.write_text(re.sub(r'(?m)^(version: )"1.0"', r'\1"1.1"', record.read_text("utf-8")), encoding="utf-8")
    built(folder)
    return folder


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    return project / "output/site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(300_000)
    yield opened
    context.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another website, with one empty page."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there/index.html").write_text("<!doctype html><title>there</title>", encoding="utf-8")
    with hosting(tmp_path / "there") as found:
        yield found


FETCHED = (
    "async (address) => { try { return (await (await fetch(address)).text()).length; } catch (error) { return 0; } }"
)


def test_scripts_of_other_websites_may_read_the_lists_and_the_fragments_alone(
    closed: Path, page: Page, elsewhere: str
) -> None:
    with hosting(closed) as here:
        page.goto(f"{elsewhere}/")
        for path in ("catalogue.json", "catalogue.schema.json", "feed.xml", "SHA256SUMS", f"fragments/{LEAFLET}"):
            assert page.evaluate(FETCHED, f"{here}/{path}") > 0, path
        for path in ("index.html", LEAFLET, "leaflets/teens/ipt-teens-en.pdf", "help.html"):
            assert page.evaluate(FETCHED, f"{here}/{path}") == 0, path


FRAMES = """(addresses) => {
    document.body.innerHTML = "<iframe></iframe>".repeat(addresses.length);
    addresses.forEach((address, number) => { window.frames[number].location = address; });
}"""


def framed(page: Page, *addresses: str) -> list[bool]:
    """Whether a frame on the page that is open shows what is at each of these addresses."""
    page.evaluate(FRAMES, addresses)
    page.wait_for_function("(count) => window.frames.length === count", arg=len(addresses))
    page.wait_for_timeout(1500)  # nothing tells that a frame was refused
    shown = {frame.url for frame in page.frames[1:] if frame.query_selector("article, h1")}
    return [address in shown for address in addresses]


def test_only_named_websites_frame_leaflets_and_nothing_else(site: Path, page: Page, elsewhere: str) -> None:
    with hosting(site, (FRAMER, elsewhere)) as here:
        page.goto(f"{elsewhere}/")
        found = framed(page, *(f"{here}/{path}" for path in (f"embed/{LEAFLET}", LEAFLET, "index.html")))
        assert found == [True, False, False]
    with hosting(site) as here:
        page.goto(f"{elsewhere}/")
        assert framed(page, f"{here}/embed/{LEAFLET}") == [False], "another website than the one that is named"


def test_without_settings_nobody_frames_anything(closed: Path, page: Page, elsewhere: str) -> None:
    with hosting(closed) as here:
        page.goto(f"{elsewhere}/")
        assert framed(page, f"{here}/embed/{LEAFLET}") == [False]


def test_a_page_to_frame_is_the_leaflet_and_the_way_to_its_page(site: Path) -> None:
    text = (site / f"embed/{LEAFLET}").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in text and "<nav" not in text and "<script" not in text
    assert f'<a href="../../../{LEAFLET}" target="_blank" rel="noopener">' in text
    (title,) = parse(text).below("h1")
    (of_page,) = parse((site / LEAFLET).read_text(encoding="utf-8")).below("h1")
    assert of_page.words == f"{title.words} for teenagers"
    for path in (f"embed/{LEAFLET}", f"fragments/{LEAFLET}"):
        for link in re.findall(r'(?:href|src)="(?!#|[a-z]+:)([^"?#]*)', (site / path).read_text(encoding="utf-8")):
            assert (site / path).parent.joinpath(link).is_file(), link


def test_what_a_framed_leaflet_names_can_be_opened(site: Path, page: Page, elsewhere: str) -> None:
    """Other leaflets in the frame; sheets, which nobody may frame, in a window of their own."""
    with hosting(site, (FRAMER, elsewhere)) as here:
        page.goto(f"{elsewhere}/")
        assert framed(page, f"{here}/embed/{LEAFLET}") == [True]
        frame = page.frame_locator("iframe")
        with page.context.expect_page() as opened:
            frame.get_by_role("link", name="What I want to change").click()
        opened.value.wait_for_url(f"{here}/{SHEET.replace('.pdf', '.html')}")
        frame.locator(".about a", has_text="parents").first.click()
        page.frames[1].wait_for_url(f"{here}/embed/leaflets/parents/ipt-parents-en.html")


@pytest.mark.parametrize("folder", ["embed", "fragments"])
def test_nobody_who_reads_a_leaflet_elsewhere_has_to_ask_for_its_sheets(site: Path, folder: str) -> None:
    leaflets = sorted((site / folder / "leaflets").rglob("*.html"))
    assert len(leaflets) == 7
    said = {path.name: parse(path.read_text(encoding="utf-8")).words for path in leaflets}
    assert [name for name, words in said.items() if "where you got it" in words or "fill in here" in words] == []
    assert any("Sheets that go with this leaflet, to fill in or to print" in words for words in said.values())
    html = "".join(path.read_text(encoding="utf-8") for path in leaflets)
    assert 'class="cover"' not in html and "Your service" not in html, "things of paper: a cover, lines to write on"


def test_fragments_of_a_website_with_an_address_have_whole_links() -> None:
    from printables.site.embedding import relocated

    words = '<a href="ipt-parents-en.html">a</a><a href="#help">b</a><a href="tel:111">c</a><img src="../../logo.svg">'
    made = relocated(words, "leaflets/teens/ipt.html", "fragments/leaflets/teens/ipt.html", "https://leaflets.example/")
    assert re.findall(r'"([^"]*)"', made) == [
        "https://leaflets.example/leaflets/teens/ipt-parents-en.html",
        "#help",
        "tel:111",
        "https://leaflets.example/logo.svg",
    ]


def test_each_host_is_told_who_may_frame_and_what_is_open(site: Path) -> None:
    named = {
        ".htaccess": [f"frame-ancestors 'self' {FRAMER}", "Header always unset X-Frame-Options"],
        "hosting/nginx.conf": [f"set $framers \"frame-ancestors 'self' {FRAMER}\"", 'set $framing "";'],
        "hosting/Caddyfile": [f"frame-ancestors 'self' {FRAMER}", "@closed not path */embed/*"],
        "web.config": [f"frame-ancestors 'self' {FRAMER}", '<remove name="X-Frame-Options" />'],
    }
    for name, said in named.items():
        text = (site / name).read_text(encoding="utf-8")
        assert [one for one in said if one not in text] == [], name
        assert "Access-Control-Allow-Origin" in text and "noindex, noarchive" in text, name
    config = ET.parse(site / "web.config").getroot()  # noqa: S314 - our own file
    places = [place.attrib["path"] for place in config.iter("location")]
    assert len(places) == len(set(places)), "a second one is an error"
    assert {"catalogue.json", "fragments", "embed", "earlier", "assets", "therapies/cbt-i.html"} <= set(places)


def test_former_addresses_lead_to_todays(site: Path, page: Page) -> None:
    former = {
        "therapies/cbt-i.html": "therapies/cbt-insomnia.html",
        "leaflets/adults/cbt-i-adults-en.html": "leaflets/adults/cbt-insomnia-adults-en.html",
        f"leaflets/adults/cbt-i-{LARGE}": f"leaflets/adults/cbt-insomnia-{LARGE}",
        "worksheets/teens/goals-teens-en.pdf": SHEET,
        "conditions/sleep.html": "conditions/insomnia.html",
    }
    with hosting(site) as here:
        for old, new in former.items():
            with urlopen(f"{here}/{old}") as answer:  # noqa: S310 - our own server
                assert answer.url == f"{here}/{new}"
    for old, new in former.items():
        if old.endswith(".html"):  # where a host knows nothing of what has moved
            page.goto((site / old).as_uri())
            page.wait_for_url((site / new).as_uri())
    for name in (".htaccess", "hosting/nginx.conf", "hosting/Caddyfile", "web.config"):
        text = (site / name).read_text(encoding="utf-8")
        assert f"cbt-insomnia-{LARGE}" in text, name


@pytest.mark.parametrize(
    ("code", "more", "leads"),
    [
        ("F32.1", "", "conditions/depression-any.html"),
        pytest.param(
            "f33",
            "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.3",
            "conditions/depression-any.html",
            marks=pytest.mark.long,
        ),
        ("F320", "", "conditions/depression-mild.html"),
        ("F99", "", ""),
        ("F32", "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.96", ""),
        ("<b>", "", ""),
    ],
)
def test_a_problems_code_leads_to_its_page_or_is_said_to_be_unknown(
    site: Path, page: Page, code: str, more: str, leads: str
) -> None:
    if leads and not (site / leads).exists():
        leads = "conditions/depression-any.html"  # no leaflet of this website speaks of the narrower problem
    with hosting(site) as here:
        page.goto(f"{here}/infobutton.html?mainSearchCriteria.v.c={code}{more}")
        if leads:
            page.wait_for_url(f"{here}/{leads}")
        else:
            assert page.locator("#unknown-code").inner_text() == f"Nothing here goes by this code: {code}"


def test_the_feed_tells_what_changed_newest_first(site: Path, closed: Path) -> None:
    feed = ET.parse(site / "feed.xml").getroot()  # noqa: S314 - our own file
    entries = feed.findall(f"{ATOM}entry")
    items = json.loads((site / "catalogue.json").read_text(encoding="utf-8"))["items"]
    assert len(entries) == len({item["page"] for item in items})
    days = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert days == sorted(days, reverse=True) and feed.findtext(f"{ATOM}updated") == days[0]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) and all(one and one.startswith("urn:uuid:") for one in ids)
    assert all(entry.find(f"{ATOM}link") is not None for entry in entries)
    said = {entry.findtext(f"{ATOM}title") or "": entry.findtext(f"{ATOM}summary") or "" for entry in entries}
    goals = [said[title] for title in {item["title"] for item in items if "/my-goals-" in item["url"]}]
    assert len(goals) == 2 and all(summary.startswith("Version 1.1. Evidence last looked at on ") for summary in goals)
    whole = ET.parse(closed / "feed.xml").getroot()  # noqa: S314
    assert whole.find(f"{ATOM}link[@rel='self']") is not None, "this one has an address"
    assert 'type="application/atom+xml" href="feed.xml"' in (site / "index.html").read_text(encoding="utf-8")


def test_an_earlier_version_is_kept_and_marked(project: Path, site: Path, closed: Path) -> None:
    kept = site / "earlier/worksheets/teens/my-goals-teens-en-version-1.0.pdf"
    assert kept.read_bytes() == (closed / SHEET).read_bytes() != (site / SHEET).read_bytes()
    text = (site / "earlier/index.html").read_text(encoding="utf-8")
    assert '<meta name="robots" content="noindex">' in text
    assert "Earlier version 1.0, not current: My goals" in text and f'href="../{SHEET}"' in text
    assert "earlier/" not in (site / "catalogue.json").read_text(encoding="utf-8")
    with hosting(site) as here, urlopen(f"{here}/earlier/worksheets/teens/{kept.name}") as answer:  # noqa: S310
        assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    before = hashlib.sha256(kept.read_bytes()).hexdigest()
    (site / "help.html").write_text("spoilt", encoding="utf-8")  # or it would not look at anything
    assert built(project)["site"]["made"] == ["help.html"]
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == before


def test_a_missing_page_is_none_at_any_depth(site: Path) -> None:
    with hosting(site) as here, pytest.raises(HTTPError, match="404"):
        urlopen(Request(f"{here}/earlier/no/such/page.html"))  # noqa: S310


NOT_THERE = 'content/site.yaml:2: There is no therapy "cbt-insomina". Did you mean "cbt-insomnia"?'
STILL_THERE = (
    'content/site.yaml:2: "ipt" cannot lead to "cbt-insomnia", since a therapy still has that id. '
    "Take the line out, or give that record another id."
)
NO_HOST = (
    'content/site.yaml:2: frame_by: "https://www.example.org/page" names a page or holds signs that no host has. '
    "Write its name and no more, such as https://www.example.org."
)
NO_CODE = 'icd10.2: "depression" is no code of the ICD-10. Write one such as F32 or F32.0.'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("renamed: {therapies: {old: cbt-insomina}}", NOT_THERE),
        ("renamed: {therapies: {ipt: cbt-insomnia}}", STILL_THERE),
        ("frame_by: [https://www.example.org/page]", NO_HOST),
    ],
)
def test_a_setting_that_is_wrong_is_named(tmp_path: Path, line: str, said: str) -> None:
    case = LibraryCase(copy_of_ours(tmp_path, "ipt", "cbt-insomnia"))
    case.write("content/site.yaml", f"editions: [a4]\n{line}\n")
    assert [one for one in case.problems() if "site.yaml" in one] == [said]


def test_a_code_that_is_none_is_named(tmp_path: Path) -> None:
    case = LibraryCase(copy_of_ours(tmp_path, "ipt"))
    line = case.replace("content/conditions.yaml", "    icd10:", "    icd10: [F32, depression]")
    said = [one for one in case.problems() if "conditions.yaml" in one]
    assert said[0] == f"content/conditions.yaml:{line}: conditions.2.{NO_CODE}"
