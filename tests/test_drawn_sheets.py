"""Worksheets whose drawing is the writing space: as records, as fields in order, and on paper."""

from __future__ import annotations

import functools
import io
import itertools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import outloud
import page as page_validation
import pdfua
import pydantic
import pypdf
import pypdfium2 as pdfium
import pytest
from leaflet_case import ROOT, TODAY
from sheet_case import PAGES
from shipped_case import sample
from typing_case import squeezed, written
from warm import printed_once

from printables.checks.subject import Subject
from printables.library.editions import USUAL, Edition
from printables.library.worksheets import NIGHT_HOURS, ExampleNight, WorksheetPart
from printables.pages.compose.worksheet_drawn import hour_of
from printables.pipeline import build, print_job
from printables.plan import Choice
from printables.typeset.engine import typeset
from printables.typeset.page import Printed

MM = 72 / 25.4
DRAWN = ("fear-ladder", "sleep-diary", "night-plan", "passengers", "activity-diary")
STORY = "Walked to the shop with Łucja and back, then sat on the wall – and waited for Ŵyn’s bus. "
FILLED = 0.6
"""The least share of a worksheet's page that is used."""


@functools.cache
def sheets(edition: Edition = USUAL) -> dict[tuple[str, str], Subject]:
    """The drawn worksheets as they ship, by name and reader."""
    choice = Choice(worksheets=DRAWN, editions=(edition,))
    checked = build.check(build.Options(ROOT / "content", ROOT / "templates", ROOT / "output", TODAY, choice))
    assert checked.problems == ()
    return {(subject.item.record, subject.item.audience): subject for subject in checked.subjects}


@functools.cache
def printed(sheet: str, audience: str = "adults", edition: Edition = USUAL) -> Printed:
    return printed_once(typeset)(print_job.print_job(PAGES, sheets(edition)[sheet, audience]).page)


def data_of(sheet: str, component: str) -> Mapping[str, Any]:
    """What the template of a part is given."""
    sections = sheets()[sheet, "adults"].leaflet.sections
    return next(block.data for section in sections for block in section.blocks if block.component == component)


