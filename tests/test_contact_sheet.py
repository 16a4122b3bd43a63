"""The contact sheet: every page of every edition as a small picture, labelled in words, all on one page."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from leaflet_case import ROOT, TODAY
from library_case import copy_of_few, copy_of_ours
from PIL import Image, ImageChops

from printables.library.editions import STANDARD, USUAL, Edition
from printables.pipeline import build
from printables.plan import Choice, refusal
from printables.publish.jobs import PublishResult
from printables.reports import contact_sheet
from printables.typeset.inspect.text import read_pdf
from printables.typeset.pictures import page_pictures, small_pictures

pytestmark = pytest.mark.pdf

BOOKLET = Edition(paper="a5", booklet=True)
Made = tuple[build.CheckedLibrary, PublishResult, Path]
Files = dict[str, str | bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The teenagers' leaflet and a worksheet on A4, and as booklets."""
    output = tmp_path_factory.mktemp("output")
    ours = copy_of_few(tmp_path_factory.mktemp("ours"), "my-goals")
    choice = Choice(("ipt",), ("teens",), editions=(USUAL, BOOKLET))
    checked, outcome = build.build(
        build.Options(ours / "content", ours / "templates", output, TODAY, choice), keep=True
    )
    assert build.succeeded(checked, outcome), checked.problems
    return checked, outcome, output


@pytest.fixture(scope="module")
def files(made: Made) -> Files:
    """What the sheet consists of, by its path below proofs/."""
    checked, outcome, output = made
    return by_name(contact_sheet.contact_sheet(checked, outcome.entries, output), output)


def by_name(found: list[tuple[Path, str | bytes]], output: Path) -> Files:
    return {path.relative_to(output / "proofs").as_posix(): data for path, data in found}


def html(files: Files) -> str:
    page = files["contact-sheet.html"]
    assert isinstance(page, str)
    return page


def picture(files: Files, name: str) -> Image.Image:
    data = files[name]
    assert isinstance(data, bytes)
    return Image.open(io.BytesIO(data))


def rows(page: str) -> Iterator[tuple[str, str, str, list[str]]]:
    """Title, edition, figures and pictures of every row."""
    for title, inside in re.findall(r"<h3>(.*?)</h3>(.*?)(?=<h3>|</section>)", page, re.DOTALL):
        for row in re.findall(r'<div class="row">(.*?)</div>', inside, re.DOTALL):
            words = re.search(r"<strong>(.*?)</strong><br>(.*?)</p>", row)
            assert words
            pictures = re.findall(r'<img src="(.*?)"', row)
            yield unescape(title), re.sub("<.*?>", "", words[1]), words[2], pictures


def test_there_is_a_row_for_each_handout_and_edition_with_all_its_pages(made: Made, files: Files) -> None:
    checked, outcome, output = made
    shown = list(rows(html(files)))
    assert len(shown) == len(checked.subjects) == len(outcome.entries)
    entries = {entry.path: entry for entry in outcome.entries}
    for subject, (title, edition, figures, pictures) in zip(checked.subjects, shown, strict=True):
        entry = entries[subject.item.path]
        sides = len(read_pdf((output / sheets).read_bytes())) if (sheets := sheets_of(entry.path, output)) else 0
        assert title == subject.leaflet.title
        assert edition == ("A5, booklet" if subject.item.edition == BOOKLET else "A4")
        assert figures.startswith(f"{entry.pages} page{'s' if entry.pages > 1 else ''}, {entry.bytes / 1024:,.0f} KB")
        assert figures.endswith(f"; {sides} sides of A4") == bool(sides)
        assert len(pictures) == entry.pages + sides
    assert any(edition == "A5, booklet" for _, edition, _, _ in shown)


def sheets_of(path: str, output: Path) -> str:
    sheets = path.replace(".pdf", "-sheets.pdf")
    return sheets if (output / sheets).is_file() else ""


