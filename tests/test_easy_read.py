"""Easy Read: one idea, one sentence and one picture a line; nothing below 16 points; no marks of sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from leaflet_case import ROOT, case, library, plain_values, real

from printables.library.clinics import Clinic
from printables.library.editions import Edition
from printables.library.folders import Folders
from printables.library.logo.logo import Logo
from printables.library.logo.pictures import MOST, asset, read_pictures
from printables.library.parts import SIGNS
from printables.library.record_reader import read_record
from printables.library.therapies import Therapy
from printables.pages.compose.picture_lines import picture_lines, unknown_pictures

WRITTEN = ("cbt", "dbt", "emdr", "ipt")
LINE = 'The line "{}" {}'


def test_a_picture_is_taken_out_of_its_line() -> None:
    text = "[talk] You talk.\n\n1. [phone] Call us.\n- [ask] Why?\nNo picture."
    assert picture_lines(text) == (
        "- You talk.\n\n1. Call us.\n- Why?\n- No picture.",
        ("talk", "phone", "ask", ""),
    )


def test_a_picture_that_the_kit_lacks_is_named_with_its_line() -> None:
    text = "[talk] You talk.\n[phoen] Call us."
    assert [(text[:at].count("\n") + 1, what, mend) for at, what, mend in unknown_pictures(text)] == [
        (2, 'There is no picture "phoen".', 'Did you mean "phone"?')
    ]


def test_each_other_therapy_says_why_it_has_none() -> None:
    for path in sorted((ROOT / "content/therapies").glob("*.yaml")):
        record = plain_values(path)
        assert ("easy-read" in record["titles"]) is (path.stem in WRITTEN)
        assert ("easy-read" in record.get("not_for", {})) is (path.stem not in WRITTEN)


@pytest.mark.parametrize("therapy", WRITTEN)
def test_every_line_has_a_picture_and_the_sources_leave_no_mark(therapy: str) -> None:
    subject = real("easy-read", therapy)
    for _, words in subject.leaflet.words():
        assert all(picture in SIGNS for picture in words.pictures), words.name
        assert len(words.pictures) == len(words.blocks), words.name
        assert "[" not in words.plain, words.name
    assert subject.leaflet.sources, "whoever reads along finds them at the end"
    assert 'class="cite"' not in subject.html


@pytest.mark.parametrize("therapy", WRITTEN)
def test_it_says_what_every_reader_must_be_told(therapy: str) -> None:
    page = " ".join(re.sub("<[^>]+>", " ", real("easy-read", therapy).html).split())
    for text in (
        "People with a learning disability have not checked it yet.",
        "Your therapist will ask if you think about ending your life.",
        "What you say stays with you and your team.",
        "About 5 in every 100 said it had bad effects that lasted.",
        "You can say no.",
        "You can stop at any time.",
    ):
        assert text in page, text


@pytest.mark.parametrize("therapy", WRITTEN)
def test_its_words_are_few(therapy: str) -> None:
    record: Therapy = real("easy-read", therapy).library.therapies[therapy]
    own = [words["easy-read"] for _, words in record.sections if "easy-read" in words]
    assert 380 <= sum(len(text.split()) for text in own) <= 800


def test_each_region_has_the_same_safety_texts() -> None:
    regions = list(library().regions.values())
    for field in ("privacy", "emergency", "ask_about_suicide", "harm_share", "consent"):
        assert len({getattr(region, field)["easy-read"] for region in regions}) == 1, field
    for region in regions:
        assert region.help_now["easy-read"].lines == region.help_now["adults"].lines


@pytest.mark.slow
def test_wrong_lines_are_named_with_file_and_line(tmp_path: Path) -> None:
    lines = "[talk] You talk.\nYou rest.\n[bed] You sleep. You wake."
    found = case(tmp_path, "easy-read", {"sections.overview": lines})
    at = found.key_line("sections", "overview", "easy-read")
    assert [(p.line - at, p.what, p.mend, p.rule) for p in found.saying("The line")] == [
        (1, LINE.format("You rest.", "has no picture."), "Begin it with the name of one in brackets: [phone].", "E1"),
        (
            2,
            LINE.format("You sleep. You wake.", "has 2 sentences."),
            "Write one sentence a line, each with its picture.",
            "E1",
        ),
    ]


@pytest.mark.slow
def test_an_unknown_picture_is_named_with_file_and_line(tmp_path: Path) -> None:
    found = case(tmp_path, "easy-read", {"sections.overview": "[talk] You talk.\n[tlak] You say more."})
    (problem,) = found.saying('no picture "tlak"')
    line = found.key_line("sections", "overview", "easy-read") + 1
    assert (problem.path, problem.line, problem.mend) == (found.path(), line, 'Did you mean "talk"?')
    assert found.checked.good() == []


@pytest.mark.slow
def test_a_long_sentence_stops_it(tmp_path: Path) -> None:
    sixteen = " ".join(["you"] * 15)
    found = case(tmp_path, "easy-read", {"sections.overview": f"[talk] And {sixteen}."})
    (problem,) = found.saying("has 16 words; 15 is the limit.")
    assert (problem.severity, problem.mend) == ("error", "Split it in two.")


@pytest.mark.slow
def test_an_audience_that_only_calls_itself_easy_read_is_refused(tmp_path: Path) -> None:
    changes = {
        "easy-read:print": {"smallest": "14", "references": "12"},
        "easy-read:reading.sentence.stop": "20",
        "easy-read:cite": "numbers",
    }
    found = case(tmp_path, "easy-read", changes)
    assert {
        (p.rule, p.what, p.mend) for p in found.problems if p.rule in ("E1", "E2", "E3") and "Easy Read" in p.what
    } == {
        ("E2", "Easy Read allows text of 12 points.", "Write 16 or more for smallest and for references."),
        ("E1", "Easy Read allows sentences of more than 15 words.", "Write stop: 15, or less."),
        ("E3", "Easy Read shows the numbers of sources in its text.", 'Write "cite: none".'),
    }


def test_a_paper_that_is_too_narrow_is_refused_with_the_reason() -> None:
    audience = library().audiences["easy-read"]
    assert audience.refuses(Edition(paper="a5")) == "a line beside its picture needs the width of A4 or Letter."
    assert audience.refuses(Edition(trifold=True)) == "its audience.yaml has no short form (trifold) for it."
    assert audience.refuses(Edition(large_print=True)) is None


def test_the_gallery_shows_the_whole_kit() -> None:
    shown = (ROOT / "templates/_components/drawing-kit/examples.yaml").read_text(encoding="utf-8").split("]")[0]
    assert set(re.findall(r"[\w-]+", shown.split("[")[1])) == set(SIGNS)


HEAD = "id: elm\nregion: england\nname: Elm Tree\npictures: own\n"


def own_pictures(folder: Path, files: dict[str, bytes]) -> tuple[dict[str, Logo], list[tuple[int, str, str]]]:
    """What a clinic's folder of pictures gives, and what is said about it."""
    (folder / "clinics/own").mkdir(parents=True)
    for name, data in files.items():
        (folder / "clinics/own" / name).write_bytes(data)
    return pictures_of(folder)


