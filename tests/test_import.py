"""Leaflets that a clinic has become records: headings find their sections, and no word of the original is lost."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches
from front_door import run
from hypothesis import given, settings
from hypothesis import strategies as st
from library_case import ROOT, TODAY
from PIL import Image

from printables.library.folders import Folders
from printables.library.loader import load
from printables.library.yaml_reader import read_yaml
from printables.word.documents import Block, from_html, from_markdown, from_text
from printables.word.documents import read as blocks_of
from printables.word.docx import UnreadableDocument
from printables.word.importing import record_of
from printables.word.placing import likeness, place

WORD = re.compile(r"[^\W_]+")
LIBRARY, _ = load(Folders(ROOT / "content"), ROOT / "templates")
assert LIBRARY is not None
READERS, ENGLISH = LIBRARY.audiences, LIBRARY.locales["en"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(made, "PNG")
    made.seek(0)
    return made


def self_help() -> Document:
    """As a tidy person writes it: styles, a table, a picture, a header and a footer."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Example House, Anytown"
    made.sections[0].footer.paragraphs[0].text = "To be reviewed in May 2027"
    made.add_heading("Guided self-help", 0)
    made.add_paragraph("For adults who have been offered guided self-help.")
    made.add_heading("What is guided self-help?", 1)
    made.add_paragraph("It is a short course with a book. ").add_run("You do most of it at home.").bold = True
    made.add_heading("What happens in therapy", 1)
    made.add_paragraph("You meet your guide six times – for half an hour.")
    made.add_paragraph("First you talk", style="List Bullet")
    made.add_paragraph("Then you read", style="List Bullet 2")
    table = made.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Week", "Topic", "1", "Sleep"), strict=True
    ):
        cell.text = text
    made.add_picture(picture(), width=Inches(1))
    made.add_heading("Parking", 1)
    made.add_paragraph("There is a car park {free} behind the house: #3 & more.")
    return made


def bold_headings() -> Document:
    """As most people write it: bold lines for headings, line breaks, a link, odd styles, letters of every kind."""
    made = docx.Document()
    made.add_paragraph().add_run("Counselling at Example House").bold = True
    made.add_paragraph("We offer six sessions.\nEach takes 50 minutes.")
    made.add_paragraph().add_run("Questions you could ask").bold = True
    for text in ("How long is the wait?", "Who will I see?"):
        made.add_paragraph(text, style="List Number")
    made.add_paragraph("“Quoted”, naïve, ŵŷ, 50 % – and an emoji 🙂", style="Intense Quote")
    made.add_paragraph().add_run("Other choices").bold = True
    made.add_paragraph("You can also do nothing for now.", style="Caption")
    made.add_paragraph("مرحبا بكم")
    return made


def tracked() -> Document:
    """As it comes back from a colleague: words put in and taken out with changes tracked, a comment, a text box."""
    made = docx.Document()
    made.add_heading("Grief group", 1)
    paragraph = made.add_paragraph("We meet on ")
    for tag, kind, text in (("w:ins", "w:t", "Tuesdays"), ("w:del", "w:delText", "Mondays")):
        change, inside, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(kind)
        change.set(qn("w:id"), "1")
        change.set(qn("w:author"), "A")
        words.text = text
        inside.append(words)
        change.append(inside)
        paragraph._p.append(change)
    made.add_heading("Your privacy and your say", 2)
    run_ = made.add_paragraph().add_run("What you say stays here.")
    made.add_comment(run_, text="Is this so?", author="A", initials="A")
    made.add_heading("What to do next", 2)
    made.add_paragraph("Ring us.", style="List Number")
    return made


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "self_help": self_help,
    "bold_headings": bold_headings,
    "tracked": tracked,
}


