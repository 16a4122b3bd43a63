"""A web host that follows the website's own files for hosts: `_headers`, whose rules it joins, and `_redirects`."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

Rules = list[tuple[str, list[tuple[str, str]]]]


def rules_of(text: str) -> Rules:
    """The headers for each pattern of paths."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, []))
        elif line.startswith("  "):
            name, value = line.strip().split(": ", 1)
            rules[-1][1].append((name, value))
    return rules


def headers_for(path: str, rules: Rules) -> dict[str, str]:
    """What all rules for this path say; values of the same name are joined, as Netlify and Cloudflare do."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pattern, lines in rules:
        if fnmatchcase(path, pattern):
            for name, value in lines:
                found[name].append(value)
    return {name: ", ".join(values) for name, values in found.items()}


class _Host(SimpleHTTPRequestHandler):
    rules: Rules = []  # noqa: RUF012 - a class is made for each server
    moved: Mapping[str, str] = MappingProxyType({})
    instead: tuple[str, str] = ("", "")

    def do_GET(self) -> None:
        new = self.moved.get(urlsplit(self.path).path)
        if new:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", new)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        for name, value in headers_for(urlsplit(self.path).path, self.rules).items():
            self.send_header(name, value.replace(*self.instead))
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Silent."""


@contextlib.contextmanager
def hosting(root: Path, instead: tuple[str, str] = ("", "")) -> Iterator[str]:
    """The address of `root` on its own host. In headers, the first of `instead` is replaced by the second."""
    text = {
        name: (root / name).read_text("utf-8") if (root / name).exists() else "" for name in ("_headers", "_redirects")
    }
    moved = {old: new for old, new, _ in (line.split() for line in text["_redirects"].splitlines())}
    host = type("Host", (_Host,), {"rules": rules_of(text["_headers"]), "moved": moved, "instead": instead})
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(host, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
