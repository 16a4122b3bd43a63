"""Fields to fill in on a screen, over the boxes that a page draws for the pen (standards A15).

A box is a `<span>` or `<div>` that carries `data-field` (its name), `data-tip` (what belongs into it) and `data-kind`:
`line`, `lines`, `tick`, or `choice`, which also has a `data-group` (the question), a `data-value`, and on the first a
`data-group-tip`. With `data-middle`, what is typed stands in the middle. The field takes the room inside its border and
padding, and its letters the size of the box's, or less where much is typed (form_room.py).

WeasyPrint's own forms know inputs only, and what is chosen in them is read back under another name. So each box is
given an empty widget before the PDF is written, which the engine tags as `Form` where it stands in the reading order;
`add_form` then fills the widgets in.

Text fields are left without a drawing, and viewers are not asked to draw all anew (`NeedAppearances`): they draw text
as it is typed, and those that draw ticks anew want a font for it that PDF/UA-1 does not let us name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

from printables.typeset import weasyprint_internals as engine
from printables.typeset import weasyprint_tags
from printables.typeset.pdf.form_font import ALIAS, SYMBOLS, add_font
from printables.typeset.pdf.form_room import AUTO, Rect, room

TYPE = pydyf.String(f"/{SYMBOLS} {AUTO} Tf /{ALIAS} {AUTO} Tf 0 g")
"""The leaflet's font in black, by both of its names, as large as fits."""
PRINT_FLAG = 4
"""Bit 3 of an annotation's /F: it is printed as it is shown."""
MIDDLE = 1
"""The /Q of a text field whose words stand in the middle: a number in a circle or a narrow column."""
RADIO = 1 << 15
"""Bit 16 of a button's /Ff. Bit 15 is not set: what was chosen may be taken back."""


def place_fields(document: Any) -> None:
    """Gives every box its widget, so that the engine tags it. An empty one would count as none."""
    for page in document.pages:
        for box in _field_boxes(engine.page_box(page)):
            engine.give_widget(box, pydyf.Dictionary({"Type": "/Annot", "Subtype": "/Widget"}))


def add_form(document: Any, pdf: pydyf.PDF) -> None:
    """Fills the widgets and adds the form, for `write_pdf(finisher=...)`. Without fields the PDF stays as it is."""
    spots = [
        FieldBox(number, page.height, box)
        for number, page in enumerate(document.pages)
        for box in _field_boxes(engine.page_box(page))
    ]
    if not spots:
        return
    form = PdfForm(pdf)
    for spot in sorted(spots, key=lambda spot: spot.place):
        form.add(spot)
    fonts = pydyf.Dictionary(dict.fromkeys((ALIAS, SYMBOLS), add_font(pdf)))
    pdf.catalog["AcroForm"] = pydyf.Dictionary(
        {"Fields": form.fields, "DA": TYPE, "DR": pydyf.Dictionary({"Font": fonts})}
    )
    for number in {spot.page for spot in spots}:
        _in_reading_order(form.objects[pdf.page_references[number]], form.objects)


def _field_boxes(box: Any) -> Iterator[Any]:
    """The layout boxes with a field's name, not what is inside of them."""
    box = engine.in_place(box)
    if engine.stands_for_element(box) and engine.element_of(box).get("data-field"):
        yield box
        return
    for child in engine.children(box):
        yield from _field_boxes(child)


@dataclass(frozen=True)
class FieldBox:
    """A field's box on the page with that number, counted from 0. `height` is the page's, in CSS pixels."""

    page: int
    height: float
    box: Any

    @property
    def widget(self) -> pydyf.Dictionary:
        return engine.widget_of(self.box)

    @property
    def place(self) -> int:
        """Its place in the reading order, among links and other fields."""
        return int(self.widget["StructParent"])

    @property
    def rect(self) -> Rect:
        """Left, bottom, right and top in points: the box inside its border and padding."""
        return engine.content_rect(self.box, self.height)

    def says(self, name: str, otherwise: str = "") -> str:
        return str(engine.element_of(self.box).get(f"data-{name}") or otherwise)


