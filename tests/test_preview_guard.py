"""Nobody but the author's own browser gets anything from the preview: raw requests, spelled in every wrong way."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from library_case import LibraryCase
from preview_case import PATIENCE, Visitor, previewing, quick

from printables.preview.server import _bound

SIOCGIFADDR = 0x8915
"""Asks Linux for the address of one network interface."""
SECRETS = (b"root:", b"yaml-language-server", b"[project]", b"id: ipt", b"from __future__")
HOST = b"Host: 127.0.0.1:%d\r\n"
GET = b"GET %s HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"


@pytest.fixture(scope="module")
def visitor(ours: Path) -> Iterator[Visitor]:
    """One preview for all, of the copy that nobody changes."""
    with previewing(LibraryCase(ours), quick) as found:
        found.get()
        yield found


def raw(port: int, request: bytes) -> bytes:
    """What the server says to these bytes, until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        answer = b""
        while block := connection.recv(65536):
            answer += block
        return answer


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", answer)
    return int(found.group(1)) if found else 0


PATHS = (
    b"/../../../../etc/passwd",
    b"/..%2f..%2f..%2fetc%2fpasswd",
    b"/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    b"/%252e%252e%252fetc%252fpasswd",
    b"/..\\..\\..\\etc\\passwd",
    b"/..%5c..%5cetc%5cpasswd",
    b"/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    b"/%e0%80%ae%e0%80%ae/etc/passwd",
    b"/%uff0e%uff0e/etc/passwd",
    b"//etc/passwd",
    b"///etc/passwd",
    b"/./content/therapies/ipt.yaml",
    b"/content/therapies/ipt.yaml",
    b"/templates/_preview/page.html",
    b"/preview.css/../../../../pyproject.toml",
    b"/preview.css%00.yaml",
    b"/preview.css/",
    b"/leaflet/../../content/publisher.yaml",
    b"/leaflet;/../content/publisher.yaml",
    b"/proof/../pyproject.toml",
    b"/picture/1",
    b"/static/../preview.js",
    b"file:///etc/passwd",
    b"http://evil.example/etc/passwd",
    b"http://127.0.0.1:1/../etc/passwd",
    b"http://127.0.0.1:1/preview.css",
    b"*",
    b"etc/passwd",
    b"/leaflet?therapy=../../../../etc/passwd",
    b"/leaflet?therapy=..%2f..%2fcontent%2ftherapies%2fipt",
    b"/leaflet?therapy=ipt%00",
    b"/leaflet?therapy=IPT",
    b"/leaflet?audience=../adults",
    b"/leaflet?clinic=../riverside",
    b"/leaflet?region=england.yaml",
    b"/leaflet?worksheet=..%5cmy-goals",
    b"/leaflet?edition=a4%0d%0aSet-Cookie:%20x=1",
    b"/proof?therapy=%3Cscript%3Ealert(1)%3C/script%3E",
    b"/events?therapy=nobody",
    b"/picture?n=../1",
    b"/picture?n=0",
    b"/picture?n=-1",
    b"/picture?n=%D9%A1",
    b"/picture?n=99999999999999999999999999",
    b"/picture",
    b"/?edition=a3",
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.decode())
def test_no_path_and_no_name_leads_anywhere(path: bytes, visitor: Visitor) -> None:
    answer = raw(visitor.port, GET % (path, visitor.port))
    assert status(answer) in (400, 404), answer[:200]
    assert not any(secret in answer for secret in SECRETS)
    assert b"Set-Cookie" not in answer and b"<script>alert" not in answer
    assert visitor.get("/preview.css").status == 200, "the server still answers"


