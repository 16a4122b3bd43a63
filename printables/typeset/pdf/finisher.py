"""Mends the tag tree just before the PDF is written (standards A15).

What WeasyPrint 70.0 leaves undone, each found by an independent checker: header cells carry no scope; links do
not print and describe themselves by their address; what stands in the page's margins is tagged content that no reader
can reach, where it ought to be an artifact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from printables.typeset.pdf.forms import PRINT_FLAG, add_form


def finish(document: Any, pdf: pydyf.PDF, *, front: int = 0) -> None:
    """The hook for `write_pdf(finisher=...)`; changes `pdf` in place. A book has `front` pages with roman numbers."""
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    for page in document.pages:
        for box in _boxes(page._page_box):  # noqa: SLF001 - the layout is public nowhere
            _mend_cell(box)
            _mend_link(box)
    _margins_to_artifacts(pdf)
    add_form(document, pdf)
    if front:
        roman, arabic = pydyf.Dictionary({"S": "/r"}), pydyf.Dictionary({"S": "/D"})
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, roman, front, arabic])})


def _boxes(box: Any) -> Iterator[Any]:
    """Every layout box of a page; absolutely placed ones stand behind a placeholder."""
    box = getattr(box, "_box", box)
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _mend_cell(box: Any) -> None:
    """A `<th>` heads its row where it says so and its column otherwise."""
    cell = getattr(box, "mark", None)
    if isinstance(cell, pydyf.Dictionary) and cell.get("S") == "/TH":
        cell["A"]["Scope"] = "/Row" if box.element.get("scope") in ("row", "rowgroup") else "/Column"


def _mend_link(box: Any) -> None:
    """A link prints, and is described by its words rather than by its address."""
    link = getattr(box, "link_annotation", None)
    if not link:
        return
    link["F"] = PRINT_FLAG
    words = " ".join("".join(box.element.itertext()).split())
    if words:
        link["Contents"] = pydyf.String(words)


def _margins_to_artifacts(pdf: pydyf.PDF) -> None:
    """Marked content that no path from the tag tree's root leads to becomes a pagination artifact."""
    by_reference = {item.reference: item for item in pdf.objects}
    root = by_reference[pdf.catalog["StructTreeRoot"]]
    reachable = set(_descendants(root, by_reference))
    numbers = by_reference[root["ParentTree"]]["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for reference in pdf.page_references:
        page = by_reference[reference]
        stream = by_reference[page["Contents"]]
        owners = parents[page["StructParents"]]
        lost = [mcid for mcid, owner in enumerate(owners) if owner not in reachable]
        for mcid in _as_artifacts(stream, lost):
            owners[mcid] = "null"


def _descendants(element: Any, by_reference: dict[bytes, Any]) -> Iterator[bytes]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes) and kid in by_reference:
            yield kid
            yield from _descendants(by_reference[kid], by_reference)


def _as_artifacts(stream: pydyf.Stream, mcids: list[int]) -> list[int]:
    """Rewrites `/Span <</MCID n>> BDC` for each `n`; returns those found in this stream."""
    places = {item["MCID"]: at for at, item in enumerate(stream.stream) if isinstance(item, dict) and "MCID" in item}
    found = [mcid for mcid in mcids if mcid in places]
    for mcid in found:
        at = places[mcid]
        stream.stream[at - 1] = "/Artifact"
        stream.stream[at] = pydyf.Dictionary({"Type": "/Pagination"})
    return found
