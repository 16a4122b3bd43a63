"""Mends the tag tree just before the PDF is written (standards A15).

What WeasyPrint 70.0 leaves undone, each found by an independent checker: header cells carry no scope; links do
not print and describe themselves by their address; what stands in the page's margins is tagged content that no reader
can reach, where it ought to be an artifact. A picture composed of HTML becomes one picture, and is not read in pieces;
a drawing that is hidden from readers is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pydyf

from printables.typeset import weasyprint_internals as engine
from printables.typeset import weasyprint_tags
from printables.typeset.inspect.source import picture_words, runs_left
from printables.typeset.pdf.forms import PRINT_FLAG, add_form

_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
"""A line of a table of signs: the sign's number, and the letters that it stands for, in UTF-16."""
DECORATION = "decoration"
"""The name that drawings without a meaning have for as long as the tags are made."""


def finish(document: Any, pdf: pydyf.PDF, *, front: int = 0) -> None:
    """The hook for `write_pdf(finisher=...)`; changes `pdf` in place. A book has `front` pages with roman numbers."""
    direction = {"Direction": "/R2L"} if engine.runs_left(document) else {}  # pages two by two begin at the right
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true", **direction})
    for page in document.pages:
        for box in engine.boxes(page):
            _mend_cell(box)
            _mend_link(box)
    _name_languages(document, pdf)
    _one_picture_each(pdf)
    _untag_decoration(pdf)
    _margins_to_artifacts(pdf)
    add_form(document, pdf)
    _turn_ligatures(pdf)
    if front:
        roman, arabic = pydyf.Dictionary({"S": "/r"}), pydyf.Dictionary({"S": "/D"})
        pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, roman, front, arabic])})


def _turn_ligatures(pdf: pydyf.PDF) -> None:
    """Turn round what the signs of several letters from right to left stand for.

    A reader turns a whole line round, and with it the letters of one sign: the lam-alef of "al-kalam" would be copied
    as alef-lam. Of 39 words of Arabic in this typeface, 20 are found again as the engine writes them, and 37 so.
    """
    for stream in engine.character_maps(pdf):
        for at, line in enumerate(stream):
            if found := _MAPPED.fullmatch(line):
                letters = bytes.fromhex(found[2].decode()).decode("utf-16-be")
                if len(letters) > 1 and all(map(runs_left, letters)):
                    stream[at] = b"<%s> <%s>" % (found[1], letters[::-1].encode("utf-16-be").hex().encode())


def _mend_cell(box: Any) -> None:
    """A `<th>` heads its row where it says so and its column otherwise."""
    if cell := weasyprint_tags.header_cell(box):
        scope = engine.element_of(box).get("scope")
        cell["A"]["Scope"] = "/Row" if scope in ("row", "rowgroup") else "/Column"


def _name_languages(document: Any, pdf: pydyf.PDF) -> None:
    """Have a span in another language say so in its tag, so that it is read aloud in the right voice (PDF/UA 7.2)."""
    spans = [box for page in document.pages for box in engine.boxes(page) if weasyprint_tags.is_span(box)]
    if not any(engine.element_of(box).get("lang") for box in spans):
        return
    for box, tag in zip(spans, weasyprint_tags.spans(pdf), strict=True):
        if language := engine.element_of(box).get("lang"):
            tag["Lang"] = pydyf.String(language)


def _mend_link(box: Any) -> None:
    """A link prints, and is described by its words rather than by its address."""
    link = engine.annotation_of_link(box)
    if not link:
        return
    link["F"] = PRINT_FLAG
    words = " ".join("".join(engine.element_of(box).itertext()).split())
    if words:
        link["Contents"] = pydyf.String(words)


def mark_pictures(document: Any) -> None:
    """Tag every element with the role of an image as a picture, and none that is hidden. Before `write_pdf`."""
    for page in document.pages:
        for box in engine.boxes(page):
            if not engine.stands_for_element(box):
                continue
            element = engine.element_of(box)
            if words := picture_words(element):
                engine.make_picture(box, words)
            elif engine.is_drawing(element) and element.get("aria-hidden") == "true":
                engine.name_drawing(element, DECORATION)


def _untag_decoration(pdf: pydyf.PDF) -> None:
    """Take the tags of drawings that tell nothing out of the tree; their content is then an artifact."""
    by_reference = {item.reference: item for item in pdf.objects}
    for tag in engine.pictures_named(pdf, DECORATION):
        by_reference[tag["P"]]["K"].remove(tag.reference)


def _one_picture_each(pdf: pydyf.PDF) -> None:
    """Give a composed picture all the content of the tags inside of it, and drop those.

    The content is marked with the picture's place (BBox), by which the inspection knows it.
    """
    by_reference = {item.reference: item for item in pdf.objects}
    parents = weasyprint_tags.tag_owners(pdf)
    for picture in engine.composed_pictures(pdf):
        inside = [picture, *(by_reference[kid] for kid in _descendants(picture, by_reference))]
        content = sorted(kid for tag in inside for kid in tag["K"] if isinstance(kid, int))
        page = by_reference[picture["Pg"]]
        stream = by_reference[page["Contents"]]
        weasyprint_tags.to_content_of(stream, content, "/Figure", {"BBox": picture["A"]["BBox"]})
        owners = parents[page["StructParents"]]
        for number in content:
            owners[number] = picture.reference
        picture["K"] = pydyf.Array(content)


def _margins_to_artifacts(pdf: pydyf.PDF) -> None:
    """Marked content that no path from the tag tree's root leads to becomes a pagination artifact."""
    by_reference = {item.reference: item for item in pdf.objects}
    reachable = set(_descendants(weasyprint_tags.tag_root(pdf), by_reference))
    parents = weasyprint_tags.tag_owners(pdf)
    for reference in pdf.page_references:
        page = by_reference[reference]
        stream = by_reference[page["Contents"]]
        owners = parents[page["StructParents"]]
        lost = [mcid for mcid, owner in enumerate(owners) if owner not in reachable]
        for mcid in weasyprint_tags.to_artifacts(stream, lost, pydyf.Dictionary({"Type": "/Pagination"})):
            owners[mcid] = "null"


def _descendants(element: Any, by_reference: dict[bytes, Any]) -> Iterator[bytes]:
    for kid in element.get("K", ()):
        if isinstance(kid, bytes) and kid in by_reference:
            yield kid
            yield from _descendants(by_reference[kid], by_reference)
