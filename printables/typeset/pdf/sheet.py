"""Small pages laid on the sides of a sheet of paper: the panels of a tri-fold, cards to cut out.

The pages are typeset in the order in which they are read, and the tag tree is not touched but for the numbers that lead
to a page. So the finished PDF looks like the sheet, and is read out page by page, wherever on the sheet these lie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as engine
from printables.typeset import weasyprint_tags
from printables.typeset.page import Finding, Placed, Sheet

MM = 72 / 25.4
"""Points in a millimetre."""
ROUNDING = 0.5
"""Points by which a page may miss its size: sizes in a PDF are rounded."""


def on_sheet(document: Any, finisher: Any, variant: str, sheet: Sheet) -> tuple[bytes, list[Finding]]:
    """The pages of a laid-out document on the sheet, or what keeps them from being laid there."""
    if found := list(_unfit(document, sheet)):
        return b"", found

    def laid(document: Any, pdf: pydyf.PDF) -> None:
        finisher(document, pdf)
        impose(pdf, sheet)

    return document.write_pdf(finisher=laid, pdf_variant=variant), []


def _unfit(document: Any, sheet: Sheet) -> Iterator[Finding]:
    """What keeps these pages from being laid on the sheet."""
    if len(document.pages) != len(sheet.sizes):
        what = f"The sheet is for {len(sheet.sizes)} pages, and these are {len(document.pages)}."
        yield Finding(Rule.A16, what, "Make its words shorter, or let more of them give way.")
        return
    for number, (page, size) in enumerate(zip(document.pages, sheet.sizes, strict=True), start=1):
        own = page.width * engine.PX, page.height * engine.PX
        if max(abs(one - other) for one, other in zip(own, size, strict=True)) > ROUNDING:
            what = f"Page {number} of the sheet is {_millimetres(own)}, and it should be {_millimetres(size)}."
            yield Finding(Rule.A16, what, "Set its size in the style sheet.")


def _millimetres(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} by {size[1] / MM:.0f} mm"


@dataclass
class _Side:
    """One side while pages are laid on it: its page in the PDF, content, links, and the owners of its content."""

    page: Any
    content: list[Any] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    owners: list[Any] = field(default_factory=list)


def impose(pdf: pydyf.PDF, sheet: Sheet) -> None:
    """Lay the pages on the sides of the sheet, in place."""
    by_reference = {item.reference: item for item in pdf.objects}
    pages, owners = [by_reference[reference] for reference in pdf.page_references], weasyprint_tags.tag_owners(pdf)
    drawn = [list(by_reference[page["Contents"]].stream) for page in pages]
    sides: list[_Side] = []
    taken: set[int] = set()
    for number, places in enumerate(sheet.sides):
        side = _Side(pages[places[0].page])
        for place in places:
            if place.page in taken:
                content = weasyprint_tags.artifacts_only(drawn[place.page], pydyf.Dictionary({"Type": "/Layout"}))
            else:
                taken.add(place.page)
                content = _moved(pdf, pages[place.page], side, place, drawn[place.page])
                side.owners += owners.pop(place.page)
            side.content += ["q", f"1 0 0 1 {place.across:.4f} {place.up:.4f} cm", *content, "Q"]
        side.content += _lines(sheet.lines[number]) if sheet.lines else []
        sides.append(side)
    _replace_pages(pdf, sheet, pages, sides, by_reference)
    weasyprint_tags.set_tag_owners(pdf, {**owners, **{at: pydyf.Array(side.owners) for at, side in enumerate(sides)}})


def _moved(pdf: pydyf.PDF, page: Any, side: _Side, place: Placed, drawn: list[Any]) -> list[Any]:
    """The content of a page for its side; the tags of the content, links and what leads to it are moved there."""
    side.links += page.get("Annots", [])
    for annotation in pdf.objects:
        if annotation.reference in page.get("Annots", ()):
            left, foot, right, top = annotation["Rect"]
            annotation["Rect"] = pydyf.Array(
                [left + place.across, foot + place.up, right + place.across, top + place.up]
            )
    for target in weasyprint_tags.destinations(pdf):
        if target[0] == page.reference:
            target[0], target[2], target[3] = side.page.reference, target[2] + place.across, target[3] + place.up
    return weasyprint_tags.move_content(pdf, drawn, page.reference, side.page.reference, len(side.owners))


def _replace_pages(
    pdf: pydyf.PDF, sheet: Sheet, pages: list[Any], sides: list[_Side], objects: dict[bytes, Any]
) -> None:
    """Have the PDF consist of the sides."""
    for page in pages:
        objects[page["Contents"]].stream = []
    for number, side in enumerate(sides):
        objects[side.page["Contents"]].stream = side.content
        side.page["StructParents"] = number
        for name in ("MediaBox", "TrimBox", "BleedBox"):
            side.page[name] = pydyf.Array([0, 0, round(sheet.width, 4), round(sheet.height, 4)])
        if side.links:
            side.page["Annots"] = pydyf.Array(side.links)
    for page in pages:
        if all(page is not side.page for side in sides):
            page.clear()  # nothing leads to it any more; to leave it out, pydyf would have to number all others anew
    pdf.pages["Kids"] = pydyf.Array([part for side in sides for part in (side.page.number, 0, "R")])
    pdf.pages["Count"] = len(sides)


def _lines(lines: tuple[tuple[float, float, float, float], ...]) -> Iterator[str]:
    """Dashed lines as an artifact: no reader hears of them."""
    yield from ("/Artifact BMC", "q", "0.75 w", "0.37 0.42 0.41 RG", "[3 3] 0 d")
    yield from (f"{left:.4f} {foot:.4f} m {right:.4f} {top:.4f} l S" for left, foot, right, top in lines)
    yield from ("Q", "EMC")
