"""Everything that we use of WeasyPrint and its documentation does not promise (as of 70.0).

Whoever moves to another version of the engine reads this module and runs tests/test_weasyprint_internals.py, which has
a test of each name and behaviour below; no other module may use a private name of the engine, which a test makes sure
of, too. Documented, and used elsewhere, are `HTML`, `CSS`, `Document`, `FontConfiguration` and the fetcher in
`weasyprint.urls`, with `write_pdf(finisher=...)`, and all of pydyf's objects.

Importing this module does not load the engine, which takes half a second.
"""

from __future__ import annotations

import copy
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


# A style sheet


def continued(sheet: Any, css: str, **given: Any) -> Any:
    """A style sheet with the rules of a parsed one and those in `css` behind them, as if it had been parsed as a whole.

    `given` is what CSS is given besides. The parsed sheet stays as it is, and can be continued in other ways.
    """
    from weasyprint import CSS

    matcher = copy.copy(sheet.matcher)
    for name, rules in vars(matcher).items():  # the selectors, in lists by what they begin with
        if isinstance(rules, dict):
            setattr(matcher, name, {key: [*some] for key, some in rules.items()})
        elif isinstance(rules, list):
            setattr(matcher, name, [*rules])
    return CSS(string=css, matcher=matcher, page_rules=[*sheet.page_rules], layers=[*sheet.layers], **given)


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


def flow_of(page: Any) -> Box:
    """The box of the `<html>` element on a page: what flows from page to page, without margin boxes and footnotes."""
    return page_box(page).children[0]


def foot_of(page: Any) -> float:
    """Where what flows has to end on a page, in CSS pixels from its top: above the footnotes, or the lower margin."""
    from weasyprint.formatting_structure.boxes import FootnoteAreaBox

    box = page_box(page)
    notes = [child.position_y for child in box.children if isinstance(child, FootnoteAreaBox) and child.children]
    return float(min([box.content_box_y() + box.height, *notes]))


def upper_edge(box: Box) -> float:
    """Where a box begins, its border included, in CSS pixels from the top of the page."""
    return float(box.border_box_y())


def frame_height(box: Box) -> float:
    """How much of a box's height in CSS pixels is no content: padding and border, above and below."""
    return float(box.border_height() - box.height)


def empty(box: Box) -> None:
    """Take all that is in a box off its page."""
    box.children = ()


def paint_again(page: Any) -> None:
    """Place the backgrounds of a page anew, whose boxes were moved or made higher: colours and gradients only."""
    from weasyprint.layout.background import layout_backgrounds

    def no_pictures(url: str, **_: Any) -> None:
        message = f"A background shows {url}, and only colours and gradients can be placed anew."
        raise ValueError(message)

    layout_backgrounds(page_box(page), no_pictures)


def runs_left(document: Any) -> bool:
    """Whether the words of a document run from right to left."""
    elements = map(element_of, children(page_box(document.pages[0])))
    return any(element.get("dir") == "rtl" for element in elements if element is not None)


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


def border_rect(box: Box) -> Rect:
    """Left, top, right and bottom of a box with its border, in points from the page's upper left corner."""
    left, top = box.border_box_x(), box.border_box_y()
    return left * PX, top * PX, (left + box.border_width()) * PX, (top + box.border_height()) * PX


def page_area(page: Any) -> Rect:
    """Left, top, right and bottom of the area inside a page's margins, in points from its upper left corner."""
    box = page_box(page)
    left, top = box.content_box_x(), box.content_box_y()
    return left * PX, top * PX, (left + box.width) * PX, (top + box.height) * PX


def in_page_area(page: Any) -> Iterator[Box]:
    """The boxes of a page's text, without those of its header and footer."""
    from weasyprint.formatting_structure.boxes import MarginBox

    for child in children(page_box(page)):
        if not isinstance(child, MarginBox):
            yield from boxes_in(child)


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


def make_picture(box: Box, words: str) -> None:
    """Has the engine tag the box and all inside of it as one picture, described by `words`. Before `write_pdf`.

    The engine tags pictures by the name of their element, and takes the description from its `alt`.
    """
    box.element_tag = "img"
    box.element.set("alt", words)


def composed_pictures(pdf: Any) -> Iterator[Any]:
    """The tags that `make_picture` made: they hold other tags, and those of images hold content alone."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and any(isinstance(kid, bytes) for kid in item["K"]):
            yield item


SVG = "{http://www.w3.org/2000/svg}"


def is_drawing(element: Any) -> bool:
    """Whether an element is a drawing in the page's own markup."""
    return bool(element.tag == f"{SVG}svg")


def name_drawing(drawing: Any, name: str) -> None:
    """Has the engine tag a drawing as a picture of this name, which it takes from its title. Before `write_pdf`."""
    drawing.find(f"{SVG}title").text = name


def character_maps(pdf: Any) -> Iterator[list[bytes]]:
    """The lines of each font's table that says which letters a sign stands for (ToUnicode)."""
    for item in pdf.objects:
        lines = getattr(item, "stream", None)
        if isinstance(lines, list) and b"begincmap" in lines:
            yield lines


def pictures_named(pdf: Any, name: str) -> Iterator[Any]:
    """The tags of pictures that are described by this name."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure" and getattr(item.get("Alt"), "string", None) == name:
            yield item
