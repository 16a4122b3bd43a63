"""Safety texts: once in the region's file, placed by rule, the same in every region, and worded by no record."""

from __future__ import annotations

import dataclasses
import functools
import re
from pathlib import Path

import pytest
from leaflet_case import ROOT, TODAY, case, library, real, told
from test_checks_safety import said_of

from printables.checks.language import profile
from printables.checks.safety_texts import TEXTS, numbers_of_other_regions
from printables.checks.subject import Subject, WholeLibrary
from printables.library.loader import load
from printables.library.settings import Audience
from printables.pages.templates.render import Pages
from printables.pipeline import build
from printables.plan import Choice

REGIONS = ("england", "wales", "scotland", "northern-ireland")
READERS = ("adults", "teens", "parents")
ASKING = "Asking does not put the idea in anyone's head, and it can be a relief to be asked."
CALL_NOW = (
    "Call 999 or go to A&E now if:\nyou or someone with you has taken an overdose or poison\n"
    "one of you is badly hurt\none of you may be about to end their life.\n"
    "Nobody should be alone until help comes. You are not wasting anyone's time."
)
SURVEY = "A survey in England and Wales heard from 14,587 people about their talking therapy, of whatever kind"


@functools.cache
def leaflets(region: str) -> dict[str, Subject]:
    folders = (ROOT / "content", ROOT / "templates", ROOT / "output")
    checked = build.check(build.Options(*folders, TODAY, Choice(("ipt",), region=region)))
    return {subject.item.audience: subject for subject in checked.subjects if not subject.item.worksheet}


def shown(subject: Subject, section: str) -> list[str]:
    (found,) = (one for one in subject.leaflet.sections if one.id == section)
    return [block.show for block in found.blocks]


# In the regions' files


@pytest.mark.parametrize("field", ["emergency", "ask_about_suicide", "harm_share", "privacy", "privacy_self_harm"])
def test_the_words_are_the_same_in_every_region(field: str) -> None:
    of, _ = load(ROOT / "content", ROOT / "templates")
    assert of is not None
    assert len({tuple(sorted(getattr(region, field).items())) for region in of.regions.values()}) == 1


def test_every_reader_but_professionals_has_every_text() -> None:
    region = library().regions["england"]
    for texts in (region.emergency, region.ask_about_suicide, region.harm_share):
        assert tuple(sorted(texts)) == tuple(sorted([*READERS, "easy-read"]))
    assert len({region.emergency[reader] for reader in READERS}) == 1
    assert all(ASKING in region.ask_about_suicide[reader] for reader in READERS)


def test_a_figure_of_harm_names_whom_the_survey_asked_and_teenagers_read_none() -> None:
    share = library().regions["northern-ireland"].harm_share
    assert all(SURVEY in share[reader] and "About 5 in 100" in share[reader] for reader in ("adults", "parents"))
    assert "This survey cannot tell you the figure for children." in share["parents"]
    assert not any(letter.isdigit() for letter in share["teens"])


# On the leaflets


@pytest.mark.slow
@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("reader", READERS)
def test_help_begins_with_when_to_call_the_emergency_number(region: str, reader: str) -> None:
    subject = leaflets(region)[reader]
    assert shown(subject, "help-now") == ["region-emergency", "help-now"]
    text = subject.sections["help-now"]
    assert text.startswith(f"If you need help now\n{CALL_NOW}\n")
    assert text.count("999") == text.count("wasting anyone's time") == 1, "said once on the page of help"


@pytest.mark.slow
@pytest.mark.parametrize("reader", ["adults", "teens"])
def test_the_question_about_suicide_stands_behind_the_first_session(reader: str) -> None:
    subject = leaflets("england")[reader]
    assert shown(subject, "first-session") == ["first_session", "region-ask-about-suicide"]
    assert subject.text.count(ASKING) == 1


@pytest.mark.slow
def test_parents_read_how_to_ask_among_the_signs_to_act_on() -> None:
    text = leaflets("england")["parents"].sections["signs-to-act-on"]
    said = ["Call 999", "today if your child", "Ask in plain words", ASKING]
    assert [text.index(one) for one in said] == sorted(text.index(one) for one in said)
    assert leaflets("england")["parents"].text.count(ASKING) == 1


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_the_share_who_were_harmed_stands_behind_the_downsides(reader: str) -> None:
    blocks = shown(leaflets("scotland")[reader], "does-it-work")
    assert blocks[blocks.index("downsides") + 1] == "region-harm-share"


