"""What we use of the tags in a PDF that WeasyPrint makes, and its documentation does not promise (as of 70.0).

The second half of weasyprint_internals.py, with the same rules: each name and behaviour has a test in
tests/test_weasyprint_internals.py, and no other module may use a private name of the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Box = Any
"""A layout box: a rectangle on a page, made from an element or a part of one."""


def header_cell(box: Box) -> Any:
    """The tag of a `<th>`, whose `A` holds its attributes, or None for all other boxes. Known in a finisher."""
    tag = getattr(box, "mark", None)
    return tag if isinstance(tag, dict) and tag.get("S") == "/TH" else None


def is_span(box: Box) -> bool:
    """Whether a box is (a line's part of) a `<span>`, for which the engine makes one tag."""
    from weasyprint.formatting_structure.boxes import LineBox, ParentBox

    has_tag = isinstance(box, ParentBox) and not isinstance(box, LineBox)
    return has_tag and box.element is not None and box.element_tag == "span"


def spans(pdf: Any) -> list[Any]:
    """The tags of all spans, in the order of their boxes on the pages: the engine walks them once, from above.

    The text in a span has a tag of the same name, which holds a number and no further tags.
    """
    named = (item for item in pdf.objects if isinstance(item, dict) and item.get("S") == "/Span")
    return [tag for tag in named if not any(isinstance(kid, int) for kid in tag["K"])]


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


def to_content_of(stream: Any, numbers: list[int], tag: str, properties: dict[str, Any]) -> None:
    """Renames tagged content to `tag`, and adds `properties` to its dictionary."""
    places = {item["MCID"]: at for at, item in enumerate(stream.stream) if isinstance(item, dict) and "MCID" in item}
    for number in numbers:
        at = places[number]
        stream.stream[at - 1] = tag
        stream.stream[at].update(properties)


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
