"""Cards with crisis numbers and posters of a shelf, as `printables rack` makes them."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from front_door import run
from leaflet_case import TODAY
from matrix_clinics import fullest
from shipped_case import sample
from test_trifold import checked_by_three, heard

from printables import paths
from printables.library.library import Library
from printables.library.loader import load
from printables.pipeline.options import Options
from printables.plan import Choice
from printables.rack.build import RackResult, build_rack
from printables.rack.card import cards
from printables.rack.poster import OnShelf, Poster, poster

ROOT = Path(__file__).resolve().parent.parent
LAY = ("adults", "teens", "parents")
COPIES = "TAG-002"
"""What one checker says of the other cards on a sheet: they are the same one, and are not read out again."""


@pytest.fixture(scope="module")
def library() -> Library:
    found, _ = load(ROOT / "content", paths.audiences(ROOT / "templates"))
    assert found is not None
    return found


def made(output: Path, content: Path = ROOT / "content", kinds: tuple[str, ...] = (), **choice: object) -> RackResult:
    options = Options(content, ROOT / "templates", output, TODAY, Choice(**choice))  # type: ignore[arg-type]
    return build_rack(options, kinds or ("cards", "posters"))


def words_of(path: Path) -> list[str]:
    with pdfium.PdfDocument(path.read_bytes()) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def with_therapies(library: Library, count: int) -> Library:
    """The library with so many therapies, of which those beyond the shipped ones are copies."""
    known = list(library.summaries.values())
    more = {
        f"copy-{at}": dataclasses.replace(known[at % len(known)], name=f"{known[at % len(known)].name} {at}")
        for at in range(count)
    }
    return dataclasses.replace(library, summaries=more)


def shown(library: Library) -> Poster:
    found = poster(library, library.regions["england"], None, ())
    assert found is not None
    return found


@pytest.mark.parametrize("region", ["england", "scotland", "wales", "northern-ireland"])
def test_a_card_has_every_number_of_its_reader(library: Library, region: str) -> None:
    one = library.regions[region]
    found = cards(library, one, None, ())
    assert [card.audience.id for card in found] == list(LAY)
    for card in found:
        assert len(card.lines) == len(one.help_now[card.audience.id].lines)
    assert len({card.code for card in found}) == 3


def test_a_clinic_has_its_own_line_second_and_another_code(library: Library) -> None:
    england, riverside = library.regions["england"], library.clinics["riverside"]
    (card,) = cards(library, england, riverside, ("teens",))
    assert [line["name"] for line in card.lines][:2] == ["Childline", "Riverside crisis line"]
    assert card.code != cards(library, england, None, ("teens",))[0].code


@pytest.mark.pdf
@pytest.mark.parametrize("clinic", [None, pytest.param("riverside", marks=pytest.mark.long)])
def test_cards_and_posters_are_made_and_accepted_by_three_checkers(clinic: str | None, tmp_path: Path) -> None:
    result = made(tmp_path, clinic=clinic)
    assert [str(one) for one in result.problems if one.severity != "note"] == []
    assert len(result.made) == 5
    for path in result.made:
        allowed = () if "/posters/" in f"/{path}" else (COPIES,)
        assert (path, [one for one in checked_by_three(tmp_path / path) if not one.startswith(allowed)]) == (path, [])


@pytest.mark.pdf
def test_a_sheet_of_cards_is_read_out_once_and_front_and_back_meet(tmp_path: Path) -> None:
    result = made(tmp_path, kinds=("cards",), audiences=("teens",))
    (path,) = result.made
    front, back = words_of(tmp_path / path)
    assert (front.count("Call 0800 1111"), back.count("My next appointment")) == (8, 8)
    said = heard((tmp_path / path).read_bytes())
    assert said.count("My next appointment") == 1 and said.index("For a hard moment") < said.index("My next")


@pytest.mark.pdf
def test_the_clinic_with_the_most_to_say_gets_larger_cards_and_more_posters(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    fullest(tmp_path / "content/clinics")
    result = made(tmp_path / "out", tmp_path / "content", clinic="fullest")
    assert [str(one) for one in result.problems if one.severity != "note"] == [] and len(result.made) == 5
    for path in result.made:
        front, *_ = words_of(tmp_path / "out" / path)
        assert "01632 960005" in front.replace("\u00a0", " ")


@pytest.mark.pdf
def test_nothing_runs_through_the_lead_of_a_clinic_with_a_short_name_and_no_logo(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    record = "id: short\nname: Example Clinic\nregion: england\nphone: 01632 960001\nshelf: [{therapy: act}]\n"
    (tmp_path / "content/clinics/short.yaml").write_text(record, encoding="utf-8")
    result = made(tmp_path / "out", tmp_path / "content", kinds=("posters",), clinic="short")
    assert [str(one) for one in result.problems if one.severity != "note"] == [] and len(result.made) == 2


@pytest.mark.pdf
def test_with_an_address_a_poster_has_a_code_for_each_therapy(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "content/site.yaml").write_text("address: https://leaflets.example.org/\n", encoding="utf-8")
    result = made(tmp_path / "out", tmp_path / "content", kinds=("posters",))
    assert [str(one) for one in result.problems] == []
    assert all(checked_by_three(tmp_path / "out" / path) == [] for path in sample(result.made))
    assert "Scan a code" in words_of(tmp_path / "out" / result.made[0])[0]


def test_a_poster_shows_the_shelf_and_what_each_therapy_is_for(library: Library) -> None:
    clinic = library.clinics["riverside"]
    found = poster(library, library.regions["england"], clinic, ())
    assert found is not None
    ((row,),) = found.sheets
    assert row == (
        OnShelf("Interpersonal psychotherapy", ("depression",), ("adults", "teenagers", "parents and carers"), None),
    )
    assert len([one for sheet in shown(library).sheets for row in sheet for one in row]) == 12


@pytest.mark.parametrize("count", [1, 2, 5, 8, 12, 24])
def test_therapies_are_shared_out_evenly_over_sheets(library: Library, count: int) -> None:
    names = list(library.summaries.values())
    many = [dataclasses.replace(names[at % len(names)], titles=LAY) for at in range(count)]
    assert count <= len(many)
    if count <= len(names):
        some = dataclasses.replace(library, summaries={one.id: one for one in many})
        sizes = [sum(len(row) for row in sheet) for sheet in shown(some).sheets]
        assert sum(sizes) == count and max(sizes) - min(sizes) <= 2


@pytest.mark.slow
def test_an_unknown_clinic_or_region_is_said(tmp_path: Path) -> None:
    for option, name in (("--clinic", "riversyde"), ("--region", "walis")):
        done = run(ROOT, "rack", option, name, "--output", str(tmp_path))
        assert done.returncode != 0 and f'There is no {option[2:]} "{name}"' in done.stdout + done.stderr


@pytest.mark.pdf
def test_a_second_run_keeps_what_is_the_same(tmp_path: Path) -> None:
    first, second = (made(tmp_path, kinds=("cards",), audiences=("teens",)) for _ in range(2))
    assert (first.kept, second.kept) == (0, 1) and first.made == second.made