def test_every_picture_is_there_and_says_what_it_shows(made: Made, files: Files) -> None:
    images = re.findall(r'<img src="(.*?)" alt="(.*?)" width="(\d+)" height="(\d+)" loading="lazy">', html(files))
    assert len(images) == html(files).count("<img ") == len(files) - 2
    assert {name for name, *_ in images} == set(files) - {"contact-sheet.html", "contact-sheet.png"}
    assert len({alt for _, alt, _, _ in images}) == len(images), "no two say the same"
    title = made[0].subjects[0].leaflet.title
    second = re.compile(rf"{re.escape(title)}, For young people aged 12 to 17, A4: page 2 of \d")
    assert any(second.fullmatch(unescape(alt)) for _, alt, _, _ in images)
    assert any("A5, booklet: side of a sheet 2 of " in alt for _, alt, _, _ in images)
    for name, _, width, height in images:
        size = picture(files, name).size
        assert size == pytest.approx((2 * int(width), 2 * int(height)), abs=2), "two dots for each that is shown"


def test_all_pages_are_drawn_to_one_scale(files: Files) -> None:
    a4, a5, side = (
        picture(files, f"pages/leaflets-teens-ipt-teens-en{name}-1.png").size
        for name in ("", "-a5-booklet", "-a5-booklet-sheets")
    )
    assert a4 == (397, 562), "A4 at 48 dots an inch: shown some 200 wide"
    assert a5 == pytest.approx((a4[0] / 2**0.5, a4[1] / 2**0.5), abs=2)
    assert side == pytest.approx((a4[1], a4[0]), abs=2), "the booklet's sheets are A4 lying down"


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """No eye tells them apart: 64 colours for a page of thin lines do not always hold the very one."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 8


def test_pictures_show_the_pages_and_keep_their_tints(made: Made, files: Files) -> None:
    pdf = (made[2] / "leaflets/teens/ipt-teens-en.pdf").read_bytes()
    for number, png in enumerate(page_pictures(pdf, 48), 1):
        small = picture(files, f"pages/leaflets-teens-ipt-teens-en-{number}.png").convert("RGB")
        whole = Image.open(io.BytesIO(png)).convert("RGB")
        difference = ImageChops.difference(small, whole).convert("L")
        assert sum(difference.histogram()[48:]) < 0.01 * small.width * small.height, "64 colours are enough"
        most = sorted(colours(whole).items(), key=lambda pair: -pair[1])[:3]
        lost = [colour for colour, _ in most if not any(near(colour, kept) for kept in colours(small))]
        assert lost == [], "paper, tint and accent"


def test_the_sheet_is_of_a_sensible_size(files: Files) -> None:
    sizes = {name: len(data) for name, data in files.items() if name.startswith("pages/")}
    assert max(sizes.values()) < 60_000
    assert len(html(files).encode()) < 2_000 * len(sizes)


def test_grey_pictures_have_no_colour(made: Made) -> None:
    checked, outcome, output = made
    some = [entry for entry in outcome.entries if entry.edition == USUAL.name]
    grey = by_name(contact_sheet.contact_sheet(checked, some, output, grey=True), output)
    assert "in grey as a black-and-white printer prints them" in html(grey)
    names = [name for name in grey if name.endswith(".png")]
    assert "contact-sheet.png" in names
    assert [name for name in names if has_colour(picture(grey, name))] == []


def test_companion_colour_is_noticed(files: Files) -> None:
    assert has_colour(picture(files, "pages/leaflets-teens-ipt-teens-en-1.png"))
    assert "in grey as" not in html(files)


def colours(image: Image.Image) -> dict[tuple[int, ...], int]:
    """Every colour of a picture, and how many dots have it."""
    found = image.convert("RGB").getcolors(1 << 24) or []
    return {colour: count for count, colour in found if isinstance(colour, tuple)}


def has_colour(image: Image.Image) -> bool:
    return any(max(colour) - min(colour) > 1 for colour in colours(image))


def test_small_pictures_are_greys_of_the_same_page(made: Made) -> None:
    pdf = (made[2] / "leaflets/teens/ipt-teens-en.pdf").read_bytes()
    colour, grey = (small_pictures(pdf, 24, grey=mode)[0] for mode in (False, True))
    difference = ImageChops.difference(*(Image.open(io.BytesIO(png)).convert("L") for png in (colour, grey)))
    assert sum(difference.histogram()[40:]) < 0.01 * difference.width * difference.height


def test_one_picture_shows_everything(made: Made, files: Files) -> None:
    whole = picture(files, "contact-sheet.png").convert("RGB")
    assert whole.width == contact_sheet.OVERVIEW_WIDTH
    paper = sum(count for colour, count in colours(whole).items() if min(colour) > 240)
    pages = [picture(files, name).size for name in files if name.startswith("pages/")]
    area = sum(width * height for width, height in pages) * contact_sheet.OVERVIEW_SCALE**2
    assert paper == pytest.approx(0.85 * area, rel=0.15), "the paper of all pages, less their ink"


def test_tiles_stand_side_by_side_and_never_on_each_other() -> None:
    sizes = [(1500, 100), (1500, 300), (1500, 50), (3176, 20)]
    places, height = contact_sheet._placed(sizes)
    assert places == [(12, 12), (1536, 12), (12, 324), (12, 386)]
    assert height == 386 + 20 + 12


def test_what_was_not_printed_has_a_row_that_says_so(made: Made) -> None:
    checked, outcome, output = made
    some = [entry for entry in outcome.entries if not entry.worksheet]
    page = html(by_name(contact_sheet.contact_sheet(checked, some, output), output))
    missing = [row for row in rows(page) if not row[3]]
    assert len(missing) == len(outcome.entries) - len(some)
    assert {figures for _, _, figures, _ in missing} == {"not printed: see what the command says"}
    assert contact_sheet.contact_sheet(checked, [], output) == []


# The command


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with its own copy of content and templates."""
    folder = tmp_path_factory.mktemp("clinic")
    copy_of_ours(folder)
    return folder


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "make_printables.py"), "proofs", "--audience", "professionals", *arguments]
    return subprocess.run(
        command, cwd=folder, env={**os.environ}, capture_output=True, text=True, check=False, timeout=1800
    )