ASK = b"GET / HTTP/1.1\r\n"
END = b"Connection: close\r\n\r\n"
OTHERS = {
    "no host": (ASK + END, 400),
    "no host, old protocol": (b"GET / HTTP/1.0\r\n\r\n", 421),
    "no version": (b"GET /\r\n\r\n", 400),
    "two hosts": (ASK + HOST + b"Host: evil.example\r\n" + END, 400),
    "the same host twice": (ASK + HOST + HOST + END, 400),
    "another host": (ASK + b"Host: evil.example\r\n" + END, 421),
    "another host, our port": (ASK + b"Host: evil.example:%d\r\n" + END, 421),
    "a name that begins like ours": (ASK + b"Host: 127.0.0.1.evil.example:%d\r\n" + END, 421),
    "a name that ends like ours": (ASK + b"Host: evil-localhost:%d\r\n" + END, 421),
    "a user before the host": (ASK + b"Host: localhost:%d@evil.example\r\n" + END, 421),
    "a dot at the end": (ASK + b"Host: localhost.:%d\r\n" + END, 421),
    "no port": (ASK + b"Host: localhost\r\n" + END, 421),
    "another port": (ASK + b"Host: localhost:1\r\n" + END, 421),
    "the port twice": (ASK + b"Host: localhost:%d:80\r\n" + END, 421),
    "every address": (ASK + b"Host: 0.0.0.0:%d\r\n" + END, 421),
    "our address as a number": (ASK + b"Host: 2130706433:%d\r\n" + END, 421),
    "an empty host": (ASK + b"Host: \r\n" + END, 421),
    "a host with a tab": (ASK + b"Host: localhost:%d\tevil\r\n" + END, 421),
    "the address of another in the first line": (
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n" + END,
        421,
    ),
    "another origin": (ASK + HOST + b"Origin: https://evil.example\r\n" + END, 403),
    "no origin to speak of": (ASK + HOST + b"Origin: null\r\n" + END, 403),
    "our origin, another port": (ASK + HOST + b"Origin: http://127.0.0.1:1\r\n" + END, 403),
    "our origin, with TLS": (ASK + HOST + b"Origin: https://127.0.0.1:%d\r\n" + END, 403),
    "our other name as origin": (ASK + HOST + b"Origin: http://localhost:%d\r\n" + END, 403),
    "two origins": (ASK + HOST + b"Origin: http://127.0.0.1:%d\r\nOrigin: https://evil.example\r\n" + END, 403),
    "from another site": (ASK + HOST + b"Sec-Fetch-Site: cross-site\r\n" + END, 403),
    "from the same site, another port": (ASK + HOST + b"Sec-Fetch-Site: same-site\r\n" + END, 403),
    "a host in a header for proxies": (
        ASK + b"Host: evil.example\r\nX-Forwarded-Host: 127.0.0.1:%d\r\nX-Forwarded-For: 127.0.0.1\r\n" + END,
        421,
    ),
    "POST": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n" + END + b"{}", 405),
    "POST with another method inside": (
        b"POST / HTTP/1.1\r\n" + HOST + b"X-HTTP-Method-Override: GET\r\nContent-Length: 0\r\n" + END,
        405,
    ),
    "PUT": (b"PUT /preview.css HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\n" + END + b"x", 405),
    "DELETE": (b"DELETE / HTTP/1.1\r\n" + HOST + END, 405),
    "OPTIONS": (b"OPTIONS / HTTP/1.1\r\n" + HOST + END, 405),
    "TRACE": (b"TRACE / HTTP/1.1\r\n" + HOST + END, 405),
    "CONNECT": (b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + END, 405),
    "a method of its own": (b"BREW / HTTP/1.1\r\n" + HOST + END, 405),
    "small letters": (b"get / HTTP/1.1\r\n" + HOST + END, 405),
    "an oversized header": (ASK + HOST + b"X: " + b"a" * 100_000 + b"\r\n" + END, 431),
    "a path without an end": (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + END, 431),
    "a header without a name": (ASK + HOST + b": x\r\n" + END, 400),
    "a NUL in a header": (ASK + HOST + b"X: a\0b\r\n" + END, 400),
    "a NUL in the path": (b"GET /\0 HTTP/1.1\r\n" + HOST + END, 400),
    "a folded host": (ASK + b"Host: evil.example\r\n 127.0.0.1:%d\r\n" + END, 421),
    "two lengths": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n" + END + b"xy", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64, 400),
    "another protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 421),
}


