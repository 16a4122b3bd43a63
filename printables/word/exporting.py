"""A leaflet's texts → a Word document to comment on and to change. The only writer of Word documents."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from printables.word.texts import ReviewText

HOW = (
    "Change the words in the frames, with or without tracked changes, and comment as you like. Leave the signs in"
    " braces { } as they are: they explain a word or name a source. The grey lines only say where a text stands."
)
GREY = RGBColor(0x59, 0x59, 0x59)


def document_of(title: str, texts: Sequence[ReviewText]) -> bytes:
    """Return the document: each text in a content control, which Word keeps together with its tag."""
    made = docx.Document()
    made.core_properties.title = title
    made.core_properties.author = ""
    made.add_heading(title, 0)
    made.add_paragraph(HOW)
    for one in texts:
        label = made.add_paragraph()
        label.paragraph_format.keep_with_next = True
        words = label.add_run(one.label)
        words.font.size, words.font.color.rgb = Pt(10), GREY
        made.element.body.insert_element_before(_framed(one), "w:sectPr")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _framed(one: ReviewText) -> Any:
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    for name, value in (("alias", one.label[:60]), ("tag", one.tag)):
        setting = OxmlElement(f"w:{name}")
        setting.set(qn("w:val"), value)
        properties.append(setting)
    for line in one.text.split("\n"):
        paragraph, run, words = (OxmlElement(f"w:{name}") for name in ("p", "r", "t"))
        words.set(qn("xml:space"), "preserve")
        words.text = line
        run.append(words)
        paragraph.append(run)
        content.append(paragraph)
    control.extend([properties, content])
    return control
