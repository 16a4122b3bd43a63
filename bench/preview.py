"""How long an author waits: from saving a file to the new web page, and to the new pictures of the PDF, in Chromium.

Run by hand: `python bench/preview.py [therapy] [audience]`. Works on a copy; prints the median and the 90th
percentile of 20 saves.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SAVES = 20
CHROMIUM = ("--no-sandbox", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking")
PLACE = re.compile(r"(?m)^(    purpose: .*?)( Try \d+\.)?$")
HAS_WORD = "(word) => document.querySelector('#leaflet iframe:not(.coming)')?.contentDocument?.body?.innerText"
HAS_WORD += ".includes(word)"
HAS_PICTURES = """(old) => {
  const first = document.querySelector('#pages img');
  return first && first.src !== old && first.complete && first.naturalWidth > 0;
}"""


def main() -> None:
    """Start a preview on a copy, save, and watch a browser."""
    therapy, audience = (*sys.argv[1:], *("ipt", "parents")[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "templates"):
            shutil.copytree(ROOT / part, folder / part)
        command = [sys.executable, str(ROOT / "make_printables.py"), "preview", "--port", "0"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
            try:
                said = server.stdout.readline() if server.stdout else ""
                measure(said.split()[4] + f"?therapy={therapy}&audience={audience}", folder, therapy, audience)
            finally:
                server.terminate()


def measure(address: str, folder: Path, therapy: str, audience: str) -> None:
    """Save the record, with another purpose, again and again, and say the times."""
    record = folder / "content/therapies" / f"{therapy}.yaml"
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM)) as browser,
    ):
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function(HAS_PICTURES, arg="")
        times = [save(page, record, audience, number) for number in range(SAVES)]
        print(f"{therapy}, {audience}: {page.locator('#pages img').count()} pages")
    for kind, column in zip(("web page", "pictures"), zip(*times, strict=True), strict=True):
        ninety = statistics.quantiles(column, n=10)[8]
        print(f"{kind}: median {statistics.median(column):.2f} s, p90 {ninety:.2f} s")


def save(page: Page, record: Path, audience: str, number: int) -> tuple[float, float]:
    """The seconds from one save to the new web page and to the new pictures."""
    text = record.read_text(encoding="utf-8")
    start = text.index(f"  {audience}:\n", text.index("\ntitles:"))
    old = page.locator("#pages img").first.get_attribute("src") or ""
    old = page.evaluate("(part) => new URL(part, location.href).href", old)
    record.write_text(text[:start] + PLACE.sub(rf"\1 Try {number}.", text[start:], count=1), encoding="utf-8")
    began = time.monotonic()
    page.wait_for_function(HAS_WORD, arg=f"Try {number}.")
    web = time.monotonic() - began
    page.wait_for_function(HAS_PICTURES, arg=old)
    return web, time.monotonic() - began


if __name__ == "__main__":
    main()