@pytest.mark.parametrize("name", OTHERS)
def test_who_may_not_ask_gets_nothing(name: str, visitor: Visitor) -> None:
    request, expected = OTHERS[name]
    answer = raw(visitor.port, request.replace(b"%d", b"%d" % visitor.port))
    assert status(answer) == expected, answer[:300]
    assert b"<form" not in answer and b"Interpersonal" not in answer
    assert visitor.get().status == 200, "the server still answers"


@pytest.mark.parametrize(
    "headers",
    [
        HOST,
        b"Host: localhost:%d\r\n",
        b"Host: LOCALHOST:%d\r\n",
        b"Host: [::1]:%d\r\n",
        HOST + b"Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n",
        HOST + b"Sec-Fetch-Site: none\r\n",
    ],
)
def test_companion_our_own_page_is_answered(headers: bytes, visitor: Visitor) -> None:
    answer = raw(visitor.port, (ASK + headers + END).replace(b"%d", b"%d" % visitor.port))
    assert status(answer) == 200 and b"<form" in answer


def test_a_request_that_is_cut_off_holds_up_nobody(visitor: Visitor) -> None:
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=PATIENCE) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost:")
        assert visitor.get().status == 200


@pytest.mark.parametrize("named", [True, False])
def test_an_answer_does_not_wait_for_the_one_before(*, named: bool) -> None:
    """Where the protocol is not named, asyncio leaves Nagle's wait on: 40 ms for each answer after the first."""
    seen: list[int] = []

    def noted(_: object, writer: asyncio.StreamWriter) -> None:
        seen.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def asked() -> None:
        ours = _bound(0) if named else socket.create_server(("127.0.0.1", 0))
        server = await asyncio.start_server(noted, sock=ours)
        reader, writer = await asyncio.open_connection(*ours.getsockname())
        await reader.read()
        writer.close()
        server.close()

    asyncio.run(asked())
    assert [bool(value) for value in seen] == [named]


def own_addresses() -> set[str]:
    """This machine's IPv4 addresses: those of its name, which it need not know, and on Linux those of its network."""
    found: set[str] = set()
    with contextlib.suppress(socket.gaierror):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    if sys.platform == "linux":
        import fcntl

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            for _, name in socket.if_nameindex():
                with contextlib.suppress(OSError):  # one without an address
                    said = fcntl.ioctl(asked.fileno(), SIOCGIFADDR, struct.pack("256s", name.encode()))
                    found.add(socket.inet_ntoa(said[20:24]))
    return found


def test_companion_this_machine_has_an_address_of_its_own_name_or_network() -> None:
    assert sys.platform != "linux" or "127.0.0.1" in own_addresses()


def test_only_this_machine_is_served(visitor: Visitor) -> None:
    for address in ("127.0.0.2", *(other for other in own_addresses() if not other.startswith("127."))):
        with pytest.raises((ConnectionError, TimeoutError)):
            socket.create_connection((address, visitor.port), timeout=2).close()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/leaflet", "/proof", "/preview.css", "/preview.js", "/picture?n=1", "/nothing"])
def test_the_headers_of_every_answer(path: str, visitor: Visitor) -> None:
    visitor.until("/", lambda answer: "As saved, typeset" in answer.text)
    headers = visitor.get(path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_a_leaflet_may_run_nothing_and_ask_for_nothing(visitor: Visitor) -> None:
    policy = visitor.get("/leaflet").headers["content-security-policy"]
    assert "sandbox" in policy and "script" not in policy and "connect" not in policy
    assert "style-src 'unsafe-inline'" not in visitor.get().headers["content-security-policy"]


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/leaflet", "/proof", "/events", "/preview.js"])
def test_head_answers_without_a_body(path: str, visitor: Visitor) -> None:
    answer = visitor.get(path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
