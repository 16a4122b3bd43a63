"""What each kind of page of the website weighs: requests and bytes of a first visit, in a real browser.

    .venv/bin/python bench/site_weight.py [FOLDER]

FOLDER is a website that `site` made (output/site where none is named). "Sent" is what travels where a host compresses
text, as hosts do; pictures and the search, which is loaded when somebody begins to use it, are counted by themselves.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from playwright.sync_api import Browser  # noqa: E402 - the paths come first
from site_case import chromium, kinds, serving  # noqa: E402

COMPRESSED = (".woff2", ".png", ".ico", ".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")
BUDGET = 60_000


def visited(browser: Browser, address: str, path: str, words: str = "") -> list[str]:
    """The paths that a first visit asks for; with `words`, those of a search as well."""
    asked: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + path, wait_until="networkidle")
    if words:
        page.fill("#site-q", words)
        page.keyboard.press("Enter")
        page.wait_for_selector("#site-results li")
    context.close()
    return [one.removeprefix(address).split("?")[0] or "index.html" for one in dict.fromkeys(asked)]


def sent(file: Path) -> int:
    """Bytes on the way, compressed unless they are already."""
    data = file.read_bytes()
    return len(data) if file.suffix in COMPRESSED else len(gzip.compress(data))


def rows(site: Path) -> Iterator[tuple[str, ...]]:
    with serving(site) as address, chromium() as browser:
        for kind, path in kinds(site).items():
            yield row(site, kind, visited(browser, address, path))
        home = set(visited(browser, address, "index.html"))
        more = [one for one in visited(browser, address, "index.html", "grief") if one not in home]
        yield row(site, "a first search", more)


def row(site: Path, kind: str, asked: list[str]) -> tuple[str, ...]:
    files = [site / one for one in asked]
    pictures = [file for file in files if file.suffix in (".png", ".ico", ".svg")]
    rest = [file for file in files if file not in pictures]
    weight = sum(map(sent, rest))
    full = sum(file.stat().st_size for file in rest)
    drawn = sum(file.stat().st_size for file in pictures)
    over = "" if weight < BUDGET or "search" in kind else "  over the budget"
    return kind, str(len(files)), f"{weight:,}", f"{full:,}", str(len(pictures)), f"{drawn:,}{over}"


def main() -> None:
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output/site"
    if not (site / "index.html").is_file():
        sys.exit(f"{site}: There is no website. Run: make site.")
    head = ("page", "requests", "sent", "uncompressed", "pictures", "bytes of pictures")
    for line in (head, *rows(site)):
        print(f"{line[0]:26}" + "".join(f"{cell:>18}" for cell in line[1:]))


if __name__ == "__main__":
    main()
