"""Every leaflet in every edition, and on both clinics' shelves: built with the real engine."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pytest
from front_door import run
from leaflet_case import TODAY, plain_values
from library_case import copy_of_leaflets
from shipped_case import EVERYTHING, sample

from printables.library.editions import STANDARD, edition
from printables.pipeline.build import Options, build, check
from printables.pipeline.print_job import print_job
from printables.plan import Choice
from printables.typeset.engine import typeset
from printables.typeset.inspect.text import TextLine, read_pdf

ROOT = Path(__file__).resolve().parent.parent
READERS = ("adults", "teens", "parents", "professionals")
AT_MOST = {"a5": 18, "a4-large-print": 18, "letter-large-print": 18, "letter": 8}
"""Pages; elsewhere one more than the usual leaflet, with a private cover two, in a booklet what fills its sheets."""

pytestmark = pytest.mark.pdf


SOME = (*sample(STANDARD), next(one for one in STANDARD if one.booklet))
"""The editions of `make test`; other tests print more of them (`test_private_cover.py`, `test_trifold.py`)."""


def leaflets(output: Path, reader: str) -> list[Path]:
    """The PDFs of one reader's leaflet about IPT as it is shipped, in every edition or in some.

    The build must find no problem.
    """
    editions: dict[str, Any] = {"every_edition": True} if EVERYTHING else {"editions": SOME}
    choice = Choice(("ipt",), (reader,), no_worksheets=not EVERYTHING, **editions)
    checked, result = build(Options(ROOT / "content", ROOT / "templates", output, TODAY, choice))
    wrong = [problem for problem in checked.problems if problem.severity != "note"]  # what gave way on a tri-fold
    assert (wrong, result.failed) == ([], ())
    return [output / entry.path for entry in result.made() if "worksheets" not in entry.path.split("/")]


def built(output: Path, *options: str) -> list[Path]:
    """The PDFs that a build makes of IPT as it is shipped; it must say that all is well."""
    done = run(ROOT, "build", "--json", "--strict", "--therapy", "ipt", "--output", str(output), *options)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return [output / path for path in json.loads(done.stdout)["rendered"]]


@pytest.fixture(
    scope="module", params=["teens", *(pytest.param(one, marks=pytest.mark.long) for one in READERS if one != "teens")]
)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """One reader's leaflets in every edition that there is for this reader."""
    output = tmp_path_factory.mktemp(request.param)
    return leaflets(output, request.param)


def words_of(paths: list[Path]) -> Iterator[tuple[Path, TextLine]]:
    for path in paths:
        for sheet in read_pdf(path.read_bytes()):
            yield from ((path, line) for line in sheet.lines)


def test_each_edition_is_made_and_accepted_by_two_checkers(made: list[Path]) -> None:
    every = 7 if "professionals" in made[0].parts else len(STANDARD)
    assert len(made) == (every if EVERYTHING else len({*SOME}))
    for path in made:
        report = page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1")
        assert (path.name, [failure.rule_id for failure in report.failures]) == (path.name, [])
        heard = outloud.check(str(path))
        wrong = [(finding.rule, finding.message) for finding in heard.findings if finding.severity == "error"]
        assert (path.name, heard.error, wrong) == (path.name, None, [])


def test_nothing_is_too_small_in_any_edition(made: list[Path]) -> None:
    for path, line in words_of(made):
        least = 18 if "large-print" in path.stem else 11 if "professionals" in path.parts else 12
        assert min(run.size for run in line.runs) >= least - 0.05, (path.name, line.text)


def test_no_line_is_too_long_in_any_edition(made: list[Path]) -> None:
    assert [(path.name, line.text) for path, line in words_of(made) if len(line.text) > 75] == []


def test_an_edition_has_no_more_pages_than_its_paper_asks_for(made: list[Path]) -> None:
    pages = {path.stem.partition("-en")[2].strip("-") or "a4": len(read_pdf(path.read_bytes())) for path in made}
    for name, count in pages.items():
        more = 2 if "private" in name else 1
        most = 20 if "booklet" in name else AT_MOST.get(name, pages["a4"] + more)
        assert count <= most, (name, count)
        assert count % (4 if "booklet" in name else 2 if "duplex" in name else 1) == 0, (name, count)


