"""Scenes: what a record may name, what each drawing says in words, and what is left of it without colour."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import yaml
from leaflet_case import AUDIENCES, ROOT, real
from library_case import IPT, LibraryCase

from printables.library.editions import USUAL, Edition
from printables.library.library import Library
from printables.library.loader import load
from printables.pages.compose.composer import Composer
from printables.pages.compose.leaflet import Block, LeafletStyle
from printables.pages.compose.scene import scene_of
from printables.pages.templates.render import Pages

TEMPLATES = ROOT / "templates"
SCENES = sorted(path.parent.name for path in TEMPLATES.glob("_scenes/*/scene.yaml"))
LAY = [name for name in AUDIENCES if name != "professionals"]
PAGES = Pages(TEMPLATES, TEMPLATES)
every_scene = pytest.mark.parametrize("scene", SCENES)


@functools.cache
def shipped() -> Library:
    library, problems = load(ROOT / "content", TEMPLATES)
    assert library, problems
    return library


def example(scene: str) -> Block:
    examples = yaml.safe_load((TEMPLATES / "_components/scene/examples.yaml").read_text("utf-8"))
    return Block("scene", "scene", next(one["data"] for one in examples if one["name"] == scene))


def drawn(scene: str, audience: str, edition: Edition = USUAL) -> str:
    """The markup of a scene in the manner of an audience."""
    leaflet = real(audience).leaflet.dressed(LeafletStyle(audience, edition))
    return str(PAGES.example("scene", dict(example(scene).data), leaflet))


# What a record may say.

FAULTS = {
    "unknown": (
        "      draws: map",
        "      draws: mapp",
        "titles.adults.scene.draws",
        'There is no scene "mapp". Did you mean "map"?',
    ),
    "missing": (
        "      words:",
        "      words: {you: you, close: a friend, lost: a loss, elder: a parent}",
        "titles.adults.scene",
        (
            'The scene "map" needs the word "strained". '
            "Add it under words: somebody with whom it is hard, in 11 characters at most."
        ),
    ),
    "too long": (
        "      words:",
        "      words: {you: you, close: my oldest friend, strained: a partner, lost: a loss, elder: a parent}",
        "titles.adults.scene.words.close",
        '"my oldest friend" has 16 characters, and 11 fit into the drawing. Say it in fewer.',
    ),
    "not a word of it": (
        "      words:",
        "      words: {you: you, close: a friend, strained: a partner, lost: a loss, elder: a parent, far: them}",
        "titles.adults.scene.words.far",
        'The scene "map" has no word "far". Use you, close, strained, lost, elder, or delete it.',
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_scene_that_cannot_be_drawn_is_told_once_at_its_line(case: LibraryCase, name: str) -> None:
    begins, new, _, said = FAULTS[name]
    line = case.replace(IPT, begins, new, "titles:", "  adults:")
    if name == "missing":
        line = case.line(IPT, "    scene:", "titles:", "  adults:")
    assert case.problems() == [f"{IPT}:{line}: {said}"]


def test_a_reader_of_a_sign_is_given_no_words(case: LibraryCase) -> None:
    line = case.replace(IPT, "    scene:", "    scene: {draws: map, words: {you: you}}", "  professionals:")
    assert case.problems() == [f"{IPT}:{line}: This reader is shown a sign without words. Delete words from the scene."]


@pytest.mark.slow
def test_a_folder_is_a_scene(case: LibraryCase) -> None:
    case.write(
        "templates/_scenes/kite/scene.yaml",
        "id: kite\nsign: sun\nwords: {high: {most: 6, names: where it is}}\n",
    )
    case.replace("content/locales/en.yaml", "  scene-map:", "{}\n  scene-kite: A kite in the wind.")
    drawing = "{% macro draw(way) %}<path d='M0 0L9 9'/>{% endmacro %}\n"
    case.write("templates/_scenes/kite/drawing.html", drawing)
    case.replace(IPT, "      draws:", "      draws: kite", "titles:", "  adults:")
    case.replace(IPT, "      words:", "      words: {high: far up}", "titles:", "  adults:")
    (subject,) = [one for one in case.check("ipt").subjects if not one.item.worksheet]
    assert "<title>A kite in the wind. Words on it: far up.</title>" in subject.html
    assert "M0 0L9 9" in subject.html


def test_a_scene_that_a_language_does_not_describe_is_told_at_its_words(case: LibraryCase) -> None:
    words = "content/locales/en.yaml"
    case.replace(words, "  scene-map:", "  scene-mop: A map.")
    what = 'Nothing says what the scene "map" shows, for those who do not see it.'
    line = case.line(words, "words:")
    assert case.problems() == [f'{words}:{line}: {what} Add "scene-map:" under words.']


# What ships.


def test_every_lay_leaflet_has_a_scene_and_no_two_therapies_share_one() -> None:
    of = {
        (record.id, audience): title.scene.draws if title.scene else None
        for record in shipped().therapies.values()
        for audience, title in record.titles.items()
    }
    assert [key for key, draws in of.items() if draws is None and key[1] in LAY] == []
    owners: dict[str, set[str]] = {}
    for (record, _), draws in of.items():
        owners.setdefault(str(draws), set()).add(record)
    assert {draws: names for draws, names in owners.items() if len(names) > 1} == {}
    assert sorted(owners) == SCENES


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        (
            "adults",
            "A wave that grows and then drops, and somebody who rides it. Words on it: An urge rises; then falls.",
        ),
        (
            "parents",
            ("A wave that grows and then drops, and somebody who rides it. Words on it: A storm builds; and passes."),
        ),
        ("professionals", "A wave that grows and then drops, and somebody who rides it."),
    ],
)
def test_the_alternative_text_says_what_is_drawn_and_written(audience: str, said: str) -> None:
    item = next(subject.item for subject in (real(audience),))
    block = scene_of(Composer(shipped(), type(item)(**{**vars(item), "therapy": "dbt"})))
    assert block and block.data["alt"] == said


@every_scene
def test_words_have_room_where_they_lie(scene: str) -> None:
    """A bold letter of the typeface is half an em wide on average; the drawing is 16 em wide."""
    record = shipped().scenes[scene]
    css = (TEMPLATES / f"_scenes/{scene}/style.css").read_text("utf-8")
    places = dict(re.findall(r"\.word-([\w-]+) \{[^}]*inline-size: ([\d.]+)%", css))
    assert set(places) == set(record.words)
    for name, word in record.words.items():
        assert float(places[name]) / 100 * 16 >= 0.54 * word.most, name


# What the drawings are made of.


def words_inside(html: str) -> list[str]:
    """What stands inside of an <svg> besides its title."""
    found = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert found
    return [word for svg in found for word in re.sub(r"<title>.*?</title>|<[^>]*>", " ", svg).split()]


@every_scene
@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_word_stands_inside_a_drawing(scene: str, audience: str) -> None:
    html = drawn(scene, audience)
    assert words_inside(html) == []
    assert "<text" not in html
    spans = re.findall(r'<span class="word-[\w-]+">([^<]+)</span>', html)
    assert spans == (
        [] if audience in ("professionals", "easy-read") else [word["text"] for word in example(scene).data["words"]]
    )


def test_companion_a_word_inside_a_drawing_is_seen() -> None:
    assert words_inside("<svg><title>Wave</title><text>up</text></svg>") == ["up"]


def fills(html: str) -> set[str]:
    return set(re.findall(r'fill="([^"]+)"', html)) - {"none", "#ffffff"}


@every_scene
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_ink_saver_fills_nothing(scene: str, audience: str) -> None:
    assert fills(drawn(scene, audience, Edition(ink_saver=True))) == set()
    assert set(re.findall(r'stroke="(#\w+)"', drawn(scene, audience, Edition(ink_saver=True)))) <= {
        "#000000",
        "#ffffff",
    }


def test_companion_a_filled_part_is_seen() -> None:
    assert fills(drawn("wave", "adults"))


@every_scene
def test_in_a_drawing_for_two_somebody_else_is_drawn_where_the_words_say_so(scene: str) -> None:
    words = real("parents").leaflet.locale.words
    alone, both = (marks_of(scene, name) for name in ("adults", "parents"))
    assert (alone != both) == (f"scene-{scene}-beside" in words)


def marks_of(scene: str, audience: str) -> str:
    """The marks of a scene; what is drawn in the audience's own colour looks the same for all."""
    marks = drawn(scene, audience).partition("</title>")[2].partition("</svg>")[0]
    return marks.replace(PAGES.tokens(LeafletStyle(audience))["accent"], "accent")


