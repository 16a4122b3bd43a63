"""On a black-and-white printer: every word and every chart of the handouts is measured on the page as it is printed."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from grey_case import (
    Figure,
    Seen,
    covered,
    darkness,
    filled,
    has_filled_square,
    inks,
    marks,
    most_colour,
    outstanding,
    seen,
    shape_ratios,
    toner,
    word_ratios,
)
from leaflet_case import ROOT, TODAY, library
from sample_leaflet import CSS, HTML, PARAGRAPH, RULES
from shipped_case import EVERYTHING

from printables.library.editions import edition
from printables.pipeline import build, print_job
from printables.plan import Choice
from printables.typeset.engine import typeset
from printables.typeset.page import Page
from printables.workers.pool import render_all

pytestmark = pytest.mark.pdf

WORDS = 7.0
SHAPES = 3.0
CLINICS = ["", *sorted(path.stem for path in (ROOT / "content/clinics").glob("*.yaml"))]
EDITIONS = ("a4", "a4-cream", "a4-ink-saver")
SAMPLE = "riverside"
"""Its shelf has every reader, and colours and a logo of its own; the other sets are long."""
SAMPLES = {(SAMPLE, "a4"), (SAMPLE, "a4-ink-saver")}
every_set = pytest.mark.parametrize(
    ("clinic", "name"),
    [
        pytest.param(c, e, id=f"{c or 'no clinic'}: {e}", marks=() if (c, e) in SAMPLES else pytest.mark.long)
        for c in CLINICS
        for e in EDITIONS
    ],
)
every_clinic = pytest.mark.parametrize(
    "clinic", [pytest.param(c, marks=() if c == SAMPLE else pytest.mark.long) for c in CLINICS]
)


@dataclass(frozen=True)
class Measured:
    """What one page shows in grey: words and shapes with their ratio, charts with whether they still tell."""

    place: str
    words: tuple[tuple[float, str], ...]
    shapes: tuple[tuple[float, str], ...]
    charts: tuple[tuple[str, str, bool], ...]
    inks: float
    covered: float
    toner: float
    colour: int
    filled: bool


@functools.cache
def handouts(clinic: str, name: str) -> dict[str, list[Measured]]:
    """The leaflet for adults in one edition, printed and measured, by the name of its record and reader.

    In make test-all each reader's, and every worksheet.
    """
    readers = () if EVERYTHING else ("adults",)
    choice = Choice(("ipt",), readers, clinic=clinic or None, editions=(edition(name),), no_worksheets=not EVERYTHING)
    checked = build.check(build.Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY, choice))
    assert checked.subjects, checked.problems
    by_path = {subject.item.path: subject for subject in checked.subjects}
    pages = {path: print_job.print_job(checked.pages, subject).page for path, subject in by_path.items()}
    found = {}
    for path, made in render_all(pages, os.cpu_count() or 1):
        assert made.pdf, (path, made.findings)
        item, tokens = by_path[path].item, checked.pages.tokens(by_path[path].leaflet.look)
        pattern = tokens["hair"] if tokens["hair"] not in (tokens["accent"], tokens["ink"]) else ""
        key = f"{item.record} for {item.audience}"
        found[key] = [measured(page, f"{key}, page {page.sheet.number}", pattern) for page in seen(made.pdf)]
    return found


def measured(page: Seen, place: str, pattern: str = "") -> Measured:
    return Measured(
        place,
        tuple((ratio, text) for text, ratio in word_ratios(page)),
        tuple(shapes(page, pattern)),
        tuple(charts(page)),
        inks(page),
        covered(page),
        toner(page),
        most_colour(page),
        has_filled_square(page, 6, [figure.rect for figure in page.figures if figure.alt in logos()]),
    )


def shapes(page: Seen, pattern: str) -> Iterator[tuple[float, str]]:
    """The shapes of all figures; logos are left out, and in a drawing what is painted in `pattern` (--hair)."""
    for figure in page.figures:
        for shape, ratio in shape_ratios(page, figure) if figure.alt not in logos() else ():
            colour = "#{:02x}{:02x}{:02x}".format(*(shape.stroke or shape.fill or (0, 0, 0)))
            if colour != pattern or chart_of(figure):
                yield ratio, f"{figure.alt} ({colour})"


@functools.cache
def logos() -> set[str]:
    """The texts of the clinics' logos. Theirs are the one thing whose colours are not ours to change (WCAG 1.4.11)."""
    return {clinic.name for clinic in library().clinics.values()}


# What the charts tell. A chart is known by its alternative text, which says what must be seen.


