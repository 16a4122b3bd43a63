"""Tri-folds: the short form of each leaflet on six panels, read from the finished PDF by where its words lie."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import outloud
import page as page_validation
import pdfua
import pikepdf
import pypdfium2 as pdfium
import pytest
import yaml
from front_door import run
from leaflet_case import TODAY
from matrix_clinics import fullest
from shipped_case import EVERYTHING

from printables.library.editions import edition
from printables.library.trifold import TrifoldSetting
from printables.pages.compose.trifold import left_out, trifolds
from printables.pages.templates.panels import panels
from printables.pipeline.build import CheckedLibrary, Options, build, check
from printables.pipeline.print_job import print_job
from printables.pipeline.sheets import INSIDE, OUTSIDE, card_sheet, trifold_sheet
from printables.plan import Choice
from printables.publish.jobs import PublishResult
from printables.typeset.engine import typeset
from printables.typeset.page import Page, PrintRules, Shorter

ROOT = Path(__file__).resolve().parent.parent
MM = 72 / 25.4
LAY = ("adults", "teens", "parents")
FOLDED = edition("trifold")
PLAIN = 'html { font: 14pt/18pt "Atkinson Hyperlegible" } section { break-before: page }'
CSS = f"@page {{ size: 100mm 210mm; margin: 27pt }} {PLAIN}"
CSS += "@page :nth(2) { size: 97mm 210mm } @page :nth(5) { size: 97mm 210mm } h1, h2 { font-size: 18pt; margin: 0 }"
NAMES = ("cover", "flap", "left", "middle", "right", "back")


def built(
    output: Path, reader: str, *, content: Path = ROOT / "content", **choice: object
) -> tuple[CheckedLibrary, PublishResult]:
    """A build of IPT's tri-fold for one lay reader, or, in `make test-all`, of all of them; `choice` says more."""
    readers, therapies = (LAY, ()) if EVERYTHING else ((reader,), ("ipt",))
    chosen = Choice(therapies, readers, editions=(FOLDED,), no_worksheets=True, **choice)  # type: ignore[arg-type]
    return build(Options(content, ROOT / "templates", output, TODAY, chosen))


def thirds(pdf: bytes) -> list[tuple[str, str, str]]:
    """The words on the left, middle and right third of each side, as one who holds the sheet sees them."""
    with pdfium.PdfDocument(pdf) as document:
        found = []
        for page in document:
            width, height = page.get_size()
            assert (round(width / MM), round(height / MM)) == (297, 210)
            text, edges = page.get_textpage(), (0, 98.5, 198.5, 297)
            parts = [text.get_text_bounded(a * MM, 0, b * MM, height) for a, b in itertools.pairwise(edges)]
            found.append((" ".join(parts[0].split()), " ".join(parts[1].split()), " ".join(parts[2].split())))
        return found