def bytes_of(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def words_in(data: bytes) -> Counter[str]:
    """Every word in a document, read from its XML without the help of what is tested."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [
            one for one in package.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*|comments)\.xml", one)
        ]
        roots = [ET.fromstring(package.read(name)) for name in names]  # noqa: S314 - our own
    found: Counter[str] = Counter()
    for root in roots:
        for paragraph in root.iter(f"{W}p"):
            deleted = f"{W}delText"
            pieces = [f" {one.text} " if one.tag == deleted else one.text or " " for one in paragraph.iter()
                      if one.tag in (f"{W}t", f"{W}br", deleted)]  # fmt: skip
            found.update(WORD.findall("".join(pieces)))
    return found


def made(blocks: list[Block], reader: str = "adults") -> tuple[dict[str, object], str]:
    """The record's value and its text."""
    placed = place(blocks, READERS[reader], ENGLISH)
    record = record_of(placed, "new-leaflet", READERS[reader], ROOT / "templates", TODAY, "leaflet.docx")
    assert isinstance(record, bytes), record
    document, problems = read_yaml(record, "new-leaflet.yaml")
    assert document is not None and isinstance(document.value, dict), problems
    return document.value, record.decode()  # type: ignore[return-value]


def texts(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(texts(inner) for inner in value.values())
    return " ".join(texts(inner) for inner in value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_word_of_a_word_document_is_in_the_record(name: str) -> None:
    data = bytes_of(DOCUMENTS[name]())
    value, _ = made(blocks_of(data, "leaflet.docx"))
    lost = words_in(data) - Counter(WORD.findall(texts(value)))
    assert lost == Counter(), lost


def test_parts_go_where_they_belong_and_the_rest_is_named() -> None:
    value, text = made(blocks_of(bytes_of(self_help()), "leaflet.docx"))
    titles, sections = value["titles"], value["sections"]
    assert isinstance(titles, dict) and isinstance(sections, dict)
    assert titles["adults"] == {
        "title": "Guided self-help",
        "purpose": "For adults who have been offered guided self-help.",
    }
    assert sections["overview"]["adults"] == "It is a short course with a book. **You do most of it at home.**\n"
    assert sections["sessions"]["adults"].startswith("You meet your guide six times – for half an hour.\n\n- First you")
    notes = text.partition("\nnotes: |\n")[2]
    assert "  Table below “What happens in therapy”:\n  Week | Topic\n  1 | Sleep\n" in notes
    assert "  Picture below “What happens in therapy”: without a description\n" in notes
    assert "  ### Parking\n\n  There is a car park {free} behind the house: #3 & more.\n" in notes
    assert "  Top of the page: Example House, Anytown\n" in notes
    value, text = made(blocks_of(bytes_of(tracked()), "leaflet.docx"))
    notes = text.partition("\nnotes: |\n")[2]
    assert texts(value["titles"]) == "Grief group We meet on Tuesdays"
    assert "Deleted in the original, with changes tracked: Mondays" in notes
    assert "Comment: Is this so?" in notes


def test_bold_lines_are_headings_and_lists_stay_lists() -> None:
    value, _ = made(blocks_of(bytes_of(bold_headings()), "leaflet.docx"))
    sections = value["sections"]
    assert isinstance(sections, dict)
    assert sections["questions"]["adults"].startswith("1. How long is the wait?\n2. Who will I see?\n")
    assert sections["alternatives"]["adults"] == "You can also do nothing for now.\n\nمرحبا بكم\n"


HTML = (
    "<h1>A title</h1><p>One <b>bold</b> <a href='https://a.example/'>link</a></p><ul><li>x<ol><li>y</li></ol></li></ul>"
)


def test_markdown_html_and_text_are_read_alike() -> None:
    wanted = [
        Block("heading", "A title", 1),
        Block("text", "One **bold** [link](https://a.example/)"),
        Block("text", "- x\n  1. y"),
    ]
    assert from_html(HTML) == wanted
    assert from_markdown("# A title\n\nOne **bold** [link](https://a.example/)\n\n- x\n  1. y\n") == wanted
    assert from_text("A title\n\nOne sentence.\n\n• x\n• y\n") == [
        Block("heading", "A title", 7), Block("text", "One sentence."), Block("text", "- x\n- y"),
    ]  # fmt: skip
    assert from_html("<table><tr><th>a</th><td>b</td></tr></table><script>no</script>loose <i>words</i>") == [
        Block("table", "a | b"), Block("text", "loose words"),
    ]  # fmt: skip


def test_a_declaration_that_nobody_can_read_is_words() -> None:
    assert from_html("<p>a <![1 b</p>") == [Block("text", "a <![1 b")]


def test_headings_are_alike_by_letters_or_by_words_that_say_something() -> None:
    assert likeness("What happens in therapy?", "What happens in therapy") == 1.0
    assert likeness("Questions to ask us", "Questions you could ask") >= 0.68
    assert likeness("Parking", "Privacy and consent") < 0.68
    assert likeness("What is it?", "Who helps you?") < 0.68


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab <>/#*-_[]()|!&;{}\n\t1.“é`\"'=:p"), max_size=300))
def test_no_document_makes_a_traceback_and_no_word_of_a_text_is_lost(text: str) -> None:
    for read in (from_markdown, from_html):
        assert all(block.text.strip() for block in read(text))
    blocks = from_text(text)
    lost = Counter(WORD.findall(text)) - Counter(WORD.findall(" ".join(block.text for block in blocks)))
    assert lost == Counter()
    if blocks:
        value, _ = made(blocks)
        assert Counter(WORD.findall(text)) - Counter(WORD.findall(texts(value))) == Counter()


def package(**parts: bytes) -> bytes:
    made_ = io.BytesIO()
    with zipfile.ZipFile(made_, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return made_.getvalue()


ANEW = "Save it anew in Word, as .docx."
REFUSED = {
    "no ZIP": (b"plain", "This is no Word document."),
    "another ZIP": (package(a_xml=b"<a/>"), "This is no Word document."),
    "an old Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "This is a document of an old Word, or one with a password."),
    "macros": (package(word__document_xml=b"<a/>", word__vbaProject_bin=b"x"), "The document holds macros."),
    "an entity": (
        package(word__document_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
        "The document holds what Word never writes.",
    ),
    "a bomb": (package(word__document_xml=b" " * 60_000_000), "The document has more than 50 MB when it is unpacked."),
    "broken XML": (package(word__document_xml=b"<a>"), "Word's format cannot be read"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_safe_document_is_refused_in_a_sentence(name: str) -> None:
    data, said = REFUSED[name]
    with pytest.raises(UnreadableDocument, match=re.escape(said)) as refused:
        blocks_of(data, "a.docx")
    assert refused.value.mend.endswith(".")


@pytest.mark.slow
def test_the_command_writes_a_record_that_check_reads(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "leaflet.docx").write_bytes(bytes_of(self_help()))
    done = run(tmp_path, "import", "leaflet.docx", "--id", "guided-self-help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "overview: from “What is guided self-help?”",
        "sessions: from “What happens in therapy”",
        "Wrote content/therapies/guided-self-help.yaml: 2 sections filled.",
        "8 parts fit nowhere and stand in its notes, word for word.",
        "What is still missing: printables check --therapy guided-self-help",
    ]
    check = run(tmp_path, "check", "--therapy", "guided-self-help")
    assert check.returncode == 1 and "Traceback" not in check.stderr
    assert "sections.main_message.adults: This is blank." in check.stderr, "a gap is named"
    assert "sections.overview" not in check.stderr
    again = run(tmp_path, "import", "leaflet.docx", "--id", "guided-self-help")
    assert "The record is there already. Choose another id." in again.stderr


@pytest.mark.slow
def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "a.md").write_bytes(b"\xff")
    (tmp_path / "b.md").write_text("# A\n\nB\n", encoding="utf-8")
    for given_, said in (
        (
            ("a.pdf", "--id", "x"),
            'error: a.pdf: Files that end in ".pdf" cannot be taken in. Save it as one of: .docx, ',
        ),
        (("a.md", "--id", "x"), "error: a.md: The file is not UTF-8. Save it as UTF-8."),
        (("gone.md", "--id", "x"), "error: gone.md: The file cannot be read: No such file or directory. Look at its"),
        (("b.md", "--id", "X y"), 'error: command line: "X y" cannot be an id. Use small letters a to z, figures'),
        (("b.md", "--id", "x", "--audience", "teen"), 'error: command line: There is no audience "teen". Did you mean'),
    ):
        done = run(tmp_path, "import", *given_)
        assert done.returncode == 1 and done.stderr.startswith(said), done.stderr