def pictures_of(folder: Path) -> tuple[dict[str, Logo], list[tuple[int, str, str]]]:
    (folder / "clinics").mkdir(parents=True, exist_ok=True)
    clinic, document, _ = read_record(Clinic, HEAD.encode(), "content/clinics/elm.yaml")
    assert clinic and document
    found, problems = read_pictures({"elm": clinic}, {"clinic:elm": document}, Folders.of(folder))
    assert {problem.severity for problem in problems} <= {"warning"}
    return found["elm"], [(problem.line, problem.what, problem.mend) for problem in problems]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H10V10Z"/></svg>'


def test_a_clinic_may_have_its_own_pictures(tmp_path: Path) -> None:
    found, problems = own_pictures(tmp_path, {"talk.svg": SVG})
    assert list(found) == ["talk"]
    assert asset("talk", found["talk"]) == "picture-talk.svg"
    assert problems == []


def test_a_picture_that_cannot_be_used_is_named_and_ours_stands_in_its_place(tmp_path: Path) -> None:
    unsafe = SVG.replace(b"<path", b"<text>hi</text><path")
    found, problems = own_pictures(tmp_path, {"bed.svg": unsafe, "clock.png": b"no picture", "tlak.svg": SVG})
    assert found == {}
    assert problems == [
        (
            4,
            'The picture "bed.svg" has letters in a typeface that is not here. Our own picture is printed instead.',
            "Turn the letters into outlines, or save it as PNG.",
        ),
        (
            4,
            'The picture "clock.png" is neither SVG, PNG, JPEG nor WebP. Our own picture is printed instead.',
            "Save it as PNG.",
        ),
        (4, '"own/tlak.svg" stands for no picture of ours.', 'Did you mean "talk"?'),
    ]


def test_a_folder_that_is_missing_or_holds_a_whole_collection_is_named(tmp_path: Path) -> None:
    assert pictures_of(tmp_path / "a") == (
        {},
        [(4, 'There is no folder "own" beside this file.', "Make it, and put pictures such as talk.png in it.")],
    )
    _, problems = own_pictures(tmp_path / "b", {f"{number}.svg": b"" for number in range(MOST + 1)})
    assert problems == [
        (4, f'The folder "own" has {MOST + 1} files; {MOST} are the most.', "Copy only those that you need.")
    ]
