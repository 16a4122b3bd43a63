"""Configuration for web hosts: security headers for common servers, robots.txt and the sitemap."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from markupsafe import Markup

from printables.pages.formats.registry import all_formats

MISSING = "404.html"
"""The "not found" page."""
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
        "Content-Security-Policy": f"{policy(inline)}; frame-ancestors 'self'",
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


TEXTS = "text/css text/javascript application/json text/plain image/svg+xml"
"""Types that a host should compress besides HTML."""
LASTING = "public, max-age=31536000, immutable"
"""For files whose address changes with their content."""
FRESH = "no-cache"
"""For all other files, whose addresses are stable, so a browser must ask whether they have changed."""
WHERE = "Where a page is missing. If the website stands below a folder of its host, the folder must stand here, too."
Headers = Mapping[str, str]


def version_of(data: bytes) -> str:
    """Return a short hash of a shared file for its address, so that browsers may cache the file for ever."""
    return hashlib.sha256(data).hexdigest()[:8]


def files(pages: Iterable[str], address: str, inline: Inline) -> dict[str, bytes]:
    """Return the files for hosts by path. Without an `address` there is no sitemap, whose entries must be absolute."""
    lines, missing = headers(inline), f"{root_of(address)}{MISSING}"
    made = {
        "_headers": _netlify(lines),
        ".htaccess": _apache(lines, missing),
        "hosting/nginx.conf": _nginx(lines, missing),
        "hosting/Caddyfile": _caddy(lines, missing),
        "web.config": _iis(lines),
        ".nojekyll": "",
        "robots.txt": _robots(address),
    }
    if address:
        made["sitemap.xml"] = _sitemap(pages, address)
    return {path: text.encode() for path, text in made.items()}


def _netlify(headers: Headers) -> str:
    """Return `_headers` for Netlify, Cloudflare Pages and compatible hosts."""
    lines = [f"  {name}: {value}" for name, value in headers.items()]
    return "\n".join(
        [
            f"# Where a page is missing, these hosts show {MISSING} of their own accord.",
            "/*",
            *lines,
            f"  Cache-Control: {FRESH}",
            "/assets/*",
            f"  Cache-Control: {LASTING}",
            "",
        ]
    )


def _apache(headers: Headers, missing: str) -> str:
    lines = [f'  Header always set {name} "{value}"' for name, value in headers.items()]
    return "\n".join(
        [
            "Options -Indexes",
            "AddDefaultCharset utf-8",
            "AddType font/woff2 .woff2",
            f"# {WHERE}",
            f"ErrorDocument 404 {missing}",
            "<IfModule mod_deflate.c>",
            f"  AddOutputFilterByType DEFLATE text/html {TEXTS}",
            "</IfModule>",
            "<IfModule mod_headers.c>",
            *lines,
            f'  Header set Cache-Control "{FRESH}"',
            '  <If "%{REQUEST_URI} =~ m#/assets/#">',
            f'    Header set Cache-Control "{LASTING}"',
            "  </If>",
            "</IfModule>",
            "",
        ]
    )


def _nginx(headers: Headers, missing: str) -> str:
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    return "\n".join(
        [
            "# Include this file inside of the server block whose root is the folder of this website.",
            "charset utf-8;",
            "gzip on;",
            f"gzip_types {TEXTS};",
            f"# {WHERE}",
            f"error_page 404 {missing};",
            f'add_header Cache-Control "{FRESH}";',
            *lines,
            "",
        ]
    )


def _caddy(headers: Headers, missing: str) -> str:
    lines = [f'\t{name} "{value}"' for name, value in headers.items()]
    return "\n".join(
        [
            "# Import this file inside of the site block whose root is the folder of this website.",
            "encode gzip",
            "header {",
            f'\tCache-Control "{FRESH}"',
            *lines,
            "}",
            f"# {WHERE}",
            "handle_errors {",
            "\t@missing expression `{http.error.status_code} == 404`",
            f"\trewrite @missing {missing}",
            "\tfile_server @missing",
            "}",
            "",
        ]
    )


def _iis(headers: Headers) -> str:
    lines = [
        f'        <add name="{name}" value="{escape(value, {chr(34): "&quot;"})}" />' for name, value in headers.items()
    ]
    kinds = [
        line
        for ending, kind in KINDS.items()
        for line in (
            f'      <remove fileExtension="{ending}" />',
            f'      <mimeMap fileExtension="{ending}" mimeType="{kind}" />',
        )
    ]
    return "\n".join(
        [
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
            "    <httpProtocol>",
            "      <customHeaders>",
            f'        <add name="Cache-Control" value="{FRESH}" />',
            *lines,
            "      </customHeaders>",
            "    </httpProtocol>",
            "  </system.webServer>",
            "</configuration>",
            "",
        ]
    )


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
