"""What a web host needs to know: security headers for the common servers, robots.txt and the map of the site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from xml.sax.saxutils import escape

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What pages may do: all from here, nothing from elsewhere, nothing inline. The search is WebAssembly."""
HEADERS = {
    # A page may be shown in a frame of its own site only; a <meta> cannot say this, so it stands here alone.
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
TEXTS = "text/css text/javascript application/json text/plain image/svg+xml"
"""Besides HTML, what a host should compress."""
LASTING = "public, max-age=31536000, immutable"
"""For files whose address changes with their content."""
FRESH = "no-cache"
"""For all others: an address stays the same, so a browser must ask whether the file has changed."""


def version_of(data: bytes) -> str:
    """A short hash of a shared file. It goes into its address, so that the file may be kept for ever."""
    return hashlib.sha256(data).hexdigest()[:8]


def files(pages: Iterable[str], address: str) -> dict[str, bytes]:
    """The files for hosts by path. Without an `address` there is no map, since its entries must be absolute."""
    made = {
        "_headers": _netlify(),
        ".htaccess": _apache(),
        "hosting/nginx.conf": _nginx(),
        "hosting/Caddyfile": _caddy(),
        "web.config": _iis(),
        ".nojekyll": "",
        "robots.txt": _robots(address),
    }
    if address:
        made["sitemap.xml"] = _sitemap(pages, address)
    return {path: text.encode() for path, text in made.items()}


def _netlify() -> str:
    """For Netlify, Cloudflare Pages and those who read the same file."""
    lines = [f"  {name}: {value}" for name, value in HEADERS.items()]
    return "\n".join(["/*", *lines, f"  Cache-Control: {FRESH}", "/assets/*", f"  Cache-Control: {LASTING}", ""])


def _apache() -> str:
    lines = [f'  Header always set {name} "{value}"' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "Options -Indexes",
            "AddDefaultCharset utf-8",
            "AddType font/woff2 .woff2",
            "AddType application/wasm .wasm",
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


def _nginx() -> str:
    lines = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "# Include this file inside of the server block whose root is the folder of this website.",
            "charset utf-8;",
            "gzip on;",
            f"gzip_types {TEXTS};",
            f'add_header Cache-Control "{FRESH}";',
            *lines,
            "",
        ]
    )


def _caddy() -> str:
    lines = [f'\t{name} "{value}"' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "# Import this file inside of the site block whose root is the folder of this website.",
            "encode gzip",
            "header {",
            f'\tCache-Control "{FRESH}"',
            *lines,
            "}",
            "",
        ]
    )


def _iis() -> str:
    lines = [
        f'        <add name="{name}" value="{escape(value, {chr(34): "&quot;"})}" />' for name, value in HEADERS.items()
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            "<configuration>",
            "  <system.webServer>",
            "    <staticContent>",
            '      <remove fileExtension=".woff2" />',
            '      <mimeMap fileExtension=".woff2" mimeType="font/woff2" />',
            "    </staticContent>",
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
    """Everybody may read everything."""
    return "\n".join(["User-agent: *", "Allow: /", *([f"Sitemap: {address}sitemap.xml"] if address else []), ""])


def _sitemap(pages: Iterable[str], address: str) -> str:
    """The map by the protocol of sitemaps.org, 0.9."""
    entries = "".join(f"<url><loc>{escape(address + path)}</loc></url>\n" for path in sorted(pages))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )
