"""A clinic's colour on its leaflets: whatever it is, everything stays readable, and the clinic is told of changes."""

from __future__ import annotations

import colorsys
import dataclasses
import itertools
from collections.abc import Mapping

import pytest
from leaflet_case import AUDIENCES, ROOT, library
from library_case import LibraryCase

from printables.checklist import Rule
from printables.checks import contrast
from printables.library.clinics import Clinic
from printables.library.colour import channels, mixed, shown_ratio
from printables.library.editions import Edition
from printables.pages.compose.brand import DARKEST, LETTERHEAD, brand_colours, clinic_problems
from printables.pages.compose.leaflet import LeafletStyle
from printables.pages.templates.render import Pages
from printables.problems import Problem

PAGES = Pages(ROOT / "templates", ROOT / "templates")
CLINIC = "content/clinics/riverside.yaml"
CUBE = [
    "#{:02x}{:02x}{:02x}".format(*parts)
    for parts in itertools.product(range(0, 256, 32), (*range(0, 256, 32), 255), range(0, 256, 32))
]
"""576 colours, spread evenly over all that there are."""
EDGES = ["#000000", "#ffffff", "#ffd400", "#ffff00", "#00ffff", "#5a5a5a", "#595959", "#4f4f4f", "#8b1538", "#fdf6e3"]


def clinic(**colours: str) -> Clinic:
    return Clinic(id="a", name="A", region="england", colours=colours)


def tokens(audience: str = "adults", *, cream: bool = False) -> Mapping[str, str]:
    return PAGES.tokens(LeafletStyle(audience, Edition(cream=cream)))


def test_companion_a_yellow_accent_alone_fails() -> None:
    """What the checks of contrast say where a colour is taken as it is."""
    assert list(contrast.check({**tokens(), "accent": "#ffd400"})) != []


