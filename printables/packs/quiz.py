"""A course's quiz for learning platforms: Moodle XML, GIFT and IMS QTI 2.1, with the right answers and the reasons.

Sources: Moodle's documentation of its XML and GIFT formats; IMS Question and Test Interoperability 2.1, items of the
kind choiceInteraction in a content package. Platforms show a reason after the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from printables.library.fields import MARK
from printables.library.packs import Pack, QuizQuestion
from printables.publish.archive import zip_bytes

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_MARK = re.compile(MARK)
_GIFT_SIGNS = re.compile(r"[\\~=#{}:]")


@dataclass(frozen=True)
class QuizFormat:
    """One format: what its files end in, and how the quiz of a course becomes such a file."""

    suffix: str
    made: Callable[[Pack], bytes]


def plain(text: str) -> str:
    """Return a line without marks: terms with their plain words in brackets, no numbers of sources."""

    def shown(mark: re.Match[str]) -> str:
        if mark["sign"] or mark["name"] == "consensus":
            return ""
        explained = f" ({mark['plain']})" if mark["plain"] else ""
        return f"{mark['space'] or ''}{mark['name']}{explained}"

    return _MARK.sub(shown, text).replace("**", "").strip()


def moodle_xml(pack: Pack) -> bytes:
    """Return the quiz in Moodle's XML, in a category with the course's title."""
    root = ET.Element("quiz")
    category = ET.SubElement(root, "question", type="category")
    _text(ET.SubElement(category, "category"), f"$course$/top/{pack.title.replace('/', '//')}")
    for one in pack.quiz:
        question = ET.SubElement(root, "question", type="multichoice")
        _text(ET.SubElement(question, "name"), one.id)
        _text(ET.SubElement(question, "questiontext", format="plain_text"), plain(one.question))
        _text(ET.SubElement(question, "generalfeedback", format="plain_text"), plain(one.why))
        settings = {"defaultgrade": "1", "penalty": "0", "single": "true", "shuffleanswers": "true"}
        for name, value in {**settings, "answernumbering": "abc"}.items():
            ET.SubElement(question, name).text = value
        for number, option in enumerate(one.options, 1):
            fraction = "100" if number == one.answer else "0"
            _text(ET.SubElement(question, "answer", fraction=fraction, format="plain_text"), plain(option))
    return _xml(root)


def gift(pack: Pack) -> bytes:
    """Return the quiz in GIFT, a text format that Moodle and others read."""
    parts = [f"// {pack.title}\n$CATEGORY: $course$/top/{pack.title.replace('/', '//')}\n"]
    for one in pack.quiz:
        signs = ("=" if number == one.answer else "~" for number in range(1, len(one.options) + 1))
        options = [f"\t{sign}{_escaped(option)}" for sign, option in zip(signs, one.options, strict=True)]
        lines = [f"::{_escaped(one.id)}:: {_escaped(one.question)} {{", *options, f"\t####{_escaped(one.why)}", "}"]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts).encode()


def _escaped(text: str) -> str:
    return _GIFT_SIGNS.sub(r"\\\g<0>", plain(text))


def qti(pack: Pack) -> bytes:
    """Return the quiz as an IMS content package: a manifest, a test, and a file for each question."""
    items = {f"items/{one.id}.xml": _item(one, pack.language) for one in pack.quiz}
    return zip_bytes({"imsmanifest.xml": _manifest(pack), "test.xml": _test(pack), **items})


def _item(one: QuizQuestion, language: str) -> bytes:
    name = f"q-{one.id}"
    root = ET.Element(
        "assessmentItem", xmlns=QTI, identifier=name, title=one.id, adaptive="false", timeDependent="false"
    )
    root.set("xml:lang", language)
    response = {"identifier": "RESPONSE", "cardinality": "single", "baseType": "identifier"}
    declared = ET.SubElement(root, "responseDeclaration", response)
    ET.SubElement(ET.SubElement(declared, "correctResponse"), "value").text = f"option-{one.answer}"
    for identifier, kind in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        ET.SubElement(root, "outcomeDeclaration", identifier=identifier, cardinality="single", baseType=kind)
    body = ET.SubElement(root, "itemBody")
    choices = ET.SubElement(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")
    ET.SubElement(choices, "prompt").text = plain(one.question)
    for number, option in enumerate(one.options, 1):
        ET.SubElement(choices, "simpleChoice", identifier=f"option-{number}").text = plain(option)
    _scored(ET.SubElement(root, "responseProcessing"))
    shown = {"outcomeIdentifier": "FEEDBACK", "identifier": "why", "showHide": "show"}
    ET.SubElement(root, "modalFeedback", shown).text = plain(one.why)
    return _xml(root)


def _scored(processing: ET.Element) -> None:
    """One point for the right answer, and the reason in any case."""
    condition = ET.SubElement(processing, "responseCondition")
    right = ET.SubElement(condition, "responseIf")
    match = ET.SubElement(right, "match")
    ET.SubElement(match, "variable", identifier="RESPONSE")
    ET.SubElement(match, "correct", identifier="RESPONSE")
    for branch, points in ((right, "1"), (ET.SubElement(condition, "responseElse"), "0")):
        score = ET.SubElement(branch, "setOutcomeValue", identifier="SCORE")
        ET.SubElement(score, "baseValue", baseType="float").text = points
    why = ET.SubElement(processing, "setOutcomeValue", identifier="FEEDBACK")
    ET.SubElement(why, "baseValue", baseType="identifier").text = "why"


def _test(pack: Pack) -> bytes:
    root = ET.Element("assessmentTest", xmlns=QTI, identifier=f"t-{pack.id}", title=pack.title)
    part = ET.SubElement(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    section = ET.SubElement(part, "assessmentSection", identifier="section", title=pack.title, visible="true")
    for one in pack.quiz:
        ET.SubElement(section, "assessmentItemRef", identifier=f"q-{one.id}", href=f"items/{one.id}.xml")
    return _xml(root)


def _manifest(pack: Pack) -> bytes:
    root = ET.Element("manifest", xmlns=PACKAGE, identifier=f"m-{pack.id}")
    metadata = ET.SubElement(root, "metadata")
    ET.SubElement(metadata, "schema").text = "QTIv2.1 Package"
    ET.SubElement(metadata, "schemaversion").text = "1.0.0"
    ET.SubElement(root, "organizations")
    resources = ET.SubElement(root, "resources")
    _resource(resources, f"r-{pack.id}", "imsqti_test_xmlv2p1", "test.xml", [f"r-q-{one.id}" for one in pack.quiz])
    for one in pack.quiz:
        _resource(resources, f"r-q-{one.id}", "imsqti_item_xmlv2p1", f"items/{one.id}.xml", [])
    return _xml(root)


def _resource(resources: ET.Element, name: str, kind: str, file: str, needs: list[str]) -> None:
    resource = ET.SubElement(resources, "resource", identifier=name, type=kind, href=file)
    ET.SubElement(resource, "file", href=file)
    for need in needs:
        ET.SubElement(resource, "dependency", identifierref=need)


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text


def _xml(root: ET.Element) -> bytes:
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


FORMATS: Mapping[str, QuizFormat] = {
    "moodle": QuizFormat(".xml", moodle_xml),
    "gift": QuizFormat(".gift.txt", gift),
    "qti": QuizFormat(".qti.zip", qti),
}
"""By the name that `printables quiz --format` takes."""