@dataclass
class PdfForm:
    """Gathers the fields while they are added. `objects` are those of the PDF by reference."""

    pdf: pydyf.PDF
    fields: pydyf.Array = field(default_factory=pydyf.Array)
    groups: dict[str, pydyf.Dictionary] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.objects = {item.reference: item for item in self.pdf.objects}
        self._owners = weasyprint_tags.tag_owners(self.pdf)

    def add(self, spot: FieldBox) -> None:
        """One widget, on its page, in its tag and in the form."""
        widget, page = spot.widget, self.pdf.page_references[spot.page]
        self.pdf.add_object(widget)
        self.objects[widget.reference] = widget
        widget |= {"P": page, "Rect": pydyf.Array(spot.rect), "F": PRINT_FLAG, "BS": pydyf.Dictionary({"W": 0})}
        widget["TU"] = pydyf.String(spot.says("tip"))
        tag = self.objects[self._owners[spot.place]]
        weasyprint_tags.replace_annotation(tag, widget.reference, self.objects)
        self.objects[page].setdefault("Annots", pydyf.Array()).append(widget.reference)
        {"tick": self._tick, "choice": self._choice}.get(spot.says("kind"), self._text)(spot)

    def _text(self, spot: FieldBox) -> None:
        several, middle = spot.says("kind") == "lines", bool(spot.says("middle"))
        fits = room(spot.rect, engine.font_size(spot.box), several=several, middle=middle)
        spot.widget.update({"FT": "/Tx", "T": pydyf.String(spot.says("field")), "DA": TYPE})
        spot.widget.update({"Rect": pydyf.Array(fits.rect), "Ff": fits.flags, "MaxLen": fits.most})
        if middle:
            spot.widget["Q"] = MIDDLE
        self.fields.append(spot.widget.reference)

    def _tick(self, spot: FieldBox) -> None:
        spot.widget.update({"FT": "/Btn", "T": pydyf.String(spot.says("field")), "V": "/Off"})
        self._states(spot, "Yes", _tick_mark)
        self.fields.append(spot.widget.reference)

    def _choice(self, spot: FieldBox) -> None:
        group = self._group(spot)
        group["Kids"].append(spot.widget.reference)
        spot.widget["Parent"] = group.reference
        self._states(spot, re.sub(r"[^\w-]", "-", spot.says("value", "1"), flags=re.ASCII), _dot)

    def _group(self, spot: FieldBox) -> pydyf.Dictionary:
        """The field to which the choices of one question belong. It must be described too, apart from its choices."""
        name = spot.says("group", spot.says("field"))
        if name not in self.groups:
            tip = spot.says("group-tip", re.sub(r"[-_]+", " ", name))
            group = pydyf.Dictionary({"FT": "/Btn", "Ff": RADIO, "T": pydyf.String(name), "TU": pydyf.String(tip)})
            group |= {"V": "/Off", "Kids": pydyf.Array()}
            self.pdf.add_object(group)
            self.groups[name] = group
            self.fields.append(group.reference)
        return self.groups[name]

    def _states(self, spot: FieldBox, on: str, draw: Any) -> None:
        """How a button looks when it is on and when it is not. It begins as off."""
        left, bottom, right, top = spot.rect
        looks = pydyf.Dictionary()
        for state, strokes in ((on, draw), ("Off", _nothing)):
            extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, right - left, top - bottom])}
            look = pydyf.Stream(None, extra, compress=True)
            strokes(look, right - left, top - bottom)
            self.pdf.add_object(look)
            looks[state] = look.reference
        spot.widget.update({"AP": pydyf.Dictionary({"N": looks}), "AS": "/Off"})


def _tick_mark(look: pydyf.Stream, width: float, height: float) -> None:
    look.set_line_width(min(width, height) * 0.12)
    look.set_line_cap(1)
    look.move_to(width * 0.2, height * 0.5)
    look.line_to(width * 0.42, height * 0.24)
    look.line_to(width * 0.8, height * 0.78)
    look.stroke()


def _dot(look: pydyf.Stream, width: float, height: float) -> None:
    """A filled circle over half of the box, from two halves that PDF's curves draw to within 1 %."""
    x, y, radius = width / 2, height / 2, min(width, height) / 4
    pull = radius * 4 / 3
    look.move_to(x - radius, y)
    look.curve_to(x - radius, y + pull, x + radius, y + pull, x + radius, y)
    look.curve_to(x + radius, y - pull, x - radius, y - pull, x - radius, y)
    look.fill()


def _nothing(look: pydyf.Stream, width: float, height: float) -> None:
    """The box itself is drawn by the page."""


def _in_reading_order(page: pydyf.Dictionary, objects: dict[bytes, Any]) -> None:
    """Viewers that do not ask the tags go from field to field as a page lists them."""
    page["Annots"].sort(key=lambda reference: objects[reference].get("StructParent", -1))
