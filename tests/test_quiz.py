"""A course's quiz in the formats of learning platforms, read back by the rules of each format."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from front_door import run
from library_case import ROOT

from printables.library.folders import Folders
from printables.library.loader import load
from printables.library.pack_loader import load_packs
from printables.library.packs import Pack, QuizQuestion
from printables.packs.quiz import FORMATS, gift, moodle_xml, plain, qti

COURSES = ("introduction-to-ipt", "low-mood-in-primary-care")
Read = list[tuple[str, str, list[tuple[str, bool]], str]]
"""Of each question: its id, its words, its options with whether each is right, and the reason."""


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    folders = Folders(ROOT / "content")
    library, _ = load(folders, ROOT / "templates")
    assert library is not None
    return dict(load_packs(library, folders)[0].packs)


def with_questions(pack: Pack, *questions: QuizQuestion) -> Pack:
    return pack.model_copy(update={"quiz": list(questions)})


ODD = QuizQuestion.model_construct(
    id="odd",
    question="Is {grief|deep sadness} = “loss”: yes ~ or # no {@ng222}?",
    options=["a & b < c", "50 % = {half}", "back\\slash: one", "=right"],
    answer=4,
    why="**Because** it is so {@ng222}.",
    sources=[],
)


def wanted(pack: Pack) -> Read:
    return [
        (one.id, plain(one.question), [(plain(option), n == one.answer) for n, option in enumerate(one.options, 1)],
         plain(one.why))
        for one in pack.quiz
    ]  # fmt: skip


def from_moodle(data: bytes) -> Read:
    """By Moodle's documentation: a question of the type multichoice has a name, words, feedback and answers."""
    root = ET.fromstring(data)  # noqa: S314 - our own
    assert root.tag == "quiz" and root[0].get("type") == "category"
    found: Read = []
    for one in root[1:]:
        assert one.get("type") == "multichoice" and one.findtext("single") == "true"
        answers = [(each.findtext("text") or "", each.get("fraction") == "100") for each in one.findall("answer")]
        words = [one.findtext(f"{name}/text") or "" for name in ("name", "questiontext", "generalfeedback")]
        found.append((words[0], words[1], answers, words[2]))
    return found


def from_gift(data: bytes) -> Read:
    """By Moodle's documentation: ::name:: words {=right ~wrong ####reason}; a backslash before each sign."""
    text = re.sub(r"(?m)^(//|\$CATEGORY:).*\n", "", data.decode())
    found: Read = []
    for block in re.split(r"\n\s*\n", text.strip()):
        parts = re.split(r"(?<!\\)(::|\{|\}|####|=|~)", block.replace("\\\\", "\0"))
        assert parts[:2] == ["", "::"] and parts[3] == "::" and parts[-2] == "}", parts
        body = list(zip(parts[7:-2:2], parts[8:-2:2], strict=True))
        clean = [(sign, re.sub(r"\\([~=#{}:])", r"\1", words).replace("\0", "\\").strip()) for sign, words in body]
        name, question = (re.sub(r"\\([~=#{}:])", r"\1", parts[at]).replace("\0", "\\").strip() for at in (2, 4))
        options = [(words, sign == "=") for sign, words in clean if sign in "=~"]
        found.append((name, question, options, next(words for sign, words in clean if sign == "####")))
    return found


def from_qti(data: bytes) -> Read:
    """By the information model of QTI 2.1: manifest → test → items; each response is declared and scored."""
    names = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1", "p": "http://www.imsglobal.org/xsd/imscp_v1p1"}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        files = {name: ET.fromstring(package.read(name)) for name in package.namelist()}  # noqa: S314 - our own
    resources = files["imsmanifest.xml"].findall("p:resources/p:resource", names)
    listed = {one.get("identifier"): one.get("href") for one in resources}
    assert set(listed.values()) == files.keys() - {"imsmanifest.xml"}, "the manifest lists what is there"
    for one in resources:
        assert all(need.get("identifierref") in listed for need in one.findall("p:dependency", names))
    found: Read = []
    for reference in files["test.xml"].iterfind(".//q:assessmentItemRef", names):
        item = files[reference.get("href") or ""]
        assert item.get("identifier") == reference.get("identifier")
        right = item.findtext("q:responseDeclaration/q:correctResponse/q:value", None, names)
        choice = item.find("q:itemBody/q:choiceInteraction", names)
        assert choice is not None and choice.get("responseIdentifier") == "RESPONSE"
        outcomes = {one.get("identifier") for one in item.findall("q:outcomeDeclaration", names)}
        assert {one.get("identifier") for one in item.iterfind(".//q:setOutcomeValue", names)} == outcomes
        options = [(one.text or "", one.get("identifier") == right) for one in choice.findall("q:simpleChoice", names)]
        why = item.findtext("q:modalFeedback", "", names)
        name = (item.get("identifier") or "").removeprefix("q-")
        found.append((name, choice.findtext("q:prompt", "", names), options, why))
    return found


@pytest.mark.parametrize("course", COURSES)
def test_every_question_option_answer_and_reason_is_in_every_format(packs: dict[str, Pack], course: str) -> None:
    for pack in (packs[course], with_questions(packs[course], ODD)):
        assert len(pack.quiz) >= 1
        assert from_moodle(moodle_xml(pack)) == wanted(pack)
        assert from_gift(gift(pack)) == wanted(pack)
        assert from_qti(qti(pack)) == wanted(pack)
        assert qti(pack) == qti(pack), "the same bytes each time"


def test_marks_become_plain_words() -> None:
    assert plain(ODD.question) == "Is grief (deep sadness) = “loss”: yes ~ or # no?"
    assert plain(ODD.why) == "Because it is so."


@pytest.mark.slow
def test_the_command_writes_a_file_and_says_what_is_in_it(tmp_path: Path) -> None:
    for kind, ending in (("moodle", ".xml"), ("gift", ".gift.txt"), ("qti", ".qti.zip")):
        done = run(tmp_path, "quiz", "introduction-to-ipt", "--format", kind, "--content", str(ROOT / "content"))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / f"introduction-to-ipt-quiz{ending}").stat().st_size > 1000
        assert done.stdout.endswith("questions with their answers. Keep it from learners.\n")
    assert set(FORMATS) == {"moodle", "gift", "qti"}


@pytest.mark.slow
def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    done = run(tmp_path, "quiz", "introduction-to-ip", "--content", str(ROOT / "content"))
    assert (done.returncode, done.stderr) == (
        1,
        'error: command line: There is no course pack "introduction-to-ip". Did you mean "introduction-to-ipt"?\n',
    )
