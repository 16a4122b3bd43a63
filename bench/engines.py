"""The same pages through bare engines: what printing costs at least, and what others take.

Chromium and Typst are measured where they are there. Typst (35 MB, Apache-2.0) is in no lock: `pip install typst`.
"""

from __future__ import annotations

import asyncio
import base64
import importlib.util
import multiprocessing
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

WORKERS = 2
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


@lru_cache(maxsize=16)
def _sheet(css: str) -> Any:
    """A style sheet with its fonts, parsed once in each process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from printables.typeset.fetcher import MemoryFetcher
    from printables.typeset.fonts import font_assets, font_css
    from printables.typeset.open_zero import open_zero_assets
    from printables.typeset.page import BASE_URL

    fonts, fetcher = FontConfiguration(), MemoryFetcher(font_assets() | open_zero_assets())
    return CSS(string=font_css() + css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts), fonts


def bare(page: tuple[str, str]) -> int:
    """One page through WeasyPrint, with nothing checked, mended or written; the number of bytes."""
    from weasyprint import HTML

    from printables.typeset.fetcher import MemoryFetcher
    from printables.typeset.page import BASE_URL

    css, fonts = _sheet(page[1])
    html = HTML(string=page[0], base_url=BASE_URL, url_fetcher=MemoryFetcher({}))
    return len(html.write_pdf(font_config=fonts, stylesheets=[css], pdf_variant="pdf/ua-1"))


def floor(pages: Sequence[tuple[str, str]]) -> float:
    """Seconds for all pages in as many processes as we use, their start included; large ones first, as we do."""
    began = time.perf_counter()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["weasyprint"])
    with ProcessPoolExecutor(WORKERS, mp_context=context) as executor:
        sizes = list(executor.map(bare, sorted(pages, key=lambda page: len(page[0]), reverse=True)))
    took = time.perf_counter() - began
    if not all(sizes):
        sys.exit("A page came out empty.")
    return took


def command(files: Sequence[Path]) -> float:
    """Seconds for one file with the command `weasyprint`: the median."""
    tool = Path(sys.executable).with_name("weasyprint")
    return statistics.median(_run([str(tool), "--pdf-variant", "pdf/ua-1", str(file), "-"]) for file in files)


def _run(words: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


class NotMeasured(Exception):
    """A program is not there, or made nothing; says what."""


def chromium(files: Sequence[Path], tabs: int) -> float:
    """Seconds for all files in a warm Chromium, over its debugging protocol. Raises NotMeasured."""
    if not shutil.which("chromium"):
        raise NotMeasured("Chromium is not installed")
    if not importlib.util.find_spec("playwright"):
        raise NotMeasured("Playwright, which drives Chromium, is not installed")
    took, made = asyncio.run(_chromium(files, tabs))
    look_at(files, made)
    return took


def look_at(files: Sequence[Path], made: Sequence[tuple[Path, bytes]]) -> None:
    """Raise NotMeasured where a file gave no PDF, or one without words: its time would say nothing."""
    if missing := {*files} - {file for file, _ in made}:
        raise NotMeasured(f"Chromium made no PDF of {min(missing).name}")
    for file, pdf in made:
        if not pdf.startswith(b"%PDF") or not _has_words(pdf):
            raise NotMeasured(f"Chromium made an empty PDF of {file.name}")


def _has_words(pdf: bytes) -> bool:
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(pdf) as document:
        return any(page.get_textpage().get_text_range().strip() for page in document)


async def _chromium(files: Sequence[Path], tabs: int) -> tuple[float, list[tuple[Path, bytes]]]:
    """Seconds, and each file with its PDF."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        sessions = []
        for _ in range(tabs):
            page = await browser.new_page()
            sessions.append((page, await page.context.new_cdp_session(page)))
        await _print(*sessions[0], files[0])  # warm
        waiting, made = list(files), []
        began = time.perf_counter()

        async def work(page: Any, session: Any) -> None:
            while waiting:
                file = waiting.pop()
                made.append((file, await _print(page, session, file)))

        await asyncio.gather(*(work(page, session) for page, session in sessions))
        took = time.perf_counter() - began
        await browser.close()
    return took, made


async def _print(page: Any, session: Any, file: Path) -> bytes:
    await page.goto(file.as_uri())
    await page.evaluate("document.fonts.ready.then(() => true)")
    said = await session.send("Page.printToPDF", {"preferCSSPageSize": True, "generateTaggedPDF": True})
    return base64.b64decode(said["data"])


def typst(texts: Sequence[str]) -> float | None:
    """Seconds for pages of the same words in Typst, in this process; None where it is not installed."""
    if not importlib.util.find_spec("typst"):
        return None
    import typst as engine

    began = time.perf_counter()
    for text in texts:
        engine.compile(text.encode())
    return time.perf_counter() - began


def versions() -> dict[str, str]:
    """Of the other programs, as far as they are there."""
    found = {}
    if tool := shutil.which("chromium"):
        said = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
        found["chromium"] = said.split()[1]
    if importlib.util.find_spec("typst"):
        found["typst"] = metadata.version("typst")
    return found