def heard(pdf: bytes) -> str:
    """The words of a tagged PDF in the order of its tags."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        texts: dict[tuple[int, int], str] = {}
        with pdfium.PdfDocument(pdf) as shown:
            for number, page in enumerate(shown):
                raw = pdfium.raw
                textpage = page.get_textpage()
                for item in page.get_objects():
                    mcid = raw.FPDFPageObj_GetMarkedContentID(item)
                    if item.type == raw.FPDF_PAGEOBJ_TEXT and mcid >= 0:
                        size = raw.FPDFTextObj_GetText(item, textpage, None, 0)
                        buffer = (raw.FPDF_WCHAR * size)()
                        raw.FPDFTextObj_GetText(item, textpage, buffer, size)
                        word = bytes(buffer).decode("utf-16-le", "ignore").rstrip("\0")
                        texts[number, mcid] = texts.get((number, mcid), "") + word
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages)}

        def walk(tag: Any, page: int) -> list[str]:
            if isinstance(tag, int):
                return [texts.get((page, int(tag)), "")]
            if not isinstance(tag, pikepdf.Dictionary):
                return []
            page = pages[tag.Pg.objgen] if "/Pg" in tag else page
            kids: Any = tag.get("/K", [])
            return [word for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for word in walk(kid, page)]

        return " ".join(" ".join(walk(document.Root.StructTreeRoot, 0)).split())


def sample(pages: int = 6, css: str = CSS) -> Page:
    """Panels that say which they are, in the order of reading."""
    first, *others = (f"<p>This is the {name} panel</p>" for name in NAMES[:pages])
    body = f"<h1>Folded</h1>{first}" + "".join(f"<section>{text}</section>" for text in others)
    html = f'<!doctype html><html lang="en"><head><title>Folded</title></head><body>{body}</body></html>'
    return Page(html, css, (), PrintRules(max_pages=6, last_page_fill=0.0), sheet=trifold_sheet(marks=True))


def checked_by_three(path: Path) -> list[str]:
    """What three checkers of PDF/UA have against a file."""
    said = [one.rule_id for one in page_validation.validate_pdf_bytes(path.read_bytes(), profile="ua1").failures]
    said += [f"{one.rule} {one.message}" for one in outloud.check(str(path)).findings if one.severity == "error"]
    return said + [str(one) for one in pdfua.validate(str(path)).findings if one.severity == pdfua.Severity.ERROR]


# Where the panels lie


def test_a_folded_sheet_opens_in_the_order_of_reading() -> None:
    """The cover lies right outside; opened, the flap lies right; unfolded, the three inside; turned over, the back."""
    assert OUTSIDE[2] == 0 and OUTSIDE[0] == 1 and OUTSIDE[1] == 5
    assert INSIDE == (2, 3, 4)
    sheet = trifold_sheet(marks=False)
    narrow = [at for at, (width, _) in enumerate(sheet.sizes) if round(width / MM) == 97]
    assert narrow == [1, 4], "the flap, and what lies behind it when the sheet is flipped on its short edge"
    assert [round(place.across / MM) for place in sheet.sides[0]] == [0, 97, 197]
    assert [round(place.across / MM) for place in sheet.sides[1]] == [0, 100, 200]
    mirrored = trifold_sheet(marks=False, from_the_right=True)
    assert [[place.page for place in side] for side in mirrored.sides] == [[0, 5, 1], [4, 3, 2]]
    assert [round(place.across / MM) for place in mirrored.sides[1]] == [0, 97, 197]
    assert sheet.lines == () and len(trifold_sheet(marks=True).lines[0]) == 4


@pytest.mark.pdf
def test_each_panel_lies_on_its_third_and_is_read_in_its_turn() -> None:
    printed = typeset(sample())
    assert (printed.findings, printed.pages) == ((), 2)
    sides = thirds(printed.pdf)
    seen = [[next(name for name in NAMES if f"the {name} panel" in part) for part in side] for side in sides]
    assert seen == [["flap", "back", "cover"], ["left", "middle", "right"]]
    said = heard(printed.pdf)
    assert [name for name in said.split() if name in NAMES] == list(NAMES)


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("page", "what"),
    [
        (sample(5), "The sheet is for 6 pages, and these are 5."),
        (
            sample(css=CSS.replace("97mm", "99mm")),
            "Page 2 of the sheet is 99 by 210 mm, and it should be 97 by 210 mm.",
        ),
    ],
)
def test_companion_what_does_not_fit_a_sheet_is_an_error(page: Page, what: str) -> None:
    assert what in [finding.what for finding in typeset(page).findings]


@pytest.mark.pdf
def test_a_page_that_is_laid_many_times_is_read_out_once() -> None:
    css = f"@page {{ size: 105mm 74.25mm; margin: 24pt }} {PLAIN}"
    page = dataclasses.replace(sample(2, css), sheet=card_sheet(2, 4), rules=PrintRules(last_page_fill=0.0))
    printed = typeset(page)
    assert (printed.findings, printed.pages) == ((), 2)
    with pdfium.PdfDocument(printed.pdf) as document:
        assert [side.get_textpage().get_text_range().count("panel") for side in document] == [8, 8]
    assert heard(printed.pdf).count("panel") == 2


@pytest.mark.pdf
def test_the_longest_form_that_fits_is_printed_and_the_others_are_named() -> None:
    line = "<p>One more line of words that take up room.</p>"
    html = sample().html
    forms = tuple(
        Shorter(html.replace("</h1>", f"</h1>{line * count}"), tuple("abc"[: at + 1]))
        for at, count in enumerate((60, 5, 0))
    )
    printed = typeset(dataclasses.replace(sample(), html=html.replace("</h1>", f"</h1>{line * 90}"), shorter=forms))
    assert [finding.what for finding in printed.findings] == ["Room was made without a, b."]
    assert thirds(printed.pdf)[0][2].count("One more line") == 5


# The short form


def test_what_gives_way_must_be_shown() -> None:
    with pytest.raises(ValueError, match="gives way and is not shown"):
        TrifoldSetting(flap=[], shows=["facts"], gives_way=["questions"])


@pytest.mark.slow
def test_a_lead_in_goes_with_what_it_leads_to_and_no_number_of_a_source_is_left() -> None:
    chosen = Choice(("ipt",), ("teens",), editions=(FOLDED,), no_worksheets=True)
    checked = check(Options(ROOT / "content", ROOT / "templates", ROOT / "output", TODAY, chosen))
    (subject,) = checked.subjects
    forms = list(trifolds(subject.library, subject.leaflet))
    shown = panels(checked.pages, subject.leaflet, forms).html
    assert "goes with one of these:" in shown[0] and "<strong>Loss.</strong>" in shown[0]
    without = next(html for html, form in zip(shown, forms, strict=True) if "focus" in form.without)
    assert "goes with one of these:" not in without and "<strong>Loss.</strong>" not in without
    assert all('class="cite"' not in html and "Childline:" in html for html in shown)
    assert "someone's life or safety is in serious danger" in shown[-1], "privacy never gives way"
    assert left_out(subject.leaflet, forms[2].without) == ('a part of "Does it work?"', 'a part of "Try this and ask"')
    assert left_out(subject.leaflet, ("local-note", "contacts", "own-card")) == (
        "the card for an own plan",
        "the clinic's note",
        "contacts for which the back has no room",
    )


# What ships


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PublishResult, CheckedLibrary]:
    """IPT's tri-fold for teenagers, who have the most sections; all of them in `make test-all`."""
    output = tmp_path_factory.mktemp("trifold")
    checked, result = built(output, "teens")
    return output, result, checked


