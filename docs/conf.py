"""How Sphinx makes the documentation's website from the Markdown files, which read the same on a code host.

The source folder is the project itself, so that every link between README, docs/ and the rest holds in both places:
`make docs-site`. What only Sphinx needs stands here, so that no file has marks that a code host would show.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

project = "Printables"
author = "the Printables contributors"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "docs/**.md"]
myst_heading_anchors = 4
myst_links_external_new_tab = False
html_theme = "furo"
html_title = "Printables"
html_favicon = "pictures/icon.svg"
html_copy_source = False
html_show_sphinx = False
EXTRA = Path(__file__).parent.parent / "build/docs-extra"
GALLERY = "proofs/gallery.html"
html_extra_path = [str(EXTRA)] if (EXTRA / GALLERY).is_file() else []  # `make docs-site` draws the gallery before
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

CHAPTERS = {
    "For people who decide": ["tour", "is-it-for-us", "comparison", "performance", "scaling", "trust"],
    "For people who use it": [
        "../README", "editor", "word", "website", "command-line", "commands", "fields", "api", "api-reference",
    ],
    "For people who check the texts": ["standards", "content-notes", "reviews/README"],
    "For people who change it": [
        "how-it-works", "../CONTRIBUTING", "../SECURITY", "../CHANGELOG", "decisions/README", "licences",
    ],
}  # fmt: skip
"""The contents, by whom they are for. A page that nobody lists here is a warning, and so an error of the build."""
INSIDE = {"docs/content-notes": "content-notes/*", "docs/decisions/README": "0*", "docs/reviews/README": "*-*"}
"""Pages that list all pages of a kind."""
NAMED = {
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Contents">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    'class="caption" role="heading"': 'class="caption" role="heading" aria-level="2"',
}
"""What axe misses in the pages of Sphinx 9.0 and Furo 2025.12: names of landmarks, and the level of a heading."""
_ANCHOR = re.compile(r'^<a id="([\w-]+)"></a>$', re.MULTILINE)


def _contents(pages: list[str] | str, caption: str = "") -> str:
    listed = [pages] if isinstance(pages, str) else pages
    options = [":hidden:", ":glob:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join(["", "```{toctree}", *options, "", *listed, "```", ""])


def read(_: Sphinx, name: str, source: list[str]) -> None:
    """Add the contents to a page, and turn named places of HTML into those of MyST."""
    text = _ANCHOR.sub(r"(\1)=", source[0])
    if name == root_doc:
        if html_extra_path:
            text += f'\n<p><a href="../{GALLERY}">The gallery</a> shows every component in every look.</p>\n'
        text += "".join(_contents(pages, caption) for caption, pages in CHAPTERS.items())
    if name in INSIDE:
        text += _contents(INSIDE[name])
    source[0] = text


def finished(app: Sphinx, failed: Exception | None) -> None:
    """Name what screen readers ask a name of, and lead from the first address of the website to its first page."""
    if not failed:
        for path in Path(app.outdir).rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            for theirs, ours in NAMED.items():
                text = text.replace(theirs, ours)
            path.write_text(text, encoding="utf-8")
        page = f'<!doctype html><meta charset="utf-8"><title>{project}</title>'
        move = f'<meta http-equiv="refresh" content="0; url={root_doc}.html"><a href="{root_doc}.html">{project}</a>'
        (Path(app.outdir) / "index.html").write_text(f"{page}{move}\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("source-read", read)
    app.connect("build-finished", finished)
