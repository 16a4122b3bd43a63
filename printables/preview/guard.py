"""Checks of every request, and security headers of every answer.

The preview shows drafts. A website open in the same browser could request them from 127.0.0.1 (DNS rebinding,
cross-site requests), so the host and the origin of each request are checked first.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD")
WRITING = "/edit/"
"""Below this, the editor takes POST from its own page; the preview by itself takes none."""
LONGEST_HEAD = 16 * 1024
"""The most bytes of a request's headers; a browser sends about 1,000."""
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SHEET_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-same-origin"
)
"""For leaflets and proofs, which carry their style sheet inside: no script, no form, no request to anywhere. The page
around a leaflet may look in, to keep its place; `allow-same-origin` without `allow-scripts` lets nothing out."""
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses requests that do not come from our own page, and adds the same headers to every answer."""

    def __init__(self, app: ASGIApp, port: int, *, writes: bool = False) -> None:
        self._app, self._writes = app, writes
        names = ("127.0.0.1", "localhost", "[::1]")
        self._hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        length = len(scope["raw_path"]) + len(scope["query_string"]) + sum(len(n) + len(v) for n, v in scope["headers"])
        too_long = _plain(431, "The request is too long.") if length > LONGEST_HEAD else None
        answer = too_long or self._refusal(scope) or self._app

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            await send(message)

        await answer(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        """Return the answer to a refused request, or None if it is allowed."""
        method = scope["method"]
        said = [(name.lower(), value.decode("latin-1").lower()) for name, value in scope["headers"]]
        hosts = [value for name, value in said if name == b"host"]
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return _plain(421, "This page answers only to the address that printables preview says.")
        if any(value != f"http://{hosts[0]}" for name, value in said if name == b"origin"):
            return _plain(403, "This page answers only to itself.")
        if any(value not in ("same-origin", "none") for name, value in said if name == b"sec-fetch-site"):
            return _plain(403, "This page answers only to itself.")
        if method == "POST" and self._writes and scope["path"].startswith(WRITING):
            from_our_page = any(name == b"origin" for name, _ in said)
            return None if from_our_page else _plain(403, "This page answers only to itself.")
        if method not in METHODS:
            return _plain(405, "This page can only be read.", {"Allow": ", ".join(METHODS)})
        return None


def _plain(status: int, said: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(f"{said}\n", status, headers)