def test_the_number_of_a_page_stands_on_one_line(made: list[Path]) -> None:
    numbered = [path for path in made if not {"private", "trifold"} & set(path.stem.split("-"))]
    assert any("booklet" in path.stem for path in numbered)
    for path in numbered:
        sheets = read_pdf(path.read_bytes())
        for number, sheet in enumerate(sheets, 1):
            said = f"{number} of {len(sheets)}"
            assert any(line.text.endswith(said) for line in sheet.lines), (path.name, said)


FOR_TEENS = sorted(
    path.stem for path in (ROOT / "content/therapies").glob("*.yaml") if "teens" in plain_values(path)["titles"]
)
LETTER = [(name, therapy) for name in ("letter", "letter-large-print") for therapy in FOR_TEENS]
TIGHTEST = [("letter", "ipt"), ("letter-large-print", "family-therapy"), ("letter-large-print", "trauma-focused-cbt")]
"""Where the last page was nearly empty, and where the box about privacy has least room on page 1: with the usual
gaps, and with smaller ones."""


def on_letter(name: str, therapy: str, css: str = "") -> list[str]:
    """What is wrong with the teenagers' leaflet about a therapy in an edition; notes are not."""
    choice = Choice((therapy,), ("teens",), no_worksheets=True, editions=(edition(name),))
    made = check(Options(ROOT / "content", ROOT / "templates", Path("output"), TODAY, choice))
    page = print_job(made.pages, made.good()[0]).page
    found = typeset(dataclasses.replace(page, css=page.css + css)).findings
    return [finding.what for finding in found if finding.severity != "note"]


@pytest.mark.parametrize(
    ("name", "therapy"), [pytest.param(*one, marks=() if one in TIGHTEST else pytest.mark.long) for one in LETTER]
)
def test_every_leaflet_for_teenagers_fits_on_letter(name: str, therapy: str) -> None:
    assert on_letter(name, therapy) == []


def test_companion_a_title_as_large_as_on_a4_pushes_privacy_to_page_2() -> None:
    as_on_a4 = "--title: 33pt; --title-leading: 36pt; --lead: 20pt; --lead-leading: 27pt;"
    (wrong,) = on_letter(*TIGHTEST[2], css=f".letter:not(.worksheet) {{ {as_on_a4} }}")
    assert "What you say stays private" in wrong


def test_a_booklet_has_its_sheets_beside_it_and_nothing_else_has(made: list[Path]) -> None:
    sheets = [path for path in made if path.with_name(f"{path.stem}-sheets.pdf").exists()]
    assert sheets == [path for path in made if "booklet" in path.stem]


@pytest.mark.long
@pytest.mark.parametrize("clinic", ["riverside", "hillside"])
def test_what_is_on_a_shelf_is_made_and_accepted(clinic: str, tmp_path: Path) -> None:
    paths = built(tmp_path, "--clinic", clinic)
    assert len(paths) >= 6
    for path in paths:
        report = page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1")
        assert (path.name, [failure.rule_id for failure in report.failures]) == (path.name, [])
        assert "01632" in path.with_suffix(".txt").read_text(encoding="utf-8")


def test_a_plain_build_takes_other_editions_away_and_an_edition_leaves_the_usual_one(tmp_path: Path) -> None:
    folder = copy_of_leaflets(tmp_path / "library")
    usual = folder / "output/leaflets/teens/ipt-teens-en.pdf"
    large = usual.with_name("ipt-teens-en-a4-large-print.pdf")
    for options, are_there in (((), (True, False)), (("--large-print",), (True, True)), ((), (True, False))):
        assert run(folder, "build", "--audience", "teens", *options).returncode == 0
        assert (usual.exists(), large.exists()) == are_there, options
