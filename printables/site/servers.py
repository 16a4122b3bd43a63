"""What each kind of web server is told: headers, what other websites may fetch or frame, and where files moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from printables.site.embedding import FRAMED, OPEN, OPEN_FOLDERS

MISSING = "404.html"
"""The "not found" page."""
TEXTS = "text/css text/javascript application/json application/atom+xml text/plain image/svg+xml"
"""Types that a host should compress besides HTML."""
LASTING = "public, max-age=31536000, immutable"
"""For files whose address changes with their content."""
FRESH = "no-cache"
"""For all other files, whose addresses are stable, so a browser must ask whether they have changed."""
WHERE = "Where a page is missing. If the website stands below a folder of its host, the folder must stand here, too."
CORS = "Access-Control-Allow-Origin"
FRAME = "X-Frame-Options"
POLICY = "Content-Security-Policy"
SELF = "frame-ancestors 'self'"
UNLISTED = "noindex, noarchive"
"""For earlier versions: search engines must not offer them as if they were today's."""


@dataclass(frozen=True)
class Serving:
    """How the website is served: headers of all pages, types by ending, its root, who may frame it, what has moved."""

    headers: Mapping[str, str]
    kinds: Mapping[str, str]
    root: str
    embedders: Sequence[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    """The new path of each file by its old one."""
    tops: Sequence[str] = ()
    """The files and folders in the website's own folder; only needed where somebody may frame pages."""

    @property
    def missing(self) -> str:
        """The address of the "not found" page on its host."""
        return f"{self.root}{MISSING}"

    @property
    def framed(self) -> str:
        """The policy of pages that others may frame."""
        return self.headers[POLICY].replace(SELF, f"{SELF} {' '.join(self.embedders)}")

    def moves(self) -> Iterable[tuple[str, str]]:
        """The old and the new address of each file that has moved, on its host."""
        return [(f"{self.root}{old}", f"{self.root}{new}") for old, new in sorted(self.moved.items())]


def netlify(serving: Serving) -> str:
    """Return `_headers` for Netlify, Cloudflare Pages and compatible hosts.

    Where several rules name the same header, these hosts join the values. Two policies that are joined must both be
    met, so who may frame is said apart, for pages that may be framed and for all others.
    """
    headers = dict(serving.headers)
    apart: list[str] = []
    if serving.embedders:
        headers[POLICY] = headers[POLICY].removesuffix(f"; {SELF}")
        del headers[FRAME]
        closed = [f"/{top}" for top in serving.tops if f"{top.rstrip('*')}" != FRAMED]
        shortened = [path.removesuffix(".html") for path in closed if path.endswith(".html")]
        for path in ["/", *closed, *shortened]:
            apart += [path, f"  {POLICY}: {SELF}", f"  {FRAME}: SAMEORIGIN"]
        apart += [f"/{FRAMED}*", f"  {POLICY}: {SELF} {' '.join(serving.embedders)}"]
    opened = [line for path in (*OPEN, *(f"{one}*" for one in OPEN_FOLDERS)) for line in (f"/{path}", f"  {CORS}: *")]
    return _lines(
        f"# Where a page is missing, these hosts show {MISSING} of their own accord.",
        "/*",
        *(f"  {name}: {value}" for name, value in headers.items()),
        f"  Cache-Control: {FRESH}",
        "/assets/*",
        f"  Cache-Control: {LASTING}",
        *opened,
        "/earlier/*",
        f"  X-Robots-Tag: {UNLISTED}",
        *apart,
    )


def netlify_moves(serving: Serving) -> str:
    """Return `_redirects` for the same hosts."""
    return _lines(*(f"{old} {new} 301" for old, new in serving.moves()))


def apache(serving: Serving) -> str:
    """Return `.htaccess`."""
    kinds = [f"AddType {kind.partition(';')[0]} {end}" for end, kind in serving.kinds.items() if end != "."]
    framed = [
        f'  <If "%{{REQUEST_URI}} =~ m#/{FRAMED}#">',
        f'    Header always set {POLICY} "{serving.framed}"',
        f"    Header always unset {FRAME}",
        "  </If>",
    ]
    return _lines(
        "Options -Indexes",
        "AddDefaultCharset utf-8",
        *kinds,
        f"# {WHERE}",
        f"ErrorDocument 404 {serving.missing}",
        *(f"Redirect 301 {old} {new}" for old, new in serving.moves()),
        "<IfModule mod_deflate.c>",
        f"  AddOutputFilterByType DEFLATE text/html {TEXTS}",
        "</IfModule>",
        "<IfModule mod_headers.c>",
        *(f'  Header always set {name} "{value}"' for name, value in serving.headers.items()),
        f'  Header set Cache-Control "{FRESH}"',
        '  <If "%{REQUEST_URI} =~ m#/assets/#">',
        f'    Header set Cache-Control "{LASTING}"',
        "  </If>",
        f'  <If "%{{REQUEST_URI}} =~ m#{_opened()}#">',
        f'    Header set {CORS} "*"',
        "  </If>",
        '  <If "%{REQUEST_URI} =~ m#/earlier/#">',
        f'    Header set X-Robots-Tag "{UNLISTED}"',
        "  </If>",
        *(framed if serving.embedders else []),
        "</IfModule>",
    )


def _opened() -> str:
    """Return the regular expression of addresses that other websites may fetch."""
    files = "|".join(re.escape(name) for name in OPEN)
    return f"/(({'|'.join(one.rstrip('/') for one in OPEN_FOLDERS)})/|({files})$)"


def nginx(serving: Serving) -> str:
    """Return a file for nginx to include. A header whose value is empty is not sent."""
    headers = dict(serving.headers)
    framed: list[str] = []
    if serving.embedders:
        framed = [
            f'set $framers "{SELF}";',
            'set $framing "SAMEORIGIN";',
            f'if ($uri ~ "/{FRAMED}") {{ set $framers "{SELF} {" ".join(serving.embedders)}"; set $framing ""; }}',
        ]
        headers[POLICY] = headers[POLICY].replace(SELF, "$framers")
        headers[FRAME] = "$framing"
    kinds: dict[str, list[str]] = {}
    for end, kind in serving.kinds.items():
        kinds.setdefault(kind.partition(";")[0], []).extend([end[1:]] if end != "." else [])
    return _lines(
        "# Include this file inside of the server block whose root is the folder of this website.",
        "charset utf-8;",
        f"charset_types {TEXTS};",
        "types {",
        *(f"  {kind} {' '.join(ends)};" for kind, ends in kinds.items() if ends),
        "}",
        "gzip on;",
        f"gzip_types {TEXTS};",
        f"# {WHERE}",
        f"error_page 404 {serving.missing};",
        *(f"rewrite ^{re.escape(old)}$ {new} permanent;" for old, new in serving.moves()),
        f'set $fetched ""; if ($uri ~ "{_opened()}") {{ set $fetched "*"; }}',
        f'set $listed ""; if ($uri ~ "/earlier/") {{ set $listed "{UNLISTED}"; }}',
        f'set $kept "{FRESH}"; if ($uri ~ "/assets/") {{ set $kept "{LASTING}"; }}',
        *framed,
        'add_header Cache-Control "$kept";',
        f'add_header {CORS} "$fetched";',
        'add_header X-Robots-Tag "$listed";',
        *(f'add_header {name} "{value}" always;' for name, value in headers.items()),
    )


def caddy(serving: Serving) -> str:
    """Return a file for Caddy to import."""
    headers = dict(serving.headers)
    framed: list[str] = []
    if serving.embedders:
        del headers[POLICY], headers[FRAME]
        framed = [
            f"@closed not path */{FRAMED}*",
            "header @closed {",
            f'\t{POLICY} "{serving.headers[POLICY]}"',
            f'\t{FRAME} "{serving.headers[FRAME]}"',
            "}",
            f"@framed path */{FRAMED}*",
            f'header @framed {POLICY} "{serving.framed}"',
        ]
    opened = " ".join((*(f"*/{name}" for name in OPEN), *(f"*/{one}*" for one in OPEN_FOLDERS)))
    kinds = [
        line
        for end, kind in serving.kinds.items()
        if end != "."
        for line in (
            f"@type{end.replace('.', '_')} path *{end}",
            f'header @type{end.replace(".", "_")} Content-Type "{kind}"',
        )
    ]
    return _lines(
        "# Import this file inside of the site block whose root is the folder of this website.",
        "encode gzip",
        "header {",
        *(f'\t{name} "{value}"' for name, value in headers.items()),
        "}",
        *framed,
        "@lasting path */assets/*",
        f'header @lasting Cache-Control "{LASTING}"',
        "@fresh not path */assets/*",
        f'header @fresh Cache-Control "{FRESH}"',
        f"@fetched path {opened}",
        f'header @fetched {CORS} "*"',
        "@earlier path */earlier/*",
        f'header @earlier X-Robots-Tag "{UNLISTED}"',
        *kinds,
        *(f"redir {old} {new} permanent" for old, new in serving.moves()),
        f"# {WHERE}",
        "handle_errors {",
        "\t@missing expression `{http.error.status_code} == 404`",
        f"\trewrite @missing {serving.missing}",
        "\tfile_server @missing",
        "}",
    )


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def attribute(value: str) -> str:
    """Return `value` as it stands between quotation marks in XML."""
    return escape(value, {'"': "&quot;"})
