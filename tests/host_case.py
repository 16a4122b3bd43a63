"""A web server on 127.0.0.1 for one test, which answers as told and remembers what it was asked."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TLS = Path(__file__).parent / "tls"


@dataclass(frozen=True)
class Answer:
    """A status, a body, headers, how many seconds to wait first, and how many behind each letter of the body."""

    body: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    wait: float = 0
    drip: float = 0


@dataclass
class Host:
    """Pages by path; `asked` holds each path with the times at which its answer began and ended."""

    pages: dict[str, Answer]
    address: str = ""
    asked: list[tuple[str, float, float]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    proxy_users: set[str | None] = field(default_factory=set)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]


@contextlib.contextmanager
def serving(pages: dict[str, Answer], *, tls: bool = False, port: int = 0) -> Iterator[Host]:
    host = Host(pages)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            began = time.monotonic()
            answer = host.pages.get(self.path, Answer(status=404))
            time.sleep(answer.wait)
            host.agents.add(self.headers["User-Agent"])
            host.proxy_users.add(self.headers["Proxy-Authorization"])
            host.asked.append((self.path, began, time.monotonic()))
            with contextlib.suppress(OSError):  # a visitor that lost patience has hung up
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                for piece in answer.body if answer.drip else [answer.body]:
                    self.wfile.write(piece.encode())
                    time.sleep(answer.drip)

        def log_message(self, *_: object) -> None:
            """Silent: the test looks at `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    host.address = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