@pytest.mark.slow
@pytest.mark.parametrize("cream", [False, True], ids=["white", "cream"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_colour_can_be_read_for_every_reader(audience: str, *, cream: bool) -> None:
    before = tokens(audience, cream=cream)
    assert len(set(CUBE)) >= 500
    for colour in (*CUBE, *EDGES):
        made, _ = brand_colours(clinic(any=colour), audience, before)
        assert list(contrast.check({**before, **made})) == [], colour


@pytest.mark.slow
def test_tints_are_light_and_never_more_than_8_per_cent_ink() -> None:
    for colour in CUBE:
        made, _ = brand_colours(clinic(any=colour), "teens", tokens("teens"))
        assert max(255 - channel for channel in channels(made["clinic-tint"])) / 255 < 0.08, colour
        assert contrast.contrast(tokens()["ink"], made["clinic-tint"]) >= 7


def test_a_tint_can_be_seen() -> None:
    """Pale colours too: all but white differ from the paper by the same amount of ink."""
    for colour in ("#0b4f7d", "#ffd400", "#cfe8ff", "#000000"):
        assert min(channels(brand_colours(clinic(any=colour), "teens", tokens("teens"))[0]["clinic-tint"])) == 255 - 17


def test_hue_and_saturation_are_kept() -> None:
    for colour in ("#ffd400", "#e4007c", "#00a0e0", "#7bc143"):
        made, _ = brand_colours(clinic(any=colour), "adults", tokens())
        assert made["clinic"] != colour
        old, new = (colorsys.rgb_to_hsv(*channels(shade)) for shade in (colour, made["clinic"]))
        assert new[:2] == pytest.approx(old[:2], abs=0.02)


def test_a_colour_is_darkened_no_further_than_is_needed() -> None:
    for colour in ("#ffd400", "#e4007c", "#00a0e0"):
        made, _ = brand_colours(clinic(any=colour), "adults", tokens())
        assert 7 <= contrast.contrast(made["clinic"], DARKEST) < 7.2


def test_a_dark_colour_stays_as_it_is() -> None:
    assert brand_colours(clinic(any="#0b4f7d"), "adults", tokens()) == (
        {"clinic": "#0b4f7d", "clinic-tint": "#eef3f6", **LETTERHEAD},
        [],
    )


def test_a_clinics_audiences_are_told_apart_and_the_clinic_is_known_by_its_letterhead() -> None:
    """Whatever colour a clinic has, the accent, the tint and the shapes stay the audience's own."""
    for colour in EDGES:
        looks, shades = {}, set()
        for name in AUDIENCES:
            made, _ = brand_colours(clinic(any=colour), name, tokens(name))
            shades.add(made["clinic"])
            looks[name] = PAGES.tokens(LeafletStyle(name, brand=tuple(made.items())))
            own = {token: value for token, value in tokens(name).items() if token not in made}
            assert {token: looks[name][token] for token in own} == own, name
        assert len({look["accent"] for look in looks.values()}) == len(AUDIENCES)
        assert len(shades) == 1
        assert {look["clinic-line"] for look in looks.values()} == {"3pt"}


def test_without_a_clinics_colour_there_is_no_rule() -> None:
    assert (tokens()["clinic-line"], tokens()["clinic"]) == ("0", tokens()["ink"])


def test_without_a_colour_nothing_changes() -> None:
    assert brand_colours(clinic(), "adults", tokens()) == ({}, [])
    assert brand_colours(clinic(teens="#ffd400"), "adults", tokens()) == ({}, [])


def test_a_readers_own_colour_wins_over_the_one_for_any() -> None:
    both = clinic(any="#0b4f7d", teens="#00565c")
    assert [brand_colours(both, name, tokens(name))[0]["clinic"] for name in ("adults", "teens")] == [
        "#0b4f7d",
        "#00565c",
    ]


@pytest.mark.parametrize(
    ("colour", "note"),
    [
        (
            "#ffd400",
            "The colour #ffd400 is too light to read on paper (1.4:1); it is printed as #5e4e00 (8.1:1).",
        ),
        (
            "#005599",
            "The colour #005599 is too light to read in a tinted box (6.5:1); it is printed as #005091 (7.0:1).",
        ),
    ],
)
def test_what_the_clinic_is_told(colour: str, note: str) -> None:
    assert brand_colours(clinic(any=colour), "adults", tokens())[1] == [note]


def test_the_figures_that_are_told_are_true() -> None:
    made, (note,) = brand_colours(clinic(any="#ffd400"), "adults", tokens())
    before, after = (contrast.contrast(shade, "#ffffff") for shade in ("#ffd400", made["clinic"]))
    assert f"({shown_ratio(before)})" in note and f"{made['clinic']} ({shown_ratio(after)})" in note


def test_a_warning_for_each_colour_at_its_line(case: LibraryCase) -> None:
    case.replace(CLINIC, "  any:", '  any: "#ffd400"')
    case.replace(CLINIC, "  teens:", '  teens: "#ffee00"')
    library, _ = case.load()
    assert library is not None
    found = clinic_problems(library, library.clinics["riverside"], {name: tokens(name) for name in AUDIENCES})
    mend = "Choose a darker colour, or leave it so."
    anys = "The colour #ffd400 is too light to read on paper (1.4:1); it is printed as #5e4e00 (8.1:1)."
    teens = "The colour #ffee00 is too light to read on paper (1.2:1); it is printed as #575100 (8.1:1)."
    lines = [case.line(CLINIC, f"  {name}:", "colours:") for name in ("any", "teens")]
    path = found[0].path
    assert path.endswith(CLINIC)
    assert found == [
        Problem(path, lines[0], anys, mend, "warning", Rule.A14),
        Problem(path, lines[1], teens, mend, "warning", Rule.A14),
    ]


def test_our_clinics_need_no_warning_and_do_not_look_alike() -> None:
    ours = library()
    own = {name: PAGES.tokens(LeafletStyle(name)) for name in AUDIENCES}
    made = {}
    for name, record in ours.clinics.items():
        assert clinic_problems(ours, record, own) == []
        made[name] = {audience: brand_colours(record, audience, own[audience])[0]["clinic"] for audience in AUDIENCES}
    hues = [colorsys.rgb_to_hsv(*channels(made[name]["adults"]))[0] for name in ("riverside", "hillside")]
    assert abs(hues[0] - hues[1]) > 0.2
    assert not set(made["riverside"].values()) & set(made["hillside"].values())


def test_mixing() -> None:
    assert mixed("#ffffff", "#000000", 0) == "#ffffff"
    assert mixed("#ffffff", "#000000", 1) == "#000000"
    assert mixed("#204060", "#406080", 0.5) == "#305070"


def test_a_look_with_a_brand_is_another_look() -> None:
    """The style sheet carries the clinic's tokens."""
    look = LeafletStyle("teens")
    made, _ = brand_colours(clinic(any="#ffd400"), "teens", PAGES.tokens(look))
    branded = PAGES.tokens(dataclasses.replace(look, brand=tuple(made.items())))
    assert {name: branded[name] for name in made} == made
    assert list(contrast.check(branded)) == []