@pytest.mark.pdf
def test_each_lay_leaflet_fits_and_is_accepted_by_three_checkers(
    plain: tuple[Path, PublishResult, CheckedLibrary],
) -> None:
    output, result, checked = plain
    assert [str(one) for one in checked.problems if one.severity != "note"] == [] and result.failed == ()
    assert len(result.rendered) == (30 if EVERYTHING else 1)
    for entry in result.made():
        assert (entry.path, checked_by_three(output / entry.path)) == (entry.path, [])


@pytest.mark.pdf
def test_the_panels_of_a_leaflet_hold_what_they_should(plain: tuple[Path, PublishResult, CheckedLibrary]) -> None:
    output, result, _ = plain
    for entry in result.made():
        (flap, back, cover), inside = thirds((output / entry.path).read_bytes())
        assert "If you need help now" in flap and "999" in flap and "111" in flap
        assert "Where this comes from" in back and entry.code in back and "general information" in back
        assert entry.title.split(":")[0][:10] in cover
        assert "999" not in cover and all(len(part) > 100 for part in inside)
        said = heard((output / entry.path).read_bytes())
        places = [said.index(words) for words in ("If you need help now", inside[0][:12], "general information")]
        assert places == sorted(places), "read out as it is unfolded"


@pytest.mark.pdf
def test_the_clinic_with_the_most_to_say_fits(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    fullest(tmp_path / "content/clinics")
    checked, result = built(tmp_path / "out", "adults", content=tmp_path / "content", clinic="fullest")
    assert result.made()
    assert [str(one) for one in checked.problems if one.severity == "error"] == [] and result.failed == ()
    for entry in result.made():
        pdf = tmp_path / "out" / entry.path
        flap, back, _ = thirds(pdf.read_bytes())[0]
        assert "01632 960005" in flap.replace("\u00a0", " ") and "Anytown" in back
        assert checked_by_three(pdf) == []


@pytest.mark.long
@pytest.mark.pdf
@pytest.mark.parametrize("therapy", ["dbt", "erp"])
def test_words_twice_as_long_fit(therapy: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    path = tmp_path / f"content/therapies/{therapy}.yaml"
    record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - our own file
    for words in record["sections"].values():
        for reader in set(LAY) & set(words):
            words[reader] = f"{words[reader].rstrip()}\n\n{words[reader]}"
    path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
    chosen = Choice((therapy,), LAY, editions=(FOLDED,), no_worksheets=True)
    checked = check(Options(tmp_path / "content", ROOT / "templates", tmp_path, TODAY, chosen))
    for subject in checked.subjects:
        printed = typeset(print_job(checked.pages, subject).page)
        assert ([one.what for one in printed.findings if one.severity != "note"], printed.pages) == ([], 2)


@pytest.mark.long
@pytest.mark.pdf
def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    seen = set()
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, str(ROOT / "make_printables.py"), "build", "--therapy", "ipt", "--audience", "teens"]
        where = ["--trifold", "--output", str(out), "--quiet"]
        subprocess.run([*command, *where], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, cwd=ROOT)
        seen |= {hashlib.sha256(path.read_bytes()).hexdigest() for path in out.rglob("*-trifold.pdf")}
    assert len(seen) == 1


def test_a_private_cover_is_refused_with_another_way() -> None:
    done = run(ROOT, "build", "--trifold", "--private-cover")
    assert done.returncode != 0
    assert "the cover cannot be private. Choose a5-booklet-private-cover." in done.stdout + done.stderr


def test_professionals_and_worksheets_have_none(tmp_path: Path) -> None:
    done = run(ROOT, "build", "--trifold", "--audience", "professionals", "--output", str(tmp_path))
    assert done.returncode != 0 and "has no short form" in done.stdout + done.stderr
