"""Everything that we use of WeasyPrint and its documentation does not promise (as of 70.0).

Whoever moves to another version of the engine reads this module and runs tests/test_weasyprint_internals.py, which has
a test of each name and behaviour below; no other module may use a private name of the engine, which a test makes sure
of, too. Documented, and used elsewhere, are `HTML`, `CSS`, `Document`, `FontConfiguration` and the fetcher in
`weasyprint.urls`, with `write_pdf(finisher=...)`, and all of pydyf's objects.

Importing this module does not load the engine, which takes half a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PX = 0.75
"""Points in a CSS pixel: boxes are measured in pixels, PDF in points."""
LOGGER = "weasyprint"
"""The name of the log in which the engine says what is wrong with a page."""
TEMPORARY = "weasyprint-"
"""How the names of the folders begin that the engine makes, below `tempfile.gettempdir()`, for a document's fonts."""
WINDOWS_FOLDERS = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
"""Where the engine looks for libraries on Windows, unless WEASYPRINT_DLL_DIRECTORIES says otherwise."""

Box = Any
"""A layout box: a rectangle on a page, made from an element or a part of one."""
Rect = tuple[float, float, float, float]


# A document before and after its layout


def root_element(html: Any) -> Any:
    """The parsed document: the `<html>` element, as ElementTree has it."""
    return html.etree_element


def boxes(page: Any) -> Iterator[Box]:
    """Every layout box of a page, each before those inside of it."""
    yield from boxes_in(page_box(page))


def page_box(page: Any) -> Box:
    """The box of a whole page, to begin a walk at."""
    return page._page_box  # noqa: SLF001 - the layout is public nowhere


def boxes_in(box: Box) -> Iterator[Box]:
    """A box and all those inside of it."""
    box = in_place(box)
    yield box
    for child in children(box):
        yield from boxes_in(child)


def in_place(box: Box) -> Box:
    """The box itself. One that is placed absolutely stands behind a placeholder that hides it from `isinstance`."""
    return getattr(box, "_box", box)


def children(box: Box) -> tuple[Box, ...]:
    """The boxes right inside of a box; text, pictures and breaks have none."""
    return tuple(getattr(box, "children", ()))


def text_of(page: Any) -> Iterator[str]:
    """The text of a page piece by piece, in reading order, header and footer included."""
    from weasyprint.formatting_structure.boxes import TextBox

    return (box.text for box in page_box(page).descendants() if isinstance(box, TextBox))


def element_of(box: Box) -> Any:
    """The element that a box was made for, or None where it was made for none (a page, a line)."""
    return box.element


def stands_for_element(box: Box) -> bool:
    """Whether a box is its element's own, rather than that of its `::before`, `::after` or marker."""
    return box.element is not None and bool(box.element_tag == box.element.tag)


def content_rect(box: Box, page_height: float) -> Rect:
    """Left, bottom, right and top in points from the page's lower left: the box inside its border and padding.

    `page_height` is in CSS pixels, as `Page.height`.
    """
    left, top = box.content_box_x(), box.content_box_y()
    right, foot = left + box.width, top + box.height
    return left * PX, (page_height - foot) * PX, right * PX, (page_height - top) * PX


def font_size(box: Box) -> float:
    """The size of a box's letters, in points."""
    return float(box.style["font_size"]) * PX


# What the boxes become in a PDF


def annotation_of_link(box: Box) -> Any:
    """The annotation that was made of a link, or None. Known once the pages are drawn, as in a finisher."""
    return getattr(box, "link_annotation", None)


def give_widget(box: Box, widget: Any) -> None:
    """Has the engine tag the box as a form field, with `widget` as its annotation. To be called before `write_pdf`.

    The engine tags its own fields so, and makes none of other elements than inputs. An empty widget counts as none.
    """
    box.widget_annotation = widget


def widget_of(box: Box) -> Any:
    """What `give_widget` gave; the engine adds its `StructParent`, which tells its place in the reading order."""
    return box.widget_annotation


def header_cell(box: Box) -> Any:
    """The tag of a `<th>`, whose `A` holds its attributes, or None for all other boxes. Known in a finisher."""
    tag = getattr(box, "mark", None)
    return tag if isinstance(tag, dict) and tag.get("S") == "/TH" else None


def tag_root(pdf: Any) -> Any:
    """The root of the tag tree, of a PDF that is made for a tagged variant."""
    return _object(pdf, pdf.catalog["StructTreeRoot"])


def tag_owners(pdf: Any) -> dict[int, Any]:
    """The tags of content and annotations, by the number that a page or an annotation has for them.

    An annotation's `StructParent` leads to its tag's reference, a page's `StructParents` to the references of the tags
    of its content, each at the number of that content (MCID).
    """
    numbers = _object(pdf, tag_root(pdf)["ParentTree"])["Nums"]
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def replace_annotation(tag: Any, reference: bytes, by_reference: dict[bytes, Any]) -> None:
    """Has a field's tag name `reference` as its annotation: the first thing inside of it is what names it."""
    by_reference[tag["K"][0]]["Obj"] = reference


def to_artifacts(stream: Any, numbers: list[int], properties: Any) -> list[int]:
    """Makes tagged content an artifact with these `properties`; returns the numbers (MCID) found in this stream.

    The engine writes the beginning of such content as three items in a row: its tag, a dictionary with the number, BDC.
    """
    places = {item["MCID"]: at for at, item in enumerate(stream.stream) if isinstance(item, dict) and "MCID" in item}
    found = [number for number in numbers if number in places]
    for number in found:
        at = places[number]
        stream.stream[at - 1 : at + 1] = ["/Artifact", properties]
    return found


def move_content(pdf: Any, drawn: list[Any], page: bytes, side: bytes, first: int) -> list[Any]:
    """The content of a page with numbers that begin at `first`; its tags lead to the page `side`, on which it is laid.

    A tag names the page of its content (`Pg`), and its content by number (MCID) among what is inside of it (`K`).
    """
    for tag in pdf.objects:
        if isinstance(tag, dict) and tag.get("Pg") == page:
            tag["Pg"] = side
            if "K" in tag:
                tag["K"][:] = [kid + first if isinstance(kid, int) else kid for kid in tag["K"]]
    return [_with_number(item, item["MCID"] + first) if _is_numbered(item) else item for item in drawn]


def artifacts_only(drawn: list[Any], properties: Any) -> list[Any]:
    """The content of a page with an artifact of these `properties` in place of each tag."""
    marked = {at for at, item in enumerate(drawn) if _is_numbered(item)}
    return [properties if at in marked else "/Artifact" if at + 1 in marked else item for at, item in enumerate(drawn)]


def _is_numbered(item: Any) -> bool:
    return isinstance(item, dict) and "MCID" in item


def _with_number(item: Any, number: int) -> Any:
    return type(item)({**item, "MCID": number})


def destinations(pdf: Any) -> Iterator[list[Any]]:
    """The places in the PDF that something leads to: bookmarks and names. Each begins with page, kind, x and y."""
    yield from (item["Dest"] for item in pdf.objects if isinstance(item, dict) and isinstance(item.get("Dest"), list))
    yield from pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])[1::2]


def set_tag_owners(pdf: Any, owners: dict[int, Any]) -> None:
    """Write back what `tag_owners` returned, in the order of the numbers."""
    pairs = [part for number in sorted(owners) for part in (number, owners[number])]
    _object(pdf, tag_root(pdf)["ParentTree"])["Nums"][:] = pairs


def _object(pdf: Any, reference: bytes) -> Any:
    return next(item for item in pdf.objects if item.reference == reference)