def chart_of(figure: Figure) -> tuple[str, int] | None:
    """Which chart a figure is, and the figure that it tells."""
    words = library().locales["en"].words
    for name in TOLD:
        form = re.escape(words[name]).replace(r"\{word\}", ".+")
        form = re.sub(r"\\\{\w+\\\}", r"(\\d+)", form)
        found = re.fullmatch(form, figure.alt)
        if found:
            return name, int(found[1])
    return None


def charts(page: Seen) -> Iterator[tuple[str, str, bool]]:
    """Name and text of every chart of the page, and whether grey still tells what its text says."""
    for figure in page.figures:
        found = chart_of(figure)
        if found:
            name, value = found
            yield name, figure.alt, TOLD[name](page, figure) == value


def profile_point(page: Seen, figure: Figure) -> int | None:
    """The mark with the most ink."""
    return outstanding([darkness(page, rect) for rect in marks(figure)])


def level(page: Seen, figure: Figure) -> int:
    """The bars that are more ink than paper."""
    return sum(share > 0.5 for share in filled(page, marks(figure)))


TOLD: dict[str, Callable[[Seen, Figure], int | None]] = {
    "profile-point": profile_point,
    "level": level,
}


# The handouts


@every_set
def test_every_word_has_a_contrast_of_7_in_grey(clinic: str, name: str) -> None:
    pages = [page for found in handouts(clinic, name).values() for page in found]
    assert len(pages) > (10 if EVERYTHING else 5)
    assert all(page.words for page in pages)
    pale = [f"{page.place}: {text!r} {ratio:.1f}" for page in pages for ratio, text in page.words if ratio < WORDS]
    assert pale == []


@every_set
def test_every_shape_of_a_figure_has_a_contrast_of_3_in_grey(clinic: str, name: str) -> None:
    pages = [page for found in handouts(clinic, name).values() for page in found]
    assert sum(len(page.shapes) for page in pages) > (100 if EVERYTHING else 50)
    pale = {f"{page.place}: {what} {ratio:.1f}" for page in pages for ratio, what in page.shapes if ratio < SHAPES}
    assert sorted(pale) == []


@every_set
def test_every_chart_tells_in_grey_what_its_text_says(clinic: str, name: str) -> None:
    found = [
        (page.place, chart) for pages in handouts(clinic, name).values() for page in pages for chart in page.charts
    ]
    assert {chart for _, (chart, _, _) in found} == set(TOLD)
    assert [f"{place}: {chart}, {text}" for place, (chart, text, told) in found if not told] == []


@every_clinic
def test_the_ink_saver_has_no_colour_and_no_filled_area(clinic: str) -> None:
    pages = [page for found in handouts(clinic, "a4-ink-saver").values() for page in found]
    assert [f"{page.place}: differs by {page.colour}" for page in pages if page.colour > 3] == []
    assert [page.place for page in pages if page.filled] == []


@every_clinic
def test_the_ink_saver_saves_ink(clinic: str, record_property: Callable[[str, object], None]) -> None:
    """In a colour printer it takes less ink; in any printer it covers no more of the paper.

    Toner is told and not asked for: words in black take a little more of it than words in a dark colour, but black is
    printed solid, while a grey is broken up into dots, which makes small letters ragged.
    """
    usual, saver = handouts(clinic, "a4"), handouts(clinic, "a4-ink-saver")
    assert saver.keys() == usual.keys()
    for key in saver:
        figures = {name: (total(usual[key], name), total(saver[key], name)) for name in ("inks", "covered", "toner")}
        for name, (before, after) in figures.items():
            record_property(f"{key}: {name}", f"{before:.2f} and {after:.2f} % of a page")
        assert figures["inks"][1] < figures["inks"][0], key
        assert figures["covered"][1] < figures["covered"][0] * 1.02, key


def total(pages: list[Measured], name: str) -> float:
    """All pages of a handout together, in per cent of one page."""
    return float(sum(getattr(page, name) for page in pages))


# Companions: the same measures see what is wrong.


def printed(*spoiled: str, css: str = CSS) -> list[Seen]:
    """The sample leaflet with something more on its first page."""
    html = HTML.replace('<section id="what-happens">', f'{"".join(spoiled)}<section id="what-happens">')
    return list(seen(typeset(Page(html=html, css=css, rules=RULES)).pdf))


def chart(alt: str, *drawn: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" style="width: 60mm; height: 12mm" viewBox="0 0 100 20">'
        f"<title>{alt}</title>{''.join(drawn)}</svg>"
    )


def five(colours: tuple[str, ...], sizes: tuple[int, ...] = (8,) * 5) -> Iterator[str]:
    for number, (colour, size) in enumerate(zip(colours, sizes, strict=True)):
        yield f'<circle cx="{number * 20 + 10}" cy="10" r="{size}" fill="{colour}"/>'


def verdicts(*figures: str) -> list[bool]:
    return [told for page in printed(*figures) for _, _, told in charts(page)]


