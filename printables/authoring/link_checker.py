"""Visiting the addresses of sources: which are still there, moved, gone, or say something else than last time.

The only module that speaks to the network, and only `printables sources check` calls it. It is polite: robots.txt is
heeded (RFC 9309), one request at a time goes to a host with a pause before the next, and it says who it is.
"""

from __future__ import annotations

import hashlib
import http.client
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Literal
from urllib.parse import urljoin, urlsplit

from printables.pages.formats.html_tree import parse

AGENT = "Printables-source-check (one visit to a page that a health leaflet cites)"
LARGEST = 4 * 2**20
"""Bytes of a page that are read; what comes after does not count."""
MOST_MOVES = 5
HOSTS_AT_ONCE = 8
SILENT = frozenset(["script", "style", "noscript", "template", "svg"])
"""Elements of a page that nobody reads."""
Found = Literal["same", "changed", "first", "moved", "gone", "unreachable", "not-asked"]
WENT_WRONG = (OSError, http.client.HTTPException, ValueError)


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
    """What a host answered: the status, where it leads to if elsewhere, and the page's text."""

    status: int
    leads_to: str = ""
    text: str = ""


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
        answer, _ = _follow(urljoin(address, "/robots.txt"), manners)
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
        answer, moved_to = _follow(address, manners)
    except WENT_WRONG as error:
        return LinkResult(name, address, "unreachable", _why(error))
    if answer.status in (http.client.NOT_FOUND, http.client.GONE):
        return LinkResult(name, address, "gone", f"the answer is {answer.status}")
    if answer.status != http.client.OK:
        return LinkResult(name, address, "unreachable", f"the answer is {answer.status}")
    fingerprint = hashlib.sha256(answer.text.encode()).hexdigest()
    if moved_to:
        return LinkResult(name, address, "moved", moved_to, fingerprint)
    found: Found = "first" if not before else "same" if before == fingerprint else "changed"
    return LinkResult(name, address, found, "", fingerprint)


def _follow(place: str, manners: RequestLimits) -> tuple[PageAnswer, str]:
    """The answer at the end of all redirects, and the last address that the page has moved to for good, or ""."""
    moved_to = ""
    for _ in range(MOST_MOVES + 1):
        answer = _ask(place, manners)
        if not answer.leads_to:
            return answer, moved_to
        place = urljoin(place, answer.leads_to)
        if answer.status in (http.client.MOVED_PERMANENTLY, http.client.PERMANENT_REDIRECT):
            moved_to = place
    raise ValueError(f"it leads on more than {MOST_MOVES} times")


def _opener() -> urllib.request.OpenerDirector:
    """Only http and https: no files, no ftp. Redirects are followed by hand, since they are what we look for."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _ask(place: str, manners: RequestLimits) -> PageAnswer:
    """One request, with a pause after it, for whoever is next at this host."""
    headers = {"User-Agent": AGENT, "Accept": "text/html, */*;q=0.5"}
    request = urllib.request.Request(place, headers=headers)  # noqa: S310 - the opener knows http and https only
    try:
        with _opener().open(request, timeout=manners.timeout) as answer:
            return PageAnswer(answer.status, "", _text(_read(answer, manners), answer.headers.get_content_type()))
    except urllib.error.HTTPError as error:
        with error:
            moved = error.code // 100 == http.client.MULTIPLE_CHOICES // 100
            return PageAnswer(error.code, error.headers.get("Location", "") if moved else "")
    finally:
        time.sleep(manners.pause)


def _read(answer: IO[bytes], manners: RequestLimits) -> bytes:
    """The page, or an error where it drips in for longer than ten time-outs."""
    end, parts, size = time.monotonic() + 10 * manners.timeout, [], 0
    while size < LARGEST and (part := answer.read(min(65536, LARGEST - size))):
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
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "it did not answer in time"
    return getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
