"""The website that tests look at: built once by the front door, and served as a web host would, below a sub-path."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import pytest
from filelock import FileLock
from front_door import run
from library_case import copy_of_ours, keep_worksheets
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from shipped_case import EVERYTHING

from printables.site.servers import MISSING

ROOT = Path(__file__).resolve().parent.parent
THERAPIES = ("ipt", "cbt-insomnia")
WORKSHEETS = ("closeness-circles", "my-goals", "sleep-diary")
ADDRESS = "https://leaflets.example/our/shelf/"
SUB_PATH = "/our/shelf"
EDITIONS = ("a4", "a4-large-print")
CHROMIUM = [
    "--no-sandbox",  # containers run tests as root, where the sandbox cannot be set up
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # One process draws all pages: each test opens its own, and to start a process for it takes a sixth of the time.
    "--renderer-process-limit=1",
    "--process-per-site",
    # Patterns are compiled at once: what V8 does first with those of hundreds of phrases takes five times as long.
    "--js-flags=--no-regexp-tier-up",
]


def built(folder: Path, *arguments: str) -> dict[str, Any]:
    """What `site` says it did, as JSON."""
    done = run(folder, "site", "--json", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    assert [one for one in answer["problems"] if one["severity"] != "note"] == []
    return answer


def made(folder: Path) -> Path:
    """A project with two therapies, two editions and a card in `folder`, and its website."""
    copy_of_ours(folder, *THERAPIES)
    keep_worksheets(folder, *WORKSHEETS)
    (folder / "content/site.yaml").write_text(f"editions: [{', '.join(EDITIONS)}]\n", encoding="utf-8")
    card = run(folder, "rack", "cards", "--audience", "adults")
    assert card.returncode == 0, card.stdout + card.stderr
    built(folder, "--address", ADDRESS)
    return folder


SEARCHED = ("cbt", "cbt-insomnia", "dbt", "erp", "family-therapy", "ipt", "trauma-focused-cbt")
"""Therapies for most of our problems, so that a search has something to choose from."""
FOR_TASKS = ("dbt", "ipt")
"""Those of `make test`, where the only one who searches among them wants DBT."""


def made_for_searches(folder: Path) -> Path:
    """A project in `folder` with many problems, in one edition, and its website."""
    copy_of_ours(folder, *(SEARCHED if EVERYTHING else FOR_TASKS))
    keep_worksheets(folder, "sleep-diary")
    (folder / "content/site.yaml").write_text("editions: [a4]\n", encoding="utf-8")
    built(folder)
    return folder


def shared(factory: pytest.TempPathFactory, make: Callable[[Path], Path] = made, name: str = "site") -> Path:
    """The one that tests only read: the first worker that needs it makes it for all."""
    base = factory.getbasetemp()
    home = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with FileLock(home / f"{name}.lock"):
        folder = home / f"{name}-project"
        if not (folder / "done").exists():
            make(folder)
            (folder / "done").touch()
    return folder


def headers_of(root: Path) -> dict[str, str]:
    """The headers for all pages, from the file for hosts; none where the folder is no website."""
    if not (root / "_headers").exists():
        return {}
    first, *lines = (root / "_headers").read_text(encoding="utf-8").partition("/*\n")[2].splitlines()
    found = dict(line.strip().split(": ", 1) for line in (first, *lines[: lines.index("/assets/*")]))
    return {name: value for name, value in found.items() if name != "Cache-Control"}


class _Host(SimpleHTTPRequestHandler):
    """A static host below `sub_path`: the security headers, and the website's own page for what is missing."""

    sub_path = SUB_PATH
    headers_too: Mapping[str, str] = MappingProxyType({})

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(self.sub_path) if path.startswith(f"{self.sub_path}/") else "/nowhere"
        return super().translate_path(below)

    def end_headers(self) -> None:
        for name, value in self.headers_too.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """As hosts do: the page stays under the address that was asked for."""
        page = Path(self.directory, MISSING)
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Silent."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A browser that leaves a page hangs up on what it still loads."""


@contextlib.contextmanager
def serving(root: Path, sub_path: str = SUB_PATH) -> Iterator[str]:
    """The address of `root`, served on 127.0.0.1 below `sub_path`."""
    host = type("Host", (_Host,), {"sub_path": sub_path, "headers_too": headers_of(root)})
    server = _Server(("127.0.0.1", 0), functools.partial(host, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{sub_path}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        try:
            yield browser
        finally:
            browser.close()


FONTS_ON_A_DISK = re.compile(r"file:\S*\.woff2")
"""Fonts are asked for ahead, which Chromium does not allow on a disk. The style sheet asks again, and gets them."""
SLOW_MACHINE = "was preloaded using link preload but not used within a few seconds"
"""What Chromium says of a font that is used, where it takes seconds to draw the page beside other tests."""


def _complaint(said: ConsoleMessage) -> list[str]:
    """What the browser says that is wrong with a page."""
    about_font = FONTS_ON_A_DISK.search(said.text) or FONTS_ON_A_DISK.match(said.location["url"])
    ignored = about_font or SLOW_MACHINE in said.text
    return [said.text] if said.type in ("error", "warning") and not ignored else []


def _failed(request: Request) -> list[str]:
    """What was asked for in vain. That a picture was still on its way when the reader went on is no fault of a page."""
    if FONTS_ON_A_DISK.match(request.url):
        return []
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@contextlib.contextmanager
def page_of(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page in a new context. What goes wrong in it is an error of the test: scripts, the policy, missing files."""
    wrong: list[str] = []
    context: BrowserContext = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = context.new_page()
    page.set_default_timeout(300_000)  # the machine may be busy
    page.on("console", lambda said: wrong.extend(_complaint(said)))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.extend(_failed(request)))
    page.on("response", lambda answer: wrong.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None)
    try:
        yield page
    finally:
        context.close()
    assert not wrong, wrong


REST = (
    "leaflet for adults",
    "leaflet for parents",
    "problems by code",
    "problems",
    "downloads",
    "about",
    "how made",
    "accessibility",
)
"""Kinds of page that are built of the same parts as others; tests of every page in a browser leave them to test-all."""


SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
LOOKED_AT_ELSEWHERE = ("leaflet for teenagers", "leaflet to frame")
"""Kinds whose parts stand on other pages, or that tests of single parts open; test-all has them where each is long."""


def some(paths: Iterable[str], *left: str) -> list[Any]:
    """Parameters: these paths, of which all that are not `left` are for `make test-all`."""
    return [pytest.param(path, marks=() if path in left else pytest.mark.long) for path in paths]


def kinds(root: Path) -> dict[str, str]:
    """One page of every kind, by kind."""
    return {
        "home": "index.html",
        "therapy": "therapies/ipt.html",
        "leaflet for adults": "leaflets/adults/ipt-adults-en.html",
        "leaflet for teenagers": "leaflets/teens/ipt-teens-en.html",
        "leaflet for parents": "leaflets/parents/ipt-parents-en.html",
        "leaflet for professionals": "leaflets/professionals/ipt-professionals-en.html",
        "worksheet": "worksheets/adults/closeness-circles-adults-en.html",
        "problems": "conditions.html",
        "problem": "conditions/depression-any.html",
        "print desk": "desk.html",
        "downloads": "downloads.html",
        "help": "help.html",
        "about": "about.html",
        "how made": "how-made.html",
        "accessibility": "accessibility.html",
        "problems by code": "infobutton.html",
        "leaflet to frame": "embed/leaflets/adults/ipt-adults-en.html",
        "not found": "404.html",
    }
