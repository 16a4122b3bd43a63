"""The six panels of a tri-fold, imposed on the two sides of one A4 sheet.

The panels are typeset as pages in the order in which a reader unfolds them: cover, flap, the three inside, back. On paper
the flap, the back and the cover lie side by side outside, and the others behind them. The tag tree is not touched but for
the numbers that lead to the page, so that the imposed PDF is read out in the order of unfolding, and not from left to
right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from printables.checklist import Rule
from printables.typeset import weasyprint_internals as engine
from printables.typeset.page import Finding

MM = 72 / 25.4
"""Points in a millimetre."""
FLAP, PANEL, HEIGHT = 97 * MM, 100 * MM, 210 * MM
"""The flap folds in between the others, so that it is narrower."""
PANELS = 6
SIDES = ((1, 5, 0), (2, 3, 4))
"""Which panels, counted from 0 in reading order, lie on a side, from left to right. Flipped on the short edge, the last
panel inside lies behind the flap."""
NARROW = (1, 4)
"""The flap, and the panel behind it."""
ROUNDING = 0.5
"""Points by which a panel may miss its size: sizes in a PDF are rounded."""
MARK_FROM, MARK_TO = 24.0, 33.0
"""Points from the paper's edge between which a fold is marked: nearer to it, office printers print nothing."""


def folded(document: Any, finisher: Any, variant: str, *, marks: bool) -> tuple[bytes, list[Finding]]:
    """The panels of a laid-out document on the sides of a sheet, or what keeps them from being laid there."""
    if found := list(_unfit(document)):
        return b"", found

    def laid(document: Any, pdf: pydyf.PDF) -> None:
        finisher(document, pdf)
        impose(pdf, marks=marks)

    return document.write_pdf(finisher=laid, pdf_variant=variant), []


def _unfit(document: Any) -> Iterator[Finding]:
    """What keeps these pages from being panels of a tri-fold."""
    if len(document.pages) != PANELS:
        what = f"A tri-fold has {PANELS} panels, and these are {len(document.pages)}."
        yield Finding(Rule.A16, what, "Let more parts give way (trifold, in audience.yaml), or make them shorter.")
        return
    for number, page in enumerate(document.pages):
        width, height = page.width * engine.PX, page.height * engine.PX
        if abs(width - _width(number)) > ROUNDING or abs(height - HEIGHT) > ROUNDING:
            what = f"Panel {number + 1} is {width / MM:.0f} by {height / MM:.0f} mm"
            wanted = f"{_width(number) / MM:.0f} by {HEIGHT / MM:.0f} mm"
            yield Finding(Rule.A16, f"{what}, and it should be {wanted}.", "Set its size in trifold.css.")


def impose(pdf: pydyf.PDF, *, marks: bool = False) -> None:
    """Lay the six panels on two sides, in place; with `marks`, short lines show where to fold."""
    pages, owners = list(_pages(pdf)), engine.tag_owners(pdf)
    by_reference = {item.reference: item for item in pdf.objects}
    of_sides = []
    for panels in SIDES:
        side, across = pages[panels[0]], 0.0
        content: list[Any] = []
        annotations: list[Any] = []
        mine: list[Any] = []
        for panel in panels:
            page = pages[panel]
            stream = by_reference[page["Contents"]]
            engine.move_content(pdf, stream, page.reference, side.reference, len(mine))
            content += ["q", f"1 0 0 1 {across:.4f} 0 cm", *stream.stream, "Q"]
            mine += owners.pop(panel)
            annotations += page.get("Annots", [])
            _move_links(pdf, page, side, across)
            across += _width(panel)
        content += _fold_marks(panels) if marks else []
        _lay(side, by_reference[side["Contents"]], content, annotations)
        of_sides.append((side, pydyf.Array(mine)))
    _replace_pages(pdf, pages, [side for side, _ in of_sides])
    engine.set_tag_owners(pdf, {**owners, **{number: mine for number, (_, mine) in enumerate(of_sides)}})


def _pages(pdf: pydyf.PDF) -> Iterator[Any]:
    by_reference = {item.reference: item for item in pdf.objects}
    yield from (by_reference[reference] for reference in pdf.page_references)


def _width(panel: int) -> float:
    return FLAP if panel in NARROW else PANEL


def _move_links(pdf: pydyf.PDF, page: Any, side: Any, across: float) -> None:
    """Move the links of a panel, and what leads to it, to where it lies."""
    for annotation in pdf.objects:
        if annotation.reference in page.get("Annots", ()):
            left, foot, right, top = annotation["Rect"]
            annotation["Rect"] = pydyf.Array([left + across, foot, right + across, top])
    for place in engine.destinations(pdf):
        if place[0] == page.reference:
            place[0], place[2] = side.reference, place[2] + across


def _lay(side: Any, stream: Any, content: list[Any], annotations: list[Any]) -> None:
    stream.stream = content
    for name in ("MediaBox", "TrimBox", "BleedBox"):
        side[name] = pydyf.Array([0, 0, round(FLAP + 2 * PANEL, 4), round(HEIGHT, 4)])
    if annotations:
        side["Annots"] = pydyf.Array(annotations)


def _replace_pages(pdf: pydyf.PDF, pages: list[Any], sides: list[Any]) -> None:
    """Have the PDF consist of the sides, without the pages that were laid on them."""
    by_reference = {item.reference: item for item in pdf.objects}
    for page in pages:
        if page not in sides:
            by_reference[page["Contents"]].stream = []
            page.clear()  # nothing leads to it any more; to leave it out, pydyf would have to number all others anew
    for number, side in enumerate(sides):
        side["StructParents"] = number
    pdf.pages["Kids"] = pydyf.Array([part for side in sides for part in (side.number, 0, "R")])
    pdf.pages["Count"] = len(sides)


def _fold_marks(panels: tuple[int, ...]) -> Iterator[str]:
    """Lines to fold at, as an artifact: no reader hears of them."""
    across = 0.0
    yield from ("/Artifact BMC", "q", "0.75 w", "0.37 0.42 0.41 RG", "[3 3] 0 d")
    for panel in panels[:-1]:
        across += _width(panel)
        for begin, end in ((MARK_FROM, MARK_TO), (HEIGHT - MARK_TO, HEIGHT - MARK_FROM)):
            yield f"{across:.4f} {begin:.4f} m {across:.4f} {end:.4f} l S"
    yield from ("Q", "EMC")