@pytest.mark.long
def test_the_command_builds_every_edition_and_clears_old_pictures_away(clinic: Path) -> None:
    pages = clinic / "output/proofs/pages"
    pages.mkdir(parents=True)
    (pages / "leaflets-gone-1.png").write_bytes(b"old")
    (pages / "notes.txt").write_bytes(b"not ours")
    done = run(clinic)
    assert done.returncode == 0, done.stderr
    (last,) = done.stdout.splitlines()[-1:]
    found = re.fullmatch(
        r"Wrote output/proofs/contact-sheet\.html and (\d+) pictures of pages\. Open it in a browser\.", last
    )
    assert found
    names = sorted(path.name for path in pages.iterdir())
    assert "leaflets-gone-1.png" not in names and "notes.txt" in names
    assert len(names) - 1 == int(found[1])
    subject = build.check(build.Options(ROOT / "content", ROOT / "templates", clinic, TODAY)).subjects[-1]
    wanted = {made.suffix for made in STANDARD if refusal(subject.library.audiences["professionals"], made) is None}
    built = {path.name for path in (clinic / "output/leaflets/professionals").glob("*.pdf")}
    assert {f"ipt-professionals-en{suffix}.pdf" for suffix in wanted} <= built
    assert len(wanted) > 5


def test_errors_are_told_as_a_build_tells_them_and_the_rest_is_shown(clinic: Path) -> None:
    macro = clinic / "templates/_components/claims-table/macro.html"
    before = macro.read_text("utf-8")
    macro.write_text(before.replace("<tbody>", "<tbody>{{ nothing }}"), encoding="utf-8")
    done = run(clinic, "--quiet")
    macro.write_text(before, encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, ""), "nothing but problems"
    line = 1 + before.split("<tbody>")[0].count("\n")
    start = f"error: templates/_components/claims-table/macro.html:{line}: The template cannot be filled in:"
    assert done.stderr.startswith(start)