# A photocopy: what is left of a drawing at 150 dpi, in grey and in pure black and white.


def raster(html: str, audience: str) -> list[int]:
    """How dark each point of a drawing is, from 0 (black) to 255, on a page of its own."""
    import weasyprint

    (svg,) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    width = {"teens": 540, "professionals": 60}.get(audience, 192)
    page = f"<style>@page {{ size: 600pt 220pt; margin: 9pt }} svg {{ inline-size: {width}pt }}</style>{svg}"
    pdf = weasyprint.HTML(string=page).write_pdf()
    (first,) = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return list(first.render(scale=150 / 72).to_pil().convert("L").tobytes())


def kept(points: list[int]) -> float:
    """Of the points that are clearly drawn, the share that is left in pure black and white."""
    marks = [point for point in points if point < 200]
    return sum(point < 128 for point in marks) / len(marks) if marks else 0.0


@pytest.mark.pdf
@every_scene
@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_photocopy_keeps_the_marks(scene: str, audience: str) -> None:
    points = raster(drawn(scene, audience), audience)
    assert sum(point < 128 for point in points) > 600
    assert kept(points) > 0.75


@pytest.mark.pdf
def test_companion_pale_marks_are_lost() -> None:
    pale = re.sub(r'stroke="#\w+"', 'stroke="#b0b0b0"', drawn("map", "adults", Edition(ink_saver=True)))
    assert kept(raster(pale, "adults")) < 0.2


