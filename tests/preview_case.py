"""A preview that runs in a thread, on a port of its own, and the ways in which tests look at it."""

from __future__ import annotations

import contextlib
import html
import http.client
import io
import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from library_case import IPT, LibraryCase

from printables.editor.routes import Editor
from printables.plan import Choice
from printables.preview.server import Preview
from printables.typeset.page import Page, Printed
from printables.workers.supervisor import ResourceLimits, Supervisor, Typeset

PATIENCE = 300.0
"""Seconds that a test waits for what a person gets in half a second: the machine may be busy."""


def quick(page: Page) -> Printed:
    """A PDF of one empty page, for tests of what happens around it; or what the page asks for."""
    while "HANG" in page.html:
        pass
    if "CRASH" in page.html:
        os._exit(3)
    with pdfium.PdfDocument.new() as document:
        document.new_page(100 + len(page.html) % 97, 140)
        target = io.BytesIO()
        document.save(target)
    return Printed(target.getvalue(), 1)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """What a person reads: no tags, spaces run together."""
        bare = re.sub(r"<[^>]+>", "", self.body.decode().replace("</p>", " ").replace("</code>", " "))
        return " ".join(html.unescape(bare).split())

    def part(self, name: str) -> str:
        """The text of one part of the page."""
        found = re.search(rf'<div id="{name}".*?</div>', self.body.decode(), re.DOTALL)
        return Answer(0, {}, found.group(0).encode()).text if found else ""


class Visitor:
    """Asks one preview and waits for its answers."""

    def __init__(self, preview: Preview, case: LibraryCase) -> None:
        self.port, self.address, self.case = preview.port, preview.address, case

    def get(self, path: str = "/", method: str = "GET") -> Answer:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())

    def until(self, path: str, good: Callable[[Answer], bool]) -> Answer:
        """The first answer that is good; otherwise the test fails with the last one."""
        end = time.monotonic() + PATIENCE
        while not good(answer := self.get(path)):
            assert time.monotonic() < end, answer.part("list") + answer.part("leaflet") + answer.part("pages")
            time.sleep(0.05)
        return answer

    def says(self, words: str, path: str = "/", part: str = "") -> Answer:
        """Waits for these words on the page."""
        return self.until(path, lambda answer: words in self.shown(answer.part(part) if part else answer.text))

    def shown(self, text: str) -> str:
        return self.case.shown(text)

    def leaflet(self, query: str = "") -> str:
        return self.get(f"/leaflet?{query}").text

    def title(self, words: str) -> int:
        """Write another title for adults, and return its line."""
        return self.case.replace(IPT, "    title:", f"    title: {words}", "titles:", "  adults:")


@contextlib.contextmanager
def previewing(
    case: LibraryCase, typeset: Typeset | None = None, limit: float = 3600, port: int = 0, *, editing: bool = False
) -> Iterator[Visitor]:
    """A preview of this library, or its editor; the engine is the real one, unless the test needs another."""
    supervisor = Supervisor(typeset, ResourceLimits(limit, tries=1)) if typeset else None
    options = case.options(Choice())
    preview = Preview(options, port, supervisor, (lambda desk: Editor(desk, options)) if editing else None)
    thread = threading.Thread(target=preview.run)
    thread.start()
    visitor = Visitor(preview, case)
    try:
        yield visitor
    finally:
        preview.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
