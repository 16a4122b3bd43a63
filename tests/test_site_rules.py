"""The website against the rules of others: WCAG 2.2 by axe-core, HTML by the Nu validator, and its own weight."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from shipped_case import EVERYTHING
from site_case import LOOKED_AT_ELSEWHERE, REST, ROOT, SCHEMES, chromium, kinds, page_of, serving, shared

pytestmark = pytest.mark.pdf
TOOLS = ROOT / ".venv/web/node_modules"
AXE = TOOLS / "axe-core/axe.min.js"
VNU = TOOLS / "vnu-jar/build/dist/vnu.jar"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that a scheme of other colours can break on a page that keeps to all rules in one."""
HEAVIEST = ("home", "leaflet for professionals", "worksheet", "print desk")


def those(*left: str, out: Container[str] = ()) -> list[Any]:
    """A page of every kind, of which those that are not `left`, or are in `out`, are for `make test-all`."""
    wanted = [kind for kind in (left or kinds(Path())) if kind not in out]
    return [
        pytest.param(kind, path, marks=() if kind in wanted else pytest.mark.long)
        for kind, path in kinds(Path()).items()
    ]


MOST = 60_000
"""Bytes of a page without its pictures, as they travel (issue: 60 KB)."""


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


def violations(page: Page, *only: str) -> list[str]:
    """What axe-core finds on the page as it stands, each with its places; by all rules or only by these."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    answer: dict[str, Any] = page.evaluate(
        # the places where all is well are many, and to name each would take most of the time
        "(rules) => axe.run({ runOnly: rules, resultTypes: ['violations'] })",
        only or RULES,
    )
    assert len(answer["passes"]) > (0 if only else 15), "it has looked"
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in answer["violations"]]


@pytest.mark.parametrize(("kind", "path"), those(out=REST + LOOKED_AT_ELSEWHERE))
def test_axe_finds_nothing(browser: Browser, address: str, kind: str, path: str) -> None:
    del kind
    with page_of(browser, bypass_csp=True) as page:
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        grounds = set()
        for scheme in SCHEMES:
            rules = () if scheme == "light" else COLOURS
            page.emulate_media(color_scheme=scheme)
            grounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
            assert violations(page, *rules) == [], scheme
        assert len(grounds) == 2, "light and dark are two pages"


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_axe_finds_nothing_in_what_scripts_show(browser: Browser, address: str, scheme: str) -> None:
    with page_of(browser, color_scheme=scheme, bypass_csp=True) as page:
        page.goto(f"{address}index.html?q=grief")
        page.wait_for_selector("#site-results li")
        assert violations(page) == []
        for words in ("I want to hurt myself", *(["xylophone"] if EVERYTHING else [])):
            page.get_by_role("searchbox").fill(words)
            page.keyboard.press("Enter")
            page.wait_for_selector("#site-crisis")
            assert violations(page) == [], words
        if EVERYTHING:
            page.goto(f"{address}therapies/ipt.html#for-teens")
            assert violations(page) == []
        page.goto(f"{address}leaflets/teens/ipt-teens-en.html")
        page.get_by_role("button", name="Share").click()
        assert violations(page) == [], "the ways to share"
        page.keyboard.press("Escape")
        page.evaluate("document.getElementById('player').hidden = false")
        page.get_by_role("button", name="Listen").click()
        page.wait_for_function("document.getElementById('tools-said').textContent")
        assert violations(page) == [], "the buttons of reading aloud, and what is said where there is no voice"


def test_axe_would_notice(browser: Browser, address: str) -> None:
    with page_of(browser, bypass_csp=True) as page:
        page.goto(address)
        page.evaluate(
            "document.querySelector('h1').outerHTML = '<h4 style=\"color:#ccc\">Pale</h4><img src=\"favicon.svg\">'"
        )
        found = " ".join(violations(page))
        assert "image-alt" in found and "color-contrast" in found
        assert [one.partition(":")[0] for one in violations(page, *COLOURS)] == ["color-contrast"]


QUICKLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")
"""Java for a few seconds of work: to make the best code of it would take longer than it saves."""


def validated(*paths: Path) -> list[str]:
    """What the Nu validator says of these files or folders.

    A file has no origin, so that for the validator nothing comes from 'self'; the browser tests see to that policy.
    """
    command = ["java", *QUICKLY, "-jar", str(VNU), "--format", "json", "--skip-non-html", "--stdout", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
    return [
        f"{one['url'].rsplit('/', 1)[-1]}:{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stdout)["messages"]
        if "blocked by “" not in one["message"]
    ]


def test_every_page_is_valid_html_and_the_validator_would_notice(site: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><html lang=en><title>t</title><p><div id=a></div><div id=a></p>", encoding="utf-8")
    assert len(list(site.rglob("*.html"))) > 25
    said = validated(wrong, *(path for path in site.rglob("*.html") if "fragments" not in path.parts))
    assert any("Duplicate ID" in one for one in said)
    assert [one for one in said if not one.startswith("wrong.html:")] == []


@pytest.mark.parametrize(("kind", "path"), those(*HEAVIEST))
def test_a_page_is_light(browser: Browser, address: str, site: Path, kind: str, path: str) -> None:
    """All that a first visit loads but pictures, compressed as hosts do; fonts are compressed already."""
    del kind
    asked: list[str] = []
    with page_of(browser) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + path, wait_until="networkidle")
    assert all(one.startswith(address) for one in asked), "nothing is fetched from anybody else"
    files = [site / one.removeprefix(address).split("?")[0] for one in dict.fromkeys(asked)]
    loaded = [file for file in files if file.suffix not in (".png", ".ico", ".svg")]
    assert len(loaded) <= 7
    sizes = [
        file.stat().st_size if file.suffix == ".woff2" else len(gzip.compress(file.read_bytes())) for file in loaded
    ]
    assert sum(sizes) < MOST
    without_drawings = re.sub(r"<svg.*?</svg>", "", (site / path).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(without_drawings.encode()) < MOST
