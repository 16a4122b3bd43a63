"""A leaflet goes to reviewers in Word and comes back: every change is shown, and only what was changed is written."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from front_door import run
from library_case import IPT, LibraryCase, copy_of_leaflets

from printables.editor.records import Records
from printables.library.folders import Folders
from printables.library.loader import load
from printables.word.docx import UnreadableDocument
from printables.word.exporting import document_of
from printables.word.taking_back import Change, Review, review_of
from printables.word.texts import ReviewText, texts_of

PURPOSE = "What interpersonal psychotherapy (IPT) is, and how it may help when you feel low."


@pytest.fixture
def case(tmp_path: Path) -> LibraryCase:
    return LibraryCase(copy_of_leaflets(tmp_path))


def texts(case: LibraryCase, reader: str = "teens") -> list[ReviewText]:
    folders = Folders(case.root / "content")
    library, _ = load(folders, case.root / "templates")
    assert library is not None
    file = Records(folders).read("therapy", "ipt")
    return texts_of(file.data, file.shown, library, reader)


def reviewed(case: LibraryCase, change: Callable[[Any], None]) -> Review:
    """What comes back of a document after this change of it, as Word would save it."""
    path = case.root / "review.docx"
    path.write_bytes(document_of("IPT", texts(case)))
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))
    return review_of(path.read_bytes(), texts(case))


def control(document: Any, words: str) -> Any:
    """The content control that holds these words."""
    return next(
        one
        for one in document.element.body.iter(qn("w:sdt"))
        if words in "".join(t.text or "" for t in one.iter(qn("w:t")))
    )


def words_in(document: Any, words: str) -> Any:
    return next(one for one in control(document, words).iter(qn("w:t")) if words in (one.text or ""))


def replaced(old: str, new: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        found = words_in(document, old)
        found.text = found.text.replace(old, new)

    return change


def test_what_nobody_changed_comes_back_as_it_was(case: LibraryCase) -> None:
    for reader in ("adults", "teens", "parents", "professionals", "easy-read"):
        found = texts(case, reader)
        assert len(found) > 15 and all(one.text in case.text(IPT) or "\n" in one.text for one in found)
        assert review_of(document_of("IPT", found), found) == Review([], [], [])


def test_a_changed_sentence_is_shown_beside_the_old_one(case: LibraryCase) -> None:
    review = reviewed(case, replaced("how it may help", "how it can help"))
    (one,) = review.changes
    assert one.text.path == ("titles", "teens", "purpose") and not one.stale
    assert one.diff() == [f"-{PURPOSE}", f"+{PURPOSE.replace('may', 'can')}"]


def test_a_line_of_a_list_that_was_taken_out_is_shown() -> None:
    one = ReviewText(("sections", "questions", "teens"), "Questions", "- One?\n- Two?", one_line=False)
    assert Change(one, "- One?", stale=False).diff() == ["-- Two?"]


def test_tracked_changes_count_as_made_and_comments_are_listed(case: LibraryCase) -> None:
    def change(document: Any) -> None:
        found = words_in(document, PURPOSE)
        found.text = "What IPT is"
        run_, paragraph = found.getparent(), found.getparent().getparent()
        for tag, kind, text in (("w:ins", "w:t", ", in short."), ("w:del", "w:delText", " and more")):
            tracked, inside, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(kind)
            words.text = text
            inside.append(words)
            tracked.append(inside)
            paragraph.append(tracked)
        assert run_ is not None
        document.add_comment(document.paragraphs[0].runs, text="Too long?", author="A", initials="A")

    review = reviewed(case, change)
    assert [one.new for one in review.changes] == ["What IPT is, in short."]
    assert review.comments == ["Too long?"]


def test_a_frame_that_is_gone_deletes_nothing(case: LibraryCase) -> None:
    def change(document: Any) -> None:
        found = control(document, PURPOSE)
        found.getparent().remove(found)

    review = reviewed(case, change)
    assert review.changes == [] and [one.path for one in review.gone] == [("titles", "teens", "purpose")]


def test_a_paragraph_that_is_added_is_part_of_its_text(case: LibraryCase) -> None:
    long = next(one for one in texts(case) if "\n" in one.text)

    def change(document: Any) -> None:
        last = list(control(document, long.text.split("\n")[0]).iter(qn("w:p")))[-1]
        paragraph, run_, words = (OxmlElement(f"w:{name}") for name in ("p", "r", "t"))
        words.text = "One more line: with {@signs} & #signs."
        run_.append(words)
        paragraph.append(run_)
        last.addnext(paragraph)

    (one,) = reviewed(case, change).changes
    assert one.new == f"{long.text}\nOne more line: with {{@signs}} & #signs."


def test_another_document_is_refused(case: LibraryCase) -> None:
    with pytest.raises(UnreadableDocument, match="No text of this leaflet is in the document"):
        review_of(document_of("IPT", texts(case, "adults")), texts(case, "teens"))


@pytest.mark.slow
def test_by_the_commands_only_what_was_changed_is_written(case: LibraryCase) -> None:
    done = run(case.root, "export", "ipt", "teens")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    path, before = case.root / "ipt-teens.docx", case.text(IPT)
    document = docx.Document(str(path))
    replaced("how it may help", "how it can help")(document)
    replaced("a talking therapy for depression", "a talking therapy for low mood")(document)
    document.save(str(path))
    shown = run(case.root, "take-back", "ipt", "teens", "ipt-teens.docx")
    assert shown.returncode == 0 and f"  - {PURPOSE}\n" in shown.stdout
    assert shown.stdout.endswith("2 texts changed. Nothing is written; add --write to take them over.\n")
    assert case.text(IPT) == before
    meanwhile = before.replace("a talking therapy for depression", "a therapy of talking for depression")
    case.write(IPT, meanwhile)
    written = run(case.root, "take-back", "ipt", "teens", "ipt-teens.docx", "--write")
    assert "Titles, title (changed in the record since, so it is not taken over)\n" in written.stdout
    assert written.stdout.endswith("Wrote 1 text into content/therapies/ipt.yaml.\n")
    lines = difflib.unified_diff(meanwhile.splitlines(), case.text(IPT).splitlines(), n=0, lineterm="")
    assert [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        f"-    purpose: {PURPOSE}",
        f"+    purpose: {PURPOSE.replace('may', 'can')}",
    ]


@pytest.mark.slow
def test_the_commands_say_what_is_wrong(case: LibraryCase) -> None:
    (case.root / "a.docx").write_bytes(b"x")
    for asked, said in (
        (("export", "ip", "tens"), 'There is no therapy "ip". Did you mean "ipt"?'),
        (("export", "ip", "tens"), 'There is no audience "tens". Did you mean "teens"?'),
        (
            ("take-back", "ipt", "teens", "a.docx"),
            "error: a.docx: This is no Word document. Save it anew in Word",
        ),
        (("take-back", "ipt", "teens", "b.docx"), "error: b.docx: The file cannot be read: No such file or directory."),
        (("export", "ipt", "teens", "--to", "a.docx"), "error: a.docx: This file is there already. Name another one;"),
    ):
        done = run(case.root, *asked)
        assert done.returncode == 1 and said in done.stderr, done.stderr
