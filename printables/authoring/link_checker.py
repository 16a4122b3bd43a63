"""Visiting the addresses of sources: which are still there, moved, gone, or say something else than last time.

The only module that speaks to the network, and only `printables sources check` calls it. It is polite: robots.txt is
heeded (RFC 9309), one request at a time goes to a host with a pause before the next, and it says who it is. urllib3
connects, follows redirects and tries again; it comes with the extra `sources`.
"""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.request
import urllib.robotparser
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, Self
from urllib.parse import unquote, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, ResponseError

from printables.pages.formats.html_tree import parse

AGENT = "Printables-source-check (one visit to a page that a health leaflet cites)"
LARGEST = 4 * 2**20
"""Bytes of a page that are read; what comes after does not count."""
MOST_MOVES = 5
HOSTS_AT_ONCE = 8
SILENT = frozenset(["script", "style", "noscript", "template", "svg"])
"""Elements of a page that nobody reads."""
Found = Literal["same", "changed", "first", "moved", "gone", "unreachable", "not-asked"]
WENT_WRONG = (HTTPError, OSError, ValueError)


@dataclass(frozen=True)
class RequestLimits:
    """How patient and how slow: seconds to wait for an answer, and seconds between 2 requests to one host."""

    timeout: float = 20
    pause: float = 2


@dataclass(frozen=True)
class LinkResult:
    """What was found at one address. `fingerprint` is that of the page's text; `detail` says where to, or why not."""

    id: str
    address: str
    found: Found
    detail: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class PageAnswer:
    """What a host answered in the end: the status, the page's text, and where it has moved to for good, or ""."""

    status: int
    text: str = ""
    moved_to: str = ""


def check_links(
    addresses: Mapping[str, str],
    known: Mapping[str, str],
    manners: RequestLimits,
    say: Callable[[LinkResult], None],
) -> list[LinkResult]:
    """Visit each address (by the source's id), hosts beside each other, the pages of one host one by one.

    `known` holds the fingerprints of the last visit by address. `say` hears of each visit as it ends.
    """
    hosts: dict[str, dict[str, str]] = {}
    for name, address in addresses.items():
        hosts.setdefault(urlsplit(address).netloc.lower(), {})[name] = address
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        visits = [pool.submit(_host, pages, known, manners, say) for pages in hosts.values()]
        done = {visit.id: visit for host in visits for visit in host.result()}
    return [done[name] for name in addresses]


def _host(
    pages: Mapping[str, str], known: Mapping[str, str], manners: RequestLimits, say: Callable[[LinkResult], None]
) -> list[LinkResult]:
    rules = _rules(next(iter(pages.values())), manners)
    visits = []
    for name, address in pages.items():
        visits.append(_visit(name, address, known.get(address, ""), rules, manners))
        say(visits[-1])
    return visits


def _rules(address: str, manners: RequestLimits) -> urllib.robotparser.RobotFileParser:
    """The host's robots.txt; a host without one allows everything."""
    rules = urllib.robotparser.RobotFileParser()
    try:
        answer = _ask(urljoin(address, "/robots.txt"), manners)
    except WENT_WRONG:
        answer = PageAnswer(http.client.NOT_FOUND)
    rules.parse(answer.text.splitlines() if answer.status == http.client.OK else [])
    return rules


def _visit(
    name: str, address: str, before: str, rules: urllib.robotparser.RobotFileParser, manners: RequestLimits
) -> LinkResult:
    if not rules.can_fetch(AGENT, address):
        return LinkResult(name, address, "not-asked", "its robots.txt asks programs to stay away")
    try:
        answer = _ask(address, manners)
    except WENT_WRONG as error:
        return LinkResult(name, address, "unreachable", _why(error))
    if answer.status in (http.client.NOT_FOUND, http.client.GONE):
        return LinkResult(name, address, "gone", f"the answer is {answer.status}")
    if answer.status != http.client.OK:
        return LinkResult(name, address, "unreachable", f"the answer is {answer.status}")
    fingerprint = hashlib.sha256(answer.text.encode()).hexdigest()
    if answer.moved_to:
        return LinkResult(name, address, "moved", answer.moved_to, fingerprint)
    found: Found = "first" if not before else "same" if before == fingerprint else "changed"
    return LinkResult(name, address, found, "", fingerprint)


