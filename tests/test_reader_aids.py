"""What helps a reader to use a leaflet: captions, signs beside steps, people to compare, who speaks, scales."""

from __future__ import annotations

import dataclasses
import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from leaflet_case import TODAY, case, real
from library_case import IPT, LibraryCase
from pydantic import ValidationError

from printables.library.parts import Example, People
from printables.library.therapies import Therapy
from printables.pages.compose.approval import content_hash
from printables.pages.compose.blocks.steps import split_list
from printables.pages.compose.leaflet import Block

CAPTION = "You are in the middle. A firm line is somebody close, and dots are a strain."


def captioned(tmp_path: Path) -> Any:
    return case(tmp_path, "adults", {"titles.adults.scene.caption": CAPTION}).subject


@pytest.mark.slow
def test_a_caption_stands_at_the_picture_and_is_not_said_twice(tmp_path: Path) -> None:
    subject = captioned(tmp_path)
    assert f"<figcaption>{CAPTION}</figcaption></figure>" in subject.html
    (alt,) = re.findall(r'<div class="scene [^>]*>\s*<svg[^>]*><title>([^<]*)</title>', subject.html)
    said = "you; a friend; a partner; a loss; a parent"
    assert alt == f"A map of people, with somebody in the middle. Words on it: {said}."
    assert CAPTION in subject.text
    assert "<figcaption>" not in real("professionals").html


@pytest.mark.slow
def test_words_of_the_drawing_are_left_to_a_caption_that_says_them_all(tmp_path: Path) -> None:
    some = "You have a friend close by, and a loss is a broken line."
    html = case(tmp_path / "some", "adults", {"titles.adults.scene.caption": some}).subject.html
    assert "Words on it: you; a friend; a partner; a loss; a parent.</title>" in html
    every = "You stand in the middle, with a friend, a partner, a loss and a parent."
    assert "Words on it" not in case(tmp_path / "all", "adults", {"titles.adults.scene.caption": every}).subject.html


@pytest.mark.slow
def test_a_caption_is_part_of_what_is_approved(tmp_path: Path) -> None:
    leaflet = captioned(tmp_path).leaflet
    data = {**leaflet.scene.data, "caption": "Another."}
    other = dataclasses.replace(leaflet, scene=Block("scene", "scene", data))
    assert content_hash(other) != content_hash(leaflet)


def test_a_sign_needs_no_caption(case: LibraryCase) -> None:
    line = case.replace(IPT, "    scene:", "    scene: {draws: map, caption: A map.}", "  professionals:")
    said = "This reader is shown a sign, which needs no caption. Delete caption from the scene."
    assert case.problems() == [f"{IPT}:{line}: {said}"]


# Signs beside the steps


STEPS = "1. Ring us when you can.\n2. Write it down.\n   - today\n   - or tomorrow\n3. Come."


@pytest.mark.slow
def test_each_step_has_its_sign_beside_its_number(tmp_path: Path) -> None:
    changes = {"sections.next_steps": STEPS, "step_signs": {"adults": ["phone", "pencil", "none"]}}
    html = case(tmp_path, "adults", changes).subject.html
    (steps,) = re.findall(r'<div class="steps signed">(.*?)</section>', html, re.DOTALL)
    assert steps.count('<svg class="sign" viewBox="-24 -24 48 48" aria-hidden="true">') == 2
    assert steps.index("<title>A phone</title>") < steps.index("Ring us") < steps.index("A pencil and paper")
    assert "or tomorrow" in steps and steps.count("<ol>") == 1


@pytest.mark.slow
def test_a_wrong_number_of_signs_is_told_at_their_line(tmp_path: Path) -> None:
    found = case(tmp_path, "adults", {"sections.next_steps": STEPS, "step_signs": {"adults": ["phone"]}})
    (problem,) = found.saying("step_signs")
    assert problem.line == found.key_line("step_signs", "adults") or problem.line
    assert f"{problem.what} {problem.mend}" == (
        '"step_signs" names 1 sign for 3 steps of next_steps. '
        'Write one for each step, in their order; "none" where none fits.'
    )


def test_an_unknown_sign_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        Therapy.model_validate({"step_signs": {"adults": ["phone", "none", "phon"]}})
    (said,) = [one["msg"] for one in caught.value.errors() if one["loc"][:1] == ("step_signs",)]
    assert said.startswith('There is no sign "phon".')


def test_a_list_inside_of_a_step_is_part_of_it() -> None:
    from markupsafe import Markup

    html = Markup("<p>First:</p><ol><li>A<ul><li>b</li></ul></li><li>C</li></ol><p>Last.</p>")
    assert split_list(html) == ("<p>First:</p>", ["A<ul><li>b</li></ul>", "C"], "<p>Last.</p>")
    assert split_list(Markup("<p>No list.</p>")) == ("<p>No list.</p>", [], "")


# People to compare


PEOPLE: dict[str, Any] = {
    "id": "better",
    "of": "100",
    "caption": {"adults": "Adults who felt well again after 16 weeks, in 3 studies"},
    "count": "42",
    "words": {"adults": "of those who had IPT"},
    "against": {"count": "27", "words": {"adults": "of those who did not"}},
    "sources": ["cuijpers-2016"],
}