@pytest.mark.slow
def test_northern_ireland_never_prints_111() -> None:
    texts = [" ".join(subject.page.values()) for subject in leaflets("northern-ireland").values()]
    assert len(texts) == 5 and not any(re.search(r"\b111\b", text) for text in texts)
    assert re.search(r"\b111\b", " ".join(leaflets("wales")["adults"].page.values())), "it is found where it is"


@pytest.mark.slow
def test_professionals_and_worksheets_keep_the_row_of_the_emergency_line() -> None:
    assert "Emergency: Call 999, or go to A&E." in real("professionals").sections["help-now"]
    (help_now,) = (b for one in real("teens").leaflet.sections for b in one.blocks if b.component == "help-now")
    assert [line["name"] for line in help_now.data["lines"]] == ["Childline", "Shout", "NHS 111"]
    assert [line["name"] for line in help_now.data["every_line"]["lines"]] == [
        "Childline",
        "Shout",
        "NHS 111",
        "Emergency",
    ]


# Placed by rule


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("show", ["region-emergency", "region-harm-share"])
def test_an_audience_that_shows_one_of_them_nowhere_is_refused(reader: str, show: str) -> None:
    (problem,) = said_of(without(reader, show))
    assert (problem.severity, problem.rule, problem.audience) == ("error", "A25", reader)
    assert problem.what == f'The audience "{reader}" does not show "{show}", which this reader must get.'
    assert problem.mend == "Add it to a section's blocks."


def test_signs_to_act_on_hold_the_question_about_suicide_too() -> None:
    assert said_of(library().audiences["parents"]) == []
    what = 'The audience "{}" does not show "region-ask-about-suicide", which this reader must get.'
    assert [p.what for p in said_of(without("parents", "signs")) if p.rule == "A25"] == [what.format("parents")]
    optional = said_of(without("adults", "region-ask-about-suicide"))
    assert [p.what for p in optional] == [what.format("adults")], "the signs of adults are optional"


def without(reader: str, *left_out: str) -> Audience:
    audience = library().audiences[reader]
    sections = [
        section.model_copy(update={"blocks": [b for b in section.blocks if b.show not in left_out]})
        for section in audience.sections
    ]
    return audience.model_copy(update={"sections": sections})


@pytest.mark.slow
def test_a_region_without_the_words_is_an_error(tmp_path: Path) -> None:
    found = case(tmp_path, "teens", {"region:harm_share.teens": None})
    (problem,) = found.saying('"region-harm-share" has nothing')
    line = found.key_line("harm_share", name="region")
    what = '"region-harm-share" has nothing for teenagers.'
    assert told(problem)[2:] == (line, what, 'Write "teens:" under harm_share.')


# No record words them for itself


def mend(field: str) -> str:
    return f'Take it out: the region\'s file prints it for every reader, under "{field}".'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "said", "field"),
    [
        ("Asking does not put the thought there.", "Asking does not put the thought", "ask_about_suicide"),
        ("Asking them won't plant the idea.", "Asking them won't plant the idea", "ask_about_suicide"),
        ('You can ask: "Do you ever think about suicide?"', "Do you ever think about suicide?", "ask_about_suicide"),
        (
            "You are asked if you think of ending your life.",
            "asked if you think of ending your life",
            "ask_about_suicide",
        ),
        ("If you are badly hurt, go to A&E.", "go to A&E", "emergency"),
        ("You can call an ambulance at once.", "call an ambulance", "emergency"),
        ("We tell nobody, unless you are in danger.", "tell nobody, unless you are in danger", "privacy"),
        ("You can trust us: what you say stays here.", "what you say stays", "privacy"),
    ],
)
def test_a_record_that_words_one_for_itself(tmp_path: Path, text: str, said: str, field: str) -> None:
    found = case(tmp_path, "adults", {"sections.not_enough": f"You are not alone.\n{text}"})
    what = f'"{said}" says {TEXTS[field]} in the record\'s own words.'
    expected = ("warning", "A25", found.line(text.split('"', maxsplit=1)[0]), what, mend(field))
    assert [told(p) for p in found.problems if p.rule == "A25"] == [expected]