class _PoliteRetry(urllib3.Retry):
    """The rules of one visit: so many redirects, one more try where nobody was reached, and a pause before each."""

    @classmethod
    def of(cls, manners: RequestLimits) -> Self:
        # What a host answered is told as it is, and not asked for again.
        return cls(
            total=None,
            connect=1,
            read=0,
            redirect=MOST_MOVES,
            status=0,
            other=0,
            respect_retry_after_header=False,
            backoff_factor=manners.pause,
        )

    def increment(self, *args: Any, **kwargs: Any) -> Self:
        """The rules for the next request of this visit; raises MaxRetryError where there may be none."""
        following = super().increment(*args, **kwargs)
        time.sleep(self.backoff_factor)
        return following


def _ask(place: str, manners: RequestLimits) -> PageAnswer:
    """The answer at the end of all redirects, with a pause after it, for whoever is next at this host."""
    timeout = urllib3.Timeout(connect=manners.timeout, read=manners.timeout)
    headers = {"User-Agent": AGENT, "Accept": "text/html, */*;q=0.5"}
    retries = _PoliteRetry.of(manners)
    try:
        with (
            _connections(place) as connections,
            connections.request(
                "GET", place, headers=headers, timeout=timeout, retries=retries, preload_content=False
            ) as answer,
        ):
            if answer.status != http.client.OK:
                return PageAnswer(answer.status)
            kind = answer.headers.get("Content-Type", "text/plain").partition(";")[0].strip().lower()
            return PageAnswer(answer.status, _text(_read(answer, manners), kind), _moved_to(place, answer))
    finally:
        time.sleep(manners.pause)


def _connections(place: str) -> urllib3.PoolManager:
    """To the host of `place`, or to the proxy that the system's settings name for it.

    Only http and https: no files, no ftp. Whom to trust is what OpenSSL and the system say, as SSL_CERT_FILE does.
    """
    parts = urlsplit(place)
    proxy = urllib.request.getproxies().get(parts.scheme, "")
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return urllib3.PoolManager()
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    user = urllib3.util.parse_url(proxy).auth
    return urllib3.ProxyManager(
        proxy, proxy_headers=urllib3.make_headers(proxy_basic_auth=unquote(user)) if user else None
    )


def _moved_to(place: str, answer: urllib3.BaseHTTPResponse) -> str:
    """The last address to which a permanent redirect led on the way to this answer, or ""."""
    moved_to = ""
    for step in answer.retries.history if answer.retries else ():
        place = urljoin(place, step.redirect_location or "")
        if step.status in (http.client.MOVED_PERMANENTLY, http.client.PERMANENT_REDIRECT):
            moved_to = place
    return moved_to


def _read(answer: urllib3.BaseHTTPResponse, manners: RequestLimits) -> bytes:
    """The page, or an error where it drips in for longer than ten time-outs."""
    end, parts, size = time.monotonic() + 10 * manners.timeout, [], 0
    # read1() gives what is there; read() would wait for all that it was asked for, however slowly that comes.
    while size < LARGEST and (part := answer.read1(min(65536, LARGEST - size))):
        parts.append(part)
        size += len(part)
        if time.monotonic() > end:
            raise TimeoutError
    return b"".join(parts)


def _text(page: bytes, kind: str) -> str:
    """What a reader would read: markup, scripts and spacing change on each visit, the words do not."""
    if kind not in ("text/html", "application/xhtml+xml"):
        return page.decode("latin-1") if kind != "text/plain" else page.decode("utf-8", "replace")
    return " ".join(" ".join(parse(page.decode("utf-8", "replace")).texts(without=SILENT)).split())


def _why(error: BaseException) -> str:
    """Why there was no answer, in a few words."""
    causes = list(_causes(error))
    if any(isinstance(cause, TimeoutError) for cause in causes):
        return "it did not answer in time"
    if any(isinstance(cause, ResponseError) for cause in causes):
        return f"it leads on more than {MOST_MOVES} times"
    return getattr(causes[-1], "strerror", None) or str(causes[-1]) or type(causes[-1]).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what is behind it: urllib3 puts errors of its own around that of the system."""
    yield error
    for behind in (getattr(error, "reason", None), error.__cause__):
        if isinstance(behind, BaseException):
            yield from _causes(behind)
            return
