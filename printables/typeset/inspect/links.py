"""May this PDF be handed out? Only plain links, no files inside, no scripts (standards A15)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from typing import Any

from pypdfium2 import raw

from printables.checklist import Rule
from printables.typeset.page import BASE_URL, Finding

SAFE = ("https:", "http:", "mailto:", "tel:")
QUIET = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET)
"""The only kinds of annotation: links and form fields. An attached file would be a third."""
JUMPS = (raw.PDFACTION_GOTO,)


def inspect_links(document: Any, pages: Iterable[Any]) -> list[Finding]:
    """Findings about everything in an open PDF and its pages that could act, point outside or carry something along."""
    found = [*_files(document), *_scripts(document)]
    for page in pages:
        found.extend(_annotations(document, page))
    return found


def _files(document: Any) -> Iterator[Finding]:
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        yield _attached()


def _attached() -> Finding:
    return Finding(
        Rule.A15,
        "The PDF carries an attached file.",
        'Take the link with rel="attachment" out of the template; a leaflet holds words and pictures only.',
    )


def _scripts(document: Any) -> Iterator[Finding]:
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        yield Finding(Rule.A15, "The PDF carries a script.", "Take the script out of the template.")


def _annotations(document: Any, page: Any) -> Iterator[Finding]:
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind not in QUIET:
            yield _attached()
        elif kind == raw.FPDF_ANNOT_LINK:
            yield from _link(document, annotation)
        raw.FPDFPage_CloseAnnot(annotation)


def _link(document: Any, annotation: Any) -> Iterator[Finding]:
    link = raw.FPDFAnnot_GetLink(annotation)
    action = raw.FPDFLink_GetAction(link)
    if not action:
        return  # a jump inside the leaflet
    address = _address(document, action)
    kind = raw.FPDFAction_GetType(action)
    if kind in JUMPS or (kind == raw.PDFACTION_URI and _is_safe(address)):
        return
    yield Finding(
        Rule.A15,
        f'The link to "{address.removeprefix(BASE_URL)[:120]}" leads nowhere that a reader can safely go.',
        "Write the whole address, beginning with https://, mailto: or tel:, or #name for a place in the leaflet.",
    )


def _is_safe(address: str) -> bool:
    return address.lower().startswith(SAFE) and not address.lower().startswith(BASE_URL)


def _address(document: Any, action: Any) -> str:
    length = raw.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")
