"""Looks into a finished PDF and says everything that is wrong with it.

The checks know the HTML, the PDF and the rules, and nothing of the engine: they would find the same in a PDF of another
maker. A leaflet of 3 pages takes about 20 ms.
"""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium

from printables.typeset.inspect.fields import inspect_fields
from printables.typeset.inspect.layout import inspect_layout
from printables.typeset.inspect.links import inspect_links
from printables.typeset.inspect.markup import inspect_markup
from printables.typeset.inspect.source import parse, read_tree
from printables.typeset.inspect.text import pdf_text, read_sheets
from printables.typeset.inspect.words import inspect_words
from printables.typeset.page import Finding, PrintRules

__all__ = ["inspect", "inspect_tree", "pdf_text"]


def inspect(html: str, pdf: bytes, rules: PrintRules) -> list[Finding]:
    """All findings about the PDF made from `html`."""
    return inspect_tree(parse(html), pdf, rules)


def inspect_tree(tree: Any, pdf: bytes, rules: PrintRules, fillers: int = 0) -> list[Finding]:
    """The same for a parsed document (an element tree's root) and its PDF, which ends in `fillers` other pages."""
    source = read_tree(tree)
    with pdfium.PdfDocument(pdf) as document:
        pages = list(document)
        links = inspect_links(document, pages)
        sheets = read_sheets(pages)
        for page in pages:
            page.close()
    own = sheets[rules.cover : len(sheets) - fillers]
    printed = [*inspect_words(source, sheets, own, rules), *inspect_layout(source, sheets, own, rules)]
    return [*printed, *links, *inspect_markup(tree), *inspect_fields(tree, pdf, rules)]
