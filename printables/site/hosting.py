"""Configuration for web hosts: security headers for common servers, robots.txt and the sitemap."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from markupsafe import Markup

from printables.pages.formats.registry import all_formats
from printables.site import servers
from printables.site.embedding import FRAMED
from printables.site.iis import web_config
from printables.site.servers import MISSING, SELF, Serving

OTHERS = (MISSING, "assets/", "cards/", "earlier/", "fragments/", "hosting/", "pagefind/", "pictures/", "zip/")
"""What stands in the website's own folder beside its pages."""
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    **{one.suffix: one.media_type for one in all_formats()},
    ".pdf": "application/pdf",
    ".zip": "application/zip",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    **dict.fromkeys((".pagefind", ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"), "application/octet-stream"),
    ".": "text/plain; charset=utf-8",
}
"""Every type of file on the site; the dot stands for names without an ending. IIS serves listed types only."""


@dataclass(frozen=True)
class Inline:
    """The inline styles and script of the "not found" page, which cannot know the path to shared files."""

    style: Markup
    script: Markup


def policy(inline: Inline | None = None) -> str:
    """Return the content security policy: own files only, inline content by hash, WebAssembly for the search."""
    style, script = (_hash(inline.style), _hash(inline.script)) if inline else ("", "")
    return (
        f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{script}; style-src 'self'{style}; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
    )


def _hash(text: str) -> str:
    return f" 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def headers(inline: Inline) -> dict[str, str]:
    """Return the security headers of all pages."""
    return {
        # Framing by other sites can only be forbidden in a header, not in a <meta> element.
        "Content-Security-Policy": f"{policy(inline)}; {SELF}",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }


def root_of(address: str) -> str:
    """Return the path of the website on its host, from its address; "/" if no address is set."""
    return urlsplit(address).path or "/"


def version_of(data: bytes) -> str:
    """Return a short hash of a shared file for its address, so that browsers may cache the file for ever."""
    return short_hash(hashlib.sha256(data).hexdigest())


def short_hash(sha256: str) -> str:
    """Return the part of a hash that stands in an address."""
    return sha256[:8]


def files(
    pages: Iterable[str],
    address: str,
    inline: Inline,
    embedders: Sequence[str] = (),
    moved: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Return the files for hosts by path. Without an `address` there is no sitemap, whose entries must be absolute.

    `embedders` are the websites that may frame leaflets; `moved` is the new path of each file by its old one.
    """
    pages = list(pages)
    tops = sorted({path.partition("/")[0] + ("/*" if "/" in path else "") for path in [*pages, *OTHERS, FRAMED + "x"]})
    serving = Serving(headers(inline), KINDS, root_of(address), embedders, moved, tops)
    made = {
        "_headers": servers.netlify(serving),
        ".htaccess": servers.apache(serving),
        "hosting/nginx.conf": servers.nginx(serving),
        "hosting/Caddyfile": servers.caddy(serving),
        "web.config": web_config(serving),
        ".nojekyll": "",
        "robots.txt": _robots(address),
    }
    if moved:
        made["_redirects"] = servers.netlify_moves(serving)
    if address:
        made["sitemap.xml"] = _sitemap(pages, address)
    return {path: text.encode() for path, text in made.items()}


def _robots(address: str) -> str:
    """Return robots.txt, which allows everything."""
    return "\n".join(["User-agent: *", "Allow: /", *([f"Sitemap: {address}sitemap.xml"] if address else []), ""])


def _sitemap(pages: Iterable[str], address: str) -> str:
    """Return the sitemap (sitemaps.org, protocol 0.9)."""
    entries = "".join(f"<url><loc>{escape(address + path)}</loc></url>\n" for path in sorted(pages))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