@pytest.mark.slow
def test_a_record_that_tells_the_share_who_were_harmed(tmp_path: Path) -> None:
    text = "About 5 in 100 people say that a therapy harmed them {@crawford-2016}."
    found = case(tmp_path, "adults", {"sections.downsides": f"It can hurt you.\n{text}"})
    what = 'The share of people who were harmed ("crawford-2016") stands in the record\'s own words.'
    expected = ("warning", "A25", found.line(text), what, mend("harm_share"))
    assert [told(p) for p in found.problems if p.rule == "A25"] == [expected]


@pytest.mark.slow
def test_professionals_may_read_the_figure_in_their_own_words(tmp_path: Path) -> None:
    assert "{@crawford-2016}" in library().therapies["ipt"].sections.downsides["professionals"]
    assert [p for p in case(tmp_path, "professionals").problems if p.rule == "A25"] == []


FINE = """\
You can tell us if you think of ending your life, or of hurting yourself.

- you think about suicide
- your child talks of wanting to die.

You can ask for a break. Ask your GP about a medicine. What do you do if I think of ending my life?
You need not go to A&E for this. Tell your therapist if it hurts. You go on only if you feel safe.
Are you afraid of dying? Someone asks how you are. Asking does not cost you anything.
"""
"""What is close to a safety text, and none."""


@pytest.mark.slow
def test_words_that_are_none_of_them(tmp_path: Path) -> None:
    assert [str(p) for p in case(tmp_path, "adults", {"sections.not_enough": FINE}).problems if p.rule == "A25"] == []


@pytest.mark.slow
def test_in_an_example_somebody_may_ask(tmp_path: Path) -> None:
    exchange = [
        {"who": "Mum", "says": "Are you thinking about ending your life?"},
        {"who": "Jo", "says": "No. Asking me does not put the idea in my head."},
    ]
    changes = {"example.parents": {"lead": "Your child is Jo.", "exchange": exchange, "end": "They talk."}}
    found = case(tmp_path, "parents", changes)
    assert "Are you thinking about ending your life?" in found.subject.sections["example"]
    assert [str(p) for p in found.problems if p.rule == "A25"] == []


@pytest.mark.slow
def test_where_the_region_has_no_such_text_the_record_may_have_one(tmp_path: Path) -> None:
    changes = {"sections.not_enough": "You can call an ambulance.", "region:emergency": {}}
    assert [p for p in case(tmp_path, "adults", changes).problems if p.rule == "A25"] == []


def test_every_pattern_finds_the_regions_own_words() -> None:
    """The companion: what stands in a region's file today, typed into a record, is found."""
    region = library().regions["england"]
    for field, pattern in profile("en").safety_texts.items():
        for reader, text in getattr(region, field).items():
            if reader != "professionals":
                assert pattern.search(" ".join(text.replace("**", "").split())), f"{field}, {reader}"


# A number of another region


def test_a_region_that_prints_a_number_of_another() -> None:
    of = library()
    words = {"emergency": {"teens": "Stay calm.\nCall 0808 808 8000 now."}}
    regions = {**of.regions, "england": of.regions["england"].model_copy(update=words)}
    whole = WholeLibrary(dataclasses.replace(of, regions=regions), Pages(ROOT / "templates", ROOT / "templates"))
    (fault,) = numbers_of_other_regions(whole)
    place = of.place("region", "england", ("emergency", "teens"))
    assert (fault.place.path, fault.place.line) == (place.path, place.line + 1)
    assert fault.what == '"0808 808 8000" is the number of a help line (Lifeline) that this region does not have.'
    assert fault.mend == "Write a number that stands under help_lines."


def test_our_regions_print_their_own_numbers() -> None:
    whole = WholeLibrary(library(), Pages(ROOT / "templates", ROOT / "templates"))
    assert list(numbers_of_other_regions(whole)) == []
    assert len(library().regions) == len(REGIONS)
