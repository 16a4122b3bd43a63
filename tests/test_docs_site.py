"""The documentation's website: made without a warning, from our own files alone, and readable by everybody."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import performance
import plots
import pytest
from playwright.sync_api import Browser
from site_case import chromium, page_of, serving
from test_site_rules import violations

ROOT = Path(__file__).parent.parent
PAGES = ("docs/index", "docs/comparison", "docs/performance")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website as `make docs-site` makes it, without the gallery and the readings, which are many and alike."""
    folder = tmp_path_factory.mktemp("docs") / "site"
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-c", "docs", ".", str(folder)]
    done = subprocess.run(sphinx, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.mark.long
def test_every_page_of_the_documentation_is_on_its_website(site: Path) -> None:
    written = {"README", "CONTRIBUTING", "SECURITY", "CHANGELOG"}
    written |= {str(path.relative_to(ROOT).with_suffix("")) for path in (ROOT / "docs").rglob("*.md")}
    made = {str(path.relative_to(site).with_suffix("")) for path in site.rglob("*.html")}
    assert written <= made, "a page that is missing here is not in the contents of docs/conf.py"
    assert 'url=docs/index.html"' in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.pdf
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_ask_nobody_for_anything_and_axe_finds_nothing(site: Path, browser: Browser, scheme: str) -> None:
    asked: list[str] = []
    with serving(site) as address, page_of(browser, color_scheme=scheme) as page:
        page.on("request", lambda request: asked.append(request.url))
        for name in PAGES:
            page.goto(f"{address}{name}.html")
            assert violations(page) == [], name
    assert len(asked) > len(PAGES)
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


def test_each_chart_shows_the_figures_that_stand_beside_it() -> None:
    text = performance.PAGE.read_text(encoding="utf-8")
    charts = plots.charts(performance.measured())
    assert {chart.name for chart in charts} == {"daily", "steps", "engines"}
    for chart in charts:
        drawn = chart.file.read_text(encoding="utf-8")
        assert chart.alt in text
        missing = [f"{label} {value}" for label, value, _ in chart.bars
                   if f">{label}<" not in drawn or f">{chart.shown(value)}<" not in drawn]  # fmt: skip
        assert missing == [], "run: make performance"


def test_a_chart_leaves_out_what_was_not_measured() -> None:
    others = {"handouts": 10, "command_s_a_file": 1.0, "ours_s": 4.0, "chromium_s": {"1": None}, "typst_s": None}
    (chart,) = plots.charts({"others": others})
    assert [label for label, _, _ in chart.bars] == ["weasyprint, file by file", "Printables, with all checks"]
    assert plots.charts({}) == []
