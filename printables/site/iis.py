"""What IIS is told, in `web.config`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from printables.site.embedding import FRAMED, OPEN, OPEN_FOLDERS
from printables.site.servers import CORS, FRAME, FRESH, LASTING, MISSING, POLICY, UNLISTED, Serving, attribute


def web_config(serving: Serving) -> str:
    """Return `web.config`. IIS serves listed types only."""
    kinds = [
        line
        for ending, kind in serving.kinds.items()
        for line in (
            f'      <remove fileExtension="{ending}" />',
            f'      <mimeMap fileExtension="{ending}" mimeType="{kind}" />',
        )
    ]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<configuration>",
        "  <system.webServer>",
        "    <staticContent>",
        *kinds,
        "    </staticContent>",
        '    <httpErrors errorMode="Custom">',
        '      <remove statusCode="404" subStatusCode="-1" />',
        f'      <error statusCode="404" path="{MISSING}" responseMode="File" />',
        "    </httpErrors>",
        *_headers({"Cache-Control": FRESH, **serving.headers}),
        "  </system.webServer>",
        *(line for path, headers, gone in _places(serving) for line in _place(path, _headers(headers, gone))),
        *(line for old, new in sorted(serving.moved.items()) for line in _place(old, [_move(f"{serving.root}{new}")])),
        "</configuration>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _places(serving: Serving) -> Iterable[tuple[str, Mapping[str, str], Iterable[str]]]:
    """Yield the places whose headers differ: path, headers, and the general headers that do not hold there."""
    yield "assets", {"Cache-Control": LASTING}, ("Cache-Control",)
    yield "earlier", {"X-Robots-Tag": UNLISTED}, ()
    for name in OPEN:
        yield name, {CORS: "*"}, ()
    for folder in OPEN_FOLDERS:
        framed = folder == FRAMED and serving.embedders
        own = {POLICY: serving.framed} if framed else {}
        yield folder.rstrip("/"), {CORS: "*", **own}, (POLICY, FRAME) if framed else ()


def _headers(headers: Mapping[str, str], gone: Iterable[str] = ()) -> list[str]:
    return [
        "    <httpProtocol>",
        "      <customHeaders>",
        *(f'        <remove name="{name}" />' for name in gone),
        *(f'        <add name="{name}" value="{attribute(value)}" />' for name, value in headers.items()),
        "      </customHeaders>",
        "    </httpProtocol>",
    ]


def _move(new: str) -> str:
    to = f'destination="{attribute(new)}" exactDestination="true" httpResponseStatus="Permanent"'
    return f'    <httpRedirect enabled="true" {to} />'


def _place(path: str, inside: Iterable[str]) -> list[str]:
    return [f'  <location path="{path}">', "  <system.webServer>", *inside, "  </system.webServer>", "  </location>"]