def widgets(pdf: bytes) -> list[tuple[str, str]]:
    """Name and tip of every field, in the order in which a keyboard comes to them."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    found = [each.get_object() for page in pages for each in page.get("/Annots", [])]
    return [(str(one["/T"]), str(one["/TU"])) for one in found if one["/Subtype"] == "/Widget" and "/T" in one]


def grey(pdf: bytes, page: int = 0, scale: float = 4) -> Any:
    """A page as rows of grey values: 0 is black."""
    import numpy as np

    with pdfium.PdfDocument(pdf) as document:
        return np.asarray(document[page].render(scale=scale, may_draw_forms=False).to_pil().convert("L"))


# Records

LADDER = {
    "id": "rungs",
    "kind": "ladder",
    "count": 10,
    "low": {"any": "easy"},
    "high": {"any": "hard"},
    "items": [{"id": "what", "label": {"any": "What I will try"}}],
}


def refused(**keys: Any) -> str:
    with pytest.raises(pydantic.ValidationError) as error:
        WorksheetPart.model_validate({**LADDER, **keys})
    return str(error.value)


def test_a_ladder_says_which_end_is_hard() -> None:
    assert 'needs "high"' in refused(high={})


def test_a_ladder_has_room_for_three_ratings() -> None:
    entries = [{"id": f"rating-{n}", "label": {"any": "How hard"}} for n in range(4)]
    assert WorksheetPart.model_validate({**LADDER, "ratings": entries[:3]}).ratings
    assert 'has room for 3 under "ratings"' in refused(ratings=entries)


def test_only_drawn_parts_have_ratings() -> None:
    assert 'has no "low"' in refused(kind="bus")


@pytest.mark.parametrize(
    ("night", "said"),
    [
        ({"bed": "22:30", "up": "07:00", "asleep": ["23:30 to 02:00", "03:00 to 06:00"]}, ""),
        ({"bed": "23:45", "up": "07:00", "asleep": ["23:30 to 02:00"]}, "not in order"),
        ({"bed": "22:30", "up": "05:00", "asleep": ["23:30 to 06:00"]}, "not in order"),
        ({"bed": "22:30", "up": "13:00", "asleep": ["23:30 to 06:00"]}, "not in order"),
        ({"bed": "22:30", "up": "07:00", "asleep": ["23:30 until 06:00"]}, "not a span of time"),
    ],
)
def test_a_made_up_night_is_in_order(night: dict[str, Any], said: str) -> None:
    if not said:
        assert ExampleNight.model_validate(night).bed == 2.5
        return
    with pytest.raises(pydantic.ValidationError, match=said):
        ExampleNight.model_validate(night)


def test_the_hours_of_a_day_have_names() -> None:
    words = {"ws-hour-noon": "noon", "ws-hour-midnight": "midnight", "ws-hour-am": "{}am", "ws-hour-pm": "{}pm"}
    named = [hour_of(lambda key, hour=0: words[key].format(hour), hour) for hour in (0, 7, 12, 13, 23, 24, 26)]
    assert named == ["midnight", "7am", "noon", "1pm", "11pm", "midnight", "2am"]


# What is asked


def adds_up(example: dict[str, Any], columns: list[dict[str, Any]]) -> bool:
    """Whether the made-up row of a sleep diary agrees with itself, and with what is drawn over it."""
    said = [column["example"] for column in columns]
    lights, woke = (_hours(said[place]) for place in (1, 4))
    waking = (float(said[2]) + float(said[3].split(", ")[1])) / 60
    asleep = sum(span["wide"] for span in example["asleep"]) * NIGHT_HOURS / 100
    total = float(said[8].replace("½", ".5"))
    return abs((woke - lights) % 12 - waking - total) < 0.05 and abs(asleep - total) < 0.05


def _hours(time: str) -> float:
    hours, minutes = time.split(":")
    return int(hours) % 12 + int(minutes) / 60


def test_the_made_up_night_adds_up() -> None:
    data = data_of("sleep-diary", "ws-nights")
    assert adds_up(data["example"], data["columns"])
    wrong = [*data["columns"][:8], {**data["columns"][8], "example": "6½"}]
    assert not adds_up(data["example"], wrong), "companion: another sum"
    longer = {**data["example"], "asleep": data["example"]["asleep"][:1]}
    assert not adds_up(longer, data["columns"]), "companion: another drawing"


def test_a_sleep_diary_holds_two_weeks_of_eight_items_and_the_sum() -> None:
    data = data_of("sleep-diary", "ws-nights")
    assert [len(week["rows"]) for week in data["weeks"]] == [7, 7]
    assert len(data["columns"]) == 9
    assert {len(row["cells"]) for week in data["weeks"] for row in week["rows"]} == {9}


def test_an_activity_diary_asks_for_every_hour_and_the_mood_of_each_day() -> None:
    names = [name for name, _ in widgets(printed("activity-diary").pdf)]
    for day in ("monday", "thursday", "sunday"):
        for what in ("what", "achieved", "enjoyed"):
            assert [f"{day}-{what}-{hour}" in names for hour in range(7, 23)] == [True] * 16
        assert f"{day}-mood" in names


def test_a_thought_record_asks_for_belief_and_feeling_before_and_after() -> None:
    text = (ROOT / "content/worksheets/thought-check.yaml").read_text(encoding="utf-8")
    wanted = ("where", "thought", "felt", "believed", "for", "against", "fair", "believe", "feel-now", "do")
    assert [name for name in wanted if f"id: {name}\n" not in text] == []


def test_a_plan_for_hard_moments_makes_the_place_safer_and_names_people() -> None:
    text = (ROOT / "content/worksheets/hard-moments-plan.yaml").read_text(encoding="utf-8")
    assert "id: safer" in text and "and number" in text


# Fields


@pytest.mark.pdf
@pytest.mark.parametrize("audience", ["adults", pytest.param("teens", marks=pytest.mark.long)])
def test_the_rungs_are_fields_from_the_top_down(audience: str) -> None:
    found = widgets(printed("fear-ladder", audience).pdf)
    names = ("what", "ritual", "before", "peak", "after", "expected", "learned")
    wanted = [f"{name}-{rung}" for rung in range(10, 0, -1) for name in names]
    assert [name for name, _ in found if re.search(r"-\d+$", name)] == wanted
    tips = dict(found)
    assert all(tips[f"{name}-{rung}"].startswith(f"{rung}: ") for rung in (10, 1) for name in names)
    assert len(set(tips.values())) == len(found)


@pytest.mark.pdf
def test_long_words_wrap_and_none_is_lost() -> None:
    fields = {one.name: one for one in written(printed("fear-ladder").pdf, lambda _: STORY * 3)}
    assert [name for name, one in fields.items() if squeezed(one.value) != one.printed] == []
    for name in ("what-10", "learned-1"):
        lines = {round(run.baseline) for run in fields[name].runs}
        assert len(lines) >= 2, name
        assert len(fields[name].value) > 60, name
    assert len({round(run.baseline) for run in fields["stay"].runs}) >= 2


@pytest.mark.pdf
def test_a_number_stands_in_the_middle_of_its_circle() -> None:
    fields = {one.name: one for one in written(printed("fear-ladder").pdf, lambda _: "7")}
    left, _, right, _ = fields["peak-5"].rect
    (run,) = fields["peak-5"].runs
    assert (run.rect[0] + run.rect[2]) / 2 == pytest.approx((left + right) / 2, abs=1.5)


# On paper


def rules_at(pdf: bytes, x: float, page: int = 0, scale: float = 4) -> list[float]:
    """How far dark lines are apart that cross a column of a page, in points from the top. `x`: share of its width."""
    import numpy as np

    picture = grey(pdf, page, scale)
    at = int(picture.shape[1] * x)
    dark = np.where((picture[:, at - 3 : at + 3] < 110).all(axis=1))[0]
    starts = [row for before, row in zip([-9, *dark], dark, strict=False) if row - before > 1]
    return [(low - high) / scale for high, low in itertools.pairwise(starts)]


@pytest.mark.pdf
@pytest.mark.parametrize("edition", [USUAL, pytest.param(Edition(paper="letter"), marks=pytest.mark.long)])
def test_lines_beside_the_rungs_are_9_mm_apart_and_dark(edition: Edition) -> None:
    """Read from the picture of the finished page, at the end of the lines to write on."""
    gaps = rules_at(printed("fear-ladder", edition=edition).pdf, 0.9)
    between = [gap for gap in gaps if gap < 60]
    assert len(between) >= 18
    assert min(between) >= 9 * MM - 0.3


@pytest.mark.pdf
def test_the_cells_of_a_night_and_an_hour_are_9_mm_high() -> None:
    for sheet, part in (("sleep-diary", r"^\w+-1-lights$"), ("activity-diary", r"^monday-what-\d+$")):
        pages = pypdf.PdfReader(io.BytesIO(printed(sheet).pdf)).pages
        fields = [each.get_object() for each in cast("Any", pages[0]["/Annots"])]
        tops = sorted(float(one["/Rect"][3]) for one in fields if re.search(part, str(one.get("/T", ""))))
        assert len(tops) >= 7
        assert min(high - low for low, high in itertools.pairwise(tops)) >= 9 * MM - 0.3, sheet


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("sheet", "audience"),
    [*((one, "adults") for one in DRAWN), pytest.param("fear-ladder", "teens", marks=pytest.mark.long)],
)
def test_every_page_is_filled_and_nothing_is_wrong(sheet: str, audience: str) -> None:
    import numpy as np

    made = printed(sheet, audience)
    assert made.findings == ()
    for page in range(made.pages):
        picture = grey(made.pdf, page, 1)
        dark = np.where((picture[: picture.shape[0] - 44] < 170).any(axis=1))[0]
        assert dark.max() / (picture.shape[0] - 44) > FILLED, page


@pytest.mark.pdf
@pytest.mark.parametrize("sheet", sample(DRAWN))
def test_three_checkers_accept_it(sheet: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(printed(sheet).pdf)
    report = page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1")
    assert [failure.rule_id for failure in report.failures] == []
    heard = outloud.check(str(path))
    assert heard.error is None
    assert [(finding.rule, finding.message) for finding in heard.findings if finding.severity == "error"] == []
    assert [each for each in pdfua.validate(str(path)).findings if each.severity == pdfua.Severity.ERROR] == []


# Style sheets

SIDES = re.compile(
    r"(?<![\w-])(?:float|columns|left|right|(?:margin|padding|border)-(?:left|right|top|bottom)"
    r"|text-align: ?(?:left|right)|width|height)(?=\s*:|;)"
)


def test_worksheets_are_styled_for_both_directions() -> None:
    """No side of the paper is named, and nothing is set in columns, which the engine lays out many times."""
    for path in sorted((ROOT / "templates/_components").glob("ws-*/style.css")):
        rules = re.sub(r"@page[^{]*\{[^}]*\}", "", path.read_text(encoding="utf-8"))
        assert SIDES.findall(rules) == [], path.parent.name


@pytest.mark.parametrize(
    "rule", ["a { columns: 2 }", "a { width: 3pt }", "a { margin-left: 3pt }", "a { text-align: left; }"]
)
def test_companion_a_side_of_the_paper_is_found(rule: str) -> None:
    assert SIDES.search(rule)