RED, GREEN = "#d00000", "#006a00"
"""Two colours of one grey."""


def test_pale_words_are_seen() -> None:
    page = printed(
        f'<p style="color: #999">Pale. {PARAGRAPH}</p>', "<p><b>Dark:</b> <span style='color: #999'>not</span></p>"
    )[0]
    pale = [(text[:5], f"{ratio:.1f}") for text, ratio in word_ratios(page) if ratio < WORDS]
    assert pale[0] == ("Pale.", "2.8")
    assert pale[-1] == ("not", "2.8"), "a dark label on the same line does not vouch for it"
    assert len(pale) > 3
    assert min(ratio for text, ratio in word_ratios(printed()[0])) >= WORDS


def test_words_on_a_ground_that_is_too_dark_and_light_words_are_measured() -> None:
    page = printed(
        '<p style="background: #777">Dark ground</p>',
        '<p style="background: #111; color: #fff">Light words</p>',
        '<p style="background: #111; color: #777">Dim words</p>',
    )[0]
    found = {text: ratio for text, ratio in word_ratios(page) if text.endswith(("ground", "words"))}
    assert found["Dark ground"] == pytest.approx(4.2, abs=0.1)
    assert found["Light words"] == pytest.approx(18.9, abs=0.2)
    assert found["Dim words"] == pytest.approx(4.2, abs=0.1)


def test_a_pale_shape_is_seen_even_where_dark_ones_lie_on_it() -> None:
    line = '<path d="M10 10H90" stroke="#ccc" stroke-width="1.6"/>'
    page = printed(chart("A line", line, *five(("#000",) * 5, (5,) * 5)))[0]
    pale = [ratio for ratio, what in shapes(page, "") if ratio < SHAPES and what.startswith("A line (#cccccc)")]
    assert pale == [pytest.approx(1.6, abs=0.05)]


def test_decoration_in_a_drawing_is_left_out_but_in_no_chart() -> None:
    dots = tuple(five(("#bbbbbb",) * 5))
    page = printed(chart("A drawing", *dots), chart("2 of 5: a few", *dots))[0]
    assert {what for ratio, what in shapes(page, "#bbbbbb") if ratio < SHAPES} == {"2 of 5: a few (#bbbbbb)"}


def test_a_profile_that_tells_by_hue_alone_is_seen() -> None:
    by_hue = tuple(five((GREEN, RED, GREEN, GREEN, GREEN)))
    by_size = tuple(five((GREEN,) * 5, (4, 8, 4, 4, 4)))
    assert verdicts(
        chart("2 of 5: a few", *by_hue), chart("2 of 5: a few", *by_size), chart("3 of 5: some", *by_size)
    ) == [
        False,
        True,
        False,
    ]


def bars(*fills: str) -> str:
    drawn = (
        f'<rect x="{10 + 30 * n}" y="2" width="20" height="16" fill="{fill}" stroke="{RED}" stroke-width="1"/>'
        for n, fill in enumerate(fills)
    )
    return chart("2 of 3", *drawn)


def test_a_meter_that_tells_by_hue_alone_is_seen() -> None:
    assert verdicts(bars(RED, RED, GREEN), bars(RED, RED, "#ffffff"), bars(RED, "#fff", "#fff")) == [False, True, False]


def test_colour_and_filled_areas_are_seen() -> None:
    plain = printed(css=CSS.replace("#003a70", "#000"))[0]
    assert most_colour(printed()[0]) > 3, "links are blue"
    assert most_colour(plain) <= 3
    box = '<div style="width: {0}mm; height: {0}mm; background: {1}"></div>'
    assert not has_filled_square(printed(box.format(5, "#f5f5f5"))[0], 6)
    filled_page = printed(box.format(7, "#f5f5f5"))[0]
    assert has_filled_square(filled_page, 6)
    assert not has_filled_square(filled_page, 6, [(0, 0, 595, 842)])


def test_ink_is_measured_as_printers_lay_it_down() -> None:
    """A box of 40 mm in light grey, in dark grey and in pure red, each against the same page with a white box."""
    box = '<div style="width: 40mm; height: 40mm; background: {}"></div>'
    white, *others = (printed(box.format(fill)) for fill in ("#fff", "#ccc", "#333", "#f00"))
    share = 40 * 40 / (210 * 297) * 100
    for measure, expected in (
        (toner, (0x33 / 255, 0xCC / 255, 1 - 0.299)),
        (inks, (0x33 / 255, 0xCC / 255, 2)),
        (covered, (1, 1, 1)),
    ):
        more = [sum(map(measure, pages)) - sum(map(measure, white)) for pages in others]
        assert more == pytest.approx([share * part for part in expected], rel=0.03), measure