def flipped(points: list[int], width: int) -> list[int]:
    return [point for start in range(0, len(points), width) for point in points[start : start + width][::-1]]


def seen(scene: str, direction: str) -> tuple[list[int], int]:
    """A drawing without its words in a text of this direction, and how many points a row has."""
    import weasyprint

    html = re.sub(r'<div class="scene-words">.*?</div>', "", drawn(scene, "adults"))
    css = PAGES.css(LeafletStyle("adults")) + "@page { size: 240pt 180pt; margin: 12pt } .scene { inline-size: 216pt }"
    page = f'<html dir="{direction}"><style>{css}</style><body data-of="of" data-running="">{html}</body></html>'
    (first,) = pypdfium2.PdfDocument(io.BytesIO(weasyprint.HTML(string=page).write_pdf()))
    image = first.render(scale=1).to_pil().convert("L").crop((0, 0, 240, 160))
    return list(image.tobytes()), image.width


@pytest.mark.pdf
@pytest.mark.parametrize(("scene", "mirrored"), [("ladder", True), ("night-clock", False)])
def test_a_text_from_right_to_left_mirrors_the_drawing_but_no_clock(scene: str, mirrored: bool) -> None:  # noqa: FBT001
    (usual, width), (other, _) = seen(scene, "ltr"), seen(scene, "rtl")
    wanted = flipped(usual, width) if mirrored else usual
    different = sum(abs(one - two) > 100 for one, two in zip(wanted, other, strict=True))
    assert different < 60
    assert sum(abs(one - two) > 100 for one, two in zip(flipped(usual, width), usual, strict=True)) > 600


def parts() -> Iterator[Path]:
    yield from sorted((TEMPLATES / "_scenes").glob("*/drawing.html"))
    yield from sorted((TEMPLATES / "_components/scene").glob("*.html"))


def test_drawings_take_their_colours_and_weight_from_the_kit() -> None:
    for path in parts():
        assert re.findall(r"#[0-9a-fA-F]{3,6}\b", path.read_text("utf-8")) == [], path