@pytest.mark.slow
def test_two_groups_stand_under_one_caption_with_the_mark_of_their_source(tmp_path: Path) -> None:
    subject = case(tmp_path, "adults", {"people": [PEOPLE]}).subject
    (figure,) = re.findall(r'<figure class="counted">(.*?)</figure>', subject.html, re.DOTALL)
    caption, *shares = re.split(r'<div class="people', figure)
    assert re.search(r'in 3 studies<span class="cite">.*?\[\d\]</a></span></figcaption>', caption)
    said = [re.findall(r'class="share">([^<]+)</strong>\s*([^<]+)', share)[0] for share in shares]
    assert [(number, words.strip()) for number, words in said] == [
        ("42 in 100", "of those who had IPT"),
        ("27 in 100", "of those who did not"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["adults", "teens", "parents"])
def test_people_stand_right_behind_the_words_on_evidence(audience: str) -> None:
    (section,) = [one for one in real(audience).leaflet.audience.sections if one.id == "does-it-work"]
    shows = [block.show for block in section.blocks]
    assert shows.index("people") == shows.index("evidence") + 1 < shows.index("region-harm-share") - 1


def test_more_than_all_is_refused_of_both_groups() -> None:
    with pytest.raises(ValidationError, match="101 of 100 is more than all"):
        People.model_validate({**PEOPLE, "against": {"count": "101", "words": {}}})


# Who speaks in an example


TURNS = [{"who": "Leah", "says": "No."}, {"who": "Dad", "says": "All right."}, {"who": "Nan", "says": "Tea?"}]


@pytest.mark.slow
def test_who_stands_for_the_reader_is_filled_and_at_the_start(tmp_path: Path) -> None:
    example = {"parents": {"reader": "Dad", "exchange": TURNS}}
    html = case(tmp_path, "parents", {"example": example}).subject.html
    assert re.findall(r'<div class="said ([a-z ]+)"><p class="bubble"><strong>(\w+):', html) == [
        ("replies", "Leah"),
        ("speaks", "Dad"),
        ("replies third", "Nan"),
    ]


def test_who_stands_for_the_reader_must_speak() -> None:
    with pytest.raises(ValidationError) as caught:
        Example.model_validate({"reader": "Mum", "exchange": TURNS})
    assert caught.value.errors()[0]["msg"].startswith('"Mum" says and thinks nothing.')


# How to read what is drawn


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("adults", "Each row has 2 ends, and the filled dot is where this therapy usually lies."),
        ("teens", "How to read it: each row has 2 ends. The big dot shows where this therapy usually is."),
        ("parents", "Each row has 2 ends, and the filled dot is where your child’s sessions usually lie."),
    ],
)
def test_the_scales_say_how_to_read_them_in_the_words_of_the_reader(audience: str, said: str) -> None:
    assert said in " ".join(real(audience).text.split())


def test_the_stages_say_how_many_they_are_and_what_is_counted() -> None:
    assert "3 stages, one after the other; each number is a session:" in real("adults").text
    assert "3 stages, one after the other:" in real("teens").text


# In the PDF


def tags(node: Any) -> list[str]:
    """Every tag below a node of the tag tree, in reading order."""
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    below = [kid.get_object() for kid in kids]
    return [str(node.get("/S", ""))] + [
        tag for kid in below if isinstance(kid, dict) and "/S" in kid for tag in tags(kid)
    ]


@pytest.mark.pdf
@pytest.mark.slow
def test_a_caption_is_tagged_as_one_and_a_sign_beside_a_step_is_no_picture(tmp_path: Path) -> None:
    from printables.pipeline import build
    from printables.plan import Choice

    plain = {"sections.next_steps": STEPS, "step_signs": None, "titles.adults.scene.caption": None}
    signed = {**plain, "step_signs": {"adults": ["phone", "pencil", "none"]}, "titles.adults.scene.caption": CAPTION}
    found = []
    for name, changes in (("plain", plain), ("signed", signed)):
        made = case(tmp_path / name, "adults", changes)
        options = build.Options(
            made.folder / "content",
            Path("templates").resolve(),
            made.folder / "out",
            choice=Choice(therapies=("ipt",), audiences=("adults",), no_worksheets=True),
            today=TODAY,
        )
        checked, _ = build.build(options)
        assert [str(one) for one in checked.problems if one.severity == "error"] == []
        (path,) = (made.folder / "out").rglob("*.pdf")
        catalog: Any = pypdf.PdfReader(io.BytesIO(path.read_bytes())).trailer["/Root"]
        root = catalog["/StructTreeRoot"]
        found.append(tags(root))
    before, after = found
    assert after.count("/Caption") == before.count("/Caption") + 1
    assert after.count("/Figure") == before.count("/Figure")


@pytest.mark.pdf
def test_a_table_of_choices_is_as_wide_as_the_words_around_it() -> None:
    import weasyprint

    from printables.pages.compose.leaflet import LeafletStyle
    from printables.pages.templates.render import Pages

    root = Path(__file__).resolve().parent.parent / "templates"
    css = Pages(root, root).css(LeafletStyle("adults"))
    cells = "<tr><th scope=row>A name of words</th><td>what you do in it, at length</td><td>whom it may suit</td></tr>"
    table = f'<table class="data options"><tbody>{cells}</tbody></table>'
    page = f'<style>{css}</style><body class="leaflet adults plain"><div class="prose"><p>Words</p></div>{table}'
    (first,) = weasyprint.HTML(string=page).render().pages
    boxes = list(first._page_box.descendants())
    prose = next(box for box in boxes if box.element_tag == "p")
    ends = [box.position_x + box.margin_width() for box in boxes if box.element_tag in ("td", "th")]
    assert max(ends) <= prose.position_x + prose.width + 0.1
